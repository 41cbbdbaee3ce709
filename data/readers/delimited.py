"""Reads delimited text with the standard library, in batches, and keeps the line each row began on."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from data.readers.table import BATCH, PIECE, Batch, Ragged, Row, Unreadable

__all__ = ["BATCH", "LONGEST_FIELD", "PIECE", "Batch", "Delimited", "Ragged", "Row", "Unreadable", "fitted"]

LONGEST_FIELD = 131_072


@dataclass(frozen=True)
class Delimited:
    """A delimited file: its header, and its rows in batches."""

    path: Path
    encoding: str = "utf-8"
    delimiter: str = ","

    def header(self) -> list[str]:
        """The column names, stripped. Raises Unreadable for an empty file or a repeated name."""
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
            batch = Batch([], [[] for _ in range(width)], [])
            while len(batch.lines) < BATCH and (piece := list(islice(rows, PIECE))):
                if any(len(fields) != width for _, fields in piece):
                    piece, ragged = fitted(piece, width)
                    batch.ragged.extend(ragged)
                batch.lines.extend(line for line, _ in piece)
                for column, values in zip(
                    batch.columns, zip(*(fields for _, fields in piece), strict=True), strict=False
                ):
                    column.extend(values)
            if not (batch.lines or batch.ragged):
                return
            yield batch

    def _rows(self) -> Iterator[Row]:
        encoding = "utf-8-sig" if self.encoding.lower().replace("_", "-") in ("utf-8", "utf8") else self.encoding
        csv.field_size_limit(LONGEST_FIELD)
        with opened(self.path, encoding) as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            before = 0
            try:
                for fields in reader:
                    first, before = before + 1, reader.line_num
                    if fields:
                        yield first, fields
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{self.path.name} is not {self.encoding}: byte {error.object[error.start]:#04x} in line "
                    f"{line_of_bad_byte(self.path, encoding)}. Save it as UTF-8, or name its encoding in a mapping."
                ) from error
            except csv.Error as error:
                raise Unreadable(
                    f"{self.path.name}, line {before + 1}: {error}. A quote there is probably not closed; "
                    "nothing of the file was loaded."
                ) from error


def fitted(rows: list[Row], width: int) -> tuple[list[Row], list[Ragged]]:
    """The rows that have so many fields, empty ones beyond them cut off, and the others."""
    whole: list[Row] = []
    ragged: list[Ragged] = []
    for line, fields in rows:
        if len(fields) > width and not any(fields[width:]):
            del fields[width:]
        if len(fields) == width:
            whole.append((line, fields))
        else:
            reason = f"the row has {len(fields)} fields, the header names {width}"
            ragged.append(Ragged(line, reason, tuple(fields)))
    return whole, ragged


def opened(path: Path, encoding: str) -> TextIO:
    """The file, open for reading as text with its line ends as they are. Raises Unreadable."""
    try:
        return path.open(encoding=encoding, newline="")
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from error


def line_of_bad_byte(path: Path, encoding: str) -> int:
    """The first line that is not of this encoding; a reader that fails has read far ahead of its rows."""
    good = 0
    with path.open("rb") as file:
        for line in file:
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                break
            good += 1
    return good + 1
