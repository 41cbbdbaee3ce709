"""Slow twins of the estimator: day by day in plain Python, and least squares with every dummy in one dense matrix."""

from dataclasses import dataclass

import numpy as np

from data.effects.cascade import Fitted
from data.effects.exposures import WEEK, Cells, Events, Floats, Window


def slow_exposure(cells: Cells, events: Events, kinds: int, window: Window) -> Floats:
    """Cells × (kind × lag): the mean over each cell's days of the severity of what lies so many weeks back."""
    exposure = np.zeros((cells.unit.size, kinds * window.width))
    for cell in range(cells.unit.size):
        days = range(int(cells.opened[cell]), int(cells.closed[cell]) + 1)
        for event in range(events.day.size):
            if events.unit[event] != cells.unit[cell]:
                continue
            for day in days:
                lag = (day - int(events.day[event])) // WEEK
                if -window.leads <= lag <= max(window.lags, window.tail):
                    place = lag + window.leads if lag <= window.lags else window.width - 1
                    exposure[cell, events.kind[event] * window.width + place] += events.severity[event] / len(days)
    return exposure


@dataclass(frozen=True)
class DenseFit:
    """Coefficients (NaN where a column says nothing of its own), what each unit adds to them, residuals."""

    beta: Floats
    influence: Floats
    residual: Floats

    @property
    def covariance(self) -> Floats:
        """Clustered by unit."""
        return self.influence.T @ self.influence


def dense_fit(columns: Floats, y: Floats, weight: Floats, unit: Floats, period: Floats, units: int) -> DenseFit:
    """Weighted least squares on the columns, a dummy a unit and a dummy a period; CR1 errors by hand."""
    root = np.sqrt(weight)[:, None]
    dummies = [np.unique(codes)[None, :] == codes[:, None] for codes in (unit, period)]
    fixed = np.column_stack(dummies) * root
    both = np.column_stack([columns, y]) * root
    left = both - fixed @ np.linalg.lstsq(fixed, both, rcond=None)[0]
    kept: list[int] = []
    for place in range(columns.shape[1]):
        column = left[:, place]
        other = column - left[:, kept] @ np.linalg.lstsq(left[:, kept], column, rcond=None)[0] if kept else column
        if other @ other > 1e-9 * (both[:, place] @ both[:, place]):
            kept.append(place)
    own, target = left[:, kept], left[:, -1]
    beta = np.full(columns.shape[1], np.nan)
    beta[kept] = np.linalg.lstsq(own, target, rcond=None)[0]
    residual = target - own @ beta[kept]
    scores = np.zeros((units, len(kept)))
    np.add.at(scores, unit, own * residual[:, None])
    influence = np.zeros((units, columns.shape[1]))
    influence[:, kept] = scores @ np.linalg.inv(own.T @ own)
    groups, used = np.unique(unit).size, len(kept) + np.unique(period).size
    influence *= np.sqrt((y.size - 1) / (y.size - used) * groups / (groups - 1))
    return DenseFit(beta, influence, residual / root[:, 0])


def dense_of(one: Fitted, kinds: int, window: Window) -> DenseFit:
    """The dense fit of a question of a cascade."""
    cells, absorbed = one.outcome.cells, one.outcome.absorbed
    columns = one.touched.matrix(cells.unit.size, kinds * window.width).toarray()
    return dense_fit(columns, cells.y, absorbed.weight, cells.unit, absorbed.period, absorbed.heavy.size)
