"""What each page is drawn from: plain results that the door hands out, one class a page and its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from access.levels import Level
from scoring.cascade_views import Coverage, Study, Usual
from scoring.explanations import Explanation
from scoring.measure_views import Measure, MeasureLine
from scoring.model import (
    Action,
    Aftermath,
    Change,
    Choice,
    Estimate,
    Factory,
    Lane,
    Score,
    Series,
    Stamp,
    TimelineQuery,
)
from scoring.query import IndicatorsQuery
from scoring.standards import ClauseGroup, Standard

GREW = 1.1
"""By how much participation must grow to be worth a word."""


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
    usual: tuple[Usual, ...] = ()
    """What usually follows the selected action's kind, one entry for each row drawn."""
    studies: tuple[Study, ...] = ()
    """The event study of `query.kind`, one for each row, when `query.view` is "weeks"."""
    coverage: Coverage | None = None
    level: Level = Level.ACTIONS
    measures: tuple[Measure, ...] = ()
    """The production measures that may be drawn below the rows; none for who may not see them."""
    measure_lines: tuple[MeasureLine, ...] = ()

    @property
    def bare(self) -> bool:
        """True when there is nothing to draw: no action, no score, no measure."""
        rows, lines = any(row.points for row in self.rows), any(line.points for line in self.measure_lines)
        return not (self.aftermaths or rows or lines)


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
    before: int | None = None
    """People of the quarter before, where that is told."""

    @property
    def over(self) -> bool:
        """True when people have answered since the quarter ended, so that it is over."""
        year, month = divmod(12 * self.quarter.year + self.quarter.month + 2, 12)
        return self.newest >= date(year, month + 1, 1)

    @property
    def grew(self) -> bool:
        """True when clearly more people took part than in the quarter before; counts are to the nearest 5."""
        return bool(self.people and self.before and self.people >= GREW * self.before)


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
class Flag:
    """A warning about answers that still lowers the grade: its kind, its days (both included), and its sentence."""

    kind: str
    first: date
    last: date
    detail: str


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
    warnings: tuple[Flag, ...] = ()
    level: Level = Level.ACTIONS


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


@dataclass(frozen=True)
class QuestionRow:
    """One question of the indicators page: its score, how it is worded, and its course over the period."""

    score: Score
    text: str
    course: Series


@dataclass(frozen=True)
class Group:
    """One level of a dimension; None where it may not be told."""

    name: str
    estimate: Estimate | None


@dataclass(frozen=True)
class Dimension:
    """One way to divide people into groups, by its newest slice; without groups there are too few people."""

    key: str
    name: str
    groups: tuple[Group, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Groups:
    """How the groups of a factory answer; `whole` when only all questions together are told by group."""

    whole: bool
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True)
class DayCell:
    """One released cell of one question: the plain mean of ten answers or more, as wide as its days."""

    key: str
    name: str
    first: date
    last: date
    value: float

    @property
    def middle(self) -> date:
        """The day at which the cell is drawn."""
        return self.first + (self.last - self.first) / 2

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class LeadBand:
    """A zero-tolerance question and its newest band: "none_seen", "some" or "many"; None where none is told."""

    indicator_id: str
    text: str
    band: str | None
    quarter: date | None


@dataclass(frozen=True)
class IndicatorsView:
    """Every theme and the chosen one in depth: questions, groups, days; or all questions as another standard.

    `courses` holds the course of every question that is drawn. `leads` is None for who may not read them;
    `leads_named` names the questions for everybody. `clauses` is empty unless `standard` is set.
    """

    query: IndicatorsQuery
    factory: Factory
    stamp: Stamp
    first: date
    last: date
    since: date
    themes: tuple[ThemeRow, ...]
    chosen: ThemeRow | None
    questions: tuple[QuestionRow, ...]
    groups: Groups
    cells: tuple[DayCell, ...]
    line: Series | None
    leads: tuple[LeadBand, ...] | None
    leads_named: tuple[str, ...]
    actions: tuple[Action, ...]
    every_buyer: bool
    readings: tuple[Standard, ...]
    standard: Standard | None
    clauses: tuple[ClauseGroup, ...]
    courses: Mapping[str, Series]


@dataclass(frozen=True)
class ExplainedView:
    """How one score came about, with the names that its parts go by."""

    factory: Factory
    stamp: Stamp
    name: str
    explanation: Explanation
    part_names: Mapping[str, str]
    leads: tuple[str, ...]
    """Zero-tolerance questions that are left out of it."""
    warnings: tuple[Flag, ...] = ()
    """Those that lowered the grade on its day."""
