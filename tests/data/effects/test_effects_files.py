"""Effects files: what they hold, that they follow the actions, and that a cut leaves none half done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.effects import files, tables
from data.effects.tables import TABLES
from data.release.files import current
from data.release.publish import finish_release, refresh_effects
from data.release.reader import OpenRelease
from tests.data.release.homes import ACTION, SmallHome, small_home
from tests.data.release.test_closing import said
from tests.scoring.releases import THROUGH, Asked, CellRow, Made, Site, action_row, opened

START, WEEKS, FACTORIES = date(2025, 3, 3), 56, 27
DROP = 5.0
"""Points by which answers truly lie lower in the 13 weeks from a rush order on."""
KINDS = ("rush_order", "tea_party")
BUYERS = tuple(f"B{place}" for place in range(7))


def questions(codebook: str = "book") -> list[Asked]:
    """Two themes of averaged questions, and three questions that are never averaged."""
    asked = [
        Asked("A1", "A"), Asked("A2", "A"), Asked("B1", "B"), Asked("X1", "B", role="context"),
        Asked("Z1", "B", zero_tolerance=True), Asked("V1", "B", is_vignette=True),
    ]  # fmt: skip
    return [Asked(**(vars(one) | {"codebook": codebook})) for one in asked]


def actions(rng: np.random.Generator) -> list[dict[str, object]]:
    """Two actions of each kind at every factory, by seven buyers; every third tea party was a programme's."""
    rows = []
    for place in range(2 * len(KINDS) * FACTORIES):
        kind = KINDS[place % 2]
        day = START + timedelta(days=int(rng.integers(30, 7 * WEEKS - 100)))
        buyer = BUYERS[place // 2 % 7]
        who = {"buyer_id": buyer, "buyer_name": f"Buyer {buyer}"}
        if kind == "tea_party" and place % 3 == 0:
            who = {"buyer_id": None, "buyer_name": None, "actor_type": "programme", "actor_id": "P1"}
        rows.append(action_row(f"A{place:03d}", f"F{place // 4:02d}", day, kind=kind, kind_name=kind, **who))
    return rows


def cells(rng: np.random.Generator, done: list[dict[str, object]], codebook: str = "book") -> list[CellRow]:
    """A cell a week of every question and factory, lower by DROP after rush orders."""
    rushed = {(str(row["factory_id"]), row["date"]) for row in done if row["kind"] == "rush_order"}
    rows = []
    for factory in range(FACTORIES):
        name, level = f"F{factory:02d}", rng.normal(60, 5)
        starts = [day for where, day in rushed if where == name]
        for week in range(WEEKS):
            first = START + timedelta(days=7 * week)
            days = [first + timedelta(days=d) for d in range(7)]
            hit = sum(sum(0 <= (day - start).days <= 90 for day in days) / 7 for start in starts)  # type: ignore[operator]  # rows hold objects
            for one in questions():
                mean = level - DROP * hit + rng.normal(0, 3)
                rows.append(CellRow(name, one.indicator_id, first, days[-1], 40, 40 * mean, 40 * mean**2, codebook))
    return rows


def sites() -> list[Site]:
    """Factories of two countries; one of unknown headcount."""
    return [
        Site(f"F{place:02d}", country=("BD", "VN")[place % 2], headcount=None if place == 4 else 100 + 10 * place)
        for place in range(FACTORIES)
    ]


@pytest.fixture(scope="module")
def made() -> Made:
    """A release of two countries with its actions."""
    rng = np.random.default_rng(8)
    done = actions(rng)
    return Made(cells=cells(rng, done), questions=questions(), factories=sites(), actions=done)


@pytest.fixture(scope="module")
def told(made: Made, tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    return opened(tmp_path_factory.mktemp("effects"), made)


def table(release: OpenRelease, name: str) -> pd.DataFrame:
    """One table of the effects file."""
    return release.effects.engine.connection.table(name).df()


def test_it_tells_of_averaged_questions_themes_and_the_whole(told: OpenRelease) -> None:
    kinds = table(told, "kinds")
    outcomes = set(zip(kinds["level"], kinds["theme"].fillna(""), kinds["indicator_id"].fillna(""), strict=True))
    questions_told = {("indicator", "A", "A1"), ("indicator", "A", "A2"), ("indicator", "B", "B1")}
    assert outcomes == questions_told | {("theme", "A", ""), ("theme", "B", ""), ("overall", "", "")}
    assert len(kinds) == 6 * len(KINDS)
    assert set(kinds["codebook"]) == {"book"}


def test_what_follows_is_found_also_for_a_kind_that_nobody_listed(told: OpenRelease) -> None:
    kinds = table(told, "kinds").set_index(["kind", "level", "indicator_id"]).sort_index()
    rush = kinds.loc[("rush_order", "overall")].iloc[0]
    assert rush["effect"] == pytest.approx(-DROP, abs=0.6)
    assert rush["low"] <= -DROP <= rush["high"]
    assert rush["verdict"] == "clear"
    tea = kinds.loc[("tea_party", "overall")].iloc[0]
    assert abs(tea["effect"]) < 1
    assert tea["verdict"] != "clear"
    assert (tea["events"], tea["factories"]) == (2 * FACTORIES, FACTORIES)


def test_an_action_of_unknown_size_is_as_severe_as_usual(told: OpenRelease, tmp_path: Path) -> None:
    assert set(table(told, "actions")["severity"]) == {1.0}
    sizes = {"A": 10.0, "B": 20.0, "C": 400.0, "D": None, "E": 0.5, "F": -20.0}
    rows = [action_row(name, "F1", START, magnitude=size, unit="days") for name, size in sizes.items()]
    rows.append(action_row("G", "F1", START, magnitude=3.0, unit="% of price"))
    found = table(opened(tmp_path, Made(actions=rows)), "actions").set_index("action_id")["severity"]
    assert found.to_dict() == {"A": 0.5, "B": 1.0, "C": 4.0, "D": 1.0, "E": 0.25, "F": 1.0, "G": 1.0}


def test_profiles_events_and_coverage_belong_together(told: OpenRelease, made: Made) -> None:
    profiles, events, coverage = (table(told, name) for name in ("profiles", "events", "coverage"))
    assert set(profiles["lag"]) == set(range(-4, 14))
    assert len(profiles) == 6 * len(KINDS) * 18
    assert set(events["action_id"]) <= {row["action_id"] for row in made.actions}
    assert not events.duplicated(["level", "theme", "indicator_id", "action_id"]).any()
    assert len(events) > 0.8 * 6 * len(made.actions)
    assert set(table(told, "own_events")["action_id"]) == set(events["action_id"])
    assert coverage["cells"].tolist() == [FACTORIES * WEEKS] * 3
    assert coverage["days"].tolist() == [7.0] * 3


def test_only_what_a_buyer_did_where_heads_are_known_is_charged(told: OpenRelease, made: Made) -> None:
    footprints = table(told, "footprints")
    whole = footprints[(footprints["level"] == "overall") & footprints["kind"].isna() & ~footprints["shared"]]
    by_buyer = [row for row in made.actions if row["actor_type"] == "buyer" and row["factory_id"] != "F04"]
    assert set(whole["buyer_id"]) == set(BUYERS)
    assert whole["actions"].sum() == len(by_buyer) < len(made.actions)
    assert (whole["worker_week_points"] < 0).all()


def test_without_actions_every_table_is_there_and_empty(made: Made, tmp_path: Path) -> None:
    bare = opened(tmp_path, Made(made.cells, made.questions, made.factories))
    for name in ("actions", *TABLES):
        assert table(bare, name).empty, name


def test_without_cells_nothing_is_estimated(made: Made, tmp_path: Path) -> None:
    bare = opened(tmp_path, Made((), made.questions, made.factories, actions=made.actions))
    assert len(table(bare, "actions")) == len(made.actions)
    assert table(bare, "kinds").empty


def test_too_few_factories_leave_numbers_empty(made: Made, tmp_path: Path) -> None:
    few = [cell for cell in made.cells if cell.factory_id < "F20"]
    kinds = table(opened(tmp_path, Made(few, made.questions, made.factories, actions=made.actions)), "kinds")
    assert set(kinds["verdict"]) == {"too_few_events"}
    assert kinds[["effect", "low", "high", "p", "q_bh", "q_by", "pretrend_p"]].isna().all(axis=None)


def test_actions_at_factories_that_are_not_known_change_nothing(made: Made, told: OpenRelease, tmp_path: Path) -> None:
    stray = [
        action_row(f"S{place:02d}", "F99", START + timedelta(days=100 + place), kind="rush_order", buyer_id="B9")
        for place in range(30)
    ]
    more = opened(tmp_path, Made(made.cells, made.questions, made.factories, actions=[*made.actions, *stray]))
    assert len(table(more, "actions")) == len(made.actions) + 30
    for name in ("kinds", "profiles", "events", "coverage"):
        pd.testing.assert_frame_equal(table(more, name), table(told, name))
    assert "B9" not in set(table(more, "footprints")["buyer_id"])


def test_each_codebook_is_estimated_for_itself(made: Made, told: OpenRelease, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    other = cells(rng, list(made.actions), "other")
    both = Made([*made.cells, *other], [*questions(), *questions("other")], made.factories, actions=made.actions)
    kinds = table(opened(tmp_path, both), "kinds")
    assert set(kinds["codebook"]) == {"book", "other"}
    mine = kinds[kinds["codebook"] == "book"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, table(told, "kinds"))
    assert not np.allclose(kinds.loc[kinds["codebook"] == "other", "effect"], mine["effect"])


@pytest.fixture
def small(tmp_path: Path) -> SmallHome:
    """A home with a first release of one action."""
    home = small_home(tmp_path)
    home.load(said(START, "1234512345"), [ACTION])
    home.release()
    return home


def effects_files(small: SmallHome) -> dict[str, bytes]:
    """Every effects file, drafts too, with its bytes."""
    return {path.name: path.read_bytes() for path in small.home.effects.iterdir() if path.name != "CURRENT"}


def test_the_same_actions_have_the_same_file_and_others_a_new_one(small: SmallHome) -> None:
    before, name = effects_files(small), current(small.home.effects)
    refresh_effects(small.home, small.settings, small.state)
    assert effects_files(small) == before
    small.load([], [ACTION | {"action_id": "A2", "kind": "tea_party", "factory_id": "F3"}])
    refresh_effects(small.home, small.settings, small.state)
    after = effects_files(small)
    assert {one: after[one] for one in before} == before
    assert len(after) == len(before) + 1
    assert current(small.home.effects) != name
    small.state.close()


Broken = tuple[object, str]


@pytest.mark.parametrize(
    "broken", [(files, "estimates"), (files, "write_estimates"), (tables, "cascade_of"), (files, "settle_file")]
)
def test_a_cut_half_way_leaves_nothing_half_done(
    small: SmallHome, monkeypatch: pytest.MonkeyPatch, broken: Broken
) -> None:
    small.load(
        said(START + timedelta(days=7), "1234512345", first=50),
        [ACTION | {"action_id": "A2", "date": START.isoformat()}],
    )
    before, name = effects_files(small), current(small.home.effects)
    with monkeypatch.context() as patched:
        patched.setattr(*broken, failing())
        with pytest.raises(InterruptedError):
            refresh_effects(small.home, small.settings, small.state)
    there = effects_files(small)
    assert {one for one in there if one.endswith(".duckdb")} == set(before), "no file under its name"
    assert current(small.home.effects) == name
    finish_release(small.home, small.settings, small.state)
    refresh_effects(small.home, small.settings, small.state)
    assert len(effects_files(small)) == len(before) + 1
    assert not list(small.home.effects.glob("*.draft*"))
    small.state.close()


def failing() -> Callable[..., None]:
    """A function that never comes to its end."""

    def cut_off(*_args: object) -> None:
        raise InterruptedError

    return cut_off


def test_what_lies_ahead_of_the_release_counts_for_nothing_yet(made: Made, tmp_path: Path) -> None:
    ahead = action_row("Z", "F1", THROUGH + timedelta(days=1), magnitude=90.0, unit="days")
    now = action_row("Y", "F1", START, magnitude=10.0, unit="days")
    with_it = opened(tmp_path / "ahead", replace(made, actions=[*made.actions, now, ahead]))
    without = opened(tmp_path / "plain", replace(made, actions=[*made.actions, now]))
    severity = table(with_it, "actions").set_index("action_id")["severity"]
    assert (severity["Y"], severity["Z"]) == (1.0, 4.0), "beside the median of what has happened"
    for name in ("kinds", "profiles", "events", "own_events", "footprints", "sums", "heard"):
        pd.testing.assert_frame_equal(table(with_it, name), table(without, name))
