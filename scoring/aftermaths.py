"""What workers said before and after an action: the same questions on both sides, whole cells only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.effects import singles
from scoring.levels import Book, Levels, levels, overall_course, theme_course
from scoring.method import LEAST_SHARE, WEEKS_AFTER, WEEKS_BEFORE, Z
from scoring.model import OVERALL, Action, Aftermath, Change, Comparison, Window


def window_of(day: date, on: date) -> Window:
    """The stretches compared around a day, as far as they are over on another."""
    after_last = min(day + timedelta(days=7 * WEEKS_AFTER - 1), on)
    weeks_in = max(0, min(WEEKS_AFTER, ((on - day).days + 1) // 7))
    return Window(day - timedelta(days=7 * WEEKS_BEFORE), day - timedelta(days=1), day, after_last, weeks_in)


def aftermaths(
    release: OpenRelease,
    factory_id: str,
    book: Book,
    viewer: Viewer,
    actions: Sequence[Action],
    rows: Sequence[str],
    on: date,
) -> tuple[Aftermath, ...]:
    """One aftermath for each action, in the order given, with a comparison for each row."""
    windows = [window_of(action.date, on) for action in actions]
    sides = compared_levels(release, factory_id, book, windows)
    held = singles(release, viewer, book, actions, rows)
    return tuple(
        Aftermath(
            action,
            window,
            tuple(against_placebos(comparison(side, book, row), held.get((action.action_id, row))) for row in rows),
        )
        for action, window, side in zip(actions, windows, sides, strict=True)
    )


def against_placebos(plain: Comparison, held: tuple[Change, int] | None) -> Comparison:
    """The comparison with the difference as the effects file has it, where that tells of this action and row."""
    if held is None or plain.change is None:
        return plain
    return replace(plain, change=held[0], quieter=held[1])


def compared_levels(release: OpenRelease, factory_id: str, book: Book, windows: Sequence[Window]) -> list[Levels]:
    """For each window the levels before (row 0) and after (row 1), of questions asked on both sides."""
    if not windows:
        return []
    rows = release.cells.engine.run(
        "windows", factory=factory_id, codebook=book.codebook, places=list(range(len(windows))),
        before_firsts=[w.before_first for w in windows], turns=[w.after_first for w in windows],
        after_lasts=[w.after_last for w in windows],
    )  # fmt: skip
    place = np.asarray(rows["place"], dtype=np.int64) * 2 + (np.asarray(rows["side"]) == "after")
    found = levels({**rows, "place": place}, book, 2 * len(windows))
    return [on_both_sides(found, 2 * i) for i in range(len(windows))]


def on_both_sides(found: Levels, row: int) -> Levels:
    """Two rows of levels, without the questions that only one of them has."""
    pair = slice(row, row + 2)
    both = np.isfinite(found.mean[pair]).all(axis=0)

    def kept(values: np.ndarray) -> np.ndarray:
        return np.where(both, values[pair], np.nan)

    return Levels(*(kept(v) for v in (found.mean, found.variance, found.sd, found.n, found.answers)))


def comparison(side: Levels, book: Book, row: str) -> Comparison:
    """One row's level before and after, or nothing where too few of its questions are on both sides."""
    members = row_members(book, row)
    course = overall_course(side, book) if row == OVERALL else theme_course(side, members)
    there = np.isfinite(side.mean[0, members])
    before, after = course.estimate(0), course.estimate(1)
    answers = [int(5 * round(float(np.nansum(side.answers[i, members])) / 5)) for i in (0, 1)]
    if there.sum() < LEAST_SHARE * members.size or before is None or after is None:
        return Comparison(row, row_name(book, row), None, None, None, 0, 0)
    error = float(np.hypot(course.error[0], course.error[1]))
    points = after.value - before.value
    change = Change(points, points - Z * error, points + Z * error)
    return Comparison(row, row_name(book, row), before, after, change, answers[0], answers[1])


def row_members(book: Book, row: str) -> np.ndarray:
    """The places of the questions of a row: all, a theme's, or one."""
    if row == OVERALL:
        return np.arange(len(book.indicators))
    return book.members(row) if row in book.theme_names else np.array([book.indicators.index(row)])


def row_name(book: Book, row: str) -> str:
    """The name of a row, as a page shows it."""
    if row == OVERALL:
        return "Overall score"
    return book.theme_names[row] if row in book.theme_names else book.names[book.indicators.index(row)]
