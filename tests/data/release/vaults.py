"""A vault in memory, filled row by row: closing without reading files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pandas as pd

from data.engine import Engine
from data.release.run import Run, closing_run
from data.vault.store import migrate


@dataclass(frozen=True)
class Question:
    """One question of a small world."""

    question: int
    scale: str = "ordinal5"
    polarity: int = 1
    zero_tolerance: bool = False


@dataclass(frozen=True)
class Answer:
    """One answer. Two answers may be equal and still be two."""

    factory: int
    question: int
    day: date
    level: int
    person: int | None
    sitting: int | None = None


QUESTIONS = (
    Question(1),
    Question(2, "yesno", -1),
    Question(3, "scale10"),
    Question(4, "yesno", zero_tolerance=True),
    Question(5, "scale4", -1),
)
LOWEST_HIGHEST = {"yesno": (0, 1), "ordinal5": (1, 5), "scale4": (0, 4), "scale10": (1, 10)}


class SmallVault:
    """A vault without a file: loads answers, closes days, shows cells."""

    def __init__(self, factories: Iterable[int], questions: Iterable[Question] = QUESTIONS) -> None:
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("ATTACH ':memory:' AS vault; USE vault")
        migrate(connection)
        self.engine = Engine(connection)
        self.loads = 0
        for factory in factories:
            connection.execute(
                "INSERT INTO vault.factories BY NAME SELECT ? AS factory, ? AS factory_id, 'BD' AS country, "
                "'Asia/Dhaka' AS timezone, 1 AS load",
                [factory, f"F{factory}"],
            )
        for asked in questions:
            connection.execute(
                "INSERT INTO vault.questions BY NAME SELECT ? AS question, 'book' AS codebook, ? AS indicator_id, "
                "'theme' AS theme, 'scored' AS role, ? AS scale, ? AS polarity, ? AS zero_tolerance, "
                "FALSE AS is_vignette, 1 AS load",
                [asked.question, f"Q{asked.question}", asked.scale, asked.polarity, asked.zero_tolerance],
            )

    def load(self, answers: Iterable[Answer]) -> None:
        """Nothing; the answers are in the vault, as one load."""
        self.loads += 1
        rows = pd.DataFrame(
            [vars(a) for a in answers], columns=["factory", "question", "day", "level", "person", "sitting"]
        )
        for name in ("person", "sitting"):
            rows[name] = pd.array(rows[name].tolist(), dtype="UInt64")
        rows["day"] = pd.to_datetime(rows["day"])
        connection = self.engine.connection
        connection.register("rows_now", rows)
        connection.execute(
            "INSERT INTO vault.answers BY NAME SELECT factory, question, CAST(day AS DATE) AS day, level, person, "
            "sitting, 'app' AS channel, ? AS load FROM rows_now",
            [self.loads],
        )
        connection.unregister("rows_now")
        now = datetime.now(UTC).replace(tzinfo=None)
        connection.execute("INSERT INTO vault.loads VALUES (?, ?, 'test', ?)", [self.loads, now, len(rows)])

    def release(self, through: date | None = None) -> Run:
        """One closing run, kept or undone as a whole."""
        self.engine.connection.begin()
        try:
            run = closing_run(self.engine, through)
        except BaseException:
            self.engine.connection.rollback()
            raise
        self.engine.connection.commit()
        return run

    def cells(self) -> list[tuple[Any, ...]]:
        """Every cell: factory, question, opened, closed, n, s1, s2, c1…c5; without the release it closed in."""
        return self.engine.connection.execute(
            "SELECT * EXCLUDE (release) FROM vault.cells ORDER BY factory, question, opened, closed"
        ).fetchall()

    def close(self) -> None:
        """Nothing; the memory is given back."""
        self.engine.connection.close()
