"""Builds the overview: the score, the year, the themes, what moved, where to look."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from access.policy import may
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.actions import seen_actions
from scoring.aftermaths import aftermaths
from scoring.books import asked, book_of, shown_themes
from scoring.courses import course_rows
from scoring.findings import findings
from scoring.grades import SETTLING_IN
from scoring.levels import Book
from scoring.method import METHOD, Z
from scoring.model import OVERALL, Action, Change, Estimate, Factory, Reason, Score, Series, Stamp, Standing
from scoring.positions import standing
from scoring.quality import lowering
from scoring.scorebook import scores_on
from scoring.scores import day_of, scores
from scoring.views import OverviewView, Participation, ThemeRow

Row = Mapping[str, object]
YEAR = timedelta(days=364)
RECENT = timedelta(days=91)
NO_COURSE = Series(OVERALL, "Overall score", 0, "week", (), ())


def overview(release: OpenRelease, viewer: Viewer, factory: Factory, stamp: Stamp) -> OverviewView:
    """How a factory stands on the day of its release."""
    on, mine = day_of(release), factory.factory_id
    found, since = asked(release, mine), on - RECENT
    actions = tuple(a for a in seen_actions(release, viewer, mine) if on - YEAR <= a.date <= on)
    every_buyer, warnings = may(viewer, "actions.all"), lowering(release, mine, on)
    bare = OverviewView(
        factory=factory, stamp=stamp, overall=score_of(None), change=None, since=since, year=NO_COURSE,
        actions=actions, themes=(), not_averaged=(), findings=(), participation=None, every_buyer=every_buyer,
        warnings=warnings, level=viewer.level(mine),
    )  # fmt: skip
    if found is None:
        return bare
    book = book_of(release, found.codebook)
    rows = score_rows(release, mine, book, on)
    themes = shown_themes(viewer, mine, book)
    before = score_rows(release, mine, book, since)
    changes = {key: between(before.get(key), rows.get(key)) for key in (OVERALL, *themes)}
    whole, *others = (standing_on(release, on, mine, book, key) for key in (OVERALL, *themes))
    standings = dict(zip(themes, others, strict=True))
    year, *courses = course_rows(release, mine, book, (OVERALL, *themes), on - YEAR, on)
    drawn = tuple(
        ThemeRow(score_of(rows.get(theme), book, theme, standings[theme]), course, changes[theme])
        for theme, course in zip(themes, courses, strict=True)
    )
    after = aftermaths(release, mine, book, viewer, newest(actions, on), (OVERALL, *themes), on)
    return replace(
        bare,
        overall=score_of(rows.get(OVERALL), book, OVERALL, whole),
        change=changes[OVERALL],
        year=year,
        themes=drawn,
        not_averaged=book.not_averaged,
        findings=findings(mine, after, drawn),
        participation=participation(release, mine, found.last),
    )


def newest(actions: tuple[Action, ...], on: date) -> tuple[Action, ...]:
    """The actions of the last quarter of a year, newest first."""
    return tuple(reversed([action for action in actions if action.date > on - RECENT]))


def score_rows(release: OpenRelease, factory_id: str, book: Book, on: date) -> dict[str, Row]:
    """The factory's rows of the score table by key: OVERALL, themes and indicators."""
    table = scores(release, on, factories=[factory_id])
    table = table[table["codebook"] == book.codebook]
    keys = np.where(
        table["level"] == "factory",
        OVERALL,
        np.where(table["level"] == "theme", table["theme"], table["indicator_id"]),
    )
    rows = table.to_dict("records")
    return {str(key): {str(k): v for k, v in row.items()} for key, row in zip(keys, rows, strict=True)}


def score_of(row: Row | None, book: Book | None = None, key: str = OVERALL, place: Standing | None = None) -> Score:
    """A row of the score table as a score; without one, not enough."""
    whole = key == OVERALL
    name = "Overall score" if whole or book is None else book.theme_names.get(key, key)
    questions = 0 if book is None else len(book.indicators) if whole else int(book.members(key).size)
    if row is None or row["score"] is None or np.isnan(float(str(row["score"]))):
        return Score(key, name, None, Reason.NOT_ENOUGH, questions, 0)
    value, low, high, outer_low, outer_high = (
        float(str(row[column])) for column in ("score", "low", "high", "outer_low", "outer_high")
    )
    outer = None if np.isnan(outer_low) else Estimate(value, outer_low, outer_high)
    people = None if row["people"] is None else int(str(row["people"]))
    grade, settling = str(row["grade"]), row["status"] == SETTLING_IN
    answers = int(float(str(row["n"])))
    found = Estimate(value, low, high)
    return Score(key, name, found, None, questions, answers, outer, people, grade, settling, place)


def standing_on(release: OpenRelease, on: date, factory_id: str, book: Book, key: str) -> Standing | None:
    """Where the factory stands among similar ones on a day."""
    found = scores_on(release, on, METHOD.half_life, METHOD)
    return standing(found, book.codebook, factory_id, "" if key == OVERALL else key)


def between(then: Row | None, now: Row | None) -> Change | None:
    """The change from one score to another, as if they rested on different answers."""
    before, after = score_of(then).estimate, score_of(now).estimate
    if before is None or after is None:
        return None
    error = np.hypot(before.high - before.low, after.high - after.low) / 2 / Z
    points = after.value - before.value
    return Change(points, points - Z * float(error), points + Z * float(error))


def participation(release: OpenRelease, factory_id: str, newest: date) -> Participation | None:
    """How many people stand behind the numbers of the latest quarter that may be told."""
    rows = release.cells.engine.rows("reach_of", factory=factory_id)
    if not rows:
        return None
    quarter, people, sittings, headcount = rows[0]
    earlier = quarter_before(quarter)
    before = release.cells.engine.rows("reach_before", factory=factory_id, quarter=earlier)
    return Participation(quarter, people, sittings, headcount, newest, before[0][0] if before else None)


def quarter_before(quarter: date) -> date:
    """The first day of the calendar quarter before the one that begins on this day."""
    return date(quarter.year - (quarter.month == 1), (quarter.month - 4) % 12 + 1, 1)
