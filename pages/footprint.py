"""Footprint: what usually follows a buyer's own actions, added up; and the callbacks of both footprint pages."""

from typing import Any

from dash import Input, Output, State, html
from dash.exceptions import PreventUpdate
from flask import request

from access.policy import current_viewer
from access.viewer import NotAvailable
from components import footprint_words as words
from components import ids
from components.event_study_figure import event_study_figure
from components.event_study_table import event_study_csv
from components.event_study_words import short_reading
from components.footprint_figure import footprint_figure
from components.footprint_file import footprint_csv
from components.footprint_page import footprint_page
from components.look import Look
from components.picture_file import file_stem, picture_file, source_line
from pages.registry import door, on, page
from scoring.cascade_views import FootprintView
from scoring.effect_numbers import full_ends, in_full
from scoring.kind_words import after_kind
from scoring.query import FootprintQuery
from scoring.words import stretch

STUDY, QUERY, DRAWN = ids.footprint("study"), ids.footprint("query"), ids.footprint("drawn")
DOWNLOAD, FILE = ids.footprint("download"), ids.footprint("file")
CSV_TYPE = "text/csv;charset=utf-8"
STUDY_WIDTH = 900


@page("/footprint", name="Footprint", permission="footprint.view")
def layout(**url: Any) -> html.Div:
    """A buyer's own footprint. Whatever in the address is not valid falls back; nothing raises."""
    return drawn(FootprintQuery.from_url(None, url))


def drawn(query: FootprintQuery) -> html.Div:
    """The page that a query asks for, in the look of the reader."""
    view = door().footprint(current_viewer(), query)
    return footprint_page(view, Look.from_text(request.cookies.get("look")))


def restored(data: Any) -> FootprintView:
    """The view that the browser was shown; what comes back may have been changed there, so it is asked for anew."""
    data = data if isinstance(data, dict) else {}
    factory, values = data.get("factory"), data.get("values")
    if factory is not None and not isinstance(factory, str):
        raise NotAvailable
    query = FootprintQuery.from_url(factory, values if isinstance(values, dict) else {})
    return door().footprint(current_viewer(), query)


def stem(view: FootprintView, part: str) -> str:
    """The name of a file of this page, without its ending."""
    whose = view.factory.factory_id if view.factory else view.buyer
    return file_stem(f"{part}-{whose}", view.stamp)


@on(
    Output(STUDY, "figure"),
    Output(DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="footprint.view",
    prevent_initial_call=True,
)
def redraw_study(theme: Any, width: Any, saved: Any, shown: Any) -> tuple[dict[str, Any], str]:
    """The weeks in the colours and at the width that the page has now, unless they already look so."""
    look = Look.from_text(f"{theme}-{width}")
    if theme is None or width is None or look == Look.from_text(shown):
        raise PreventUpdate
    view = restored(saved)
    if view.study is None:
        raise PreventUpdate
    return event_study_figure([view.study], look.dark, look.narrow, titled=False), look.to_text()


@on(
    Output(DOWNLOAD, "data"),
    Input(ids.footprint("csv"), "n_clicks"),
    State(QUERY, "data"),
    permission="footprint.view",
    prevent_initial_call=True,
)
def download_kinds(clicks: Any, saved: Any) -> dict[str, str]:
    """The kinds and their sum as a CSV file."""
    if not clicks:
        raise PreventUpdate
    view = restored(saved)
    return {"content": footprint_csv(view), "filename": f"{stem(view, 'footprint')}.csv", "type": CSV_TYPE}


@on(
    Output(DOWNLOAD, "data", allow_duplicate=True),
    Input(ids.footprint("study-csv"), "n_clicks"),
    State(QUERY, "data"),
    permission="footprint.view",
    prevent_initial_call=True,
)
def download_weeks(clicks: Any, saved: Any) -> dict[str, str]:
    """The weeks of the chosen kind as a CSV file."""
    view = restored(saved) if clicks else None
    if view is None or view.study is None:
        raise PreventUpdate
    text = event_study_csv([view.study], words.who(view), view.stamp)
    return {"content": text, "filename": f"{stem(view, 'weeks')}.csv", "type": CSV_TYPE}


@on(
    Output(FILE, "data-picture"),
    Input(ids.footprint("png"), "n_clicks"),
    State(QUERY, "data"),
    permission="footprint.view",
    prevent_initial_call=True,
)
def kinds_to_keep(clicks: Any, saved: Any) -> str:
    """The kinds as a picture for a file; the browser makes the PNG."""
    if not clicks:
        raise PreventUpdate
    view = restored(saved)
    total = "Not told yet"
    if view.total is not None:
        total = f"{in_full(view.total.value)}, likely {full_ends(view.total)} {words.span(view)}; {view.row_name}"
    title = f"{words.heading(view)}: {words.who(view)}"
    source = source_line(words.done(view), view.stamp)
    return picture_file(footprint_figure(view), title, total, source, f"{stem(view, 'footprint')}.png", clicks)


@on(
    Output(FILE, "data-picture", allow_duplicate=True),
    Input(ids.footprint("study-png"), "n_clicks"),
    State(QUERY, "data"),
    permission="footprint.view",
    prevent_initial_call=True,
)
def weeks_to_keep(clicks: Any, saved: Any) -> str:
    """The weeks of the chosen kind as a picture for a file."""
    view = restored(saved) if clicks else None
    if view is None or view.study is None:
        raise PreventUpdate
    usual = view.study.usual
    title = f"{usual.row_name} {after_kind(usual.kind, usual.kind_name)}"
    figure = event_study_figure([view.study], dark=False, narrow=False, titled=False)
    source = source_line(f"{words.who(view)}, {stretch(view.first, view.last)}", view.stamp)
    return picture_file(
        figure, title, short_reading([view.study]), source, f"{stem(view, 'weeks')}.png", clicks, STUDY_WIDTH
    )
