"""What a factory agreed to show is what is shown: score, themes, questions and groups, own actions."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from access.levels import Level
from access.policy import LEAST, NO_PREVIEW, POLICY, check, may, reaches
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state import State
from scoring.model import OVERALL, TimelineQuery
from scoring.query import FootprintQuery, IndicatorsQuery
from scoring.service import Door
from tests.scoring.acted import OWNER, acted_release, buyer

THEMES, QUESTIONS = ("T0", "T1"), ("Q0", "Q1", "Q2", "Q3")
WITH_ACTIONS = "F00"


class Same(Releases):
    """Always the same release."""

    def __init__(self, release: OpenRelease) -> None:
        """Holds the release."""
        self.release = release

    def current(self) -> OpenRelease:
        """The release."""
        return self.release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories with actions."""
    return acted_release(tmp_path_factory.mktemp("acted"))


@pytest.fixture
def door(release: OpenRelease, tmp_path: Path) -> Iterator[Door]:
    """The door to it."""
    state = State.open(Home(tmp_path), Settings(home=tmp_path))
    yield Door(Same(release), state)
    state.close()


def viewer_at(level: Level, factory: str = WITH_ACTIONS) -> Viewer:
    """A buyer to whom the factory shows that much; B0 did something there."""
    return replace(buyer("B0", factory), limits=frozenset({(factory, level)}))


def told(door: Door, viewer: Viewer) -> str:
    """Everything that overview and timeline show, whatever rows are asked for."""
    rows = (OVERALL, "T0", "Q0", "Q2")
    views = [door.overview(viewer, WITH_ACTIONS)]
    queries = [TimelineQuery(WITH_ACTIONS, rows=asked, period="all", view=view)
               for asked in ((), rows) for view in ("time", "weeks")]  # fmt: skip
    return repr([asdict(view) for view in views] + [
        {k: v for k, v in asdict(door.timeline(viewer, query)).items() if k != "query"} for query in queries
    ])  # fmt: skip


@pytest.mark.parametrize("level", Level)
def test_pages_hold_what_was_agreed_and_nothing_more(door: Door, level: Level) -> None:
    text = told(door, viewer_at(level))
    assert "'overall'" in text
    assert any(f"'{theme}'" in text for theme in THEMES) == (level >= Level.THEMES)
    assert any(f"'{question}'" in text for question in QUESTIONS) == (level >= Level.FULL)
    assert ("Buyer B0" in text) == (level >= Level.ACTIONS)
    assert ("Rush order" in text) == (level >= Level.ACTIONS)


@pytest.mark.parametrize("level", Level)
def test_everything_else_is_not_there(door: Door, level: Level) -> None:
    viewer = viewer_at(level)
    for call, least in (
        (lambda: door.explanation(viewer, WITH_ACTIONS), Level.THEMES),
        (lambda: door.explanation(viewer, WITH_ACTIONS, "T0"), Level.FULL),
        (lambda: door.explained(viewer, WITH_ACTIONS, "Q0"), Level.FULL),
        (lambda: door.indicators(viewer, IndicatorsQuery(WITH_ACTIONS)), Level.FULL),
        (lambda: door.footprint(viewer, FootprintQuery(WITH_ACTIONS)), Level.ACTIONS),
    ):
        if level >= least:
            call()
        else:
            with pytest.raises(NotAvailable):
                call()
    deep = {Level.SCORE: {"factory"}, Level.THEMES: {"factory", "theme"}}
    found = set(door.scores(viewer, None)["level"])
    assert found == deep.get(level, {"factory", "theme", "indicator"})
    assert bool(door.footprint(viewer, FootprintQuery()).actions) == (level >= Level.ACTIONS)


def test_one_factory_s_level_is_not_another_s(door: Door) -> None:
    viewer = replace(buyer("B0", "F00", "F08"), limits=frozenset({("F00", Level.SCORE)}))
    assert door.indicators(viewer, IndicatorsQuery("F08")) is not None
    with pytest.raises(NotAvailable):
        door.indicators(viewer, IndicatorsQuery("F00"))
    table = door.scores(viewer, None)
    assert set(table[table["factory_id"] == "F00"]["level"]) == {"factory"}
    assert "theme" in set(table[table["factory_id"] == "F08"]["level"])


def test_an_owner_who_looks_as_a_buyer_sees_what_it_would_and_changes_nothing(door: Door) -> None:
    seen = replace(viewer_at(Level.THEMES), user_id=OWNER.user_id, preview=True)
    assert told(door, seen) == told(door, viewer_at(Level.THEMES))
    for permission in NO_PREVIEW:
        with pytest.raises(NotAvailable):
            check(replace(buyer("B0", "F00"), preview=True), permission, "F00")
    with pytest.raises(NotAvailable):
        door.looks(seen)


@pytest.mark.parametrize("odd", [None, 7, "", "F9", ["F00"], {"F00": 1}, True])
def test_odd_factories_are_not_reached(odd: object) -> None:
    assert not reaches(buyer("B0", "F00"), "overview.view", odd)


def test_every_permission_with_a_least_level_exists_and_owners_see_everything() -> None:
    assert set(LEAST) | NO_PREVIEW <= set(POLICY)
    for permission, roles in POLICY.items():
        assert reaches(OWNER, permission, "F00") == (Role.OWNER in roles)
        assert may(OWNER, permission) == (Role.OWNER in roles)
