"""Suppliers: every factory that shares with the buyer, in any order, and what changed over a quarter."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, ctx, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer
from components import addresses
from components import supplier_page as parts
from components.picture_file import file_stem
from components.supplier_bar import FIND, choices
from components.supplier_file import supplier_csv
from components.supplier_grid import GRID, column_defs
from components.supplier_rows import grid_rows
from pages.registry import door, on, page
from scoring.supplier_order import arranged, toggled
from scoring.supplier_views import MOST_PINNED, SuppliersQuery, SuppliersView

CSV_TYPE = "text/csv;charset=utf-8"
LONGEST_SEARCH = 2000


@page("/suppliers", name="Suppliers", permission="suppliers.view")
def layout(**url: Any) -> html.Div:
    """The suppliers that an address asks for. Whatever in it is not valid falls back; nothing raises."""
    return parts.supplier_page(door().suppliers(current_viewer()), SuppliersQuery.from_url(url))


@on(
    Output(GRID, "rowData"),
    Output(GRID, "columnDefs"),
    Output(parts.BAR, "children"),
    Output(parts.FOOT, "children"),
    Output(parts.EMPTY, "children"),
    Output(parts.FILES, "children"),
    Output(FIND, "value"),
    Output(parts.QUERY, "data"),
    Output(parts.PAGE, "data-search"),
    Input(parts.ASKED, "data"),
    Input(FIND, "value"),
    State(parts.QUERY, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def arrange_suppliers(asked: Any, find: Any, saved: Any) -> tuple[Any, ...]:
    """The list as it was asked for: by a link, by a pin, or by what is typed; nothing when it is so already."""
    view = door().suppliers(current_viewer())
    before = query_of(saved)
    query = wish(view, before, asked) if ctx.triggered_id == parts.ASKED else found(before, find)
    if query == before:
        raise PreventUpdate
    groups = arranged(view, query)
    return (
        grid_rows(groups, query.group), column_defs(view, query), choices(view, query), parts.foot_words(view, groups),
        parts.no_match(groups, query), parts.files_of(query), query.find, query.to_url(),
        addresses.search(query.to_url()),
    )  # fmt: skip


def query_of(saved: Any) -> SuppliersQuery:
    """The query that the browser keeps; what comes back may have been changed there."""
    return SuppliersQuery.from_url(saved if isinstance(saved, dict) else {})


def found(before: SuppliersQuery, find: Any) -> SuppliersQuery:
    """The same with another name to find."""
    return SuppliersQuery.from_url({**before.to_url(), "find": find})


def wish(view: SuppliersView, before: SuppliersQuery, asked: Any) -> SuppliersQuery:
    """What a link or a pin asks for; what nobody can ask for changes nothing."""
    match asked:
        case {"search": str(text)}:
            return SuppliersQuery.from_url(dict(parse_qsl(text[:LONGEST_SEARCH].removeprefix("?"))))
        case {"pin": str(factory_id)}:
            return replace(before, pins=toggled(view, before.pins, factory_id, MOST_PINNED))
    return before


@on(
    Output(parts.DOWNLOAD, "data"),
    Input(parts.CSV, "n_clicks"),
    State(parts.QUERY, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def download_suppliers(clicks: Any, saved: Any) -> dict[str, str]:
    """The list as it is shown, as a CSV file."""
    if not clicks:
        raise PreventUpdate
    view = door().suppliers(current_viewer())
    text = supplier_csv(view, arranged(view, query_of(saved)))
    return {"content": text, "filename": f"{file_stem('suppliers', view.stamp)}.csv", "type": CSV_TYPE}
