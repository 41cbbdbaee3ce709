"""The page that compares suppliers, put together: side by side, what can be said, and their year on one axis."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from components import addresses, charts, ids, states
from components.compare_figure import compare_figure
from components.compare_table import compare_table
from components.file_links import file_links
from components.look import Look
from components.marks import icon, mark
from components.series_table import series_table
from components.supplier_page import nobody
from scoring.model import Action
from scoring.supplier_views import MOST_PINNED, ComparisonView
from scoring.supplier_words import cautions, comparison_heading, finding_sentence, listed
from scoring.words import counted, day, grey_zone, release_text, short_day

GRAPH, QUERY, DRAWN = (ids.compare(part) for part in ("graph", "query", "drawn"))
DOWNLOAD, FILE = ids.compare("download"), ids.compare("file")
CSV, YEAR_CSV, YEAR_PNG = (ids.compare(part) for part in ("csv", "year-csv", "year-png"))
LEAD = "Same scale, same dates. A difference is named only when it is clear."
MOST_SAID = 6


def compare_page(view: ComparisonView, look: Look) -> html.Div:
    """Everything of the page; with fewer than two suppliers, how to choose them."""
    if not view.lines:
        return html.Div([head(view), html.Section(html.Div(nothing(view), className="sl-pad"), className="sl-card")])
    cards = [table_card(view), said_card(view) if len(view.lines) > 1 else more_card(), year_card(view, look)]
    kept = [
        dcc.Store(id=QUERY, data=view.query.to_url()),
        dcc.Store(id=DRAWN, data=look.to_text()),
        dcc.Download(id=DOWNLOAD),
        html.Div(id=FILE, hidden=True, **{"data-picture": ""}),
    ]
    return html.Div([head(view), html.Div(cards, className="sl-stack"), *kept])


def head(view: ComparisonView) -> html.Div:
    """The title, and what may be done here."""
    copy = html.Button([icon("link-45deg"), "Copy link"], type="button", className="btn sl-btn", **{
        "data-copy-link": "true"})  # fmt: skip
    pinned = {"pin": ",".join(view.shown)} if view.shown else {}
    back = dcc.Link([icon("list-ul"), "Suppliers"], href=addresses.suppliers(pinned), className="btn sl-btn")
    title = html.Div([html.H1(comparison_heading(view)), html.P(LEAD)])
    return html.Div([title, html.Div([adder(view), back, copy], className="sl-acts")], className="sl-head")


def adder(view: ComparisonView) -> html.Details | None:
    """The choice of one more supplier; nothing where five stand here or no other shares."""
    if not view.others or len(view.lines) >= MOST_PINNED:
        return None
    links = [
        html.A(one.name, href=addresses.compare([*view.shown, one.factory_id]), **{"data-within": "true"})
        for one in view.others
    ]
    button = html.Summary([icon("plus-lg"), "Add supplier"], className="btn sl-btn sl-add")
    box = html.Div(links, className="sl-menu-box", role="group", **{"aria-label": "Add supplier"})
    return html.Details([button, box], className="sl-menu sl-kinds sl-pick sl-adder")


def nothing(view: ComparisonView) -> html.Div:
    """What stands here without any supplier."""
    if not view.others:
        return nobody()
    text = "Pin up to five suppliers in the list, or add them here one by one."
    back = states.button("Choose suppliers", addresses.SUPPLIERS)
    return states.nothing_yet("No supplier chosen yet", text, "layout-three-columns", back)


def more_card() -> html.Section:
    """What is said while only one supplier stands here."""
    text = html.P("Add another supplier, and what can be said of their differences stands here.", className="sl-small")
    title = html.H2("What can be said", id="said-title")
    return html.Section(
        html.Div([title, text], className="sl-pad sl-said"), className="sl-card", **{"aria-labelledby": "said-title"}
    )


def table_card(view: ComparisonView) -> html.Section:
    """The suppliers side by side, with what grey means and the way to take it away."""
    grey = grey_zone(score.standing for row in view.rows for score in row.scores if score is not None)
    key = html.Span("middle half of similar factories", className="sl-key") if grey else None
    source = html.Span(f"Lines: likely range · workers’ answers, {release_text(view.stamp)}")
    button = html.Button([icon("download"), "CSV"], id=CSV, type="button", className="sl-link")
    twin = file_links("compare", None, view.query.to_url(), twin_only=True)
    foot = html.Div([source, key, button, *twin], className="sl-src")
    return html.Section([compare_table(view), foot], className="sl-card", **{"aria-label": "Side by side"})


def said_card(view: ComparisonView) -> html.Section:
    """Every clear difference as a sentence, and what to bear in mind."""
    sentences = [finding_sentence(row, one) for row in view.rows for one in row.findings]
    parts: list[Any] = [html.H2("What can be said", id="said-title")]
    if sentences:
        parts.append(bullets(sentences[:MOST_SAID]))
    else:
        parts.append(html.P("Can’t tell: every difference could be chance.", className="sl-small"))
    if len(sentences) > MOST_SAID:
        more = html.Summary([icon("chevron-down"), f"{len(sentences) - MOST_SAID} more"], className="sl-why")
        parts.append(html.Details([more, bullets(sentences[MOST_SAID:])], className="sl-said-more"))
    careful = cautions(view)
    if careful:
        parts.append(html.P([icon("info-circle"), html.Span(" ".join(careful))], className="sl-note"))
    return html.Section(
        html.Div(parts, className="sl-pad sl-said"), className="sl-card", **{"aria-labelledby": "said-title"}
    )


def bullets(sentences: Sequence[str]) -> html.Ul:
    """Sentences, a line each."""
    return html.Ul([html.Li(one) for one in sentences], className="sl-sentences")


def year_card(view: ComparisonView, look: Look) -> html.Section:
    """The picture of one year with its sentence, its table twin and its files."""
    own = any(line.actions for line in view.lines)
    title = "Overall score over one year" + (", with your own actions" if own else "")
    heading = [html.H2(title, id="year-title"), kinds_key([one for line in view.lines for one in line.actions])]
    drawn = any(line.course.points for line in view.lines)
    picture: Any = html.Div(states.few(), className="sl-pad")
    if drawn:
        figure = compare_figure(view, look.dark, look.narrow)
        picture = html.Div(charts.graph(GRAPH, figure, year_sentence(view)), className="sl-picture")
    return html.Section(
        [html.Div(heading, className="sl-card-h sl-cmp-year"), picture, year_foot(view, drawn=drawn)],
        className="sl-card", **{"aria-labelledby": "year-title"},
    )  # fmt: skip


def kinds_key(actions: Sequence[Action]) -> html.Span | None:
    """The kinds of action that are marked, each with its shape."""
    if not actions:
        return None
    kinds = {one.kind_name: one.token for one in sorted(actions, key=lambda one: one.kind_name)}
    marks = [html.Span([mark(token), name], className="sl-cmp-kind") for name, token in kinds.items()]
    return html.Span(marks, className="sl-cmp-kinds sl-small")


def year_sentence(view: ComparisonView) -> str:
    """What the picture shows, for those who do not see it."""
    names = listed([line.supplier.factory.name for line in view.lines])
    many = sum(len(line.actions) for line in view.lines)
    done = f", with {counted(many, 'own action')}" if many else ""
    return f"Overall score of {names} from {day(view.first)} to {day(view.last)}{done}."


def year_foot(view: ComparisonView, *, drawn: bool) -> html.Div:
    """Where the picture comes from, its numbers as tables, and the ways to take it away."""
    days = f"{short_day(view.first)} – {short_day(view.last)}"
    source = html.Span(f"Workers’ answers, {days} · {release_text(view.stamp)}")
    if not drawn:
        return html.Div(source, className="sl-src")
    twin = [html.Summary([icon("table"), "Show as table"]), year_tables(view)]
    return html.Div(
        [
            source,
            html.Button([icon("download"), "CSV"], id=YEAR_CSV, type="button", className="sl-link"),
            html.Button([icon("image"), "PNG"], id=YEAR_PNG, type="button", className="sl-link"),
            html.Details(twin, className="sl-twin"),
        ],
        className="sl-src",
    )


def year_tables(view: ComparisonView) -> html.Div:
    """One table for each supplier, and one of what the buyer did."""
    tables = [series_table(replace(line.course, name=line.supplier.factory.name)) for line in view.lines]
    return html.Div([*tables, *action_table(view)], className="sl-tables")


def action_table(view: ComparisonView) -> list[html.Div]:
    """What the buyer did, newest first; nothing where nothing is marked."""
    done = [(one, line.supplier.factory.name) for line in view.lines for one in line.actions]
    if not done:
        return []
    done.sort(key=lambda pair: pair[0].date, reverse=True)
    heads = html.Tr([html.Th(name, scope="col") for name in ("Day", "What you did", "Where")])
    rows = [html.Tr([html.Td(short_day(one.date)), html.Td(one.kind_name), html.Td(where)]) for one, where in done]
    table = html.Table([html.Caption("Your own actions"), html.Thead(heads), html.Tbody(rows)], className="sl-table")
    region = {"aria-label": "Your own actions as a table"}
    return [html.Div(table, className="sl-table-box", tabIndex=0, role="region", **region)]
