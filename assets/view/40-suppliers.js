/* The buyer's suppliers: how the grid draws its cells, cards on phones, and what clicks and keys ask the portal for.
   Nothing here is evaluated from text: the grid names these functions, and they are looked up. */
(function () {
  "use strict";
  const GRID = "suppliers-grid", ASKED = "suppliers-asked";
  const ROW = 48, HEADING = 34, CARD = 104;
  let printing = false;
  const narrowSight = window.matchMedia("(max-width: 860px)");
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

  function e(kind, props) { // children follow
    return window.React.createElement.apply(null, [kind, props].concat(Array.prototype.slice.call(arguments, 2)));
  }

  function icon(name) { return e("i", { className: "bi bi-" + name, "aria-hidden": "true" }); }

  function unseen(text) { return e("span", { className: "visually-hidden" }, text); }

  function pin(row) {
    return e("button", {
      type: "button", className: "sl-icon-btn sl-pin", "data-pin": row.id, "aria-pressed": row.pinned ? "true" : "false",
      "aria-label": "Pin " + row.name
    }, icon(row.pinned ? "pin-angle-fill" : "pin-angle"));
  }

  function flag(row) {
    return row.flag ? e("i", { className: "bi bi-flag-fill sl-flag", role: "img", title: row.flag, "aria-label": row.flag }) : null;
  }

  function name(row) {
    return e("span", { className: "sl-sup-name" },
      e("span", null, e("a", { href: row.href, className: "sl-row-link", title: row.name }, row.name), " ", flag(row)),
      e("span", { className: "sl-micro" }, row.where));
  }

  function whisker(row, scale) {
    if (!row.dw) { return null; }
    const style = { "--v": row.dw[0], "--lo": row.dw[1], "--hi": row.dw[2], "--a": scale.first, "--b": scale.last };
    const peers = row.dw.length > 3;
    if (peers) { style["--p1"] = row.dw[3]; style["--p2"] = row.dw[4]; }
    return e("span", { className: "sl-dw", style: style, role: "img", "aria-label": row.spoken },
      e("i", { className: "x" }), peers ? e("i", { className: "p" }) : null, e("i", { className: "w" }), e("i", { className: "d" }));
  }

  function score(row) {
    if (row.hidden) { return e("span", { className: "sl-few" }, row.hidden); }
    return e("span", { className: "sl-sup-score" },
      e("span", null, e("b", null, row.score), " ", e("span", { className: "sl-small" }, row.likely)),
      e("span", { className: "sl-micro" }, row.word));
  }

  const THIRDS = { upper: ["good", "chevron-up"], middle: ["", "dash"], lower: ["attn", "chevron-down"] };

  function position(row) {
    if (row.hidden) { return null; }
    if (row.settling) { return e("span", { className: "sl-chip acc" }, icon("hourglass-split"), "Settling in"); }
    const look = THIRDS[row.third];
    if (!look) { return e("span", { className: "sl-small" }, row.position); }
    return e("span", { className: "sl-chip " + look[0] }, icon(look[1]), row.position);
  }

  function grade(row) {
    if (!row.grade) { return null; }
    return e("span", { className: row.grade === "D" ? "sl-grade d" : "sl-grade" }, e("b", null, row.grade), unseen(" evidence"));
  }

  function change(row) {
    if (row.hidden) { return null; }
    const clear = row.tone === "sl-up" || row.tone === "sl-down";
    return e("span", { className: "sl-sup-change", title: row.size || null },
      e("span", { className: row.tone + (clear ? " sl-clear" : "") }, row.change),
      row.size ? e("span", { className: "sl-micro" }, row.size.replace(", likely", ",")) : null);
  }

  const AGAINST = { "1": ["hi", ", clearly above peers"], "-1": ["lo", ", clearly below peers"], "0": ["", ""] };

  function strip(row, themes) {
    if (typeof row.strip === "string") { return e("span", { className: "sl-small" }, icon("lock"), " ", row.strip); }
    return e("span", { className: "sl-heat" }, row.strip.map(function (cell, place) {
      if (!cell) {
        const none = themes[place] + ": too few people";
        return e("span", { key: place, className: "no", title: none, role: "img", "aria-label": none }, "·");
      }
      const look = AGAINST[cell[2]];
      const said = themes[place] + ": " + cell[0] + ", likely " + cell[1] + look[1];
      return e("span", { key: place, className: look[0], title: said, role: "img", "aria-label": said }, cell[0]);
    }));
  }

  /* The grid's bundle is larger than all else of a page, and only this page draws a grid: what stands here in its place
     asks for it when it is drawn, and then gives way to it. Dash looks components up by these names. */
  const BUNDLE = "/app/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
  let coming = null;

  function bundle() {
    coming = coming || new Promise(function (arrived, failed) {
      const script = document.createElement("script");
      script.src = BUNDLE;
      script.onload = arrived;
      script.onerror = function () { coming = null; script.remove(); failed(); };
      document.head.appendChild(script);
    });
    return coming;
  }

  function Grid(props) {
    const real = function () { return window.dash_ag_grid.AgGrid === Grid ? null : window.dash_ag_grid.AgGrid; };
    const state = window.React.useState(real() ? "here" : "coming");
    window.React.useEffect(function () {
      if (!real()) { bundle().then(function () { state[1]("here"); }, function () { state[1]("failed"); }); }
    }, []);
    if (real()) { return e(real(), props); }
    if (state[0] === "failed") { return e("p", { className: "sl-pad sl-small", role: "alert" }, "The list could not be loaded. Load the page again."); }
    return e("div", { className: "sl-skel sl-sup-skel", id: props.id });
  }
  Grid.dashRenderType = true; // as the real one has it: Dash then tells it what a change came from
  if (!window.dash_ag_grid) { window.dash_ag_grid = { AgGrid: Grid }; }

  cells.SupplierPin = function (props) { return pin(props.data); };
  cells.SupplierName = function (props) { return name(props.data); };
  cells.SupplierScale = function (props) { return whisker(props.data, props.scale); };
  cells.SupplierScore = function (props) { return score(props.data); };
  cells.SupplierPosition = function (props) { return position(props.data); };
  cells.SupplierGrade = function (props) { return grade(props.data); };
  cells.SupplierChange = function (props) { return change(props.data); };
  cells.SupplierStrip = function (props) { return strip(props.data, props.themes); };
  cells.SupplierLevel = function (props) { return e("span", { className: "sl-micro" }, props.data.level); };

  const TURNS = { down: ["arrow-down", ", first to last"], up: ["arrow-up", ", last to first"] };

  function sorter(head) {
    const look = TURNS[head.now];
    const said = "Order by " + (head.full || head.name) + (look ? look[1] : "");
    return e("a", {
      key: head.key, href: head.search, className: "sl-sort", "data-suppliers": "", title: head.full || null,
      "aria-label": said, "aria-current": look ? "true" : null
    }, e("span", null, head.name), look ? icon(look[0]) : null);
  }

  cells.SupplierHead = function (props) {
    if (props.key || props.search) { return sorter(props); }
    if (props.ticks) {
      const style = { "--a": props.first, "--b": props.last };
      return e("span", { className: "sl-sup-axis" }, unseen(props.says),
        e("span", { className: "sl-ax", style: style, "aria-hidden": "true" },
          props.ticks.map(function (tick) { return e("i", { key: tick, style: { "--v": tick } }, tick); })));
    }
    if (props.themes) { return e("span", { className: "sl-heat sl-heat-h" }, props.themes.map(sorter)); }
    return props.says ? unseen(props.says) : e("span", null, props.displayName);
  };

  /* A heading, or on phones a supplier as a card: name and number on one line, the picture below. */
  cells.SupplierWide = function (props) {
    const row = props.data;
    if (row.group) {
      return e("div", { className: "sl-sup-group", role: "gridcell" }, e("b", null, row.group), e("span", { className: "sl-micro" }, row.count));
    }
    const column = props.api.getColumn("dw");
    const scale = column ? column.getColDef().cellRendererParams.scale : null;
    return e("div", { className: row.pinned ? "sl-sup-card on" : "sl-sup-card", role: "gridcell" },
      e("div", null, name(row), e("span", { className: "sl-sup-marks" }, grade(row), pin(row))),
      e("div", null, score(row), whisker(row, scale), position(row)),
      row.hidden ? null : e("div", { className: "sl-small" }, e("span", null, "over a quarter: "), e("span", { className: row.tone }, row.change)));
  };

  functions.supplierIsWide = function (params) { return Boolean(params.rowNode.data.group) || printing || narrowSight.matches; };
  functions.supplierHeight = function (params) {
    if (params.data.group) { return HEADING; }
    return narrowSight.matches ? CARD : ROW;
  };

  function api() {
    const shown = document.getElementById(GRID);
    try { return shown && window.dash_ag_grid ? window.dash_ag_grid.getApi(GRID) : null; } catch (error) { return null; }
  }

  function redraw(grid) {
    grid.resetRowHeights();
    grid.redrawRows();
  }

  narrowSight.addEventListener("change", function () {
    const grid = api();
    if (grid) { redraw(grid); }
  });

  function ask(wish) {
    const dash = window.dash_clientside;
    if (!dash || !dash.set_props) { return; }
    wish.at = Date.now(); // the same wish twice is two wishes
    dash.set_props(ASKED, { data: wish });
  }

  let focused = ""; // the supplier whose pin was pressed, as its row moves and focus has to follow

  document.addEventListener("click", function (event) {
    const pressed = event.target.closest("[data-pin]");
    if (pressed) {
      focused = pressed.getAttribute("data-pin");
      ask({ pin: focused });
      window.setTimeout(refocus, 400);
      return;
    }
    const link = event.target.closest("a[data-suppliers]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain) { return; } // then the link is followed as any link is
    event.preventDefault();
    ask({ search: link.search });
  });

  function refocus() {
    if (!focused || (document.activeElement && document.activeElement !== document.body)) { focused = ""; return; }
    const again = Array.from(document.querySelectorAll("[data-pin]")).find(function (one) {
      return one.getAttribute("data-pin") === focused;
    });
    focused = "";
    if (again) { again.focus({ preventScroll: true }); }
  }

  /* Arrow keys move from cell to cell, as in any grid; Enter and Space press what the cell holds. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" && event.key !== " ") { return; }
    const cell = event.target.closest && event.target.closest(".ag-cell, .ag-header-cell, .ag-full-width-row");
    if (!cell || event.target !== cell) { return; }
    const first = cell.querySelector("a, button");
    if (first) { event.preventDefault(); first.click(); }
  });

  let before = null; // how the grid was laid out before the page was printed
  window.addEventListener("beforeprint", function () {
    const grid = api();
    if (!grid) { return; }
    before = grid.getGridOption("domLayout");
    printing = true; // a line each, as a sheet is no wider than that; the style sheet says how high
    grid.setGridOption("domLayout", "print");
    redraw(grid);
  });
  window.addEventListener("afterprint", function () {
    const grid = api();
    printing = false;
    if (!grid || !before) { return; }
    grid.setGridOption("domLayout", before);
    redraw(grid);
    before = null;
  });
})();
