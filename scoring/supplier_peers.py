"""Where the scores of several factories stand among similar ones: `positions.standing` for all of them at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.grades import GRADES
from scoring.measures import Flags, Ints
from scoring.model import Estimate, Standing
from scoring.positions import LEAST_FACTORIES
from scoring.scorebook import Level, Scores
from scoring.words import whole


@dataclass(frozen=True)
class Crowd:
    """Similar factories with a score in one column: where their quarters and thirds end."""

    number: int
    """The set of peers (`Peers.names`)."""
    factories: int
    """To the nearest 5."""
    quarters: tuple[float, float]
    """In whole points."""
    thirds: tuple[float, float]


def standings(found: Scores, level: Level, here: Ints) -> list[list[Standing | None]]:
    """The place of each of these factories (rows, by their place) in each column; None with too few like it.

    The same numbers as `positions.standing` gives one by one, with each set of peers looked at once.
    """
    ranked = ranks(found, level)
    columns = []
    for column in range(len(level.keys)):
        both, country = (crowds(found, level, column, width, here) for width in (found.peers.both, found.peers.country))
        columns.append([placed(found, level, ranked, (int(i), column), both, country) for i in here])
    return [list(row) for row in zip(*columns, strict=True)]


def ranks(found: Scores, level: Level) -> Flags:
    """Which scores may have a rank: none while a factory settles in, nor at grade D."""
    lowest = found.evidence(level).grade() == len(GRADES) - 1
    allowed: Flags = ~lowest & ~found.settling[:, None]
    return allowed


def crowds(found: Scores, level: Level, column: int, width: Ints, here: Ints) -> Mapping[int, Crowd]:
    """The sets of peers of these factories, by number, that are large enough to be told."""
    score = level.pooled.score[:, column]
    scored = np.isfinite(score)
    told = {}
    for number in np.unique(width[here]):
        members = score[(width == number) & scored]
        if members.size >= LEAST_FACTORIES:
            low, high = np.floor(np.percentile(members, [25, 75]) + 0.5)
            first, second = np.percentile(members, [100 / 3, 200 / 3])
            many = int(5 * round(members.size / 5))
            told[int(number)] = Crowd(int(number), many, (float(low), float(high)), (float(first), float(second)))
    return told


def placed(
    found: Scores, level: Level, ranked: Flags, at: tuple[int, int], both: Mapping[int, Crowd],
    country: Mapping[int, Crowd],
) -> Standing | None:  # fmt: skip
    """The standing of one score, among those of its country and sector if they are enough, else of its country."""
    crowd = both.get(int(found.peers.both[at[0]])) or country.get(int(found.peers.country[at[0]]))
    if crowd is None:
        return None
    place, sector = found.peers.names[crowd.number]
    third = third_in(crowd, float(level.pooled.low[at]), float(level.pooled.high[at])) if ranked[at] else None
    return Standing(place, sector, crowd.factories, *crowd.quarters, third)


def third_in(crowd: Crowd, low: float, high: float) -> str | None:
    """The third in which a whole likely range lies; None where it lies in no one."""
    first, second = crowd.thirds
    if np.isnan(low):
        return None
    if low > second:
        return "upper"
    if high < first:
        return "lower"
    return "middle" if low >= first and high <= second else None


def against(estimate: Estimate | None, standing: Standing | None, ranked: bool) -> int:
    """1 when a whole likely range lies above the middle half of its peers, −1 below it, else 0; all as printed.

    A score that has no rank is not held against anybody.
    """
    if estimate is None or standing is None or not ranked:
        return 0
    return int(whole(estimate.low) > standing.high) - int(whole(estimate.high) < standing.low)
