"""The course of a score over time, drawn no finer than the cells allow."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from data.release.reader import OpenRelease
from scoring.levels import Book, Course, Levels, estimate, levels, overall_course, theme_course
from scoring.method import PRIOR_ANSWERS
from scoring.model import OVERALL, Point, Series

GRAINS = ((7, "week"), (28, "4 weeks"), (91, "quarter"))
"""How wide a drawn point may be, in days; the finest that is mostly filled is taken."""
MOSTLY = 0.8
WIDE_GAP = 28
"""Days without a cell from which a gap is drawn; shorter ones are the rhythm of answering."""


@dataclass(frozen=True)
class Stretches:
    """Consecutive stretches of days, the last one ending on the last day drawn."""

    firsts: tuple[date, ...]
    lasts: tuple[date, ...]


def stretches(first: date, last: date, days: int) -> Stretches:
    """Stretches of that many days that cover first..last, cut at the first day."""
    count = max(1, -(-((last - first).days + 1) // days))
    lasts = [last - timedelta(days=days * i) for i in reversed(range(count))]
    firsts = [max(first, day - timedelta(days=days - 1)) for day in lasts]
    return Stretches(tuple(firsts), tuple(lasts))


def course_rows(
    release: OpenRelease, factory_id: str, book: Book, rows: tuple[str, ...], first: date, last: date
) -> tuple[Series, ...]:
    """One series for each row: OVERALL, a theme or an indicator of the book; other names are left out."""
    themes = set(book.themes)
    summed = [row for row in rows if row == OVERALL or row in themes]
    drawn = dict(zip(summed, summed_series(release, factory_id, book, summed, first, last), strict=True))
    single = {row: own_series(release, factory_id, book, row, first, last) for row in rows if row in book.indicators}
    return tuple((drawn | single)[row] for row in rows if row in drawn or row in single)


def summed_series(
    release: OpenRelease, factory_id: str, book: Book, rows: list[str], first: date, last: date
) -> list[Series]:
    """Series of the whole and of themes, all at the finest grain at which most of their points are filled."""
    if not rows:
        return []
    for days, grain in GRAINS:
        cut = stretches(first, last, days)
        found = stretch_levels(release, factory_id, book, cut)
        courses = [row_course(found, book, row) for row in rows]
        filled = np.mean([np.isfinite(inner(course)).mean() for course in courses])
        if filled >= MOSTLY or days == GRAINS[-1][0]:
            return [series_of(book, row, grain, course, cut) for row, course in zip(rows, courses, strict=True)]
    raise AssertionError("the last grain is always taken")


def inner(course: Course) -> np.ndarray:
    """The values from the first to the last that is there; all of them when none is."""
    there = np.flatnonzero(np.isfinite(course.value))
    return course.value[there[0] : there[-1] + 1] if there.size else course.value


def stretch_levels(release: OpenRelease, factory_id: str, book: Book, cut: Stretches) -> Levels:
    """The factory's levels in each stretch."""
    rows = release.cells.engine.run(
        "series", factory=factory_id, codebook=book.codebook, places=list(range(len(cut.firsts))),
        firsts=list(cut.firsts), lasts=list(cut.lasts),
    )  # fmt: skip
    return levels(rows, book, len(cut.firsts))


def row_course(found: Levels, book: Book, row: str) -> Course:
    """The course of the whole, or of a theme."""
    return overall_course(found, book) if row == OVERALL else theme_course(found, book.members(row))


def series_of(book: Book, row: str, grain: str, course: Course, cut: Stretches) -> Series:
    """A course as points and gaps. What comes before the first point is not a gap but not yet begun."""
    there = np.flatnonzero(np.isfinite(course.value))
    points = tuple(
        Point(cut.firsts[i], cut.lasts[i], estimate(float(course.value[i]), float(course.error[i]))) for i in there
    )
    name = "Overall score" if row == OVERALL else book.theme_names[row]
    count = len(book.indicators) if row == OVERALL else int(book.members(row).size)
    return Series(row, name, count, grain, points, gaps(points, cut.lasts[-1]))


def gaps(points: tuple[Point, ...], end: date) -> tuple[tuple[date, date], ...]:
    """Stretches between points, and after the last one, that are too wide to be the rhythm of answering."""
    day = timedelta(days=1)
    edges = [(a.last + day, b.first - day) for a, b in pairwise(points)]
    if points:
        edges.append((points[-1].last + day, end))
    return tuple((first, last) for first, last in edges if (last - first).days + 1 > WIDE_GAP)


def own_series(release: OpenRelease, factory_id: str, book: Book, indicator: str, first: date, last: date) -> Series:
    """The series of one question: its cells, each as wide as it is."""
    place = book.indicators.index(indicator)
    rows = release.cells.engine.run(
        "own_cells", factory=factory_id, codebook=book.codebook, indicator=indicator, first=first, last=last
    )
    n, spread = rows["n_eff"], rows["spread"]
    error = np.sqrt((PRIOR_ANSWERS * book.pooled[place] + n * spread) / (PRIOR_ANSWERS - 1.0 + n) / n)
    opened, closed = (np.asarray(rows[c], dtype="datetime64[D]").tolist() for c in ("opened", "closed"))
    points = tuple(
        Point(max(a, first), min(b, last), estimate(float(m), float(e)))
        for a, b, m, e in zip(opened, closed, rows["m"], error, strict=True)
    )
    return Series(indicator, book.names[place], 1, "as answered", points, gaps(points, last))
