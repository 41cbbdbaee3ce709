"""The event study as part of a page: picture, a sentence for each row, how fine the cells are, source and files."""

from collections.abc import Sequence
from typing import Any

from dash import html

from components import charts, states
from components.event_study_figure import event_study_figure
from components.event_study_table import event_study_tables
from components.event_study_words import course_and_counts, how_to_read, study_sentence
from components.look import Look
from components.marks import icon
from components.sureness import sureness_chip
from components.usual_effect import caution
from scoring.cascade_views import Coverage, Study
from scoring.cascade_words import MOVED_BEFORE, coverage_sentence, usual_parts


def nothing_done(*, own: bool) -> html.Div:
    """What stands in place of the study where nothing was done in the period."""
    whose = "None of your actions" if own else "No buyer action"
    text = f"{whose} is recorded in this period. A longer period may show some."
    return states.nothing_yet("No actions in this period", text, icon="calendar2")


def event_study_picture(
    graph_id: str, studies: Sequence[Study], look: Look, *, titled: bool = True, selected: str | None = None
) -> html.Div:
    """The picture with its sentence; a state where neither a line nor a profile can be drawn.

    The page's callbacks know the picture by its id, so it is there in that state too, and hidden.
    """
    figure = event_study_figure(studies, look.dark, look.narrow, titled=titled, selected=selected)
    drawn = charts.graph(graph_id, figure, study_sentence(studies))
    if is_drawn(studies):
        return drawn
    text = "Neither what usually follows nor one of these actions has enough answers around it to be drawn."
    return html.Div([states.few(text), html.Div(drawn, hidden=True)])


def is_drawn(studies: Sequence[Study]) -> bool:
    """True when there is a line or a profile to draw."""
    return any(study.usual.profile or any(line.points for line in study.lines) for study in studies)


def row_list(studies: Sequence[Study]) -> html.Ul:
    """For each row how sure it is what usually follows, and the sentence."""
    return html.Ul([row_item(study) for study in studies], className="sl-list sl-study-rows")


def row_item(study: Study) -> html.Li:
    """One row."""
    usual = study.usual
    first, finding, last = usual_parts(usual)
    more = course_and_counts(usual)
    return html.Li(
        [
            html.Div(
                [html.H3(usual.row_name), sureness_chip(usual.sureness, usual.effect.value if usual.effect else None)],
                className="sl-panel-h",
            ),
            html.P([first, html.B(finding), last], className="sl-small sl-finding"),
            html.P(more, className="sl-micro") if more else None,
        ]
    )


def reading(studies: Sequence[Study], coverage: Coverage | None, *, own: bool, here: bool) -> list[Any]:
    """How to read the picture, how wide the cells behind it are, and that answers may have moved before."""
    cells = coverage_sentence(coverage)
    return [
        html.P(how_to_read(studies, own=own, here=here), className="sl-small"),
        html.P(cells, className="sl-micro") if cells else None,
        caution(MOVED_BEFORE) if any(study.usual.moved_before for study in studies) else None,
    ]


def foot(source: str, studies: Sequence[Study], csv_id: str, png_id: str, files: Sequence[html.A] = ()) -> html.Div:
    """Where the picture comes from, and the ways to take it away where there is one; `files` stand after CSV."""
    if not is_drawn(studies):
        return html.Div(html.Span(source), className="sl-src")
    twin = [html.Summary([icon("table"), "Show as table"]), event_study_tables(studies)]
    return html.Div(
        [
            html.Span(source),
            html.Button([icon("download"), "CSV"], id=csv_id, type="button", className="sl-link"),
            *files,
            html.Button([icon("image"), "PNG"], id=png_id, type="button", className="sl-link"),
            html.Details(twin, className="sl-twin"),
        ],
        className="sl-src",
    )
