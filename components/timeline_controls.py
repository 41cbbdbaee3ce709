"""The bar over the timeline. Every control is an address, so a picture can be sent as a link."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components import addresses, ids
from components.marks import icon
from scoring.model import TimelineQuery
from scoring.query import MOST_ROWS
from scoring.views import TimelineView

PERIOD_NAMES = {
    "3m": ("3 m", "3 months"), "6m": ("6 m", "6 months"), "1y": ("1 y", "1 year"),
    "2y": ("2 y", "2 years"), "all": ("All", "All"),
}  # fmt: skip
LANE_NAMES = {"kind": ("By kind", "By kind"), "buyer": ("By buyer", "By buyer")}
SCALE_NAMES = {"fit": ("Fit", "Fit to the data"), "full": ("0–100", "0 to 100")}


def controls(view: TimelineView) -> list[Any]:
    """The children of the bar: period, lanes, rows, scale and the copy button."""
    query = view.query
    by = [segment(query, "lanes", "Lanes", LANE_NAMES)] if view.every_buyer else []
    return [
        segment(query, "period", "Period", PERIOD_NAMES),
        *by,
        rows_picker(view),
        segment(query, "scale", "Scale", SCALE_NAMES),
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
    hide = "" if field == "period" else " sl-hide-s"
    return html.Div(links, className=f"sl-seg{hide}", role="group", **{"aria-label": name})


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
