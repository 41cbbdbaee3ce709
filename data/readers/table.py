"""What every reader hands over: rows in batches, each with its line, and every line that became no row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from data.readers.formats import UPLOAD, Limits, Unreadable

__all__ = [
    "UPLOAD",
    "Aside",
    "Batch",
    "Gathered",
    "Limits",
    "Passed",
    "Ragged",
    "Row",
    "Source",
    "Table",
    "Unreadable",
    "numbered",
    "short",
]

BATCH = 50_000
PIECE = 1_000
"""So many rows are lists of their own at a time: Python's garbage collector walks through each of them."""
MOST_TOLD = 200
"""So many characters of a line that cannot be read are kept to show it."""
Row = tuple[int, list[str]]
"""A row's fields, after the line it began on."""


@dataclass(frozen=True)
class Ragged:
    """A row that no table can hold: more or fewer fields than the header names, a lost quote, a field too long."""

    line: int
    reason: str
    fields: tuple[str, ...]
    last: int | None = None
    """Its last line, where it has several."""


@dataclass(frozen=True)
class Passed:
    """Lines that are no rows: what stands above the header, the header, blank lines, what stands under the table."""

    line: int
    last: int
    why: str


@dataclass(frozen=True)
class Batch:
    """Some rows of a file, as columns of text in the header's order, with the line each row began on."""

    lines: list[int]
    columns: list[list[str]]
    ragged: list[Ragged]


class Table(Protocol):
    """A file as a table. Lines are those of a text file, the rows of a sheet, or the records of a list."""

    @property
    def path(self) -> Path:
        """The file."""

    def header(self) -> list[str]:
        """The names of the columns; a name that came twice has a number after it. Raises Unreadable."""

    def batches(self) -> Iterator[Batch]:
        """The rows. Raises Unreadable."""

    def passed_over(self) -> list[Passed]:
        """The lines that are no rows, in order; whole once the batches were read."""


@dataclass
class Aside:
    """Collects, while a file is read, what becomes no row."""

    ragged: list[Ragged] = field(default_factory=list)
    spans: list[list[int]] = field(default_factory=list)
    """The first and last line of each stretch that is passed over."""
    reasons: list[str] = field(default_factory=list)

    def passing(self, line: int, last: int, why: str) -> None:
        """Notes lines that are no rows; neighbours passed over for one reason are one note."""
        if self.reasons and self.reasons[-1] == why and self.spans[-1][1] == line - 1:
            self.spans[-1][1] = last
        else:
            self.spans.append([line, last])
            self.reasons.append(why)

    @property
    def passed(self) -> list[Passed]:
        """The lines passed over, in order."""
        found = [Passed(line, last, why) for (line, last), why in zip(self.spans, self.reasons, strict=True)]
        return sorted(found, key=lambda passed: passed.line)

    def taken(self) -> list[Ragged]:
        """The ragged rows since the last call."""
        taken, self.ragged = self.ragged, []
        return taken

    def clear(self) -> None:
        """Forgets everything, for reading once more."""
        for held in (self.ragged, self.spans, self.reasons):
            held.clear()


class Source(Protocol):
    """The raw rows of a file, before anybody knows which of them is the header."""

    @property
    def path(self) -> Path:
        """The file."""

    def rows(self, aside: Aside) -> Iterator[Row]:
        """Every row that is not blank; what cannot be one goes aside. Raises Unreadable."""

    def last_line(self, row: Row) -> int:
        """The last line of a row."""


@dataclass(frozen=True)
class Gathered:
    """A table that was gathered in memory, from records."""

    path: Path
    names: tuple[str, ...]
    rows: Sequence[Row]
    ragged: tuple[Ragged, ...] = ()
    passed: tuple[Passed, ...] = ()

    def header(self) -> list[str]:
        """The names of the columns."""
        return list(self.names)

    def batches(self) -> Iterator[Batch]:
        """The rows, each as long as the header."""
        ragged = list(self.ragged)
        for start in range(0, max(len(self.rows), 1), BATCH):
            part = self.rows[start : start + BATCH]
            columns = [list(column) for column in zip(*(fields for _, fields in part), strict=True)]
            batch = Batch([line for line, _ in part], columns or [[] for _ in self.names], ragged)
            ragged = []
            if batch.lines or batch.ragged:
                yield batch

    def passed_over(self) -> list[Passed]:
        """The lines that are no rows."""
        return list(self.passed)


def numbered(names: Sequence[str]) -> list[str]:
    """Names with blanks set straight; one that comes again is followed by " (2)", " (3)". Empty ones stay empty."""
    plain = [" ".join(name.strip("\ufeff").split()) for name in names]
    taken = set(plain)
    counts: dict[str, int] = {}
    found: list[str] = []
    for name in plain:
        count = counts.get(name, 0) + 1
        made = name
        while name and count > 1 and (made := f"{name} ({count})") in taken:
            count += 1
        counts[name] = count
        taken.add(made)
        found.append(made)
    return found


def short(text: str) -> str:
    """The beginning of a text, to show it."""
    return text if len(text) <= MOST_TOLD else text[: MOST_TOLD - 1] + "…"
