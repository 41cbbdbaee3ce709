"""A vault in memory whose answers say who gave them, released with everything that is fixed once a quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.release.quarters import fix_quarters
from data.release.run import Run, closing_run, last_run
from tests.data.release.vaults import LOWEST_HIGHEST, Question, SmallVault

ASKED = (
    Question(1),
    Question(2, "yesno", -1),
    Question(3, "scale10"),
    Question(4, "yesno", zero_tolerance=True),
    Question(5, "yesno", -1, zero_tolerance=True),
    Question(6, "scale4", -1),
)
FIRST = date(2026, 1, 1)
SAID = ["factory", "question", "day", "level", "gender", "department", "tenure_band", "sitting", "person"]


class QuarterVault(SmallVault):
    """A small vault that keeps segments, head counts and quarters."""

    def __init__(self, factories: Iterable[int], questions: Iterable[Question] = ASKED) -> None:
        super().__init__(factories, questions)

    def say(self, rows: pd.DataFrame) -> None:
        """Nothing; the answers are in the vault, as one load."""
        self.loads += 1
        connection = self.engine.connection
        connection.register("said_now", rows.assign(day=pd.to_datetime(rows["day"])))
        connection.execute(
            "INSERT INTO vault.answers BY NAME SELECT factory, question, CAST(day AS DATE) AS day, level, gender, "
            "department, tenure_band, CAST(sitting AS UBIGINT) AS sitting, CAST(person AS UBIGINT) AS person, "
            "'app' AS channel, ? AS load FROM said_now",
            [self.loads],
        )
        connection.unregister("said_now")
        now = datetime.now(UTC).replace(tzinfo=None)
        connection.execute("INSERT INTO vault.loads VALUES (?, ?, 'test', ?)", [self.loads, now, len(rows)])

    def count_heads(self, rows: Iterable[tuple[int, str | None, str | None, str | None, int]]) -> None:
        """Nothing; the head counts are in the vault."""
        for row in rows:
            self.engine.connection.execute("INSERT INTO vault.headcount VALUES (?, ?, ?, ?, NULL, ?, 1)", [*row])

    def release(self, through: date | None = None) -> Run:
        """One run with its quarters, kept or undone as a whole."""
        self.engine.connection.begin()
        try:
            before, last_load = last_run(self.engine)
            run = closing_run(self.engine, through)
            fix_quarters(self.engine, before, last_load, run)
        except BaseException:
            self.engine.connection.rollback()
            raise
        self.engine.connection.commit()
        return run

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """The rows of a vault table, in order, without the release they came with."""
        query = f"SELECT * EXCLUDE (release) FROM vault.{name} ORDER BY ALL"
        return self.engine.connection.execute(query).fetchall()


@dataclass(frozen=True)
class Worker:
    """Somebody who works at a factory, and says who they are, or does not."""

    factory: int
    number: int
    gender: str | None
    department: str | None
    tenure_band: str | None
    outlook: float
    keyless: bool


def random_answers(
    seed: int, *, days: int = 200, factories: int = 5, workers: int = 60, first: date = FIRST
) -> pd.DataFrame:
    """Who said what: groups lean in different directions and answer unequally often; keys rotate by quarter.

    The first factory is small, and at the fourth few answer.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for factory in range(1, factories + 1):
        staff = [
            Worker(
                factory, number, rng.choice(["woman", "man", None], p=[0.35, 0.6, 0.05]),
                rng.choice(["sewing", "cutting", "packing", None], p=[0.5, 0.1, 0.37, 0.03]),
                rng.choice(["new", "old", None], p=[0.7, 0.25, 0.05]), rng.normal(), bool(rng.random() < 0.15),
            )
            for number in range(workers if factory > 1 else 12)
        ]  # fmt: skip
        for offset in range(days):
            for worker in rng.choice(staff, rng.poisson(0.9 if factory == 4 else 2.5)):
                rows += sitting_of(rng, worker, first + timedelta(days=offset), len(rows))
    return pd.DataFrame(rows, columns=SAID)


def sitting_of(rng: np.random.Generator, worker: Worker, day: date, number: int) -> list[tuple[Any, ...]]:
    """The answers of one sitting."""
    lean = 0.15 * worker.outlook + 0.2 * (worker.gender == "woman") - 0.15 * (worker.department == "cutting")
    person = None if worker.keyless else worker.factory * 100_000 + worker.number * 100 + (day.month - 1) // 3 + 1
    told = []
    for asked in ASKED:
        if rng.random() < 0.5:
            continue
        low, high = LOWEST_HIGHEST[asked.scale]
        chance = float(np.clip((0.93 if asked.zero_tolerance else 0.5) + lean, 0.02, 0.98))
        level = low + int(rng.binomial(high - low, chance if asked.polarity == 1 else 1 - chance))
        segments = (worker.gender, worker.department, worker.tenure_band)
        told.append((worker.factory, asked.question, day, level, *segments, number + 1, person))
    return told


def heads() -> list[tuple[int, str | None, str | None, str | None, int]]:
    """Head counts: the full cross at most factories, only genders at the third, none at the fifth."""
    rows: list[tuple[int, str | None, str | None, str | None, int]] = []
    for factory in (1, 2, 4):
        for g, gender in enumerate(("woman", "man")):
            for d, department in enumerate(("sewing", "cutting", "packing", "washing")):
                for t, tenure in enumerate(("new", "old")):
                    rows.append((factory, gender, department, tenure, (7 * factory + 11 * g + 5 * d + 3 * t) % 40))
        rows.append((factory, "woman", None, "new", 50))
    rows += [(3, "woman", None, None, 300), (3, "man", None, None, 60), (3, None, None, None, 40)]
    return rows
