// The document's language follows the view's (?lang=), and chart toolbars speak Chinese.
// Served by this dashboard itself; reads the address of the page and nothing else.
(() => {
  const fallback = document.currentScript.dataset.default;
  const codes = { zh: "zh-CN", en: "en" };
  const follow = () => {
    const asked = new URLSearchParams(window.location.search).get("lang");
    const lang = codes[asked] || codes[fallback] || "zh-CN";
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) {
      const result = original.apply(this, args);
      follow();
      return result;
    };
  }
  window.addEventListener("popstate", follow);
  follow();

  // Plotly takes waiting locales from here when it loads.
  const month = (i) => `${i + 1}月`;
  const months = Array.from({ length: 12 }, (_, i) => month(i));
  const days = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
  window.PlotlyLocales = [
    {
      moduleType: "locale",
      name: "zh-CN",
      dictionary: {
        "Download plot as a PNG": "下载图片（PNG）",
        "Download plot": "下载图片",
        "Taking snapshot - this may take a few seconds": "正在生成图片……",
        "Snapshot succeeded": "图片已生成",
        "Sorry, there was a problem downloading your snapshot!": "图片未能生成。",
        "Reset axes": "还原坐标轴",
        "Zoom in": "放大",
        "Zoom out": "缩小",
        Autoscale: "自动缩放",
      },
      format: {
        days,
        shortDays: days,
        months,
        shortMonths: months,
        date: "%Y-%m-%d",
        decimal: ".",
        thousands: ",",
      },
    },
  ];
})();
