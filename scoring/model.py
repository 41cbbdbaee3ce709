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
class Score:
    """One score: of the whole factory (`key` is OVERALL), of a theme or of an indicator.

    `questions` counts the averaged questions behind it, `answers` is to the nearest 5.
    """

    key: str
    name: str
    estimate: Estimate | None
    reason: Reason | None
    questions: int
    answers: int


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


@dataclass(frozen=True)
class TimelineView:
    """The central picture: lanes of actions over rows of what workers said, and one action's aftermath.

    `first` and `last` bound the drawn period. `every_buyer` is False when only the viewer's own actions are
    in it. `aftermaths` compares before and after for every action drawn, newest first.
    """

    query: TimelineQuery
    factory: Factory
    stamp: Stamp
    first: date
    last: date
    lanes: tuple[Lane, ...]
    rows: tuple[Series, ...]
    choices: tuple[Choice, ...]
    aftermaths: tuple[Aftermath, ...]
    selected: Aftermath | None
    every_buyer: bool


@dataclass(frozen=True)
class ThemeRow:
    """One theme on the overview: score, course over a year, change over a quarter."""

    score: Score
    course: Series
    change: Change | None


@dataclass(frozen=True)
class Participation:
    """How many people took part in one quarter, to the nearest 5; None means under 10."""

    quarter: date
    people: int | None
    sittings: int | None
    headcount: int | None
    newest: date


@dataclass(frozen=True)
class Finding:
    """One line of "where to look". `kind`: "after" (an action), "drop", "rise", "low" or "few".

    `query` is the timeline that shows it, None where there is nothing to show.
    """

    kind: str
    title: str
    text: str
    token: str | None = None
    query: TimelineQuery | None = None


@dataclass(frozen=True)
class OverviewView:
    """How the factory stands: its score, the year with what buyers did, its themes, where to look."""

    factory: Factory
    stamp: Stamp
    overall: Score
    change: Change | None
    since: date
    year: Series
    actions: tuple[Action, ...]
    themes: tuple[ThemeRow, ...]
    not_averaged: tuple[str, ...]
    findings: tuple[Finding, ...]
    participation: Participation | None
    every_buyer: bool


@dataclass(frozen=True)
class Listed:
    """One factory in a list, with its score."""

    factory: Factory
    score: Score
    change: Change | None


@dataclass(frozen=True)
class HomeView:
    """What a person sees first: the factories in reach, and the release they were computed from."""

    role: str
    stamp: Stamp | None
    factories: tuple[Listed, ...]


class NoRelease(Exception):
    """Nothing has been released yet, so there is nothing to show."""
