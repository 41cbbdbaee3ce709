"""The unbroken runs of a series, ready to be drawn as lines: a gap is never bridged."""

from dataclasses import dataclass
from datetime import date

from scoring.model import Estimate, Point, Series


@dataclass(frozen=True)
class Run:
    """One unbroken line: a day and an estimate for each of its corners, at least three."""

    days: tuple[date, ...]
    estimates: tuple[Estimate, ...]


def runs(series: Series) -> tuple[Run, ...]:
    """The series as lines, broken at its gaps."""
    groups: list[list[Point]] = []
    for point in series.points:
        if groups and not gap_between(series, groups[-1][-1], point):
            groups[-1].append(point)
        else:
            groups.append([point])
    return tuple(run_of(group) for group in groups)


def gap_between(series: Series, before: Point, after: Point) -> bool:
    """True when one of the series' gaps lies between two neighbouring points."""
    return any(before.middle < first and last < after.middle for first, last in series.gaps)


def run_of(points: list[Point]) -> Run:
    """The corners of one unbroken line: the middle of each point, and level to the outer ends of the run.

    So a stretch is drawn as wide as it is, a lone one too, and the line ends where the gap begins.
    """
    first, last = points[0], points[-1]
    inner = [(point.middle, point.estimate) for point in points]
    corners = [(first.first, first.estimate), *inner, (last.last, last.estimate)]
    return Run(tuple(day for day, _ in corners), tuple(estimate for _, estimate in corners))


def fitted(series: tuple[Series, ...] | list[Series], least: float = 40.0) -> tuple[float, float]:
    """The part of 0..100 that holds every drawn range, padded, and at least `least` points high."""
    ends = [end for one in series for p in one.points for end in (p.estimate.low, p.estimate.high)]
    if not ends:
        return 30.0, 70.0
    low, high = min(ends) - 2, max(ends) + 2
    spare = max(0.0, least - (high - low)) / 2
    low, high = low - spare, high + spare
    if low < 0:
        low, high = 0.0, max(high - low, least)
    if high > 100:
        low, high = max(0.0, low - (high - 100)), 100.0
    return low, min(high, 100.0)


def two_ticks(low: float, high: float) -> tuple[int, int]:
    """Two round values for the y axis: the lowest and the highest ten well inside the drawn range."""
    tens = [ten for ten in range(0, 101, 10) if low + 2 <= ten <= high - 2]
    inner = tens or [round((low + high) / 2)]
    return inner[0], inner[-1]
