"""Some suppliers side by side: their scores by theme, the differences that are clear, and their year on one axis."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import combinations

from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.actions import seen_actions
from scoring.books import book_of
from scoring.courses import course_rows
from scoring.model import OVERALL, Action, Change, Factory, Score, Series, Stamp
from scoring.overviews import NO_COURSE
from scoring.supplier_order import pinned_in
from scoring.supplier_views import (
    ComparedRow,
    CompareQuery,
    ComparisonView,
    Finding,
    Lined,
    Supplier,
    SuppliersView,
)
from scoring.suppliers import difference, suppliers

YEAR = timedelta(days=364)


@lru_cache(maxsize=64)
def comparison(release: OpenRelease, viewer: Viewer, query: CompareQuery, stamp: Stamp) -> ComparisonView:
    """The suppliers that a query names, as far as they are within reach; others are left out as if there were none.

    Kept for each viewer apart, as a release never changes.
    """
    every = suppliers(release, viewer, stamp)
    chosen = pinned_in(every, query.factories)
    lines = tuple(Lined(one, year_of(release, every, one), year_actions(release, viewer, every, one)) for one in chosen)
    rows = [row_of(OVERALL, "Overall score", chosen, [one.score for one in chosen])]
    for place, column in enumerate(every.columns):
        scores = [one.themes[place].score if one.themes is not None else None for one in chosen]
        if any(score is not None and score.questions for score in scores):
            rows.append(row_of(column.key, column.name, chosen, scores))
    kept = {one.factory.factory_id for one in chosen}
    others = tuple(one.factory for one in every.suppliers if one.factory.factory_id not in kept)
    reached = CompareQuery(tuple(one.factory.factory_id for one in chosen))
    return ComparisonView(reached, stamp, every.on - YEAR, every.on, lines, tuple(rows), others)


def year_of(release: OpenRelease, view: SuppliersView, supplier: Supplier) -> Series:
    """The overall line of one supplier over the year; empty before its first cell."""
    if supplier.codebook is None:
        return NO_COURSE
    book, name = book_of(release, supplier.codebook), supplier.factory.factory_id
    found = course_rows(release, name, book, (OVERALL,), view.on - YEAR, view.on)
    return found[0]


def year_actions(release: OpenRelease, viewer: Viewer, view: SuppliersView, supplier: Supplier) -> tuple[Action, ...]:
    """What the buyer itself did there within the year; empty where the supplier does not show it."""
    actions = seen_actions(release, viewer, supplier.factory.factory_id)
    return tuple(one for one in actions if view.on - YEAR <= one.date <= view.on)


def row_of(key: str, name: str, chosen: Sequence[Supplier], scores: Sequence[Score | None]) -> ComparedRow:
    """One row with every clear difference, the largest first."""
    told = [
        (one.factory, one.codebook, score.estimate)
        for one, score in zip(chosen, scores, strict=True)
        if score is not None and score.estimate is not None
    ]
    pairs = [(a, b) for a, b in combinations(told, 2) if a[1] == b[1]]
    findings = [clear(a[0], b[0], difference(a[2], b[2])) for a, b in pairs]
    found = sorted((one for one in findings if one is not None), key=lambda one: -one.change.points)
    return ComparedRow(key, name, tuple(scores), tuple(found), len(pairs))


def clear(one: Factory, other: Factory, change: Change) -> Finding | None:
    """The finding of a pair (`change`: the other less the one); None where its likely range holds zero."""
    if change.low > 0:
        return Finding(other, one, change)
    if change.high < 0:
        return Finding(one, other, Change(-change.points, -change.high, -change.low))
    return None
