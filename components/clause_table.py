"""A factory's scores under the clauses of another standard: a group of rows each clause, no score for a clause."""

from collections.abc import Sequence

from dash import dcc, html

from components import states
from components.dot_whisker import Scale, axis, dot_whisker, scale_of
from components.explanation import why
from components.question_table import explain_address
from components.sparkline import sparkline
from components.theme_table import number_cell, timeline_with
from scoring.standards import ClauseGroup, Coverage, Lead, Placed, Standard
from scoring.views import IndicatorsView

COLUMNS = 5
ALL_HIDDEN = (
    "No question has enough answers yet, so that nobody can be recognised. "
    "Each appears with the first release that may show it."
)
NOT_ASKED = "Workers are not asked about this."
NO_SCORE = "Workers are asked only questions that make no score:"


def clause_table(view: IndicatorsView, standard: Standard) -> html.Div:
    """Every clause with its questions in their own order, whatever they hold, so that no place tells anything."""
    groups = view.clauses
    scores = [placed.score for group in groups for placed in group.questions]
    if not any(score.estimate for score in scores):
        return html.Div([html.Div(states.few(ALL_HIDDEN), className="sl-pad"), *notes(groups)])
    scale = scale_of(scores)
    bodies = [html.Tbody([clause_row(group), *rows_of(view, group, scale)]) for group in groups]
    caption = html.Caption(
        f"Questions under the clauses of {standard.name}, with score, likely range and one year",
        className="visually-hidden",
    )
    table = html.Table([caption, head(scale), *bodies], className="sl-table sl-cards-s sl-clauses")
    return html.Div([table, *notes(groups)])


def head(scale: Scale) -> html.Thead:
    """The head of the table, with the ticks of the dots and whiskers."""
    spoken = html.Span("On a scale", className="visually-hidden")
    explained = html.Span("How it is computed", className="visually-hidden")
    return html.Thead(
        html.Tr(
            [
                html.Th("Question", scope="col"),
                html.Th([spoken, axis(scale)], className="sl-dw-cell", scope="col"),
                html.Th("Score, likely", className="n", scope="col"),
                html.Th("One year", className="sl-hide-s", scope="col"),
                html.Th(explained, className="sl-hide-s", scope="col"),
            ]
        )
    )


def clause_row(group: ClauseGroup) -> html.Tr:
    """The line that opens a clause: its number and title, where it stands, and when it is asked only in part."""
    title = f"{group.number} {group.title}".strip()
    beside = [group.section, "asked only in part" if group.coverage is Coverage.IN_PART else ""]
    words = " · ".join(word for word in beside if word)
    text = [title, *([" ", html.Span(words, className="sl-micro")] if words else [])]
    return html.Tr(html.Th(text, colSpan=COLUMNS, scope="rowgroup"), className="grp")


def rows_of(view: IndicatorsView, group: ClauseGroup, scale: Scale) -> list[html.Tr]:
    """The lines of one clause: its questions, then its leads; or what is said where workers are not asked."""
    if group.coverage is Coverage.NOT_ASKED:
        return [html.Tr(html.Td(NOT_ASKED, colSpan=COLUMNS, className="sl-small"))]
    if group.coverage is Coverage.NOT_SCORED:
        told = f"{NO_SCORE} {' '.join(f'“{text}”' for text in group.context)}"
        return [html.Tr(html.Td(told, colSpan=COLUMNS, className="sl-small"))]
    return [
        *(question_row(view, one, scale) for one in group.questions),
        *(lead_row(one) for one in group.leads),
    ]


def question_row(view: IndicatorsView, placed: Placed, scale: Scale) -> html.Tr:
    """One question with its score; its words open the timeline with it under the overall score."""
    score, course = placed.score, view.courses.get(placed.score.key)
    text = placed.text or score.name
    words = dcc.Link(text, href=timeline_with(view.factory.factory_id, score.key), className="sl-row-link")
    name = html.Td([words, *part(placed.in_part)])
    if score.estimate is None:
        return html.Tr([name, html.Td(""), number_cell(score), *blanks()])
    year = sparkline(course, view.first, view.last) if course else ""
    return html.Tr(
        [
            name,
            html.Td(dot_whisker(score.estimate, scale, standing=score.standing), className="sl-dw-cell"),
            number_cell(score),
            html.Td(year, className="sl-hide-s"),
            html.Td(why(score.key, explain_address(view, score.key), of=text), className="sl-go"),
        ]
    )


def blanks() -> list[html.Td]:
    """The cells of a year and of the way to how it is computed, where there is neither."""
    return [html.Td("", className="sl-hide-s") for _ in range(2)]


def lead_row(lead: Lead) -> html.Tr:
    """One zero-tolerance question: its words and that it is a lead, never a number."""
    said = html.Td("a lead, never averaged", className="n sl-small")
    return html.Tr([html.Td([lead.text, *part(lead.in_part)]), html.Td(""), said, *blanks()])


def part(in_part: bool) -> list[object]:
    """The words beside a question that touches only a part of its clause."""
    return [" ", html.Span("in\u00a0part", className="sl-micro")] if in_part else []


def notes(groups: Sequence[ClauseGroup]) -> list[html.P]:
    """What a reader must know below the table: that no clause has a score, and what workers are not asked."""
    told = (
        "Every number is the one that the question has by theme, where 100 is good. Which question belongs under which "
        "clause is our own reading."
    )
    found = [note("No clause has a score.", told)]
    unasked = [group.title for group in groups if group.coverage is Coverage.NOT_ASKED]
    unscored = [group.title for group in groups if group.coverage is Coverage.NOT_SCORED]
    if unasked:
        found.append(note("Workers are not asked about this:", f"{'; '.join(unasked)}."))
    if unscored:
        found.append(note(NO_SCORE, f"{'; '.join(unscored)}."))
    return found


def note(strong: str, text: str) -> html.P:
    """One line below the table."""
    return html.P([html.B(strong), f" {text}"], className="sl-never sl-small")
