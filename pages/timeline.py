"""Timeline: what buyers did, and what workers said after."""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from dash import Input, Output, Patch, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate
from flask import has_request_context, request

from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, charts, ids, states
from components.action_list import action_list
from components.effect_panel import effect_panel
from components.look import Look
from components.marks import icon
from components.series_table import file_name, series_tables, timeline_csv
from components.timeline_controls import controls
from components.timeline_figure import timeline_figure
from components.timeline_plan import is_crowded
from components.timeline_words import picture_sentence
from pages.registry import door, on, page
from scoring.model import TimelineQuery
from scoring.query import MOST_ROWS
from scoring.views import TimelineView
from scoring.words import stretch

GRAPH, QUERY, DRAWN = ids.timeline("graph"), ids.timeline("query"), ids.timeline("drawn")


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
                    html.Section(picture(view, look), className="sl-card", **{"aria-label": "Timeline"}),
                    html.Aside(
                        effect_panel(view), id=ids.timeline("panel"), className="sl-card sl-tl-p",
                        **{"aria-live": "polite", "aria-label": "Selected action"},
                    ),
                    html.Section(action_list(view), id=ids.timeline("list"), className="sl-card sl-evt",
                                 **{"aria-label": "Actions"}),
                ],
                className="sl-grid sl-main-side sl-tl",
            ),
            html.Div(id=ids.timeline("address"), **{"data-search": addresses.search(query.to_url())}),
            dcc.Store(id=ids.timeline("chosen")),
            dcc.Store(id=QUERY, data=stored(query)),
            dcc.Download(id=ids.timeline("download")),
        ]
    )  # fmt: skip


def head(view: TimelineView) -> html.Div:
    """The title of the page and how to read the picture."""
    whose = "buyer action" if view.every_buyer else "of your actions"
    who = "buyers" if view.every_buyer else "you"
    text = f"Marks are what {who} did. Lines are what workers said, with the likely range around them."
    return html.Div(html.Div([html.H1(f"What workers said after each {whose}"), html.P(text)]), className="sl-head")


def picture(view: TimelineView, look: Look) -> list[Any]:
    """The chart with its source, its table twin and its download; a state when there is nothing to draw."""
    source = f"{view.factory.name}, {stretch(view.first, view.last)} · release {view.stamp.release}"
    if not view.aftermaths and not any(row.points for row in view.rows):
        return [html.Div(states.few(), className="sl-pad"), html.Div(html.Span(source), className="sl-src")]
    download = html.Button([icon("download"), "CSV"], id=ids.timeline("csv"), type="button", className="sl-link")
    twin = html.Details([html.Summary([icon("table"), "Show as table"]), series_tables(view)], className="sl-twin")
    figure = timeline_figure(view, look.dark, look.narrow)
    return [
        html.Div(charts.graph(GRAPH, figure, picture_sentence(view)), className="sl-picture"),
        html.Div([html.Span(source), download, twin], className="sl-src"),
        dcc.Store(id=DRAWN, data=look.to_text()),
    ]


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
    Input(GRAPH, "clickData"),
    Input(ids.timeline("chosen"), "data"),
    State(QUERY, "data"),
    State(DRAWN, "data"),
    permission="timeline.view",
    prevent_initial_call=True,
)
def select_action(click: Any, chosen: Any, saved: Any, drawn: Any) -> tuple[Any, ...]:
    """One action selected, by its mark or by its link: seam, windows, panel, list and address follow."""
    wanted = charts.clicked_action(click) if ctx.triggered_id == GRAPH else chosen
    if not isinstance(wanted, str) or not wanted:
        raise PreventUpdate
    query = replace(restored(saved), action=wanted[:200])
    view = door().timeline(current_viewer(), query)
    if view.selected is None:
        raise PreventUpdate
    return (
        highlighted(view, Look.from_text(drawn)), picture_sentence(view),
        effect_panel(view), action_list(view), controls(view),
        addresses.search(query.to_url()), stored(query),
    )  # fmt: skip


def highlighted(view: TimelineView, look: Look) -> Any:
    """What changes in the drawn picture: two lists; where marks are drawn together, all of it."""
    figure = timeline_figure(view, look.dark, look.narrow)
    if is_crowded(view):
        return figure
    patch = Patch()
    patch["layout"]["shapes"] = figure["layout"]["shapes"]
    patch["layout"]["annotations"] = figure["layout"]["annotations"]
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
    figure = timeline_figure(view, look.dark, look.narrow)
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
    return {"content": timeline_csv(view), "filename": file_name(view), "type": "text/csv;charset=utf-8"}
