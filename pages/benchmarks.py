"""Benchmarks: how whole groups of factories score, from frozen cohorts; never a factory."""

from typing import Any

from dash import Input, Output, State, html
from dash.exceptions import PreventUpdate
from flask import request

from access.policy import current_viewer
from components import ids
from components.benchmark_course_figure import course_figure
from components.benchmark_file import stem
from components.benchmark_page import benchmark_page
from components.benchmark_spread_figure import spread_figure
from components.look import Look
from components.picture_file import picture_file
from pages.registry import door, on, page
from scoring import benchmark_words as words
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView, Group

QUERY, DRAWN, FILE = ids.benchmarks("query"), ids.benchmarks("drawn"), ids.benchmarks("file")


@page("/benchmarks", name="Benchmarks", permission="benchmarks.view")
def layout(**url: Any) -> html.Div:
    """The page that an address asks for. Whatever in the address is not valid falls back; nothing raises."""
    view = door().benchmarks(current_viewer(), BenchmarkQuery.from_url(url))
    return benchmark_page(view, Look.from_text(request.cookies.get("look")))


def restored(saved: Any, clicks: Any = 1) -> BenchmarkView:
    """The view that the browser was shown, asked for anew as what comes back may have been changed there."""
    view = door().benchmarks(current_viewer(), BenchmarkQuery.from_url(saved if isinstance(saved, dict) else {}))
    if not clicks or view is None:
        raise PreventUpdate
    return view


@on(
    Output(ids.benchmarks("course"), "figure"),
    Output(DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="benchmarks.view",
    prevent_initial_call=True,
)
def redraw_course(theme: Any, width: Any, saved: Any, shown: Any) -> tuple[dict[str, Any], str]:
    """The months in the colours and at the width that the page has now, unless they already look so."""
    look = Look.from_text(f"{theme}-{width}")
    if theme is None or width is None or look == Look.from_text(shown):
        raise PreventUpdate
    return course_figure(restored(saved).courses, look.dark, look.narrow), look.to_text()


def group_to_keep(view: BenchmarkView, group: Group, by: str, heading: str, clicks: Any) -> str:
    """The spreads of one card as a picture for a file; its source is the citation."""
    name = f"{stem(view, f'benchmarks-by-{by}')}.png"
    said = words.group_sentence(group, by)
    return picture_file(spread_figure(group, by), heading, said, words.picture_source(view), name, clicks)


@on(
    Output(FILE, "data-picture"),
    Input(ids.benchmarks("country-png"), "n_clicks"),
    State(QUERY, "data"),
    permission="benchmarks.view",
    prevent_initial_call=True,
)
def countries_to_keep(clicks: Any, saved: Any) -> str:
    """The countries as a picture for a file; the browser makes the PNG."""
    view = restored(saved, clicks)
    return group_to_keep(view, view.by_country, "country", words.group_title(view, "country"), clicks)


@on(
    Output(FILE, "data-picture", allow_duplicate=True),
    Input(ids.benchmarks("sector-png"), "n_clicks"),
    State(QUERY, "data"),
    permission="benchmarks.view",
    prevent_initial_call=True,
)
def sectors_to_keep(clicks: Any, saved: Any) -> str:
    """The sectors as a picture for a file."""
    view = restored(saved, clicks)
    return group_to_keep(view, view.by_sector, "sector", words.group_title(view, "sector"), clicks)


@on(
    Output(FILE, "data-picture", allow_duplicate=True),
    Input(ids.benchmarks("theme-png"), "n_clicks"),
    State(QUERY, "data"),
    permission="benchmarks.view",
    prevent_initial_call=True,
)
def themes_to_keep(clicks: Any, saved: Any) -> str:
    """The themes of the chosen cohort as a picture for a file."""
    view = restored(saved, clicks)
    return group_to_keep(view, view.by_theme, "theme", words.group_title(view, "theme"), clicks)


@on(
    Output(FILE, "data-picture", allow_duplicate=True),
    Input(ids.benchmarks("course-png"), "n_clicks"),
    State(QUERY, "data"),
    permission="benchmarks.view",
    prevent_initial_call=True,
)
def course_to_keep(clicks: Any, saved: Any) -> str:
    """The months of the compared cohorts as a picture for a file."""
    view = restored(saved, clicks)
    figure = course_figure(view.courses, dark=False, narrow=False)
    said = words.course_sentence(view.courses[0]) if len(view.courses) == 1 else words.MONTH_BY_MONTH
    source = words.picture_source(view, course=True)
    name = f"{stem(view, 'benchmarks-over-time')}.png"
    return picture_file(figure, f"{view.theme.name} over time", said, source, name, clicks)
