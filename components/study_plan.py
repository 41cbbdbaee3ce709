"""Where everything of an event study stands: its panels side by side or below one another, and their common scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from scoring.cascade_views import EventLine, LagEffect, Study

FIRST_WEEK, LAST_WEEK = -4, 13
HALF = 0.5
"""A week is drawn at its middle, as are the fortnights of single actions."""
FORTNIGHT = 2.0
LEAST_ACROSS = 6.0
INNER = 0.97
"""So many of the single actions' points shall fit; a few wild ones do not flatten the rest."""
MOST_TICKS = 5
STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
HEAD, MARK, FOOT = 4, 18, 48
"""Pixels above everything, for the mark over the panels, and for the weeks below them."""


@dataclass(frozen=True)
class Panel:
    """One panel: its study, its place as shares of the plot's height, and the names of its axes."""

    study: Study
    number: int
    bottom: float
    top: float

    @property
    def axis(self) -> str:
        """The name of its y axis as traces and shapes use it; `y` itself belongs to the mark."""
        return f"y{self.number + 2}"


@dataclass(frozen=True)
class StudyPlan:
    """The whole picture: size, the floor of the mark, panels from the top down, and the points that they all span."""

    height: int
    floor: float
    narrow: bool
    panels: tuple[Panel, ...]
    low: float
    high: float
    ticks: tuple[float, ...]


def study_plan(studies: Sequence[Study], narrow: bool, titled: bool, selected: str | None = None) -> StudyPlan:
    """The panels below one another, over one row of weeks: the seam runs through all of them, as on the timeline."""
    title = (46 if narrow else 32) if titled else 8
    body = 200 if len(studies) < 2 else 120
    each = title + body
    plot = MARK + max(len(studies), 1) * each
    panels = tuple(
        Panel(
            study,
            number,
            round((plot - MARK - (number + 1) * each) / plot, 4),
            round((plot - MARK - number * each - title) / plot, 4),
        )
        for number, study in enumerate(studies)
    )
    low, high, ticks = points_scale(studies, selected)
    return StudyPlan(plot + HEAD + FOOT, round(1 - MARK / plot, 4), narrow, panels, low, high, ticks)


def points_scale(studies: Sequence[Study], selected: str | None) -> tuple[float, float, tuple[float, ...]]:
    """The points that all panels span, with zero and round ticks among them; the same for all, so slopes compare.

    The selected action is always within.
    """
    bands = [end for study in studies for one in study.usual.profile for end in (one.estimate.low, one.estimate.high)]
    lines = sorted(value for study in studies for line in study.lines for _, value in line.points)
    cut = floor(len(lines) * (1 - INNER) / 2)
    inner = lines[cut : len(lines) - cut]
    drawn = [line for study in studies for line in study.lines if line.action.action_id == selected]
    chosen = [value for line in drawn for _, value in line.points]
    return scale_for([*bands, *inner[:1], *inner[-1:], *chosen])


def profile_scale(profile: Sequence[LagEffect]) -> tuple[float, float, tuple[float, ...]]:
    """The same for one profile."""
    return scale_for([end for one in profile for end in (one.estimate.low, one.estimate.high)])


def scale_for(ends: Iterable[float]) -> tuple[float, float, tuple[float, ...]]:
    """A scale that holds some points and zero with a little room, at least six points high; two to five round ticks."""
    every = [0.0, *ends]
    low, high = min(every), max(every)
    spare = max(0.05 * (high - low), (LEAST_ACROSS - (high - low)) / 2)
    low, high = low - spare, high + spare
    step = next((step for step in STEPS if floor(high / step) - ceil(low / step) < MOST_TICKS), STEPS[-1])
    ticks = tuple(float(step * number) for number in range(ceil(low / step), floor(high / step) + 1))
    return round(low, 2), round(high, 2), ticks


def unbroken(line: EventLine) -> list[list[tuple[float, float]]]:
    """The points of one action in unbroken runs: a fortnight without a cell is a gap."""
    runs: list[list[tuple[float, float]]] = []
    for week, value in sorted(line.points):
        if runs and week - runs[-1][-1][0] <= FORTNIGHT:
            runs[-1].append((week, value))
        else:
            runs.append([(week, value)])
    return runs
