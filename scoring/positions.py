"""Where a score stands among similar factories: their middle half, never a factory."""

import numpy as np

from scoring.grades import GRADES
from scoring.measures import Floats
from scoring.model import Standing
from scoring.scorebook import Level, Scores

LEAST_FACTORIES = 10
"""Below that a quartile is as good as one factory's own score."""


def standing(found: Scores, codebook: str, factory_id: str, key: str) -> Standing | None:
    """The place of one factory's score of a question, a theme or the whole (""); None with too few like it.

    Only factories of the same country are like it: words mean other things elsewhere.
    """
    level, column = found.books[codebook].column(key)
    score = level.pooled.score[:, column]
    mine = found.place(factory_id)
    for width in (found.peers.both, found.peers.country):
        members = (width == width[mine]) & np.isfinite(score)
        if members.sum() >= LEAST_FACTORIES:
            country, sector = found.peers.names[int(width[mine])]
            low, high = np.floor(np.percentile(score[members], [25, 75]) + 0.5)
            third = third_of(found, level, (mine, column), score[members])
            return Standing(country, sector, int(5 * round(members.sum() / 5)), float(low), float(high), third)
    return None


def third_of(found: Scores, level: Level, at: tuple[int, int], scores: Floats) -> str | None:
    """The third of these scores in which a whole likely range lies; None where it lies in no one, or has no rank.

    There is no rank while a factory settles in, and where the evidence is too thin for one (grade D).
    """
    low, high = level.pooled.low[at], level.pooled.high[at]
    if np.isnan(low) or found.settling[at[0]] or GRADES[found.evidence(level).grade()[at]] == GRADES[-1]:
        return None
    first, second = np.percentile(scores, [100 / 3, 200 / 3])
    if low > second:
        return "upper"
    if high < first:
        return "lower"
    return "middle" if low >= first and high <= second else None
