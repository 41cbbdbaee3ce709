"""`python -m bench.large`: ten million answers of 1,000 factories to 44 questions over 104 weeks, closed and scored.

The answers are drawn by one SQL statement straight into a vault, as a load would leave them; closing, quarters,
slices, cohorts, the release file and the scores are the real ones.
"""

import argparse
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from bench.clock import Figure, peak_memory, timed, told
from data.codebook.questions import DEFAULT_CODEBOOK
from data.engine import Engine
from data.home import Home
from data.release.publish import release
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state.store import State
from data.vault import dimensions
from data.vault.store import change, vault
from scoring.method import METHOD
from scoring.scorebook import computed
from scoring.scores import day_of

FIRST, WEEKS, WORKERS = date(2024, 11, 25), 104, 300
LAST = FIRST + timedelta(days=7 * WEEKS - 1)

FACTORIES = """
    INSERT INTO vault.factories BY NAME
    SELECT CAST(i AS INTEGER) AS factory, 'F' || i AS factory_id, 'Mill ' || i AS name,
           ['BD', 'IN', 'KH', 'TR', 'VN'][1 + i % 5] AS country, ['apparel', 'footwear'][1 + i // 5 % 2] AS sector,
           800 AS headcount, 'O' || i // 2 AS owner_id, 'Asia/Dhaka' AS timezone, 'p' || i AS public_id, 1 AS load
      FROM range(1, $factories + 1) AS r(i)
"""
ANSWERS = """
    INSERT INTO vault.answers BY NAME
    WITH asked AS (
        SELECT question, row_number() OVER (ORDER BY question) - 1 AS place, count(*) OVER () AS questions,
               scale = 'yesno' AS yes_no FROM vault.questions WHERE role = 'scored'
    ), drawn AS (
        SELECT CAST(1 + (i // 10) * 7919 % $factories AS INTEGER) AS factory, hash(i * 3) AS asks, hash(i) AS says,
               CAST($first AS DATE) + CAST(i * $days // $answers AS INTEGER) AS day,
               i // 10 AS sitting, hash(i // 10) AS who
          FROM range($answers) AS r(i)
    )
    SELECT d.factory, a.question, d.day, 'app' AS channel, 1 AS load, hash(d.sitting) AS sitting,
           CAST(CASE WHEN a.yes_no THEN d.says % 10 // 7
                     ELSE 1 + (d.says % 16 >= 1)::INT + (d.says % 16 >= 4)::INT + (d.says % 16 >= 9)::INT
                            + (d.says % 16 >= 14)::INT END AS UTINYINT) AS level,
           CASE WHEN d.who % 3 = 2 THEN 'man' ELSE 'woman' END AS gender, 'd' || d.who % $workers % 4 AS department,
           't' || d.who % $workers % 3 AS tenure_band,
           CASE WHEN d.who % 10 > 0 THEN hash(d.factory, d.who % $workers) END AS person
      FROM drawn AS d
      JOIN asked AS a ON a.place = d.asks % a.questions
     ORDER BY d.factory, d.day
"""


def fill(engine: Engine, factories: int, answers: int) -> None:
    """Nothing; the vault holds the default codebook, the factories and their answers."""
    with change(engine):
        engine.do("known_factories")
        standard = dimensions.checked_questions(engine, dimensions.default_questions(), DEFAULT_CODEBOOK)
        dimensions.write_questions(engine, standard, 1)
        engine.connection.execute(FACTORIES, {"factories": factories})
        drawn = {"factories": factories, "answers": answers, "first": FIRST, "days": 7 * WEEKS, "workers": WORKERS}
        engine.connection.execute(ANSWERS, drawn)
        engine.connection.execute("INSERT INTO vault.loads BY NAME SELECT 1 AS load, now()::TIMESTAMP AS loaded_at")


def closing_figures(home: Home, settings: Settings, state: State) -> list[str]:
    """All history but a day, then one day more; each with everything that a release holds."""
    history = timed("close and publish all history", lambda: release(home, settings, state, LAST - timedelta(1)), 1)
    day = timed("close and publish one day more", lambda: release(home, settings, state, LAST), 1)
    return [told(history, note=peak_memory()), told(day, history)]


def scoring_figures(opened: OpenRelease) -> tuple[list[str], Figure]:
    """Every score of a day against a bare sum over the same cells, and how long it took."""
    engine, on = opened.cells.engine, day_of(opened)
    bare = timed("bare sum by factory", lambda: engine.rows("bare_sum"))
    every = timed("scores of all factories", lambda: computed(opened, on, METHOD.half_life, METHOD))
    cells = engine.rows("cell_count")[0][0]
    return [told(bare, note=f"{cells:,} cells"), told(every, bare)], every


def pandas_figure(engine: Engine, opened: OpenRelease, scored: Figure) -> str:
    """What scores begin with, by pandas over the raw answers: weighted sums by question, and people by their keys."""
    rows = engine.connection.execute(
        "SELECT f.factory_id, q.theme, q.indicator_id, a.day, a.level * 1.0 AS x, a.person, a.sitting "
        "FROM vault.answers AS a JOIN vault.factories AS f ON f.factory = a.factory "
        "JOIN vault.questions AS q ON q.question = a.question AND q.role = 'scored' AND NOT q.zero_tolerance"
    ).df()
    on = pd.Timestamp(day_of(opened))

    def work() -> pd.Series:
        age = (on - rows["day"]).dt.days
        here = rows[age <= METHOD.oldest * METHOD.half_life]
        weight = np.exp2(-age[here.index] / METHOD.half_life)
        sums = here.assign(w=weight, s=weight * here["x"], q=weight * here["x"] ** 2, v=weight**2)
        found = sums.groupby(["factory_id", "theme", "indicator_id"])[["w", "s", "q", "v"]].sum()
        keys = here.assign(quarter=here["day"].dt.to_period("Q")).groupby(["factory_id", "quarter", "person"])
        people = keys["sitting"].nunique().groupby(["factory_id", "quarter"]).agg(lambda k: k.sum() ** 2 / (k**2).sum())
        means = (found["s"] / found["w"]).groupby(["factory_id", "theme"]).mean().groupby("factory_id").mean()
        return means.to_frame("score").join(people.groupby("factory_id").max())["score"]

    return told(timed("sums and people by pandas, raw answers", work, 1), scored)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="bench.large", description="Closing and scoring ten million answers.")
    parser.add_argument("--factories", type=int, default=1000)
    parser.add_argument("--answers", type=int, default=10_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seamline-bench-") as folder:
        settings = Settings(home=Path(folder))
        home = Home(settings.home).prepare()
        state = State.open(home, settings)
        with vault(home, settings, "bench") as engine:
            fill(engine, chosen.factories, chosen.answers)
        print(f"{chosen.answers:,} answers of {chosen.factories:,} factories over {WEEKS} weeks; {peak_memory()}")
        for line in closing_figures(home, settings, state):
            print(line, flush=True)
        opened = Releases(home, settings).current()
        assert opened is not None
        lines, scored = scoring_figures(opened)
        with vault(home, settings, "bench") as engine:
            print("\n".join([*lines, pandas_figure(engine, opened, scored)]))
        state.close()


if __name__ == "__main__":
    main()
