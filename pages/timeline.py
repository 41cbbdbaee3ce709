"""Timeline: what buyers did, and what workers said after."""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from dash import Input, Output, Patch, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate
from flask import has_request_context, request

from access.levels import Level
from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, charts, ids, states
from components import event_study_card as study_card
from components.action_list import action_list
from components.effect_panel import effect_panel
from components.event_study_figure import event_study_figure
from components.event_study_table import event_study_csv
from components.event_study_words import short_reading
from components.file_links import file_links
from components.look import Look
from components.marks import icon
from components.measure_words import legend, source_text
from components.picture_file import file_stem, picture_file, source_line
from components.series_table import file_name, series_tables, timeline_csv
from components.timeline_controls import controls
from components.timeline_figure import selection, timeline_figure
from components.timeline_plan import is_crowded
from components.timeline_words import picture_sentence, source_of
from pages import replies
from pages.registry import door, on, page
from pages.remarks import remarks_box
from scoring.kind_words import after_kind
from scoring.model import TimelineQuery
from scoring.query import MOST_ROWS
from scoring.views import TimelineView
from scoring.words import stretch

GRAPH, QUERY, DRAWN = ids.timeline("graph"), ids.timeline("query"), ids.timeline("drawn")
CARD, CSV, PNG = ids.timeline("card"), ids.timeline("csv"), ids.timeline("png")
NAMES = {"time": "Timeline", "weeks": "Weeks from the action"}
FILE_LOOK = Look(dark=False, narrow=False)
LEGEND = "Marks are what buyers did. Lines are what workers said, with the likely range around them."


@page("/timeline/<factory>", name="Timeline", permission="timeline.view")
def layout(factory: Any = None, **url: Any) -> html.Div:
    """The timeline that the address asks for. Whatever in it is not valid falls back; nothing raises."""
    if not isinstance(factory, str):
        raise NotAvailable
    query = TimelineQuery.from_url(unquote(factory), url)
    view, look = door().timeline(current_viewer(), query), look_of_request()
    return html.Div(
        [
            head(view),
            html.Div(controls(view), id=ids.timeline("controls"), className="sl-bar sl-tl-bar"),
            html.Div(
                [
                    html.Section(drawn_card(view, look), id=CARD, className="sl-card",
                                 **{"aria-label": NAMES[view.query.view]}),
                    html.Aside(
                        panel(view), id=ids.timeline("panel"), className="sl-card sl-tl-p",
                        **{"aria-live": "polite", "aria-label": "Selected action"},
                    ),
                    html.Section(action_list(view), id=ids.timeline("list"), className="sl-card sl-evt",
                                 **{"aria-label": "Actions"}),
                ],
                className="sl-grid sl-main-side sl-tl",
            ),
            replies.of_rows(query.factory, {row.key for row in view.rows}),
            html.Div(id=ids.timeline("address"), **{"data-search": addresses.search(query.to_url())}),
            dcc.Store(id=ids.timeline("chosen")),
            dcc.Store(id=QUERY, data=stored(query)),
            dcc.Download(id=ids.timeline("download")),
            html.Div(id=ids.timeline("file"), hidden=True, **{"data-picture": ""}),
        ]
    )  # fmt: skip


def head(view: TimelineView) -> html.Div:
    """The title of the page and how to read the picture."""
    if view.level < Level.ACTIONS:
        text = "Lines are what workers said, with the likely range around them. Actions are not shared with you."
        return html.Div(html.Div([html.H1("What workers said"), html.P(text)]), className="sl-head")
    whose = "buyer action" if view.every_buyer else "of your actions"
    who = "buyers" if view.every_buyer else "you"
    text = f"Marks are what {who} did. Lines are what workers said, with the likely range around them."
    return html.Div(html.Div([html.H1(f"What workers said after each {whose}"), html.P(text)]), className="sl-head")


def panel(view: TimelineView) -> list[Any]:
    """The selected action, what usually follows its kind, and what was said about it."""
    chosen = view.selected
    said = remarks_box(current_viewer(), view.query.factory, chosen.action.action_id) if chosen else None
    return effect_panel(view, said)


def drawn_card(view: TimelineView, look: Look) -> list[Any]:
    """The picture that is asked for: along the calendar, or in weeks from the action."""
    return weeks_picture(view, look) if view.query.view == "weeks" else picture(view, look)


def picture(view: TimelineView, look: Look) -> list[Any]:
    """The chart with its source, its table twin and its downloads; a state when there is nothing to draw."""
    source = html.Span(source_of(view))
    if view.bare:
        return [html.Div(states.few(), className="sl-pad"), html.Div(source, className="sl-src")]
    download = html.Button([icon("download"), "CSV"], id=CSV, type="button", className="sl-link")
    image = html.Button([icon("image"), "PNG"], id=PNG, type="button", className="sl-link")
    twin = html.Details([html.Summary([icon("table"), "Show as table"]), series_tables(view)], className="sl-twin")
    return [
        html.Div(charts.graph(GRAPH, figure_of(view, look), picture_sentence(view)), className="sl-picture"),
        html.Div([source, download, *files(view), image, twin], className="sl-src"),
        dcc.Store(id=DRAWN, data=look.to_text()),
    ]


def files(view: TimelineView) -> list[html.A]:
    """Links to workbook and JSON twin; along the calendar without the selected action, which may change here."""
    query = view.query if view.query.view == "weeks" else replace(view.query, action=None)
    return file_links("timeline", query.factory, query.to_url())


def weeks_picture(view: TimelineView, look: Look) -> list[Any]:
    """The event study of one kind with its sentences; a state when there is nothing to draw."""
    if not view.studies:
        nothing = study_card.nothing_done(own=not view.every_buyer)
        return [html.Div(nothing, className="sl-pad"), html.Div(html.Span(source_of(view)), className="sl-src")]
    name = html.H2(f"After: {view.studies[0].usual.kind_name}")
    drawn = study_card.event_study_picture(GRAPH, view.studies, look, selected=view.query.action)
    reading = study_card.reading(view.studies, view.coverage, own=not view.every_buyer, here=True)
    return [
        html.Div([name, *reading], className="sl-pad sl-study-h"),
        html.Div(drawn, className="sl-picture"),
        study_card.row_list(view.studies),
        study_card.foot(source_of(view), view.studies, CSV, PNG, files(view)),
        dcc.Store(id=DRAWN, data=look.to_text()),
    ]


def figure_of(view: TimelineView, look: Look) -> dict[str, Any]:
    """The figure of the picture that is asked for."""
    if view.query.view == "weeks":
        return event_study_figure(view.studies, look.dark, look.narrow, selected=view.query.action)
    return timeline_figure(view, look.dark, look.narrow)


def stored(query: TimelineQuery) -> dict[str, Any]:
    """The query as the browser keeps it between callbacks. What comes back is parsed like any address."""
    return {"factory": query.factory, "values": query.to_url()}


def restored(data: Any) -> TimelineQuery:
    """The query that the browser kept; it may have been changed there, so it is parsed anew."""
    data = data if isinstance(data, dict) else {}
    factory, values = data.get("factory"), data.get("values")
    if not isinstance(factory, str):
        raise PreventUpdate
    return TimelineQuery.from_url(factory, values if isinstance(values, dict) else {})


def look_of_request() -> Look:
    """How the reader's page looks, by the cookie that `assets/view/10-look.js` keeps."""
    return Look.from_text(request.cookies.get("look") if has_request_context() else None)


@on(
    Output(GRAPH, "figure", allow_duplicate=True),
    Output(f"{GRAPH}-picture", "aria-label"),
    Output(ids.timeline("panel"), "children"),
    Output(ids.timeline("list"), "children"),
    Output(ids.timeline("controls"), "children"),
    Output(ids.timeline("address"), "data-search"),
    Output(QUERY, "data"),
    Output(CARD, "children"),
    Input(GRAPH, "clickData"),
    Input(ids.timeline("chosen"), "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def select_action(click: Any, chosen: Any, saved: Any, drawn: Any) -> tuple[Any, ...]:
    """One action selected, by its mark, line or link: picture, panel, list and address follow.

    In weeks the picture is of the selected action's kind, so all of its card is drawn anew.
    """
    wanted = charts.clicked_action(click) if ctx.triggered_id == GRAPH else chosen
    if not isinstance(wanted, str) or not wanted:
        raise PreventUpdate
    query = restored(saved)
    weeks = query.view == "weeks"
    query = replace(query, action=wanted[:200], kind=None if weeks else query.kind)
    view, look = door().timeline(current_viewer(), query), Look.from_text(drawn)
    if view.selected is None:
        raise PreventUpdate
    return (
        no_update if weeks else highlighted(view, look), no_update if weeks else picture_sentence(view),
        panel(view), action_list(view), controls(view),
        addresses.search(query.to_url()), stored(query), drawn_card(view, look) if weeks else no_update,
    )  # fmt: skip


def highlighted(view: TimelineView, look: Look) -> Any:
    """What changes in the drawn picture: two lists; where marks are drawn together, all of it."""
    if is_crowded(view):
        return timeline_figure(view, look.dark, look.narrow)
    patch = Patch()
    for name, parts in selection(view, look.dark, look.narrow).items():
        patch["layout"][name] = parts
    return patch


@on(
    Output(GRAPH, "figure"),
    Output(GRAPH, "style"),
    Output(DRAWN, "data"),
    Input("theme-store", "data"),
    Input("width-store", "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def redraw_picture(theme: Any, width: Any, saved: Any, drawn: Any) -> tuple[Any, ...]:
    """The picture in the colours and at the width that the page has now, unless it already has them."""
    look = Look.from_text(f"{theme}-{width}")
    if look == Look.from_text(drawn):
        raise PreventUpdate
    view = door().timeline(current_viewer(), restored(saved))
    figure = figure_of(view, look)
    return figure, {"height": f"{figure['layout']['height']}px"}, look.to_text()


@on(
    Output("url", "search"),
    Output(ids.timeline("rows"), "value"),
    Output("notice", "children", allow_duplicate=True),
    Input(ids.timeline("show-rows"), "n_clicks"),
    State(ids.timeline("rows"), "value"),
    State(QUERY, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def choose_rows(clicks: Any, keys: Any, saved: Any) -> tuple[Any, ...]:
    """The address of the same timeline with other rows; the page follows it."""
    if not clicks:
        raise PreventUpdate
    query = restored(saved)
    wanted = tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()
    note = html.P(f"{MOST_ROWS} rows fit. The first {MOST_ROWS} are drawn.", className="sl-note")
    said = note if len(wanted) > MOST_ROWS else []
    kept = wanted[:MOST_ROWS]
    return addresses.search(replace(query, rows=kept).to_url()), list(kept) or no_update, said


@on(
    Output(ids.timeline("download"), "data"),
    Input(ids.timeline("csv"), "n_clicks"),
    State(QUERY, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def download_rows(clicks: Any, saved: Any) -> dict[str, str]:
    """The numbers of the picture as a CSV file."""
    if not clicks:
        raise PreventUpdate
    view = door().timeline(current_viewer(), restored(saved))
    kind = "text/csv;charset=utf-8"
    if view.query.view == "weeks":
        text, name = event_study_csv(view.studies, source_of(view), view.stamp), f"{view.factory.factory_id}-weeks"
        return {"content": text, "filename": f"{file_stem(name, view.stamp)}.csv", "type": kind}
    return {"content": timeline_csv(view), "filename": file_name(view), "type": kind}


@on(
    Output(ids.timeline("file"), "data-picture"),
    Input(PNG, "n_clicks"),
    State(QUERY, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def picture_to_keep(clicks: Any, saved: Any) -> str:
    """The picture as it goes into a file: light and wide, with title, source and date; the browser makes the PNG."""
    if not clicks:
        raise PreventUpdate
    view = door().timeline(current_viewer(), restored(saved))
    weeks = view.query.view == "weeks"
    usual = view.studies[0].usual if weeks and view.studies else None
    after = after_kind(usual.kind, usual.kind_name) if usual else "after what buyers did"
    title = f"What workers said {after}: {view.factory.name}"
    subtitle = short_reading(view.studies) if weeks else LEGEND + legend(view.measure_lines)
    stem = file_stem(f"{view.factory.factory_id}-{'weeks' if weeks else 'timeline'}", view.stamp)
    source = source_line(f"{view.factory.name}, {stretch(view.first, view.last)}", view.stamp)
    source += source_text(view.measure_lines)
    return picture_file(figure_of(view, FILE_LOOK), title, subtitle, source, f"{stem}.png", clicks)
