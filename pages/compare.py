"""Compare: up to five suppliers side by side, and their year on one axis."""

from typing import Any

from dash import Input, Output, State, html
from dash.exceptions import PreventUpdate
from flask import request

from access.policy import current_viewer
from components import compare_page as parts
from components.compare_figure import compare_figure
from components.compare_file import compare_csv, year_csv
from components.look import Look
from components.picture_file import file_stem, picture_file, source_line
from pages.registry import door, on, page
from scoring.supplier_views import CompareQuery, ComparisonView
from scoring.supplier_words import comparison_heading, listed
from scoring.words import stretch

CSV_TYPE = "text/csv;charset=utf-8"


@page("/compare", name="Compare", permission="suppliers.view")
def layout(**url: Any) -> html.Div:
    """The suppliers that an address names, as far as they share. Whatever in it is not valid falls back."""
    view = door().comparison(current_viewer(), CompareQuery.from_url(url))
    return parts.compare_page(view, Look.from_text(request.cookies.get("look")))


def restored(saved: Any) -> ComparisonView:
    """The view that the browser was shown; what comes back may have been changed there, so it is asked for anew."""
    view = door().comparison(current_viewer(), CompareQuery.from_url(saved if isinstance(saved, dict) else {}))
    if not view.lines:
        raise PreventUpdate
    return view


def kept(view: ComparisonView, part: str, text: str) -> dict[str, str]:
    """A CSV file to keep."""
    return {"content": text, "filename": f"{file_stem(part, view.stamp)}.csv", "type": CSV_TYPE}


@on(
    Output(parts.GRAPH, "figure"),
    Output(parts.DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(parts.QUERY, "data"),
    State(parts.DRAWN, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def redraw_years(theme: Any, width: Any, saved: Any, shown: Any) -> tuple[dict[str, Any], str]:
    """The years in the colours and at the width that the page has now, unless they already look so."""
    look = Look.from_text(f"{theme}-{width}")
    if theme is None or width is None or look == Look.from_text(shown):
        raise PreventUpdate
    return compare_figure(restored(saved), look.dark, look.narrow), look.to_text()


@on(
    Output(parts.DOWNLOAD, "data"),
    Input(parts.CSV, "n_clicks"),
    State(parts.QUERY, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def download_scores(clicks: Any, saved: Any) -> dict[str, str]:
    """What stands side by side as a CSV file."""
    if not clicks:
        raise PreventUpdate
    view = restored(saved)
    return kept(view, "compare", compare_csv(view))


@on(
    Output(parts.DOWNLOAD, "data", allow_duplicate=True),
    Input(parts.YEAR_CSV, "n_clicks"),
    State(parts.QUERY, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def download_years(clicks: Any, saved: Any) -> dict[str, str]:
    """The years as a CSV file."""
    if not clicks:
        raise PreventUpdate
    view = restored(saved)
    return kept(view, "compare-years", year_csv(view))


@on(
    Output(parts.FILE, "data-picture"),
    Input(parts.YEAR_PNG, "n_clicks"),
    State(parts.QUERY, "data"),
    permission="suppliers.view",
    prevent_initial_call=True,
)
def years_to_keep(clicks: Any, saved: Any) -> str:
    """The years as a picture for a file; the browser makes the PNG."""
    if not clicks:
        raise PreventUpdate
    view = restored(saved)
    names = listed([line.supplier.factory.name for line in view.lines])
    source = source_line(stretch(view.first, view.last), view.stamp)
    title, name = comparison_heading(view), f"{file_stem('compare-years', view.stamp)}.png"
    return picture_file(compare_figure(view, dark=False, narrow=False), title, names, source, name, clicks)
