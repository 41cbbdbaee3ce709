"""Sharing: the owner decides who sees the factory, asks for the same, and sees who looked."""

from typing import Any
from urllib.parse import unquote

from dash import ALL, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, ids
from components.look_table import look_dots, look_lines
from components.marks import icon
from components.reply_cards import replies_card
from components.sharing_cards import card, opened_card, share_card, waiting_cards, workers_card
from components.sharing_forms import ask_buyer_form, last_day, share_form
from pages.registry import door, on, page
from scoring.remarks import NotKept
from scoring.sharing_views import SharingView
from scoring.words import counted

BODY, FACTORY = ids.sharing("body"), ids.sharing("factory")
SHOWN_LINES = 20


@page("/sharing/<factory>", name="Sharing", permission="sharing.view")
def layout(factory: Any = None, level: Any = None, **url: Any) -> html.Div:
    """Who sees one factory, as far as its owner decides."""
    if not isinstance(factory, str):
        raise NotAvailable
    view = door().sharing(current_viewer(), unquote(factory))
    head = html.Div([html.H1("Sharing"), html.P(f"You decide who sees {view.factory.name}, and you see who looked.")])
    return html.Div(
        [
            html.Div(head, className="sl-head"),
            html.Div(drawn(view, url.get("with"), level), id=BODY, className="sl-stack"),
            dcc.Store(id=FACTORY, data=view.factory.factory_id),
        ]
    )


def drawn(view: SharingView, chosen: Any = None, level: Any = None, said: str = "", problem: str = "") -> list[Any]:
    """Everything under the heading; `said` tells what was just done, `problem` why it was not."""
    who, much = (value if isinstance(value, str) else None for value in (chosen, level))
    left = html.Div([share_card(view), looked_card(view)], className="sl-stack")
    own = replies_card(door().own_replies(current_viewer(), view.factory.factory_id))
    right = [share_form(view, who, much), own, opened_card(view, ask_buyer_form(view)), workers_card(view)]
    columns = html.Div([left, html.Div(right, className="sl-stack")], className="sl-grid sl-main-side sl-sharing")
    return [message(said, problem), *waiting_cards(view), columns]


def message(said: str, problem: str) -> html.Div:
    """What was just done, or why it was not, for eyes and ears."""
    if problem:
        return html.Div(html.P([icon("exclamation-circle"), problem], className="sl-note attn"), role="alert")
    text = html.P([icon("check-circle"), said], className="sl-note good") if said else None
    return html.Div(text, role="status")


def looked_card(view: SharingView) -> html.Section:
    """Who looked, by week and one by one."""
    inside = html.Div(look_dots(view.weeks, view.today), className="sl-pad")
    source = html.Div(
        [
            html.Span("Every look is recorded and cannot be edited."),
            html.A([icon("download"), "CSV"], href=addresses.looks_file(view.factory.factory_id)),
        ],
        className="sl-src",
    )
    many = html.Span(counted(view.people_looked, "other organisation") + " in 30 days", className="sl-small")
    return card("looked-title", "Who looked", inside, look_lines(view.looks[:SHOWN_LINES]), source, acts=[many])


@on(
    Output(BODY, "children"),
    Input(ids.consent(ALL), "n_clicks"),
    State(ids.sharing("who"), "value"),
    State(ids.sharing("level"), "value"),
    State(ids.sharing("until"), "value"),
    State(ids.sharing("ask-who"), "value"),
    State(ids.sharing("note"), "value"),
    State(FACTORY, "data"),
    permission="sharing.change",
    prevent_initial_call=True,
)
def decide(clicks: Any, who: Any, level: Any, until: Any, ask: Any, note: Any, factory: Any) -> list[Any]:
    """The page after a decision of the owner; with a sentence where it could not be kept."""
    name = pressed(clicks, ctx.triggered_id)
    if not isinstance(factory, str):
        raise NotAvailable
    viewer = current_viewer()
    view = door().sharing(viewer, factory)
    try:
        said = done(name, factory, (who, level, last_day(until, view.today)), (ask, note))
    except NotKept as problem:
        return drawn(view, who, level, problem=str(problem))
    return drawn(door().sharing(viewer, factory), said=said)


def done(name: str, factory: str, shared: tuple[Any, Any, Any], asked: tuple[Any, Any]) -> str:
    """What was just done, in a sentence. Raises NotKept, NotAvailable."""
    viewer, here = current_viewer(), door()
    what, _, about = name.partition("-")
    if what == "share":
        if not isinstance(shared[0], str):
            raise NotKept("Choose a buyer first.")
        here.share(viewer, factory, *shared)
        return f"{here.partner(viewer, factory, shared[0]).name} sees it from now on."
    if what == "stop":
        here.stop_sharing(viewer, factory, about)
        return f"{here.partner(viewer, factory, about).name} no longer sees it."
    if what == "decline":
        here.decline(viewer, factory, number_in(about))
        return "Declined. Nothing is shared."
    if what == "ask":
        if not isinstance(asked[0], str):
            raise NotKept("Choose a buyer first.")
        here.ask_buyer(viewer, factory, *asked)
        return "Asked. The buyer decides."
    if what == "unask":
        here.withdraw_ask(viewer, factory, number_in(about))
        return "Withdrawn."
    raise PreventUpdate


def pressed(clicks: Any, triggered: Any) -> str:
    """The deed of the button that was pressed; none of ours, or one that was only drawn anew, ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    if not isinstance(deed, str) or not isinstance(clicks, list) or not any(clicks):
        raise PreventUpdate
    return deed


def number_in(text: str) -> int:
    """The number of a request; anything else ends the callback."""
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise PreventUpdate
    return int(text)
