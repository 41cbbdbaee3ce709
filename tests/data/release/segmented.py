"""A small vault whose answers say something about who gave them, and small random worlds of such answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.release.run import Run, closing_run, last_run
from data.release.slices import split_slices
from tests.data.release.vaults import Answer, Question, SmallVault

Slice = tuple[int, str, str, str, str, date, date, int, float]

SCORED = (Question(1), Question(2, "yesno", -1), Question(3, "scale10"), Question(6, "scale4"))
OTHERS = (Question(4, "yesno", zero_tolerance=True), Question(5, "scale4", -1))
THEMES = {1: "PAY", 2: "PAY", 3: "HRS", 6: "SAF", 4: "FRC", 5: "CTX"}


@dataclass(frozen=True)
class Said(Answer):
    """An answer, and what its giver said about himself or herself; a word that is None was left out."""

    gender: str | None = None
    department: str | None = None
    tenure_band: str | None = None
    line: str | None = None


class SegmentedVault(SmallVault):
    """A vault that closes cells and lets slices out. Questions 4 and 5 are never averaged."""

    def __init__(self, factories: Iterable[int], questions: Sequence[Question] = SCORED + OTHERS) -> None:
        super().__init__(factories, questions)
        for question, theme in THEMES.items():
            self.engine.connection.execute("UPDATE vault.questions SET theme = ? WHERE question = ?", [theme, question])
        self.engine.connection.execute("UPDATE vault.questions SET role = 'context' WHERE question = 5")

    def load(self, answers: Iterable[Answer]) -> None:
        """Nothing; the answers are in the vault, as one load."""
        answers = list(answers)
        super().load([])
        said = ["gender", "department", "tenure_band", "line"]
        names = ["factory", "question", "day", "level", "person", "sitting", *said]
        rows = pd.DataFrame([vars(a) for a in answers], columns=names)
        for name in ("person", "sitting"):
            rows[name] = pd.array(rows[name].tolist(), dtype="UInt64")
        for name in said:
            rows[name] = rows[name].astype("object").where(rows[name].notna(), None)
        rows["day"] = pd.to_datetime(rows["day"])
        self.engine.connection.register("rows_now", rows)
        self.engine.connection.execute(
            "INSERT INTO vault.answers BY NAME SELECT factory, question, CAST(day AS DATE) AS day, level, person, "
            "sitting, CAST(gender AS VARCHAR) AS gender, CAST(department AS VARCHAR) AS department, "
            "CAST(tenure_band AS VARCHAR) AS tenure_band, "
            "CASE WHEN line IS NOT NULL THEN MAP(['seg_line'], [CAST(line AS VARCHAR)]) END AS others, "
            "'app' AS channel, ? AS load FROM rows_now",
            [self.loads],
        )
        self.engine.connection.unregister("rows_now")

    def release(self, through: date | None = None) -> Run:
        """One run as `flask release` makes it: cells, then slices."""
        self.engine.connection.begin()
        before, _ = last_run(self.engine)
        run = closing_run(self.engine, through)
        split_slices(self.engine, before, run)
        self.engine.connection.commit()
        return run

    def slices(self) -> list[Slice]:
        """Every slice that came out: factory, codebook, unit, dim, level, first and last day, n, mean."""
        return self.engine.connection.execute(
            "SELECT factory, codebook, unit, dim, level, first_day, last_day, n, mean FROM vault.slices ORDER BY ALL"
        ).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table of the vault has."""
        return len(self.engine.connection.table(f"vault.{table}"))


@dataclass(frozen=True)
class SaidWorld:
    """Answers with the day on which each arrived, in the order of their days."""

    first: date
    days: int
    factories: tuple[int, ...]
    answers: tuple[tuple[date, Said], ...]

    @property
    def last(self) -> date:
        """The last day of the world."""
        return self.first + timedelta(days=self.days - 1)

    def arrived(self, after: date, until: date) -> list[Said]:
        """What arrived after a day and until another."""
        return [answer for day, answer in self.answers if after < day <= until]


def said_world(seed: int, *, late: bool = False, days: int = 250) -> SaidWorld:
    """Three factories, one busy, one middling, one quiet; small levels, silent people, a line that is new later."""
    rng = np.random.default_rng(seed)
    first = date(2025, 1, 1) + timedelta(days=int(rng.integers(0, 100)))
    found = []
    rates = rng.permutation([0.5, 2.0, 6.0])
    for factory in (1, 2, 3):
        workers = int(rng.integers(25, 90))
        gender = rng.choice(["f", "m"], workers, p=[0.7, 0.3])
        department = rng.choice(["cut", "sew", "pack", "wash"], workers, p=[0.3, 0.5, 0.15, 0.05])
        silent, keyless = float(rng.choice([0.02, 0.2])), float(rng.choice([0.0, 0.3]))
        lines_from = int(rng.integers(0, days))
        for offset in range(days):
            day = first + timedelta(days=offset)
            for sitting in range(rng.poisson(rates[factory - 1])):
                worker = int(rng.integers(workers))
                delay = int(rng.integers(1, 40)) if late and rng.random() < 0.15 else 0
                words = {
                    "gender": None if rng.random() < silent else str(gender[worker]),
                    "department": None if rng.random() < silent else str(department[worker]),
                    "line": str(worker % 3) if offset >= lines_from and factory != 3 else None,
                }
                key = None if rng.random() < keyless else (worker * 100 + (day.month - 1) // 3) * 10 + factory
                for question in rng.choice([1, 2, 3, 4, 5, 6], 3, replace=False):
                    level = int(rng.integers(1, 5)) if question in (1, 3) else int(rng.integers(0, 2))
                    answer = Said(
                        factory, int(question), day, level, key, (offset * 100 + sitting) * 10 + factory, **words
                    )
                    found.append((day + timedelta(days=delay), answer))
    return SaidWorld(first, days, (1, 2, 3), tuple(found))
