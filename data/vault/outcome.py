"""What became of each row of a file: accepted, already present, or rejected with a reason."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from data.readers.delimited import Ragged

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")

ACCEPTED = "accepted"
PRESENT = "already_present"
REJECTED = "rejected"


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

    def reasons(self, most: int = 20) -> list[dict[str, object]]:
        """The commonest reasons why rows, or single answers in them, were left out: count and first lines."""
        found: dict[tuple[str, str], list[int]] = {}
        for what, rows in (("row", self.rows), ("answer", self.parts)):
            for row in rows:
                found.setdefault((what, shape_of(str(row["reason"]))), []).append(int(str(row["line"])))
        by_count = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
        return [
            {"file": self.file, "what": what, "reason": reason, "count": len(lines), "lines": sorted(lines)[:5]}
            for (what, reason), lines in by_count
        ]


def shape_of(reason: str) -> str:
    """A reason without the value it quotes, so that like ones are counted together."""
    return QUOTED.sub("…", reason)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame as dictionaries, with missing values as None."""
    clean = frame.astype("object").where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in clean.to_dict("records")]


def ragged_rows(ragged: Iterable[Ragged]) -> list[dict[str, object]]:
    """Rows that have too many or too few fields, as the quarantine keeps them."""
    return [{"line": row.line, "reason": row.reason, "row": " | ".join(row.fields)} for row in ragged]
