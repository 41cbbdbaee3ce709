"""Remarks through the door: who writes, who reads, and that a forged request finds nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.accounts import add_account
from data.state.organisations import organisation_id, record_organisations
from data.state.remarks import add_remark
from data.state.store import State
from scoring.model import NoRelease
from scoring.remarks import LONGEST, MOST, NotKept, cleaned
from scoring.service import Door
from tests.scoring.releases import THROUGH, Made, action_row, write_release

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1"}))
OTHER_OWNER = Viewer(2, Role.OWNER, "O2", frozenset({"F2"}))
BUYER = Viewer(3, Role.BUYER, "B1", frozenset({"F1", "F2"}))
OTHER_BUYER = Viewer(4, Role.BUYER, "B2", frozenset({"F1", "F2"}))
NGO = Viewer(5, Role.NGO, "N1")
OPERATOR = Viewer(6, Role.OPERATOR, "X")
ACCOUNTS = (OWNER, OTHER_OWNER, BUYER, OTHER_BUYER, NGO, OPERATOR)
ODD: list[Any] = [None, "", "A9", "A1'", ["A1"], {"A1": 1}, 7, "A1\x00", "%", "\ud800"]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """The store of a home with a release: A1 is of B1 and A2 of B2 at F1, A3 of B1 at F2."""
    home = Home(tmp_path)
    day = THROUGH - timedelta(days=60)
    rows = [
        action_row("A1", "F1", day),
        action_row("A2", "F1", day, buyer_id="B2", buyer_name="Buyer B2"),
        action_row("A3", "F2", day),
    ]
    write_release(home, Made(actions=rows, factories=["F1", "F2"]))
    opened = State.open(home, Settings(home=home.root, threads=1))
    with opened.change() as change:
        for viewer in ACCOUNTS:
            email = f"{viewer.user_id}@x.example"
            assert (
                viewer.user_id
                == add_account(change, email=email, role=viewer.role, organisation=viewer.organisation).id
            )
        record_organisations(change, [{"kind": "buyer", "external_id": "B1", "name": "Larkholm"}])
    yield opened
    opened.close()


@pytest.fixture
def door(state: State, tmp_path: Path) -> Door:
    """The door to it."""
    return Door(Releases(Home(tmp_path), Settings(home=tmp_path, threads=1)), state)


def told(door: Door, viewer: Viewer, factory: str = "F1", action: str = "A1") -> list[tuple[str, str, str, bool]]:
    return [(r.who, r.kind, r.text, r.own) for r in door.remarks(viewer, factory, action)]


def test_both_sides_write_and_read_each_other_and_the_operator_reads(door: Door) -> None:
    door.remark(OWNER, "F1", "A1", "note", "  Fabric was cut.\r\nAsk us. ")
    door.remark(BUYER, "F1", "A1", "dispute", "It was not us.")
    both = [("O1", "note", "Fabric was cut.\nAsk us."), ("Larkholm", "dispute", "It was not us.")]
    assert told(door, OWNER) == [(*both[0], True), (*both[1], False)]
    assert told(door, BUYER) == [(*both[0], False), (*both[1], True)]
    assert told(door, OPERATOR) == [(*both[0], False), (*both[1], False)]
    assert told(door, OWNER, action="A2") == []
    assert told(door, BUYER, "F2", "A3") == []


def test_nobody_else_learns_that_there_is_anything(door: Door) -> None:
    door.remark(OWNER, "F1", "A1", "note", "x")
    for viewer in (OTHER_OWNER, OTHER_BUYER, NGO):
        with pytest.raises(NotAvailable) as forbidden:
            door.remarks(viewer, "F1", "A1")
        with pytest.raises(NotAvailable) as unknown:
            door.remarks(viewer, "F1", "A9")
        assert str(forbidden.value) == str(unknown.value)


@pytest.mark.parametrize("action", ODD)
def test_an_action_that_is_not_there_cannot_be_read_or_remarked(door: Door, action: Any) -> None:
    for viewer in ACCOUNTS:
        with pytest.raises(NotAvailable):
            door.remarks(viewer, "F1", action)
        with pytest.raises(NotAvailable):
            door.remark(viewer, "F1", action, "note", "x")


@pytest.mark.parametrize(
    ("viewer", "factory", "action", "kind"),
    [
        (OWNER, "F2", "A3", "note"), (OWNER, "F1", "A3", "note"), (OWNER, "F1", "A1", "dispute"),
        (OTHER_OWNER, "F1", "A1", "note"), (OTHER_OWNER, "F2", "A1", "note"), (BUYER, "F1", "A2", "note"),
        (BUYER, "F1", "A2", "dispute"), (OTHER_BUYER, "F1", "A1", "dispute"), (BUYER, "F1", "A3", "note"),
        (NGO, "F1", "A1", "note"), (OPERATOR, "F1", "A1", "note"), (OPERATOR, "F1", "A1", "dispute"),
        (BUYER, "F1", "A1", "praise"), (BUYER, "F1", "A1", ["note"]), (BUYER, "F1", "A1", None),
        (BUYER, ["F1"], "A1", "note"), (OWNER, None, "A1", "note"),
        (Viewer(3, Role.BUYER, "B1", frozenset()), "F1", "A1", "note"),
        (Viewer(9, Role.OWNER, "nobody", frozenset({"F1"})), "F1", "A1", "note"),
    ],
)  # fmt: skip
def test_a_forged_remark_is_refused_and_leaves_nothing(
    door: Door, viewer: Viewer, factory: Any, action: str, kind: Any
) -> None:
    with pytest.raises(NotAvailable):
        door.remark(viewer, factory, action, kind, "x")
    assert [told(door, OPERATOR, f, a) for f, a in (("F1", "A1"), ("F1", "A2"), ("F2", "A3"))] == [[], [], []]


def test_a_withdrawn_remark_has_no_text_and_a_dispute_stays_one(door: Door) -> None:
    door.remark(BUYER, "F1", "A1", "dispute", "secret")
    [mine] = door.remarks(BUYER, "F1", "A1")
    for viewer in (OWNER, OTHER_BUYER, OTHER_OWNER, NGO, OPERATOR):
        with pytest.raises(NotAvailable):
            door.withdraw(viewer, "F1", "A1", mine.remark_id)
    for factory, action, number in (
        ("F2", "A3", mine.remark_id),
        ("F1", "A1", mine.remark_id + 1),
        ("F1", "A1", 10**17),
    ):
        with pytest.raises(NotAvailable):
            door.withdraw(BUYER, factory, action, number)
    assert not door.remarks(OWNER, "F1", "A1")[0].withdrawn
    for _ in range(2):
        door.withdraw(BUYER, "F1", "A1", mine.remark_id)
    for viewer in (BUYER, OWNER, OPERATOR):
        [one] = door.remarks(viewer, "F1", "A1")
        assert (one.kind, one.text, one.withdrawn) == ("dispute", "", True)


def test_a_buyer_never_reads_another_buyer(door: Door, state: State) -> None:
    """Should an action pass from one buyer to another, what the first said stays with it."""
    with state.change() as change:
        other = organisation_id(change, "buyer", "B2") or 0
        add_remark(
            change, factory_id="F1", action_id="A1", organisation=other, user_id=None, kind="note", text="x", most=MOST
        )
    assert told(door, BUYER) == []
    assert len(told(door, OWNER)) == 1


def test_at_most_so_many_of_one_side(door: Door) -> None:
    for number in range(MOST):
        door.remark(BUYER, "F1", "A1", "note", str(number))
    with pytest.raises(NotKept, match="There are 20 remarks of yours on this action already"):
        door.remark(BUYER, "F1", "A1", "note", "one more")
    door.remark(OWNER, "F1", "A1", "note", "the other side")
    assert len(told(door, OWNER)) == MOST + 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" a ", "a"), ("a\tb\x00\x1b[31m", "ab[31m"), ("a\r\nb", "a\nb"), ("\u202eevil\u2066", "evil"),
        ("half \ud83d", "half"), ("“ডিসপ্যাচ”", "“ডিসপ্যাচ”"), ("می\u200cخواهم", "می\u200cخواهم"), ("😀", "😀"),
        ("x" * LONGEST, "x" * LONGEST), (" " * 2000 + "x", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_taken_out(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d", "\u202e", "\ud800", None, 7, ["x"], {}, True])
def test_nothing_is_not_a_remark(door: Door, text: Any) -> None:
    with pytest.raises(NotKept, match=r"^Write something first\.$"):
        door.remark(OWNER, "F1", "A1", "note", text)
    assert told(door, OWNER) == []


def test_too_long_is_told_with_its_length(door: Door) -> None:
    with pytest.raises(NotKept, match=r"^A remark has at most 1,000 characters\. This one has 1,001\.$"):
        door.remark(OWNER, "F1", "A1", "note", "x" * (LONGEST + 1))
    assert isinstance(NotKept(), ValueError)


def test_before_the_first_release_there_is_nothing_to_remark_on(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    settings = Settings(home=home.root, threads=1)
    opened = State.open(home, settings)
    with pytest.raises(NoRelease):
        Door(Releases(home, settings), opened).remark(OWNER, "F1", "A1", "note", "x")
    opened.close()
