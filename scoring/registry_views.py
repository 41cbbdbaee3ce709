"""What the page about factory lists is drawn from: rows that may be known factories, laid beside those."""

from dataclasses import dataclass
from datetime import datetime

SAME, ALIKE, NEAR, DIFFERS, ONE_SIDED = "same", "alike", "near", "differs", "one sided"


@dataclass(frozen=True)
class Compared:
    """One field of a row and of a known factory: its name, both texts, and how they compare."""

    name: str
    arriving: str
    known: str
    how: str


@dataclass(frozen=True)
class Possible:
    """A known factory that a row may be: the chance from 0 to 1, why, and every field beside the row's."""

    factory_id: str
    name: str
    chance: float
    why: str
    fields: tuple[Compared, ...]


@dataclass(frozen=True)
class OpenReview:
    """One row that somebody has to decide about."""

    number: int
    source: str
    name: str
    place: str
    at: datetime
    why: str
    possible: tuple[Possible, ...]


@dataclass(frozen=True)
class Decided:
    """One row that was decided about lately: what was said, in words, and whether it can be asked again."""

    number: int
    source: str
    name: str
    said: str
    at: datetime


@dataclass(frozen=True)
class FactoryListsView:
    """The open questions that are shown, how many there are in all, by list, and what was decided lately.

    `source` is the list that was asked for; None shows all of them.
    """

    source: str | None
    sources: tuple[tuple[str, int], ...]
    total: int
    open: tuple[OpenReview, ...]
    decided: tuple[Decided, ...]
