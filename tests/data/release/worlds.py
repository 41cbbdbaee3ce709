"""Small random worlds: who answered what when, and when it arrived."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.data.release.vaults import LOWEST_HIGHEST, QUESTIONS, Answer


@dataclass(frozen=True)
class World:
    """Answers in the order of their days, and the day on which each arrived."""

    first: date
    days: int
    factories: tuple[int, ...]
    answers: tuple[tuple[date, Answer], ...]

    @property
    def last(self) -> date:
        """The last day of the world."""
        return self.first + timedelta(days=self.days - 1)

    def arrived(self, after: date, until: date) -> list[Answer]:
        """What arrived after a day and until another."""
        return [answer for day, answer in self.answers if after < day <= until]


def random_world(seed: int, *, late: bool = False, days: int = 45) -> World:
    """A world near a turn of the year: busy and quiet factories, with keys, without, and in between.

    With `late`, one answer in five arrives up to a month after its day, and of one factory the first half
    arrives near the end.
    """
    rng = np.random.default_rng(seed)
    first = date(2025, 11, 20) + timedelta(days=int(rng.integers(0, 45)))
    found = []
    factories = tuple(range(1, 5))
    rates = rng.permutation([0.05, 0.7, 2.0, 6.0])
    for factory in factories:
        workers = int(rng.integers(8, 40))
        keyless = float(rng.choice([0.0, 0.3, 1.0]))
        rotates = rng.random() < 0.7
        alike = rng.integers(0, days, 2)
        history = late and factory == 1
        for offset in range(days):
            day = first + timedelta(days=offset)
            unanimous = alike.min() <= offset <= alike.max()
            for asked in QUESTIONS:
                low, high = LOWEST_HIGHEST[asked.scale]
                for _ in range(rng.poisson(rates[factory - 1] * rng.choice([0.0, 1.0, 2.0]))):
                    key = int(rng.integers(workers)) * 100 + rotates * ((day.month - 1) // 3)
                    answer = Answer(
                        factory, asked.question, day,
                        high if unanimous and rng.random() < 0.97 else int(rng.integers(low, high + 1)),
                        None if rng.random() < keyless else key,
                    )  # fmt: skip
                    delay = int(rng.integers(1, 30)) if late and rng.random() < 0.2 else 0
                    if history and offset < days // 2:
                        delay = days - offset - int(rng.integers(1, 10))
                    found.append((day + timedelta(days=delay), answer))
    return World(first, days, factories, tuple(found))
