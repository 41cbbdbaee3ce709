"""Footprints: what a buyer is charged, how sure that is, and what may be told to it."""

from dataclasses import replace

import numpy as np
import numpy.testing as npt
import pandas as pd
import pytest
from scipy.stats import t as student

from data.effects.cascade import Cascade, cascade_of
from data.effects.exposures import Events, Floats, Ints
from data.effects.footprints import (
    Doers,
    covariances_table,
    footprints_table,
    heard_table,
    shared_kinds,
    sums_table,
)
from tests.data.effects.panels import FIRST, Shape, random_panel, rebuilt
from tests.data.effects.slow_effects import DenseFit, dense_of

SHAPE = Shape(
    factories=28, days=400, rate=1.5, effects=(-4.0, 2.0, 0.0), questions=(("A1", "A"), ("A2", "A"), ("B1", "B"))
)


@pytest.fixture(scope="module")
def cascade() -> Cascade:
    """Three questions of two themes; the headcount of one factory is not known."""
    panel = random_panel(21, SHAPE)
    heads = panel.headcount.copy()
    heads[3] = np.nan
    return cascade_of(replace(panel, headcount=heads))


@pytest.fixture(scope="module")
def doers(cascade: Cascade) -> Doers:
    """Three buyers that did everything, but for what no buyer did."""
    who = np.random.default_rng(2).integers(-1, 3, cascade.panel.events.day.size)
    return Doers(("B1", "B2", "B3"), who)


def row_of(table: pd.DataFrame, buyer: str, level: str, kind: str | None, *, shared: bool | None = None) -> "pd.Series":
    """One row of a footprints table."""
    rows = table[(table["buyer_id"] == buyer) & (table["level"] == level)]
    rows = rows[rows["kind"].isna() if kind is None else rows["kind"] == kind]
    if shared is not None:
        rows = rows[rows["shared"].astype(bool) == shared]
    assert len(rows) == 1
    return rows.iloc[0]


def charge(cascade: Cascade, doers: Doers, buyer: int) -> Floats:
    """Severity × heads of a buyer's actions, by column (kind × lag) of the sum over weeks 0..20; in a loop."""
    events, window = cascade.panel.events, cascade.window
    weights = np.zeros(len(cascade.panel.kinds) * window.width)
    for event in range(events.day.size):
        heads = cascade.panel.headcount[events.unit[event]]
        if doers.buyer[event] != buyer or np.isnan(heads):
            continue
        for lag in range(21):
            place = int(events.kind[event]) * window.width + 4 + min(lag, 13)
            weights[place] += float(events.severity[event] * heads)
    return weights


def overall(fits: list[DenseFit]) -> tuple[Floats, Floats]:
    """The whole's coefficients and influence, from dense fits of A1, A2 and B1: themes count the same."""
    shares = (0.25, 0.25, 0.5)
    beta = sum(share * fit.beta for share, fit in zip(shares, fits, strict=True))
    influence = sum(share * fit.influence for share, fit in zip(shares, fits, strict=True))
    return np.asarray(beta), np.asarray(influence)


def test_points_and_ranges_equal_those_of_dense_fits(cascade: Cascade, doers: Doers) -> None:
    table = footprints_table(cascade, doers)
    fits = [dense_of(one, len(cascade.panel.kinds), cascade.window) for one in cascade.fitted]
    beta, influence = overall(fits)
    covariance = influence.T @ influence
    reach = student.ppf(0.975, SHAPE.factories - 1)
    for place, buyer in enumerate(doers.buyers):
        weights = charge(cascade, doers, place)
        found = row_of(table, buyer, "overall", None, shared=False)
        half = reach * np.sqrt(weights @ covariance @ weights)
        assert found["worker_week_points"] == pytest.approx(weights @ beta, rel=1e-8)
        assert found["low"] == pytest.approx(weights @ beta - half, rel=1e-8)
        assert found["high"] == pytest.approx(weights @ beta + half, rel=1e-8)


def test_kinds_add_up_to_all_and_questions_to_themes(cascade: Cascade, doers: Doers) -> None:
    table = footprints_table(cascade, doers)
    for buyer in doers.buyers:
        whole = row_of(table, buyer, "overall", None, shared=False)
        kinds = [row_of(table, buyer, "overall", kind) for kind in cascade.panel.kinds]
        for name in ("worker_week_points", "actions"):
            assert whole[name] == pytest.approx(sum(row[name] for row in kinds))
        mine = table[(table["buyer_id"] == buyer) & (table["kind"] == "late")]
        by_question = mine[mine["level"] == "indicator"].set_index("indicator_id")["worker_week_points"]
        by_theme = mine[mine["level"] == "theme"].set_index("theme")["worker_week_points"]
        assert by_theme["A"] == pytest.approx(by_question[["A1", "A2"]].mean())
        assert row_of(table, buyer, "overall", "late")["worker_week_points"] == pytest.approx(by_theme.mean())


def test_a_single_action_is_severity_times_heads_times_weeks(cascade: Cascade) -> None:
    events = cascade.panel.events
    event = int(np.flatnonzero((events.unit != 3) & (events.kind == 0))[0])
    who = np.full(events.day.size, -1)
    who[event] = 0
    table = footprints_table(cascade, Doers(("B1",), who))
    rows = table[(table["level"] == "indicator") & (table["indicator_id"] == "B1")]
    assert rows["kind"].tolist()[:1] == ["cut"]
    beta = cascade.beta[2, 4:18]
    weeks = beta[:13].sum() + 8 * beta[13]
    points = events.severity[event] * cascade.panel.headcount[events.unit[event]] * weeks
    assert rows["worker_week_points"].to_numpy() == pytest.approx(np.full(len(rows), points))
    assert rows["actions"].tolist() == [1] * len(rows)
    assert rows["factories"].tolist() == [1] * len(rows)


def test_actions_without_a_buyer_or_a_headcount_are_charged_to_nobody(cascade: Cascade, doers: Doers) -> None:
    events = cascade.panel.events
    table = footprints_table(cascade, doers)
    known = (doers.buyer >= 0) & (events.unit != 3)
    rows = [row_of(table, buyer, "overall", None, shared=False) for buyer in doers.buyers]
    assert sum(int(row["actions"]) for row in rows) == known.sum() < events.day.size
    for place, row in enumerate(rows):
        assert row["factories"] == np.unique(events.unit[known & (doers.buyer == place)]).size


def test_a_kind_of_too_few_actions_is_not_charged(cascade: Cascade, doers: Doers) -> None:
    events = cascade.panel.events
    late = np.flatnonzero(events.kind == 1)
    keep = np.setdiff1d(np.arange(events.day.size), late[19:])
    fewer = Events(*(column[keep] for column in vars(events).values()))
    pruned = cascade_of(rebuilt(cascade.panel, events=fewer))
    table = footprints_table(pruned, Doers(doers.buyers, doers.buyer[keep]))
    assert set(table["kind"].dropna()) == {"cut", "rush"}
    told = row_of(table, "B1", "overall", None, shared=False)
    mine = (doers.buyer[keep] == 0) & (fewer.kind != 1) & (fewer.unit != 3)
    assert told["actions"] == mine.sum()


def acting(cascade: Cascade, others: int) -> tuple[Cascade, Doers]:
    """Buyer B0 and so many others, each with one `rush` at a factory that is heard; B0 with a `cut` too."""
    many = others + 1
    unit = (np.arange(many + 1) % 20 + 5).astype(np.int64)
    kind: Ints = np.append(np.full(many, 2), 0)
    events = Events(unit, np.full(many + 1, FIRST + 200), kind, np.ones(many + 1))
    buyers = tuple(f"B{place}" for place in range(many))
    return cascade_of(rebuilt(cascade.panel, events=events)), Doers(buyers, np.append(np.arange(many), 0))


@pytest.mark.parametrize(("others", "told"), [(4, False), (5, True), (6, True)])
def test_a_pooled_effect_is_told_where_five_other_buyers_stand_behind_it(
    cascade: Cascade, others: int, told: bool
) -> None:
    shared = shared_kinds(*acting(cascade, others))
    assert shared[:, 2].tolist() == [told] * (others + 1)
    assert not shared[:, :2].any(), "its own cut has nobody else behind it"


def test_who_did_not_act_so_needs_five_that_did(cascade: Cascade) -> None:
    around, doers = acting(cascade, 4)
    looking_on = Doers((*doers.buyers, "B9"), doers.buyer)
    assert shared_kinds(around, looking_on)[:, 2].tolist() == [False] * 5 + [True]


def test_two_actions_of_one_buyer_count_once_and_unknown_factories_not(cascade: Cascade) -> None:
    around, doers = acting(cascade, 5)
    twice = doers.buyer.copy()
    twice[5] = 4
    assert not shared_kinds(around, Doers(doers.buyers, twice))[0, 2]
    unit = around.panel.events.unit.copy()
    unit[5] = -1
    events = replace(around.panel.events, unit=unit)
    assert not shared_kinds(cascade_of(rebuilt(cascade.panel, events=events)), doers)[0, 2]


def test_what_may_be_told_adds_up_the_shared_kinds_only(cascade: Cascade, doers: Doers) -> None:
    events = cascade.panel.events
    who = np.random.default_rng(5).integers(0, 8, events.day.size)
    who[events.kind == 1] %= 3
    table = footprints_table(cascade, Doers(tuple(f"B{place}" for place in range(8)), who))
    assert set(table.loc[table["shared"].astype(bool), "kind"].dropna()) == {"cut", "rush"}
    told = row_of(table, "B0", "overall", None, shared=True)
    kinds = [row_of(table, "B0", "overall", kind) for kind in ("cut", "rush")]
    assert told["worker_week_points"] == pytest.approx(sum(row["worker_week_points"] for row in kinds))
    assert told["actions"] == sum(row["actions"] for row in kinds)


def test_sums_and_covariances_make_every_footprint_again(cascade: Cascade, doers: Doers) -> None:
    table, events = footprints_table(cascade, doers), cascade.panel.events
    sums, covariances = sums_table(cascade), covariances_table(cascade)
    sums = sums[sums["level"] == "overall"].set_index("kind")
    covariances = covariances[covariances["level"] == "overall"]
    covariances = covariances.pivot(index="kind", columns="other", values="covariance")
    assert set(sums["compared"]) == {SHAPE.factories}
    reach = student.ppf(0.975, SHAPE.factories - 1)
    for place, buyer in enumerate(doers.buyers):
        mine = (doers.buyer == place) & (events.unit != 3)
        charge = [
            float((events.severity * cascade.panel.headcount[events.unit])[mine & (events.kind == kind)].sum())
            for kind in (cascade.panel.kinds.index(name) for name in sums.index)
        ]
        row = row_of(table, buyer, "overall", None, shared=False)
        assert row["worker_week_points"] == pytest.approx(float(sums["points"] @ charge))
        half = reach * np.sqrt(charge @ covariances.loc[sums.index, sums.index].to_numpy() @ charge)
        assert row["high"] - row["worker_week_points"] == pytest.approx(half)


def test_heard_is_what_reaches_into_a_cell(cascade: Cascade) -> None:
    around, _ = acting(cascade, 4)
    events = around.panel.events
    unit, day = events.unit.copy(), events.day.copy()
    unit[1], day[2] = -1, FIRST + 5000
    moved = cascade_of(rebuilt(cascade.panel, events=replace(events, unit=unit, day=day)))
    assert heard_table(moved)["event"].tolist() == [0, 3, 4, 5]


def test_without_buyers_there_are_no_footprints(cascade: Cascade) -> None:
    nobody = np.full(cascade.panel.events.day.size, -1)
    assert footprints_table(cascade, Doers((), nobody)).empty
    npt.assert_array_equal(shared_kinds(cascade, Doers((), nobody)).shape, (0, 3))
