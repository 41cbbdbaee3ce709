"""The door to a buyer's own pages: who may enter, what ended, what an owner in a buyer's place reads, who looked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.audit import at_factory
from data.state.grants import grant, revoke_grants
from data.state.organisations import organisation_id, record_organisations
from data.state.store import State
from scoring.model import NoRelease
from scoring.service import Door
from scoring.supplier_views import CompareQuery
from tests.scoring.releases import write_release
from tests.scoring.test_service import made

BUYER = Viewer(2, Role.BUYER, "B1", frozenset({"F1", "F2"}))


@pytest.fixture(scope="module")
def state_and_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[State, Door]]:
    """The door to three factories; two share with B1, the third did until three days ago."""
    home = Home(tmp_path_factory.mktemp("door"))
    write_release(home, made())
    settings = Settings(home=home.root, threads=1)
    state, now = State.open(home, settings), datetime.now(UTC)
    with state.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1", "name": "Buyer B1"}])
        number = organisation_id(change, "buyer", "B1") or 0
        grant(change, "F1", number, now=now - timedelta(days=300))
        grant(change, "F2", number, now=now - timedelta(days=9))
        grant(change, "F3", number, now=now - timedelta(days=300))
        revoke_grants(change, "F3", number, now=now - timedelta(days=3))
    yield state, Door(Releases(home, settings), state)
    state.close()


@pytest.fixture
def door(state_and_door: tuple[State, Door]) -> Door:
    return state_and_door[1]


def test_a_buyer_reads_its_suppliers_and_what_began_and_ended(door: Door) -> None:
    view = door.suppliers(BUYER)
    assert view.shown == ("F1", "F2")
    today = datetime.now(UTC).date()
    assert [(one.factory_id, (today - one.day).days) for one in view.shares] == [("F2", 9), (None, 3)]
    assert "F3" not in repr(view)


def test_an_owner_in_a_buyer_s_place_reads_nothing_of_its_other_suppliers(door: Door) -> None:
    preview = replace(BUYER, factories=frozenset({"F1"}), preview=True)
    view = door.suppliers(preview)
    assert view.shown == ("F1",)
    assert view.shares == ()


@pytest.mark.parametrize("role", [Role.OWNER, Role.NGO, Role.OPERATOR])
def test_nobody_else_enters(door: Door, role: Role) -> None:
    viewer = replace(BUYER, role=role)
    with pytest.raises(NotAvailable):
        door.suppliers(viewer)
    with pytest.raises(NotAvailable):
        door.comparison(viewer, CompareQuery(("F1",)))


def test_forbidden_and_unknown_are_one_and_leave_no_look(state_and_door: tuple[State, Door]) -> None:
    state, door = state_and_door
    assert door.comparison(BUYER, CompareQuery(("F3",))) == door.comparison(BUYER, CompareQuery(("F9",)))
    with state.look() as look:
        assert at_factory(look, "F3") == []
        assert at_factory(look, "F9") == []


def test_each_look_is_in_the_trail_of_the_factories_shown(state_and_door: tuple[State, Door]) -> None:
    state, door = state_and_door
    door.suppliers(BUYER)
    door.comparison(BUYER, CompareQuery(("F1", "F3")))
    with state.look() as look:
        first, second = ({line.deed for line in at_factory(look, name)} for name in ("F1", "F2"))
    assert first == {"opened the list of suppliers", "opened a comparison of suppliers"}
    assert second == {"opened the list of suppliers"}


def test_before_the_first_release_there_is_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Home(tmp_path_factory.mktemp("closed")).prepare()
    settings = Settings(home=home.root)
    state = State.open(home, settings)
    with pytest.raises(NoRelease):
        Door(Releases(home, settings), state).suppliers(BUYER)
    state.close()
