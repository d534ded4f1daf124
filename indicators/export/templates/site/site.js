"use strict";
(function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function figureOf(box) {
    const source = box.closest("figure").querySelector("script").textContent;
    const text = dark.matches
      ? source.replace(/#[0-9A-Fa-f]{6}/g, (c) => window.darkColours[c.toLowerCase()] || c)
      : source;
    return JSON.parse(text);
  }

  function draw(box) {
    const figure = figureOf(box);
    box.style.minWidth = box.dataset.width + "px";
    box.style.minHeight = box.dataset.height + "px";
    figure.layout.autosize = true;
    const config = { displayModeBar: false, responsive: true, scrollZoom: false };
    window.Plotly.react(box, figure.data, figure.layout, config);
  }

  function drawAll() {
    if (window.Plotly) document.querySelectorAll(".chart").forEach(draw);
  }

  function filter(form) {
    const rows = form.nextElementSibling.querySelectorAll("tbody tr");
    const words = form.elements.words.value.trim().toLowerCase();
    const verdict = form.elements.verdict.value;
    let seen = 0;
    rows.forEach((row) => {
      const cell = row.querySelector("[data-verdict]");
      const kept =
        (!words || row.textContent.toLowerCase().includes(words)) &&
        (!verdict || (cell && cell.dataset.verdict === verdict));
      row.hidden = !kept;
      seen += kept ? 1 : 0;
    });
    form.querySelector("output").textContent = seen + " / " + rows.length;
  }

  document.querySelectorAll("form.tools").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => filter(form));
    filter(form);
  });
  document.querySelectorAll("[data-here]").forEach((span) => {
    span.textContent = window.location.href;
  });
  dark.addEventListener("change", drawAll);
  drawAll();
})();
