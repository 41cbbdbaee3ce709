"""Quarantine files: rejected rows with line and reason, safe to open in a spreadsheet, mended and sent again."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

ADDED = ("line", "reason")
"""The columns that stand before the row's own."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "'")
"""How a value begins that a spreadsheet takes for a formula; and the guard itself, so that it can be taken off."""


def guarded(value: object) -> object:
    """A value that no spreadsheet takes for a formula: with an apostrophe before it; numbers stay as they are."""
    if not isinstance(value, str) or not value.startswith(RISKY):
        return value
    try:
        float(value)
    except ValueError:
        return "'" + value
    return value


def unguarded(value: str) -> str:
    """The value as it was before `guarded`."""
    return value.removeprefix("'")


def is_quarantine(header: Sequence[str]) -> bool:
    """True for the header of a quarantine file, mended and sent again."""
    return tuple(header[: len(ADDED)]) == ADDED


def write_quarantine(rows: Sequence[Mapping[str, object]], path: Path) -> None:
    """Writes rejected rows, each with `line` and `reason`, in the order of their lines."""
    columns = list(dict.fromkeys((*ADDED, *(name for row in rows for name in row))))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        path.chmod(0o600)
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for row in sorted(rows, key=lambda row: int(str(row["line"]))):
            writer.writerow({name: guarded(value) for name, value in row.items()})
