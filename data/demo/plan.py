"""What a demo world shall be, and the calendar that follows from it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Plan:
    """What the world shall be; the same plan always makes the same world.

    `last_day` is yesterday (UTC) unless given, and weeks are counted back from it. `effects` False leaves
    what buyers do on record but without consequence. `anomalies` False leaves out the coached week and the
    factory that is settling in, and "all" adds the six kinds that warnings must find, each once for every 20
    factories. `unhappy_answer_more` is in log-odds of taking part per worker standard
    deviation of unhappiness: above 0 the unhappy answer more often, so answers read worse than the truth.
    `activity` multiplies the number of sittings. `uneven` is in log-odds of taking part per standard
    deviation between departments, genders and lengths of service; 0 makes every group answer alike.
    `kinds` names the only kinds of action that occur; None: all. `bad_patches` has one kind, AFTER_BAD_PATCH in
    `kinds.py`, happen after workers already said worse, so that a dip comes before it that is no effect of it.
    """

    seed: int = 7
    factories: int = 60
    weeks: int = 104
    last_day: date | None = None
    effects: bool = True
    anomalies: bool | Literal["all"] = True
    unhappy_answer_more: float = 0.0
    activity: float = 1.0
    uneven: float = 0.3
    kinds: tuple[str, ...] | None = None
    bad_patches: bool = False

    def __post_init__(self) -> None:
        if self.factories < 1 or self.weeks < 1:
            raise ValueError("A demo world needs at least one factory and one week.")
        if self.seed < 0:
            raise ValueError("The seed of a demo world is a whole number from 0 on.")
        if self.activity <= 0:
            raise ValueError("The activity of a demo world is above 0.")

    @property
    def days(self) -> int:
        """How many days the world lasts."""
        return 7 * self.weeks

    def dated(self) -> "Plan":
        """This plan with its last day settled, so that midnight cannot fall into the making of a world."""
        return replace(self, last_day=self.last_day or datetime.now(UTC).date() - timedelta(days=1))

    @property
    def first_day(self) -> date:
        """The first day of the first week."""
        if self.last_day is None:
            raise ValueError("A plan has a first day once its last day is settled: ask its dated() twin.")
        return self.last_day - timedelta(days=self.days - 1)

    def dates(self, days: npt.NDArray[np.integer]) -> Days:
        """The dates of days counted from the first day, which is 0."""
        return np.datetime64(self.first_day, "D") + days.astype("timedelta64[D]")

    def stream(self, name: str) -> np.random.Generator:
        """The random numbers of that name: each part has its own, so a change to one leaves the rest."""
        return np.random.default_rng([self.seed, crc32(name.encode())])

    @property
    def coached(self) -> int | None:
        """The factory at which one week is coached, as its place in the list."""
        return self.factories // 3 if self.anomalies and self.factories >= 3 and self.weeks >= 4 else None

    @property
    def coached_days(self) -> tuple[int, int]:
        """The first and the last day of the coached week, about nine weeks before the end."""
        first = 7 * max(self.weeks - 10, 1)
        return first, first + 6

    @property
    def settling(self) -> int | None:
        """The factory that joined about four months before the end, as its place in the list."""
        return 2 * self.factories // 3 if self.anomalies and self.factories >= 3 and self.weeks >= 4 else None

    @property
    def settling_from(self) -> int:
        """The day on which that factory joined."""
        return self.days - min(122, self.days // 2)
