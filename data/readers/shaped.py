"""A table of raw rows whose layout is known: the rows in batches, and every other line with the reason it is none."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from data.readers import table
from data.readers.delimited import fitted
from data.readers.formats import Limits, Unreadable
from data.readers.layout import Layout
from data.readers.table import Aside, Batch, Passed, Ragged, Row, Source
from data.readers.tally import too_many_rows

MOST_CELLS = 2_000_000
"""Of a batch, so that wide rows take no more memory than many."""
ABOVE = "above the header"
HEADER = "header"
UNDER_HEADER = "under the header, no data"
AGAIN = "header again"
UNDER = "under the table"
ELSEWHERE = "another part of the file"


@dataclass(frozen=True)
class Shaped:
    """The table that a layout finds in a source of rows."""

    source: Source
    layout: Layout
    limits: Limits
    aside: Aside = field(default_factory=Aside, compare=False, repr=False)
    done: list[bool] = field(default_factory=list, compare=False, repr=False)

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    def header(self) -> list[str]:
        """The names of the columns. Raises Unreadable where there are none."""
        names = list(self.layout.names)
        if not any(names):
            raise Unreadable(f"{self.path.name} is empty. It must begin with the names of its columns.")
        return names

    def batches(self) -> Iterator[Batch]:
        """The rows under the header. Raises Unreadable where there are too many."""
        width = len(self.header())
        self.aside.clear()
        rows = self.table_rows()
        total = 0
        while True:
            batch = Batch([], [[] for _ in range(width)], [])
            most = max(1, min(table.BATCH, MOST_CELLS // width))
            while len(batch.lines) + len(batch.ragged) < most and (piece := list(islice(rows, min(most, table.PIECE)))):
                self.add(batch, piece, width)
            batch.ragged.extend(self.ragged_within())
            if not (batch.lines or batch.ragged):
                break
            batch.ragged.sort(key=lambda row: row.line)
            total += len(batch.lines) + len(batch.ragged)
            if total > self.limits.rows:
                raise Unreadable(too_many_rows(self.path.name, self.limits))
            yield batch
        self.done.append(True)

    def add(self, batch: Batch, piece: list[Row], width: int) -> None:
        """Puts rows into a batch; those of another width, and the header where it comes again, go aside."""
        heading = list(self.layout.heading[-1]) if self.layout.heading and width > 1 else None
        fields = [values for _, values in piece]
        if heading in fields:
            for row in (row for row in piece if row[1] == heading):
                self.pass_over(row, AGAIN)
            piece = [row for row in piece if row[1] != heading]
        if set(map(len, fields)) != {width}:
            ends = {row[0]: self.source.last_line(row) for row in piece if len(row[1]) != width}
            piece, ragged = fitted(piece, width)
            batch.ragged.extend(Ragged(row.line, row.reason, row.fields, ends[row.line]) for row in ragged)
        batch.lines.extend(line for line, _ in piece)
        for column, values in zip(batch.columns, zip(*(fields for _, fields in piece), strict=True), strict=False):
            column.extend(values)

    def ragged_within(self) -> Iterator[Ragged]:
        """What the source could not read, where it lies in the table; what lies outside is passed over."""
        form = self.layout.form
        first = form.header or (form.lines[0] if form.lines else 1)
        last = form.lines[1] if form.lines else None
        for row in self.aside.taken():
            if row.line < first or (last is not None and row.line > last):
                self.aside.passing(row.line, row.last or row.line, ABOVE if row.line < first else ELSEWHERE)
            else:
                yield row

    def passed_over(self) -> list[Passed]:
        """The lines that are no rows, in order."""
        if not self.done:
            for _ in self.batches():
                pass
        return self.aside.passed

    def table_rows(self) -> Iterator[Row]:
        """The rows of the table."""
        form = self.layout.form
        rows = self.source.rows(self.aside)
        if form.lines is not None:
            rows = self.chosen_rows(rows, *form.lines)
        if form.header is not None:
            rows = self.rows_under_header(rows)
        if form.until is not None:
            rows = self.rows_until(rows, form.until)
        if form.footer:
            rows = self.rows_before_footer(rows, form.footer)
        return rows

    def pass_over(self, row: Row, why: str) -> None:
        """Notes a row that is none of the table."""
        self.aside.passing(row[0], self.source.last_line(row), why)

    def chosen_rows(self, rows: Iterator[Row], first: int, last: int) -> Iterator[Row]:
        """The rows of the lines that were chosen."""
        for row in rows:
            if first <= row[0] <= last:
                yield row
            else:
                self.pass_over(row, ELSEWHERE)

    def rows_under_header(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows under the header, and under what stands directly below it."""
        form = self.layout.form
        left = form.header_rows or 1
        for row in rows:
            if row[0] < (form.header or 1):
                self.pass_over(row, ABOVE)
            else:
                self.pass_over(row, HEADER)
                left -= 1
                if not left:
                    break
        for row in islice(rows, form.below_header or 0):
            self.pass_over(row, UNDER_HEADER)
        yield from rows

    def rows_until(self, rows: Iterator[Row], until: str) -> Iterator[Row]:
        """The rows above the one whose first cell begins with a text."""
        begins = until.strip().casefold()
        for row in rows:
            if row[1][0].strip().casefold().startswith(begins):
                self.pass_over(row, UNDER)
                break
            yield row
        for row in rows:
            self.pass_over(row, UNDER)

    def rows_before_footer(self, rows: Iterator[Row], footer: int) -> Iterator[Row]:
        """All rows but so many at the end."""
        held: deque[Row] = deque()
        for row in rows:
            held.append(row)
            if len(held) > footer:
                yield held.popleft()
        for row in held:
            self.pass_over(row, UNDER)
