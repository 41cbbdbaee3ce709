"""What is said about an action by the factory and by the buyer whose action it is: notes, and disputes."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from access.policy import check, may
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from data.state.audit import Deed, record
from data.state.organisations import organisation_id
from data.state.photos import Photo, add_photo
from data.state.remarks import RemarksFull, Said, add_remark, remarks_at, withdraw_remark
from data.state.store import Change, State
from scoring.actions import seen_actions

NOTE, DISPUTE = "note", "dispute"
DEEDS = {NOTE: "remarked on an action", DISPUTE: "disputed an action"}
"""What a buyer's remark is called in the audit trail."""
LONGEST = 1000
MOST = 20
"""So many remarks of one organisation on one action are kept, withdrawn ones among them."""
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of the text around them, and so could dress up what somebody else wrote."""


class NotKept(ValueError):
    """A remark that cannot be kept as it is; the message tells its author why."""


@dataclass(frozen=True)
class Remark:
    """One remark as its reader sees it. A withdrawn one has no text; a dispute stays one after it was withdrawn."""

    remark_id: int
    who: str
    kind: str
    text: str
    at: datetime
    own: bool
    withdrawn: bool
    photo: tuple[int, int] | None = None
    """Width and height in pixels of the photo beside it, if there is one and it was not withdrawn."""


def remarks_on(
    release: OpenRelease, state: State, viewer: Viewer, factory_id: str, action_id: str
) -> tuple[Remark, ...]:
    """What was said about an action, oldest first, for whoever may see the action. Raises NotAvailable.

    Both sides read each other; what any other buyer said is nobody else's, should an action ever change hands.
    """
    seen(release, viewer, factory_id, action_id)
    with state.look() as look:
        found = remarks_at(look, factory_id, action_id)
    return tuple(told(one, viewer) for one in found if readable(one, viewer))


def keep_remark(
    release: OpenRelease, state: State, viewer: Viewer, factory_id: str, action_id: str, kind: str, text: str,
    photo: Photo | None = None,
) -> None:  # fmt: skip
    """Nothing; the remark is kept. Raises NotAvailable, and NotKept with a sentence about the text."""
    author = author_of(release, state, viewer, factory_id, action_id)
    if kind not in (NOTE, DISPUTE) or (kind == DISPUTE and not may(viewer, "actions.dispute")):
        raise NotAvailable
    said = cleaned(text)
    deed = "replied" if viewer.role is Role.OWNER else DEEDS[kind]
    try:
        with state.change() as change:
            number = add_remark(
                change, factory_id=factory_id, action_id=action_id, organisation=author, user_id=viewer.user_id,
                kind=kind, text=said, most=MOST,
            )  # fmt: skip
            if photo is not None:
                add_photo(change, number, photo)
            note_deed(change, viewer, author, factory_id, deed, f"action {action_id}")
    except RemarksFull:
        raise NotKept(f"There are {MOST} remarks of yours on this action already. No more are kept.") from None


def withdraw(
    release: OpenRelease, state: State, viewer: Viewer, factory_id: str, action_id: str, remark_id: int
) -> None:
    """Nothing; a remark of the viewer's organisation is withdrawn, once or again. Raises NotAvailable."""
    author = author_of(release, state, viewer, factory_id, action_id)
    own = {one.remark_id for one in remarks_on(release, state, viewer, factory_id, action_id) if one.own}
    if remark_id not in own:
        raise NotAvailable
    deed = "withdrew a reply" if viewer.role is Role.OWNER else "withdrew a remark"
    with state.change() as change:
        if withdraw_remark(change, remark_id, factory_id, action_id, author):
            note_deed(change, viewer, author, factory_id, deed, f"action {action_id}")


def note_deed(change: Change, viewer: Viewer, author: int, factory_id: str, deed: str, about: str) -> None:
    """Nothing; that the viewer said or withdrew something about this is in the audit trail, with it or not at all."""
    record(change, Deed(deed, str(viewer.role), viewer.user_id, author, factory_id, detail=about))


def seen(release: OpenRelease, viewer: Viewer, factory_id: str, action_id: str) -> None:
    """Nothing. Raises NotAvailable unless the viewer sees that action at that factory."""
    if all(action.action_id != action_id for action in seen_actions(release, viewer, factory_id)):
        raise NotAvailable


def author_of(release: OpenRelease, state: State, viewer: Viewer, factory_id: str, action_id: str) -> int:
    """The number of the organisation for which the viewer may remark on that action. Raises NotAvailable."""
    check(viewer, "actions.remark", factory_id)
    seen(release, viewer, factory_id, action_id)
    with state.look() as look:
        author = organisation_id(look, str(viewer.role), viewer.organisation)
    if author is None:
        raise NotAvailable
    return author


def readable(said: Said, viewer: Viewer) -> bool:
    """True when a viewer who sees the action may read this remark on it."""
    return viewer.role is not Role.BUYER or said.organisation_kind != Role.BUYER or is_own(said, viewer)


def is_own(said: Said, viewer: Viewer) -> bool:
    """True when the viewer's organisation said it."""
    return (said.organisation_kind, said.organisation) == (str(viewer.role), viewer.organisation)


def told(said: Said, viewer: Viewer) -> Remark:
    """A remark as this viewer reads it."""
    withdrawn = said.withdrawn_at is not None
    return Remark(
        remark_id=said.id,
        who=said.organisation_name or said.organisation,
        kind=said.kind,
        text="" if withdrawn else said.text,
        at=said.at,
        own=is_own(said, viewer),
        withdrawn=withdrawn,
        photo=size_of(said),
    )


def size_of(said: Said) -> tuple[int, int] | None:
    """Width and height of the photo beside a remark; None without one, and once the remark is withdrawn."""
    if said.width is None or said.height is None or said.withdrawn_at is not None:
        return None
    return said.width, said.height


def cleaned(text: object) -> str:
    """The text without spaces around it and without what cannot be seen. Raises NotKept: empty, or too long."""
    raw = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    kept = "".join(letter for letter in raw if letter == "\n" or not hidden(letter)).strip()
    if not any(unicodedata.category(letter)[0] not in "CZ" for letter in kept):
        raise NotKept("Write something first.")
    if len(kept) > LONGEST:
        raise NotKept(f"A remark has at most {LONGEST:,} characters. This one has {len(kept):,}.")
    return kept


def hidden(letter: str) -> bool:
    """True for control characters, halves of characters, and marks that turn the direction of the text."""
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in BIDI
