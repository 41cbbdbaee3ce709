"""Closes the days into cells (DESIGN §4): ten answers, ten people, and two that differ from the commonest value.

An accumulator is looked at when ten people have come since the last look, and then only, so that the day on which
a cell closes tells nothing of the few who came last (ADR 0009).

The fold walks over days, and treats all series of a day at once. A series is one factory × question. Its
accumulator holds only counts of each value; a cell's sums follow from them. An accumulator that stays open
is carried to the next run, so that closing day by day equals closing all at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.codebook.scales import LEVELS
from data.engine import Columns

LEAST_PEOPLE = 10
LEAST_DIFFERENT = 2

Ints = npt.NDArray[np.int64]
NONE = np.iinfo(np.int64).min
"""A day that is none: the accumulator holds nothing."""


@dataclass
class Accumulators:
    """Every series' open accumulator; all arrays run over series, days are counted from 1970."""

    counts: Ints
    """Series × value: answers held."""
    opened: Ints
    last: Ints
    """The first and last day of the answers held."""
    since: Ints
    """The day of the fold on which the first answer after the last look came in."""
    best: Ints
    """The most people of one quarter since then, of quarters before the newest."""
    quarter: Ints
    people: Ints
    """The newest quarter in which an answer was given since then, and its people so far."""

    @classmethod
    def empty(cls, series: int) -> "Accumulators":
        """Accumulators that hold nothing."""
        opened, last, since, quarter = (np.full(series, NONE) for _ in range(4))
        best, people = (np.zeros(series, dtype=np.int64) for _ in range(2))
        return cls(np.zeros((series, LEVELS), dtype=np.int64), opened, last, since, best, quarter, people)

    def begin_wait(self, series: Ints) -> None:
        """Has these series wait for ten more people; what they hold stays."""
        self.since[series] = self.quarter[series] = NONE
        self.best[series] = self.people[series] = 0

    def clear(self, series: Ints) -> None:
        """Empties the accumulators of these series."""
        self.begin_wait(series)
        self.counts[series] = 0
        self.opened[series] = self.last[series] = NONE


@dataclass(frozen=True)
class DayRows:
    """What came in, sorted by day: `offsets[d]..offsets[d+1]` are the rows of day `days[d]`."""

    days: Ints
    offsets: Ints
    series: Ints
    values: dict[str, Ints]

    def of(self, position: int) -> slice:
        """The rows of the day at this position."""
        return slice(int(self.offsets[position]), int(self.offsets[position + 1]))


@dataclass(frozen=True)
class Closed:
    """Closed accumulators: their series, their span in days, and their counts of each value."""

    series: Ints
    opened: Ints
    closed: Ints
    counts: Ints


def day_rows(days: Ints, rows: Columns, series: Ints, names: tuple[str, ...]) -> DayRows:
    """Rows sorted by `fold_day`, cut at the days of the fold."""
    at = days_of(rows["fold_day"])
    offsets = np.searchsorted(at, np.append(days, np.iinfo(np.int64).max))
    return DayRows(days, offsets, series, {name: as_ints(rows[name]) for name in names})


def as_ints(values: npt.NDArray[np.generic]) -> Ints:
    """Whole numbers or days as 64-bit integers; missing days become NONE."""
    if values.dtype.kind == "M":
        return days_of(values)
    return values.astype(np.int64)


def days_of(values: npt.NDArray[np.generic]) -> Ints:
    """Days as numbers counted from 1970; missing ones become NONE."""
    masked = np.ma.getmaskarray(values)
    days = np.ma.getdata(values).astype("datetime64[D]")
    missing = masked | np.isnat(days)
    return np.where(missing, NONE, days.astype(np.int64))


def closed_cells(held: Accumulators, sums: DayRows, people: DayRows, keyless: DayRows, through: int) -> Closed:
    """The cells that close while the days go by, up to `through`; `held` is left as it stands after the last day.

    `sums` has level, n, first_day, last_day and quarter; `people` has quarter and `before` (when that key was
    there last, in that quarter); `keyless` has quarter and people.
    """
    series, opened, closed, counts = [], [], [], []
    for position, day in enumerate(sums.days):
        touched = add_day(held, sums, sums.of(position), int(day))
        add_people(held, people, people.of(position), keyless, keyless.of(position))
        looked = touched[enough_people(held, touched) & (day <= through)]
        closes = mixed(held, looked)
        held.begin_wait(looked[~closes])
        ready = looked[closes]
        if ready.size:
            series.append(ready)
            opened.append(held.opened[ready])
            closed.append(held.last[ready])
            counts.append(held.counts[ready])
            held.clear(ready)
    if not series:
        none = np.zeros(0, dtype=np.int64)
        return Closed(none, none, none, np.zeros((0, LEVELS), dtype=np.int64))
    return Closed(np.concatenate(series), np.concatenate(opened), np.concatenate(closed), np.concatenate(counts))


def add_day(held: Accumulators, sums: DayRows, rows: slice, day: int) -> Ints:
    """Adds one day's answers; the series that got any come back."""
    series = sums.series[rows]
    held.counts[series, sums.values["level"][rows]] += sums.values["n"][rows]
    touched = np.unique(series)
    held.since[touched] = np.where(held.since[touched] == NONE, day, held.since[touched])
    first = np.full(held.since.size, np.iinfo(np.int64).max)
    np.minimum.at(first, series, sums.values["first_day"][rows])
    np.maximum.at(held.last, series, sums.values["last_day"][rows])
    opened = held.opened[touched]
    held.opened[touched] = np.where(opened == NONE, first[touched], np.minimum(opened, first[touched]))
    newest = np.full(held.since.size, NONE)
    np.maximum.at(newest, series, sums.values["quarter"][rows])
    turned = touched[held.quarter[touched] < newest[touched]]
    held.best[turned] = np.maximum(held.best[turned], held.people[turned])
    held.people[turned] = 0
    held.quarter[turned] = newest[turned]
    return touched


def add_people(held: Accumulators, people: DayRows, keyed: slice, keyless: DayRows, without: slice) -> None:
    """Counts the day's people: keys not yet in the accumulator, and sittings without a key.

    Keys rotate, so that only those of one quarter can be told apart: who comes late to an accumulator that
    holds answers of a newer quarter brings an answer, and is not counted again.
    """
    series = people.series[keyed]
    fresh = people.values["before"][keyed] < held.since[series]
    fresh &= people.values["quarter"][keyed] == held.quarter[series]
    np.add.at(held.people, series[fresh], 1)
    series = keyless.series[without]
    fresh = keyless.values["quarter"][without] == held.quarter[series]
    np.add.at(held.people, series[fresh], keyless.values["people"][without][fresh])


def enough_people(held: Accumulators, series: Ints) -> npt.NDArray[np.bool_]:
    """Which of these accumulators are due for a look. Ten people since the last one brought ten answers at least."""
    enough: npt.NDArray[np.bool_] = np.maximum(held.best[series], held.people[series]) >= LEAST_PEOPLE
    return enough


def mixed(held: Accumulators, series: Ints) -> npt.NDArray[np.bool_]:
    """Which of these accumulators hold at least two answers that differ from the commonest value."""
    counts = held.counts[series]
    differing: npt.NDArray[np.bool_] = counts.sum(axis=1) - counts.max(axis=1) >= LEAST_DIFFERENT
    return differing
