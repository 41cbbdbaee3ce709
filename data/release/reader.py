"""Reads the current release: opened once a file, read-only and locked, followed without a restart."""

import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from data.engine import Engine, reading
from data.home import Home
from data.release.files import current
from data.settings import Settings


@dataclass(eq=False)
class OpenFile:
    """One immutable file, with a cursor for each thread that reads it."""

    path: Path
    connection: duckdb.DuckDBPyConnection
    threads: threading.local = field(default_factory=threading.local)

    @property
    def engine(self) -> Engine:
        """This thread's way to query the file."""
        found: Engine | None = getattr(self.threads, "engine", None)
        if found is None:
            found = self.threads.engine = Engine(self.connection.cursor())
        return found


@dataclass(frozen=True)
class OpenRelease:
    """A release and its effects, as one request sees them from beginning to end."""

    number: int
    through: date
    method: str
    demo: bool
    cells: OpenFile
    effects: OpenFile | None


class Releases:
    """Follows CURRENT: every call answers from the newest release that is whole."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self._lock = threading.Lock()
        self._names: tuple[str | None, str | None] = (None, None)
        self._open: OpenRelease | None = None

    @property
    def home(self) -> Home:
        """The home whose releases these are."""
        return self._home

    def current(self) -> OpenRelease | None:
        """The newest release, or None before the first one."""
        names = (current(self._home.releases), current(self._home.effects))
        with self._lock:
            if names != self._names:
                self._open = self._opened(*names)
                self._names = names
            return self._open

    def kept(self, most: int = 20) -> list[tuple[int, str, date, int, int]]:
        """The newest release files: number, when made (UTC), last day, cells, and how many closed then."""
        found = []
        for path in sorted(self._home.releases.glob("[0-9]*.duckdb"), reverse=True)[:most]:
            connection = reading(path, self._settings)
            try:
                row = connection.execute(
                    "SELECT release, strftime(made_at, '%Y-%m-%d %H:%M'), through, cells, closed_now FROM meta"
                ).fetchone()
            finally:
                connection.close()
            if row is not None:
                found.append((int(row[0]), str(row[1]), row[2], int(row[3]), int(row[4])))
        return found

    def _opened(self, release: str | None, effects: str | None) -> OpenRelease | None:
        if release is None:
            return None
        before = self._open
        path = self._home.releases / f"{release}.duckdb"
        cells = before.cells if before and before.cells.path == path else self._file(path)
        meta = cells.engine.connection.execute("SELECT release, through, method, demo FROM meta").fetchone()
        if meta is None:
            raise OSError(f"{path.name} has no meta row; it is not a release")
        beside = self._effects_of(release, effects)
        file = self._file(beside) if beside else None
        if file is not None and not file.engine.rows("effects/whole")[0][0]:
            file = None
        return OpenRelease(int(meta[0]), meta[1], str(meta[2]), bool(meta[3]), cells, file)

    def _effects_of(self, release: str, effects: str | None) -> Path | None:
        """The effects file of a release: the current one; while a newer release is being published, its last."""
        if effects is not None and effects.startswith(f"{release}-"):
            return self._home.effects / f"{effects}.duckdb"
        found = self._home.effects.glob(f"{release}-*.duckdb")
        return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)

    def _file(self, path: Path) -> OpenFile:
        return OpenFile(path, reading(path, self._settings))
