"""The four answer scales and how each value becomes x in 0..100, where 100 is good (FORMATS §1)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

SCALES: Mapping[str, tuple[int, int]] = {
    "yesno": (0, 1),
    "ordinal5": (1, 5),
    "scale4": (0, 4),
    "scale10": (1, 10),
}
"""Each scale's lowest and highest value; values are whole numbers."""

LEVELS = 11
"""Room for every value of every scale, 0..10."""


def points(scale: str, polarity: int) -> npt.NDArray[np.float64]:
    """x for the values 0..10 of a scale; NaN where the scale has no such value."""
    low, high = SCALES[scale]
    values = np.full(LEVELS, np.nan)
    values[low : high + 1] = 100.0 * np.arange(high - low + 1) / (high - low)
    return values if polarity == 1 else 100.0 - values


def fifths(x: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Which of [0,20), [20,40), [40,60), [60,80), [80,100] each x lies in, as 0..4; 0 for NaN."""
    return np.minimum(np.nan_to_num(x) // 20, 4).astype(np.int64)
