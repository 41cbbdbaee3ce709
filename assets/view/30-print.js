/* Printing is always light and as wide as the paper, whatever the screen shows: the theme changes for as long as
   the page is printed, charts take the width of A4 between its margins, and those drawn for a dark page are turned
   by the style sheet, as there is no time to ask for others. */
(function () {
  "use strict";
  const root = document.documentElement;
  const PAPER = 800; // pixels; A4 leaves 860 of the page's smaller ones, a card's padding takes the rest
  let shown = null; // the theme on the screen while the page is printed

  function charts(width) {
    if (!window.Plotly) { return; }
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      window.Plotly.relayout(chart, { autosize: width === null, width: width });
    });
  }

  window.addEventListener("beforeprint", function () {
    shown = root.getAttribute("data-bs-theme");
    root.setAttribute("data-bs-theme", "light");
    root.setAttribute("data-printed-from", shown);
    charts(PAPER);
  });
  window.addEventListener("afterprint", function () {
    root.setAttribute("data-bs-theme", shown);
    root.removeAttribute("data-printed-from");
    charts(null);
  });
})();
