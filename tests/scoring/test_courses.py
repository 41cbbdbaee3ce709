"""Series over time: never finer than the cells allow, gaps where too few answered, questions as they are."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring.books import asked, book_of, usual_rows
from scoring.courses import course_rows, gaps, stretch_levels, stretches
from scoring.model import OVERALL, Estimate, Point
from tests.scoring.releases import THROUGH, Asked, Made, cell_of, opened

DAY = timedelta(days=1)
QUESTIONS = [Asked("Q1", "T1"), Asked("Q2", "T1"), Asked("Q3", "T2", event_sensitive=True)]
FIRST = THROUGH - timedelta(days=363)


def every(days: int, weeks: int = 52, x=(0, 50) * 5) -> list:
    """A cell of each question every so many days, up to the last day."""
    return [
        cell_of("F1", q.indicator_id, THROUGH - timedelta(days=days * (i + 1) - 1), days, x)
        for q in QUESTIONS
        for i in range(7 * weeks // days)
    ]


@pytest.mark.parametrize(
    ("first", "days", "count"), [(THROUGH, 7, 1), (THROUGH - 6 * DAY, 7, 1), (THROUGH - 7 * DAY, 7, 2), (FIRST, 28, 13)]
)
def test_stretches_cover_the_period_once(first: date, days: int, count: int) -> None:
    cut = stretches(first, THROUGH, days)
    assert len(cut.firsts) == count
    assert (cut.firsts[0], cut.lasts[-1]) == (first, THROUGH)
    assert list(cut.firsts[1:]) == [a + DAY for a in cut.lasts[:-1]]
    assert all((b - a).days + 1 == days for a, b in zip(cut.firsts[1:], cut.lasts[1:], strict=True))


@pytest.mark.parametrize(("days", "grain"), [(7, "week"), (28, "week"), (1, "week")])
def test_weeks_are_drawn_where_cells_fill_them(tmp_path: Path, days: int, grain: str) -> None:
    release = opened(tmp_path, Made(every(days, 52), QUESTIONS))
    book = book_of(release, "book")
    overall, theme = course_rows(release, "F1", book, (OVERALL, "T1"), FIRST, THROUGH)
    assert overall.grain == theme.grain == grain
    assert len(overall.points) == 52
    assert {round(p.estimate.value, 9) for p in overall.points} == {25.0}
    assert not overall.gaps


def test_waves_are_drawn_as_wide_as_they_come(tmp_path: Path) -> None:
    """A week of answers every eight weeks: no line of weeks, and every silence of more than 28 days is a gap."""
    waves = [
        cell_of("F1", q.indicator_id, THROUGH - timedelta(days=56 * i + 6), 7, (0, 50) * 5)
        for q in QUESTIONS
        for i in range(7)
    ]
    release = opened(tmp_path, Made(waves, QUESTIONS))
    book = book_of(release, "book")
    overall, own = course_rows(release, "F1", book, (OVERALL, "Q1"), FIRST, THROUGH)
    assert overall.grain == "quarter"
    assert own.grain == "as answered"
    assert len(own.points) == 7
    assert [(b - a).days + 1 for a, b in own.gaps] == [49] * 6


def test_every_answer_is_drawn_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    cells, day = [], FIRST
    while day < THROUGH - 60 * DAY:
        width = int(rng.integers(1, 50))
        cells.append(cell_of("F1", "Q1", day, width, [0, 25] * int(rng.integers(5, 20))))
        day += timedelta(days=width + int(rng.integers(0, 9)))
    release = opened(tmp_path, Made(cells, QUESTIONS))
    for days in (7, 28, 91):
        found = stretch_levels(release, "F1", book_of(release, "book"), stretches(FIRST, THROUGH, days))
        assert np.nansum(found.answers) == pytest.approx(sum(c.n for c in cells))
        assert np.nanmax(np.abs(found.mean - 12.5)) < 1e-9


def test_a_gap_tells_neither_few_nor_none(tmp_path: Path) -> None:
    point = [Point(FIRST + i * DAY, FIRST + i * DAY, Estimate(50, 40, 60)) for i in (0, 28, 57)]
    assert gaps(tuple(point), FIRST + 85 * DAY) == ()
    assert gaps(tuple(point[:1] + point[2:]), FIRST + 86 * DAY) == (
        (FIRST + DAY, FIRST + 56 * DAY),
        (FIRST + 58 * DAY, FIRST + 86 * DAY),
    )
    assert gaps((), THROUGH) == ()


def test_own_cells_are_cut_at_the_period(tmp_path: Path) -> None:
    release = opened(tmp_path, Made(every(28), QUESTIONS))
    middle = THROUGH - 40 * DAY
    (own,) = course_rows(release, "F1", book_of(release, "book"), ("Q2",), middle, THROUGH - 5 * DAY)
    assert [(p.first, p.last) for p in own.points] == [
        (middle, THROUGH - 28 * DAY),
        (THROUGH - 27 * DAY, THROUGH - 5 * DAY),
    ]
    assert (own.key, own.name, own.questions) == ("Q2", "Question Q2", 1)


def test_rows_that_do_not_exist_are_left_out(tmp_path: Path) -> None:
    release = opened(tmp_path, Made(every(7), QUESTIONS))
    book = book_of(release, "book")
    rows = course_rows(release, "F1", book, ("nothing", "Q1", OVERALL, "", "T2"), FIRST, THROUGH)
    assert [row.key for row in rows] == ["Q1", OVERALL, "T2"]
    assert course_rows(release, "F1", book, (), FIRST, THROUGH) == ()
    nobody = course_rows(release, "F9", book, (OVERALL, "Q1"), FIRST, THROUGH)
    assert all(not row.points and not row.gaps for row in nobody)


def test_the_book_is_that_of_the_last_cell_and_holds_averaged_questions_only(tmp_path: Path) -> None:
    questions = [
        *QUESTIONS, Asked("Z1", "T9", zero_tolerance=True), Asked("V1", "T1", is_vignette=True),
        Asked("C1", "T1", role="context"), Asked("N1", "T1", codebook="new"),
    ]  # fmt: skip
    cells = [*every(7, 20), cell_of("F1", "N1", THROUGH + DAY, 1, (0, 50) * 5, "new")]
    release = opened(tmp_path, Made(cells, questions))
    assert asked(release, "F1").codebook == "new"
    assert asked(release, "F9") is None
    book = book_of(release, "book")
    assert book.indicators == ("Q1", "Q2", "Q3")
    assert book.not_averaged == ("Theme T9",)
    assert usual_rows(book) == ("T2", "T1")
    assert book.members("T1").tolist() == [0, 1]
