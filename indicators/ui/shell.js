// What Streamlit has no setting for: the document's language follows the view's (?lang=),
// its few fixed English words and the chart toolbars speak Chinese in the Chinese view.
// Served by this dashboard itself; reads the address of the page and nothing else.
(() => {
  const fallback = document.currentScript.dataset.default;
  const codes = { zh: "zh-CN", en: "en" };

  const words = {
    "Skip to main content": "跳到正文",
    Sidebar: "侧栏",
    "Collapse sidebar": "收起侧栏",
    "Expand sidebar": "展开侧栏",
    "Open sidebar": "展开侧栏",
    "Close sidebar": "收起侧栏",
    "App pages": "各页",
    "Choose date": "选择日期",
    "Previous month": "上个月",
    "Next month": "下个月",
    "Selected values": "已选项",
    Open: "打开",
    Dismiss: "关闭",
    Close: "关闭",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Select all": "全选",
    "No results": "没有匹配项",
    "Press Enter to apply": "按回车键生效",
    "Press Enter to submit form": "按回车键提交",
    "Type to search": "输入以查找",
    Search: "查找",
    Fullscreen: "全屏",
    "Close fullscreen": "退出全屏",
    "Show/hide columns": "显示或隐藏列",
    "Main menu": "主菜单",
    Help: "说明",
    "Connection error": "连接中断",
    Connecting: "正在连接",
    "Please wait...": "请稍候……",
    "Page not found": "没有这一页",
    Upload: "上传",
    empty: "空",
  };
  const back = Object.fromEntries(Object.entries(words).map(([en, zh]) => [zh, en]));
  const attributes = ["aria-label", "title", "placeholder"];
  // Data and drawings are never touched: a word in them is not ours to translate.
  const kept = ".js-plotly-plot, table, canvas, .stText, .stCode, script, style";

  const swap = (text, table) => {
    const bare = text.trim();
    return Object.hasOwn(table, bare) ? text.replace(bare, table[bare]) : text;
  };
  const say = (node, table) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement?.closest(kept)) return;
      const said = swap(node.nodeValue, table);
      if (said !== node.nodeValue) node.nodeValue = said;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(kept)) return;
    for (const name of attributes) {
      const text = node.getAttribute(name);
      if (text !== null && swap(text, table) !== text) node.setAttribute(name, swap(text, table));
    }
    for (const child of node.childNodes) say(child, table);
  };
  const table = () => (document.documentElement.lang === "en" ? back : words);

  const follow = () => {
    const asked = new URLSearchParams(window.location.search).get("lang");
    const lang = codes[asked] || codes[fallback] || "zh-CN";
    if (document.documentElement.lang === lang) return;
    document.documentElement.lang = lang;
    if (document.body) say(document.body, table());
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

  new MutationObserver((changes) => {
    if (document.documentElement.lang === "en") return;
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach((node) => say(node, words));
      else say(change.target, words);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: attributes,
  });

  // Plotly takes waiting locales from here when it loads.
  const months = Array.from({ length: 12 }, (_, i) => `${i + 1}月`);
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
