"""What followed after each kind of action: one distributed-lag event study with all kinds together, by question.

    y = factory + country × week + Σ kinds Σ lags β x + e        (`guides/statistics.md` B1)

Every question is fitted for itself. A theme's effect is the equal mean of its questions' effects and the whole's the
equal mean of the themes, as the score is; their errors follow from what each factory adds to each estimate, so that
nothing is assumed about how questions hang together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from data.effects import verdicts
from data.effects.exposures import WINDOW, Floats, Ints, Touches, Window, touches
from data.effects.panel import Outcome, Panel
from data.effects.regression import Fit
from data.effects.verdicts import Flags

INDICATOR, THEME, OVERALL = "indicator", "theme", "overall"
LEAST_SHARE = 0.5
"""Of a theme's questions, or of all themes, so many must tell of a kind."""
CELLS_EACH = 2
"""Fewer cells for each factory, week and lag that is estimated, and a fit says little but looks exact."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """One question with its fit; without one where too few factories have narrow cells."""

    outcome: Outcome
    touched: Touches
    fit: Fit | None


@dataclass(frozen=True, eq=False)
class Row:
    """An outcome of the tables: a question, a theme or the whole, with the questions it is made of."""

    level: str
    theme: str
    indicator_id: str
    members: Ints


@dataclass(frozen=True, eq=False)
class Cascade:
    """The fits of a codebook, and the estimates over them.

    `beta` is rows × columns and `influence` factories × rows × columns, in the order of `rows`; a column is a kind
    at a lag (see `Window.column`). NaN where a row tells nothing of a kind.
    """

    panel: Panel
    window: Window
    fitted: tuple[Fitted, ...]
    rows: tuple[Row, ...]
    beta: Floats
    influence: Floats
    told: Flags
    """Questions × kinds: where an effect can be told of that question."""
    events: Ints
    sites: Ints
    """Questions × kinds: how many actions reach into cells at lags 0..12, and at how many factories."""

    @cached_property
    def clusters(self) -> Ints:
        """The fewest factories behind any question that counts in each row; where none does, the most of all."""
        each = np.array([one.fit.clusters if one.fit else 0 for one in self.fitted], dtype=np.int64)[:, None]
        counts = np.asarray(self.told.any(axis=1)).reshape(-1, 1)
        return np.array([int(behind(each[row.members], counts[row.members])[0]) for row in self.rows])

    @cached_property
    def counted(self) -> tuple[Ints, Ints]:
        """Rows × kinds: actions and factories behind an estimate: the fewest of the questions that tell of it.

        Where none does, the most that any question has.
        """
        found = [[behind(many[row.members], self.told[row.members]) for row in self.rows] for many in
                 (self.events, self.sites)]  # fmt: skip
        return np.array(found[0]), np.array(found[1])

    @cached_property
    def few(self) -> Flags:
        """Rows × kinds: where too little stands behind an estimate for it to be told."""
        return ~told_of(self.beta, len(self.panel.kinds), self.window)

    def combined(self, weights: Floats) -> tuple[Floats, Floats]:
        """Estimates and standard errors, rows × kinds, of a weighted sum over each kind's columns."""
        shape = (len(self.rows), len(self.panel.kinds), self.window.width)
        used = weights != 0
        points = self.beta.reshape(shape)[:, :, used] @ weights[used]
        spread = self.influence.reshape(len(self.influence), *shape)[..., used] @ weights[used]
        return points, np.sqrt((spread**2).sum(axis=0))


def cascade_of(panel: Panel, window: Window = WINDOW) -> Cascade:
    """Every question fitted, themes and the whole put together."""
    columns = len(panel.kinds) * window.width
    fitted = tuple(fitted_outcome(outcome, panel, window) for outcome in panel.outcomes)
    rows = rows_of(panel)
    own_beta = np.array([one.fit.beta if one.fit else np.full(columns, np.nan) for one in fitted])
    own_beta = own_beta.reshape(len(fitted), columns)
    events, sites = counts_of(fitted, panel, window)
    told = told_of(own_beta, len(panel.kinds), window) & enough(fitted, events, sites)
    weights = np.repeat(weights_of(panel, rows, told), window.width, axis=2)
    beta = summed(weights, own_beta)
    influence = np.zeros((len(panel.factory_ids), len(rows), columns))
    for place, one in enumerate(fitted):
        if one.fit is not None:
            share = np.nan_to_num(weights[:, place])
            for row in np.flatnonzero(share.any(axis=1)):
                influence[:, row] += share[row] * one.fit.influence
    return Cascade(panel, window, fitted, rows, beta, influence, told, events, sites)


def counts_of(fitted: Sequence[Fitted], panel: Panel, window: Window) -> tuple[Ints, Ints]:
    """Questions × kinds: how many actions reach into cells at lags 0..12, and at how many factories."""
    kinds, many = len(panel.kinds), max(len(panel.factory_ids), 1)
    events = np.zeros((len(fitted), kinds), dtype=np.int64)
    sites = np.zeros_like(events)
    for place, one in enumerate(fitted):
        lag = one.touched.column % window.width - window.leads
        seen = np.unique(one.touched.event[(lag >= 0) & (lag <= window.lags)])
        kind, unit = panel.events.kind[seen], panel.events.unit[seen]
        events[place] = np.bincount(kind, minlength=kinds)
        sites[place] = np.bincount(np.unique(kind * many + unit) // many, minlength=kinds)
    return events, sites


def enough(fitted: Sequence[Fitted], events: Ints, sites: Ints) -> Flags:
    """Questions × kinds: where enough actions and factories stand behind an estimate to trust its range."""
    clusters = np.array([one.fit.clusters if one.fit else 0 for one in fitted], dtype=np.int64)
    return np.asarray(
        (events >= verdicts.LEAST_EVENTS)
        & (sites >= verdicts.LEAST_SITES)
        & (clusters >= verdicts.LEAST_FACTORIES)[:, None]
    )


def behind(many: Ints, told: Flags) -> Ints:
    """By kind: the fewest of the members that tell of it; where none does, the most of all."""
    highest = many.max(axis=0, initial=0)
    lowest = np.where(told, many, np.iinfo(np.int64).max).min(axis=0, initial=np.iinfo(np.int64).max)
    return np.asarray(np.where(told.any(axis=0), lowest, highest))


def fitted_outcome(outcome: Outcome, panel: Panel, window: Window) -> Fitted:
    """One question's fit beside all that was done; none where there are too few cells for it."""
    touched = touches(outcome.cells, panel.events, window)
    columns = touched.matrix(outcome.cells.unit.size, len(panel.kinds) * window.width)
    told = np.unique(touched.column).size + sum(
        np.unique(codes).size for codes in (outcome.cells.unit, outcome.absorbed.period)
    )
    if outcome.cells.unit.size < CELLS_EACH * told or np.unique(outcome.cells.unit).size < 2:
        return Fitted(outcome, touched, None)
    return Fitted(outcome, touched, outcome.absorbed.fit(columns, outcome.cells.y))


def rows_of(panel: Panel) -> tuple[Row, ...]:
    """The questions, the themes and the whole, in this order."""
    theme = np.array([outcome.theme for outcome in panel.outcomes], dtype=object)
    everything = np.arange(theme.size)
    questions = [Row(INDICATOR, o.theme, o.indicator_id, np.array([i])) for i, o in enumerate(panel.outcomes)]
    themes = [Row(THEME, name, "", np.flatnonzero(theme == name)) for name in panel.themes]
    return (*questions, *themes, Row(OVERALL, "", "", everything))


def told_of(beta: Floats, kinds: int, window: Window) -> Flags:
    """Questions, or rows, × kinds: where every lag from 0 to 12 is told."""
    after = window.mean_after() > 0
    return np.asarray(np.isfinite(beta.reshape(len(beta), kinds, window.width)[:, :, after]).all(axis=2))


def weights_of(panel: Panel, rows: tuple[Row, ...], told: Flags) -> Floats:
    """Rows × questions × kinds: how much each question counts; NaN where too little is told of a kind."""
    themes: dict[str, Floats] = {}
    weights = np.full((len(rows), len(panel.outcomes), told.shape[1]), np.nan)
    for place, row in enumerate(rows):
        if row.level != OVERALL:
            weights[place] = equal_shares(row.members, told)
            themes[row.theme] = weights[place]
            continue
        all_themes = np.array([weights[i] for i, one in enumerate(rows) if one.level == THEME])
        heard = np.isfinite(all_themes).all(axis=1)
        many = heard.sum(axis=0)
        summed_up = np.nan_to_num(all_themes).sum(axis=0)
        weights[place] = np.where(many >= LEAST_SHARE * len(all_themes), summed_up / np.maximum(many, 1), np.nan)
    return weights


def equal_shares(members: Ints, told: Flags) -> Floats:
    """Questions × kinds: one over the number of members that tell of a kind."""
    mine = np.zeros(told.shape)
    mine[members] = told[members]
    many = mine.sum(axis=0)
    return np.where((many > 0) & (many >= LEAST_SHARE * members.size), mine / np.maximum(many, 1), np.nan)


def summed(weights: Floats, beta: Floats) -> Floats:
    """Rows × columns: the weighted sums of what questions tell; NaN where one of them does not tell a column."""
    found: Floats = np.einsum("rqc,qc->rc", np.nan_to_num(weights), np.nan_to_num(beta))
    unknown = np.einsum("rqc,qc->rc", np.nan_to_num(weights), (~np.isfinite(beta)).astype(float)) > 0
    found[unknown | ~np.isfinite(weights).all(axis=1)] = np.nan
    return found


def kinds_table(cascade: Cascade) -> pd.DataFrame:
    """One row for each outcome and kind: mean effect over lags 0..12 at severity 1, its range, p, q and verdict."""
    effect, error = cascade.combined(cascade.window.mean_after())
    lead, lead_error = cascade.combined(cascade.window.mean_before())
    freedom = np.maximum(cascade.clusters - 1, 1)[:, None]
    events, sites = cascade.counted
    hidden = cascade.few
    effect, error = np.where(hidden, np.nan, effect), np.where(hidden, np.nan, error)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = 2 * student.sf(np.abs(effect / error), freedom)
        lead_p = 2 * student.sf(np.abs(np.where(hidden, np.nan, lead / lead_error)), freedom)
    level = np.array([row.level for row in cascade.rows])
    sloping = np.array([verdicts.simes(column) for column in lead_p[level == INDICATOR].T])
    q_bh, q_by = np.full(p.shape, np.nan), np.full(p.shape, np.nan)
    for name in (INDICATOR, THEME, OVERALL):
        mine = p[level == name]
        q_bh[level == name] = verdicts.q_values(mine.ravel()).reshape(mine.shape)
        q_by[level == name] = verdicts.q_values(mine.ravel(), dependent=True).reshape(mine.shape)
    reach, reach90 = student.ppf(0.975, freedom) * error, student.ppf(0.95, freedom) * error
    with np.errstate(invalid="ignore"):
        flagged = np.broadcast_to(sloping < verdicts.SLOPING, p.shape)
    columns = {
        "effect": effect, "low": effect - reach, "high": effect + reach, "p": p, "q_bh": q_bh, "q_by": q_by,
        "events": events, "factories": sites, "pretrend_p": np.broadcast_to(sloping, p.shape),
    }  # fmt: skip
    table = long(cascade, columns)
    table["verdict"] = verdicts.verdicts(
        effect.ravel(), reach90.ravel(), q_bh.ravel(), q_by.ravel(), flagged.ravel(), hidden.ravel()
    )
    return table


def profiles_table(cascade: Cascade) -> pd.DataFrame:
    """One row for each outcome, kind and lag (−4..12, and 13 for the tail 13..20): effect with its 95 % range."""
    shape = (len(cascade.rows), len(cascade.panel.kinds), cascade.window.width)
    error = np.sqrt((cascade.influence**2).sum(axis=0)).reshape(shape)
    reach = student.ppf(0.975, np.maximum(cascade.clusters - 1, 1))[:, None, None] * error
    beta = np.where(cascade.few[:, :, None], np.nan, cascade.beta.reshape(shape))
    lags = np.arange(cascade.window.width) - cascade.window.leads
    tables = []
    for place, lag in enumerate(lags):
        columns = {
            "lag": np.full(shape[:2], lag), "effect": beta[..., place],
            "low": (beta - reach)[..., place], "high": (beta + reach)[..., place],
        }  # fmt: skip
        tables.append(long(cascade, columns))
    found = pd.concat(tables, ignore_index=True)
    return found.loc[found["effect"].notna()]


def long(
    cascade: Cascade, columns: Mapping[str, npt.NDArray[Any]], kinds: Sequence[str | None] | None = None
) -> pd.DataFrame:
    """Rows × kinds arrays as a table that names both."""
    rows, kinds = cascade.rows, cascade.panel.kinds if kinds is None else kinds
    names = {
        "codebook": np.full(len(rows) * len(kinds), cascade.panel.codebook, dtype=object),
        "level": np.repeat([row.level for row in rows], len(kinds)),
        "theme": np.repeat(np.array([row.theme for row in rows], dtype=object), len(kinds)),
        "indicator_id": np.repeat(np.array([row.indicator_id for row in rows], dtype=object), len(kinds)),
        "kind": np.tile(np.array(kinds, dtype=object), len(rows)),
    }
    return pd.DataFrame(names | {name: np.asarray(values).ravel() for name, values in columns.items()})


def coverage_table(cascade: Cascade) -> pd.DataFrame:
    """One row a question: cells used, cells left out as too wide, factories, and the median width in days."""
    return pd.DataFrame(
        {
            "codebook": cascade.panel.codebook,
            "indicator_id": [one.outcome.indicator_id for one in cascade.fitted],
            "cells": [one.outcome.cells.unit.size for one in cascade.fitted],
            "left_out": [one.outcome.left_out for one in cascade.fitted],
            "factories": [int(np.unique(one.outcome.cells.unit).size) for one in cascade.fitted],
            "days": [one.outcome.days for one in cascade.fitted],
        }
    )
