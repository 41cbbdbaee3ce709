"""What is kept of a check or a load with its import: the report, and what an owner may be told of it."""

from datetime import UTC, timedelta
from typing import Any

from data.home import Home
from data.imports.lodging import quarantine_of
from data.readers.quarantine import write_quarantine
from data.settings import Settings
from data.state.imports import Import, claimed_loads
from data.state.load_spans import book_line
from data.state.store import State
from data.vault.load import LoadReport
from data.vault.store import vault


def kept_report(home: Home, job: Import, report: LoadReport) -> dict[str, Any]:
    """The report as it is kept with the job; the rows that were left out lie beside the file."""
    path = quarantine_of(home, job.public_id)
    path.unlink(missing_ok=True)
    rows = [{"file": o.file, **row} for o in report.outcomes for row in (*o.rows, *o.parts)]
    if rows:
        write_quarantine(rows, path)
    return plain_report(report) | {"left_out": len(rows)}


def load_report(home: Home, job: Import, kind: str | None, report: LoadReport) -> dict[str, Any]:
    """The report of a load. What it says of answers that were here before, an owner is not told."""
    if is_blind(job, kind):
        return (job.report or {}) | {"load": report.load, "to_operator": plain_report(report)}
    return kept_report(home, job, report)


def book_report(state: State, job: Import, number: int) -> dict[str, Any]:
    """What the book of loads says of a load whose report was lost, with what the check had found."""
    with state.look() as look:
        line = book_line(look, number)
    files = [{**file, "quarantine": None} for file in (line.files if line else ())]
    told = {"to_operator": {"files": files}} if is_blind(job, job.kind) else {"files": files}
    return (job.report or {}) | {"load": number} | told


def is_blind(job: Import, kind: str | None) -> bool:
    """True for answers that an owner brought: which of them were here is the operator's to know."""
    return job.organisation_kind == "owner" and kind == "answers"


def made_before(home: Home, settings: Settings, state: State, job: Import) -> int | None:
    """The load that this job made before it was cut off; None where it made none."""
    if job.begun_at is None:
        return None
    with state.look() as look:
        claimed = claimed_loads(look)
    with vault(home, settings, "look for a load that was cut off") as engine:
        since = (job.begun_at - timedelta(seconds=1)).astimezone(UTC).replace(tzinfo=None)
        rows = engine.rows("load_of_file", hash=job.body_hash, file=job.name, source=job.source, since=since)
    return next((int(row[0]) for row in rows if int(row[0]) not in claimed), None)


def plain_report(report: LoadReport) -> dict[str, Any]:
    """A report as it is kept: without the places of this machine."""
    return report.told() | {"files": [{**o.answer(), "quarantine": None} for o in report.outcomes]}
