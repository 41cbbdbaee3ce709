"""What is noted of every load: its number, its files by their hash, its quarantine, and the list that people see."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from data.engine import Engine
from data.home import Home
from data.readers.quarantine import write_quarantine
from data.state.load_spans import note_spans
from data.state.loads import record_load
from data.state.store import Change
from data.vault.outcome import Outcome


def next_load(engine: Engine) -> int:
    """The number of the load that is about to be made."""
    found = engine.connection.execute("SELECT coalesce(max(load), 0) + 1 FROM vault.loads").fetchall()
    return int(found[0][0])


def keep_book(
    engine: Engine,
    home: Home,
    change: Change,
    files: dict[str, Path],
    name: str,
    source: str,
    number: int,
    outcomes: list[Outcome],
) -> None:
    """Writes the quarantine files, and notes the load with the hash of each of its files."""
    for outcome in outcomes:
        if rows := outcome.rows + outcome.parts:
            path = home.quarantine / f"{number:06d}-{outcome.file}.csv"
            write_quarantine(rows, path)
            outcome.quarantine = str(path)
    for path in files.values():
        values = {"hash": file_hash(path), "name": path.name, "load": number, "source": source}
        engine.connection.execute("INSERT INTO vault.files VALUES ($hash, $name, $load, $source)", values)
    now = datetime.now(UTC)
    accepted = sum(outcome.accepted for outcome in outcomes if outcome.file == "answers")
    engine.connection.execute(
        "INSERT INTO vault.loads (load, loaded_at, name, accepted) VALUES ($load, $at, $name, $accepted)",
        {"load": number, "at": now.replace(tzinfo=None), "name": name, "accepted": accepted},
    )
    quarantines = ", ".join(Path(outcome.quarantine).name for outcome in outcomes if outcome.quarantine)
    answers = [outcome.answer() for outcome in outcomes]
    record_load(change, name, answers, quarantine=quarantines or None, at=now)
    note_spans(change, number)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
