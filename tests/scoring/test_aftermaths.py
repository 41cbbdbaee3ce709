"""Before and after an action: whole cells of one side, the same questions on both, and honest ranges."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from access.roles import Role
from access.viewer import Viewer
from scoring.aftermaths import aftermaths, window_of
from scoring.books import book_of
from scoring.model import OVERALL, Action, Aftermath, Verdict
from tests.scoring.releases import THROUGH, Asked, CellRow, Made, cell_of, opened

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F1"}))
DAY = timedelta(days=1)
TURN = date(2026, 3, 2)
QUESTIONS = [Asked(f"Q{i}", f"T{i % 2}") for i in range(6)]
X = (25, 75) * 10


def action_on(day: date) -> Action:
    """An action of that day."""
    return Action("A1", "rush_order", "Rush order", "rush", -1, day, None, "B1", "Buyer", "", "", 1.0)


def after(
    folder: Path, cells: list[CellRow], rows=(OVERALL, "T0", "Q0"), on: date = THROUGH, turn: date = TURN
) -> Aftermath:
    """What came after an action, by these cells."""
    release = opened(folder, Made(cells, QUESTIONS))
    (found,) = aftermaths(release, "F1", book_of(release, "book"), OWNER, [action_on(turn)], rows, on)
    return found


@pytest.mark.parametrize(
    ("days", "weeks_in", "is_open"),
    [(-1, 0, True), (0, 0, True), (5, 0, True), (6, 1, True), (89, 12, True), (90, 13, False)],
)
def test_the_window_is_open_for_thirteen_weeks(days: int, weeks_in: int, is_open: bool) -> None:
    window = window_of(TURN, TURN + days * DAY)
    assert (window.weeks_in, window.is_open) == (weeks_in, is_open)
    assert (window.before_last - window.before_first).days + 1 == 56
    assert (window.before_last, window.after_first) == (TURN - DAY, TURN)
    assert window.after_last == min(TURN + 90 * DAY, TURN + days * DAY)


SIDES = (
    (-7, 7, "before"), (-7, 8, None), (-1, 2, None), (0, 7, "after"), (0, 28, "after"), (0, 29, None),
    (-28, 28, "before"), (-29, 29, None), (-60, 9, "before"), (-61, 9, None), (86, 9, "after"), (87, 9, None),
    (-56, 1, "before"), (-57, 1, None), (90, 1, "after"), (91, 1, None),
)  # fmt: skip
"""When a cell opened (days from the action), how many days it spans, and the side it lies on."""


def test_a_cell_belongs_to_the_side_it_lies_on(tmp_path: Path) -> None:
    """At each factory the cell in question says 100, the certain ones say 50."""
    cells = []
    for place, (opened_at, days, _) in enumerate(SIDES):
        cells += [cell_of(f"F{place}", "Q0", TURN + at * DAY, 7, X) for at in (-20, 20)]
        cells.append(cell_of(f"F{place}", "Q0", TURN + opened_at * DAY, days, [100] * 20))
    release = opened(tmp_path, Made(cells, QUESTIONS))
    book = book_of(release, "book")
    for place, (opened_at, days, side) in enumerate(SIDES):
        (found,) = aftermaths(release, f"F{place}", book, OWNER, [action_on(TURN)], ["Q0"], TURN + 200 * DAY)
        (row,) = found.rows
        assert (row.before.value, row.answers_before) == ((75, 40) if side == "before" else (50, 20)), (opened_at, days)
        assert (row.after.value, row.answers_after) == ((75, 40) if side == "after" else (50, 20)), (opened_at, days)


def test_only_questions_of_both_sides_are_compared(tmp_path: Path) -> None:
    """Q2 answers high but only before, Q4 only after: neither may look like a change."""
    cells = [cell_of("F1", q, TURN + at * DAY, 7, X) for q in ("Q0", "Q2") for at in (-20, 20)]
    cells[3] = cell_of("F1", "Q4", TURN + 20 * DAY, 7, [0] * 18 + [25] * 2)
    cells[2] = cell_of("F1", "Q2", TURN - 20 * DAY, 7, [100] * 18 + [75] * 2)
    overall, theme, own = after(tmp_path, cells).rows
    assert own.change.points == 0
    assert theme.change is overall.change is None, "one question of three is less than half"
    assert (theme.answers_before, theme.answers_after) == (0, 0)
    cells += [cell_of("F1", "Q4", TURN - 20 * DAY, 7, [0] * 18 + [25] * 2)]
    theme = after(tmp_path / "more", cells).rows[1]
    assert theme.change.points == pytest.approx(0)
    assert theme.answers_before == 40


def test_nothing_before_or_nothing_after_is_no_comparison(tmp_path: Path) -> None:
    found = after(tmp_path, [cell_of("F1", q.indicator_id, TURN - 20 * DAY, 7, X) for q in QUESTIONS])
    assert all(row.before is row.after is row.change is None for row in found.rows)
    release = opened(tmp_path / "none", Made((), QUESTIONS))
    assert aftermaths(release, "F1", book_of(release, "book"), OWNER, [], (OVERALL,), THROUGH) == ()


def world(seed: int, factories: int, step: float) -> tuple[Made, list[str]]:
    """Factories with weekly cells of the same 60 workers, whose level turns by `step` on the day of the action.

    Workers differ from each other (alike over questions), and in how they take one question.
    """
    rng = np.random.default_rng(seed)
    names, cells = [f"F{i}" for i in range(factories)], []
    for name in names:
        worker = rng.normal(0, 15, 60)
        taken = worker[:, None] + rng.normal(0, 10, (60, len(QUESTIONS)))
        level = rng.uniform(35, 65, len(QUESTIONS))
        for week in range(-8, 13):
            for place, question in enumerate(QUESTIONS):
                who = rng.choice(60, int(rng.integers(10, 25)), replace=False)
                x = level[place] + taken[who, place] + (step if week >= 0 else 0) + rng.normal(0, 22, who.size)
                x = np.clip(np.round(x / 25), 0, 4) * 25
                cells.append(cell_of(name, question.indicator_id, TURN + week * 7 * DAY, 7, x))
    return Made(cells, QUESTIONS, names), names


def changes(folder: Path, seed: int, factories: int, step: float) -> dict[str, list]:
    """The changes of every row after the action, at all factories."""
    made, names = world(seed, factories, step)
    release = opened(folder, made)
    book = book_of(release, "book")
    rows = (OVERALL, "T0", "Q0")
    found = [aftermaths(release, name, book, OWNER, [action_on(TURN)], rows, THROUGH)[0].rows for name in names]
    return {row: [one[i].change for one in found] for i, row in enumerate(rows)}


def test_without_a_change_the_likely_range_holds_zero_as_often_as_it_says(tmp_path: Path) -> None:
    """The same workers answer before and after, which the range of the whole does not count in its favour."""
    for row, found in changes(tmp_path, 1, 150, 0.0).items():
        covered = np.mean([c.low <= 0 <= c.high for c in found])
        assert 0.90 <= covered <= (0.99 if row == "Q0" else 1.0), row
        points = np.array([c.points for c in found])
        errors = np.array([c.high - c.low for c in found]) / 3.92
        assert abs(points.mean()) < 0.5
        assert 0.5 < points.std() / errors.mean() < 1.15, f"{row}: ranges neither boast nor hide"


def test_a_step_of_known_size_is_found(tmp_path: Path) -> None:
    for row, found in changes(tmp_path, 2, 60, -8.0).items():
        points = np.array([c.points for c in found])
        assert abs(points.mean() + 8.0) < 1.0, row
        if row == OVERALL:
            assert np.mean([c.verdict == Verdict.CLEAR_DROP for c in found]) > 0.9
