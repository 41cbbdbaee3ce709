"""Indicators: every theme and question of a factory, its groups and days; or the same read as another standard."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from dash import Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate
from flask import request

from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, charts, ids, states
from components.clause_table import clause_table
from components.day_figure import day_figure
from components.day_table import day_note, day_sentence, day_table
from components.file_links import file_links
from components.group_list import group_list
from components.lead_list import lead_list
from components.look import Look
from components.marks import icon
from components.question_table import question_table, theme_head
from components.reading_picker import reading_picker
from components.reply_list import score_replies
from components.theme_list import theme_list
from pages import replies
from pages.drawer import drawer
from pages.navigation import named
from pages.registry import door, on, page
from scoring.model import Standing
from scoring.query import INDICATOR_PERIODS, IndicatorsQuery
from scoring.replies import ROW
from scoring.standards import Standard
from scoring.views import IndicatorsView, ThemeRow
from scoring.words import counted, grey_zone, release_text, stretch

GRAPH, QUERY, DRAWN = ids.indicators("days"), ids.indicators("query"), ids.indicators("drawn")
PERIODS = {"3m": ("3 m", "3 months"), "1y": ("1 y", "1 year"), "2y": ("2 y", "2 years")}
GOOD = "100 is good for every question"
READ_AS = "The same scores under its clauses; no clause has a score. These scores are not assessed or certified by it."


def title(factory: Any = None, **_: Any) -> str:
    """What the window is called: with the factory's name for whoever may see it, empty for others."""
    found = named(unquote(factory)) if isinstance(factory, str) else None
    return f"{found.name}: indicators" if found else ""


@page("/indicators/<factory>", name="Indicators", permission="indicators.view", title=title)
def layout(factory: Any = None, **url: Any) -> html.Div:
    """The indicators that the address asks for. Whatever in it is not valid falls back; nothing raises."""
    if not isinstance(factory, str):
        raise NotAvailable
    query = IndicatorsQuery.from_url(unquote(factory), url)
    view, look = door().indicators(current_viewer(), query), Look.from_text(request.cookies.get("look"))
    closing = addresses.indicators(query.factory, replace(view.query, explain=None).to_url())
    body = read_as(view, view.standard) if view.standard else by_theme(view, look)
    opened = drawer(query.factory, query.explain, closing) or replies.drawer(query.factory, url.get("reply"), closing)
    return html.Div([head(view), body, opened, *remembered(view, look)])


def remembered(view: IndicatorsView, look: Look) -> list[dcc.Store]:
    """What is drawn and how, for the redrawing; nothing where no picture is drawn."""
    if not view.cells:
        return []
    kept = {"factory": view.query.factory, "values": replace(view.query, explain=None).to_url()}
    return [dcc.Store(id=QUERY, data=kept), dcc.Store(id=DRAWN, data=look.to_text())]


def head(view: IndicatorsView) -> html.Div:
    """The title, and what may be chosen here."""
    questions = sum(row.score.questions for row in view.themes)
    counts = f"{counted(len(view.themes), 'theme')}, {counted(questions, 'question')}. " if view.themes else ""
    choose = "Choose a theme to see its questions, groups and days." if view.chosen else ""
    link = [icon("link-45deg"), "Copy link"]
    acts = [
        picker(view),
        None if view.standard else periods(view.query),
        html.A([icon("download"), "CSV"], href=file_address(view), className="btn sl-btn", download=""),
        html.Button(link, type="button", className="btn sl-btn", **{"data-copy-link": "true"}),
    ]
    words = html.Div([html.H1(f"{view.factory.name}: indicators"), html.P(f"{counts}{choose}")])
    return html.Div([words, html.Div(acts, className="sl-acts sl-ind-acts")], className="sl-head")


def file_address(view: IndicatorsView) -> str:
    """Where the numbers of this page are downloaded."""
    return addresses.indicators_file(view.factory.factory_id, replace(view.query, explain=None).to_url())


def files(view: IndicatorsView) -> list[html.A]:
    """Links to all that can be taken away of this page."""
    table = html.A([icon("download"), "CSV"], href=file_address(view), download="")
    values = replace(view.query, explain=None).to_url()
    return [table, *file_links("indicators", view.factory.factory_id, values)]


def picker(view: IndicatorsView) -> html.Details | None:
    """The picker of what the page is read as."""
    values = replace(view.query, explain=None).to_url()
    return reading_picker(view.readings, view.standard, addresses.indicators(view.factory.factory_id), values)


def periods(query: IndicatorsQuery) -> html.Div:
    """A row of links, each to the same page over another period."""
    links = []
    for value in INDICATOR_PERIODS:
        short, spoken = PERIODS[value]
        current = {"aria-current": "true"} if query.period == value else {}
        href = addresses.indicators(query.factory, replace(query, period=value, explain=None).to_url())
        links.append(html.A(short, href=href, **{"data-within": "true", "aria-label": spoken}, **current))
    return html.Div(links, className="sl-seg", role="group", **{"aria-label": "Period"})


def by_theme(view: IndicatorsView, look: Look) -> html.Div:
    """The themes at the left, the chosen one at the right."""
    side = [card("themes-title", "Themes", theme_list(view), "score, likely"), never_averaged(view)]
    return html.Div(
        [html.Div(side, className="sl-stack"), html.Div(chosen_theme(view, look), className="sl-stack")],
        className="sl-grid sl-two sl-indicators",
    )


def chosen_theme(view: IndicatorsView, look: Look) -> list[html.Section | html.Div]:
    """The questions of the chosen theme, its groups and its days."""
    if view.chosen is None:
        nothing = states.nothing_yet(
            "No answers yet", "The first questions appear about four weeks after people begin."
        )
        return [html.Section(html.Div(nothing, className="sl-pad"), className="sl-card")]
    groups = html.Section(
        html.Div([html.H2("By group", id="groups-title"), group_list(view)], className="sl-pad"),
        className="sl-card", **{"aria-labelledby": "groups-title"},
    )  # fmt: skip
    return [
        questions(view, view.chosen),
        html.Div([groups, days(view, look)], className="sl-grid sl-two sl-beside"),
    ]


def questions(view: IndicatorsView, chosen: ThemeRow) -> html.Section:
    """The card of questions."""
    shown = [row.score.standing for row in view.questions if row.score.estimate]
    source = html.Span(" · ".join((GOOD, *grey(shown), release_text(view.stamp))))
    rows = f"overall,{chosen.score.key}"
    timeline = dcc.Link(
        ["Timeline ", icon("arrow-right")], href=addresses.timeline(view.factory.factory_id, {"rows": rows})
    )
    return html.Section(
        [theme_head(view, chosen), theme_replies(view, chosen), question_table(view),
         html.Div([source, timeline, *files(view)], className="sl-src")],
        className="sl-card", **{"aria-labelledby": "theme-title"},
    )  # fmt: skip


def theme_replies(view: IndicatorsView, chosen: ThemeRow) -> html.Div | None:
    """What the factory says about the chosen theme, and its owner's way to say it; nothing where there is neither."""
    factory_id, theme = view.factory.factory_id, chosen.score.key
    slug = f"{ROW}.{theme}"
    values = replace(view.query, explain=None).to_url() | {"theme": theme, "reply": slug}
    write = replies.writing(factory_id, addresses.indicators(factory_id, values), slug)
    said = [one for one in door().replies(current_viewer(), factory_id) if one.subject.slug == slug]
    found = score_replies(said, write)
    return html.Div(found, className="sl-theme-replies") if found else None


def grey(shown: Iterable[Standing | None]) -> list[str]:
    """What grey means, where something grey is drawn."""
    said = grey_zone(shown)
    return [f"grey: {said}"] if said else []


def days(view: IndicatorsView, look: Look) -> html.Section:
    """The card of days: picture and table, or the state in their place."""
    if view.cells:
        figure = day_figure(view, look.dark, look.narrow)
        body: list[Any] = [
            html.P(day_note(view), className="sl-small"),
            charts.graph(GRAPH, figure, day_sentence(view)),
        ]
    else:
        body = [states.few()]
    source = html.Span(f"{stretch(view.first, view.last)} · {release_text(view.stamp)}")
    foot = html.Div([source, day_table(view) if view.cells else None], className="sl-src")
    inner = html.Div([html.H2("Day to day", id="days-title"), *body], className="sl-pad sl-days")
    return html.Section([inner, foot], className="sl-card", **{"aria-labelledby": "days-title"})


def read_as(view: IndicatorsView, standard: Standard) -> html.Div:
    """All questions under the clauses of another standard, and what is never averaged."""
    rows = clause_table(view, standard)
    title = html.Div([html.H2(f"Read as {standard.name}", id="clauses-title"), html.P(READ_AS, className="sl-small")])
    shown = [one.score.standing for group in view.clauses for one in group.questions if one.score.estimate]
    told = " · ".join((*grey(shown), f"Source: workers’ answers, {release_text(view.stamp)}"))
    source = html.Div([html.Span(told), *files(view)], className="sl-src")
    clauses = html.Section(
        [html.Div(title, className="sl-card-h"), rows, source], className="sl-card sl-read-as",
        **{"aria-labelledby": "clauses-title"},
    )  # fmt: skip
    return html.Div([clauses, never_averaged(view)], className="sl-stack")


def never_averaged(view: IndicatorsView) -> html.Section | None:
    """The card of zero-tolerance questions."""
    told = lead_list(view)
    return (
        None if told is None else card("leads-title", "Never averaged", html.Div(told, className="sl-pad sl-lead-pad"))
    )


def card(identifier: str, title: str, content: Any, hint: str = "") -> html.Section:
    """One card of the page."""
    beside = html.Span(hint, className="sl-micro") if hint else None
    return html.Section(
        [html.Div([html.H2(title, id=identifier), beside], className="sl-card-h"), content],
        className="sl-card", **{"aria-labelledby": identifier},
    )  # fmt: skip


@on(
    Output(GRAPH, "figure"),
    Output(DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="indicators.view",
)
def redraw_days(theme: Any, width: Any, saved: Any, drawn: Any) -> tuple[dict[str, Any], str]:
    """The days drawn for another theme or width; nothing when they already look so."""
    look = Look.from_text(f"{theme}-{width}")
    if theme is None or width is None or look == Look.from_text(drawn):
        raise PreventUpdate
    view = door().indicators(current_viewer(), restored(saved))
    if not view.cells:
        raise PreventUpdate
    return day_figure(view, look.dark, look.narrow), look.to_text()


def restored(data: Any) -> IndicatorsQuery:
    """The query that the browser kept; it may have been changed there, so it is parsed anew."""
    data = data if isinstance(data, dict) else {}
    factory, values = data.get("factory"), data.get("values")
    if not isinstance(factory, str):
        raise PreventUpdate
    return IndicatorsQuery.from_url(factory, values if isinstance(values, dict) else {})
