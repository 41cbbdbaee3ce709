"""One file on its way in. Parse what was pressed, ask the door, draw."""

from collections.abc import Callable
from typing import Any

from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate

from access.policy import current_viewer
from components import ids
from components.account_form import done_note, refused_note
from components.import_page import AS, BODY, CLOCK, PROGRESS, PUBLIC, SAID, STAGE, import_body, import_page, progress
from pages.imports import PERMISSION
from pages.registry import door, on, page
from scoring.import_parts import Posted
from scoring.import_reading import NotKept
from scoring.imports import NotDone

USE = "use-"
DONE = {
    "answer": "Looked at again.", "keep": "Kept.", "text": "Kept.", "form": "Say what each column is.",
    "check": "The check begins.",
    "load": "The load begins.", "send": "Sent to the operator.", "refuse": "Refused; the owner reads why.",
    "cancel": "Cancelled. The file is deleted.", "undo": "It is being taken out again.",
}  # fmt: skip

TYPED = ("answer", "keep", "text", "refuse")
"""Deeds that come with something typed, which a refusal must not wipe."""


@page("/imports/<import_id>", name="Import", permission=PERMISSION)
def import_layout(import_id: Any = None, **values: Any) -> html.Div:
    """One import; the address says whether its mapping is shown as a form or as text."""
    return import_page(door().import_of(current_viewer(), import_id), as_text=values.get("as") == "text")


@on(
    Output(BODY, "children"),
    Output(SAID, "children"),
    Input(ids.import_deed(ALL), "n_clicks"),
    State(ids.import_field(ALL), "value"),
    State(PUBLIC, "data"),
    State(AS, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def change_import(clicks: Any, _fields: Any, public_id: Any, shown: Any) -> tuple[Any, Any]:
    """The page after a button was pressed, and what was done; or what is wrong, and everything as it was typed."""
    deed = pressed(clicks, ctx.triggered_id)
    try:
        done(deed, public_id, posted(ctx.states_list))
    except NotDone as problem:
        # What was typed stays as it is, where it was not kept; before a check it was.
        if isinstance(problem, NotKept) or deed in TYPED:
            return no_update, refused_note(str(problem))
        view = door().import_of(current_viewer(), public_id)
        return import_body(view, as_text=shown == "text"), refused_note(str(problem))
    view = door().import_of(current_viewer(), public_id)
    return import_body(view, as_text=shown == "text"), done_note(DONE.get(deed, "Kept."))


@on(
    Output(BODY, "children", allow_duplicate=True),
    Output(PROGRESS, "children"),
    Output(SAID, "children", allow_duplicate=True),
    Input(CLOCK, "n_intervals"),
    State(PUBLIC, "data"),
    State(STAGE, "data"),
    State(AS, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def follow_import(_ticks: Any, public_id: Any, stage: Any, shown: Any) -> tuple[Any, Any, Any]:
    """How far the ingester is; the whole page anew once it has finished."""
    view = door().import_of(current_viewer(), public_id)
    if stage == str(view.line.stage):
        return no_update, progress(view.line), no_update
    return import_body(view, as_text=shown == "text"), no_update, None


def pressed(clicks: Any, triggered: Any) -> str:
    """The deed of the button that was pressed; none of ours, or one that was only drawn anew, ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    if not isinstance(deed, str) or not isinstance(clicks, list) or not any(clicks):
        raise PreventUpdate
    return deed


def posted(states: Any) -> Posted:
    """What the controls of the form hold, by their names."""
    fields = states[0] if isinstance(states, list) and states and isinstance(states[0], list) else []
    found: dict[str, object] = {}
    for one in fields:
        match one:
            case {"id": {"deed": str(name)}, "value": str(value)}:
                found[name] = value
    return Posted(found)


def done(deed: str, public_id: Any, said: Posted) -> None:
    """Nothing; what the button says was done. A button that nobody made ends the callback. Raises NotDone."""
    viewer, here = current_viewer(), door()
    if deed.startswith(USE):
        here.use_mapping(viewer, public_id, deed.removeprefix(USE))
        return
    deeds: dict[str, Callable[[], None]] = {
        "keep": lambda: keep(public_id, said),
        "text": lambda: keep(public_id, said),
        "answer": lambda: here.answer_asked(viewer, public_id, said),
        "form": lambda: here.describe_import(viewer, public_id, said),
        "check": lambda: check(public_id, said),
        "load": lambda: load(public_id, said),
        "send": lambda: send(public_id, said),
        "refuse": lambda: here.refuse_import(viewer, public_id, said.text("why")),
        "cancel": lambda: here.cancel_import(viewer, public_id),
        "undo": lambda: here.undo_import(viewer, public_id),
    }
    if deed not in deeds:
        raise PreventUpdate
    deeds[deed]()


def keep(public_id: Any, said: Posted) -> None:
    """Nothing; the mapping is kept as it was typed, or as the form says. Raises NotDone."""
    if said.has("toml"):
        door().write_mapping(current_viewer(), public_id, said.values["toml"])
    elif said.has("kind"):
        door().describe_import(current_viewer(), public_id, said)


def check(public_id: Any, said: Posted) -> None:
    """Nothing; what was typed is kept, and the check begins. Raises NotDone."""
    keep(public_id, said)
    door().check_import(current_viewer(), public_id)


def load(public_id: Any, said: Posted) -> None:
    """Nothing; the load begins, of what the page shows. Raises NotDone."""
    door().check_kept(current_viewer(), public_id, said)
    door().load_import(current_viewer(), public_id)


def send(public_id: Any, said: Posted) -> None:
    """Nothing; the operator has it, as the page shows it. Raises NotDone."""
    door().check_kept(current_viewer(), public_id, said)
    door().send_import(current_viewer(), public_id)
