"""The ingester: takes what lies in the inbox and what people import, one by one, and closes each day once it is over.

An entry is a canonical folder, moved into the inbox in one step; names that begin with a dot or end with
`.part` are still being written. A loaded entry moves to `inbox/done`, one that cannot be read to
`inbox/refused` with the reason beside it. Cut off at any moment, it begins the same entry again: what was
kept is recognised, so nothing is lost and nothing doubles. An entry that fails for another reason stays in
the inbox, and the others go on; it is tried again when the ingester starts again.
"""

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from data.audit_heads import note_head
from data.home import Home, VaultBusy
from data.imports.desk import Desk
from data.readers.delimited import Unreadable
from data.release.files import newest_release
from data.release.publish import finish_release, refresh_effects, release
from data.release.run import NothingToClose
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from data.vault.residue import forgotten
from data.vault.store import vault

log = logging.getLogger("seamline.ingester")
EVER = date(9999, 12, 31)


class Ingester:
    """Does what is waiting, each time it is asked to."""

    def __init__(self, home: Home, settings: Settings, state: State) -> None:
        self._home = home
        self._settings = settings
        self._state = state
        self._desk = Desk(home, settings, state)
        self._finished = False
        self._failed: set[Path] = set()
        self._forgot_on: date | None = None
        self._looked_at: datetime | None = None

    def work(self) -> list[str]:
        """One line for each thing that was done; nothing waiting, no line."""
        try:
            if not self._finished:
                finish_release(self._home, self._settings, self._state)
                self._finished = True
            lines = [self._take(entry) for entry in self._waiting()]
            imported = self._desk.work()
            closed = self._close_days(taken=bool(lines))
            note_head(self._home, self._state, datetime.now(UTC).date())
            return lines + imported + closed + self._forget(nightly=not closed)
        except VaultBusy as busy:
            return [str(busy)]

    def asked(self) -> bool:
        """True when somebody at a page waits for an import to be taken."""
        return self._desk.waiting()

    def _waiting(self) -> list[Path]:
        self._home.inbox.mkdir(exist_ok=True)
        kept = {"done", "refused"}
        return sorted(
            entry
            for entry in self._home.inbox.iterdir()
            if entry.is_dir()
            and entry.name not in kept
            and not entry.name.startswith(".")
            and entry.suffix != ".part"
            and entry not in self._failed
        )

    def _take(self, entry: Path) -> str:
        try:
            if self._home.is_demo:
                raise Unreadable("This home holds the demo world, which takes no other answers.")
            report = load(self._home, self._settings, self._state, LoadRequest(entry))
            if report.tells_of_actions:
                refresh_effects(self._home, self._settings, self._state)
        except Unreadable as problem:
            moved = self._move(entry, "refused")
            moved.with_name(moved.name + ".reason.txt").write_text(f"{problem}\n", encoding="utf-8")
            return f"{entry.name} was refused: {problem}"
        except VaultBusy:
            raise
        except Exception:
            log.exception("%s could not be loaded", entry.name)
            self._failed.add(entry)
            return f"{entry.name} could not be loaded, and stays in the inbox until the ingester starts again."
        self._move(entry, "done")
        said = ", ".join(
            f"{o.file} {o.accepted} accepted, {o.rejected} rejected, {o.already_present} already present"
            for o in report.outcomes
        )
        return f"{entry.name} is loaded: {said}"

    def _move(self, entry: Path, where: str) -> Path:
        folder = self._home.inbox / where
        folder.mkdir(exist_ok=True)
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        return entry.rename(folder / f"{now}-{entry.name}")

    def _close_days(self, *, taken: bool) -> list[str]:
        """Publishes what waits of days that are over everywhere here: after an entry was taken, else once a day.

        Answers loaded by command or from the import page wait for `flask release`, or for the next day: until then
        such a load can be undone.
        """
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        if self._home.is_demo or not self._home.vault.exists() or (self._looked_at == hour and not taken):
            return []
        self._looked_at = hour
        with vault(self._home, self._settings, "look for days to close") as engine:
            engine.do("known_factories")
            zones = [row[0] for row in engine.rows("zones")]
            through = last_day_over(zones)
            waiting = engine.rows("days_waiting", through=through, since=EVER if taken else hour.date())[0][0]
        if not waiting:
            return []
        try:
            made = release(self._home, self._settings, self._state, min(through, waiting))
        except NothingToClose as nothing:
            return [str(nothing)]
        return [f"Release {made.release} is published: {made.closed_now} cells closed, {made.cells} in all."]

    def _forget(self, *, nightly: bool) -> list[str]:
        """Wipes what is no longer needed, after each release and else once a day."""
        today = datetime.now(UTC).date()
        if nightly and self._forgot_on == today:
            return []
        lines = forgotten(self._home, self._settings, newest_release(self._home))
        self._forgot_on = today
        return lines


def last_day_over(zones: list[str], now: datetime | None = None) -> date:
    """The last day that is over in every one of these time zones."""
    moment = now or datetime.now(UTC)
    today = [moment.astimezone(ZoneInfo(zone)).date() for zone in zones] or [moment.date()]
    return min(today) - timedelta(days=1)
