"""Replies through the door: who writes, who reads at which level, and that a forged request finds nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.accounts import add_account
from data.state.audit import at_factory, broken_at
from data.state.organisations import organisation_id
from data.state.photos import Photo, add_photo
from data.state.remarks import add_remark
from data.state.store import State
from scoring.model import NoRelease
from scoring.photos import NO_PICTURE
from scoring.remarks import MOST, NotKept
from scoring.replies import GONE
from scoring.service import Door
from tests.scoring.releases import write_release
from tests.scoring.replied import (
    ACCOUNTS,
    BUYER,
    LOOKING,
    NGO,
    OPERATOR,
    OTHER_BUYER,
    OTHER_OWNER,
    OWNER,
    PHOTO,
    SCORE_ONLY,
    STRANGER,
    SUBJECTS,
    THEMES,
    made,
)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """The store of a home with that release."""
    home = Home(tmp_path)
    write_release(home, made())
    opened = State.open(home, Settings(home=home.root, threads=1))
    with opened.change() as change:
        for viewer in ACCOUNTS:
            email = f"{viewer.user_id}@x.example"
            there = add_account(change, email=email, role=viewer.role, organisation=viewer.organisation)
            assert viewer.user_id == there.id
    yield opened
    opened.close()


@pytest.fixture
def door(state: State, tmp_path: Path) -> Door:
    """The door to it."""
    return Door(Releases(Home(tmp_path), Settings(home=tmp_path, threads=1)), state)


def everything(door: Door) -> None:
    """The owner replies to all that can be replied to, its action A1 among it, each with a photo."""
    for topic, about in [*SUBJECTS, ("action", "A1")]:
        door.reply(OWNER, "F1", topic, about, f"about {topic} {about}", PHOTO)


def told(door: Door, viewer: Viewer, factory: str = "F1") -> list[tuple[str, str]]:
    return [(one.subject.topic, one.subject.about) for one in door.replies(viewer, factory)]


def numbers(door: Door) -> dict[tuple[str, str], int]:
    """The number of each of the owner's replies, by what it answers."""
    return {(r.subject.topic, r.subject.about): r.remark_id for r in door.own_replies(OWNER, "F1").replies}


@pytest.mark.parametrize(
    ("viewer", "read"),
    [
        (OWNER, SUBJECTS), (BUYER, SUBJECTS), (OTHER_BUYER, SUBJECTS), (OPERATOR, SUBJECTS), (LOOKING, SUBJECTS),
        (THEMES, SUBJECTS), (SCORE_ONLY, [("row", "overall"), ("flag", "burst")]),
        (NGO, None), (STRANGER, None), (OTHER_OWNER, None),
    ],
)  # fmt: skip
def test_a_reply_and_its_photo_are_for_whoever_sees_what_it_answers(
    door: Door, viewer: Viewer, read: list[tuple[str, str]] | None
) -> None:
    everything(door)
    if read is None:
        with pytest.raises(NotAvailable):
            door.replies(viewer, "F1")
    else:
        assert told(door, viewer) == read
        assert all(one.photo == (60, 40) for one in door.replies(viewer, "F1"))
    for subject, number in numbers(door).items():
        sees = subject == ("action", "A1") and viewer in (OWNER, BUYER, OPERATOR, LOOKING)
        if subject in (read or []) or sees:
            assert door.photo(viewer, number).startswith(b"\xff\xd8\xff")
        else:
            with pytest.raises(NotAvailable):
                door.photo(viewer, number)


def test_a_reply_says_whose_it_is_since_when_and_what_it_answers(door: Door) -> None:
    door.reply(OWNER, "F1", "row", "t1", "  Fans were\r\nbroken.\u202e ")
    door.reply(OWNER, "F1", "flag", "burst", "One shift answered on one tablet.")
    first, second = door.replies(BUYER, "F1")
    assert (first.who, first.text, first.own, first.photo) == ("O1", "Fans were\nbroken.", False, None)
    assert first.at.tzinfo is not None
    assert second.subject.name == "the warning about a burst of answers"
    view = door.own_replies(OWNER, "F1")
    assert [one.text for one in view.replies] == ["One shift answered on one tablet.", "Fans were\nbroken."]
    assert [(one.topic, one.about) for one in view.subjects] == SUBJECTS, "what is never averaged is no row"
    assert all(one.own and one.shown for one in view.replies)
    assert told(door, OWNER, "F1") == [("row", "t1"), ("flag", "burst")]
    assert told(door, BUYER, "F2") == []


@pytest.mark.parametrize(
    ("viewer", "factory", "topic", "about"),
    [
        *((viewer, "F1", "row", "overall") for viewer in (*ACCOUNTS[1:], LOOKING, SCORE_ONLY)),
        (OWNER, "F2", "row", "overall"), (OTHER_OWNER, "F1", "flag", "burst"), (OTHER_OWNER, "F2", "flag", "burst"),
        (OWNER, "F1", "row", "t3"), (OWNER, "F1", "row", "q1"), (OWNER, "F1", "row", ""), (OWNER, "F1", "row", "burst"),
        (OWNER, "F1", "flag", "coached"), (OWNER, "F1", "flag", "overall"), (OWNER, "F1", "lead", "z1"),
        (OWNER, "F1", None, "overall"), (OWNER, "F1", ["row"], "overall"), (OWNER, "F1", "row", ["overall"]),
        (OWNER, "F1", {"row": 1}, None), (OWNER, "F1", "row", 7), (OWNER, "F1", "row", "overall\x00"),
        (OWNER, "F1", "action", "A9"), (OWNER, "F1", "action", ["A1"]), (BUYER, "F1", "action", "A1"),
        (OWNER, "F9", "row", "overall"), (OWNER, None, "row", "overall"), (OWNER, ["F1"], "row", "overall"),
        (OWNER, {"F1": 1}, "row", "overall"), (OWNER, True, "row", "overall"),
        (Viewer(9, Role.OWNER, "nobody", frozenset({"F1"})), "F1", "row", "overall"),
    ],
)  # fmt: skip
def test_a_forged_reply_is_refused_and_leaves_nothing(
    door: Door, state: State, viewer: Viewer, factory: Any, topic: Any, about: Any
) -> None:
    with pytest.raises(NotAvailable):
        door.reply(viewer, factory, topic, about, "x", PHOTO)
    assert door.own_replies(OWNER, "F1").replies == ()
    with state.look() as look:
        assert at_factory(look, "F1") == []


@pytest.mark.parametrize("factory", [None, "", "F9", "F2", ["F1"], {}, 7, True, "F1\x00"])
def test_an_odd_factory_is_not_there(door: Door, factory: Any) -> None:
    for ask in (door.replies, door.own_replies):
        with pytest.raises(NotAvailable):
            ask(OWNER, factory)


@pytest.mark.parametrize(
    ("text", "photo", "sentence"),
    [
        ("", None, r"^Write something first\.$"), (None, None, "Write something"), (["x"], PHOTO, "Write something"),
        ("x" * 1001, None, "at most 1,000 characters"), ("x", b"no picture", NO_PICTURE), ("x", "text", NO_PICTURE),
        ("x", {}, NO_PICTURE), ("x", b"", NO_PICTURE),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("topic", "about"), [("row", "overall"), ("action", "A1")])
def test_what_cannot_be_kept_is_told_and_leaves_nothing(
    door: Door, state: State, topic: str, about: str, text: Any, photo: Any, sentence: str
) -> None:
    with pytest.raises(NotKept, match=sentence):
        door.reply(OWNER, "F1", topic, about, text, photo)
    assert door.own_replies(OWNER, "F1").replies == ()
    with state.look() as look:
        assert at_factory(look, "F1") == []


def test_a_withdrawn_reply_has_no_text_and_its_photo_is_gone_for_everybody(door: Door) -> None:
    everything(door)
    for subject, number in numbers(door).items():
        for viewer in (OTHER_OWNER, BUYER, NGO, OPERATOR, LOOKING, STRANGER):
            with pytest.raises(NotAvailable):
                door.withdraw_reply(viewer, "F1", number)
        with pytest.raises(NotAvailable):
            door.withdraw_reply(OTHER_OWNER, "F2", number)
        assert door.photo(OWNER, number), subject
        for _ in range(2):
            door.withdraw_reply(OWNER, "F1", number)
        for viewer in (OWNER, BUYER, OPERATOR):
            with pytest.raises(NotAvailable):
                door.photo(viewer, number)
    for viewer in (OWNER, BUYER, OPERATOR):
        assert [(r.withdrawn, r.text, r.photo) for r in door.replies(viewer, "F1")] == [(True, "", None)] * 4
    [note] = door.remarks(BUYER, "F1", "A1")
    assert (note.withdrawn, note.text, note.photo) == (True, "", None)


@pytest.mark.parametrize("number", [None, "1", 1.0, True, -1, 0, 99, 10**30, [1], {}])
def test_an_odd_number_names_no_reply_and_no_photo(door: Door, number: Any) -> None:
    door.reply(OWNER, "F1", "row", "overall", "x")  # number 1, which has no photo
    with pytest.raises(NotAvailable):
        door.photo(OWNER, number)
    with pytest.raises(NotAvailable):
        door.photo(OWNER, 1)
    with pytest.raises(NotAvailable):
        door.withdraw_reply(OWNER, "F1", number)


def test_nobody_withdraws_a_buyers_remark_as_a_reply(door: Door) -> None:
    door.remark(BUYER, "F1", "A1", "dispute", "no")
    [theirs] = door.remarks(OWNER, "F1", "A1")
    with pytest.raises(NotAvailable):
        door.withdraw_reply(OWNER, "F1", theirs.remark_id)
    assert not door.remarks(OWNER, "F1", "A1")[0].withdrawn


def test_a_photo_of_another_buyers_remark_stays_with_it(door: Door, state: State) -> None:
    """A buyer has no photos; should one ever be there, an action that changed hands would not show it."""
    with state.change() as change:
        other = organisation_id(change, "buyer", "B2") or 0
        number = add_remark(
            change, factory_id="F1", action_id="A1", organisation=other, user_id=None, kind="note", text="x", most=MOST
        )
        add_photo(change, number, Photo(b"x", 1, 1))
    assert door.photo(OWNER, number) == b"x"
    with pytest.raises(NotAvailable):
        door.photo(BUYER, number)


def test_a_reply_to_what_is_no_longer_shown_is_read_and_withdrawn_by_its_author_only(
    door: Door, tmp_path: Path
) -> None:
    door.reply(OWNER, "F1", "flag", "burst", "about it", PHOTO)
    door.reply(OWNER, "F1", "action", "A1", "about that", PHOTO)
    write_release(Home(tmp_path), replace(made(flags=False), actions=[]), number=2)
    assert told(door, BUYER) == told(door, OPERATOR) == told(door, OWNER) == []
    view = door.own_replies(OWNER, "F1")
    assert [(one.text, one.shown, one.subject.name) for one in view.replies] == [
        ("about that", False, GONE), ("about it", False, GONE),
    ]  # fmt: skip
    for one in view.replies:
        assert door.photo(OWNER, one.remark_id)
        for viewer in (BUYER, OPERATOR):
            with pytest.raises(NotAvailable):
                door.photo(viewer, one.remark_id)
        door.withdraw_reply(OWNER, "F1", one.remark_id)
    assert all(one.withdrawn for one in door.own_replies(OWNER, "F1").replies)
    with pytest.raises(NotAvailable):
        door.reply(OWNER, "F1", "flag", "burst", "again")


def test_at_most_so_many_to_one_thing(door: Door) -> None:
    for number in range(MOST):
        door.reply(OWNER, "F1", "row", "overall", str(number))
    with pytest.raises(NotKept, match="There are 20 replies of yours to this already"):
        door.reply(OWNER, "F1", "row", "overall", "one more")
    door.reply(OWNER, "F1", "row", "t1", "elsewhere")
    assert len(told(door, OWNER)) == MOST + 1


def test_every_deed_is_in_the_trail_with_it_or_not_at_all(door: Door, state: State) -> None:
    door.reply(OWNER, "F1", "row", "t1", "one", PHOTO)
    door.reply(OWNER, "F1", "action", "A1", "two")
    door.remark(BUYER, "F1", "A1", "dispute", "three")
    door.remark(BUYER, "F1", "A1", "note", "four")
    for number in numbers(door).values():
        door.withdraw_reply(OWNER, "F1", number)
        door.withdraw_reply(OWNER, "F1", number)
    for one in door.remarks(BUYER, "F1", "A1"):
        if one.own:
            door.withdraw(BUYER, "F1", "A1", one.remark_id)
    with state.look() as look:
        lines = [
            (one.organisation, one.deed, one.detail, one.user_id)
            for one in reversed(at_factory(look, "F1"))
            if not one.deed.startswith("opened")
        ]
        assert broken_at(look) is None
    assert sorted(lines) == sorted([
        ("O1", "replied", "row t1", 1), ("O1", "replied", "action A1", 1), ("B1", "disputed an action", "action A1", 3),
        ("B1", "remarked on an action", "action A1", 3), ("O1", "withdrew a reply", "action A1", 1),
        ("O1", "withdrew a reply", "row t1", 1), ("B1", "withdrew a remark", "action A1", 3),
        ("B1", "withdrew a remark", "action A1", 3),
    ])  # fmt: skip


def test_the_note_of_an_action_carries_its_photo_for_both_sides(door: Door) -> None:
    door.reply(OWNER, "F1", "action", "A1", "see the papers", PHOTO)
    for viewer in (OWNER, BUYER, OPERATOR):
        [one] = door.remarks(viewer, "F1", "A1")
        assert (one.text, one.photo) == ("see the papers", (60, 40))
    assert told(door, BUYER) == [], "it stands under the action, not beside the score"


def test_before_the_first_release_there_is_nothing_to_reply_to(tmp_path: Path) -> None:
    home = Home(tmp_path).prepare()
    settings = Settings(home=home.root, threads=1)
    opened = State.open(home, settings)
    door = Door(Releases(home, settings), opened)
    for ask in (
        lambda: door.reply(OWNER, "F1", "row", "overall", "x"), lambda: door.replies(OWNER, "F1"),
        lambda: door.own_replies(OWNER, "F1"), lambda: door.photo(OWNER, 1),
    ):  # fmt: skip
        with pytest.raises(NoRelease):
            ask()
    opened.close()
