"""Where a score stands among similar factories: their middle half, never a factory."""

import numpy as np

from scoring.grades import GRADES
from scoring.model import Standing
from scoring.scorebook import Scores

LEAST_FACTORIES = 10
"""Below that a quartile is as good as one factory's own score."""


def standing(found: Scores, codebook: str, factory_id: str, key: str) -> Standing | None:
    """The place of one factory's score of a question, a theme or the whole (""); None with too few like it."""
    level, column = found.books[codebook].column(key)
    score = level.pooled.score[:, column]
    mine = found.place(factory_id)
    for width in found.peers.widths:
        members = (width == width[mine]) & np.isfinite(score)
        if members.sum() >= LEAST_FACTORIES:
            break
    else:
        return None
    low, high = np.floor(np.percentile(score[members], [25, 75]) + 0.5)
    others = members & (np.arange(score.size) != mine)
    lower = float((score[others] < score[mine]).mean())
    ranked = np.isfinite(score[mine]) and not found.settling[mine]
    ranked = ranked and GRADES[found.evidence(level).grade()[mine, column]] != GRADES[-1]
    country, sector = found.peers.names[int(width[mine])]
    below = int(np.floor(10 * lower + 0.5)) if ranked else None
    return Standing(country, sector, int(5 * round(members.sum() / 5)), float(low), float(high), below)
