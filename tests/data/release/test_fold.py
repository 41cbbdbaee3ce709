"""The fold over days: what stays open is carried exactly, and cutting the days anywhere changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.codebook.scales import LEVELS
from data.release.closing import NONE, Accumulators, DayRows, as_ints, closed_cells, days_of

SERIES = 3
FAR = 10**6


def rows_of(seed: int, days: int) -> tuple[DayRows, DayRows, DayRows]:
    """Random days of three series: a few answers, all of new people, some without a key."""
    rng = np.random.default_rng(seed)
    often = rng.poisson(3.0, (days, SERIES))
    day, series = (np.repeat(column.ravel(), often.ravel()) for column in np.indices(often.shape))
    level = rng.integers(1, 4, day.size)
    keyless = rng.random(day.size) < 0.3
    quarter = day // 10 * 10

    def cut(chosen: np.ndarray, **values: np.ndarray) -> DayRows:
        offsets = np.searchsorted(day[chosen], np.arange(days + 1))
        return DayRows(np.arange(days), offsets, series[chosen], {k: v[chosen] for k, v in values.items()})

    ones, never = np.ones_like(day), np.full_like(day, NONE)
    summed, n = np.unique(np.stack([day, series, level]), axis=1, return_counts=True)
    offsets = np.searchsorted(summed[0], np.arange(days + 1))
    values = {"level": summed[2], "n": n, "quarter": summed[0] // 10 * 10}
    return (
        DayRows(np.arange(days), offsets, summed[1], values | {"first_day": summed[0], "last_day": summed[0]}),
        cut(np.flatnonzero(~keyless), quarter=quarter, before=never),
        cut(np.flatnonzero(keyless), quarter=quarter, people=ones),
    )


def part(rows: DayRows, first: int, last: int) -> DayRows:
    """The rows of some of the days."""
    return replace(rows, days=rows.days[first:last], offsets=rows.offsets[first : last + 1])


def told(cells) -> list[tuple[int, ...]]:
    """Closed cells as sorted tuples."""
    columns = (cells.series, cells.opened, cells.closed, cells.counts.sum(axis=1))
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


@given(seed=st.integers(0, 2**32 - 1), cut=st.integers(0, 25))
def test_a_fold_may_be_cut_anywhere(seed: int, cut: int) -> None:
    rows = rows_of(seed, 25)
    whole, halves = Accumulators.empty(SERIES), Accumulators.empty(SERIES)
    at_once = told(closed_cells(whole, *rows, FAR))
    first = told(closed_cells(halves, *(part(r, 0, cut) for r in rows), FAR))
    second = told(closed_cells(halves, *(part(r, cut, 25) for r in rows), FAR))
    assert sorted(first + second) == at_once
    for name in vars(whole):
        assert np.array_equal(getattr(whole, name), getattr(halves, name)), name


@given(seed=st.integers(0, 2**32 - 1))
def test_no_answer_is_lost_or_doubled(seed: int) -> None:
    sums, people, keyless = rows_of(seed, 25)
    held = Accumulators.empty(SERIES)
    closed = closed_cells(held, sums, people, keyless, FAR)
    for series in range(SERIES):
        there = closed.counts[closed.series == series].sum(axis=0) + held.counts[series]
        mine = sums.series == series
        assert there.tolist() == np.bincount(sums.values["level"][mine], sums.values["n"][mine], LEVELS).tolist()


def test_nothing_in_nothing_out() -> None:
    held = Accumulators.empty(2)
    none = rows_of(1, 0)
    assert told(closed_cells(held, *none, FAR)) == []
    assert (held.since == NONE).all()


def test_after_the_last_day_nothing_closes() -> None:
    held = Accumulators.empty(SERIES)
    found = told(closed_cells(held, *rows_of(3, 25), 12))
    assert found
    assert max(closed for _, _, closed, _ in found) <= 12
    assert held.counts.sum() > 0


def test_a_cleared_accumulator_is_an_empty_one() -> None:
    held = Accumulators.empty(1)
    closed_cells(held, *(replace(r, series=np.zeros_like(r.series)) for r in rows_of(5, 3)), -1)
    held.clear(np.array([0]))
    for name, value in vars(Accumulators.empty(1)).items():
        assert np.array_equal(getattr(held, name), value), name


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (np.array(["1970-01-02", "NaT"], dtype="datetime64[us]"), [1, NONE]),
        (np.ma.masked_array(np.array(["1970-01-02", "1999-01-01"], "datetime64[D]"), [False, True]), [1, NONE]),
        (np.array([], dtype="datetime64[us]"), []),
    ],
)
def test_days_are_counted_from_1970_and_missing_ones_are_none(values, days) -> None:
    assert days_of(values).tolist() == days
    assert as_ints(values).tolist() == days
