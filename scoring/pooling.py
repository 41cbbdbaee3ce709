"""Partial pooling: a score is steadied by similar factories, the more the less is known of its own (guides: A2.6).

Two levels, in closed form: factory → its peers (country × sector) → all. Everything is arrays of factories × columns;
a column is one displayed level (a question, a theme, the whole), and each is pooled by itself.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from scoring.measures import Floats, Ints, Words
from scoring.method import Method

Z = 1.959963984540054
"""Half the width of a 95 % range in standard errors, where the variance between factories need not be estimated."""


@dataclass(frozen=True)
class Peers:
    """Which factories are like each other. Sets are numbered: countries × sectors first, then countries, then all."""

    both: Ints
    country: Ints
    all: Ints
    """The number of each factory's set of every width."""
    count: int
    names: tuple[tuple[str, str], ...]
    """Country and sector of each set; empty where it is not about one."""

    @property
    def widths(self) -> tuple[Ints, Ints, Ints]:
        """The sets of every factory, narrowest first."""
        return self.both, self.country, self.all


@dataclass(frozen=True)
class Pooled:
    """Factories × columns, in points; NaN where there is no level."""

    score: Floats
    variance: Floats
    low: Floats
    high: Floats
    group: Ints
    """The set of peers that a factory is steadied by."""
    peers: Ints
    """How many factories of that set have a level, itself among them."""
    peer_mean: Floats
    """Their mean (μ), itself drawn a little towards the mean of all; told for every factory with peers."""
    pull: Floats
    """By which share the score is drawn to it (s)."""
    quantile: Floats
    """Half the width of the range in standard errors; one number a column."""


def peers_of(country: Words, sector: Words) -> Peers:
    """The sets of similar factories. One without a sector is like those of its country that have none either."""
    pairs = [(str(c), str(s)) for c, s in zip(country, sector, strict=True)]
    fields, countries = sorted(set(pairs)), sorted({c for c, _ in pairs})
    field = {pair: i for i, pair in enumerate(fields)}
    nation = {name: len(fields) + i for i, name in enumerate(countries)}
    every = len(fields) + len(countries)
    return Peers(
        np.array([field[pair] for pair in pairs], dtype=np.int64),
        np.array([nation[c] for c, _ in pairs], dtype=np.int64),
        np.full(len(pairs), every, dtype=np.int64),
        every + 1,
        (*fields, *((name, "") for name in countries), ("", "")),
    )


@dataclass(frozen=True)
class Steadied:
    """Levels drawn to the means of their peers, in points; NaN where there is no level."""

    score: Floats
    variance: Floats
    low: Floats
    high: Floats
    pull: Floats
    quantile: Floats


def pooled(level: Floats, variance: Floats, peers: Peers, method: Method) -> Pooled:
    """The levels, each drawn to the mean of its peers, with 95 % ranges; a method that does not pool only ranges."""
    here = np.isfinite(level)
    group = groups_of(here, peers, method.least_peers)
    tau, free = between(level, variance, group, peers.count, method.least_variance)
    mean, of_mean = peer_means(level, variance, tau, group, peers, method.least_variance)
    columns = np.arange(level.shape[1])
    mu, var_mu = mean[group, columns], of_mean[group, columns]
    found = steadied(level, variance, mu, var_mu, tau, free if method.pools else np.zeros_like(free))
    counts = sums(np.ones_like(level), here, peers.widths, peers.count)[group, columns].astype(np.int64)
    return Pooled(
        found.score, found.variance, found.low, found.high, group, counts, mu, found.pull, found.quantile
    )  # fmt: skip


def steadied(level: Floats, variance: Floats, mu: Floats, var_mu: Floats, tau: Floats, free: Ints) -> Steadied:
    """Levels drawn to μ by s = v / (v + τ²), with 95 % ranges (A2.6).

    τ² is the variance between factories of a group, ν its degrees of freedom (`free`). Without any (no group of two)
    scores are the levels.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        pull = np.where(free >= 1, variance / (variance + tau), 0.0)
        pull = np.where(np.isfinite(level), pull, np.nan)
        score = np.where(pull > 0, (1.0 - pull) * level + pull * mu, level)
        uncertain = 2.0 / np.maximum(free, 1) * pull**2 * (level - mu) ** 2
        total = np.where(pull > 0, (1.0 - pull) * variance + pull**2 * var_mu + uncertain, variance)
    quantile = np.where(free >= 1, stats.t.ppf(0.975, np.maximum(free, 1)), Z)
    half = half_width(level, variance, score, total, quantile)
    low, high = np.clip(score - half, 0.0, 100.0), np.clip(score + half, 0.0, 100.0)
    return Steadied(score, total, low, high, pull, quantile)


def half_width(
    level: Floats, variance: Floats, score: Floats, total: Floats, quantile: Floats, beyond: Floats | float = 0.0
) -> Floats:
    """Half a range: t_ν √(var + beyond²), and never more than it takes to hold the range without pooling.

    With three factories t_ν says more of them than of the score. `beyond` is a standard deviation to allow for.
    """
    plain = Z * np.sqrt(variance + beyond**2) + np.abs(level - score)
    found: Floats = np.minimum(quantile * np.sqrt(total + beyond**2), plain)
    return found


def groups_of(here: npt.NDArray[np.bool_], peers: Peers, least: int) -> Ints:
    """The narrowest set of each factory in which enough factories have a level; the widest is everybody."""
    counts = sums(np.ones(here.shape), here, peers.widths, peers.count)
    columns = np.arange(here.shape[1])
    both, country, every = (np.broadcast_to(one[:, None], here.shape) for one in peers.widths)
    wider = np.where(counts[country, columns] >= least, country, every)
    found: Ints = np.where(counts[both, columns] >= least, both, wider)
    return found


def sums(values: Floats, here: npt.NDArray[np.bool_], numbers: tuple[Ints, ...], count: int) -> Floats:
    """Sets × columns: the sums of values over the factories of each set that have a level."""
    columns = values.shape[1]
    at = np.arange(columns)[None, :]
    total = np.zeros(count * columns)
    for one in numbers:
        which = (one[:, None] if one.ndim == 1 else one) * columns + at
        total += np.bincount(which[here], values[here], minlength=total.size)
    return total.reshape(count, columns)


def between(level: Floats, variance: Floats, group: Ints, count: int, least: float) -> tuple[Floats, Ints]:
    """τ² and its degrees of freedom ν = Σ (J_g − 1), by column: the variance between the factories of a group.

    τ² = max(1, (Q − ν) / Σ (S1 − S2 / S1)), Q the squares around group means weighted by 1/v, S1 and S2 the sums of
    the weights and of their squares (A2.6; DerSimonian and Laird's moments, summed over groups).
    """
    here = np.isfinite(level)
    weight = np.where(here, 1.0 / np.where(here, variance, 1.0), 0.0)
    filled = np.where(here, level, 0.0)
    s1 = sums(weight, here, (group,), count)
    s2 = sums(weight**2, here, (group,), count)
    members = sums(np.ones_like(weight), here, (group,), count)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums(weight * filled, here, (group,), count) / s1
        room = np.where(s1 > 0, s1 - s2 / s1, 0.0).sum(axis=0)
        squares = np.where(here, weight * (filled - mean[group, np.arange(level.shape[1])]) ** 2, 0.0).sum(axis=0)
        free = np.maximum(members - 1, 0).sum(axis=0).astype(np.int64)
        tau = np.where(room > 1e-12, (squares - free) / np.where(room > 1e-12, room, 1.0), 0.0)
    return np.maximum(tau, least), free


def peer_means(
    level: Floats, variance: Floats, tau: Floats, group: Ints, peers: Peers, least: float
) -> tuple[Floats, Floats]:
    """Sets × columns: the mean of each set, drawn to the mean of all the same way, and its variance."""
    here = np.isfinite(level)
    weight = np.where(here, 1.0 / (np.where(here, variance, 1.0) + tau), 0.0)
    total = sums(weight, here, peers.widths, peers.count)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums(weight * np.where(here, level, 0.0), here, peers.widths, peers.count) / total
        variance_of_mean = 1.0 / total
    used = sums(np.ones_like(level), here, (group,), peers.count) > 0
    used[-1] = False  # everybody together is what the others are drawn to
    units = np.where(used, mean, np.nan)
    one = np.zeros(units.shape, dtype=np.int64)
    apart, free = between(units, variance_of_mean, one, 1, least)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(used, 1.0 / (np.where(used, variance_of_mean, 1.0) + apart), 0.0)
        whole = share.sum(axis=0)
        grand = (share * np.where(used, mean, 0.0)).sum(axis=0) / whole
        pull = variance_of_mean / (variance_of_mean + apart)
        drawn = (1.0 - pull) * mean + pull * grand
        uncertain = 2.0 / np.maximum(free, 1) * pull**2 * (mean - grand) ** 2
        of_drawn = (1.0 - pull) * variance_of_mean + pull**2 / whole + uncertain
    draws = (free >= 1) & np.isfinite(mean)
    draws[-1] = False
    return np.where(draws, drawn, mean), np.where(draws, of_drawn, variance_of_mean)
