"""Replies of the owner: the drawer in which one is written and withdrawn, and what stands beside scores."""

from base64 import b64decode
from binascii import Error
from collections.abc import Set
from typing import Any

from dash import ALL, Input, Output, State, ctx, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer, may
from access.viewer import NotAvailable
from components import addresses, ids
from components.reply_drawer import BOX, PHOTO, TARGET, TEXT, reply_drawer, reply_part
from components.reply_list import WRITE, says_card, write_link
from pages.registry import door, on
from scoring.photos import NO_PICTURE, PhotoNotKept
from scoring.remarks import NotKept
from scoring.replies import ROW, RepliesView, Subject

SEND, WITHDRAW = "send", "withdraw-"
LONGEST_KEY = 200
DATA = "data:image/"


def drawer(factory_id: str, wanted: Any, closing: str) -> html.Div | None:
    """The drawer for what an address names; nothing for who may not reply, or where there is no such thing."""
    viewer = current_viewer()
    if not isinstance(wanted, str) or not wanted or len(wanted) > LONGEST_KEY or not may(viewer, "replies.write"):
        return None
    try:
        view = door().own_replies(viewer, factory_id)
        return reply_drawer(view, meant(view, wanted), closing)
    except NotAvailable:
        return None


def writing(factory_id: str, place: str | None, slug: str, text: str = WRITE) -> html.A | None:
    """The way to the drawer from a page that lives at `place` (None: the overview); nothing for who may not reply."""
    if not may(current_viewer(), "replies.write"):
        return None
    href = addresses.replying(factory_id, slug) if place is None else place
    return write_link(href, slug, text)


def of_rows(factory_id: str, keys: Set[str]) -> html.Div | None:
    """What the factory says about rows of a picture, by their keys; nothing where it says nothing."""
    said = door().replies(current_viewer(), factory_id)
    card = says_card([one for one in said if one.subject.topic == ROW and one.subject.about in keys])
    return html.Div(card, className="sl-tl-said") if card else None


def meant(view: RepliesView, slug: str) -> Subject:
    """What a name in an address or a form stands for: what may be replied to, or was. Raises NotAvailable."""
    known = (*view.subjects, *(one.subject for one in view.replies))
    found = next((one for one in known if one.slug == slug), None)
    if found is None:
        raise NotAvailable
    return found


@on(
    Output(BOX, "children"),
    Input(ids.reply(ALL), "n_clicks"),
    State(TEXT, "value"),
    State(PHOTO, "src"),
    State(TARGET, "data"),
    permission="replies.write",
    prevent_initial_call=True,
)
def change_replies(clicks: Any, text: Any, photo: Any, target: Any) -> list[Any]:
    """The drawer after a reply was sent or withdrawn; with a sentence, and the text still there, if it was not kept."""
    deed = pressed(clicks, ctx.triggered_id)
    factory_id, slug = named(target)
    viewer, here = current_viewer(), door()
    subject = meant(here.own_replies(viewer, factory_id), slug)
    try:
        if deed == SEND:
            here.reply(viewer, factory_id, subject.topic, subject.about, text, picture(photo))
            said = f"Sent. It stands beside {subject.name} from now on."
        else:
            here.withdraw_reply(viewer, factory_id, number_of(deed))
            said = "Withdrawn. Nobody reads it any more."
    except NotKept as problem:
        draft = text if isinstance(text, str) else ""
        kept = photo if isinstance(photo, str) and not isinstance(problem, PhotoNotKept) else None
        return reply_part(here.own_replies(viewer, factory_id), subject, "", str(problem), draft, kept)
    return reply_part(here.own_replies(viewer, factory_id), subject, said)


def pressed(clicks: Any, triggered: Any) -> str:
    """The deed of the button that was pressed; none of ours, or one that was only drawn anew, ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    if not isinstance(deed, str) or not isinstance(clicks, list) or not any(clicks):
        raise PreventUpdate
    return deed


def named(target: Any) -> tuple[str, str]:
    """Factory and subject of the drawer; the door says whether they are this viewer's."""
    match target:
        case {"factory": str(factory_id), "reply": str(slug)}:
            return factory_id, slug
    raise PreventUpdate


def number_of(deed: str) -> int:
    """The number of the reply that a button withdraws; another deed ends the callback."""
    number = deed.removeprefix(WITHDRAW)
    if number == deed or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise PreventUpdate
    return int(number)


def picture(source: Any) -> bytes | None:
    """What a browser holds as the source of a picture; None where none was chosen. Raises PhotoNotKept."""
    if source is None or source == "":
        return None
    head, comma, body = source.partition(",") if isinstance(source, str) else ("", "", "")
    if not (comma and head.startswith(DATA) and head.endswith(";base64")):
        raise PhotoNotKept(NO_PICTURE)
    try:
        return b64decode(body, validate=True)
    except (Error, ValueError) as problem:
        raise PhotoNotKept(NO_PICTURE) from problem
