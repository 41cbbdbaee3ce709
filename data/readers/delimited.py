"""Reads delimited text with the standard library, in batches, and keeps the line each row began on."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

BATCH = 50_000
LONGEST_FIELD = 131_072


class Unreadable(Exception):
    """A file that cannot be read as it stands. The message says what, where and what to do."""


@dataclass(frozen=True)
class Ragged:
    """A row with more or fewer fields than the header names."""

    line: int
    reason: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Some rows of a file, as columns of text in the header's order, with the line each row began on."""

    lines: list[int]
    columns: list[list[str]]
    ragged: list[Ragged]


@dataclass(frozen=True)
class Delimited:
    """A delimited file: its header, and its rows in batches."""

    path: Path
    encoding: str = "utf-8"
    delimiter: str = ","

    def header(self) -> list[str]:
        """The column names, stripped. Raises Unreadable for a missing, empty or repeated name."""
        for _, names in self._rows():
            header = [name.strip() for name in names]
            break
        else:
            raise Unreadable(f"{self.path.name} is empty. Its first line must name the columns.")
        repeated = sorted({name for name in header if header.count(name) > 1 and name})
        if repeated:
            raise Unreadable(f"{self.path.name} names the column {repeated[0]!r} twice. Keep one of them.")
        return header

    def batches(self) -> Iterator[Batch]:
        """The rows below the header. Blank lines are passed over; they hold nothing. Raises Unreadable."""
        rows = self._rows()
        width = len(next(rows, (0, []))[1])
        while True:
            lines: list[int] = []
            whole: list[list[str]] = []
            ragged: list[Ragged] = []
            chunk = list(islice(rows, BATCH))
            if not chunk:
                return
            for line, fields in chunk:
                if len(fields) > width and not any(fields[width:]):
                    del fields[width:]
                if len(fields) == width:
                    lines.append(line)
                    whole.append(fields)
                else:
                    reason = f"the row has {len(fields)} fields, the header names {width}"
                    ragged.append(Ragged(line, reason, tuple(fields)))
            yield Batch(lines, [list(column) for column in zip(*whole, strict=True)], ragged)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        encoding = "utf-8-sig" if self.encoding.lower().replace("_", "-") in ("utf-8", "utf8") else self.encoding
        csv.field_size_limit(LONGEST_FIELD)
        with self.path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            before = 0
            try:
                for fields in reader:
                    first, before = before + 1, reader.line_num
                    if fields:
                        yield first, fields
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{self.path.name} is not {self.encoding}: byte {error.object[error.start]:#04x} after line "
                    f"{reader.line_num}. Save it as UTF-8, or name its encoding in a mapping."
                ) from error
            except csv.Error as error:
                raise Unreadable(
                    f"{self.path.name}, line {before + 1}: {error}. A quote there is probably not closed; "
                    "nothing of the file was loaded."
                ) from error
