"""Production measures of the sample factory, for tests. All of it is invented."""

from dataclasses import replace
from datetime import date, timedelta

from scoring.measure_views import Measure, MeasureLine, MeasurePoint
from scoring.model import TimelineQuery
from scoring.views import TimelineView
from tests import sample_timeline as sample

HOLIDAY = (date(2026, 7, 6), date(2026, 7, 19))
OVERTIME = Measure("0a0a0a0a", "Overtime", "minutes", "", date(2024, 3, 4), date(2026, 11, 18), "parts added up")
RATE = Measure("1b1b1b1b", "Productivity", "", "erp", date(2025, 1, 6), date(2026, 11, 20), "parts averaged")
OUTPUT = Measure("2c2c2c2c", "Output", "pieces", "", date(2025, 1, 6), date(2026, 11, 20), "")
EVERY = (OUTPUT, OVERTIME, RATE)


def line(measure: Measure = OVERTIME, level: float = 7000.0, swing: float = 900.0) -> MeasureLine:
    """A year of weeks around `level`, with two weeks of holiday."""
    points, day, number = [], sample.FIRST, 0
    while day <= sample.LAST:
        if not HOLIDAY[0] <= day <= HOLIDAY[1]:
            last = min(day + timedelta(days=6), sample.LAST)
            points.append(MeasurePoint(day, last, level + swing * ((number % 7) - 3) / 3, 6))
        day, number = day + timedelta(days=7), number + 1
    return MeasureLine(measure, tuple(points))


LINES = (line(), line(RATE, 0.74, 0.05))


def view(lines: tuple[MeasureLine, ...] = LINES, base: TimelineView | None = None) -> TimelineView:
    """The sample year with these measures drawn below it."""
    base = base or sample.view()
    query = replace(base.query, measures=tuple(one.measure.key for one in lines))
    return replace(base, query=query, measures=EVERY, measure_lines=lines)


def asked(query: TimelineQuery) -> TimelineView:
    """The sample year as the answer to a query of the factory's owner."""
    kept = tuple(one for one in LINES if one.measure.key in query.measures)
    return view(kept, sample.view(query))
