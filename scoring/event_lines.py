"""The course of single actions in weeks from the action: the thin lines of an event study."""

from collections.abc import Sequence

from data.release.reader import OpenRelease
from scoring.cascade_views import EventLine
from scoring.effects import questions_of
from scoring.levels import Book
from scoring.model import Action

MOST_LINES = 24
FORTNIGHT = 2.0


def event_lines(
    release: OpenRelease, book: Book, key: str, actions: Sequence[tuple[str, Action]]
) -> tuple[EventLine, ...]:
    """A line for each (factory, action), the newest 24, in the order given; actions without any cell have no points."""
    drawn = list(actions)[:MOST_LINES]
    if not drawn:
        return ()
    rows = release.cells.engine.rows(
        "effects/lines", codebook=book.codebook, indicators=list(questions_of(book, key)),
        places=list(range(len(drawn))), factories=[factory for factory, _ in drawn],
        days=[action.date for _, action in drawn],
    )  # fmt: skip
    points: list[list[tuple[float, float]]] = [[] for _ in drawn]
    for place, fortnight, value in rows:
        points[place].append((FORTNIGHT * fortnight + 1.0, float(value)))
    return tuple(EventLine(action, tuple(points[place])) for place, (_, action) in enumerate(drawn))
