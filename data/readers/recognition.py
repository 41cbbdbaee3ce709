"""What a file is recognised as: how it would be read, its first rows, what is to be asked, and what was found."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from data.readers.encoding import text_of
from data.readers.formats import UPLOAD, FileFormat, Limits, Unreadable
from data.readers.layout import Ask
from data.readers.opening import Opened, looked_at
from data.readers.shaped import ABOVE, AGAIN, UNDER
from data.readers.table import Passed, Ragged
from data.readers.workbook import error_cells

__all__ = ["Ask", "Recognition", "recognised"]

PREVIEW = 20
MOST_REASONS = 5
SIGNS = {",": "Commas", ";": "Semicolons", "\t": "Tabs", "|": "Upright strokes", ":": "Colons"}
AGAIN_NAMED = re.compile(r"(?P<name>.+) \(\d+\)")


@dataclass(frozen=True)
class Recognition:
    """How a file would be read: the format with everything found, its header and first rows, and how many it has."""

    format: FileFormat
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total_rows: int | None
    asks: tuple[Ask, ...]
    """What a person must say before the file is loaded, each with the likeliest answer first or in `format`."""
    notes: tuple[str, ...]
    """What was found, in plain words."""


def recognised(
    path: Path, name: str | None = None, limits: Limits = UPLOAD, form: FileFormat | None = None
) -> Recognition:
    """What the file is. `name` is what its sender calls it, `form` what is known of it already. Raises Unreadable."""
    try:
        return recognition_of(path, form or FileFormat(), limits)
    except Unreadable as error:
        raise Unreadable(str(error).replace(path.name, name or path.name)) from error


def recognition_of(path: Path, form: FileFormat, limits: Limits) -> Recognition:
    """What the file is. Raises Unreadable."""
    opened = looked_at(path, form, limits)
    header = opened.table.header()
    rows: list[tuple[str, ...]] = []
    total = 0
    refused: dict[str, list[Ragged]] = {}
    for batch in opened.table.batches():
        if len(rows) < PREVIEW:
            rows += list(zip(*(column[: PREVIEW - len(rows)] for column in batch.columns), strict=True))
        total += len(batch.lines) + len(batch.ragged)
        for row in batch.ragged:
            refused.setdefault(re.sub(r"[\d,]+", "", row.reason), []).append(row)
    notes = [found_words(path, opened, limits), *layout_words(opened, opened.table.passed_over())]
    notes += [*refused_words(list(refused.values())), *header_words(header)]
    if {"type", "name"} <= set(header) and str(opened.form.sheet).casefold() == "survey":
        notes.append("This is a form (XLSForm): it holds questions and no answers.")
    if opened.form.format == "workbook" and (errors := error_cells(path)):
        notes.append(f"{errors:,} cells hold an error such as #N/A; they are read as empty.")
    return Recognition(opened.form, tuple(header), tuple(rows), total, opened.asks, tuple(filter(None, notes)))


def found_words(path: Path, opened: Opened, limits: Limits) -> str:
    """A sentence about the format of the file."""
    form = opened.form
    if form.delimiter is not None:
        parts = [f"{SIGNS.get(form.delimiter, repr(form.delimiter))} between fields", str(form.encoding)]
        if text_of(path, form, limits.field).encoding.damaged:
            parts.append("some bytes are not of that encoding")
        said = ", ".join(parts)
    elif form.sheet is not None:
        said = f"A workbook, sheet {form.sheet!r}"
    elif form.format == "kobo":
        said = f"Kobo submissions with their form, labels in {form.language or 'the form itself'}"
    elif form.format == "json":
        said = f"JSON records at {form.records!r}" if form.records else "JSON records"
    else:
        said = "Parquet"
    if form.format == "qualtrics":
        said += f", a Qualtrics export with {form.header_rows} lines of header"
    if form.header is not None and form.header > 1:
        said += f", the header is in {'row' if form.sheet else 'line'} {form.header}"
    if form.header_rows is not None and form.header_rows > 1 and form.format != "qualtrics":
        said += f", the header has {form.header_rows} rows"
    return f"{said}."


def layout_words(opened: Opened, passed: list[Passed]) -> list[str]:
    """Sentences about the lines that are no rows."""
    counts: Counter[str] = Counter()
    for one in passed:
        counts[one.why] += one.last - one.line + 1
    what = "row" if opened.form.sheet else "line"
    said = []
    for why, words in ((ABOVE, "above the header"), (UNDER, "under the table"), (AGAIN, "that repeat the header")):
        if count := counts[why]:
            said.append(f"{count:,} {what}{'s' if count > 1 else ''} {words} left out.")
    return said


def refused_words(alike: list[list[Ragged]]) -> list[str]:
    """Sentences about the commonest reasons for which rows are refused, each with its first line."""
    said = []
    for rows in sorted(alike, key=len, reverse=True)[:MOST_REASONS]:
        first = f"line {rows[0].line}: {rows[0].reason}"
        said.append(f"1 row is refused, {first}." if len(rows) == 1 else f"{len(rows):,} rows are refused, as {first}.")
    return said


def header_words(header: list[str]) -> list[str]:
    """A sentence about names that came twice, and one about columns without a name."""
    said = []
    twice = dict.fromkeys(
        found["name"] for name in header if (found := AGAIN_NAMED.fullmatch(name)) and found["name"] in header
    )
    if twice:
        said.append(f"These names came more than once and are numbered: {', '.join(map(repr, twice))}.")
    if unnamed := header.count(""):
        said.append(f"{unnamed} column{'s have' if unnamed > 1 else ' has'} no name and cannot be read.")
    return said
