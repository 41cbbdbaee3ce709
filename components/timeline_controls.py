"""The bar over the timeline. Every control is an address, so a picture can be sent as a link."""

from collections import Counter
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components import addresses, ids
from components.marks import icon, mark
from components.measure_picker import measure_picker
from scoring.model import Action, TimelineQuery
from scoring.query import MOST_ROWS
from scoring.views import TimelineView

VIEW_NAMES = {"time": ("Timeline", "Timeline"), "weeks": ("Weeks from the action", "Weeks from the action")}
PERIOD_NAMES = {
    "1m": ("1 m", "1 month"), "3m": ("3 m", "3 months"), "6m": ("6 m", "6 months"), "1y": ("1 y", "1 year"),
    "2y": ("2 y", "2 years"), "all": ("All", "All"),
}  # fmt: skip
LANE_NAMES = {"kind": ("By kind", "By kind"), "buyer": ("By buyer", "By buyer")}
SCALE_NAMES = {"fit": ("Fit", "Fit to the data"), "full": ("0–100", "0 to 100")}


ALWAYS = ("period", "view")
"""What a phone has room for, too."""


def controls(view: TimelineView) -> list[Any]:
    """The children of the bar: which picture, period, what belongs to that picture, rows, and the copy button."""
    query = view.query
    if query.view == "weeks":
        own: list[Any] = [kind_picker(view), rows_picker(view)]
    else:
        by = [segment(query, "lanes", "Lanes", LANE_NAMES)] if view.every_buyer else []
        own = [*by, rows_picker(view), measure_picker(view), segment(query, "scale", "Scale", SCALE_NAMES)]
    return [
        segment(query, "view", "Picture", VIEW_NAMES),
        segment(query, "period", "Period", PERIOD_NAMES),
        *own,
        html.Button(
            [icon("link-45deg"), "Copy link"], type="button", className="btn sl-quiet push",
            **{"data-copy-link": "true"},
        ),
    ]  # fmt: skip


def segment(query: TimelineQuery, field: str, name: str, choices: dict[str, tuple[str, str]]) -> html.Div:
    """A row of links of which one is current; each leads to the same picture with one thing changed.

    Plain anchors, as `dcc.Link` takes no aria attribute; `data-within` keeps them from loading a new page.
    """
    links = []
    for value, (short, spoken) in choices.items():
        values = {**query.to_url(), field: value}
        current = {"aria-current": "true"} if getattr(query, field) == value else {}
        named = {"aria-label": spoken} if spoken != short else {}
        href = addresses.timeline(query.factory, TimelineQuery.from_url(query.factory, values).to_url())
        links.append(html.A(short, href=href, **{"data-within": "true"}, **current, **named))
    hide = "" if field in ALWAYS else " sl-hide-s"
    return html.Div(links, className=f"sl-seg{hide}", role="group", **{"aria-label": name})


def kinds_there(view: TimelineView) -> list[tuple[Action, int]]:
    """Each kind that occurs in the period, as one of its actions and how many there are, the most frequent first."""
    every = [one for lane in view.lanes for one in lane.actions]
    often = Counter(one.kind for one in every)
    first = {one.kind: one for one in reversed(every)}
    return sorted(((first[kind], many) for kind, many in often.items()), key=lambda one: (-one[1], one[0].kind_name))


def kind_picker(view: TimelineView) -> html.Details | None:
    """Which kind of action the event study is of: a pill that opens a list of links; nothing without actions."""
    there = kinds_there(view)
    if not there:
        return None
    drawn = view.studies[0].usual.kind if view.studies else None
    name = view.studies[0].usual.kind_name if view.studies else "Kind of action"
    links = []
    for one, many in there:
        values = {**view.query.to_url(), "kind": one.kind}
        current = {"aria-current": "true"} if one.kind == drawn else {}
        often = html.Span(str(many), className="sl-num")
        words = [mark(one.token), html.Span(one.kind_name, className="sl-grow"), often]
        href = addresses.timeline(view.query.factory, values)
        links.append(html.A(words, href=href, **{"data-within": "true"}, **current))
    pill = html.Summary([html.Span(name, className="sl-clip"), icon("chevron-down")], className="sl-pill")
    box = html.Div(links, className="sl-menu-box", role="group", **{"aria-label": "Kind of action"})
    return html.Details([pill, box], className="sl-menu sl-rows sl-kinds")


def drawn_rows(view: TimelineView) -> str:
    """What is drawn, short enough for a pill: the first row by name, the others as a number."""
    if not view.rows:
        return "Rows"
    others = len(view.rows) - 1
    return f"{view.rows[0].name} and {others} more" if others else view.rows[0].name


def rows_picker(view: TimelineView) -> html.Details:
    """What to draw below the lanes: up to four themes or questions, ticked in a list behind one pill.

    Plain checkboxes in a details element: what Dash's own dropdown focuses is hidden from screen readers, and its
    checklist calls itself a list box without a name.
    """
    drawn = [row.key for row in view.rows]
    pill = html.Summary([html.Span(drawn_rows(view), className="sl-clip"), icon("chevron-down")], className="sl-pill")
    options = [
        {
            "label": html.Span(choice.name, className="sl-question" if choice.theme else None),
            "value": choice.key,
        }
        for choice in view.choices
    ]
    ticks = dbc.Checklist(id=ids.timeline("rows"), options=options, value=drawn, className="sl-ticks")
    show = dbc.Button("Show these rows", id=ids.timeline("show-rows"), color="primary")
    return html.Details(
        [
            pill,
            html.Div(
                [
                    html.Fieldset([html.Legend(f"Up to {MOST_ROWS} rows"), ticks], className="sl-ticks-box"),
                    show,
                ],
                className="sl-menu-box",
            ),
        ],
        className="sl-menu sl-rows",
    )
