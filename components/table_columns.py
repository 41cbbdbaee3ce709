"""The columns of a file to take away: one definition for the head of the CSV, the data sheet and the dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

POINTS = "points, 0 to 100"


class Kind(StrEnum):
    """What the cells of a column are; an empty cell is one without a value."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """One column: its name as in the file, what it means in a sentence, its unit where it has one."""

    name: str
    meaning: str
    unit: str = ""
    kind: Kind = Kind.TEXT


def worded(name: str, meaning: str) -> Column:
    """A column of words."""
    return Column(name, meaning)


def measured(name: str, meaning: str, unit: str = POINTS) -> Column:
    """A column of numbers."""
    return Column(name, meaning, unit, Kind.NUMBER)


def dated(name: str, meaning: str) -> Column:
    """A column of days."""
    return Column(name, meaning, "date, year-month-day", Kind.DAY)


def names(columns: Sequence[Column]) -> tuple[str, ...]:
    """The head of the CSV."""
    return tuple(one.name for one in columns)
