"""The questions of one theme, a row each: score, likely range, middle half of similar factories, course."""

from collections.abc import Sequence

from dash import html

from components import states
from components.addresses import indicators
from components.difference import tone
from components.dot_whisker import Scale, axis, dot_whisker, scale_of
from components.explanation import why
from components.grade_badge import badges
from components.sparkline import sparkline
from components.theme_table import number_cell
from scoring.views import IndicatorsView, QuestionRow, ThemeRow
from scoring.words import about, change_parts, score_text, whole

PERIOD_NAMES = {"3m": "Three months", "1y": "One year", "2y": "Two years"}
ALL_HIDDEN = "No question of this theme has enough answers yet, so that nobody can be recognised."


def theme_head(view: IndicatorsView, chosen: ThemeRow) -> html.Div:
    """The chosen theme: its name, its score in words, what moved, the grade, and the way to the drawer."""
    score = chosen.score
    said = html.Div([html.H2(score.name, id="theme-title"), theme_sentence(view, chosen)])
    if score.estimate is None:
        return html.Div(said, className="sl-theme-head")
    link = why(score.key, explain_address(view, score.key))
    return html.Div([said, html.Div([badges(score), link], className="sl-theme-side")], className="sl-theme-head")


def explain_address(view: IndicatorsView, key: str) -> str:
    """The same page with the drawer of a score open."""
    return indicators(view.factory.factory_id, {**view.query.to_url(), "explain": key})


def theme_sentence(view: IndicatorsView, chosen: ThemeRow) -> html.P:
    """The score, what may be said of its difference, and how many answers it rests on."""
    score, change = chosen.score, chosen.change
    if score.estimate is None:
        return html.P("Too few people to show a score of this theme.", className="sl-body2")
    said, rest = change_parts(change, view.since)
    rests = f" {about(score.answers).capitalize()} answers."
    moved = [" ", html.Span(said, className=tone(change))] if change and said else [" "]
    return html.P([html.B(f"{score_text(score.estimate)}."), *moved, rest, rests], className="sl-body2")


def question_table(view: IndicatorsView) -> html.Div | html.Table:
    """All questions of the chosen theme, best first; those that may not be shown come last, whatever they hold."""
    if all(row.score.estimate is None for row in view.questions):
        return html.Div(states.few(ALL_HIDDEN), className="sl-pad")
    scale = scale_of(row.score for row in view.questions)
    caption = html.Caption("Questions with score, likely range and course", className="visually-hidden")
    body = html.Tbody([question_row(view, row, scale) for row in in_order(view.questions)])
    return html.Table([caption, head(view, scale), body], className="sl-table sl-cards-s sl-questions")


def in_order(rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """The rows by printed score, best first; the hidden ones last and by wording, so that their place tells nothing."""

    def key(row: QuestionRow) -> tuple[bool, int, str]:
        estimate = row.score.estimate
        return estimate is None, -whole(estimate.value) if estimate else 0, row.text

    return sorted(rows, key=key)


def head(view: IndicatorsView, scale: Scale) -> html.Thead:
    """The head of the table, with the ticks of the dots and whiskers."""
    spoken = html.Span("On a scale", className="visually-hidden")
    explained = html.Span("How it is computed", className="visually-hidden")
    return html.Thead(
        html.Tr(
            [
                html.Th("Question", scope="col"),
                html.Th([spoken, axis(scale)], className="sl-dw-cell", scope="col"),
                html.Th("Score, likely", className="n", scope="col"),
                html.Th(PERIOD_NAMES[view.query.period], className="sl-hide-s", scope="col"),
                html.Th(explained, className="sl-hide-s", scope="col"),
            ]
        )
    )


def question_row(view: IndicatorsView, row: QuestionRow, scale: Scale) -> html.Tr:
    """One question in its own words."""
    score = row.score
    if score.estimate is None:
        blank = [html.Td("", className="sl-hide-s") for _ in range(2)]
        return html.Tr([html.Td(row.text), html.Td(""), number_cell(score), *blank])
    return html.Tr(
        [
            html.Td(row.text),
            html.Td(dot_whisker(score.estimate, scale, standing=score.standing), className="sl-dw-cell"),
            number_cell(score),
            html.Td(sparkline(row.course, view.first, view.last), className="sl-hide-s"),
            html.Td(why(score.key, explain_address(view, score.key), of=row.text), className="sl-go"),
        ]
    )
