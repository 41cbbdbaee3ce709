"""Requests: a buyer sees which suppliers share how much, asks for more, and answers what owners ask."""

from typing import Any

from dash import ALL, Input, Output, State, ctx, html

from access.policy import current_viewer
from components import ids
from components.request_cards import ask_form, asked_card, from_owners_card, supplier_card
from pages.registry import door, on, page
from pages.sharing import message, number_in, pressed
from scoring.remarks import NotKept
from scoring.sharing_views import RequestsView

BODY = ids.sharing("requests")


@page("/requests", name="Access", permission="sharing.ask")
def layout(factory: Any = None, level: Any = None, **_: Any) -> html.Div:
    """What suppliers share with this buyer, and what is asked on both sides."""
    view = door().requests(current_viewer())
    head = html.Div([html.H1("Access"), html.P("Each supplier decides who sees it. A request is a question, no more.")])
    return html.Div([html.Div(head, className="sl-head"), html.Div(drawn(view, factory, level), id=BODY,
                                                                   className="sl-stack")])  # fmt: skip


def drawn(view: RequestsView, factory: Any = None, level: Any = None, said: str = "", problem: str = "") -> list[Any]:
    """Everything under the heading; `said` tells what was just done, `problem` why it was not."""
    where, much = (value if isinstance(value, str) else None for value in (factory, level))
    side = html.Div([ask_form(view, where, much), asked_card(view)], className="sl-stack")
    return [
        message(said, problem),
        *from_owners_card(view),
        html.Div([supplier_card(view), side], className="sl-grid sl-main-side"),
    ]


@on(
    Output(BODY, "children"),
    Input(ids.consent(ALL), "n_clicks"),
    State(ids.sharing("who"), "value"),
    State(ids.sharing("level"), "value"),
    State(ids.sharing("note"), "value"),
    permission="sharing.ask",
    prevent_initial_call=True,
)
def ask(clicks: Any, factory: Any, level: Any, note: Any) -> list[Any]:
    """The page after a request or an answer; with a sentence where it could not be kept."""
    what, _, about = pressed(clicks, ctx.triggered_id).partition("-")
    viewer, here, said = current_viewer(), door(), ""
    try:
        if what == "ask":
            if not isinstance(factory, str):
                raise NotKept("Choose a supplier first.")
            here.ask_factory(viewer, factory, level, note)
            said = "Asked. The factory decides, and you will see here what it says."
        elif what == "withdraw":
            here.withdraw_request(viewer, number_in(about))
            said = "Withdrawn."
        else:
            here.answer_owner(viewer, number_in(about), what)
            said = "Answered."
    except NotKept as problem:
        return drawn(here.requests(viewer), factory, level, problem=str(problem))
    return drawn(here.requests(viewer), said=said)
