"""What became of each row of a file: accepted, already present, or rejected with a reason."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.readers.delimited import Ragged

ACCEPTED = "accepted"
PRESENT = "already_present"
REJECTED = "rejected"

RISKY = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass
class Outcome:
    """The counts of one file and its rejected rows, each with line and reason."""

    file: str
    accepted: int = 0
    rejected: int = 0
    already_present: int = 0
    rows: list[dict[str, object]] = field(default_factory=list)
    """Rejected rows: line, reason, and the row's own columns."""
    parts: list[dict[str, object]] = field(default_factory=list)
    """Single answers that could not be read in rows that were otherwise accepted."""
    quarantine: str | None = None

    def count(self, outcomes: "pd.Series[str]") -> None:
        """Adds the rows of one column of outcomes."""
        found = outcomes.value_counts()
        self.accepted += int(found.get(ACCEPTED, 0))
        self.already_present += int(found.get(PRESENT, 0))
        self.rejected += int(found.get(REJECTED, 0))

    def reject(self, rows: Iterable[dict[str, object]]) -> None:
        """Keeps rejected rows for the quarantine; counts are added by `count`."""
        self.rows += list(rows)

    def answer(self) -> dict[str, object]:
        """This outcome as `flask load` answers it (FORMATS §3)."""
        return {
            "file": self.file,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "already_present": self.already_present,
            "quarantine": self.quarantine,
        }


def plain_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame as dictionaries, with missing values as None."""
    clean = frame.astype("object").where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in clean.to_dict("records")]


def ragged_rows(ragged: Iterable[Ragged]) -> list[dict[str, object]]:
    """Rows that have too many or too few fields, as the quarantine keeps them."""
    return [{"line": row.line, "reason": row.reason, "row": " | ".join(row.fields)} for row in ragged]


def safe(value: object) -> object:
    """A value that no spreadsheet takes for a formula; numbers stay as they are."""
    if not isinstance(value, str) or not value.startswith(RISKY):
        return value
    try:
        float(value)
    except ValueError:
        return "'" + value
    return value


def write_quarantine(outcome: Outcome, path: Path) -> None:
    """Writes the rejected rows with line and reason, for a person to mend and send again."""
    rows = sorted(outcome.rows + outcome.parts, key=lambda row: int(str(row["line"])))
    if not rows:
        return
    columns = list(dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)
    outcome.quarantine = str(path)
