"""What may be said of an estimated effect (`guides/statistics.md` B1, B3): false discoveries, and one word each."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CLEAR_Q, CLEAR_POINTS = 0.01, 1.0
"""The guide has .05: one of three worlds then had three questions called clear on which nothing followed."""
LIKELY_Q, LIKELY_POINTS = 0.10, 0.5
SMALL = 1.0
"""No effect is seen where the 90 % range lies within so many points of zero."""
SLOPING = 0.05
"""Below this p (Simes, over a kind's questions) what workers said moved before the actions did."""
LEAST_EVENTS, LEAST_SITES, LEAST_FACTORIES = 20, 10, 25
"""Fewer actions, factories that had one, or factories to compare with: clustered errors are not to be trusted."""


def q_values(p: Floats, *, dependent: bool = False) -> Floats:
    """Benjamini–Hochberg (1995) q-values; Benjamini–Yekutieli (2001) where tests may depend in any way. NaN stays."""
    q = np.full(p.shape, np.nan)
    there = np.flatnonzero(np.isfinite(p))
    order = there[np.argsort(p[there], kind="stable")]
    many = order.size
    if many:
        harmonic = float((1.0 / np.arange(1, many + 1)).sum()) if dependent else 1.0
        stepped = p[order] * many * harmonic / np.arange(1, many + 1)
        q[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return q


def simes(p: Floats) -> float:
    """One p-value for all hypotheses together (Simes 1986); NaN without any."""
    there = np.sort(p[np.isfinite(p)])
    return float(np.min(there * there.size / np.arange(1, there.size + 1))) if there.size else np.nan


def verdicts(effect: Floats, reach90: Floats, q_bh: Floats, q_by: Floats, sloping: Flags, few: Flags) -> list[str]:
    """One word for each effect; `reach90` is half the 90 % range, `sloping` marks kinds with a pre-trend."""
    with np.errstate(invalid="ignore"):
        size = np.abs(effect)
        clear = (q_by < CLEAR_Q) & (size >= CLEAR_POINTS) & ~sloping
        likely = (q_bh < LIKELY_Q) & (size >= LIKELY_POINTS)
        nothing = size + reach90 <= SMALL
    cases = [few | ~np.isfinite(effect), clear, likely, nothing]
    words = ["too_few_events", "clear", "likely", "no_effect_seen"]
    return [str(word) for word in np.select(cases, words, "unclear")]
