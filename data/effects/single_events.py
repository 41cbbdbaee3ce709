"""One action at a time: what workers said after it less what they said before, held against quiet placebos.

For every action and outcome: the answer-weighted mean of what the cascade leaves unexplained in weeks 0..12, less
that of weeks −8..−1, with the action's own fitted effect put back (`guides/statistics.md` B1). How far such a
difference swings by itself is learnt from the same windows at days on which nothing is looked for: its variance grows
as a + b (1/n after + 1/n before), and p and the range are those of the placebos. One action on one question is
nearly powerless; the range says so.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from data.effects.cascade import CELLS_EACH, Cascade, Fitted, Row
from data.effects.exposures import FAR, WEEK, Cells, Events, Floats, Ints
from data.effects.verdicts import Flags

BEFORE, AFTER = 8 * WEEK, 13 * WEEK
"""Days compared before an action, and from it on."""
SOONEST = 4 * WEEK
"""Days that must have passed since an action before anything is said of it."""
APART = 2 * WEEK
"""Days from one placebo to the next at the same factory."""
LEAST_PLACEBOS = 100
COMPANY = 5
"""Fewer factories of a country in a week, and what is taken out with that week would be mostly one other factory's own
change: nobody's to read from somebody else's figures. A factory alone would be held against itself."""


@dataclass(frozen=True, eq=False)
class Observed:
    """Cells of one outcome in order of factory and day, with what a model leaves unexplained of them."""

    key: Ints
    weight: Floats
    total: Floats
    """Running sums of answers and of answers × residual, beginning with 0."""

    @classmethod
    def of(cls, unit: Ints, middle: Ints, n: Floats, residual: Floats) -> "Observed":
        """The cells sorted, with their running sums."""
        key = unit * FAR + middle
        order = np.argsort(key, kind="stable")
        weight = np.concatenate([[0.0], np.cumsum(n[order])])
        total = np.concatenate([[0.0], np.cumsum((n * residual)[order])])
        return cls(key[order], weight, total)

    def sums(self, unit: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """Answers, and answers × residual, of cells with their middle on these days, both included."""
        begin = np.searchsorted(self.key, unit * FAR + first, "left")
        end = np.searchsorted(self.key, unit * FAR + last, "right")
        return self.weight[end] - self.weight[begin], self.total[end] - self.total[begin]

    def difference(self, unit: Ints, day: Ints) -> tuple[Floats, Floats]:
        """After less before, and 1/n after + 1/n before; NaN where either side is empty."""
        n0, s0 = self.sums(unit, day - BEFORE, day - 1)
        n1, s1 = self.sums(unit, day, day + AFTER - 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return s1 / n1 - s0 / n0, np.where((n0 > 0) & (n1 > 0), 1 / n1 + 1 / n0, np.nan)


@dataclass(frozen=True, eq=False)
class Left:
    """A question with what its model leaves unexplained of each cell."""

    cells: Cells
    residual: Floats
    fitted: Fitted
    kept: Flags
    """Which of the fitted cells these are: those in weeks with company enough."""


@dataclass(frozen=True, eq=False)
class Placebos:
    """How far differences swing where nothing is looked for: variance base + slope × (1/n + 1/n), and |z| sorted."""

    base: float
    slope: float
    z: Floats

    @classmethod
    def of(cls, difference: Floats, thin: Floats) -> "Placebos | None":
        """What placebo differences teach; None where there are too few of them."""
        there = np.isfinite(difference) & np.isfinite(thin)
        d2, u = difference[there] ** 2, thin[there]
        if d2.size < LEAST_PLACEBOS:
            return None
        slope = max(float(np.cov(u, d2)[0, 1] / max(float(u.var(ddof=1)), 1e-300)), 0.0)
        base = float(d2.mean() - slope * u.mean())
        if base < 0:
            base, slope = 0.0, float(d2.mean() / u.mean())
        return cls(base, slope, np.sort(np.abs(difference[there]) / np.sqrt(base + slope * u)))

    def judged(self, difference: Floats, thin: Floats) -> tuple[Floats, Floats]:
        """The p-value and half the 95 % range of each difference."""
        error = np.sqrt(self.base + self.slope * thin)
        above = self.z.size - np.searchsorted(self.z, np.abs(difference) / error, "left")
        p = (1.0 + above) / (1.0 + self.z.size)
        return np.where(np.isfinite(difference), p, np.nan), float(np.quantile(self.z, 0.95)) * error


def events_table(cascade: Cascade, *, alone: bool) -> pd.DataFrame:
    """One row for each action and outcome that can be told: event (place of the action), effect, low, high, p.

    `alone` looks at each action by itself: nothing but factory and country × week is taken out, and no other action
    enters the figure. That is what a buyer may be told of its own actions.
    """
    tables = []
    told = {place: found for place, one in enumerate(cascade.fitted) if (found := left_over(one, alone=alone))}
    for row in cascade.rows:
        mine = [told[place] for place in row.members if place in told]
        if mine:
            own = np.zeros(cascade.panel.events.day.size) if alone else own_effect(cascade, mine)
            tables.append(told_events(cascade, row, mine, own))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def left_over(one: Fitted, *, alone: bool) -> Left | None:
    """What a question's cells say beside factory and week, and beside all actions unless `alone`; None: too few cells.

    Whether an action by itself can be told does not hang on what else was done.
    """
    cells, absorbed = one.outcome.cells, one.outcome.absorbed
    if alone:
        parts = np.unique(cells.unit).size + np.unique(absorbed.period).size
        if cells.unit.size < CELLS_EACH * parts or np.unique(cells.unit).size < 2:
            return None
        residual = absorbed.fit(csr_array((cells.unit.size, 0)), cells.y).residual
    elif one.fit is None:
        return None
    else:
        residual = one.fit.residual
    company = np.diff(absorbed.shared.tocsc().indptr)[absorbed.period]
    kept = np.asarray(company >= COMPANY)
    return Left(cells.at(kept), residual[kept], one, kept) if kept.any() else None


def own_effect(cascade: Cascade, members: list[Left]) -> Floats:
    """What each action's own fitted effect adds to its difference after less before."""
    events, count = cascade.panel.events, cascade.panel.events.day.size
    n, s = np.zeros((2, count)), np.zeros((2, count))
    for one in members:
        cells, touched, fit = one.fitted.outcome.cells, one.fitted.touched, one.fitted.fit
        beta = np.zeros(0) if fit is None else np.nan_to_num(fit.beta)
        away = cells.middle[touched.cell] - events.day[touched.event]
        points = touched.share * beta[touched.column] * cells.n[touched.cell] * one.kept[touched.cell]
        for side, inside in enumerate(((away >= -BEFORE) & (away < 0), (away >= 0) & (away < AFTER))):
            s[side] += np.bincount(touched.event[inside], points[inside], count)
        heard = one.cells
        observed = Observed.of(heard.unit, heard.middle, heard.n, np.zeros(heard.unit.size))
        n[0] += observed.sums(events.unit, events.day - BEFORE, events.day - 1)[0]
        n[1] += observed.sums(events.unit, events.day, events.day + AFTER - 1)[0]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.nan_to_num(s[1] / n[1] - s[0] / n[0]))


def told_events(cascade: Cascade, row: Row, members: list[Left], own: Floats) -> pd.DataFrame:
    """The differences of one outcome at every action that can be told, judged by its placebos."""
    cells = [one.cells for one in members]
    unit, middle = np.concatenate([c.unit for c in cells]), np.concatenate([c.middle for c in cells])
    residual = np.concatenate([one.residual for one in members])
    observed = Observed.of(unit, middle, np.concatenate([c.n for c in cells]), residual)
    last = np.full(len(cascade.panel.factory_ids), -FAR, dtype=np.int64)
    np.maximum.at(last, unit, middle)
    quiet = placebo_days(unit, middle)
    placebos = Placebos.of(*observed.difference(quiet.unit, quiet.day))
    if placebos is None:
        return pd.DataFrame()
    events = cascade.panel.events
    effect, thin = observed.difference(events.unit, events.day)
    effect = effect + own
    effect[(events.unit < 0) | (events.day + SOONEST > last[events.unit])] = np.nan
    p, reach = placebos.judged(effect, thin)
    there = np.flatnonzero(np.isfinite(effect))
    return pd.DataFrame(
        {
            "codebook": cascade.panel.codebook, "level": row.level, "theme": row.theme,
            "indicator_id": row.indicator_id, "event": there, "effect": effect[there],
            "low": (effect - reach)[there], "high": (effect + reach)[there], "p": p[there],
        }
    )  # fmt: skip


def placebo_days(unit: Ints, middle: Ints) -> Events:
    """Days at every factory, a fortnight apart, with both windows within what was heard there."""
    units, places = np.unique(unit, return_inverse=True)
    first, last = np.full(units.size, FAR), np.zeros(units.size, dtype=np.int64)
    np.minimum.at(first, places, middle)
    np.maximum.at(last, places, middle)
    many = np.maximum((last - first - BEFORE - AFTER) // APART + 1, 0)
    owner = np.repeat(np.arange(units.size), many)
    step = np.arange(owner.size) - np.repeat(np.cumsum(many) - many, many)
    nothing: npt.NDArray[np.int64] = np.zeros(owner.size, dtype=np.int64)
    return Events(units[owner], first[owner] + BEFORE + APART * step, nothing, nothing.astype(float))
