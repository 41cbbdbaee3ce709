"""Exposure of cells to actions: how much of each lag after (or before) an action lies in a cell's own days."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WEEK = 7
FAR = 1 << 24
"""Days that keep the factories apart in one sorted list; more than any calendar holds."""


@dataclass(frozen=True)
class Window:
    """Which weeks around an action are told apart (`guides/statistics.md` B1): leads −4..−1, lags 0..12, one tail."""

    leads: int = 4
    lags: int = 12
    tail: int = 20

    @property
    def width(self) -> int:
        """Columns a kind: every lead and lag, and the tail."""
        return self.leads + self.lags + 1 + (self.tail > self.lags)

    @property
    def last(self) -> int:
        """The last lag that is told apart or lies in the tail."""
        return max(self.lags, self.tail)

    def column(self, lag: Ints) -> Ints:
        """The place of lags −leads..last among a kind's columns; the tail shares the last."""
        return np.minimum(lag, self.lags + 1) + self.leads

    def mean_after(self) -> Floats:
        """Weights of a kind's columns whose sum is the mean over lags 0..lags."""
        weights = np.zeros(self.width)
        weights[self.leads : self.leads + self.lags + 1] = 1.0 / (self.lags + 1)
        return weights

    def mean_before(self) -> Floats:
        """Weights of a kind's columns whose sum is the mean over the leads."""
        weights = np.zeros(self.width)
        weights[: self.leads] = 1.0 / max(self.leads, 1)
        return weights

    def sum_after(self) -> Floats:
        """Weights of a kind's columns whose sum adds up every week from lag 0 to the end of the tail."""
        weights = np.zeros(self.width)
        weights[self.leads : self.leads + self.lags + 1] = 1.0
        if self.tail > self.lags:
            weights[-1] = self.tail - self.lags
        return weights


WINDOW = Window()


@dataclass(frozen=True)
class Cells:
    """Cells of one or more questions as observations. Days count from 1970-01-01, both ends included."""

    unit: Ints
    opened: Ints
    closed: Ints
    n: Floats
    y: Floats

    @property
    def middle(self) -> Ints:
        """The day in the middle of each cell."""
        return (self.opened + self.closed) // 2

    def at(self, where: npt.NDArray[np.bool_] | Ints) -> "Cells":
        """Some of the cells."""
        return Cells(self.unit[where], self.opened[where], self.closed[where], self.n[where], self.y[where])


@dataclass(frozen=True)
class Events:
    """Actions: factory, day, kind (a place in the list of kinds) and severity."""

    unit: Ints
    day: Ints
    kind: Ints
    severity: Floats


@dataclass(frozen=True)
class Touches:
    """One entry for each action and lag that lies in a cell: `share` of the cell's days times severity."""

    cell: Ints
    event: Ints
    column: Ints
    share: Floats

    def matrix(self, cells: int, columns: int) -> csr_array:
        """The exposures, cells × (kind × lag); several actions of a kind add up."""
        return csr_array((self.share, (self.cell, self.column)), shape=(cells, columns))


def touches(cells: Cells, events: Events, window: Window = WINDOW) -> Touches:
    """Which actions reach into which cells, and at which lag.

    Lag h of an action on day t are the days t + 7h .. t + 7h + 6. A cell's exposure is the mean over its own days
    (DESIGN §4): a cell put at its midpoint alone would smear an effect into the weeks before.
    """
    order = np.lexsort((events.day, events.unit))
    key = events.unit[order] * FAR + events.day[order]
    begin = np.searchsorted(key, cells.unit * FAR + cells.opened - WEEK * (window.last + 1) + 1, "left")
    end = np.searchsorted(key, cells.unit * FAR + cells.closed + WEEK * window.leads, "right")
    many = end - begin
    cell = np.repeat(np.arange(cells.unit.size), many)
    event = order[np.arange(cell.size) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)]
    opened, closed = cells.opened[cell] - events.day[event], cells.closed[cell] - events.day[event]
    first, last = opened // WEEK, closed // WEEK
    steps = last - first + 1
    place = np.repeat(np.arange(cell.size), steps)
    lag = first[place] + np.arange(place.size) - np.repeat(np.cumsum(steps) - steps, steps)
    within = (lag >= -window.leads) & (lag <= window.last)
    place, lag = place[within], lag[within]
    days = np.minimum(closed[place], WEEK * lag + WEEK - 1) - np.maximum(opened[place], WEEK * lag) + 1
    share = days / (closed[place] - opened[place] + 1) * events.severity[event[place]]
    column = events.kind[event[place]] * window.width + window.column(lag)
    return Touches(cell[place], event[place], column, share)
