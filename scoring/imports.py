"""Bringing files: what an owner or an operator may do with an import, and what they see of it.

Somebody who can put invented answers beside those of workers could take them out of a cell again and see the rest. So
answers that an owner brings are loaded by the operator alone, and an owner is never told which of them are here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from access.policy import check, may
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.imports.lodging import TooLarge, bytes_of, cleaned_name, forgotten, lodged
from data.imports.reach import OWN_KINDS
from data.imports.sight import Sight, sight_of
from data.readers.delimited import Unreadable
from data.readers.kinds import KINDS
from data.readers.mapping import mapping_of
from data.readers.suggestion import KnownQuestion
from data.state.audit import Deed, record
from data.state.imports import EDITED, Arrival, Import, Stage, add_import, import_named, moved, new_public_id
from data.state.organisations import organisation_id
from data.state.store import Change, State
from scoring.import_fields import undecided
from scoring.import_form import KIND_NAMES, missing_fields
from scoring.import_keeping import Beginning, beginning, keep
from scoring.import_parts import read_text

PERMISSION = "imports.bring"
LONGEST_SENTENCE = 500
OPEN = (Stage.DRAFT, Stage.CHECKING, Stage.CHECKED, Stage.WAITING, Stage.LOADING, Stage.FAILED)
LARGE = "The file is larger than 20 MB, the most that is taken here. Split it, or ask the operator."
EMPTY = "The file is empty. Choose another one."
GONE = "The file is not here any more. Bring it again."
MOVED_ON = "Somebody else was quicker, or it has moved on. This is how it stands now."


class NotDone(ValueError):
    """Something that is not done; the message tells the person why."""


@dataclass(frozen=True)
class Bench:
    """The stores that imports need."""

    home: Home
    state: State


def kinds_for(viewer: Viewer) -> tuple[str, ...]:
    """The kinds of files that a viewer may bring."""
    return tuple(kind for kind in KIND_NAMES if may(viewer, "imports.decide") or kind in OWN_KINDS)


def bring(
    bench: Bench, viewer: Viewer, name: object, stream: IO[bytes], questions: Sequence[KnownQuestion] = ()
) -> str:
    """The public id of a new import, with its bytes kept. Raises NotAvailable, NotDone."""
    check(viewer, PERMISSION)
    with bench.state.look() as look:
        whose = organisation_id(look, str(viewer.role), viewer.organisation)
    if whose is None:
        raise NotAvailable
    public_id, called = new_public_id(), cleaned_name(name)
    try:
        kept = lodged(bench.home, public_id, called, stream)
    except TooLarge:
        raise NotDone(LARGE) from None
    try:
        if not kept.size:
            raise NotDone(EMPTY)
        place = bytes_of(bench.home, public_id, called)
        sight = sight_of(bench.home, public_id, called)
        first = beginning(sight, place, kinds_for(viewer), questions) if sight else Beginning(None, None)
        arrival = Arrival(
            whose, called, kept.size, kept.hash, user_id=viewer.user_id or None, kind=first.kind,
            mapping=first.mapping, source=source_of(viewer), wanted=first.wanted,
        )  # fmt: skip
        with bench.state.change() as change:
            add_import(change, arrival, public_id)
            note(change, viewer, "brought a file", public_id)
    except BaseException:
        forgotten(bench.home, public_id)
        raise
    return public_id


def source_of(viewer: Viewer) -> str:
    """What keeps apart what looks the same: an owner's orders and actions never meet those of somebody else."""
    return "" if may(viewer, "imports.decide") else f"owner {viewer.organisation}"


def found(bench: Bench, viewer: Viewer, public_id: object) -> Import:
    """The import, for whoever may know of it. Raises NotAvailable, alike for what is not there."""
    check(viewer, PERMISSION)
    if not isinstance(public_id, str):
        raise NotAvailable
    with bench.state.look() as look:
        one = import_named(look, public_id)
    if one is None or not (may(viewer, "imports.decide") or is_own(one, viewer)):
        raise NotAvailable
    return one


def is_own(one: Import, viewer: Viewer) -> bool:
    """True when the viewer's organisation brought it."""
    return (one.organisation_kind, one.organisation) == (str(viewer.role), viewer.organisation)


def editable(bench: Bench, viewer: Viewer, public_id: object) -> Import:
    """The import, where how it is read may be changed by this viewer. Raises NotAvailable, NotDone."""
    one = found(bench, viewer, public_id)
    if not is_own(one, viewer):
        raise NotAvailable
    if one.stage not in EDITED:
        raise NotDone(MOVED_ON)
    return one


def seen(bench: Bench, one: Import) -> Sight:
    """What was seen in the file. Raises NotDone where it is gone."""
    sight = sight_of(bench.home, one.public_id, one.name)
    if sight is None:
        raise NotDone(GONE)
    return sight


def keep_reading(bench: Bench, one: Import, mapping: str | None, kind: str | None, **more: Any) -> None:
    """Nothing; what was checked must be checked again. Raises NotDone."""
    with bench.state.change() as change:
        values: dict[str, Any] = {
            "mapping": mapping,
            "kind": kind or kind_in(mapping),
            "said": "",
            "report": None,
        } | more
        if not moved(change, one.public_id, EDITED, Stage.DRAFT, **values):
            raise NotDone(MOVED_ON)


def kind_in(mapping: str | None) -> str | None:
    """The kind that a mapping's text names."""
    said = read_text(mapping).get("as", "answers" if mapping else None)
    return said if isinstance(said, str) and said in KINDS else None


def problem_of(one: Import, sight: Sight | None) -> str:
    """What is not right yet about how the file is read; empty when it can be checked."""
    if sight is None or sight.problem:
        return GONE if sight is None else sight.problem
    if sight.asks:
        return "Answer first what was asked about the file."
    if one.mapping is None:
        return "" if one.kind else "Say first what the file holds."
    said = read_text(one.mapping)
    if said and (lacking := missing_fields(said) or undecided(said)):
        return lacking
    try:
        mapping = mapping_of(one.mapping)
    except Unreadable as problem:
        return str(problem)
    unnamed = [text for text, question in mapping.questions.items() if not question.indicator]
    if unnamed:
        return f"Say which question {unnamed[0]!r} is, or do not read that column."
    return ""


def ask_check(bench: Bench, viewer: Viewer, public_id: object) -> None:
    """Nothing; the ingester checks the file next. Raises NotAvailable, NotDone."""
    one = editable(bench, viewer, public_id)
    if problem := problem_of(one, seen(bench, one)):
        raise NotDone(problem)
    push(bench, viewer, one, EDITED, Stage.CHECKING, None, done=None, total=None, said="", begun_at=None)


def ask_load(bench: Bench, viewer: Viewer, public_id: object) -> None:
    """Nothing; the ingester loads the file next. Raises NotAvailable, NotDone."""
    one = found(bench, viewer, public_id)
    decides = may(viewer, "imports.decide")
    if not decides and (one.kind not in OWN_KINDS or one.kind == "answers"):
        raise NotAvailable
    before = [Stage.CHECKED] * is_own(one, viewer) + [Stage.WAITING] * decides
    again = {"done": None, "total": None, "said": "", "begun_at": None}
    push(bench, viewer, one, before, Stage.LOADING, "loaded an import", **again)
    if one.mapping:
        keep(bench.home, one)


def send(bench: Bench, viewer: Viewer, public_id: object) -> None:
    """Nothing; an owner's answers wait for the operator's yes. Raises NotAvailable, NotDone."""
    one = found(bench, viewer, public_id)
    if may(viewer, "imports.decide") or one.kind != "answers":
        raise NotAvailable
    push(bench, viewer, one, [Stage.CHECKED], Stage.WAITING, "sent an import to the operator", said="")


def refuse(bench: Bench, viewer: Viewer, public_id: object, why: object) -> None:
    """Nothing; what waited is refused, with a sentence for the owner. Raises NotAvailable, NotDone."""
    check(viewer, "imports.decide")
    one = found(bench, viewer, public_id)
    text = " ".join(why.split()) if isinstance(why, str) else ""
    if not text or len(text) > LONGEST_SENTENCE:
        raise NotDone(f"Say why, in one sentence of at most {LONGEST_SENTENCE} characters. The owner reads it.")
    push(bench, viewer, one, [Stage.WAITING], Stage.REFUSED, "refused an import", said=text)


def cancel(bench: Bench, viewer: Viewer, public_id: object) -> None:
    """Nothing; the import is over, and what was at work keeps nothing. Raises NotAvailable, NotDone."""
    one = found(bench, viewer, public_id)
    if not is_own(one, viewer):
        raise NotAvailable
    push(bench, viewer, one, OPEN, Stage.CANCELLED, None, said="", done=None, total=None)


def undo(bench: Bench, viewer: Viewer, public_id: object) -> None:
    """Nothing; the ingester takes the load out again, if it still can. Raises NotAvailable, NotDone."""
    one = found(bench, viewer, public_id)
    if not may(viewer, "imports.decide") and (one.kind not in OWN_KINDS or one.kind == "answers"):
        raise NotAvailable
    push(bench, viewer, one, [Stage.LOADED], Stage.UNDOING, "took an import out again", said="", begun_at=None)


def push(bench: Bench, viewer: Viewer, one: Import, before: Any, after: Stage, deed: str | None, **values: Any) -> None:
    """Nothing; the import moved, once, and the trail says who did it. Raises NotDone where it stood elsewhere."""
    with bench.state.change() as change:
        if not moved(change, one.public_id, before, after, seen=one, **values):
            raise NotDone(MOVED_ON)
        if deed is not None:
            note(change, viewer, deed, one.public_id)


def note(change: Change, viewer: Viewer, deed: str, public_id: str) -> None:
    """Nothing; the deed is in the audit trail."""
    number = organisation_id(change, str(viewer.role), viewer.organisation)
    record(change, Deed(deed, str(viewer.role), viewer.user_id, number, detail=public_id), datetime.now(UTC))
