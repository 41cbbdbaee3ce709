"""Partial pooling as the guide tells it (A2.6), one factory after another: slow, and on its own."""

from dataclasses import dataclass
from math import sqrt

from scipy import stats

NORMAL = 1.959963984540054
Level = tuple[float, float]
"""A level and its variance."""
Set = tuple[str, ...]
"""("both", country, sector), ("country", country) or ("all",)."""


@dataclass(frozen=True)
class Steady:
    """One score: what it was before, what became of it, and what its range is made of."""

    level: float
    level_variance: float
    score: float
    variance: float
    quantile: float

    def ends(self, beyond: float = 0.0) -> tuple[float, float]:
        """The range; `beyond` is a standard deviation to allow for."""
        drawn = self.quantile * sqrt(self.variance + beyond**2)
        alone = NORMAL * sqrt(self.level_variance + beyond**2) + abs(self.level - self.score)
        half = min(drawn, alone)
        return max(0.0, self.score - half), min(100.0, self.score + half)


def steady(
    levels: dict[str, Level], places: dict[str, tuple[str, str]], pools: bool, least_peers: int, least_variance: float
) -> tuple[dict[str, Steady], dict[str, float]]:
    """The score of every factory with a level, and the mean of the peers of every factory."""
    if not levels:
        return {}, {}
    sets = {factory: narrowest(factory, levels, places, least_peers) for factory in places}
    groups: dict[Set, list[Level]] = {}
    for factory, level in levels.items():
        groups.setdefault(sets[factory], []).append(level)
    tau, nu = moments(list(groups.values()), least_variance)
    means = {one: mean_of([levels[f] for f in levels if within(places[f], one)], tau) for one in set(sets.values())}
    used = [means[one] for one in groups if one != ("all",)]
    drawn = {one: drawn_to_all(one, mean, used, least_variance) for one, mean in means.items()}
    found = {
        factory: steadied(level, drawn[sets[factory]], tau, nu if pools else 0) for factory, level in levels.items()
    }
    return found, {factory: drawn[one][0] for factory, one in sets.items()}


def narrowest(factory: str, levels: dict[str, Level], places: dict[str, tuple[str, str]], least: int) -> Set:
    """The narrowest set around a factory in which enough factories have a level."""
    country, sector = places[factory]
    for one in (("both", country, sector), ("country", country)):
        if sum(within(places[other], one) for other in levels) >= least:
            return one
    return ("all",)


def within(place: tuple[str, str], one: Set) -> bool:
    """True for a factory of that set."""
    if one[0] == "both":
        return place == one[1:]
    return one[0] == "all" or place[0] == one[1]


def moments(groups: list[list[Level]], least: float) -> tuple[float, int]:
    """τ² and ν over groups."""
    squares = room = 0.0
    nu = 0
    for group in groups:
        if len(group) < 2:
            continue
        weights = [1 / v for _, v in group]
        mean = sum(w * y for w, (y, _) in zip(weights, group, strict=True)) / sum(weights)
        squares += sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, group, strict=True))
        room += sum(weights) - sum(w * w for w in weights) / sum(weights)
        nu += len(group) - 1
    return (max(least, (squares - nu) / room) if nu else least), nu


def mean_of(members: list[Level], tau: float) -> Level:
    """The mean weighted by 1 / (v + τ²), and its variance."""
    weights = [1 / (v + tau) for _, v in members]
    return sum(w * y for w, (y, _) in zip(weights, members, strict=True)) / sum(weights), 1 / sum(weights)


def drawn_to_all(one: Set, mean: Level, used: list[Level], least: float) -> Level:
    """The mean of a set drawn to that of all sets that some factory is steadied by, the same way."""
    apart, nu = moments([used], least)
    if one == ("all",) or nu < 1:
        return mean
    grand, of_grand = mean_of(used, apart)
    y, v = mean
    s = v / (v + apart)
    return (1 - s) * y + s * grand, (1 - s) * v + s * s * of_grand + 2 / nu * s * s * (y - grand) ** 2


def steadied(level: Level, peers: Level, tau: float, nu: int) -> Steady:
    """One level drawn to the mean of its peers; left as it is where ν is below 1."""
    y, v = level
    if nu < 1:
        return Steady(y, v, y, v, NORMAL)
    mu, of_mu = peers
    s = v / (v + tau)
    variance = (1 - s) * v + s * s * of_mu + 2 / nu * s * s * (y - mu) ** 2
    return Steady(y, v, (1 - s) * y + s * mu, variance, float(stats.t.ppf(0.975, nu)))
