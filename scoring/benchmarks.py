"""Benchmarks: the frozen cohorts of a calendar month, as NGOs see them. Never a factory."""

from datetime import date

import pandas as pd

from data.release.reader import OpenRelease

COLUMNS = (
    "cohort", "country", "sector", "theme", "on", "factories", "answers", "p10", "p25", "p50", "p75", "p90", "reason",
)  # fmt: skip
"""The columns of FORMATS §3."""


class NotFrozen(Exception):
    """There is no benchmark of that month, or not in that codebook. The message says what there is."""


def benchmark(release: OpenRelease, on: date | None = None, codebook: str | None = None) -> pd.DataFrame:
    """One row per cohort and theme (`overall`: the whole) of the month that `on` lies in; default the newest.

    Percentiles of factory scores in whole points; factories and answers to the nearest 5. A cohort that may not
    be shown is empty and `reason` says not_enough. Scores compare within one codebook: by default that which
    most factories are asked by. Raises NotFrozen.
    """
    month = month_of(release, on)
    books = [book for (book,) in release.cells.engine.rows("benchmark_codebooks", month=month)]
    if codebook is not None and codebook not in books:
        raise NotFrozen(f"There is no benchmark of {month:%Y-%m} in the codebook {codebook!r}; there is {told(books)}.")
    rows = release.cells.engine.frame("benchmark", month=month, codebook=codebook or books[0])
    rows = rows.rename(columns={"on_day": "on"})
    rows["on"] = pd.to_datetime(rows["on"]).dt.date
    for name in ("factories", "answers"):
        rows[name] = rows[name].astype("Int64").astype("object")
    return rows[list(COLUMNS)]


def month_of(release: OpenRelease, on: date | None) -> date:
    """The first day of the frozen month that a day lies in; the newest when none is asked for. Raises NotFrozen."""
    months: list[date] = [month for (month,) in release.cells.engine.rows("benchmark_months")]
    if not months:
        raise NotFrozen("No benchmark is frozen yet: the first one is, once a calendar month with answers is over.")
    if on is None:
        return months[-1]
    if on.replace(day=1) not in months:
        raise NotFrozen(
            f"No benchmark of {on:%Y-%m} is frozen; there are those from {months[0]:%Y-%m} to {months[-1]:%Y-%m}."
        )
    return on.replace(day=1)


def told(books: list[str]) -> str:
    """Codebooks as a list in words."""
    return ", ".join(repr(book) for book in books)
