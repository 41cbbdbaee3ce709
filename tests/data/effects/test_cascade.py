"""Themes and the whole, verdicts and their floor, and that nothing depends on the order of what is estimated."""

from dataclasses import replace

import numpy as np
import numpy.testing as npt
import pandas as pd
import pytest
from scipy.linalg import block_diag
from scipy.stats import t as student

from data.effects import verdicts
from data.effects.cascade import Cascade, cascade_of, coverage_table, kinds_table, profiles_table
from data.effects.exposures import WINDOW, Events, Floats, Ints
from data.effects.footprints import Doers, footprints_table, sums_table
from data.effects.panel import Panel, outcome_of
from data.effects.single_events import events_table
from tests.data.effects.panels import FIRST, Shape, country_of, random_cells, random_panel, rebuilt, thinned
from tests.data.effects.slow_effects import dense_of

SHAPE = Shape(factories=30, effects=(-4.0, 0.0, 1.0))
KINDS = len(SHAPE.kinds)


@pytest.fixture(scope="module")
def cascade() -> Cascade:
    """Six questions of three themes; cuts press, rushes help, and nothing follows late payment."""
    return cascade_of(random_panel(32, SHAPE))


def place_of(cascade: Cascade, level: str, name: str = "") -> int:
    """The place of a question, a theme or the whole among the rows."""
    return next(
        place for place, row in enumerate(cascade.rows) if row.level == level and name in (row.indicator_id, row.theme)
    )


def test_a_theme_is_the_mean_of_its_questions_and_the_whole_of_its_themes(cascade: Cascade) -> None:
    effect = cascade.combined(WINDOW.mean_after())[0]
    themes = [effect[place_of(cascade, "theme", name)] for name in "ABC"]
    for name, mine in zip("ABC", ([0, 1, 2], [3, 4], [5]), strict=True):
        npt.assert_allclose(effect[place_of(cascade, "theme", name)], effect[mine].mean(axis=0), atol=1e-12)
    npt.assert_allclose(effect[place_of(cascade, "overall")], np.mean(themes, axis=0), atol=1e-12)


@pytest.fixture(scope="module")
def stacked(cascade: Cascade) -> Floats:
    """The covariance of all coefficients from one dense regression of all questions at once.

    Every question has its own columns, factory dummies and week dummies; what a factory adds is summed over questions.
    """
    designs, scores, own = [], [], []
    for one in cascade.fitted:
        cells, fixed = one.outcome.cells, one.outcome.absorbed
        columns = one.touched.matrix(cells.unit.size, KINDS * WINDOW.width).toarray()
        dummies = [np.unique(codes)[None, :] == codes[:, None] for codes in (cells.unit, fixed.period)]
        design = np.column_stack([columns, *dummies]) * np.sqrt(fixed.weight)[:, None]
        target = cells.y * np.sqrt(fixed.weight)
        residual = target - design @ np.linalg.lstsq(design, target, rcond=None)[0]
        groups, used = np.unique(cells.unit).size, columns.shape[1] + np.unique(fixed.period).size
        factor = np.sqrt((target.size - 1) / (target.size - used) * groups / (groups - 1))
        added = np.zeros((len(cascade.panel.factory_ids), design.shape[1]))
        np.add.at(added, cells.unit, design * residual[:, None] * factor)
        designs.append(design)
        scores.append(added)
        own.append(np.arange(design.shape[1]) < columns.shape[1])
    bread = block_diag(*(np.linalg.pinv(design.T @ design, hermitian=True) for design in designs))
    added = np.column_stack(scores) @ bread
    told = np.concatenate(own)
    covariance: Floats = (added.T @ added)[np.ix_(told, told)]
    return covariance


@pytest.mark.parametrize(
    ("level", "name", "shares"),
    [
        ("indicator", "A2", [0, 1, 0, 0, 0, 0]),
        ("theme", "B", [0, 0, 0, 0.5, 0.5, 0]),
        ("overall", "", [1 / 9, 1 / 9, 1 / 9, 1 / 6, 1 / 6, 1 / 3]),
    ],
)
def test_errors_equal_those_of_one_dense_regression_of_all_questions(
    cascade: Cascade, stacked: Floats, level: str, name: str, shares: list[float]
) -> None:
    for weights in (WINDOW.mean_after(), WINDOW.mean_before(), WINDOW.sum_after()):
        found = cascade.combined(weights)[1][place_of(cascade, level, name)]
        for kind in range(KINDS):
            wanted = np.kron(shares, np.kron(np.arange(KINDS) == kind, weights))
            assert found[kind] == pytest.approx(np.sqrt(wanted @ stacked @ wanted), rel=1e-7)


def test_questions_equal_dense_fits(cascade: Cascade) -> None:
    for place, one in enumerate(cascade.fitted):
        dense = dense_of(one, KINDS, WINDOW)
        npt.assert_allclose(cascade.beta[place], dense.beta, atol=1e-8)
        npt.assert_allclose(cascade.influence[:, place], dense.influence, atol=1e-8)


def test_the_table_gives_mean_range_and_p(cascade: Cascade) -> None:
    table = kinds_table(cascade).set_index(["level", "theme", "indicator_id", "kind"])
    reach = student.ppf(0.975, SHAPE.factories - 1)
    for place, row in enumerate(cascade.rows):
        for kind, name in enumerate(SHAPE.kinds):
            told = table.loc[(row.level, row.theme, row.indicator_id, name)]
            columns = slice(kind * 18 + 4, kind * 18 + 17)
            effect = cascade.beta[place, columns].mean()
            error = np.sqrt((cascade.influence[:, place, columns].mean(axis=1) ** 2).sum())
            assert told["effect"] == pytest.approx(effect)
            assert (told["low"], told["high"]) == (
                pytest.approx(effect - reach * error), pytest.approx(effect + reach * error),
            )  # fmt: skip
            assert told["p"] == pytest.approx(2 * student.sf(abs(effect / error), SHAPE.factories - 1))


def test_false_discoveries_are_held_back_within_each_level(cascade: Cascade) -> None:
    table = kinds_table(cascade)
    for _, rows in table.groupby("level"):
        p = rows["p"].to_numpy()
        npt.assert_allclose(rows["q_bh"], verdicts.q_values(p))
        npt.assert_allclose(rows["q_by"], verdicts.q_values(p, dependent=True))


def test_a_pre_trend_is_told_by_kind_over_its_questions(cascade: Cascade) -> None:
    table = kinds_table(cascade)
    for kind, name in enumerate(SHAPE.kinds):
        p = []
        for place in range(6):
            columns = slice(kind * 18, kind * 18 + 4)
            lead = cascade.beta[place, columns].mean()
            error = np.sqrt((cascade.influence[:, place, columns].mean(axis=1) ** 2).sum())
            p.append(2 * student.sf(abs(lead / error), SHAPE.factories - 1))
        found = table.loc[table["kind"] == name, "pretrend_p"]
        assert found.unique() == pytest.approx([verdicts.simes(np.array(p))])


def test_profiles_hold_the_means_and_begin_before_the_action(cascade: Cascade) -> None:
    profiles = profiles_table(cascade)
    assert sorted(profiles["lag"].unique()) == list(range(-4, 14))
    keys = ["level", "theme", "indicator_id", "kind"]
    after = profiles[profiles["lag"].between(0, 12)].groupby(keys)["effect"].mean()
    told = kinds_table(cascade).set_index(keys)["effect"]
    npt.assert_allclose(after.sort_index(), told.sort_index())
    one = profiles[(profiles["indicator_id"] == "A1") & (profiles["kind"] == "cut") & (profiles["lag"] == 3)].iloc[0]
    half = student.ppf(0.975, SHAPE.factories - 1) * np.sqrt((cascade.influence[:, 0, 7] ** 2).sum())
    assert one["effect"] == pytest.approx(cascade.beta[0, 7])
    assert (one["low"], one["high"]) == (pytest.approx(one["effect"] - half), pytest.approx(one["effect"] + half))


def test_what_truly_follows_is_found_and_nothing_else_is_clear(cascade: Cascade) -> None:
    table = kinds_table(cascade)
    questions = table[table["level"] == "indicator"]
    true = questions["kind"].map(dict(zip(SHAPE.kinds, SHAPE.effects, strict=True)))
    assert (questions["effect"] - true).groupby(questions["kind"]).mean().abs().max() < 0.4
    assert ((questions["low"] <= true) & (true <= questions["high"])).sum() >= 15, "of 18"
    words = questions.groupby("kind")["verdict"].agg(set)
    assert words["cut"] == {"clear"}
    assert words["late"] <= {"no_effect_seen", "unclear"}


def crafted(events: int, sites: int, factories: int) -> Panel:
    """A panel of so many factories with a kind `rare`: so many actions at so many of them."""
    shape = replace(SHAPE, factories=factories, questions=SHAPE.questions[:1])
    panel = random_panel(7, shape)
    unit: Ints = (np.arange(events) % sites + 1).astype(np.int64)
    day = FIRST + 60 + np.arange(events, dtype=np.int64) * 11 % 250
    rare = Events(unit, day, np.full(events, KINDS), np.ones(events))
    both = (np.concatenate([a, b]) for a, b in zip(vars(panel.events).values(), vars(rare).values(), strict=True))
    return rebuilt(panel, kinds=(*shape.kinds, "rare"), events=Events(*both))


@pytest.mark.parametrize(
    ("events", "sites", "factories", "told"),
    [(20, 10, 25, True), (19, 10, 25, False), (20, 9, 25, False), (20, 10, 24, False), (60, 12, 24, False)],
)
def test_little_behind_an_estimate_and_it_is_not_told(events: int, sites: int, factories: int, told: bool) -> None:
    cascade = cascade_of(crafted(events, sites, factories))
    table = kinds_table(cascade)
    rare = table[table["kind"] == "rare"]
    assert (rare["verdict"] != "too_few_events").tolist() == [told] * 3
    for name in ("effect", "low", "high", "p", "q_bh", "q_by"):
        assert np.isfinite(rare[name]).tolist() == [told] * 3
    assert np.isfinite(rare["pretrend_p"]).tolist() == [told] * 3
    assert rare["events"].tolist() == [events] * 3
    assert rare["factories"].tolist() == [sites] * 3
    assert bool(len(profiles_table(cascade).query("kind == 'rare'"))) is told


def test_actions_out_of_reach_are_not_counted() -> None:
    panel = crafted(24, 12, 30)
    day = panel.events.day.copy()
    day[-5:] = FIRST + 2000
    unit = panel.events.unit.copy()
    unit[-24:-22] = -1
    table = kinds_table(cascade_of(rebuilt(panel, events=replace(panel.events, day=day, unit=unit))))
    rare = table[table["kind"] == "rare"]
    assert rare["events"].tolist() == [17] * 3
    assert set(rare["verdict"]) == {"too_few_events"}


def test_a_question_of_few_cells_is_not_fitted_and_its_theme_needs_half() -> None:
    panel = random_panel(32, SHAPE)
    few = ("A1", "B1", "C1")
    sparse = [thinned(one, 120, SHAPE.factories) if one.indicator_id in few else one for one in panel.outcomes]
    cascade = cascade_of(rebuilt(panel, outcomes=tuple(sparse)))
    assert [one.fit is None for one in cascade.fitted] == [True, False, False, True, False, True]
    table = kinds_table(cascade)
    effect = table[table["kind"] == "cut"].set_index(["level", "theme", "indicator_id"])["effect"].sort_index()
    assert np.isnan(effect["indicator", "A", "A1"])
    assert effect["theme", "A", ""] == pytest.approx(effect["indicator", "A"][["A2", "A3"]].mean())
    assert effect["theme", "B", ""] == pytest.approx(effect["indicator", "B", "B2"]), "one of two questions is half"
    assert np.isnan(effect["theme", "C", ""])
    assert effect["overall", "", ""] == pytest.approx(effect["theme"].mean()), "two of three themes are enough"
    cells = coverage_table(cascade).set_index("indicator_id")
    assert cells.loc["C1", "cells"] == 120


def test_too_few_themes_say_nothing_of_the_whole() -> None:
    panel = random_panel(32, SHAPE)
    sparse = tuple(one if one.theme == "C" else thinned(one, 120, SHAPE.factories) for one in panel.outcomes)
    table = kinds_table(cascade_of(rebuilt(panel, outcomes=sparse)))
    told = table[table["effect"].notna()]
    assert set(zip(told["level"], told["theme"], strict=True)) == {("indicator", "C"), ("theme", "C")}
    assert set(table.loc[table["level"] == "overall", "verdict"]) == {"too_few_events"}


def test_coverage_counts_cells_and_those_too_wide() -> None:
    cells = random_cells(np.random.default_rng(3), replace(SHAPE, widest=120, days=1200))
    outcome = outcome_of("A1", "A", cells, country_of(SHAPE.factories))
    width = cells.closed - cells.opened + 1
    assert outcome.left_out == (width > 91).sum() > 0
    assert outcome.cells.unit.size == (width <= 91).sum()
    assert outcome.days == np.median(width)
    table = coverage_table(cascade_of(rebuilt(random_panel(32, SHAPE), outcomes=(outcome,))))
    assert table.iloc[0].to_dict() == {
        "codebook": "book", "indicator_id": "A1", "cells": outcome.cells.unit.size, "left_out": outcome.left_out,
        "factories": SHAPE.factories, "days": outcome.days,
    }  # fmt: skip


def told_tables(panel: Panel, order: Ints, buyers: Ints) -> list[pd.DataFrame]:
    """Every table of a panel, its actions named by `order` so that two orders can be compared."""
    cascade = cascade_of(panel)
    events = events_table(cascade, alone=False)
    doers = Doers(("B1", "B2"), buyers)
    tables = [kinds_table(cascade), profiles_table(cascade), footprints_table(cascade, doers), coverage_table(cascade)]
    tables.append(events.assign(event=order[events["event"]]))
    keys = ("level", "theme", "indicator_id", "kind", "lag", "buyer_id", "shared", "event")
    return [table.sort_values([k for k in keys if k in table], ignore_index=True) for table in tables]


def test_the_order_of_actions_and_of_factories_does_not_matter() -> None:
    panel = random_panel(32, SHAPE)
    rng = np.random.default_rng(1)
    count, many = panel.events.day.size, SHAPE.factories
    buyers = rng.integers(0, 2, count)
    straight = told_tables(panel, np.arange(count), buyers)
    order, new = rng.permutation(count), rng.permutation(many)
    events = Events(new[panel.events.unit][order], *(column[order] for column in list(vars(panel.events).values())[1:]))
    back = np.argsort(new)
    outcomes = tuple(
        outcome_of(
            one.indicator_id, one.theme, replace(one.cells, unit=new[one.cells.unit]), country_of(many)[back],
        )
        for one in panel.outcomes
    )  # fmt: skip
    mixed = rebuilt(panel, events=events, outcomes=outcomes, headcount=panel.headcount[back])
    for one, other in zip(straight, told_tables(mixed, order, buyers[order]), strict=True):
        pd.testing.assert_frame_equal(one, other, rtol=1e-6, atol=1e-8, check_exact=False)


def test_weeks_that_are_not_over_are_not_told_as_nothing() -> None:
    """Actions ninety days before the end: weeks 0 to 12 are over, those from 13 on have not begun."""
    panel = random_panel(21, Shape(factories=30, days=500))
    last = max(int(one.cells.closed.max()) for one in panel.outcomes)
    late = replace(panel.events, day=np.full_like(panel.events.day, last - 90))
    cascade = cascade_of(rebuilt(panel, events=late))
    profiles = profiles_table(cascade)
    assert 12 in set(profiles["lag"])
    assert 13 not in set(profiles["lag"])
    assert sums_table(cascade).empty, "a sum over weeks 0 to 20 is not known"


def test_a_question_with_too_few_actions_is_not_part_of_its_theme() -> None:
    panel = random_panel(22, Shape(factories=40, days=500, questions=(("A1", "A"), ("A2", "A"))))
    heard = panel.outcomes[1].cells.unit < 8
    outcome = outcome_of("A2", "A", panel.outcomes[1].cells.at(heard), np.zeros(40, dtype=np.int64))
    cascade = cascade_of(replace(panel, outcomes=(panel.outcomes[0], outcome)))
    table = kinds_table(cascade)
    few = table[(table["indicator_id"] == "A2") & (table["level"] == "indicator")]
    assert set(few["verdict"]) == {"too_few_events"}
    mine, theme = (table[table["level"] == level].set_index("kind") for level in ("indicator", "theme"))
    own = mine[mine["indicator_id"] == "A1"]
    for kind in own.index:
        assert (
            theme.loc[kind, ["effect", "low", "events"]].tolist() == own.loc[kind, ["effect", "low", "events"]].tolist()
        )
