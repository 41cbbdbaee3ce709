"""Builds the central picture: actions above, what workers said below, one action's before and after."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from access.policy import may
from access.viewer import Viewer
from data.release.reader import OpenRelease
from scoring.actions import lanes, seen_actions
from scoring.aftermaths import aftermaths, row_name
from scoring.books import asked, book_of, shown_questions, shown_themes, usual_rows
from scoring.cascade_views import Study, Usual
from scoring.courses import course_rows
from scoring.effects import coverage, usual
from scoring.event_lines import event_lines
from scoring.levels import Book
from scoring.model import OVERALL, Action, Aftermath, Choice, Factory, Stamp, TimelineQuery
from scoring.query import MOST_ROWS, PERIODS
from scoring.views import TimelineView


@dataclass(frozen=True)
class Drawn:
    """A timeline without anything selected, and what its rows are made of; no book before the first cell."""

    view: TimelineView
    book: Book | None


def timeline(
    release: OpenRelease,
    viewer: Viewer,
    query: TimelineQuery,
    factory: Factory,
    stamp: Stamp,
    beside: tuple[date, date] | None = None,
) -> TimelineView:
    """The timeline that a query asks for. Rows and actions that do not exist are left out.

    `beside` bounds what else is to be drawn: "all" begins with it at the latest, and where there is nothing but that,
    the picture ends with it.
    """
    plain = replace(query, action=None, view="time", kind=None, measures=())
    made = drawn(release, viewer, plain, factory, stamp, beside[0] if beside and query.period == "all" else None)
    view, book = replace(made.view, query=query), made.book
    if book is None:
        return alone(view, beside) if beside and not any(lane.actions for lane in view.lanes) else view
    selected = next((a for a in view.aftermaths if a.action.action_id == query.action), None)
    named = [(row.key, row_name(book, row.key)) for row in view.rows]
    return replace(
        view,
        selected=selected,
        usual=usual_after(release, viewer, book, named, selected.action) if selected else (),
        studies=studies(release, viewer, book, view, named, selected) if query.view == "weeks" else (),
    )


def alone(view: TimelineView, beside: tuple[date, date]) -> TimelineView:
    """A timeline on which nobody said and did anything, over the days of what else is to be drawn."""
    last = min(beside[1], view.last)
    return replace(view, first=first_day(view.query.period, last, min(beside[0], last), ()), last=last)


@lru_cache(maxsize=64)
def drawn(
    release: OpenRelease, viewer: Viewer, query: TimelineQuery, factory: Factory, stamp: Stamp, since: date | None
) -> Drawn:
    """What stays the same whichever action is selected: kept, as a release never changes, for each viewer apart."""
    found = asked(release, factory.factory_id)
    actions = seen_actions(release, viewer, factory.factory_id)
    every_buyer = may(viewer, "actions.all")
    if found is None:
        last = release.through
        first = first_day(query.period, last, min(since or last, last), actions)
        there = within(actions, first, last)
        lined = lanes(there, query.lanes)
        return Drawn(TimelineView(query, factory, stamp, first, last, lined, (), (), (), None, every_buyer), None)
    book = book_of(release, found.codebook)
    last = max(found.last, release.through)
    first = first_day(query.period, last, min(since or last, found.first), actions)
    rows = row_keys(query, book, viewer)
    there = within(actions, first, last)
    view = TimelineView(
        query=query,
        factory=factory,
        stamp=stamp,
        first=first,
        last=last,
        lanes=lanes(there, query.lanes),
        rows=course_rows(release, factory.factory_id, book, rows, first, last),
        choices=choices(book, viewer, factory.factory_id),
        aftermaths=aftermaths(release, factory.factory_id, book, viewer, tuple(reversed(there)), rows, last),
        selected=None,
        every_buyer=every_buyer,
        coverage=coverage(release, book, rows),
        level=viewer.level(factory.factory_id),
    )
    return Drawn(view, book)


def usual_after(
    release: OpenRelease, viewer: Viewer, book: Book, rows: list[tuple[str, str]], action: Action
) -> tuple[Usual, ...]:
    """What usually follows actions like this one, for each row."""
    return usual(release, viewer, book, action.kind, rows, (action.kind_name, action.token))


def studies(
    release: OpenRelease,
    viewer: Viewer,
    book: Book,
    view: TimelineView,
    rows: list[tuple[str, str]],
    selected: Aftermath | None,
) -> tuple[Study, ...]:
    """The event study of the kind asked for, else of the selected action's, else of the most frequent."""
    actions = [after.action for after in view.aftermaths]
    kinds = Counter(action.kind for action in actions)
    wanted = view.query.kind if view.query.kind in kinds else selected.action.kind if selected else None
    kind = wanted or max(kinds, key=lambda one: (kinds[one], one), default=None)
    here = [action for action in actions if action.kind == kind]
    if not here:
        return ()
    lined = [(view.query.factory, action) for action in here]
    said = usual_after(release, viewer, book, rows, here[0])
    return tuple(Study(one, event_lines(release, book, one.row, lined)) for one in said)


def row_keys(query: TimelineQuery, book: Book, viewer: Viewer) -> tuple[str, ...]:
    """The rows to draw: those asked for that the viewer is shown, else the whole and the two usual themes."""
    themes = shown_themes(viewer, query.factory, book)
    known = {OVERALL, *themes, *shown_questions(viewer, query.factory, book)}
    rows = tuple(row for row in query.rows if row in known)[:MOST_ROWS]
    return rows or (OVERALL, *(row for row in usual_rows(book) if row in themes))


def first_day(period: str, last: date, begun: date, actions: tuple[Action, ...]) -> date:
    """The first day drawn; "all" begins with `begun` or with the first action, whichever is earlier."""
    days = PERIODS[period]
    if days is not None:
        return last - timedelta(days=days - 1)
    earliest = min((action.date for action in actions), default=begun)
    return min(begun, earliest)


def within(actions: tuple[Action, ...], first: date, last: date) -> tuple[Action, ...]:
    """The actions that began in the period."""
    return tuple(action for action in actions if first <= action.date <= last)


def choices(book: Book, viewer: Viewer, factory_id: str) -> tuple[Choice, ...]:
    """What may be picked as a row: the whole, each theme, and under it its questions, as far as they are shown."""
    found = [Choice(OVERALL, "Overall score", None)]
    questions = set(shown_questions(viewer, factory_id, book))
    for theme in shown_themes(viewer, factory_id, book):
        found.append(Choice(theme, book.theme_names[theme], None))
        members = [i for i in book.members(theme) if book.indicators[i] in questions]
        found += [Choice(book.indicators[i], book.texts[i], theme) for i in members]
    return tuple(found)
