"""The desk where imports are taken one at a time: checked, loaded, undone. The ingester sits at it, never the web.

Cut off at any moment, the same import begins again. What it had kept is recognised: by its own rows, and a load that
was already whole by its hash, so that an import never counts as already present what it brought itself.
"""

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from data.home import Home, VaultBusy
from data.imports.lodging import MAPPING, bytes_of, forgotten, lodgers, quarantine_of, written
from data.imports.pushed import stage_after_check
from data.imports.reach import reachable, refused
from data.readers.formats import UPLOAD, Unreadable
from data.readers.mapping import mapping_of
from data.readers.quarantine import write_quarantine
from data.release.publish import refresh_effects
from data.settings import Settings
from data.state.imports import (
    AT_WORK,
    OVER,
    Import,
    Stage,
    claimed_loads,
    import_named,
    imports_at,
    moved,
    noted,
)
from data.state.load_spans import book_line
from data.state.store import State
from data.vault.load import LoadReport, LoadRequest, load
from data.vault.store import VaultTooNew, vault
from data.vault.undo import NotUndone, undone

log = logging.getLogger("seamline.imports")

DEMO = "This home holds the demo world, which takes no other data. The check is all that can be done here."
GONE = "The file is not here any more. Bring it again."
CUT_OFF = "It was cut off {tries} times while it was being read, so it is left alone now. Split the file, or tell us."
UNFORESEEN = "Something went wrong while it was read. Nothing was kept. If it happens again, tell us number {number}."
TRIES = 4
BREATH = 0.5
"""Seconds between two notes of how far a job is."""
KEPT = timedelta(days=30)
"""So long the bytes of an import stay after it is over, or after nobody touched it."""
IDLE = (Stage.DRAFT, Stage.CHECKED, Stage.FAILED)


class Stopped(Exception):
    """Somebody cancelled the import while it was at work; nothing of it is kept."""


@dataclass
class Desk:
    """Takes what waits, each time it is asked to."""

    home: Home
    settings: Settings
    state: State

    def waiting(self) -> bool:
        """True when something waits to be taken."""
        with self.state.look() as look:
            return bool(imports_at(look, AT_WORK))

    def work(self) -> list[str]:
        """One line for each import that was taken. Raises VaultBusy, and then it still waits."""
        lines: list[str] = []
        with self._seat() as seated:
            while seated and (job := self._next()):
                lines.append(self._taken(job))
            if seated:
                self._tidy()
        return lines

    @contextmanager
    def _seat(self) -> Iterator[bool]:
        """True for the one process that holds the desk; it is free again however that process ends."""
        self.home.prepare()
        handle = os.open(self.home.imports / ".desk", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(handle)

    def _next(self) -> Import | None:
        with self.state.look() as look:
            found = imports_at(look, AT_WORK)
        return found[0] if found else None

    def _taken(self, job: Import) -> str:
        steps: dict[Stage, Callable[[Import], str]] = {
            Stage.CHECKING: self._checked, Stage.LOADING: self._loaded, Stage.UNDOING: self._undone,
        }  # fmt: skip
        try:
            return f"Import {job.name}: {steps[job.stage](self._begun(job))}"
        except VaultBusy:
            raise
        except Stopped:
            return f"Import {job.name} was cancelled."
        except (Unreadable, VaultTooNew) as problem:
            said = str(problem)
        except Exception:
            number = secrets.token_hex(3)
            log.exception("import %s failed, reference %s", job.public_id, number)
            said = UNFORESEEN.format(number=number)
        self._move(job, Stage.FAILED, said=said, done=None, total=None)
        return f"Import {job.name} failed: {said}"

    def _begun(self, job: Import) -> Import:
        """The job, noted as begun, so that one that is cut off again and again does not stop all others."""
        tries = int(job.wanted.get("tries", 0)) + 1 if job.begun_at else 1
        if tries > TRIES:
            raise Unreadable(CUT_OFF.format(tries=tries - 1))
        with self.state.change() as change:
            begun = job.begun_at or datetime.now(UTC)
            if not noted(change, job.public_id, job.stage, begun_at=begun, wanted=job.wanted | {"tries": tries}):
                raise Stopped
        return job

    def _checked(self, job: Import) -> str:
        found = self._kept_report(job, load(self.home, self.settings, self.state, self._request(job, dry_run=True)))
        after, said = stage_after_check(job, found)
        self._move(job, after, report=found, said=said, done=None, total=None)
        return "checked"

    def _loaded(self, job: Import) -> str:
        if self.home.is_demo:
            raise Unreadable(DEMO)
        earlier = self._made_before(job)
        if earlier is None:
            request = self._request(job, dry_run=False)
            report = load(self.home, self.settings, self.state, request)
            found, number = self._load_report(job, request, report), report.load
            if report.tells_of_actions:
                refresh_effects(self.home, self.settings, self.state)
        else:
            found, number = self._book_report(job, earlier), earlier
            refresh_effects(self.home, self.settings, self.state)
        # A cancel that came after the load was whole is too late, and says so.
        self._move(job, Stage.LOADED, Stage.CANCELLED, report=found, load=number, said="", done=None, total=None)
        return f"loaded as load {number}"

    def _undone(self, job: Import) -> str:
        try:
            if job.load is None:
                raise NotUndone("It is not known which load this was, so it cannot be undone here.")
            gone = undone(self.home, self.settings, self.state, job.load)
        except NotUndone as problem:
            self._move(job, Stage.LOADED, said=str(problem))
            return str(problem)
        if gone.tells_of_actions:
            refresh_effects(self.home, self.settings, self.state)
        self._move(job, Stage.UNDONE, said=gone.sentence)
        return gone.sentence

    def _move(self, job: Import, after: Stage, *more: Stage, **values: Any) -> None:
        with self.state.change() as change:
            moved(change, job.public_id, (job.stage, *more), after, begun_at=None, **values)

    def _request(self, job: Import, *, dry_run: bool) -> LoadRequest:
        """What to load. Raises Unreadable where the file is gone, or where its owner may not bring such a thing."""
        path = bytes_of(self.home, job.public_id, job.name)
        if not path.is_file():
            raise Unreadable(GONE)
        mapping = mapping_of(job.mapping) if job.mapping else None
        kind = mapping.kind if mapping else job.kind
        if kind is None:
            raise Unreadable("It is not said yet what the file holds.")
        own = job.organisation_kind == "owner"
        if own:
            refused(kind, mapping)
        return LoadRequest(
            path,
            kind,
            written(self.home, job.public_id, MAPPING, job.mapping) if job.mapping else None,
            job.source,
            dry_run,
            within=reachable(self.home, self.settings, self.state, job),
            buyer=job.organisation if job.organisation_kind == "buyer" else None,
            progress=self._progress(job),
            limits=UPLOAD,
            # Whether single answers are here already is nothing that an owner may find out by trying.
            blind=own and dry_run and kind == "answers",
        )

    def _progress(self, job: Import) -> Callable[[int, int | None], None]:
        """What is told how far the work is: it notes that now and then, and stops a job that was cancelled."""
        last = 0.0

        def told(done: int, total: int | None) -> None:
            nonlocal last
            if time.monotonic() - last < BREATH:
                return
            last = time.monotonic()
            try:
                with self.state.change(hasty=True) as change:
                    still = noted(change, job.public_id, job.stage, done=done, total=total)
            except OperationalError:
                return  # the store is busy; the next note tells it
            if not still:
                raise Stopped

        return told

    def _kept_report(self, job: Import, report: LoadReport) -> dict[str, Any]:
        """The report as it is kept with the job; the rows that were left out lie beside the file."""
        path = quarantine_of(self.home, job.public_id)
        path.unlink(missing_ok=True)
        rows = [{"file": o.file, **row} for o in report.outcomes for row in (*o.rows, *o.parts)]
        if rows:
            write_quarantine(rows, path)
        return plain_report(report) | {"left_out": len(rows)}

    def _load_report(self, job: Import, request: LoadRequest, report: LoadReport) -> dict[str, Any]:
        """The report of a load. What it says of answers that were here before, an owner is not told."""
        if job.organisation_kind == "owner" and request.kind == "answers":
            return (job.report or {}) | {"load": report.load, "to_operator": plain_report(report)}
        return self._kept_report(job, report)

    def _made_before(self, job: Import) -> int | None:
        """The load that this job made before it was cut off; None where it made none."""
        if job.begun_at is None:
            return None
        with self.state.look() as look:
            claimed = claimed_loads(look)
        with vault(self.home, self.settings, "look for a load that was cut off") as engine:
            since = (job.begun_at - timedelta(seconds=1)).astimezone(UTC).replace(tzinfo=None)
            rows = engine.rows("load_of_file", hash=job.body_hash, file=job.name, source=job.source, since=since)
        return next((int(row[0]) for row in rows if int(row[0]) not in claimed), None)

    def _book_report(self, job: Import, number: int) -> dict[str, Any]:
        """What the book of loads says of a load whose report was lost, with what the check had found."""
        with self.state.look() as look:
            line = book_line(look, number)
        files = [{**file, "quarantine": None} for file in (line.files if line else ())]
        return (job.report or {}) | {"files": files, "load": number}

    def _tidy(self) -> None:
        """Nothing; bytes of what is long over, cancelled or forgotten are gone."""
        now = datetime.now(UTC)
        with self.state.look() as look:
            stale = imports_at(look, IDLE, now - KEPT)
        for job in stale:
            with self.state.change() as change:
                moved(change, job.public_id, IDLE, Stage.CANCELLED, said="Nobody touched it for 30 days.")
        for public_id in lodgers(self.home):
            with self.state.look() as look:
                found = import_named(look, public_id)
            if found is None:
                age = now.timestamp() - (self.home.imports / public_id).stat().st_mtime
                over = age > timedelta(days=1).total_seconds()
            else:
                over = found.stage is Stage.CANCELLED or (found.stage in OVER and found.changed_at < now - KEPT)
            if over:
                forgotten(self.home, public_id)


def plain_report(report: LoadReport) -> dict[str, Any]:
    """A report as it is kept: without the places of this machine."""
    return report.told() | {"files": [{**o.answer(), "quarantine": None} for o in report.outcomes]}
