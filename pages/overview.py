"""Overview: how a factory stands, what moved, and where to look."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from dash import Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate
from flask import request

from access.levels import Level
from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, charts, states
from components.file_links import file_links
from components.findings import finding_list
from components.look import Look
from components.marks import icon
from components.participation import participation_card
from components.reply_list import says_card, score_replies
from components.score_card import score_card, source_line
from components.theme_table import theme_table
from components.year_figure import year_figure
from components.year_table import year_sentence, year_table
from pages import replies
from pages.drawer import drawer
from pages.registry import door, on, page
from scoring.model import OVERALL
from scoring.replies import ROW, Reply
from scoring.views import OverviewView
from scoring.words import factory_line, grey_zone, release_text

GRAPH, FACTORY, DRAWN = "overview-year", "overview-factory", "overview-drawn"


@page("/overview/<factory>", name="Overview", permission="overview.view")
def layout(factory: Any = None, explain: Any = None, reply: Any = None, **_: Any) -> html.Div:
    """The overview of one factory, or a designed state where something cannot be shown."""
    if not isinstance(factory, str):
        raise NotAvailable
    view = door().overview(current_viewer(), unquote(factory))
    look, mine = Look.from_text(request.cookies.get("look")), view.factory.factory_id
    said, here = door().replies(current_viewer(), mine), addresses.overview(mine)
    beside = [*where_to_look(view), says_card(to_themes(said)), people(view)]
    return html.Div(
        [
            head(view),
            html.Div(
                [
                    hero(view, look, said),
                    html.Div(
                        [themes(view), html.Div(beside, className="sl-stack")],
                        className="sl-grid sl-main-side sl-overview",
                    ),
                ],
                className="sl-stack",
            ),
            drawer(mine, explain, here) or replies.drawer(mine, reply, here),
            *remembered(view, look),
        ]
    )


def to_themes(said: Sequence[Reply]) -> list[Reply]:
    """The replies that answer a theme."""
    return [one for one in said if one.subject.topic == ROW and one.subject.about != OVERALL]


def remembered(view: OverviewView, look: Look) -> list[dcc.Store]:
    """Which factory is drawn and how, for the redrawing; nothing where no picture is drawn."""
    if not view.year.points:
        return []
    return [dcc.Store(id=FACTORY, data=view.factory.factory_id), dcc.Store(id=DRAWN, data=look.to_text())]


def head(view: OverviewView) -> html.Div:
    """The factory's name, what and where it is, and what may be done here."""
    link = [
        icon("link-45deg"),
        "Copy link",
    ]
    copy = html.Button(link, type="button", className="btn sl-btn", **{"data-copy-link": "true"})
    return html.Div(
        [
            html.Div([html.H1(view.factory.name), html.P(factory_line(view.factory))]),
            html.Div(copy, className="sl-acts"),
        ],
        className="sl-head",
    )


def hero(view: OverviewView, look: Look, said: Sequence[Reply]) -> html.Section:
    """The score beside its year with what buyers did; what the factory says, source and table twin below."""
    whole = [one for one in said if one not in to_themes(said)]
    write = replies.writing(view.factory.factory_id, None, f"{ROW}.{OVERALL}")
    return html.Section(
        [
            html.Div(
                [score(view, None if whole else score_replies((), write)), year(view, look)],
                className="sl-pad sl-grid sl-two sl-hero",
            ),
            html.Div(score_replies(whole, write), className="sl-hero-says") if whole else None,
            html.Div(
                [
                    source_line(view.overall, view.stamp),
                    *file_links("overview", view.factory.factory_id, {}, twin_only=True),
                    year_table(view),
                ],
                className="sl-src",
            ),
        ],
        className="sl-card",
        **{"aria-labelledby": "score-title"},
    )


def score(view: OverviewView, below: html.Div | None) -> html.Div:
    """The score with what is said about it and the way to how it is computed; `below` stands under it."""
    opened = addresses.overview(view.factory.factory_id) + addresses.search({"explain": OVERALL})
    if view.level < Level.THEMES:
        opened = addresses.METHOD  # the inputs of this very number are its themes
    grew = view.participation is not None and view.participation.grew
    card = score_card(view.overall, view.change, view.since, explain=opened, grew=grew, warnings=view.warnings)
    return html.Div([card, below])


def year(view: OverviewView, look: Look) -> html.Div:
    """The picture of one year, or the state in its place."""
    whose = "One year, with what buyers did" if view.every_buyer else "One year, with what you did"
    if view.level < Level.ACTIONS:
        whose = "One year"
    opened = dcc.Link(
        ["Open timeline ", icon("arrow-right")],
        href=addresses.timeline(view.factory.factory_id),
        className="sl-why",
    )
    if view.year.points:
        figure = year_figure(view, dark=look.dark, narrow=look.narrow)
        picture = charts.graph(GRAPH, figure, year_sentence(view))
    else:
        picture = states.few()
    return html.Div([html.Div([html.H3(whose), opened], className="sl-hero-head"), picture])


def themes(view: OverviewView) -> html.Section:
    """The card of themes, or that the factory shares its score only."""
    if view.level < Level.THEMES:
        ask = None if current_viewer().preview else addresses.requests({"factory": view.factory.factory_id})
        said = states.not_shared("This factory shares its score only. Its owner decides.", ask)
        title = html.Div(html.H2("Themes", id="themes-title"), className="sl-card-h")
        return html.Section([title, html.Div(said, className="sl-pad")], className="sl-card", **{
            "aria-labelledby": "themes-title"})  # fmt: skip
    source = html.Span(f"Source: workers’ answers, {release_text(view.stamp)}")
    return html.Section(
        [
            html.Div([html.H2("Themes", id="themes-title"), grey(view)], className="sl-card-h"),
            theme_table(view),
            html.Div(source, className="sl-src"),
        ],
        className="sl-card",
        **{"aria-labelledby": "themes-title"},
    )


def grey(view: OverviewView) -> html.Span | None:
    """What grey means, where something grey is drawn."""
    said = grey_zone(row.score.standing for row in view.themes if row.score.estimate)
    return html.Span(said, className="sl-micro sl-key") if said else None


def where_to_look(view: OverviewView) -> list[html.Section]:
    """The card of findings; none where themes and actions are not shared, as there is nothing to find."""
    if view.level < Level.THEMES:
        return []
    found = finding_list(view.findings, measured=view.overall.estimate is not None)
    head = html.Div(html.H2("Where to look", id="look-title"), className="sl-card-h")
    return [html.Section([head, found], className="sl-card", **{"aria-labelledby": "look-title"})]


def people(view: OverviewView) -> html.Section:
    """The card of the people behind the numbers."""
    return html.Section(
        [
            html.Div(html.H2("People behind the numbers", id="people-title"), className="sl-card-h"),
            html.Div(participation_card(view.participation), className="sl-pad"),
        ],
        className="sl-card",
        **{"aria-labelledby": "people-title"},
    )


@on(
    Output(GRAPH, "figure"),
    Output(DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(FACTORY, "data"),
    State(DRAWN, "data"),
    permission="overview.view",
)
def redraw_year(theme: Any, width: Any, factory: Any, drawn: Any) -> tuple[dict[str, Any], str]:
    """The year drawn for another theme or width; nothing when it already looks so."""
    look = Look.from_text(f"{theme}-{width}")
    if theme is None or width is None or look == Look.from_text(drawn):
        raise PreventUpdate
    view = door().overview(current_viewer(), factory)
    if not view.year.points:
        raise PreventUpdate
    return year_figure(view, dark=look.dark, narrow=look.narrow), look.to_text()
