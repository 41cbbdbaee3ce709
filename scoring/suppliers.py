"""The factories that share with a buyer: each with its score now and a quarter before, its themes, its warnings.

Everything is read for all of them at once: the score book of a day holds every factory anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from access.policy import reaches
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.books import book_of
from scoring.grades import FLAG_DAYS, GRADES
from scoring.measures import Flags, Floats, Ints
from scoring.method import METHOD, Z
from scoring.model import OVERALL, Change, Estimate, Factory, Reason, Score, Stamp, Standing
from scoring.quality import flags
from scoring.scorebook import Level, Scores, scores_on
from scoring.scores import day_of
from scoring.supplier_peers import against, ranks, standings
from scoring.supplier_views import Column, Supplier, SuppliersView, ThemeCell, not_asked
from scoring.supplier_words import moves
from scoring.views import Flag

QUARTER = timedelta(days=91)
NO_SCORE = Score(OVERALL, "Overall score", None, Reason.NOT_ENOUGH, 0, 0)


@lru_cache(maxsize=64)
def suppliers(release: OpenRelease, viewer: Viewer, stamp: Stamp) -> SuppliersView:
    """Every factory within the buyer's reach, by name. Kept for each viewer apart, as a release never changes."""
    on = day_of(release)
    since = on - QUARTER
    mine = sorted(viewer.factories)
    named = [Factory(*row[:6]) for row in release.cells.engine.rows("factories_named", factories=mine)]
    asked = dict(release.cells.engine.rows("codebooks_asked", factories=mine))
    now, then = (scores_on(release, day, METHOD.half_life, METHOD) for day in (on, since))
    columns = columns_of(release, sorted({asked[f.factory_id] for f in named if f.factory_id in asked}))
    sheets = {
        codebook: sheets_of(release, now, then, codebook, [f for f in named if asked.get(f.factory_id) == codebook])
        for codebook in sorted(set(asked.values()) & set(now.books))
    }
    warned = warnings_of(release, mine, on, since)
    found = tuple(
        supplier(viewer, one, asked.get(one.factory_id), sheets.get(asked.get(one.factory_id, ""), {}), columns, warned)
        for one in named
    )
    view = SuppliersView(stamp, on, since, columns, found)
    return replace(view, moves=moves(view))


def columns_of(release: OpenRelease, codebooks: Sequence[str]) -> tuple[Column, ...]:
    """Every theme of these codebooks; an address calls it by its own key, where no other codebook has the same."""
    themes = [(book, theme) for code in codebooks for book in [book_of(release, code)] for theme in unique(book.themes)]
    keys = [theme for _, theme in themes]
    return tuple(
        Column(theme if keys.count(theme) == 1 else f"{book.codebook}.{theme}", book.codebook, theme,
               book.theme_names[theme])
        for book, theme in themes
    )  # fmt: skip


def unique(themes: Sequence[str]) -> tuple[str, ...]:
    """The themes in their order, each once."""
    return tuple(dict.fromkeys(themes))


@dataclass(frozen=True)
class Sheet:
    """One factory's scores now and before, by theme (OVERALL: the whole), with how they stand against peers."""

    cells: dict[str, ThemeCell]
    before: Score
    newest: date | None


def sheets_of(
    release: OpenRelease, now: Scores, then: Scores, codebook: str, factories: Sequence[Factory]
) -> dict[str, Sheet]:
    """The sheet of each of these factories, which are all asked by one codebook."""
    wanted = [one.factory_id for one in factories]
    if not wanted:
        return {}
    here, there = (np.array([scored.place(name) for name in wanted]) for scored in (now, then))
    book = book_of(release, codebook)
    names = {"": "Overall score", **book.theme_names}
    earlier = then.books.get(codebook)
    cells: dict[str, dict[str, ThemeCell]] = {name: {} for name in wanted}
    past: dict[str, Score] = {}
    for level, old in (
        (now.books[codebook].whole, earlier.whole if earlier else None),
        (now.books[codebook].themes, earlier.themes if earlier else None),
    ):
        counts = [len(book.indicators) if not key else int(book.members(key).size) for key in level.keys]
        told = scores_of(now, level, here, names, counts, standings(now, level, here))
        before = scores_of(then, old, there, names, counts) if old is not None else None
        ranked = ranks(now, level)
        for row, name in enumerate(wanted):
            for column, key in enumerate(level.keys):
                score = told[row][column]
                was = before[row][column] if before else NO_SCORE
                cells[name][key or OVERALL] = cell(score, was, bool(ranked[here[row], column]))
                if not key:
                    past[name] = was
    newest = now.books[codebook].whole.last_day[here, 0].astype(object)
    return {name: Sheet(cells[name], past[name], day) for name, day in zip(wanted, newest, strict=True)}


def cell(score: Score, was: Score, ranked: bool) -> ThemeCell:
    """One score with what became of it, and how it stands against its peers."""
    return ThemeCell(score, moved(was, score), against(score.estimate, score.standing, ranked))


def moved(was: Score, now: Score) -> Change | None:
    """The change from one score to another; None where one of them is not shown."""
    return None if was.estimate is None or now.estimate is None else difference(was.estimate, now.estimate)


def difference(one: Estimate, other: Estimate) -> Change:
    """How much higher the other score is, with its likely range, as if they rested on different answers."""
    error = float(np.hypot(one.high - one.low, other.high - other.low)) / 2 / Z
    points = other.value - one.value
    return Change(points, points - Z * error, points + Z * error)


def scores_of(
    found: Scores, level: Level, here: Ints, names: dict[str, str], questions: Sequence[int],
    standing: Sequence[Sequence[Standing | None]] | None = None,
) -> list[list[Score]]:  # fmt: skip
    """The scores of some factories (rows) in all columns of a level."""
    numbers = [level.pooled.score, level.pooled.low, level.pooled.high, *level.outer]
    value, low, high, outer_low, outer_high = (values[here].tolist() for values in numbers)
    shown: Flags = np.isfinite(level.level[here])
    answers = nearest_5(level.answers[here])
    people = nearest_5(np.minimum(found.places.people[here, None], level.answers[here]))
    grades = found.evidence(level).grade()[here]
    settling = found.settling[here]
    return [
        [
            Score(
                key or OVERALL, names.get(key, key), Estimate(value[i][j], low[i][j], high[i][j]), None, questions[j],
                int(answers[i, j]), Estimate(value[i][j], outer_low[i][j], outer_high[i][j]),
                None if np.isnan(people[i, j]) else int(people[i, j]), GRADES[grades[i, j]], bool(settling[i]),
                standing[i][j] if standing else None,
            )
            if shown[i, j]
            else Score(key or OVERALL, names.get(key, key), None, Reason.NOT_ENOUGH, questions[j], 0)
            for j, key in enumerate(level.keys)
        ]
        for i in range(len(here))
    ]  # fmt: skip


def nearest_5(counts: Floats) -> Floats:
    """Counts to the nearest 5, as the score table rounds them; NaN stays."""
    found: Floats = 5 * np.round(counts / 5)
    return found


Warned = dict[str, tuple[tuple[Flag, ...], tuple[Flag, ...]]]


def warnings_of(release: OpenRelease, mine: Sequence[str], on: date, since: date) -> Warned:
    """By factory, the warnings that lower its grade on a day, newest first; and those of them that began since."""
    rows = flags(release, mine)
    rows = rows[(rows["from"] <= on) & (rows["to"] >= on - timedelta(days=FLAG_DAYS))]
    rows = rows.sort_values(["to", "kind"], ascending=[False, True])
    every: dict[str, list[Flag]] = {}
    for factory, kind, first, last, detail in rows.itertuples(index=False, name=None):
        every.setdefault(str(factory), []).append(Flag(str(kind), first, last, str(detail)))
    return {name: (tuple(found), tuple(one for one in found if one.first > since)) for name, found in every.items()}


def supplier(
    viewer: Viewer, factory: Factory, codebook: str | None, sheets: dict[str, Sheet], columns: Sequence[Column],
    warned: Warned,
) -> Supplier:  # fmt: skip
    """One factory as far as its consent shows it."""
    name, level = factory.factory_id, viewer.level(factory.factory_id)
    old, new = warned.get(name, ((), ()))
    shared = reaches(viewer, "themes.view", name)
    sheet = sheets.get(name)
    if sheet is None:
        blank = tuple(unasked(column, codebook) for column in columns) if shared else None
        return Supplier(factory, level, codebook, NO_SCORE, NO_SCORE, None, blank, old, new)
    whole = sheet.cells[OVERALL]
    themes = None
    if shared:
        themes = tuple(
            sheet.cells.get(column.theme, unasked(column, codebook))
            if column.codebook == codebook
            else unasked(column, codebook)
            for column in columns
        )
    newest = sheet.newest if whole.score.estimate else None
    return Supplier(factory, level, codebook, whole.score, sheet.before, whole.change, themes, old, new, newest)


def unasked(column: Column, codebook: str | None) -> ThemeCell:
    """A theme without answers; one of another codebook was never asked."""
    reason = Reason.NOT_ASKED if codebook is not None and column.codebook != codebook else Reason.NOT_ENOUGH
    return ThemeCell(not_asked(column, reason), None, 0)
