"""Scores of any day, from a release: the table behind `flask scores` and behind every page."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from data.release.reader import OpenRelease
from scoring.method import HALF_LIFE, RHO, RHO_C
from scoring.segments import segment_scores

COLUMNS = (
    "level", "codebook", "factory_id", "theme", "indicator_id", "dim", "segment", "on", "score", "low", "high",
    "outer_low", "outer_high", "raw", "adjusted", "n", "people", "grade", "status", "first_day", "last_day", "reason",
)  # fmt: skip
"""The columns of FORMATS §3; those that later methods fill are empty."""

LEVELS = ("factory", "theme", "indicator", "segment")


def newest_day(release: OpenRelease) -> date | None:
    """The day of the newest cell: the default day for scores."""
    day: date | None = release.cells.engine.rows("newest_day")[0][0]
    return day


def day_of(release: OpenRelease) -> date:
    """The day scores speak of unless another is asked for: that of the newest cell."""
    return newest_day(release) or release.through


def scores(
    release: OpenRelease,
    on: date,
    *,
    level: str | None = None,
    factories: Sequence[str] | None = None,
    half_life: float = HALF_LIFE,
) -> pd.DataFrame:
    """One row per level, codebook, factory, theme and indicator, with the columns of FORMATS §3.

    Segments come only when their level is asked for; they are many.

    Scores and ranges are points 0..100; `n` and `people` are to the nearest 5. A score that may not be shown
    is missing and `reason` says why.
    """
    if level == "segment":
        return completed(segment_scores(release, on, factories=factories, half_life=half_life))
    rows = release.cells.engine.frame(
        "scores", on=on, half_life=half_life, rho=RHO, rho_c=RHO_C, level=level,
        factories=None if factories is None else list(factories),
    )  # fmt: skip
    rows["on"] = on
    rows["raw"] = rows["score"]
    rows.loc[rows["reason"].notna(), ["n", "people"]] = None
    for name in ("n", "people"):
        rows[name] = rows[name].astype("Int64").astype("object")
    for name in ("first_day", "last_day"):
        rows[name] = pd.to_datetime(rows[name]).dt.date
    return completed(rows)


def completed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every column of FORMATS §3, in its order."""
    for name in COLUMNS:
        if name not in rows:
            rows[name] = None
    return rows[list(COLUMNS)]


def overall_of(rows: pd.DataFrame) -> dict[str, dict[str, object]]:
    """The overall row of each factory; of several codebooks, the one with most answers."""
    whole = rows[rows["level"] == "factory"].sort_values("n", ascending=False, na_position="last", kind="stable")
    found = whole.drop_duplicates("factory_id")
    return {str(row["factory_id"]): {str(k): v for k, v in row.items()} for row in found.to_dict("records")}
