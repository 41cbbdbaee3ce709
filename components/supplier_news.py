"""What changed since last quarter, as a short list: what fell first, then what is less sure, then the rest."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses
from components.marks import icon
from scoring.supplier_views import News, SuppliersView
from scoring.supplier_words import changed
from scoring.words import counted, day

ICONS = {
    "drop": ("arrow-down-right", "sl-down"),
    "rise": ("arrow-up-right", "sl-up"),
    "theme": ("arrow-down-up", "sl-flat"),
    "flag": ("flag-fill", "sl-down"),
    "hidden": ("eye-slash", "sl-flat"),
    "shown": ("eye", "sl-flat"),
    "share": ("key", "sl-flat"),
}
MOST_AT_ONCE = 4
NOTHING = "Nothing clear changed: no score or theme clearly moved, no new warning, and the same suppliers share."


def news_card(view: SuppliersView) -> html.Section:
    """The card; where nothing may be said it says so."""
    found = changed(view)
    parts: list[Any] = [html.Div([html.H2("What changed", id="changed-title"), since(view)], className="sl-card-h")]
    if not found:
        parts.append(html.P(NOTHING, className="sl-pad sl-small sl-news-none"))
    else:
        parts.append(items(found[:MOST_AT_ONCE]))
    if len(found) > MOST_AT_ONCE:
        rest = found[MOST_AT_ONCE:]
        more = html.Summary([icon("chevron-down"), f"{counted(len(rest), 'more change')}"], className="sl-why")
        parts.append(html.Details([more, items(rest)], className="sl-news-more"))
    return html.Section(parts, className="sl-card sl-news", **{"aria-labelledby": "changed-title"})


def since(view: SuppliersView) -> html.Span:
    """Between which days."""
    return html.Span(f"from {day(view.since)} to {day(view.on)}", className="sl-micro")


def items(news: Sequence[News]) -> html.Ul:
    """Some lines of the list."""
    return html.Ul([item(one) for one in news], className="sl-list sl-findings")


def item(news: News) -> html.Li:
    """One line; a supplier's name leads to its overview."""
    name, tone = ICONS[news.kind]
    title: Any = html.B(news.title)
    if news.factory is not None:
        title = dcc.Link(news.title, href=addresses.overview(news.factory.factory_id), className="sl-row-link")
    words = html.Div([title, html.P(news.text, className="sl-small")])
    return html.Li([html.Span(icon(name), className=tone), words])
