"""How a file's bytes become rows: what a mapping's `[file]` may say. What is left out is found by looking."""

import codecs
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

FormatName = Literal["delimited", "workbook", "json", "kobo", "qualtrics", "parquet"]


class Unreadable(Exception):
    """A file that cannot be read as it stands. The message says what, where and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read. What is larger is refused with a sentence, and a field too long with its row."""

    file_bytes: int = 20_000_000
    """Of delimited text and of Parquet."""
    packed_bytes: int = 20_000_000
    """Of a workbook or a JSON file, whose contents take many times its size to read."""
    rows: int = 200_000
    columns: int = 2_000
    field: int = 32_767
    """Characters: as many as a spreadsheet's cell holds."""
    unzipped_bytes: int = 200_000_000
    ratio: int = 200
    """How many times larger than its zip entry a part of a workbook may be."""
    parts: int = 2_000
    """Entries of a zip."""
    memory: int = 480_000_000
    """Address space, in bytes, of the process that reads a workbook."""
    seconds: int = 60
    """For a workbook."""
    nodes: int = 3_000_000
    """Objects, lists and values of a JSON file."""
    depth: int = 20
    """Of objects and lists within one another."""
    cells: int = 10_000_000
    """Of a table made of records, or of a Parquet file: the rows times the columns."""

    @classmethod
    def trusted(cls) -> "Limits":
        """The limits of the command line, whose user owns the machine: delimited files of any size."""
        return cls(file_bytes=1 << 40, rows=1 << 40, field=131_072, cells=1 << 40)


UPLOAD = Limits()
TRUSTED = Limits.trusted()


class Part(BaseModel):
    """A table of the mapping; a key nobody knows is a mistake, not a comment."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileFormat(Part):
    """How the file's bytes become rows."""

    format: FormatName | None = None
    encoding: str | None = None
    delimiter: str | None = Field(None, min_length=1, max_length=1, pattern=r'[^"\r\n]')
    quote: str | None = Field(None, max_length=1, pattern=r"[^\r\n]|^$")
    """The sign around fields; empty where there is none."""
    escape: str | None = Field(None, max_length=1, pattern=r"[^\r\n]|^$")
    """The sign before a quote inside a quoted field, where quotes are not doubled."""
    header: int | None = Field(None, ge=1)
    """The line or row at which the header begins, counted from 1."""
    header_rows: int | None = Field(None, ge=1, le=5)
    """So many rows make the header; a group's name above several columns stands before each of them."""
    below_header: int | None = Field(None, ge=0, le=20)
    """Rows directly under the header that are no data."""
    footer: int | None = Field(None, ge=0, le=100)
    """Rows at the end that are no data."""
    until: str | None = Field(None, min_length=1)
    """The table ends above the row whose first cell begins with this."""
    sheet: str | None = None
    records: str | None = None
    """JSON: the dotted path to the list of objects; empty where the file is that list."""
    language: str | None = None
    """Kobo: the language of the labels; empty for names in place of labels."""
    columns: tuple[str, ...] | None = None
    """The names of the columns, where the file has none."""
    lines: tuple[int, int] | None = None
    """The first and the last line of the table, where a file holds several."""

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, name: str | None) -> str | None:
        """Refuses an encoding that nobody knows, and codecs that are none of text."""
        try:
            if name is not None and not codecs.lookup(name)._is_text_encoding:
                raise LookupError
        except (LookupError, ValueError) as error:
            raise ValueError(f"{name!r} is not an encoding") from error
        return name

    @model_validator(mode="after")
    def agrees(self) -> Self:
        """Refuses two answers to one question."""
        if self.columns is not None and (self.header is not None or self.header_rows is not None):
            raise ValueError("columns are the names of a file that has no header; leave header out")
        if self.lines is not None and not 1 <= self.lines[0] <= self.lines[1]:
            raise ValueError("lines are the first and the last line, counted from 1")
        if self.lines is not None and self.header is not None and not self.lines[0] <= self.header <= self.lines[1]:
            raise ValueError("the header is not within lines")
        return self
