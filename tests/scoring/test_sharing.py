"""Consent through the door: owners share, stop, decline and ask; buyers ask and answer; everybody sees who looked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from access.levels import Level
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.accounts import account_by_id, add_account
from data.state.audit import broken_at, lines
from data.state.grants import viewer_for
from data.state.store import State
from data.state.trade import record_relations
from scoring.model import NoRelease, TimelineQuery
from scoring.query import FootprintQuery, IndicatorsQuery
from scoring.remarks import NotKept
from scoring.service import Door
from scoring.supplier_views import CompareQuery
from tests.scoring.releases import Made, write_release

ACCOUNTS = (
    (Role.OWNER, "O1"), (Role.OWNER, "O2"), (Role.BUYER, "B1"), (Role.BUYER, "B2"), (Role.NGO, "N1"),
    (Role.OPERATOR, "X"),
)  # fmt: skip
OWNED = {"O1": frozenset({"F1"}), "O2": frozenset({"F2"})}
ODD: list[Any] = [None, "", 7, True, ["B1"], {"B1": 1}, "B9", "B1'", "B1\x00", "\ud800"]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """Two factories; B1 buys at both, B2 at F2 only."""
    home = Home(tmp_path)
    write_release(home, Made(factories=["F1", "F2"]))
    opened = State.open(home, Settings(home=home.root, threads=1))
    with opened.change() as change:
        for role, organisation in ACCOUNTS:
            add_account(change, email=f"{organisation}@x.example", role=role, organisation=organisation)
        record_relations(change, [
            {"buyer_id": b, "factory_id": f} for b, f in (("B1", "F1"), ("B1", "F2"), ("B2", "F2"))
        ])  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def door(state: State, tmp_path: Path) -> Door:
    """The door to it."""
    return Door(Releases(Home(tmp_path), Settings(home=tmp_path, threads=1)), state)


def who(state: State, name: str) -> Viewer:
    """The viewer that an organisation's person is now."""
    number = 1 + [organisation for _, organisation in ACCOUNTS].index(name)
    with state.look() as look:
        account = account_by_id(look, number)
        assert account is not None
        return viewer_for(look, account, lambda owner: OWNED.get(owner, frozenset()))


def deeds(state: State) -> list[tuple[str, str | None]]:
    """What the trail holds besides looks, oldest first."""
    with state.look() as look:
        assert broken_at(look) is None
        return [(one.deed, one.factory_id) for one in reversed(lines(look)) if not one.deed.startswith("opened")]


def test_a_buyer_asks_the_owner_agrees_and_stops(door: Door, state: State) -> None:
    buyer = who(state, "B1")
    with pytest.raises(NotAvailable):
        door.overview(buyer, "F1")
    door.ask_factory(buyer, "F1", "themes", " We plan an order. ")
    assert [(s.factory.factory_id, s.level, s.waiting) for s in door.requests(buyer).suppliers] == [
        ("F1", None, True), ("F2", None, False),
    ]  # fmt: skip
    with pytest.raises(NotAvailable):
        door.overview(who(state, "B1"), "F1")

    owner = who(state, "O1")
    [waiting] = door.sharing(owner, "F1").waiting
    assert (waiting.party.buyer_id, waiting.level, waiting.note) == ("B1", Level.THEMES, "We plan an order.")
    door.share(owner, "F1", "B1", "themes", "")
    assert who(state, "B1").level("F1") is Level.THEMES
    assert door.overview(who(state, "B1"), "F1").level is Level.THEMES
    view = door.sharing(owner, "F1")
    assert view.waiting == ()
    assert [(s.party.buyer_id, s.level, s.until, s.looks) for s in view.shares] == [("B1", Level.THEMES, None, 1)]
    assert [one.answer for one in door.requests(who(state, "B1")).asked] == ["agreed"]

    door.stop_sharing(owner, "F1", "B1")
    with pytest.raises(NotAvailable):
        door.overview(who(state, "B1"), "F1")
    assert door.sharing(owner, "F1").shares == ()
    assert deeds(state) == [
        ("asked for access", "F1"), ("shared", "F1"), ("agreed to a request", "F1"), ("stopped sharing", "F1"),
    ]  # fmt: skip


def test_sharing_less_than_was_asked_for_leaves_the_request_open(door: Door, state: State) -> None:
    door.ask_factory(who(state, "B1"), "F1", "full", "")
    door.share(who(state, "O1"), "F1", "B1", "score", "")
    assert [one.level for one in door.sharing(who(state, "O1"), "F1").waiting] == [Level.FULL]
    door.share(who(state, "O1"), "F1", "B1", "actions", "")
    assert door.sharing(who(state, "O1"), "F1").waiting == ()
    assert deeds(state)[-2:] == [("shared", "F1"), ("agreed to a request", "F1")]


def test_an_owner_declines_and_a_buyer_withdraws(door: Door, state: State) -> None:
    door.ask_factory(who(state, "B1"), "F1", "score", "")
    [waiting] = door.sharing(who(state, "O1"), "F1").waiting
    with pytest.raises(NotAvailable):
        door.decline(who(state, "O2"), "F2", waiting.request_id)
    door.decline(who(state, "O1"), "F1", waiting.request_id)
    with pytest.raises(NotAvailable):
        door.decline(who(state, "O1"), "F1", waiting.request_id)
    with pytest.raises(NotAvailable):
        door.withdraw_request(who(state, "B1"), waiting.request_id)
    door.ask_factory(who(state, "B1"), "F1", "score", "")
    newest = door.requests(who(state, "B1")).asked[0]
    with pytest.raises(NotAvailable):
        door.withdraw_request(who(state, "B2"), newest.request_id)
    door.withdraw_request(who(state, "B1"), newest.request_id)
    assert [one.answer for one in door.requests(who(state, "B1")).asked] == ["withdrawn", "declined"]


def test_an_owner_asks_for_the_same_and_of_few_suppliers_nothing_is_told(door: Door, state: State) -> None:
    door.ask_buyer(who(state, "O1"), "F1", "B1", "")
    with pytest.raises(NotKept, match="open request"):
        door.ask_buyer(who(state, "O1"), "F1", "B1", "")
    [asked] = door.requests(who(state, "B1")).from_owners
    assert door.requests(who(state, "B2")).from_owners == ()
    for other in ("B2",):
        with pytest.raises(NotAvailable):
            door.answer_owner(who(state, other), asked.request_id, "agree")
    for odd in ("agreed", "", None, 7):
        with pytest.raises(NotAvailable):
            door.answer_owner(who(state, "B1"), asked.request_id, odd)
    door.answer_owner(who(state, "B1"), asked.request_id, "agree")
    [told] = door.sharing(who(state, "O1"), "F1").asked
    assert (told.answer, told.opened and told.opened.total) == ("agreed", None)
    door.answer_owner(who(state, "B1"), asked.request_id, "end")
    assert door.sharing(who(state, "O1"), "F1").asked[0].opened is None


@pytest.mark.parametrize("name", ["O2", "B1", "B2", "N1", "X"])
def test_nobody_but_the_owner_decides(door: Door, state: State, name: str) -> None:
    viewer = who(state, name)
    calls: list[Callable[[], Any]] = [
        lambda: door.sharing(viewer, "F1"),
        lambda: door.share(viewer, "F1", "B1", "score", ""),
        lambda: door.stop_sharing(viewer, "F1", "B1"),
        lambda: door.decline(viewer, "F1", 1),
        lambda: door.ask_buyer(viewer, "F1", "B1", ""),
        lambda: door.withdraw_ask(viewer, "F1", 1),
        lambda: door.partner(viewer, "F1", "B1"),
    ]
    for call in calls:
        with pytest.raises(NotAvailable):
            call()
    assert deeds(state) == []


@pytest.mark.parametrize("odd", ODD)
def test_odd_buyers_factories_and_numbers_are_not_there(door: Door, state: State, odd: Any) -> None:
    owner, buyer = who(state, "O1"), who(state, "B2")
    calls: list[Callable[[], Any]] = [
        lambda: door.share(owner, "F1", odd, "score", ""),
        lambda: door.stop_sharing(owner, "F1", odd),
        lambda: door.ask_buyer(owner, "F1", odd, ""),
        lambda: door.decline(owner, "F1", odd),
        lambda: door.withdraw_ask(owner, "F1", odd),
        lambda: door.ask_factory(buyer, odd, "score", ""),
        lambda: door.ask_factory(buyer, "F1", "score", ""),  # where B2 does not buy
        lambda: door.withdraw_request(buyer, odd),
        lambda: door.answer_owner(buyer, odd, "agree"),
    ]
    for call in calls:
        with pytest.raises(NotAvailable):
            call()
    assert deeds(state) == []


@pytest.mark.parametrize(
    ("level", "until"),
    [(None, ""), ("everything", ""), (4, ""), ("score", "soon"), ("score", 7), ("score", "2020-01-01"),
     ("score", "2099-01-01"), ("score", "2027-13-01")],
)  # fmt: skip
def test_what_cannot_be_kept_gets_a_sentence(door: Door, state: State, level: Any, until: Any) -> None:
    with pytest.raises(NotKept) as told:
        door.share(who(state, "O1"), "F1", "B1", level, until)
    assert str(told.value).endswith(".")
    assert door.sharing(who(state, "O1"), "F1").shares == ()


def test_a_share_ends_by_itself(door: Door, state: State) -> None:
    today = datetime.now(UTC).date()
    door.share(who(state, "O1"), "F1", "B1", "score", today.isoformat())
    assert who(state, "B1").sees_factory("F1")
    with state.look() as look:
        account = account_by_id(look, 3)
        assert account is not None
        tomorrow = viewer_for(look, account, lambda _: frozenset(), today + timedelta(days=1))
    assert not tomorrow.sees_factory("F1")


def test_asking_for_what_is_shown_already_says_so(door: Door, state: State) -> None:
    door.share(who(state, "O1"), "F1", "B1", "full", "")
    with pytest.raises(NotKept, match="already"):
        door.ask_factory(who(state, "B1"), "F1", "themes", "")
    door.ask_factory(who(state, "B1"), "F1", "actions", "")


def test_everybody_sees_who_looked_as_far_as_it_concerns_them(door: Door, state: State) -> None:
    door.share(who(state, "O1"), "F1", "B1", "actions", "")
    door.share(who(state, "O2"), "F2", "B2", "actions", "")
    for name, factory in (("B1", "F1"), ("B1", "F1"), ("B2", "F2"), ("O1", "F1"), ("X", "F1")):
        door.overview(who(state, name), factory)
    looks = [(one.who, one.deed, one.own) for one in door.sharing(who(state, "O1"), "F1").looks]
    assert looks == [
        ("Operator of this portal", "opened the overview", False), ("O1", "opened the overview", True),
        ("B1", "opened the overview", False), ("O1", "shared", True),
    ]  # fmt: skip
    view = door.sharing(who(state, "O1"), "F1")
    assert {(week.who, week.looks) for week in view.weeks} == {("B1", 1), ("Operator of this portal", 1)}
    assert view.people_looked == 2
    assert {(one.who, one.factory) for one in door.looks(who(state, "B1")).lines} == {("B1", "Mill F1")}
    assert door.looks(who(state, "N1")).lines == ()
    assert {one.who for one in door.looks(who(state, "X")).lines} == {"B1", "B2", "O1", "O2", "Operator of this portal"}


WAYS: dict[str, Callable[[Door, Viewer], Any]] = {
    "opened the list of factories": lambda door, viewer: door.home(viewer),
    "opened the overview": lambda door, viewer: door.overview(viewer, "F1"),
    "opened the timeline": lambda door, viewer: door.timeline(viewer, TimelineQuery("F1")),
    "opened what followed actions": lambda door, viewer: door.footprint(viewer, FootprintQuery("F1")),
    "opened the indicators": lambda door, viewer: door.indicators(viewer, IndicatorsQuery("F1")),
    "opened how a score is computed": lambda door, viewer: door.explanation(viewer, "F1"),
    "opened the list of suppliers": lambda door, viewer: door.suppliers(viewer),
    "opened a comparison of suppliers": lambda door, viewer: door.comparison(viewer, CompareQuery(("F1", "F2"))),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_factory_leaves_a_line(door: Door, state: State, way: str) -> None:
    door.share(who(state, "O1"), "F1", "B1", "actions", "")
    viewer = who(state, "B1")
    for _ in range(2):
        WAYS[way](door, viewer)
    assert [(one.who, one.deed) for one in door.sharing(who(state, "O1"), "F1").looks] == [
        ("B1", way), ("O1", "shared"),
    ]  # fmt: skip
    if "suppliers" not in way:  # which are buyers' only
        WAYS[way](door, Viewer(0, Role.OPERATOR, ""))
    if way != "opened what followed actions":  # which an owner may not see as another
        WAYS[way](door, replace(viewer, preview=True))
    assert len(door.sharing(who(state, "O1"), "F1").looks) == 2, "a command of the operator, and looking as another"


def test_before_the_first_release_there_is_nothing_to_share(tmp_path: Path) -> None:
    home = Home(tmp_path / "empty").prepare()
    settings = Settings(home=home.root, threads=1)
    opened = State.open(home, settings)
    early = Door(Releases(home, settings), opened)
    with pytest.raises(NoRelease):
        early.sharing(Viewer(1, Role.OWNER, "O1", frozenset({"F1"})), "F1")
    with pytest.raises(NoRelease):
        early.requests(Viewer(1, Role.BUYER, "B1"))
    opened.close()
