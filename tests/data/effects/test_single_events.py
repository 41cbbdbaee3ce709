"""Single actions: sums over windows, placebos and what is put back equal what a slow count gives."""

from dataclasses import replace

import numpy as np
import numpy.testing as npt
import pytest

from data.effects.cascade import Cascade, Fitted, cascade_of
from data.effects.exposures import Cells, Events, Floats, Ints
from data.effects.panel import Outcome, outcome_of
from data.effects.single_events import (
    APART,
    BEFORE,
    Left,
    Observed,
    Placebos,
    events_table,
    left_over,
    own_effect,
    placebo_days,
    told_events,
)
from data.effects.verdicts import Flags
from tests.data.effects.panels import FIRST, Shape, random_cells, random_panel, rebuilt
from tests.data.effects.slow_effects import dense_fit, slow_exposure

SHAPE = Shape(factories=26, days=400, questions=(("A1", "A"), ("A2", "A"), ("B1", "B")), effects=(-4.0, 0.0, 1.0))


@pytest.fixture(scope="module")
def cascade() -> Cascade:
    """Three questions of two themes, each fitted."""
    return cascade_of(random_panel(9, SHAPE))


def left(cascade: Cascade, places: Ints) -> list[Left]:
    """Questions with what their fits leave unexplained."""
    chosen = [cascade.fitted[place] for place in places]
    return [found for one in chosen if (found := left_over(one, alone=False))]


def in_company(one: Fitted) -> Flags:
    """Which cells lie in a week in which five factories of the country have one, by counting."""
    factories: dict[int, set[int]] = {}
    periods, units = one.outcome.absorbed.period.tolist(), one.outcome.cells.unit.tolist()
    for period, unit in zip(periods, units, strict=True):
        factories.setdefault(period, set()).add(unit)
    return np.array([len(factories[period]) >= 5 for period in periods])


def window_mean(cells: Cells, values: Floats, unit: int, first: int, last: int) -> float:
    """The answer-weighted mean of cells with their middle on these days, in a loop; NaN without any."""
    n = s = 0.0
    for place in range(cells.unit.size):
        middle = (int(cells.opened[place]) + int(cells.closed[place])) // 2
        if cells.unit[place] == unit and first <= middle <= last:
            n += cells.n[place]
            s += cells.n[place] * values[place]
    return s / n if n else np.nan


def after_less_before(cells: Cells, values: Floats, unit: int, day: int) -> float:
    """Weeks 0..12 less weeks −8..−1."""
    return window_mean(cells, values, unit, day, day + 90) - window_mean(cells, values, unit, day - 56, day - 1)


def together(cascade: Cascade, places: Ints) -> Cells:
    """The cells of several questions in one."""
    chosen = [cascade.fitted[place] for place in places]
    parts = [vars(one.outcome.cells.at(in_company(one))) for one in chosen]
    return Cells(*(np.concatenate([part[name] for part in parts]) for name in parts[0]))


def test_sums_over_windows_equal_a_loop() -> None:
    rng = np.random.default_rng(4)
    cells = random_cells(rng, Shape(factories=4, days=200))
    values = rng.normal(size=cells.unit.size)
    shuffled = rng.permutation(cells.unit.size)
    observed = Observed.of(cells.unit[shuffled], cells.middle[shuffled], cells.n[shuffled], values[shuffled])
    for _ in range(60):
        unit, first = int(rng.integers(0, 4)), FIRST + int(rng.integers(-20, 220))
        last = first + int(rng.integers(-1, 90))
        many, total = observed.sums(np.array([unit]), np.array([first]), np.array([last]))
        inside = (cells.unit == unit) & (cells.middle >= first) & (cells.middle <= last)
        assert many[0] == cells.n[inside].sum()
        assert total[0] == pytest.approx(float((cells.n * values)[inside].sum()), abs=1e-9)


def test_a_difference_needs_answers_on_both_sides() -> None:
    days = np.array([100, 160], dtype=np.int64)
    observed = Observed.of(np.zeros(2, dtype=np.int64), days, np.array([20.0, 30.0]), np.array([1.0, 4.0]))
    asked = np.array([120, 100, 161, 160, 157, 156], dtype=np.int64)
    found, thin = observed.difference(np.zeros(6, dtype=np.int64), asked)
    npt.assert_allclose(found, [3.0, np.nan, np.nan, np.nan, np.nan, 3.0])
    npt.assert_allclose(thin, [1 / 20 + 1 / 30, np.nan, np.nan, np.nan, np.nan, 1 / 20 + 1 / 30])


def test_placebos_by_hand() -> None:
    thin = np.tile([0.1, 0.5], 60)
    difference = np.sqrt(1.0 + 2.0 * thin) * np.tile([1, 1, -1, -1], 30)
    placebos = Placebos.of(np.append(difference, np.nan), np.append(thin, 0.1))
    assert placebos is not None
    assert (placebos.base, placebos.slope) == (pytest.approx(1.0), pytest.approx(2.0))
    npt.assert_allclose(placebos.z, np.ones(120))
    p, reach = placebos.judged(np.array([0.5, -4.0, np.nan]), np.array([0.0, 0.5, 0.1]))
    npt.assert_allclose(p, [1.0, 1 / 121, np.nan])
    npt.assert_allclose(reach, np.sqrt([1.0, 2.0, 1.2]))


def test_p_counts_the_placebos_that_swing_as_far() -> None:
    z = np.arange(1.0, 101.0)
    placebos = Placebos(4.0, 0.0, z)
    p, reach = placebos.judged(np.array([2 * 96.0, -2 * 96.5, 2 * 101.0, 0.0]), np.zeros(4))
    npt.assert_allclose(p, [6 / 101, 5 / 101, 1 / 101, 1.0])
    npt.assert_allclose(reach, 2 * np.quantile(z, 0.95))


def test_a_variance_never_falls_with_fewer_answers_nor_below_nothing() -> None:
    thin = np.tile([0.1, 0.5], 60)
    falling = Placebos.of(np.where(thin < 0.2, 2.0, 1.0), thin)
    assert falling is not None
    assert (falling.slope, falling.base) == (0.0, pytest.approx(2.5))
    steep = Placebos.of(np.where(thin < 0.2, 0.0, 1.0), thin)
    assert steep is not None
    assert (steep.base, steep.slope) == (0.0, pytest.approx(0.5 / 0.3))


def test_too_few_placebos_tell_nothing() -> None:
    rng = np.random.default_rng(1)
    enough = rng.normal(size=100), rng.uniform(0.1, 1, 100)
    assert Placebos.of(*enough) is not None
    assert Placebos.of(enough[0][1:], enough[1][1:]) is None
    assert Placebos.of(np.append(enough[0][1:], np.nan), enough[1]) is None


def test_placebo_days_have_both_windows_within_what_was_heard() -> None:
    unit = np.array([2, 2, 5, 5, 6, 6, 7], dtype=np.int64)
    middle = np.array([400, 100, 1000, 1147, 1000, 1146, 50], dtype=np.int64)
    found = placebo_days(unit, middle)
    expected = [(2, day) for day in range(100 + BEFORE, 400 - 91 + 1, APART)]
    expected += [(5, 1000 + BEFORE)]
    assert list(zip(found.unit.tolist(), found.day.tolist(), strict=True)) == expected


@pytest.mark.parametrize("places", [[0], [2], [0, 1], [0, 1, 2]])
def test_what_is_put_back_equals_a_slow_count(cascade: Cascade, places: list[int]) -> None:
    chosen, kinds = np.array(places), len(cascade.panel.kinds)
    events = cascade.panel.events
    found = own_effect(cascade, left(cascade, chosen))
    cells = together(cascade, chosen)
    for event in range(0, events.day.size, 7):
        alone = Events(*(column[[event]] for column in vars(events).values()))
        fits = [cascade.fitted[place] for place in places]
        points = [
            slow_exposure(one.outcome.cells.at(in_company(one)), alone, kinds, cascade.window)
            @ np.nan_to_num(one.fit.beta)
            for one in fits
            if one.fit is not None
        ]
        slow = after_less_before(cells, np.concatenate(points), int(events.unit[event]), int(events.day[event]))
        assert found[event] == pytest.approx(np.nan_to_num(slow), abs=1e-9)


def test_an_action_is_its_residual_difference_with_its_own_effect_put_back(cascade: Cascade) -> None:
    table = events_table(cascade, alone=False)
    events = cascade.panel.events
    for name, places in {"A1": [0], "B1": [2]}.items():
        rows = table[(table["level"] == "indicator") & (table["indicator_id"] == name)].set_index("event")
        one = cascade.fitted[places[0]]
        assert one.fit is not None
        own = own_effect(cascade, left(cascade, np.array(places)))
        for event in range(0, events.day.size, 11):
            unit, day = int(events.unit[event]), int(events.day[event])
            kept = in_company(one)
            cells = one.outcome.cells.at(kept)
            slow = after_less_before(cells, one.fit.residual[kept], unit, day) + own[event]
            late = day + 28 > cells.middle[cells.unit == unit].max(initial=0)
            assert (event in rows.index) is bool(np.isfinite(slow) and not late)
            if event in rows.index:
                assert rows.loc[event, "effect"] == pytest.approx(slow, abs=1e-8)
                assert rows.loc[event, ["low", "high"]].mean() == pytest.approx(slow, abs=1e-8)


def test_alone_nothing_but_factory_and_country_week_is_taken_out(cascade: Cascade) -> None:
    table = events_table(cascade, alone=True)
    rows = table[(table["level"] == "indicator") & (table["indicator_id"] == "A2")]
    one, events = cascade.fitted[1], cascade.panel.events
    cells, fixed = one.outcome.cells, one.outcome.absorbed
    nothing = np.zeros((cells.unit.size, 0))
    dense = dense_fit(nothing, cells.y, fixed.weight, cells.unit, fixed.period, SHAPE.factories)
    for event, effect in zip(rows["event"][::9], rows["effect"][::9], strict=True):
        kept = in_company(one)
        slow = after_less_before(cells.at(kept), dense.residual[kept], int(events.unit[event]), int(events.day[event]))
        assert effect == pytest.approx(slow, abs=1e-8)


def test_alone_no_other_action_of_another_buyer_enters() -> None:
    few = random_panel(9, SHAPE)
    events = few.events
    keep = np.arange(events.day.size) % 2 == 0
    pruned = Events(*(column[keep] for column in vars(events).values()))
    whole, half = cascade_of(few), cascade_of(rebuilt(few, events=pruned))
    mine, theirs = events_table(whole, alone=True), events_table(half, alone=True)
    theirs["event"] = np.flatnonzero(keep)[theirs["event"]]
    keys = ["level", "theme", "indicator_id", "event"]
    both = mine.merge(theirs, on=keys)
    assert len(both) == len(theirs)
    npt.assert_allclose(both[["effect_x", "low_x", "p_x"]], both[["effect_y", "low_y", "p_y"]], atol=1e-10)


def test_actions_elsewhere_and_of_late_are_not_told(cascade: Cascade) -> None:
    row, members = cascade.rows[0], left(cascade, np.array([0]))
    unit = int(members[0].cells.unit[-1])
    last = int(members[0].cells.middle[members[0].cells.unit == unit].max())
    events = cascade.panel.events
    days = np.array([last - 28, last - 27, last - 100, last - 100], dtype=np.int64)
    units = np.array([unit, unit, -1, unit], dtype=np.int64)
    put = Events(units, days, np.zeros(4, dtype=np.int64), np.ones(4))
    panel = rebuilt(cascade.panel, events=put)
    other = replace(cascade, panel=panel)
    told = told_events(other, row, members, np.zeros(4))["event"].tolist()
    assert 3 in told
    assert 1 not in told
    assert 2 not in told, "nothing is heard of a factory that is not known"
    assert events.day.size > 4


def test_a_factory_with_too_little_company_is_not_held_against_itself() -> None:
    lonely = random_panel(11, SHAPE)
    cascade = cascade_of(lonely)
    few = {place for place, one in enumerate(cascade.fitted) if not in_company(one).all()}
    assert few, "some weeks of some country must have few factories, or this shows nothing"
    for place in few:
        found = left_over(cascade.fitted[place], alone=True)
        assert found is not None
        assert np.array_equal(found.kept, in_company(cascade.fitted[place]))
        assert found.cells.unit.size == found.residual.size == int(found.kept.sum())


def test_one_other_factory_of_the_country_tells_nothing_of_itself() -> None:
    """Two factories of a country: what is told of actions at the one may not move with what is said at the other."""
    made = random_panel(12, SHAPE)
    tables = []
    for shift in (0.0, -20.0):
        outcomes = tuple(pair_apart(one, shift) for one in made.outcomes)
        table = events_table(cascade_of(replace(made, outcomes=outcomes)), alone=True)
        tables.append(set(made.events.unit[table["event"]].tolist()))
    assert tables[0].isdisjoint({0, 1})
    assert tables[1].isdisjoint({0, 1})


def pair_apart(one: Outcome, shift: float) -> Outcome:
    """The question with the first two factories in a country of their own, and the second's answers shifted late."""
    cells = one.cells
    late = (cells.unit == 1) & (cells.middle > np.median(cells.middle))
    moved = replace(cells, y=cells.y + np.where(late, shift, 0.0))
    country = np.where(np.arange(SHAPE.factories) < 2, 1, 0)
    return outcome_of(one.indicator_id, one.theme, moved, country)
