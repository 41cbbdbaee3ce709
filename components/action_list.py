"""The list of actions under the timeline: everything that a mark can do, for the keyboard and in words."""

from typing import Any

from dash import html

from components import addresses
from components.difference import tone
from components.marks import mark
from components.timeline_words import counted_actions, verdict
from scoring.model import OVERALL, Aftermath, Comparison, Series, TimelineQuery
from scoring.views import TimelineView
from scoring.words import short_day

PERIOD_WORDS = {
    "1m": "in one month", "3m": "in three months", "6m": "in six months", "1y": "in this year", "2y": "in two years",
}  # fmt: skip


def action_list(view: TimelineView) -> list[Any]:
    """The children of the list's card: its heading and a table with one link for each action."""
    if not view.aftermaths:
        whose = "No buyer action" if view.every_buyer else "None of your actions"
        text = f"{whose} is recorded between {short_day(view.first)} and {short_day(view.last)}."
        return [heading("No actions in this period"), html.P(text, className="sl-pad sl-small")]
    when = PERIOD_WORDS.get(view.query.period, "in all")
    row = followed(view)
    return [
        heading(f"{counted_actions(len(view.aftermaths))} {when}", "Arrow keys move, Enter selects"),
        html.Div(
            html.Table([head(row), html.Tbody(lines(view, row))], className="sl-table sl-cards-s evt"),
            className="sl-actions",
            **{"data-arrow-keys": "true"},
        ),
    ]


def heading(text: str, hint: str | None = None) -> html.Div:
    """The heading of the card, and how to move in it."""
    said = html.Span(hint, className="sl-micro sl-hide-s") if hint else None
    return html.Div([html.H2(text), said], className="sl-card-h")


def followed(view: TimelineView) -> Series | None:
    """The row whose course after each action the list tells: the first theme drawn, else the first row."""
    themes = (row for row in view.rows if row.key != OVERALL)
    return next(themes, view.rows[0] if view.rows else None)


def head(row: Series | None) -> html.Thead:
    """The heads of the columns."""
    after = f"{row.name} after" if row else "After"
    names = (("Date", ""), ("Action", ""), ("Buyer", ""), ("What it was", "sl-hide-s"), (after, ""))
    return html.Thead(html.Tr([html.Th(name, scope="col", className=hide) for name, hide in names]))


def lines(view: TimelineView, row: Series | None) -> list[html.Tr]:
    """One line for each action, the newest first."""
    chosen = view.selected.action.action_id if view.selected else None
    return [line(view.query, one, row, one.action.action_id == chosen) for one in view.aftermaths]


def line(query: TimelineQuery, aftermath: Aftermath, row: Series | None, selected: bool) -> html.Tr:
    """One action. Its link selects it; opened in a new tab it is the same picture with it selected."""
    one = aftermath.action
    href = addresses.timeline(query.factory, {**query.to_url(), "action": one.action_id})
    current = {"aria-current": "true"} if selected else {}
    link = html.A(one.kind_name, href=href, className="sl-act", **{"data-action": one.action_id}, **current)
    return html.Tr(
        [
            html.Td(short_day(one.date), className="sl-num"),
            html.Td(html.Span([mark(one.token), link], className="sl-act-cell")),
            html.Td(one.buyer_name),
            html.Td(one.what, className="sl-body2 sl-hide-s"),
            html.Td(said(aftermath, row)),
        ],
        className="on" if selected else None,
    )


def said(aftermath: Aftermath, row: Series | None) -> html.Span:
    """What may be said of the followed row after this action; open windows are never coloured."""
    found = compared(aftermath, row)
    words = verdict(found, aftermath.window)
    if words == "too few people":
        return html.Span(words, className="sl-few")
    change = found.change if found and not aftermath.window.is_open else None
    colour = tone(change) if change else "sl-flat"
    return html.Span(words, className=f"{colour} sl-num")


def compared(aftermath: Aftermath, row: Series | None) -> Comparison | None:
    """The comparison that belongs to the followed row, if there is one."""
    return next((one for one in aftermath.rows if row and one.key == row.key), None)
