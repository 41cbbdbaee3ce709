"""The rows of a text file of any dialect. A quote that is never closed costs its own row and not the file."""

import csv
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from data.readers.decoding import BROKEN
from data.readers.delimited import LONGEST_FIELD
from data.readers.dialect import Dialect
from data.readers.encoding import Text
from data.readers.table import Aside, Ragged, Row, short

STRAY = "\ue00d"
"""Stands for the other sign for a line's end while rows are parted; csv would end the row there."""
STRAYS = {"\n": re.compile("\r(?!\n)"), "\r": re.compile("\n")}
OTHER = {"\n": "\r", "\r": "\n"}
BLANK = "blank line"
LOST_QUOTE = "a quote in it is not closed, or stands where none may; the lines up to {last} were read with it"
STRAY_QUOTE = "a quote in it is not closed, or stands where none may"


class QuoteLost(Exception):
    """The row that begins on this line cannot be read with the lines after it."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class TextRows:
    """The raw rows of a delimited text file."""

    text: Text
    dialect: Dialect
    field: int
    """How long a field may be."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.text.path

    def last_line(self, row: Row) -> int:
        """The last line of a row: line ends inside quotes are kept in its fields."""
        return row[0] + sum(value.count(self.text.newline) for value in row[1])

    def rows(self, aside: Aside) -> Iterator[Row]:
        """Every row that is not blank. Rows with a lost quote, a broken byte or too long a field go aside."""
        csv.field_size_limit(LONGEST_FIELD)
        found = self.plain_rows(aside)
        if self.text.strays:
            other = OTHER[self.text.newline]
            found = ((line, [value.replace(STRAY, other) for value in fields]) for line, fields in found)
        if self.text.long_lines or self.text.encoding.damaged:
            found = self.sound_rows(found, aside)
        return found

    def plain_rows(self, aside: Aside) -> Iterator[Row]:
        """The rows as csv parts them, until a quote is lost; from there on line by line."""
        try:
            with self.opened() as file:
                yield from self.parted_rows(file, aside)
        except QuoteLost as lost:
            yield from self.mended_rows(lost.line, aside)

    def parted_rows(self, file: TextIO, aside: Aside) -> Iterator[Row]:
        """The rows as csv parts them. Raises QuoteLost."""
        before = 0
        reader = csv.reader(self.lines(file), **self.dialect.reading(strict=True))
        try:
            for fields in reader:
                first, before = before + 1, reader.line_num
                if before > first and self.swallows(fields):
                    raise QuoteLost(first)
                if not fields or not (fields[0] or "".join(fields).strip()):
                    aside.passing(first, before, BLANK)
                elif before > first and (fault := self.fault_of(fields)):
                    aside.ragged.append(Ragged(first, fault, tuple(map(short, fields)), before))
                else:
                    yield first, fields
        except csv.Error as error:
            raise QuoteLost(before + 1) from error

    def opened(self) -> TextIO:
        """The file, open; its lines end as most of them do."""
        text = self.text
        return text.path.open(encoding=text.encoding.codec, errors=text.encoding.errors, newline=text.newline)

    def lines(self, file: TextIO) -> Iterator[str]:
        """The lines, each letter one sign with its marks, and no sign for a line's end that ends none."""
        return file if self.text.composed and not self.text.strays else self.prepared(file)

    def prepared(self, file: Iterator[str]) -> Iterator[str]:
        """The lines of a file that csv could not take as they are."""
        strays = STRAYS[self.text.newline]
        for line in file:
            whole = line if self.text.composed else unicodedata.normalize("NFC", line)
            yield strays.sub(STRAY, whole) if self.text.strays else whole

    def swallows(self, fields: list[str]) -> bool:
        """True for a row of several lines some of which are rows themselves, so that its quote must be a stray one."""
        width = self.dialect.width
        if width < 2:
            return False
        inner = [value.split(self.text.newline)[1:] for value in fields if self.text.newline in value]
        if len(fields) != width and any(fields[width:] or [True]):
            return any(self.width_of(line) == width for lines in inner for line in lines)
        least = 1 if width > 2 else 3
        return any(len(lines) > least and all(self.width_of(line) == width for line in lines[:-1]) for lines in inner)

    def width_of(self, line: str) -> int:
        """How many fields a line has by itself."""
        return line.count(self.dialect.delimiter) + 1

    def mended_rows(self, start: int, aside: Aside) -> Iterator[Row]:
        """The rows from a line on, where each row that cannot be read is left out with the lines it swallowed."""
        with self.opened() as file:
            yield from self.fed_rows(Feed(islice(self.lines(file), start - 1, None)), start, aside)

    def fed_rows(self, feed: "Feed", line: int, aside: Aside) -> Iterator[Row]:
        """The rows of these lines, the first of which has this number."""
        while feed.waits():
            fields, taken = self.one_row(feed)
            last = line + len(taken) - 1
            if fields is None:
                feed.give_back(taken[1:])
                last = self.resumed(feed, line)
                reason = STRAY_QUOTE if last == line else LOST_QUOTE.format(last=last)
                aside.ragged.append(Ragged(line, reason, (short(taken[0].rstrip("\r\n")),), last))
            elif not "".join(fields).strip():
                aside.passing(line, last, BLANK)
            elif len(taken) > 1 and (fault := self.fault_of(fields)):
                aside.ragged.append(Ragged(line, fault, tuple(map(short, fields)), last))
            else:
                yield line, fields
            line = last + 1

    def one_row(self, feed: "Feed") -> tuple[list[str] | None, list[str]]:
        """The next row, or none where a quote is lost, and the lines it was read from."""
        taken: list[str] = []
        reader = csv.reader(feed.noted(taken), **self.dialect.reading(strict=True))
        try:
            fields = next(reader, [])
        except csv.Error:
            return None, taken
        return (None if len(taken) > 1 and self.swallows(fields) else fields), taken

    def resumed(self, feed: "Feed", line: int) -> int:
        """The last line before the next one that is a whole row by itself, which is where reading goes on."""
        while feed.waits():
            fields, taken = self.one_row(feed)
            quotes = sum(text.count(self.dialect.quote) for text in taken) if self.dialect.quote else 0
            feed.give_back(taken)
            if fields is not None and len(fields) == max(self.dialect.width, 1) and quotes % 2 == 0:
                break
            feed.drop()
            line += 1
        return line

    def sound_rows(self, found: Iterator[Row], aside: Aside) -> Iterator[Row]:
        """The rows without those that have a fault."""
        for line, fields in found:
            if fault := self.fault_of(fields):
                last = self.last_line((line, fields))
                aside.ragged.append(Ragged(line, fault, tuple(short(BROKEN.sub("�", f)) for f in fields[:50]), last))
            else:
                yield line, fields

    def fault_of(self, fields: list[str]) -> str | None:
        """Why a row cannot be kept, though its fields could be parted."""
        longest = max(map(len, fields), default=0)
        if longest > self.field:
            return f"a field has {longest:,} characters; at most {self.field:,} are read"
        if self.text.encoding.damaged and any(BROKEN.search(value) for value in fields):
            return f"a byte in it is not {self.text.encoding.name}"
        return None


class Feed:
    """Lines that can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: deque[str] = deque()

    def waits(self) -> bool:
        """True while there is another line."""
        if not self._returned:
            self._returned.extend(islice(self._lines, 1))
        return bool(self._returned)

    def noted(self, taken: list[str]) -> Iterator[str]:
        """The lines, each noted as it is taken."""
        while self.waits():
            taken.append(self._returned.popleft())
            yield taken[-1]

    def give_back(self, lines: list[str]) -> None:
        """Puts lines back, to be taken again."""
        self._returned.extendleft(reversed(lines))

    def drop(self) -> None:
        """Leaves the next line out."""
        self._returned.popleft()
