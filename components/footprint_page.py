"""A footprint page, put together: of a buyer's own actions, or of all actions at one factory."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from components import addresses, ids
from components import footprint_cards as cards
from components import footprint_words as words
from components.look import Look
from components.marks import icon
from scoring.cascade_views import FootprintView

PERIOD_NAMES = {"6m": ("6 m", "6 months"), "1y": ("12 m", "12 months"), "all": ("All", "All the time")}


def footprint_page(view: FootprintView, look: Look) -> html.Div:
    """Heading, choices, and the cards; the designed state where nothing was done."""
    return html.Div([head(view), *body(view, look)])


def body(view: FootprintView, look: Look) -> list[Any]:
    """The cards, and what the browser keeps between callbacks."""
    if not view.rows:
        return [html.Section(html.Div(cards.nothing_done(view), className="sl-pad"), className="sl-card")]
    study = cards.study_part(view, view.study, look) if view.study else None
    main = [cards.sum_card(view), cards.helped_card(view)]
    kept = {"factory": view.query.factory, "values": view.query.to_url()}
    return [
        html.Div(
            [
                html.Div(main, className="sl-stack"),
                html.Div([study, cards.largest_card(view)], className="sl-stack"),
            ],
            className="sl-grid sl-main-side sl-footprint",
        ),
        dcc.Store(id=ids.footprint("query"), data=kept),
        dcc.Store(id=ids.footprint("drawn"), data=look.to_text()),
        dcc.Download(id=ids.footprint("download")),
        html.Div(id=ids.footprint("file"), hidden=True, **{"data-picture": ""}),
    ]


def head(view: FootprintView) -> html.Div:
    """The title, and what may be chosen here."""
    title = html.Div([html.H1(words.heading(view)), html.P(words.lead(view))])
    copy = html.Button([icon("link-45deg"), "Copy link"], type="button", className="btn sl-btn", **{
        "data-copy-link": "true"})  # fmt: skip
    acts = [row_picker(view), periods(view), copy]
    return html.Div([title, html.Div(acts, className="sl-acts sl-fp-acts")], className="sl-head")


def address(view: FootprintView, changes: Mapping[str, str]) -> str:
    """The same page with something else chosen."""
    return addresses.footprint(view.query.factory, {**view.query.to_url(), **changes})


def periods(view: FootprintView) -> html.Div:
    """A row of links, each to the same page over another period."""
    links = []
    for value, (short, spoken) in PERIOD_NAMES.items():
        current = {"aria-current": "true"} if view.query.period == value else {}
        href = address(view, {"period": value})
        links.append(html.A(short, href=href, **{"data-within": "true", "aria-label": spoken}, **current))
    return html.Div(links, className="sl-seg", role="group", **{"aria-label": "Period"})


def row_picker(view: FootprintView) -> html.Details | None:
    """In what the footprint is measured: the whole or a theme; nothing where there is no choice."""
    if len(view.choices) < 2:
        return None
    links = []
    for choice in view.choices:
        current = {"aria-current": "true"} if choice.name == view.row_name else {}
        href = address(view, {"row": choice.key})
        links.append(html.A(choice.name, href=href, **{"data-within": "true"}, **current))
    pill = html.Summary([html.Span(view.row_name, className="sl-clip"), icon("chevron-down")], className="sl-pill")
    box = html.Div(links, className="sl-menu-box", role="group", **{"aria-label": "Measured in"})
    return html.Details([pill, box], className="sl-menu sl-rows sl-kinds")
