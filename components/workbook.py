"""A table to take away as a workbook of three sheets: the data, what to know about it, what each column means."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.table_columns import Column, Kind
from scoring.model import Stamp

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Written into every workbook, so that the same numbers give the same bytes."""
PLAIN = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "remove_timezone": True,
}  # fmt: skip
"""Text stays text: what a person typed is never a formula, a link or a number."""
LEFT_OUT = (
    "A number is told only where at least ten answers of at least ten people stand behind it. An empty cell does not "
    "tell few from none."
)
MEANINGS = ("column", "meaning", "unit", "kind")
NARROWEST, WIDEST, WIDE = 9, 48, 110
WEIGHED = 200
"""By so many rows the width of a column is chosen."""

Value = str | int | float | None


@dataclass(frozen=True)
class Notes:
    """What a reader of a workbook must know: what it is, which release, and more as (heading, sentence)."""

    title: str
    stamp: Stamp
    more: tuple[tuple[str, str], ...] = ()


def notes_of(stamp: Stamp, comments: Sequence[str]) -> Notes:
    """The comments of a CSV as notes: the first is the title; release and method have rows of their own."""
    title, *others = comments
    said = tuple(("Note", one) for one in others if not one.startswith("Release "))
    return Notes(title.removeprefix("Seamline: "), stamp, said)


def workbook(notes: Notes, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """The workbook with the rows of a CSV, cell by cell; where a column is of numbers or days, as such.

    A cell that the CSV keeps from being taken for a formula by an apostrophe keeps it here, as a workbook can be saved
    as CSV.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, PLAIN) as book:
        book.set_properties({"title": notes.title[:200], "created": CREATED})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        fill_data(book.add_worksheet("Data"), columns, list(rows), head, days)
        fill_notes(book.add_worksheet("Notes"), notes, head, wrapped)
        fill_dictionary(book.add_worksheet("Dictionary"), columns, head, wrapped)
    return made.getvalue()


def fill_data(
    sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[Value]], head: Format, days: Format
) -> None:
    """Nothing; the sheet has the rows under a head that stays in sight and can filter them."""
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, head)
        sheet.set_column(place, place, width(column, [row[place] for row in rows[:WEIGHED] if place < len(row)]))
    for line, row in enumerate(rows, 1):
        for place, (column, value) in enumerate(zip(columns, row, strict=False)):
            fill_cell(sheet, line, place, column.kind, value, days)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def fill_cell(sheet: Worksheet, line: int, place: int, kind: Kind, value: Value, days: Format) -> None:
    """Nothing; the cell holds the value as its column says, and nothing where there is none."""
    if value is None or value == "":
        return
    found = as_number(value) if kind is Kind.NUMBER else None
    moment = as_day(value) if kind is Kind.DAY else None
    if found is not None:
        sheet.write_number(line, place, found)
    elif moment is not None:
        sheet.write_datetime(line, place, moment, days)
    else:
        sheet.write_string(line, place, str(value))


def as_number(value: Value) -> float | None:
    """The value as a number; None for what is none, which then stays text."""
    try:
        found = float(value) if value is not None else None
    except ValueError:
        return None
    return found if found is not None and isfinite(found) else None


def as_day(value: Value) -> date | None:
    """The value as a day; None for what is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def width(column: Column, values: Sequence[Value]) -> int:
    """How wide a column is, in signs: room for its head with the filter's button, and for most of what is in it."""
    longest = max([len(column.name) + 3, *(len(str(value)) + 1 for value in values if value is not None)])
    return min(max(longest, NARROWEST), WIDEST)


def fill_notes(sheet: Worksheet, notes: Notes, head: Format, wrapped: Format) -> None:
    """Nothing; the sheet says what the numbers are, where they come from and what is left out."""
    stamp = notes.stamp
    rows = [
        ("Title", notes.title), ("Release", str(stamp.release)), ("Answers through", stamp.through.isoformat()),
        ("Method", stamp.method), *notes.more, ("What is left out", LEFT_OUT),
    ]  # fmt: skip
    for line, (name, said) in enumerate(rows):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, said, wrapped)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, WIDE)


def fill_dictionary(sheet: Worksheet, columns: Sequence[Column], head: Format, wrapped: Format) -> None:
    """Nothing; the sheet says of each column what it means."""
    for place, name in enumerate(MEANINGS):
        sheet.write_string(0, place, name, head)
    for line, one in enumerate(columns, 1):
        for place, said in enumerate((one.name, one.meaning, one.unit, one.kind.value)):
            sheet.write_string(line, place, said, wrapped)
    for place, wide in enumerate((24, 90, 26, 10)):
        sheet.set_column(place, place, wide)
    sheet.freeze_panes(1, 0)
