"""Remarks on the action that the timeline shows: read beside it, added, disputed and withdrawn there."""

from typing import Any

from dash import ALL, Input, Output, State, ctx, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer, may
from access.viewer import Viewer
from components import ids
from components.remarks import remarks_part
from pages.registry import door, on
from pages.replies import picture
from scoring.photos import PhotoNotKept
from scoring.remarks import DISPUTE, NOTE, NotKept

BOX = ids.timeline("remarks")
WITHDRAW = "withdraw-"
ACTION = "action"


def remarks_box(viewer: Viewer, factory_id: str, action_id: str) -> html.Div:
    """The place of the remarks on an action, for the panel beside the timeline. Raises NotAvailable."""
    return html.Div(drawn(viewer, factory_id, action_id), id=BOX)


def drawn(
    viewer: Viewer, factory_id: str, action_id: str, error: str = "", draft: str = "", photo: str | None = None
) -> html.Div:
    """The remarks on an action as this viewer reads them, with the form if there may be one."""
    found = door().remarks(viewer, factory_id, action_id)
    return remarks_part(
        found, may(viewer, "actions.remark"), may(viewer, "actions.dispute"), error, draft,
        may_photo=may(viewer, "replies.write"), photo=photo,
    )  # fmt: skip


@on(
    Output(BOX, "children"),
    Input(ids.remark(ALL), "n_clicks"),
    State(ids.timeline("remark-text"), "value"),
    State(ids.timeline("remark-photo"), "src"),
    State(ids.timeline("query"), "data"),
    permission="actions.remark",
    prevent_initial_call=True,
)
def change_remarks(clicks: Any, text: Any, photo: Any, saved: Any) -> html.Div:
    """The remarks after one was added or withdrawn; with a sentence, and the text still there, if it was not kept."""
    deed = pressed(ctx.triggered_id)
    if not isinstance(clicks, list) or not any(clicks):  # buttons that were only drawn anew
        raise PreventUpdate
    factory_id, action_id = chosen(saved)
    viewer = current_viewer()
    try:
        if deed == NOTE and may(viewer, "replies.write"):
            door().reply(viewer, factory_id, ACTION, action_id, text, picture(photo))
        elif deed in (NOTE, DISPUTE):
            door().remark(viewer, factory_id, action_id, deed, text)
        else:
            door().withdraw(viewer, factory_id, action_id, number_of(deed))
    except NotKept as problem:
        kept = photo if isinstance(photo, str) and not isinstance(problem, PhotoNotKept) else None
        return drawn(viewer, factory_id, action_id, str(problem), text if isinstance(text, str) else "", kept)
    return drawn(viewer, factory_id, action_id)


def pressed(triggered: Any) -> str:
    """The deed of the button that was pressed; none of ours ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    if not isinstance(deed, str):
        raise PreventUpdate
    return deed


def number_of(deed: str) -> int:
    """The number of the remark that a button withdraws; another deed ends the callback."""
    number = deed.removeprefix(WITHDRAW)
    if number == deed or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise PreventUpdate
    return int(number)


def chosen(saved: Any) -> tuple[str, str]:
    """Factory and action of the timeline that the browser keeps; the door says whether they are this viewer's."""
    match saved:
        case {"factory": str(factory_id), "values": {"action": str(action_id)}}:
            return factory_id, action_id
    raise PreventUpdate
