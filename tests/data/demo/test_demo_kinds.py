"""A plan may name the kinds that occur, and have one of them follow bad patches."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.demo.kinds import AFTER_BAD_PATCH, KINDS
from data.demo.levels import PATCH_DAYS, PATCH_POINTS, room
from data.demo.plan import Plan
from data.demo.questions import questions
from data.demo.world import Truth, make_world
from tests.data.demo.conftest import Made

FEW = ("rush_order", AFTER_BAD_PATCH)


def small(plan: Plan) -> Plan:
    """The plan with few factories, as long as the showcase factory's schedule."""
    return replace(plan, factories=5, weeks=53, activity=0.2)


def test_only_the_kinds_named_occur_also_at_the_showcase_factory(small_plan: Plan, tmp_path: Path) -> None:
    everything = make_world(tmp_path / "all", small(small_plan)).actions
    chosen = make_world(tmp_path / "few", replace(small(small_plan), kinds=FEW))
    assert set(everything["kind"]) > set(FEW)
    assert set(chosen.actions["kind"]) == set(FEW)
    columns = ["factory_id", "kind", "date"]
    kept = everything.loc[everything["kind"].isin(FEW), columns].sort_values(columns, ignore_index=True)
    pd.testing.assert_frame_equal(chosen.actions[columns].sort_values(columns, ignore_index=True), kept)
    showcase = chosen.actions[chosen.actions["factory_id"] == "F001"]
    assert showcase["kind"].value_counts().to_dict() == {"rush_order": 2, AFTER_BAD_PATCH: 1}
    written = pd.read_csv(tmp_path / "few" / "buyer_actions.csv")
    assert written["kind"].tolist() == chosen.actions["kind"].tolist()


def test_all_kinds_named_is_the_same_world(small_world: Made, tmp_path: Path) -> None:
    named = replace(small_world.plan, kinds=tuple(kind.slug for kind in KINDS))
    make_world(tmp_path, named)
    for name in ("buyer_actions.csv", "orders.csv", "answers.parquet"):
        assert (tmp_path / name).read_bytes() == (small_world.folder / name).read_bytes(), name


def test_no_kind_at_all_is_a_world_without_actions(small_plan: Plan, tmp_path: Path) -> None:
    assert make_world(tmp_path, replace(small(small_plan), kinds=())).actions.empty


def test_a_kind_that_does_not_exist_is_refused(small_plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tea_party"):
        make_world(tmp_path, replace(small(small_plan), kinds=("rush_order", "tea_party")))


def dips(before: Truth, after: Truth, indicator: str, column: str) -> dict[str, np.ndarray]:
    """By factory, how far the levels of one question lie lower with bad patches than without."""
    both = (t.levels[t.levels["indicator_id"] == indicator].set_index(["factory_id", "date"]) for t in (before, after))
    first, second = both
    apart = (first[column] - second[column]).astype(float)
    return {str(factory): rows.to_numpy() for factory, rows in apart.groupby("factory_id", observed=True)}


@pytest.mark.parametrize(("effects", "indicator"), [(True, "HRS-01"), (False, "GRV-01")])
def test_a_bad_patch_comes_before_its_kind_and_is_over_with_it(
    small_plan: Plan, tmp_path: Path, effects: bool, indicator: str
) -> None:
    plan = replace(small(small_plan), effects=effects)
    before = make_world(tmp_path / "a", plan)
    after = make_world(tmp_path / "b", replace(plan, bad_patches=True))
    pd.testing.assert_frame_equal(before.profiles, after.profiles)
    deep = PATCH_POINTS * room(questions())[questions().ids.index(indicator)]
    assert 1.5 < deep <= PATCH_POINTS
    for factory, found in dips(before, after, indicator, "level_without_effects").items():
        expected = np.zeros(plan.days)
        mine = after.actions[(after.actions["factory_id"] == factory) & (after.actions["kind"] == AFTER_BAD_PATCH)]
        for date in mine["date"]:
            day = int((np.datetime64(date, "D") - np.datetime64(plan.first_day)).astype(int))
            expected[max(day - PATCH_DAYS, 0) : day] = deep
        np.testing.assert_allclose(found, expected, atol=1e-4)
    assert set(after.actions["kind"]) > {AFTER_BAD_PATCH}
