"""Warnings as data/release/flags.py tells them: one factory at a time, week by week, with lists and sets.

For answers that all came in time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import median

import pandas as pd

from tests.data.release.flagged import BEST, INTEGRITY, ORDINAL, QUESTIONS

WEEK = timedelta(days=7)
POLARITY = {q.question: q.polarity for q in QUESTIONS}
Flag = tuple[int, str, str, date, date, int]


@dataclass(frozen=True)
class Sat:
    """One sitting."""

    day: date
    person: int | None
    levels: Mapping[int, int]

    @property
    def week(self) -> date:
        """Its Monday."""
        return self.day - timedelta(days=self.day.weekday())

    @property
    def quarter(self) -> date:
        """The first day of its quarter."""
        return date(self.day.year, (self.day.month - 1) // 3 * 3 + 1, 1)

    def signs(self) -> dict[str, bool]:
        """The signs that it can show, and whether it does."""
        ordinal = [q for q in self.levels if q in ORDINAL]
        scored = [q for q in self.levels if q in BEST]
        found = {}
        if len(ordinal) >= 5 and {POLARITY[q] for q in ordinal} == {1, -1}:
            found["same"] = len({self.levels[q] for q in ordinal}) == 1
        if len(scored) >= 5:
            found["best"] = all(self.levels[q] == BEST[q] for q in scored)
        if INTEGRITY in self.levels:
            found["told"] = self.levels[INTEGRITY] == 1
        return found


@dataclass(frozen=True)
class Share:
    """Sittings of ten people or more that can show a sign."""

    sign: str
    parts: tuple[Sat, ...]

    @property
    def weeks(self) -> tuple[date, date]:
        """The first and the last week."""
        return min(s.week for s in self.parts), max(s.week for s in self.parts)

    @property
    def hits(self) -> int:
        """How many do show it."""
        return sum(s.signs()[self.sign] for s in self.parts)

    @property
    def value(self) -> float:
        """The share of those."""
        return self.hits / len(self.parts)


def slow_flags(said: pd.DataFrame, through: date, heads: int) -> set[Flag]:
    """Every warning about weeks that are over."""
    found: set[Flag] = set()
    for factory, rows in said.groupby("factory"):
        over = rows[[d + timedelta(days=6 - d.weekday()) <= through for d in rows["day"]]]
        found |= {(int(factory), *flag) for flag in of_factory(over, through, heads)}
    return found


def of_factory(rows: pd.DataFrame, through: date, heads: int) -> Iterable[tuple[str, str, date, date, int]]:
    """The warnings of one factory."""
    sat = sittings(rows)
    daily: Counter[date] = Counter(s.day for s in sat)
    loose = Counter(zip(*(rows[rows["sitting"].isna()][c] for c in ("day", "question")), strict=True))
    for day in {d for d, _ in loose}:
        daily[day] += max(n for (d, _), n in loose.items() if d == day)
    weekly, busiest = Counter[date](), Counter[date]()
    for day, n in daily.items():
        monday = day - timedelta(days=day.weekday())
        weekly[monday] += n
        busiest[monday] = max(busiest[monday], n)
    same = Counter((s.day, tuple(sorted(s.levels.items()))) for s in sat if len(s.levels) >= 5)
    alike = {w: max([1, *(n for (d, _), n in same.items() if d - timedelta(days=d.weekday()) == w)]) for w in weekly}
    for kind, week in {*bursts(weekly, busiest), *copies(weekly, alike), *crowds(weekly, heads)}:
        if weekly[week] >= 10:
            yield kind, kind, week, week, 0
    for week in silence(weekly, through):
        yield "silence", "silence", week, week, 0
    yield from signs(sat)


def sittings(rows: pd.DataFrame) -> list[Sat]:
    """The sittings among answers."""
    return [
        Sat(
            part["day"].iloc[0],
            None if pd.isna(part["person"].iloc[0]) else int(part["person"].iloc[0]),
            dict(zip(part["question"], part["level"], strict=True)),
        )
        for _, part in rows[rows["sitting"].notna()].groupby("sitting")
    ]


def usual(numbers: Mapping[date, int], until: date) -> float | None:
    """The median of the newest eight weeks with answers of the half-year before; None below four."""
    past = sorted(w for w in numbers if until - 26 * WEEK <= w < until)[-8:]
    return median(numbers[w] for w in past) if len(past) >= 4 else None


def bursts(weekly: Mapping[date, int], busiest: Mapping[date, int]) -> Iterable[tuple[str, date]]:
    """Weeks, or their busiest day, with far more than usual."""
    for numbers in (weekly, busiest):
        for week, n in numbers.items():
            m = usual(numbers, week)
            if m is not None and n >= 40 and n > 4 * m and 2 * (sqrt(n) - sqrt(m)) > 6:
                yield "burst", week


def copies(weekly: Mapping[date, int], alike: Mapping[date, int]) -> Iterable[tuple[str, date]]:
    """Weeks with a day on which four or more gave the very same answers, unless that is usual."""
    for week in weekly:
        if alike[week] >= 4 and alike[week] > 4 * (usual(alike, week) or 0):
            yield "duplicates", week


def crowds(weekly: Mapping[date, int], heads: int) -> Iterable[tuple[str, date]]:
    """Weeks of four in which more sat down than work there."""
    for week in weekly:
        four = [week - back * WEEK for back in range(4)]
        m, n = usual(weekly, four[-1]), sum(weekly.get(w, 0) for w in four)
        if m is not None and n > heads and n > 32 * m:
            yield from (("implausible", w) for w in four if weekly.get(w, 0) > 2 * m)


def silence(weekly: Mapping[date, int], through: date) -> set[date]:
    """Weeks of four in which fewer than ten sat down, after four times as many did in some four."""
    found: set[date] = set()
    if not weekly:
        return found
    last = through - timedelta(days=(through + timedelta(days=1)).weekday() + 6)
    weeks = [min(weekly) + place * WEEK for place in range((last - min(weekly)).days // 7 + 1)]
    four = [sum(weekly.get(w, 0) for w in weeks[max(0, i - 3) : i + 1]) for i in range(len(weeks))]
    for i in range(4, len(weeks)):
        if four[i] < 10 and max(four[: i - 3]) >= 40:
            found |= set(weeks[i - 3 : i + 1])
    return found


def shares_of(sat: list[Sat]) -> list[Share]:
    """Sittings put together week by week until ten people of a quarter stand behind them, each in one share."""
    waiting: dict[tuple[str, date], list[Sat]] = defaultdict(list)
    found = []
    for week in sorted({s.week for s in sat}):
        for one in (s for s in sat if s.week == week):
            for sign in one.signs():
                waiting[sign, one.quarter].append(one)
        for place, parts in list(waiting.items()):
            people = len({s.person for s in parts} - {None}) + sum(s.person is None for s in parts)
            if people >= 10:
                found.append(Share(place[0], tuple(parts)))
                del waiting[place]
    return found


def signs(sat: list[Sat]) -> Iterable[tuple[str, str, date, date, int]]:
    """Shares that are too large."""
    found = shares_of(sat)
    for share in found:
        past = sorted((s for s in found if s.sign == share.sign and s.weeks[1] < share.weeks[1]),
                      key=lambda s: (s.weeks[1], s.weeks[0], -s.value))[-26:]  # fmt: skip
        known = median(s.value for s in past) if len(past) >= 4 else None
        low, high, unknown = {"same": (0.03, 0.95, 0.03), "best": (0.1, 0.95, 0.1), "told": (0.1, 0.2, 0.2)}[share.sign]
        p, n = min(high, max(low, unknown if known is None else known)), len(share.parts)
        if share.hits < 3 or share.value < (0.1 if share.sign == "same" else 0.2):
            continue
        if (share.hits - n * p) / sqrt(n * p * (1 - p)) > 5:
            kind = "straightline" if share.sign == "same" else "coached"
            yield kind, share.sign, *share.weeks, 0 if share.value < 0.2 else 1 if 3 * share.hits < n else 2
