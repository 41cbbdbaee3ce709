"""Scores of any day, from a release: the table behind `flask scores` and behind every page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.release.reader import OpenRelease
from scoring.grades import GRADES, SETTLED, SETTLING_IN
from scoring.measures import Flags, Floats, Ints, Words
from scoring.method import METHOD, Method
from scoring.scorebook import Level, Scores, scores_on
from scoring.segments import segment_scores
from scoring.vignettes import styles

COLUMNS = (
    "level", "codebook", "factory_id", "theme", "indicator_id", "dim", "segment", "on", "score", "low", "high",
    "outer_low", "outer_high", "raw", "adjusted", "n", "people", "grade", "status", "first_day", "last_day", "reason",
)  # fmt: skip
"""The columns of FORMATS §3."""

TEXT = ("theme", "indicator_id", "dim", "segment", "adjusted", "grade", "status", "reason")
LEVELS = ("factory", "theme", "indicator", "segment")
NOT_ENOUGH = "not_enough"


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
    half_life: float | None = None,
    method: Method = METHOD,
) -> pd.DataFrame:
    """One row per level, codebook, factory, theme and indicator, with the columns of FORMATS §3.

    Segments come only when their level is asked for; they are many. Scores and ranges are points 0..100; `n` and
    `people` are to the nearest 5. A score that may not be shown is missing and `reason` says why. Whatever is
    chosen, scores are steadied by all factories.
    """
    half_life = method.half_life if half_life is None else half_life
    if level == "segment":
        return completed(segment_scores(release, on, factories=factories, half_life=half_life))
    found = scores_on(release, on, half_life, method)
    wanted = [name for name in LEVELS[:3] if level in (None, name)]
    parts = [level_rows(found, codebook, name, factories) for name in wanted for codebook in found.books]
    rows = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else pd.DataFrame()
    if len(rows):
        rows["adjusted"] = styles(release, on, half_life, method).adjusted(rows, found.places)
        order = ["level", "codebook", "factory_id", "theme", "indicator_id"]
        rows = rows.sort_values(order, na_position="last", kind="stable", ignore_index=True)
    rows["on"] = on
    return completed(rows)


def level_rows(found: Scores, codebook: str, name: str, factories: Sequence[str] | None) -> pd.DataFrame:
    """The rows of one level of one codebook, for the factories listed under it."""
    book = found.books[codebook]
    level = {"factory": book.whole, "theme": book.themes, "indicator": book.questions}[name]
    here = found.listed[codebook]
    if factories is not None:
        here = here[np.isin(found.places.ids[here], list(factories))]
    columns = np.arange(len(level.keys))
    row, column = (one.ravel() for one in np.meshgrid(here, columns, indexing="ij"))
    shown = np.isfinite(level.level[row, column])
    table = pd.DataFrame(
        {
            "level": name,
            "codebook": codebook,
            "factory_id": found.places.ids[row],
            "theme": words(level.themes, column),
            "indicator_id": words(level.keys if name == "indicator" else ("",) * len(level.keys), column),
        }
    )
    for key, values in numbers(found, level).items():
        table[key] = np.where(shown, values[row, column], np.nan)
    return told(table, found, level, row, column, shown)


def numbers(found: Scores, level: Level) -> dict[str, Floats]:
    """Every number of a level's rows, factories × columns."""
    outer_low, outer_high = level.outer if found.method.kappa else (np.full(level.level.shape, np.nan),) * 2
    return {
        "score": level.pooled.score,
        "low": level.pooled.low,
        "high": level.pooled.high,
        "outer_low": outer_low,
        "outer_high": outer_high,
        "raw": level.plain,
        "n": level.answers,
        "people": np.minimum(found.places.people[:, None], level.answers),
    }


def told(
    table: pd.DataFrame,
    found: Scores,
    level: Level,
    row: Ints,
    column: Ints,
    shown: Flags,
) -> pd.DataFrame:
    """The rows with counts to the nearest 5, days, grade, status and reason; what is not shown tells nothing."""
    for key in ("n", "people"):
        counts = pd.Series(5 * np.round(table[key].astype(float) / 5)).astype("Int64")
        table[key] = counts.astype("object").where(counts.notna(), None)
    grades = np.array(GRADES, dtype=object)[found.evidence(level).grade()]
    table["grade"] = where_shown(grades[row, column], shown)
    table["status"] = where_shown(np.where(found.settling, SETTLING_IN, SETTLED)[row], shown)
    for key, days in (("first_day", level.first_day), ("last_day", level.last_day)):
        table[key] = where_shown(days[row, column], shown)
    table["reason"] = where_shown(np.full(shown.size, NOT_ENOUGH), ~shown)
    return table


def words(names: Sequence[str], column: Ints) -> Words:
    """The name of each row's column; None for an empty one."""
    every: Words = np.array([name or None for name in names], dtype=object)
    return every[column]


def where_shown(values: npt.NDArray[Any], shown: Flags) -> Words:
    """The values as plain objects; None where they are not shown."""
    found: Words = values.astype(object)
    found[~shown] = None
    return found


def completed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every column of FORMATS §3, in its order."""
    rows = rows.reindex(columns=list(COLUMNS))
    text = rows[list(TEXT)].astype("object")
    rows[list(TEXT)] = text.where(text.notna(), None)
    return rows


def overall_of(rows: pd.DataFrame) -> dict[str, dict[str, object]]:
    """The overall row of each factory; of several codebooks, the one with most answers."""
    whole = rows[rows["level"] == "factory"].sort_values("n", ascending=False, na_position="last", kind="stable")
    found = whole.drop_duplicates("factory_id")
    return {str(row["factory_id"]): {str(k): v for k, v in row.items()} for row in found.to_dict("records")}
