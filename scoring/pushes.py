"""What programs of organisations send: each push is an import as a file from the page is, and nobody watches it.

A program knows of nothing but what its own organisation's programs sent, and only of the kinds that it may send itself.
"""

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from access.policy import check
from access.viewer import NotAvailable, Viewer
from data.imports.lodging import cleaned_name, forgotten, lodged, quarantine_of
from data.imports.pushed import PUSHED_KINDS, stage_after_yes
from data.readers.kinds import KINDS
from data.state.audit import Deed, record
from data.state.imports import AlreadyThere, Arrival, Import, Stage, add_import, import_named, moved, new_public_id
from data.state.store import Change, Look
from data.state.tokens import Token
from scoring.import_pages import told_report, told_sentence
from scoring.imports import OPEN, Bench

PERMISSION = "pushes.make"
FILES = {"answers": "answers", "orders": "orders", "actions": "buyer_actions"}
"""What programs call a kind of file, and what the format calls it."""
BUYERS_LEAVE_OUT = ("actor_type", "actor_id")
"""A buyer tells of what it did itself."""
AGREED = (Stage.WAITING, Stage.LOADING, Stage.LOADED)
"""Where an import stands once its organisation wants it loaded."""


class NotFitting(ValueError):
    """A push that goes against what was sent before, or against where it stands; the message tells the program why."""


@dataclass(frozen=True)
class Sending:
    """What a program sends: its kind, as programs call it, the canonical CSV, a source within its own, and its key."""

    kind: str
    content: bytes
    source: str
    key: str


@dataclass(frozen=True)
class Push:
    """A push as its program is told of it."""

    one: Import
    report: dict[str, Any] | None
    said: str = ""
    replayed: bool = False


def kinds_of(viewer: Viewer) -> tuple[str, ...]:
    """What programs of the viewer's organisation may send, as they call it."""
    may_send = PUSHED_KINDS.get(str(viewer.role), ())
    return tuple(name for name, kind in FILES.items() if kind in may_send)


def columns_of(viewer: Viewer, kind: str) -> tuple[str, ...]:
    """The columns that a file of this kind may have when the viewer's programs send it."""
    left_out = BUYERS_LEAVE_OUT if str(viewer.role) == "buyer" else ()
    return tuple(name for name in KINDS[FILES[kind]].columns if name not in left_out)


def source_of(viewer: Viewer, named: str) -> str:
    """What keeps apart what looks the same: identifiers of one organisation never meet those of another.

    A source within it stands before an @; no name of a source holds a blank, so that no two are ever written alike.
    """
    own = "" if str(viewer.role) == "operator" else f"{viewer.role} {viewer.organisation}"
    return f"{named}@{own}" if named and own else named or own


def pushed(bench: Bench, viewer: Viewer, token: Token, sending: Sending) -> Push:
    """The new import, or the one that this key made before. Raises NotAvailable, NotFitting."""
    check(viewer, PERMISSION)
    if sending.kind not in token.kinds or sending.kind not in kinds_of(viewer):
        raise NotAvailable
    public_id, name = new_public_id(), cleaned_name(f"{sending.kind} from {token.name}.csv")
    kept = lodged(bench.home, public_id, name, io.BytesIO(sending.content))
    arrival = Arrival(
        token.organisation_id, name, kept.size, kept.hash, token_id=token.id, kind=FILES[sending.kind],
        source=source_of(viewer, sending.source), stage=Stage.CHECKING, idempotency=sending.key,
    )  # fmt: skip
    try:
        with bench.state.change() as change:
            add_import(change, arrival, public_id)
            note(change, viewer, token, "pushed a file", public_id)
    except AlreadyThere as before:
        forgotten(bench.home, public_id)
        return replayed(bench, viewer, arrival, before)
    except BaseException:
        forgotten(bench.home, public_id)
        raise
    return told(bench, viewer, public_id)


def replayed(bench: Bench, viewer: Viewer, arrival: Arrival, before: AlreadyThere) -> Push:
    """What this key made before. Raises NotFitting where that was something else."""
    first = told(bench, viewer, before.public_id)
    same = (first.one.body_hash, first.one.kind, first.one.source) == (arrival.body_hash, arrival.kind, arrival.source)
    if not same:
        raise NotFitting("This Idempotency-Key was used before for something else. Use a new one for each push.")
    return replace(first, replayed=True)


def push_of(bench: Bench, viewer: Viewer, token: Token, public_id: object) -> Push:
    """A push of the token's organisation, of a kind that the token may send. Raises NotAvailable."""
    check(viewer, PERMISSION)
    if not isinstance(public_id, str):
        raise NotAvailable
    with bench.state.look() as look:
        one = named(look, public_id)
    kinds = {FILES[kind] for kind in token.kinds if kind in FILES}
    if one.token_id is None or one.organisation_id != token.organisation_id or one.kind not in kinds:
        raise NotAvailable
    return seen_by(viewer, one)


def loaded(bench: Bench, viewer: Viewer, token: Token, public_id: object) -> Push:
    """The push, which is on its way to be loaded. Asked twice it is done once. Raises NotAvailable, NotFitting."""
    one = push_of(bench, viewer, token, public_id).one
    values: dict[str, Any] = {"said": "", "done": None, "total": None, "begun_at": None}
    with bench.state.change() as change:
        if moved(change, one.public_id, [Stage.CHECKED], stage_after_yes(one), seen=one, **values):
            note(change, viewer, token, "loaded an import", one.public_id)
        elif named(change, one.public_id).stage not in AGREED:
            raise NotFitting("Only what was checked can be loaded, and this one stands elsewhere.")
    return told(bench, viewer, one.public_id)


def cancelled(bench: Bench, viewer: Viewer, token: Token, public_id: object) -> Push:
    """The push, which is over. Asked twice it is done once. Raises NotAvailable, NotFitting."""
    one = push_of(bench, viewer, token, public_id).one
    with bench.state.change() as change:
        if moved(change, one.public_id, OPEN, Stage.CANCELLED, said="", done=None, total=None):
            note(change, viewer, token, "cancelled an import", one.public_id)
        elif named(change, one.public_id).stage is not Stage.CANCELLED:
            raise NotFitting("It is too late to cancel this one. The operator can take a load out again.")
    return told(bench, viewer, one.public_id)


def rows_left_out(bench: Bench, viewer: Viewer, token: Token, public_id: object) -> bytes:
    """The rows that were left out, safe for a spreadsheet. Raises NotAvailable, also where there are none."""
    one = push_of(bench, viewer, token, public_id).one
    try:
        return quarantine_of(bench.home, one.public_id).read_bytes()
    except OSError:
        raise NotAvailable from None


def told(bench: Bench, viewer: Viewer, public_id: str) -> Push:
    """A push that is there, as it stands now."""
    with bench.state.look() as look:
        one = named(look, public_id)
    return seen_by(viewer, one)


def seen_by(viewer: Viewer, one: Import) -> Push:
    """A push with what this viewer may be told of it."""
    return Push(one, told_report(one, viewer), told_sentence(one, viewer))


def named(look: Look, public_id: str) -> Import:
    """The import of that name. Raises NotAvailable."""
    one = import_named(look, public_id)
    if one is None:
        raise NotAvailable
    return one


def note(change: Change, viewer: Viewer, token: Token, deed: str, public_id: str) -> None:
    """Nothing; the deed of a program is in the audit trail, with the number of its token."""
    detail = f"{public_id}, token {token.id}"
    record(change, Deed(deed, str(viewer.role), None, token.organisation_id, detail=detail), datetime.now(UTC))
