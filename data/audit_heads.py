"""The end of the audit trail, written down once a day outside the store: a line that is changed later shows."""

import csv
from datetime import date
from pathlib import Path

from data.home import Home, sync_folder
from data.state.audit import Head, head
from data.state.store import State


def heads_file(home: Home) -> Path:
    """Where the ends of all days stand, one line a day: `day,number,hash`. Copy it to somebody you trust."""
    return home.root / "audit" / "heads.csv"


def note_head(home: Home, state: State, today: date) -> bool:
    """True when this wrote down the end of the trail as it stands today; False when that was done before."""
    if any(day == today for day, _ in noted_heads(home)):
        return False
    with state.look() as look:
        end = head(look)
    path = heads_file(home)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("a", encoding="ascii", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([today.isoformat(), end.number, end.hash])
    sync_folder(path.parent)
    return True


def noted_heads(home: Home) -> list[tuple[date, Head]]:
    """What was written down, oldest first; a line that was cut off is left out."""
    path = heads_file(home)
    if not path.exists():
        return []
    with path.open(encoding="ascii", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) == 3 and row[1].isdigit()]
    return [(date.fromisoformat(day), Head(int(number), last)) for day, number, last in rows]
