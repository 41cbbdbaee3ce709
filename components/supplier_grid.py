"""The grid of suppliers: its columns, and how the browser is to draw them (`assets/view/40-suppliers.js`).

Order, filters and groups are the server's, by the address; the grid itself sorts and filters nothing, so that hidden
rows stay last and nothing is evaluated from text in the browser.
"""

import re
from collections.abc import Sequence
from typing import Any

import dash_ag_grid

from components import addresses, ids
from components.supplier_rows import Row, scale_of, scale_params
from scoring.supplier_views import Column, SuppliersQuery, SuppliersView

GRID = ids.suppliers("grid")
BUNDLE = "dash_ag_grid.min.js"
MOST_AT_FULL_HEIGHT = 80
"""Up to so many rows the grid is as tall as they are; above, it scrolls, and draws what is in sight."""
ROW, HEAD, THEME_HEAD = 48, 44, 116
CELL, EDGE = 30, 16
OPTIONS: dict[str, Any] = {
    "rowHeight": ROW, "suppressColumnVirtualisation": True, "suppressMovableColumns": True,
    "suppressNoRowsOverlay": True, "suppressMultiSort": True, "enableCellTextSelection": True,
    "ensureDomOrder": True, "suppressDragLeaveHidesColumns": True, "animateRows": False,
    "fullWidthCellRenderer": "SupplierWide",
    "isFullWidthRow": {"function": "supplierIsWide(params)"}, "getRowHeight": {"function": "supplierHeight(params)"},
}  # fmt: skip


def leave_out_of_other_pages() -> None:
    """Nothing; Dash serves the grid's bundle (1.3 MB) to whoever asks, and no longer puts it into every page.

    `assets/view/40-suppliers.js` asks for it where a grid is drawn.
    """
    for part in dash_ag_grid._js_dist:
        if part["relative_package_path"] == BUNDLE:
            part["dynamic"] = True


leave_out_of_other_pages()


def supplier_grid(view: SuppliersView, query: SuppliersQuery, rows: Sequence[Row]) -> dash_ag_grid.AgGrid:
    """The grid with these rows."""
    tall = len(rows) <= MOST_AT_FULL_HEIGHT
    head = THEME_HEAD if view.columns else HEAD
    return dash_ag_grid.AgGrid(
        id=GRID,
        columnDefs=column_defs(view, query),
        defaultColDef={"cellDataType": False, "sortable": False, "resizable": False, "suppressHeaderMenuButton": True},
        rowData=list(rows),
        getRowId="params.data.id",
        rowClassRules={"sl-pinned": "params.data.pinned"},
        dashGridOptions={**OPTIONS, "headerHeight": head, "domLayout": "autoHeight" if tall else "normal"},
        className="sl-suppliers" if tall else "sl-suppliers sl-suppliers-long",
        style={"width": "100%", **({} if tall else {"height": None})},
    )


def column_defs(view: SuppliersView, query: SuppliersQuery) -> list[dict[str, Any]]:
    """The columns from left to right; a head that orders the rows is a link to the same page in that order."""
    scale = scale_params(scale_of(view))
    return [
        column("pin", "SupplierPin", 44, {"says": "Pin"}),
        column("name", "SupplierName", None, sorter("Supplier", "name", query)),
        column("dw", "SupplierScale", 150, {"says": "On a scale", **scale}, {"scale": scale}),
        column("score", "SupplierScore", 94, sorter("Score, likely", "score", query), side="n"),
        column("position", "SupplierPosition", 116, {"says": "", "name": "Among its peers"}),
        column("grade", "SupplierGrade", 74, sorter("Evidence", "evidence", query)),
        column("change", "SupplierChange", 108, sorter("Over a quarter", "change", query)),
        column("strip", "SupplierStrip", CELL * len(view.columns) + EDGE, strip_head(view, query), named(view.columns)),
        column("level", "SupplierLevel", 92, {"says": "", "name": "Shares"}),
    ]


def column(
    field: str, renderer: str, width: int | None, head: dict[str, Any], params: dict[str, Any] | None = None,
    side: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One column; without a width it takes what is left."""
    size = {"width": width, "minWidth": width} if width else {"flex": 1, "minWidth": 178}
    return {
        "colId": field, "field": field, "headerName": head.get("name") or head["says"], "cellRenderer": renderer,
        "cellRendererParams": params or {}, "headerComponent": "SupplierHead", "headerComponentParams": head,
        "cellClass": side, "headerClass": side, **size,
    }  # fmt: skip


def sorter(name: str, key: str, query: SuppliersQuery) -> dict[str, Any]:
    """A head that puts the rows in order, and, where they are in that order, turns it round."""
    now = "" if query.sort not in (key, f"-{key}") else "up" if query.sort.startswith("-") else "down"
    wanted = f"-{key}" if now == "down" else key
    return {"says": "", "name": name, "key": key, "now": now, "search": search(query, sort=wanted)}


def search(query: SuppliersQuery, **changes: str) -> str:
    """The address of the same page with something else chosen."""
    values = {**query.to_url(), **changes}
    return addresses.suppliers(SuppliersQuery.from_url(values).to_url())


def strip_head(view: SuppliersView, query: SuppliersQuery) -> dict[str, Any]:
    """The names of the themes, each a link that puts the rows in its order."""
    return {
        "says": "Themes",
        "themes": [{**sorter(short_theme(one.name), one.key, query), "full": one.name} for one in view.columns],
    }


def named(columns: Sequence[Column]) -> dict[str, Any]:
    """The full names of the themes, for what a cell says of itself."""
    return {"themes": [one.name for one in columns]}


def short_theme(name: str) -> str:
    """The first thing that a theme is about: "Hours" for "Hours, rest and pace"."""
    return re.split(r", | and | from ", name)[0]
