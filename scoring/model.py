"""The plain results that the door hands to pages. Nothing here knows a store, a user or a browser.

Points are on the 0..100 scale, where 100 is good. Dates are the factory's local days. A number that may not be
shown is None and carries a Reason; nothing tells few answers from none.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.query import TimelineQuery as TimelineQuery

OVERALL = "overall"
Day = date  # for a class with a field called `date`


class Reason(StrEnum):
    """Why a number is missing."""

    NOT_ENOUGH = "not_enough"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Estimate:
    """A value with its likely (95 %) range, in points."""

    value: float
    low: float
    high: float


class Verdict(StrEnum):
    """What may be said about a difference. Only the clear ones are ever coloured."""

    CLEAR_RISE = "clear rise"
    CLEAR_DROP = "clear drop"
    MAYBE_HIGHER = "maybe higher"
    MAYBE_LOWER = "maybe lower"
    CANT_TELL = "can't tell"


@dataclass(frozen=True)
class Change:
    """A difference in points, later minus earlier, with its likely range."""

    points: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Clear when the range leaves out zero; maybe from 4 points on; otherwise nobody can tell."""
        if self.low > 0:
            return Verdict.CLEAR_RISE
        if self.high < 0:
            return Verdict.CLEAR_DROP
        if abs(self.points) >= 4:
            return Verdict.MAYBE_HIGHER if self.points > 0 else Verdict.MAYBE_LOWER
        return Verdict.CANT_TELL


@dataclass(frozen=True)
class Factory:
    """A factory as a page may name it; `country` is ISO 3166 alpha-2."""

    factory_id: str
    name: str
    country: str
    sector: str
    headcount: int | None
    joined: date | None


@dataclass(frozen=True)
class Stamp:
    """Which release a page was computed from, and by which method."""

    release: int
    through: date
    method: str
    demo: bool


@dataclass(frozen=True)
class Standing:
    """The middle half of similar factories in whole points, and in which third of them a likely range lies."""

    country: str
    sector: str
    """What they have in common; the sector is empty where they are all of a country."""
    factories: int
    """To the nearest 5, the factory itself among them."""
    low: float
    high: float
    third: str | None
    """upper, middle or lower; None where nobody can tell, while a factory settles in, and at grade D."""


@dataclass(frozen=True)
class Score:
    """One score: of the whole factory (`key` is OVERALL), of a theme or of an indicator.

    `questions` counts the averaged questions behind it; `answers` and `people` are to the nearest 5. `outer` is the
    paler range, should those who did not answer feel differently; `grade` is A to D.
    """

    key: str
    name: str
    estimate: Estimate | None
    reason: Reason | None
    questions: int
    answers: int
    outer: Estimate | None = None
    people: int | None = None
    grade: str | None = None
    settling: bool = False
    standing: Standing | None = None


@dataclass(frozen=True)
class Point:
    """One drawn stretch of a series: from `first` to `last`, both days included."""

    first: date
    last: date
    estimate: Estimate

    @property
    def middle(self) -> date:
        """The day at which the stretch is drawn."""
        return self.first + (self.last - self.first) / 2


@dataclass(frozen=True)
class Series:
    """The course of one score. `gaps` are stretches (both days included) with too few answers to show.

    `grain` says how wide one point is, in words: "week", "4 weeks", "quarter" or "as answered".
    """

    key: str
    name: str
    questions: int
    grain: str
    points: tuple[Point, ...]
    gaps: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Action:
    """Something done at a factory on a date. `token` names its colour and shape (see components/theme.py).

    `what` is a short plain phrase about its size ("48 days late"), empty when the size is unknown.
    `sign` is −1 for what presses, 1 for what helps, 0 when unknown.
    """

    action_id: str
    kind: str
    kind_name: str
    token: str
    sign: int
    date: Day
    end: Day | None
    buyer_id: str
    buyer_name: str
    what: str
    note: str
    severity: float
    rule: str = ""
    """Why it follows from an order, in a sentence; empty for what was entered."""


@dataclass(frozen=True)
class Lane:
    """One row of action marks: a group of kinds, or a buyer."""

    key: str
    name: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Window:
    """The stretches compared around an action: 8 weeks before and up to 13 weeks after, days included."""

    before_first: date
    before_last: date
    after_first: date
    after_last: date
    weeks_in: int

    @property
    def is_open(self) -> bool:
        """True while the 13 weeks after the action are not over yet."""
        return self.weeks_in < 13


@dataclass(frozen=True)
class Comparison:
    """One row's level before and after an action. Counts of answers are to the nearest 5."""

    key: str
    name: str
    before: Estimate | None
    after: Estimate | None
    change: Change | None
    answers_before: int
    answers_after: int
    quieter: int | None = None
    """In how many of 100 ordinary stretches of this kind of row the difference was smaller. Set where `change` is held
    against the same weeks at other factories of the country, and its range against such stretches; otherwise None,
    and `change` is after less before with the range of the answers alone."""


@dataclass(frozen=True)
class Aftermath:
    """What workers said before and after one action: one comparison for each row drawn."""

    action: Action
    window: Window
    rows: tuple[Comparison, ...]


@dataclass(frozen=True)
class Choice:
    """Something that may be picked as a row of the timeline: a theme, or an indicator of that theme."""

    key: str
    name: str
    theme: str | None


class NoRelease(Exception):
    """Nothing has been released yet, so there is nothing to show."""
