"""The page of suppliers, put together: what changed, the choices, the grid, and the state where nothing is to show."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import addresses, ids, states
from components.file_links import file_links
from components.marks import icon
from components.supplier_bar import choices, cleared, count_words, finder, shown_in
from components.supplier_grid import supplier_grid
from components.supplier_news import news_card
from components.supplier_rows import grid_rows
from scoring.supplier_order import arranged
from scoring.supplier_views import Group, SuppliersQuery, SuppliersView
from scoring.words import grey_zone, release_text

PAGE, BAR, FOOT, FILES, EMPTY = (ids.suppliers(part) for part in ("page", "bar", "foot", "files", "empty"))
QUERY, ASKED = ids.suppliers("query"), ids.suppliers("asked")
CSV, DOWNLOAD = ids.suppliers("csv"), ids.suppliers("download")
LEAD = "Who shares with you, by score. Where likely ranges overlap there is no rank."


def supplier_page(view: SuppliersView, query: SuppliersQuery) -> html.Div:
    """Everything of the page; where nobody shares, what to do."""
    if not view.suppliers:
        return html.Div([head(), html.Section(html.Div(nobody(), className="sl-pad"), className="sl-card")])
    parts = [
        html.Div([finder(query), html.Div(choices(view, query), id=BAR, className="sl-bar sl-choices")],
                 className="sl-bar sl-sup-bar"),
        card(view, query),
        dcc.Store(id=QUERY, data=query.to_url()),
        dcc.Store(id=ASKED),
        dcc.Download(id=DOWNLOAD),
    ]  # fmt: skip
    news = news_card(view)
    return html.Div(
        [head(), html.Div([news, *parts], className="sl-stack sl-sup-page")], id=PAGE, **{"data-search": None}
    )


def head() -> html.Div:
    """The title, and what may be done here."""
    copy = [icon("link-45deg"), "Copy link"]
    acts = html.Button(copy, type="button", className="btn sl-btn", **{"data-copy-link": "true"})
    title = html.Div([html.H1("Suppliers"), html.P(LEAD)])
    return html.Div([title, html.Div(acts, className="sl-acts")], className="sl-head")


def card(view: SuppliersView, query: SuppliersQuery) -> html.Section:
    """The grid with what its colours mean, where it comes from and how to take it away."""
    groups = arranged(view, query)
    rows = grid_rows(groups, query.group)
    grid = html.Div(supplier_grid(view, query, rows), className="sl-sup-box", role="region", **{
        "aria-label": "Suppliers with score, position, evidence, change and themes"})  # fmt: skip
    button = html.Button([icon("download"), "CSV"], id=CSV, type="button", className="sl-link")
    files = html.Span(files_of(query), id=FILES, className="sl-files")
    source = html.Div(
        [html.Span(foot_words(view, groups), id=FOOT, **{"aria-live": "polite"}), *legend(view), button, files],
        className="sl-src",
    )
    empty = html.Div(no_match(groups, query), id=EMPTY)
    return html.Section([grid, empty, source], className="sl-card sl-sup-card-box", **{"aria-label": "Suppliers"})


def files_of(query: SuppliersQuery) -> list[html.A]:
    """Links to the workbook and the JSON twin of the list as it is asked for."""
    return file_links("suppliers", None, query.to_url())


def foot_words(view: SuppliersView, groups: Sequence[Group]) -> str:
    """How many suppliers are listed, and where the numbers come from."""
    shown, pinned = shown_in(groups)
    return f"{count_words(shown, pinned, len(view.suppliers))} · workers’ answers, {release_text(view.stamp)}"


def legend(view: SuppliersView) -> list[Any]:
    """What grey and the two colours of the strip mean, where they are drawn."""
    grey = grey_zone(one.score.standing for one in view.suppliers if one.score.estimate)
    keys = [html.Span("middle half of similar factories", className="sl-key")] if grey else []
    if any(cell.against for one in view.suppliers for cell in one.themes or ()):
        keys += [
            html.Span([html.I(className="sl-key-hi"), "clearly above them"], className="sl-key-part"),
            html.Span([html.I(className="sl-key-lo"), "clearly below them"], className="sl-key-part"),
        ]
    return keys


def no_match(groups: Sequence[Group], query: SuppliersQuery) -> html.Div | None:
    """What stands in place of rows where the filters leave nobody; pinned ones stay in any case."""
    if not query.narrows or any(not group.pinned for group in groups):
        return None
    clear = html.A("Clear the filters", href=cleared(query), className="btn sl-btn", **{"data-suppliers": "true"})
    text = "No supplier that shares with you is like that. Pinned ones stay in sight."
    return html.Div(states.nothing_yet("No supplier matches", text, "search", clear), className="sl-pad")


def nobody() -> html.Div:
    """What is said where no factory shares with the buyer."""
    return states.nothing_yet(
        "No supplier shares with you yet",
        "A factory appears here as soon as its owner agrees. What it shows, and until when, the owner decides.",
        icon="key",
        action=states.button("Ask a supplier", addresses.requests()),
    )
