"""Slices (DESIGN §4): how one level of one segment answers, by theme and calendar month.

A slice splits whole closed cells, so that taking levels from the whole leaves nothing. Every run notes which
answer went into which cell; once a month is over, its cells are split by every dimension, and a dimension comes
out when each of its levels is large enough. What does not come out waits for the next month's end. Cells that
came out are never in another slice of that dimension. Everything but the walk over months is SQL over all
factories at once.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from data.codebook.scales import LEVELS, points
from data.engine import Engine
from data.release.run import Run

NINTHS = 9
"""Nine times x is a whole number on every scale, so that sums do not depend on their order."""


def split_slices(engine: Engine, before: date, run: Run) -> int:
    """How many slices came out of the run that closed the days after `before`. Part of its transaction.

    Reads the temporary table `closing_rows` that the run has left.
    """
    open_month = month_of(before + timedelta(days=1))
    split_answers(engine, run.release, open_month)
    engine.script("slices/taken_up")
    months = list(months_over(engine, open_month, run.through))
    for month in months:
        decide_month(engine, month, open_month, run.release)
    if months:
        engine.script("slices/laid_down")
    keep_rest(engine, month_of(run.through + timedelta(days=1)))
    return int(engine.rows("slices/made")[0][0])


def split_answers(engine: Engine, release: int, open_month: date) -> None:
    """Fills `split_rows`: every answer of the run with the month of its cell; carried ones get theirs too."""
    engine.do("slices/strata")
    engine.do("slices/levels")
    engine.do("slices/questions")
    offer_points(engine)
    engine.do("slices/closed", release=release, open_month=open_month)
    engine.do("slices/rows")
    engine.do("slices/carried")


def offer_points(engine: Engine) -> None:
    """Offers `split_points`: nine times x for every value of every question that slices are made of."""
    asked = engine.connection.execute("SELECT question, scale, polarity FROM split_questions").fetchall()
    table = np.array([points(scale, polarity) for _, scale, polarity in asked]).reshape(-1, LEVELS)
    row, level = np.nonzero(np.isfinite(table))
    question = np.array([question for question, _, _ in asked], dtype=np.int64)
    x9 = np.rint(NINTHS * table[row, level]).astype(np.int64)
    engine.offer("split_points", {"question": question[row], "level": level, "x9": x9})


def months_over(engine: Engine, open_month: date, through: date) -> Iterator[date]:
    """The months that are over by `through` and not decided yet for every factory, oldest first."""
    first = engine.rows("slices/first_month", open_month=open_month)[0][0]
    if first is None:
        return
    month = month_of(first)
    while next_month(month) <= through + timedelta(days=1):
        yield month
        month = next_month(month)


def decide_month(engine: Engine, month: date, open_month: date, release: int) -> None:
    """Adds what a month's cells hold to what waits, and lets out what is large enough."""
    quarter = quarter_of(month)
    engine.do("slices/gained", month=month)
    engine.do("slices/begun")
    engine.do("slices/waiting")
    if month.month % 3 == 0:
        for overall in (False, True):
            engine.do("slices/unmerged", quarter=quarter, overall=overall)
            engine.do("slices/people", quarter=quarter, month=month)
            engine.do("slices/merged", month=month)
    engine.do("slices/groups", month=month, open_month=open_month, release=release)
    engine.do("slices/none_closing")
    for overall in (False, True):
        engine.do("slices/large", overall=overall)
        engine.do("slices/people", quarter=quarter, month=month)
        engine.do("slices/closing")
    engine.do("slices/written", month=month, release=release)
    engine.do("slices/settled")


def keep_rest(engine: Engine, running: date) -> None:
    """Carries what later months will count, and forgets the rest. `running` is the month not over yet."""
    quarter = quarter_of(running)
    engine.do("slices/forgotten", quarter=quarter)
    engine.do("slices/kept", quarter=quarter)
    engine.do("slices/keys_forgotten", quarter=quarter)
    engine.do("slices/cells_forgotten", next_month=running)
    engine.do("slices/cells_kept", next_month=running)


def month_of(day: date) -> date:
    """The first day of the month that a day lies in."""
    return day.replace(day=1)


def quarter_of(month: date) -> date:
    """The first day of the quarter that a month lies in."""
    return month.replace(month=month.month - (month.month - 1) % 3)


def next_month(month: date) -> date:
    """The first day of the month after this one."""
    return (month + timedelta(days=31)).replace(day=1)
