"""The questions of the default codebook as arrays, in the order of its file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from data.demo.plan import Flags, Floats, Ints

CODEBOOK = Path(__file__).resolve().parent.parent / "codebook"
CADENCE = {"daily": 3.0, "weekly": 1.7, "monthly": 0.6, "quarterly": 0.3}
"""How readily a question is drawn for a sitting."""
LEVEL = {
    "scored": {"yesno": 80.0, "ordinal5": 63.0},
    "context": {"yesno": 74.0},
    "integrity": {"yesno": 90.0},
}
"""About where questions lie on 0..100, where 100 is good."""
NEVER_BAD = 98.7
"""About where zero-tolerance questions lie."""
SPREAD = {"yesno": 38.0, "ordinal5": 19.0}
"""Standard deviation between the workers of a factory, in points before the ends of the scale."""


@dataclass(frozen=True)
class Questions:
    """Every question: identifiers, theme numbers, and what the model needs to know of each."""

    ids: tuple[str, ...]
    theme: Ints
    yesno: Flags
    polarity: Ints
    zero_tolerance: Flags
    weight: Floats
    level: Floats
    spread: Floats

    @property
    def count(self) -> int:
        """How many questions there are."""
        return len(self.ids)

    @property
    def themes(self) -> int:
        """How many themes there are."""
        return int(self.theme.max()) + 1


@cache
def questions() -> Questions:
    """The questions of the default codebook."""
    book = pd.read_csv(CODEBOOK / "indicators.csv", keep_default_na=False)
    scale, role = book["scale"].tolist(), book["role"].tolist()
    zero_tolerance = book["zero_tolerance"].astype(str).str.lower().eq("true").to_numpy(dtype=bool)
    seldom = np.where(book["not_applicable_allowed"].astype(str).str.lower().eq("true"), 0.5, 1.0)
    level = np.array([LEVEL[r][s] for r, s in zip(role, scale, strict=True)])
    return Questions(
        ids=tuple(book["indicator_id"].tolist()),
        theme=pd.factorize(book["theme"])[0].astype(np.int64),
        yesno=book["scale"].eq("yesno").to_numpy(dtype=bool),
        polarity=book["polarity"].to_numpy(dtype=np.int64),
        zero_tolerance=zero_tolerance,
        weight=seldom * np.array([CADENCE[c] for c in book["cadence"].tolist()]),
        level=np.where(zero_tolerance, NEVER_BAD, level),
        spread=np.array([SPREAD[s] for s in scale]),
    )
