"""One mapped file while it is read: what it needs to remember from batch to batch."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from data.engine import Engine
from data.readers.doubts import Doubts
from data.readers.mapping import Mapping
from data.readers.sources import FieldSource, field_values, said_unknown, written
from data.readers.staging import Progress
from data.readers.table import Batch, Gathered, Ragged, Table, Unreadable
from data.readers.wording import found_columns, near


@dataclass
class Reading:
    """A file that is being read through a mapping, in batches; counts add up as they go by.

    `columns` says under which name of the header each column of the mapping stands.
    """

    engine: Engine
    mapping: Mapping
    table: Table
    source: str
    columns: dict[str, str]
    not_read: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """Columns that may be missing, and are."""
    ragged: list[Ragged] = field(default_factory=list)
    rows: int = 0
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a field said something that stands for "not known", by its place and text."""
    strange: Counter[str] = field(default_factory=Counter)
    """How often something was asked that the mapping does not know."""
    blank: list[int] = field(default_factory=list)
    """The lines in which no measure stands."""
    doubts: Doubts = field(default_factory=Doubts)
    ordinals: dict[str, int] = field(default_factory=dict)
    declared: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    whole_rows: "pd.Series[str]" = field(default_factory=lambda: pd.Series([], dtype="str"))

    @property
    def path(self) -> Path:
        """The file."""
        return self.table.path

    def sheets(self, progress: Progress | None, total: int | None) -> Iterable[tuple[list[int], pd.DataFrame]]:
        """The lines and the columns of text of each batch, blanks taken off; what is ragged is kept aside.

        `whole_rows` is of the batch that was yielded last.
        """
        header = self.table.header()
        for batch in self.table.batches():
            self.ragged += batch.ragged
            self.rows += len(batch.lines) + len(batch.ragged)
            if batch.lines:
                self.whole_rows = whole_rows(header, batch)
                lines = self.line_numbers(batch)
                self.doubts.note_sums(header, lines, batch)
                yield lines, self.sheet(header, batch)
            if progress is not None:
                progress(self.rows, total)

    def line_numbers(self, batch: Batch) -> list[int]:
        """The line of each row; where a record became several rows, as repeats do, the rows are numbered instead."""
        if not self.several_a_record:
            return batch.lines
        last = self.rows - len(batch.ragged)
        return list(range(last - len(batch.lines) + 1, last + 1))

    @cached_property
    def several_a_record(self) -> bool:
        """True where records of the file became several rows, so that their numbers say no single row."""
        if not isinstance(self.table, Gathered):
            return False
        return len({line for line, _ in self.table.rows}) < len(self.table.rows)

    def sheet(self, header: list[str], batch: Batch) -> pd.DataFrame:
        """The columns of a batch that are read, under the names that the mapping has for them."""
        held = dict(zip(header, batch.columns, strict=True))
        sheet = pd.DataFrame({ours: held[theirs] for ours, theirs in self.columns.items()}, dtype="str")
        return pd.DataFrame({name: sheet[name].str.strip() for name in sheet})

    def values(self, sheet: pd.DataFrame, place: str, zones: "pd.Series[str] | None" = None) -> "pd.Series[str]":
        """The values of the field at this place of the mapping; what stands for "not known" is counted."""
        source = self.mapping.sources[place]
        if source.constant is None:
            texts = written(sheet, source)
            self.doubts.note_field(place, source, texts)
            self.note_unknown(place, texts, source)
        return field_values(sheet, source, zones)

    def note_unknown(self, place: str, texts: "pd.Series[str]", source: FieldSource) -> None:
        """Nothing; what stands for "not known" in this field is counted by its text."""
        if not source.unknown:
            return
        counts = texts[said_unknown(texts, source)].value_counts()
        self.unknown.update({(place, str(text)): int(count) for text, count in counts.items()})

    def row_names(self) -> "pd.Series[str]":
        """A name for each row, as without a sitting's id the row itself is one: all that stands in it, and its ordinal
        among identical rows of the file. The source keeps apart rows that look the same in files from different places.

        Neither the mapping nor an empty column changes it: the same row is the same sitting when more of it is read,
        and when the next export has one question more.
        """
        digests = self.whole_rows.map(lambda row: hashlib.sha256(f"{self.source}\x1f{row}".encode()).hexdigest())
        ordinal = digests.groupby(digests).cumcount() + 1 + digests.map(self.ordinals).fillna(0).astype("int64")
        for digest, count in digests.value_counts().items():
            self.ordinals[str(digest)] = self.ordinals.get(str(digest), 0) + int(count)
        return digests + ":" + ordinal.astype("str")


def whole_rows(header: list[str], batch: Batch) -> "pd.Series[str]":
    """What stands in each row, with the header of each cell, whatever the order of the columns; no empty cells."""
    rows = pd.Series("", index=range(len(batch.lines)), dtype="str")
    for name, column in sorted(zip(header, batch.columns, strict=True), key=lambda held: held[0]):
        cells = pd.Series(column, dtype="str").str.strip()
        rows = rows + (name + "\x1e" + cells + "\x1f").where(cells != "", "")
    return rows


def begun_reading(engine: Engine, table: Table, mapping: Mapping, source: str) -> Reading:
    """The reading of a file through a mapping. Raises Unreadable where the file lacks a column."""
    header = table.header()
    found, missing = found_columns(mapping.columns, header)
    if missing:
        raise Unreadable(lacking(table.path.name, mapping, missing, [h for h in header if h not in found.values()]))
    there, gone = found_columns(mapping.optional, header)
    found = there | found
    refuse_one_for_two(table.path.name, mapping, found)
    not_read = tuple(name for name in header if name and name not in found.values())
    return Reading(engine, mapping, table, source, found, not_read, tuple(gone))


def refuse_one_for_two(name: str, mapping: Mapping, found: dict[str, str]) -> None:
    """Nothing. Raises Unreadable where one column of the file would be read as the answers to two of the mapping."""
    ours: dict[str, str] = {}
    counted = {*mapping.asked} if mapping.shape == "wide" else {pair.answer for pair in mapping.pairs}
    for one, column in found.items():
        if one in counted and (other := ours.setdefault(column, one)) != one:
            raise Unreadable(
                f"The mapping {mapping.name} reads {other!r} and {one!r}, and {name} has but one such column, "
                f"{column!r}. Leave one of them out."
            )


def lacking(name: str, mapping: Mapping, missing: list[str], free: list[str]) -> str:
    """A sentence about columns that a file does not have, with those that may be meant."""
    said = f"{name} has no column {', '.join(repr(one) for one in missing)}, which the mapping {mapping.name} reads."
    likely = [f"{one!r} may be {there!r}" for one in missing for there, _ in near(one, free, most=1)]
    return f"{said} {'; '.join(likely)}. Change the mapping if that is so." if likely else said
