"""A vault in memory that is looked through for warnings, and answers that something is wrong with."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.release.flags import fix_flags
from data.release.run import Run, closing_run, last_run
from tests.data.release.quarterly import SAID, QuarterVault
from tests.data.release.vaults import Question

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MONDAY = date(2026, 1, 5)
ORDINAL = (1, 2, 3, 4, 5)
INTEGRITY = 8
QUESTIONS = (
    Question(1), Question(2), Question(3), Question(4), Question(5, "ordinal5", -1), Question(6, "yesno"),
    Question(7, "yesno", -1, zero_tolerance=True), Question(INTEGRITY, "yesno", -1),
)  # fmt: skip
BEST = {1: 5, 2: 5, 3: 5, 4: 5, 5: 1, 6: 1, 7: 0}
Said = tuple[Any, ...]


class FlagVault(QuarterVault):
    """A small vault whose releases look for warnings."""

    def __init__(self, factories: Iterable[int] = (1,), heads: int = 100) -> None:
        super().__init__(factories, QUESTIONS)
        self.engine.connection.execute("UPDATE vault.factories SET headcount = ?", [heads])
        self.engine.connection.execute("UPDATE vault.questions SET role = 'integrity' WHERE question = ?", [INTEGRITY])

    def tell(self, *said: Iterable[Said]) -> None:
        """Nothing; the answers are in the vault, as one load."""
        self.say(pd.DataFrame([row for rows in said for row in rows], columns=SAID))

    def release(self, through: date | None = None) -> Run:
        """One run with its warnings, kept or undone as a whole."""
        self.engine.connection.begin()
        try:
            before, last_load = last_run(self.engine)
            run = closing_run(self.engine, through)
            fix_flags(self.engine, before, last_load, run)
        except BaseException:
            self.engine.connection.rollback()
            raise
        self.engine.connection.commit()
        return run

    def found(self, kind: str | None = None) -> list[tuple[Any, ...]]:
        """Every warning in the vault: factory, kind, sign, first and last week, band."""
        return [row for row in self.table("flags") if kind in (None, row[1])]


def sitting(number: int, day: date, levels: dict[int, int], *, factory: int = 1, person: int | None = -1) -> list[Said]:
    """The answers of one sitting, of somebody else each time unless it is said of whom; None is nobody's key."""
    who = number if person == -1 else person
    return [(factory, q, day, level, None, None, None, number, who) for q, level in levels.items()]


def ordinary(number: int) -> dict[int, int]:
    """Answers that show no sign, and that no other sitting has within 600."""
    digits = [number // 5**place % 5 + 1 for place in range(4)]
    return {1: digits[0], 2: digits[1], 3: digits[2], 4: digits[3], 5: digits[0] % 5 + 1, 6: 0}


def lined(number: int) -> dict[int, int]:
    """The same answer throughout."""
    return dict.fromkeys(ORDINAL, 1 + number % 5)


def many(first: int, count: int, monday: date, *, days: int = 7, **more: Any) -> Iterator[Said]:
    """Ordinary sittings, spread over the first days of a week."""
    for number in range(first, first + count):
        yield from sitting(number, monday + (number - first) % days * DAY, ordinary(number), **more)


def calm(weeks: int, count: int, start: date = MONDAY) -> Iterator[Said]:
    """Weeks in which nothing is wrong."""
    for week in range(weeks):
        monday = start + week * WEEK
        yield from many(100_000 + (monday - MONDAY).days * 1000, count, monday)


def some(count: int, of: int, levels: dict[int, int], start: date = MONDAY + 10 * WEEK) -> Iterator[Said]:
    """So many sittings with these answers, and ordinary ones up to `of`, of as many people."""
    first = (start - MONDAY).days * 1000
    for number in range(of):
        day = start + number % 6 * DAY
        yield from sitting(first + number, day, levels if number < count else ordinary(number))


def troubled(seed: int, weeks: int = 40, factories: int = 4) -> pd.DataFrame:
    """Who said what in a world where something of each kind is wrong now and then. Some sittings have no key, and
    some answers no sitting."""
    rng, rows, number = np.random.default_rng(seed), [], 0
    for factory in range(1, factories + 1):
        still = 0
        for week in range(weeks):
            wrong = rng.choice([None, "lined", "coached", "told", "burst", "copies", "crowd", "still"],
                               p=[0.65, *[0.05] * 7])  # fmt: skip
            still = 6 if wrong == "still" and week > 8 else max(still - 1, 0)
            count = 2 if still else int(rng.poisson(3 + 5 * factory)) + 90 * (wrong == "crowd")
            if still and factory % 2:
                continue
            for place in range(count + 50 * (wrong == "burst")):
                number += 1
                offset = 2 if place >= count or (wrong == "copies" and place < 8) else int(rng.integers(7))
                day = MONDAY + week * WEEK + int(offset) * DAY
                key = None if rng.random() < 0.1 else factory * 10_000 + int(rng.integers(40)) * 10 + quarter(day)
                levels = said(rng, wrong, place)
                loose = rng.random() < 0.05
                for question, level in levels.items():
                    rows.append((factory, question, day, level, None, None, None, None if loose else number, key))
    return pd.DataFrame(rows, columns=SAID)


def said(rng: np.random.Generator, wrong: str | None, place: int) -> dict[int, int]:
    """The answers of one sitting."""
    levels = {q: int(rng.integers(1, 6)) for q in ORDINAL} | {6: int(rng.random() < 0.7), 7: int(rng.random() < 0.02)}
    if wrong == "lined" and rng.random() < 0.6:
        levels |= lined(place)
    if wrong == "coached" and rng.random() < 0.7:
        levels = dict(BEST)
    levels |= {INTEGRITY: int(rng.random() < (0.8 if wrong == "told" else 0.08))}
    if wrong == "copies" and place < 8:
        return ordinary(7)
    asked = [q for q in levels if rng.random() < 0.93]
    return {q: levels[q] for q in asked}


def quarter(day: date) -> int:
    """The number of a quarter: keys rotate with it."""
    return (day.month - 1) // 3
