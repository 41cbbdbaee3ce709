"""How commands answer: rows as a table, CSV or JSON on standard output, or one plain sentence."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TextIO

import click

FORMATS = ("table", "csv", "json")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to print the rows.",
)


class Refusal(click.ClickException):
    """A command could not do what was asked: one plain sentence on standard error, exit code 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Nothing; the sentence is printed."""
        click.echo(self.format_message(), file=file or sys.stderr)


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: str, out: TextIO | None = None) -> None:
    """Nothing; the rows are printed with exactly these columns. None is an empty cell, and null in JSON."""
    stream = out or sys.stdout
    picked = [[row.get(column) for column in columns] for row in rows]
    if form == "json":
        objects = [dict(zip(columns, map(json_value, values), strict=True)) for values in picked]
        stream.write(json.dumps(objects, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    elif form == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([csv_cell(value) for value in values] for values in picked)
    else:
        stream.write(table(columns, picked))


def json_value(value: Any) -> Any:
    """The value as JSON has it: numbers, truth and null as they are, everything else as text."""
    return value if value is None or isinstance(value, (bool, int, float, list, dict)) else text(value)


def csv_cell(value: Any) -> str | int | float:
    """One CSV cell. Text that a spreadsheet would take for a formula gets an apostrophe; numbers never do."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    cell = text(value)
    return "'" + cell if cell.startswith(RISKY) else cell


def text(value: Any) -> str:
    """The value in plain text; instants and days as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """An aligned table: numbers to the right, words to the left, one line a row."""
    cells = [[one_line(value) for value in row] for row in rows]
    widths = [max(len(c), *(len(row[i]) for row in cells), 0) for i, c in enumerate(columns)]
    right = [any(is_number(row[i]) for row in rows) for i in range(len(columns))]

    def line(values: Sequence[str]) -> str:
        padded = (v.rjust(w) if r else v.ljust(w) for v, w, r in zip(values, widths, right, strict=True))
        return "  ".join(padded).rstrip() + "\n"

    return line(columns) + line(["-" * width for width in widths]) + "".join(line(row) for row in cells)


def one_line(value: Any) -> str:
    """The value for a terminal: on one line, without control characters; fractions to two places."""
    if isinstance(value, float):
        return f"{value:.2f}"
    return "".join(sign if sign.isprintable() else " " for sign in text(value))


def is_number(value: Any) -> bool:
    """True for what is aligned to the right."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
