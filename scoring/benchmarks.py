"""Benchmarks: the frozen cohorts of a calendar month, as NGOs see them. Never a factory."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from data.release.reader import OpenRelease

COLUMNS = (
    "cohort", "country", "sector", "theme", "on", "factories", "answers", "p10", "p25", "p50", "p75", "p90", "reason",
)  # fmt: skip
"""The columns of FORMATS §3."""


class NotFrozen(Exception):
    """There is no benchmark of that month, or not in that codebook. The message says what there is."""


@dataclass(frozen=True)
class FrozenMonth:
    """One month of one codebook, by its first day."""

    codebook: str
    month: date


def benchmark(release: OpenRelease, on: date | None = None, codebook: str | None = None) -> pd.DataFrame:
    """One row per cohort and theme (`overall`: the whole) of the month that `on` lies in; default the newest.

    Percentiles of factory scores in whole points; factories and answers to the nearest 5. A cohort that may not
    be shown is empty and `reason` says not_enough. Scores compare within one codebook: by default that which
    most factories were asked by. Raises NotFrozen.
    """
    frozen = frozen_months(release)
    month = month_of(frozen, on)
    books = [one.codebook for one in frozen if one.month == month]
    if codebook is not None and codebook not in books:
        raise NotFrozen(f"There is no benchmark of {month:%Y-%m} in the codebook {codebook!r}; there is {told(books)}.")
    rows = release.cells.engine.frame("benchmark", month=month, codebook=codebook or books[0])
    rows = rows.rename(columns={"on_day": "on"})
    rows["on"] = pd.to_datetime(rows["on"]).dt.date
    for name in ("factories", "answers"):
        rows[name] = rows[name].astype("Int64").astype("object")
    return rows[list(COLUMNS)]


@lru_cache(maxsize=8)
def frozen_months(release: OpenRelease) -> tuple[FrozenMonth, ...]:
    """Every frozen month, oldest first; of those alike the codebook that most factories were asked by comes first.

    Only frozen cohorts are asked, so that the choice of a codebook tells nothing of what came later. Kept, as a
    release never changes.
    """
    return tuple(FrozenMonth(row[0], row[1]) for row in release.cells.engine.rows("benchmark_frozen"))


def month_of(frozen: tuple[FrozenMonth, ...], on: date | None) -> date:
    """The first day of the frozen month that a day lies in; the newest when none is asked for. Raises NotFrozen."""
    if not frozen:
        raise NotFrozen("No benchmark is frozen yet: the first one is, once a calendar month with answers is over.")
    first, last = frozen[0].month, frozen[-1].month
    if on is None:
        return last
    if on.replace(day=1) not in {one.month for one in frozen}:
        raise NotFrozen(f"No benchmark of {on:%Y-%m} is frozen; there are those from {first:%Y-%m} to {last:%Y-%m}.")
    return on.replace(day=1)


def told(books: list[str]) -> str:
    """Codebooks as a list in words."""
    return ", ".join(repr(book) for book in books)
