"""What is fixed about a quarter once it is over (DESIGN §4): reach, adjust, leads, and how alike answers are.

A quarter is over when the days up to its last one are closed. From then on nothing about it is counted again:
answers that come later join later cells, and change no figure of the past. So the vault can forget who answered.
A factory without a cell is still all history; its quarters are fixed when it has its first.
"""

from datetime import date, timedelta

import numpy as np

from data.codebook.scales import LEVELS, points
from data.engine import Engine
from data.release.adjust import fix_adjust
from data.release.facts import fix_likeness
from data.release.leads import fix_leads
from data.release.reach import fix_reach, tell_running
from data.release.run import Run

DAY = timedelta(days=1)


def fix_quarters(engine: Engine, before: date, last_load: int, run: Run) -> None:
    """Nothing; the vault holds what is fixed about every quarter that is over after this run.

    `before` and `last_load` say what the run before took in. Belongs into the transaction of the run.
    """
    was, now = running_quarter(before), running_quarter(run.through)
    engine.do("begun_written", release=run.release)
    engine.do("quarters_due", was=was, now=now, last_load=last_load, release=run.release)
    engine.do("reach_emptied", was=was)
    offer_recoded(engine)
    due = [quarter for (quarter,) in engine.rows("due_quarters")]
    if due:
        engine.do("workforce_groups")
    for quarter in due:
        fix_quarter(engine, quarter, run.release)
    tell_running(engine, now, run.through, run.release)


def fix_quarter(engine: Engine, quarter: date, release: int) -> None:
    """Nothing; all that is told of one quarter is in the vault, for every factory of which it is due."""
    last_day = next_quarter(quarter) - DAY
    engine.do("fixing", quarter=quarter)
    engine.do("quarter_rows", first_day=quarter, last_day=last_day, factories=None)
    fix_reach(engine, quarter, release)
    fix_adjust(engine, quarter, last_day, release)
    fix_likeness(engine, quarter, release)
    fix_leads(engine, quarter, release)
    engine.do("quarters_written", quarter=quarter, release=release)


def offer_recoded(engine: Engine) -> None:
    """Nothing; the temporary table `recoded` says what each value of each question is on 0..100."""
    described = engine.connection.execute("SELECT question, scale, polarity FROM vault.questions").fetchall()
    x = np.array([points(scale, polarity) for _, scale, polarity in described]).reshape(-1, LEVELS)
    row, level = np.nonzero(~np.isnan(x))
    question = np.array([question for question, _, _ in described], dtype=np.int64)
    engine.offer("recoded_values", {"question": question[row], "level": level, "x": x[row, level]})
    engine.do("recoded")


def running_quarter(through: date) -> date:
    """The first day of the quarter that still runs when the days up to `through` are over."""
    following = through + DAY
    return date(following.year, (following.month - 1) // 3 * 3 + 1, 1)


def next_quarter(quarter: date) -> date:
    """The first day of the quarter after the one that begins on this day."""
    return date(quarter.year + quarter.month // 10, (quarter.month + 2) % 12 + 1, 1)
