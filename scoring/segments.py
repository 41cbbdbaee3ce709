"""Scores of segments: how one gender, department or tenure band answers, from the slices of a release."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from data.release.reader import OpenRelease
from scoring.method import HALF_LIFE, RHO


def segment_scores(
    release: OpenRelease, on: date, *, factories: Sequence[str] | None = None, half_life: float = HALF_LIFE
) -> pd.DataFrame:
    """One row per factory, theme (missing: the whole), dimension and level: its newest slice on a day.

    `score` is the slice's mean in points 0..100, `n` to the nearest 5. A slice older than four half-lives is not
    shown. Where no level may be told there is one row without a level, and `reason` says not_enough: few answers
    and none look alike.
    """
    rows = release.cells.engine.frame(
        "segments", on=on, half_life=half_life, rho=RHO, factories=None if factories is None else list(factories)
    )
    rows["on"] = on
    rows["raw"] = rows["score"]
    rows["n"] = rows["n"].astype("Int64").astype("object")
    for name in ("first_day", "last_day"):
        rows[name] = pd.to_datetime(rows[name]).dt.date
    return rows
