"""How a file that was brought is read: as the form says, as a text says, as before, or as it is."""

from collections.abc import Sequence

from access.viewer import NotAvailable, Viewer
from data.imports.lodging import bytes_of
from data.imports.sight import answered
from data.readers.suggestion import KnownQuestion
from scoring.import_form import Twice, filled
from scoring.import_keeping import as_mapping, beginning, fitting, kept_text
from scoring.import_parts import Posted, mapping_text, read_text
from scoring.import_questions import asked_in, completed, written_in
from scoring.imports import GONE, Bench, NotDone, editable, found, keep_reading, kinds_for, seen

MOST_TEXT = 200_000
CHANGED = "How the file is read was changed here after the check. Check it again, then load it."


class NotKept(NotDone):
    """What a form says is not kept, and stays on the page as it was typed."""


def describe(
    bench: Bench, viewer: Viewer, public_id: object, posted: Posted, questions: Sequence[KnownQuestion] = ()
) -> None:
    """Nothing; how the file is read is as the form says. Raises NotAvailable, NotDone, NotKept."""
    one = editable(bench, viewer, public_id)
    sight = seen(bench, one)
    if posted.text("kind") not in ("", *kinds_for(viewer)):
        raise NotAvailable
    said = read_text(one.mapping) if one.mapping else as_mapping(one.kind, one.name, sight.header)
    try:
        made = filled(said, sight, posted, one.wanted.get("written"))
    except Twice as problem:
        raise NotKept(str(problem)) from None
    asked = asked_in(bytes_of(bench.home, one.public_id, one.name), made, questions)
    completed(made, asked, {question.indicator_id: question for question in questions}, posted)
    keep_reading(bench, one, mapping_text(made), None, wanted=one.wanted | {"written": written_in(asked)})


def check_kept(bench: Bench, viewer: Viewer, public_id: object, posted: Posted) -> None:
    """Nothing, where the page says what was checked; else what is loaded is not what is seen. Raises NotKept."""
    one = found(bench, viewer, public_id)
    said = read_text(one.mapping)
    same = not posted.has("toml") or posted.text("toml").split() == (one.mapping or "").split()
    if posted.has("kind"):
        try:
            made = filled(said, seen(bench, one), posted, one.wanted.get("written"))
        except Twice:
            made = {}
        before = {"shape": made.get("shape"), **{name: part for name, part in said.items() if part not in ({}, [])}}
        same = read_text(mapping_text(made)) == before
    if not same:
        raise NotKept(CHANGED)


def write(bench: Bench, viewer: Viewer, public_id: object, text: object) -> None:
    """Nothing; the file is read by this TOML text. Raises NotAvailable, NotDone."""
    one = editable(bench, viewer, public_id)
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise NotDone("The text of a mapping has at most 200,000 characters.")
    keep_reading(bench, one, text, None)


def answer(
    bench: Bench, viewer: Viewer, public_id: object, posted: Posted, questions: Sequence[KnownQuestion] = ()
) -> None:
    """Nothing; the file is looked at again with what a person said of it. Raises NotAvailable, NotDone."""
    one = editable(bench, viewer, public_id)
    asks = seen(bench, one).asks
    said = {ask.what: posted.text(f"ask-{ask.what}") for ask in asks}
    if not any(said[ask.what] in ask.choices for ask in asks):
        raise NotDone("Choose an answer first.")
    sight = answered(bench.home, one.public_id, one.name, said)
    if sight is None:
        raise NotDone(GONE)
    first = beginning(sight, bytes_of(bench.home, one.public_id, one.name), kinds_for(viewer), questions)
    keep_reading(bench, one, first.mapping, first.kind, wanted=one.wanted | first.wanted)


def take_canonical(bench: Bench, viewer: Viewer, public_id: object, kind: object) -> None:
    """Nothing; the file is read as it is, as one of its kind. Raises NotAvailable, NotDone."""
    one = editable(bench, viewer, public_id)
    if kind not in kinds_for(viewer) or not isinstance(kind, str):
        raise NotAvailable
    keep_reading(bench, one, None, kind)


def use(bench: Bench, viewer: Viewer, public_id: object, name: object) -> None:
    """Nothing; the file is read by a mapping that was kept. Raises NotAvailable, NotDone."""
    one = editable(bench, viewer, public_id)
    names = fitting(bench.home, one, seen(bench, one).header)
    if not isinstance(name, str) or name not in names:
        raise NotAvailable
    keep_reading(bench, one, kept_text(bench.home, one, name), None)
