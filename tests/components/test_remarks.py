"""The remarks under an action: what is read, what may be done, and what was wrong with the last try."""

from datetime import UTC, datetime

import pytest
from dash import html

from components import ids
from components.remarks import STAYS, remarks_part
from scoring.remarks import Remark
from tests.rendered import having, kinds, nodes, text_of

AT = datetime(2026, 6, 3, 9, tzinfo=UTC)


def remark(number: int, **more: object) -> Remark:
    base = {"who": "Larkholm", "kind": "note", "text": "Cut already.", "at": AT, "own": False, "withdrawn": False}
    return Remark(remark_id=number, **(base | more))  # type: ignore[arg-type]  # mixed values by name


def buttons(part: html.Div) -> dict[str, object]:
    """The deeds on offer, by what a screen reader says."""
    return {getattr(b, "aria-label", text_of(b)): b.id["deed"] for b in kinds(part, "Button")}


def test_a_reader_reads_who_said_what_and_when() -> None:
    part = remarks_part([remark(1), remark(2, who="Mill", kind="dispute", text="No.")], False, False)
    assert text_of(part) == "Remarks Cut already. Larkholm · 3 June 2026 Disputed No. Mill · 3 June 2026"
    assert buttons(part) == {}
    assert not kinds(part, "Textarea")


def test_with_nothing_to_read_or_write_there_is_nothing() -> None:
    assert text_of(remarks_part([], False, False)) == ""
    assert not kinds(remarks_part([], False, False), "H3")


def test_an_owner_adds_notes_and_a_buyer_disputes_too() -> None:
    owner, buyer = remarks_part([], True, False), remarks_part([], True, True)
    assert buttons(owner) == {"Add note": "note"}
    assert buttons(buyer) == {"Add note": "note", "Dispute this": "dispute"}
    assert STAYS in text_of(buyer)
    assert STAYS not in text_of(owner)
    [label] = kinds(owner, "Label")
    [field] = kinds(owner, "Textarea")
    assert label.htmlFor == field.id == ids.timeline("remark-text")
    assert field.maxLength == 1000


@pytest.mark.parametrize(
    ("kind", "label", "withdrawn"),
    [("note", "Withdraw your note of 3 June 2026", "Withdrawn"),
     ("dispute", "Withdraw your dispute of 3 June 2026", "Dispute withdrawn")],
)  # fmt: skip
def test_the_own_remarks_can_be_withdrawn_and_stay_seen(kind: str, label: str, withdrawn: str) -> None:
    assert buttons(remarks_part([remark(7, kind=kind, own=True)], True, True))[label] == "withdraw-7"
    assert label not in buttons(remarks_part([remark(7, kind=kind)], True, True))
    gone = remarks_part([remark(7, kind=kind, own=True, withdrawn=True, text="")], True, True)
    assert label not in buttons(gone)
    assert [text_of(one) for one in having(gone, "sl-chip")] == [withdrawn]
    assert not having(gone, "sl-remark-text")


def test_what_was_not_kept_stays_in_the_field_beside_the_reason() -> None:
    part = remarks_part([], True, False, "Too long.", "my draft")
    [alert] = [node for node in nodes(part) if getattr(node, "role", None) == "alert"]
    assert text_of(alert) == "Too long."
    assert kinds(part, "Textarea")[0].value == "my draft"
    assert not [node for node in nodes(remarks_part([], True, False)) if getattr(node, "role", None) == "alert"]


def test_markup_in_a_remark_is_text() -> None:
    [paragraph] = having(remarks_part([remark(1, text="<b>x</b>")], False, False), "sl-remark-text")
    assert paragraph.children == "<b>x</b>"
