"""The door: every answer is for somebody, and what is not for them does not exist."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from scoring.model import OVERALL, NoRelease, Reason, TimelineQuery
from scoring.service import Door
from tests.scoring.releases import THROUGH, Asked, Made, Reached, action_row, cell_of, write_release

DAY = timedelta(days=1)
QUESTIONS = [*(Asked(f"Q{i}", f"T{i % 3}") for i in range(6)), Asked("Z", "T9", zero_tolerance=True)]
HOSTILE = [None, "", "F9", "1 or 1=1", "../x", ["F1"], {"F1": 1}, 7, "F1\x00", "F1;", "f1", "%", "é" * 5000]

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1", "F3"}))
BUYER = Viewer(2, Role.BUYER, "B1", frozenset({"F1"}))
OTHER = Viewer(3, Role.BUYER, "B2", frozenset({"F2"}))
NGO = Viewer(4, Role.NGO, "N1")
OPERATOR = Viewer(5, Role.OPERATOR, "X")


def made() -> Made:
    """Two factories with a year of weekly cells that fall by twenty in the last quarter, one without any."""
    cells = [
        cell_of(factory, q.indicator_id, THROUGH - timedelta(days=7 * week + 6), 7, (x, x + 25) * 10)
        for factory in ("F1", "F2")
        for q in QUESTIONS[:6]
        for week in range(52)
        for x in [(25 if week < 13 else 50) + 25 * (q.theme == "T2")]
    ]
    actions = [
        action_row("A1", "F1", THROUGH - 60 * DAY, magnitude=48.0, unit="days late"),
        action_row("A2", "F1", THROUGH - 50 * DAY, buyer_id="B2", buyer_name="Buyer B2", note="private"),
        action_row("A3", "F2", THROUGH - 50 * DAY, buyer_id="B2", buyer_name="Buyer B2"),
        action_row("A4", "F1", THROUGH - 500 * DAY),
        action_row("A5", "F3", THROUGH - 20 * DAY),
    ]
    reach = [Reached("F1", date(2026, 4, 1), 60, 50, 120), Reached("F1", date(2026, 1, 1), 55, 50, 110)]
    return Made(cells, QUESTIONS, ["F1", "F2", "F3"], reach, actions)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door to that release."""
    home = Home(tmp_path_factory.mktemp("door"))
    write_release(home, made())
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    yield Door(Releases(home, settings), state)
    state.close()


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Door]:
    """The door before the first release."""
    home, settings = Home(tmp_path).prepare(), Settings(home=tmp_path)
    state = State.open(home, settings)
    yield Door(Releases(home, settings), state)
    state.close()


@pytest.mark.parametrize("asked", HOSTILE, ids=str)
@pytest.mark.parametrize("viewer", [OWNER, BUYER, NGO, OPERATOR], ids=lambda v: v.role)
def test_what_is_not_there_and_what_is_not_ours_look_the_same(door: Door, viewer: Viewer, asked) -> None:
    for answer in (
        lambda: door.factory(viewer, asked),
        lambda: door.overview(viewer, asked),
        lambda: door.timeline(viewer, TimelineQuery(asked)),
    ):
        with pytest.raises(NotAvailable):
            answer()


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [(OWNER, {"F1", "F3"}), (BUYER, {"F1"}), (OTHER, {"F2"}), (NGO, set()), (OPERATOR, {"F1", "F2", "F3"})],
    ids=lambda v: getattr(v, "role", None),
)
def test_each_sees_the_own_factories_in_every_answer(door: Door, viewer: Viewer, seen: set[str]) -> None:
    assert {one.factory.factory_id for one in door.home(viewer).factories} == seen
    for factory in ("F1", "F2", "F3"):
        if factory in seen:
            assert door.factory(viewer, factory).factory_id == factory
            assert door.overview(viewer, factory).factory.factory_id == factory
            assert door.timeline(viewer, TimelineQuery(factory)).factory.factory_id == factory
            assert set(door.scores(viewer, None, factories=[factory])["factory_id"]) == {factory}
        else:
            with pytest.raises(NotAvailable):
                door.overview(viewer, factory)
            with pytest.raises(NotAvailable):
                door.scores(viewer, None, factories=[factory])
    if viewer is NGO:
        with pytest.raises(NotAvailable):
            door.scores(viewer, None)
    else:
        assert set(door.scores(viewer, None)["factory_id"]) == seen
        with pytest.raises(NotAvailable):
            door.scores(viewer, None, factories=[*sorted(seen), "F9"] if viewer is not OPERATOR else [None, 3])
    assert door.home(Viewer(9, viewer.role, "nobody")).factories == () or viewer is OPERATOR


def test_only_the_operator_looks_at_the_service(door: Door) -> None:
    for viewer in (OWNER, BUYER, NGO):
        with pytest.raises(NotAvailable):
            door.service(viewer)
    view = door.service(OPERATOR)
    assert [made.release for made in view.releases] == [1]


def test_a_buyer_sees_its_own_actions_and_nobody_elses(door: Door) -> None:
    for view in (door.timeline(BUYER, TimelineQuery("F1", period="all")), door.overview(BUYER, "F1")):
        assert not view.every_buyer
        assert "B2" not in repr(view)
        assert "private" not in repr(view)
        assert "A2" not in repr(view)
    assert [a.action.action_id for a in door.timeline(BUYER, TimelineQuery("F1", period="all")).aftermaths] == [
        "A1",
        "A4",
    ]
    assert door.timeline(BUYER, TimelineQuery("F1", action="A2")).selected is None
    owners = door.timeline(OWNER, TimelineQuery("F1", action="A2"))
    assert owners.every_buyer
    assert owners.selected.action.note == "private"
    assert [a.action.action_id for a in owners.aftermaths] == ["A2", "A1"]


def test_before_the_first_release_there_is_a_home_and_nothing_else(closed: Door) -> None:
    assert closed.stamp() is None
    assert closed.release_number() is None
    assert closed.factory_ids() is None
    assert closed.owned("O1") == frozenset()
    for viewer in (OWNER, BUYER, NGO, OPERATOR):
        home = closed.home(viewer)
        assert (home.role, home.stamp, home.factories) == (viewer.role, None, ())
    for answer in (
        lambda: closed.overview(OWNER, "F1"),
        lambda: closed.timeline(OWNER, TimelineQuery("F1")),
        lambda: closed.scores(OPERATOR, None),
    ):
        with pytest.raises(NoRelease):
            answer()
    assert closed.service(OPERATOR).stamp is None


def test_owners_own_what_was_declared_as_theirs(door: Door) -> None:
    assert door.owned("O1") == {"F1", "F2", "F3"}
    assert door.owned("") == door.owned("O2") == frozenset()
    assert door.factory_ids() == {"F1", "F2", "F3"}
    assert door.release_number() == 1


def test_the_overview_tells_one_story(door: Door) -> None:
    view = door.overview(OWNER, "F1")
    rows = door.scores(OWNER, None, factories=["F1"])
    overall = rows[rows["level"] == "factory"].iloc[0]
    assert view.overall.estimate.value == overall["score"]
    assert view.overall.answers == overall["n"]
    (listed,) = [one for one in door.home(OWNER).factories if one.factory.factory_id == "F1"]
    assert listed.score.estimate == view.overall.estimate
    assert listed.change == view.change
    assert view.change.points < 0
    assert view.overall.questions == 6
    assert [theme.score.key for theme in view.themes] == ["T0", "T1", "T2"]
    assert [theme.score.questions for theme in view.themes] == [2, 2, 2]
    assert view.themes[2].score.estimate.value > view.themes[0].score.estimate.value
    assert view.not_averaged == ("Theme T9",)
    assert [a.action_id for a in view.actions] == ["A1", "A2"]
    assert (view.participation.people, view.participation.quarter) == (60, date(2026, 4, 1))
    assert len(view.findings) <= 5
    assert view.findings[0].kind == "after"
    assert view.findings[0].query.action == "A2"
    assert {f.kind for f in view.findings} >= {"after", "drop"}


def test_an_overview_without_cells_says_so(door: Door) -> None:
    view = door.overview(OWNER, "F3")
    assert (view.overall.estimate, view.overall.reason) == (None, Reason.NOT_ENOUGH)
    assert view.themes == view.year.points == ()
    assert view.participation is None
    timeline = door.timeline(OWNER, TimelineQuery("F3", period="all"))
    assert timeline.rows == ()
    assert [a.action_id for lane in timeline.lanes for a in lane.actions] == ["A5"]


def test_the_timeline_draws_what_was_asked_for(door: Door) -> None:
    view = door.timeline(OWNER, TimelineQuery("F1", rows=("Q3", "nothing", "T2", OVERALL, "Q1", "Q0"), period="6m"))
    assert [row.key for row in view.rows] == ["Q3", "T2", OVERALL, "Q1"]
    assert (view.last - view.first).days == 181
    assert {c.key for c in view.choices} == {OVERALL, "T0", "T1", "T2", *(f"Q{i}" for i in range(6))}
    assert door.timeline(OWNER, TimelineQuery("F1", rows=("nothing",))).rows[0].key == OVERALL
    whole = door.timeline(OWNER, TimelineQuery("F1", period="all"))
    assert whole.first == THROUGH - 500 * DAY
    for one in whole.aftermaths:
        assert [row.key for row in one.rows] == [row.key for row in whole.rows]
    by_buyer = door.timeline(OWNER, TimelineQuery("F1", lanes="buyer", period="all"))
    assert {lane.name for lane in by_buyer.lanes} == {"Buyer B1", "Buyer B2"}
