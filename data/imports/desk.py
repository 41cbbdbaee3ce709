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
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from data.home import Home, VaultBusy
from data.imports.lodging import MAPPING, bytes_of, forgotten, lodgers, written
from data.imports.pushed import stage_after_check
from data.imports.reach import reachable, refused
from data.imports.reports import book_report, kept_report, load_report, made_before
from data.readers.formats import UPLOAD, Unreadable
from data.readers.mapping import mapping_of
from data.release.publish import refresh_effects
from data.settings import Settings
from data.state.imports import (
    AT_WORK,
    OVER,
    Import,
    Stage,
    import_named,
    imports_at,
    imports_begun,
    moved,
    noted,
)
from data.state.store import State
from data.vault.load import LoadRequest, load
from data.vault.store import VaultTooNew
from data.vault.undo import NotUndone, undone

log = logging.getLogger("seamline.imports")

DEMO = "This home holds the demo world, which takes no other data. The check is all that can be done here."
GONE = "The file is not here any more. Bring it again."
CUT_OFF = "It was cut off {tries} times while it was being read, so it is left alone now. Split the file, or tell us."
UNFORESEEN = "Something went wrong while it was read. Nothing was kept. If it happens again, tell us number {number}."
STILL_LOADED = "Something went wrong while it was taken out. Try again; if it happens again, tell us number {number}."
EFFECTS_LATER = "The rows are in. What came after actions could not be worked out anew; the next release does that."
TOO_LATE = "It was loaded before the cancel came."
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
            if seated:
                self._own_up()
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
            job = self._begun(job)
            return f"Import {job.name}: {steps[job.stage](job)}"
        except VaultBusy:
            self._not_tried(job)
            raise
        except Stopped:
            return f"Import {job.name} was cancelled."
        except (Unreadable, VaultTooNew) as problem:
            said = str(problem)
        except Exception:
            number = secrets.token_hex(3)
            log.exception("import %s failed, reference %s", job.public_id, number)
            if job.stage is Stage.LOADING and self._found_whole(job):
                return f"Import {job.name} is loaded, reference {number}"
            said = (STILL_LOADED if job.stage is Stage.UNDOING else UNFORESEEN).format(number=number)
        # What could not be taken out is still loaded, and the same undo finishes one that was cut off.
        after = Stage.LOADED if job.stage is Stage.UNDOING else Stage.FAILED
        self._move(job, after, said=said, done=None, total=None)
        return f"Import {job.name} failed: {said}"

    def _begun(self, job: Import) -> Import:
        """The job, noted as begun, so that one that is cut off again and again does not stop all others."""
        tries = int(job.wanted.get("tries", 0)) + 1 if job.begun_at else 1
        if tries > TRIES:
            raise Unreadable(CUT_OFF.format(tries=tries - 1))
        wanted = job.wanted | {"tries": tries, "again": job.begun_at is not None}
        begun = replace(job, begun_at=job.begun_at or datetime.now(UTC), wanted=wanted)
        with self.state.change() as change:
            if not noted(change, job.public_id, job.stage, begun_at=begun.begun_at, wanted=begun.wanted):
                raise Stopped
        return begun

    def _not_tried(self, job: Import) -> None:
        """Nothing; a job that only waited for the vault was not cut off."""
        with self.state.change() as change:
            noted(change, job.public_id, job.stage, wanted=job.wanted | {"tries": int(job.wanted.get("tries", 1)) - 1})

    def _found_whole(self, job: Import) -> bool:
        """True when what failed came after the load was whole; the job then says that it is loaded."""
        number = made_before(self.home, self.settings, self.state, job)
        if number is not None:
            found = book_report(self.state, job, number)
            self._move(job, Stage.LOADED, report=found, load=number, said="", done=None, total=None)
        return number is not None

    def _own_up(self) -> None:
        """Nothing; a cancel that came while nobody was at the desk, after the load was whole, says that it was late."""
        with self.state.look() as look:
            late = imports_begun(look, Stage.CANCELLED)
        for job in late:
            number = made_before(self.home, self.settings, self.state, job) if job.report is not None else None
            values: dict[str, Any] = {"begun_at": None}
            after = Stage.CANCELLED
            if number is not None:
                after = Stage.LOADED
                values |= {"load": number, "report": book_report(self.state, job, number), "said": TOO_LATE}
            with self.state.change() as change:
                moved(change, job.public_id, (Stage.CANCELLED,), after, **values)

    def _checked(self, job: Import) -> str:
        report = load(self.home, self.settings, self.state, self._request(job, dry_run=True))
        found = kept_report(self.home, job, report)
        after, said = stage_after_check(job, found)
        self._move(job, after, report=found, said=said, done=None, total=None)
        return "checked"

    def _loaded(self, job: Import) -> str:
        if self.home.is_demo:
            raise Unreadable(DEMO)
        number = made_before(self.home, self.settings, self.state, job) if job.wanted["again"] else None
        told = True
        if number is None:
            request = self._request(job, dry_run=False)
            report = load(self.home, self.settings, self.state, request)
            number, told = report.load, report.tells_of_actions
            found = load_report(self.home, job, request.kind, report)
        else:
            found = book_report(self.state, job, number)
        said = self._effects_made() if told else ""
        # A cancel that came after the load was whole is too late, and says so.
        self._move(job, Stage.LOADED, Stage.CANCELLED, report=found, load=number, said=said, done=None, total=None)
        return f"loaded as load {number}"

    def _effects_made(self) -> str:
        """Empty; or a sentence where effects could not be made anew, which undoes nothing of what was loaded."""
        try:
            refresh_effects(self.home, self.settings, self.state)
        except VaultBusy:
            raise
        except Exception:
            log.exception("effects could not be made anew after an import")
            return EFFECTS_LATER
        return ""

    def _undone(self, job: Import) -> str:
        try:
            if job.load is None:
                raise NotUndone("It is not known which load this was, so it cannot be undone here.")
            gone = undone(self.home, self.settings, self.state, job.load)
        except NotUndone as problem:
            self._move(job, Stage.LOADED, said=str(problem))
            return str(problem)
        if gone.tells_of_actions:
            self._effects_made()
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
