"""Factory lists: the operator says which rows of a list are factories that are known."""

from typing import Any

from dash import ALL, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer
from access.viewer import NotAvailable
from components import ids
from components.account_form import done_note
from components.registry_cards import decided_card, lists, review_cards
from pages.registry import door, on, page
from scoring.registry_views import FactoryListsView
from scoring.words import counted

PERMISSION = "registry.decide"
BODY = ids.factory_lists("body")
LIST = ids.factory_lists("list")
SAID = ids.factory_lists("said")


@page("/factory-lists", name="Factory lists", permission=PERMISSION)
def layout(**values: Any) -> html.Div:
    """The rows that wait for a decision; the address says of which list."""
    view = door().factory_lists(current_viewer(), values.get("list"))
    head = html.Div(
        html.Div(
            [
                html.H1("Factory lists"),
                html.P("Rows that may be a factory we know. Nothing is joined until you say so."),
            ]
        ),
        className="sl-head",
    )
    return html.Div(
        [
            head,
            dcc.Store(id=LIST, data=view.source),
            html.Div(id=SAID, className="sl-rg-said", **{"aria-live": "polite"}),
            html.Div(drawn(view), id=BODY, className="sl-stack"),
        ]
    )


def drawn(view: FactoryListsView) -> list[Any]:
    """Everything under the heading."""
    waiting = f"{counted(view.total, 'row')} to decide" if view.total else "No row waits"
    top = html.Div([html.P(waiting, className="sl-body2"), lists(view)], className="sl-rg-top")
    return [top, *review_cards(view), decided_card(view.decided)]


@on(
    Output(BODY, "children"),
    Output(SAID, "children"),
    Input(ids.list_deed(ALL), "n_clicks"),
    State(LIST, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def decide_row(clicks: Any, source: Any) -> tuple[list[Any], Any]:
    """The page after a decision, and what was decided."""
    said = done(pressed(clicks, ctx.triggered_id))
    return drawn(door().factory_lists(current_viewer(), source)), done_note(said)


def done(deed: str) -> str:
    """What was just done, in a sentence. Raises NotAvailable."""
    what, _, about = deed.partition("-")
    number, _, factory = about.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 11):
        raise NotAvailable
    viewer, here = current_viewer(), door()
    if what == "again":
        return here.ask_again(viewer, int(number))
    return here.settle_row(viewer, int(number), what, factory if what == "same" else None)


def pressed(clicks: Any, triggered: Any) -> str:
    """The deed of the button that was pressed; none of ours, or one that was only drawn anew, ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    if not isinstance(deed, str) or not isinstance(clicks, list) or not any(clicks):
        raise PreventUpdate
    return deed
