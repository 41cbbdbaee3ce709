"""The course of single questions, drawn no finer than their cells allow, and those cells one by one."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from data.release.reader import OpenRelease
from scoring.courses import GRAINS, MOSTLY, Stretches, gaps, inner, stretch_levels, stretches
from scoring.levels import Book, Course, estimate
from scoring.model import Point, Series
from scoring.views import DayCell

COARSE = GRAINS[1:]
"""For many small pictures at once: nothing finer than four weeks."""


def question_courses(
    release: OpenRelease,
    factory_id: str,
    book: Book,
    indicators: Sequence[str],
    first: date,
    last: date,
    grains: Sequence[tuple[int, str]] = GRAINS,
) -> dict[str, Series]:
    """The series of each question, at the finest grain at which most of its points are filled."""
    found: dict[str, Series] = {}
    for days, grain in grains:
        left = [indicator for indicator in indicators if indicator not in found]
        if not left:
            break
        cut = stretches(first, last, days)
        here = stretch_levels(release, factory_id, book, cut)
        for indicator in left:
            place = book.indicators.index(indicator)
            course = Course(here.mean[:, place], np.sqrt(here.variance[:, place]))
            if np.isfinite(inner(course)).mean() >= MOSTLY or days == grains[-1][0]:
                found[indicator] = series_of(book, place, grain, course, cut)
    return found


def series_of(book: Book, place: int, grain: str, course: Course, cut: Stretches) -> Series:
    """The course of one question as points and gaps."""
    points = tuple(
        Point(cut.firsts[i], cut.lasts[i], estimate(float(course.value[i]), float(course.error[i])))
        for i in np.flatnonzero(np.isfinite(course.value))
    )
    return Series(book.indicators[place], book.names[place], 1, grain, points, gaps(points, cut.lasts[-1]))


def day_cells(
    release: OpenRelease, factory_id: str, book: Book, theme: str, first: date, last: date
) -> tuple[DayCell, ...]:
    """Every released cell of a theme's questions whose middle lies between two days, oldest first."""
    found = [cell for place in book.members(theme) for cell in cells_of(release, factory_id, book, int(place))]
    return tuple(sorted((c for c in found if first <= c.middle <= last), key=lambda c: (c.middle, c.key)))


def cells_of(release: OpenRelease, factory_id: str, book: Book, place: int) -> Iterator[DayCell]:
    """The released cells of one question."""
    rows = release.cells.engine.run(
        "own_cells", factory=factory_id, codebook=book.codebook, indicator=book.indicators[place],
        first=date.min, last=date.max,
    )  # fmt: skip
    opened, closed = (np.asarray(rows[c], dtype="datetime64[D]").tolist() for c in ("opened", "closed"))
    for a, b, mean in zip(opened, closed, rows["m"], strict=True):
        yield DayCell(book.indicators[place], book.names[place], a, b, float(mean))
