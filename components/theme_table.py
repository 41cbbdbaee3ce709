"""The themes of one factory, a row each: score, likely range, one year, and what moved since."""

from collections.abc import Sequence
from datetime import date, timedelta

from dash import dcc, html

from components import addresses, states
from components.difference import difference_cells
from components.dot_whisker import Scale, axis, dot_whisker, scale_of
from components.explanation import why
from components.sparkline import sparkline
from scoring.model import OVERALL, Score, TimelineQuery
from scoring.views import OverviewView, ThemeRow
from scoring.words import likely, month_name, reason_text, whole

ALL_HIDDEN = (
    "No theme has enough answers yet, so that nobody can be recognised. "
    "Each appears with the first release that may show it."
)


def theme_table(view: OverviewView) -> html.Div:
    """All themes of the overview, best first; rows that may not be shown come last, whatever they hold."""
    if not view.themes:
        nothing = states.nothing_yet("No themes yet", "They appear with the first release that holds them.")
        return html.Div(nothing, className="sl-pad")
    if all(row.score.estimate is None for row in view.themes):
        return html.Div([html.Div(states.few(ALL_HIDDEN), className="sl-pad"), never_averaged(view.not_averaged)])
    scale = scale_of(row.score for row in view.themes)
    last = view.stamp.through
    rows = [
        theme_row(view.factory.factory_id, row, scale, last - timedelta(days=365), last)
        for row in in_order(view.themes)
    ]
    table = html.Table(
        [html.Caption("Themes with score, likely range and change", className="visually-hidden"),
         head(scale, view.since), html.Tbody(rows)],
        className="sl-table sl-cards-s sl-themes",
    )  # fmt: skip
    return html.Div([table, never_averaged(view.not_averaged)])


def in_order(rows: Sequence[ThemeRow]) -> list[ThemeRow]:
    """The rows by score, best first; the hidden ones last and by name, so that their place tells nothing."""
    shown = [row for row in rows if row.score.estimate is not None]
    hidden = [row for row in rows if row.score.estimate is None]
    shown.sort(key=lambda row: (-whole(row.score.estimate.value) if row.score.estimate else 0, row.score.name))
    return shown + sorted(hidden, key=lambda row: row.score.name)


def head(scale: Scale, since: date) -> html.Thead:
    """The head of the table, with the ticks of the dots and whiskers."""
    spoken = html.Span("On a scale", className="visually-hidden")
    explained = html.Span("How it is computed", className="visually-hidden")
    return html.Thead(
        html.Tr(
            [
                html.Th("Theme", scope="col"),
                html.Th([spoken, axis(scale)], className="sl-dw-cell", scope="col"),
                html.Th("Score, likely", className="n", scope="col"),
                html.Th("One year", className="sl-hide-s", scope="col"),
                html.Th(f"Since {month_name(since)}, likely", className="n sl-hide-s", scope="col", colSpan=2),
                html.Th(html.Span("In words", className="visually-hidden"), className="sl-hide-s", scope="col"),
                html.Th(explained, className="sl-hide-s", scope="col"),
            ]
        )
    )


def timeline_with(factory_id: str, theme: str) -> str:
    """The address of the timeline with one theme under the overall score."""
    query = TimelineQuery(factory_id, rows=(OVERALL, theme))
    return addresses.timeline(query.factory, query.to_url())


def theme_row(factory_id: str, row: ThemeRow, scale: Scale, first: date, last: date) -> html.Tr:
    """One theme; its name opens the indicators with that theme chosen."""
    href = addresses.indicators(factory_id, {"theme": row.score.key})
    name = dcc.Link(row.score.name, href=href, className="sl-row-link")
    if row.score.estimate is None:
        blank = [html.Td("", className="sl-hide-s") for _ in range(5)]
        return html.Tr([html.Td(name), html.Td(""), number_cell(row.score), *blank])
    opened = addresses.overview(factory_id) + addresses.search({"explain": row.score.key})
    return html.Tr(
        [
            html.Td(name),
            html.Td(dot_whisker(row.score.estimate, scale, standing=row.score.standing), className="sl-dw-cell"),
            number_cell(row.score),
            html.Td(sparkline(row.course, first, last), className="sl-hide-s"),
            *difference_cells(row.change),
            html.Td(why(row.score.key, opened, of=row.score.name), className="sl-go"),
        ]
    )


def number_cell(score: Score) -> html.Td:
    """A score with its range, or why there is none, for the number column of a table."""
    if score.estimate is None:
        return html.Td(html.Span(reason_text(score.reason), className="sl-few"), className="n")
    number = html.B(str(whole(score.estimate.value)))
    return html.Td([number, " ", html.Span(likely(score.estimate), className="sl-small")], className="n")


def never_averaged(names: Sequence[str]) -> html.P | None:
    """The line about themes that are leads only; nothing when there are none."""
    if not names:
        return None
    return html.P(
        [html.B(f"Never averaged: {', '.join(names)}."), " Such answers are leads, not scores."],
        className="sl-never sl-small",
    )
