"""The cards of the benchmark page: groups beside one another, fields, time, themes, and how to cite it all."""

from typing import Any

from dash import html

from components import addresses, charts, ids, states
from components.benchmark_controls import beside
from components.benchmark_course_figure import course_figure
from components.benchmark_matrix import matrix
from components.benchmark_spread import legend
from components.benchmark_table import course_twin, group_table, group_twin
from components.dot_whisker import Scale
from components.look import Look
from components.marks import icon
from scoring import benchmark_words as words
from scoring.benchmark_views import BenchmarkView, Group, Spread

FILES = (
    ("csv", "CSV with notes", "download"), ("xlsx", "XLSX", "file-earmark-spreadsheet"), ("json", "JSON", "braces"),
)  # fmt: skip
"""Ending, name and mark of each file of the page."""


def group_card(view: BenchmarkView, group: Group, by: str, scale: Scale) -> html.Section:
    """One theme by country or by sector: what can be said, the rows, what line, bar and dot mean, and the ways out."""
    name = f"bm-{by}-title"
    how = html.A([icon("info-circle"), "How is this computed?"], href=addresses.METHOD, className="sl-why")
    heading = html.H2(words.group_title(view, by), id=name)
    return html.Section(
        [
            html.Div([heading, how], className="sl-card-h"),
            html.P(words.group_sentence(group, by), className="sl-body2 sl-bm-said"),
            group_table(view, group, by, scale),
            legend(),
            foot(view, group.whole, [png(by), group_twin(group, by)]),
        ],
        className="sl-card", **{"aria-labelledby": name},
    )  # fmt: skip


def matrix_card(view: BenchmarkView, scale: Scale) -> html.Section | None:
    """Countries by sectors; nothing where there is only one of either, as that would be the same as its card."""
    if len(view.countries) < 2 or len(view.sectors) < 2:
        return None
    heading = html.H2(f"{view.theme.name}, by country and sector", id="bm-fields-title")
    return html.Section(
        [
            html.Div(heading, className="sl-card-h"),
            html.P("The middle factory of each field and the half around it. Choose a field to see it closely.",
                   className="sl-body2 sl-bm-said"),
            matrix(view, scale),
            foot(view, None, []),
        ],
        className="sl-card", **{"aria-labelledby": "bm-fields-title"},
    )  # fmt: skip


def course_card(view: BenchmarkView, look: Look) -> html.Section:
    """The chosen cohort over time, with up to two others in rows of their own."""
    figure = course_figure(view.courses, look.dark, look.narrow)
    sentences = " ".join(words.course_sentence(course) for course in view.courses)
    drawn = charts.graph(ids.benchmarks("course"), figure, f"{view.theme.name} over time. {sentences}")
    return html.Section(
        [
            html.Div([html.H2(f"{view.theme.name} over time", id="bm-course-title"), beside(view)],
                     className="sl-pad sl-bm-course-h"),
            *course_body(view, drawn),
            html.Div(
                [
                    *(html.P(words.course_sentence(course), className="sl-small") for course in view.courses),
                    html.P(words.TAKING_PART, className="sl-micro"),
                ],
                className="sl-pad sl-bm-courses",
            ),
            foot(view, view.chosen, [png("course"), course_twin(view.courses)]),
        ],
        className="sl-card", **{"aria-labelledby": "bm-course-title"},
    )  # fmt: skip


def course_body(view: BenchmarkView, drawn: html.Div) -> list[Any]:
    """The picture; where no month of any cohort can be told, the state in its place, and the picture hidden.

    The page's callbacks know the picture by its id, so it is always there.
    """
    if any(one.told for course in view.courses for one in course):
        return [html.Div(drawn, className="sl-picture")]
    return [html.Div([closed(), html.Div(drawn, hidden=True)], className="sl-pad")]


def closed() -> html.Div:
    """What stands where a group is hidden in every month."""
    text = "Groups like this one are not shown. A whole country or a whole sector may be."
    return states.state("people", "Hidden to protect people", text)


def themes_card(view: BenchmarkView, scale: Scale) -> html.Section:
    """Every theme of the chosen cohort, from high to low."""
    return html.Section(
        [
            html.Div(html.H2(words.group_title(view, "theme"), id="bm-theme-title"), className="sl-card-h"),
            html.P(words.group_sentence(view.by_theme, "theme"), className="sl-small sl-bm-said"),
            group_table(view, view.by_theme, "theme", scale),
            foot(view, view.by_theme.whole, [png("theme"), group_twin(view.by_theme, "theme")]),
        ],
        className="sl-card", **{"aria-labelledby": "bm-theme-title"},
    )  # fmt: skip


def cite_card(view: BenchmarkView) -> html.Section:
    """The citation with a button that copies it, the files, and what is hidden and why."""
    text = ids.benchmarks("citation")
    copy = html.Button([icon("copy"), "Copy citation"], type="button", className="btn btn-primary", **{
        "data-copy-text": text})  # fmt: skip
    files = [
        html.A([icon(mark), name], href=file(view, kind), download="", className="btn sl-btn")
        for kind, name, mark in FILES
    ]
    return html.Section(
        html.Div(
            [
                html.H2("Cite this", id="bm-cite-title"),
                html.P(words.citation(view), id=text, className="sl-bm-citation"),
                html.P(f"Licence of the figures: {words.LICENCE_IN_FULL}. Use and share them, and say where they come "
                       "from.", className="sl-small"),
                html.Div([copy, *files], className="sl-acts"),
                html.H3("What is hidden, and why"),
                html.P([words.RULES, " ", words.TAKING_PART], className="sl-small"),
            ],
            className="sl-pad sl-bm-cite",
        ),
        className="sl-card", **{"aria-labelledby": "bm-cite-title"},
    )  # fmt: skip


def file(view: BenchmarkView, kind: str) -> str:
    """Where what is shown is downloaded. Month and codebook are always named, so that the link keeps its meaning."""
    named = {"month": f"{view.month:%Y-%m}", "codebook": view.codebook}
    return addresses.benchmark_file(kind, view.query.to_url() | named)


def png(part: str) -> html.Button:
    """The button that gives a card's picture as a file."""
    return html.Button([icon("image"), "PNG"], id=ids.benchmarks(f"{part}-png"), type="button", className="sl-link")


def foot(view: BenchmarkView, one: Spread | None, ways: list[Any]) -> html.Div:
    """Where the numbers come from, and the ways to take them away; the table twin opens below them."""
    link = html.A([icon("download"), "CSV"], href=file(view, "csv"), download="")
    return html.Div([html.Span(words.source(view, one)), link, *ways], className="sl-src")
