"""Warnings and bands of leads through the door: who may see them, and as what."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from scoring.model import NoRelease
from scoring.service import Door
from tests.scoring.releases import Asked, Made, cell_of, write_release

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 15)
QUARTER = date(2026, 1, 1)
OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1", "F3"}))
BUYER = Viewer(2, Role.BUYER, "B1", frozenset({"F1"}))
OTHER = Viewer(3, Role.BUYER, "B2", frozenset({"F2"}))
NGO = Viewer(4, Role.NGO, "N1")
OPERATOR = Viewer(5, Role.OPERATOR, "X")
STRANGER = Viewer(6, Role.OWNER, "O9")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door to a release in which every factory has a warning and a band."""
    home = Home(tmp_path_factory.mktemp("quality"))
    cells = [cell_of(f, "Q1", MONDAY, 7, (25, 75) * 10) for f in ("F1", "F2", "F3")]
    write_release(home, Made(cells, [Asked("Q1", "T1"), Asked("Z", "T9", zero_tolerance=True)], ["F1", "F2", "F3"]))
    path = next(home.releases.glob("*.duckdb"))
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        for factory in ("F1", "F2", "F3"):
            connection.execute("INSERT INTO flags VALUES (?, 'burst', ?, ?, 'Far more.')", [factory, MONDAY, SUNDAY])
            connection.execute("INSERT INTO leads VALUES (?, 'Z', ?, 'some', 'book')", [factory, QUARTER])
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    yield Door(Releases(home, settings), state)
    state.close()


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [(OWNER, {"F1", "F3"}), (BUYER, {"F1"}), (OTHER, {"F2"}), (STRANGER, set()), (OPERATOR, {"F1", "F2", "F3"})],
)
def test_whoever_may_see_a_factory_sees_its_warnings(door: Door, viewer: Viewer, seen: set[str]) -> None:
    assert set(door.flags(viewer)["factory_id"]) == seen
    for factory in ("F1", "F2", "F3"):
        if factory in seen:
            told = door.flags(viewer, factory).to_dict("records")
            assert told == [
                {"factory_id": factory, "kind": "burst", "from": MONDAY, "to": SUNDAY, "detail": "Far more."}
            ]
        else:
            with pytest.raises(NotAvailable):
                door.flags(viewer, factory)


@pytest.mark.parametrize(("viewer", "seen"), [(OWNER, {"F1", "F3"}), (STRANGER, set()), (OPERATOR, {"F1", "F2", "F3"})])
def test_leads_are_for_owners_and_the_operator(door: Door, viewer: Viewer, seen: set[str]) -> None:
    assert set(door.leads(viewer)["factory_id"]) == seen
    for factory in ("F1", "F2", "F3"):
        if factory in seen:
            told = door.leads(viewer, factory).to_dict("records")
            assert told == [{"factory_id": factory, "indicator_id": "Z", "quarter": QUARTER, "band": "some"}]
        else:
            with pytest.raises(NotAvailable):
                door.leads(viewer, factory)


@pytest.mark.parametrize("viewer", [BUYER, OTHER, NGO])
@pytest.mark.parametrize("factory", [None, "F1", "F2", "F9"])
def test_leads_are_for_nobody_else(door: Door, viewer: Viewer, factory: str | None) -> None:
    with pytest.raises(NotAvailable):
        door.leads(viewer, factory)


def test_warnings_are_not_for_ngos(door: Door) -> None:
    for factory in (None, "F1"):
        with pytest.raises(NotAvailable):
            door.flags(NGO, factory)


@pytest.mark.parametrize("odd", ["", "F9", "1 or 1=1", ["F1"], {"F1": 1}, 7, "F1\x00", "%"])
def test_an_odd_factory_does_not_exist(door: Door, odd: object) -> None:
    for asked in (door.flags, door.leads):
        with pytest.raises(NotAvailable):
            asked(OWNER, odd)


def test_before_the_first_release_there_is_none(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    closed = Door(Releases(home, settings), state)
    for asked in (closed.flags, closed.leads):
        with pytest.raises(NoRelease):
            asked(OPERATOR)
    state.close()
