"""A throw-away PostgreSQL server, and the state stores of tests on it: a schema of its own for each home.

With `SEAMLINE_TEST_STATE=postgresql` every home of every test has its state there, in this process and in those that
tests start. The server is unlike SQLite wherever it may be: it sorts by a language, not by bytes, and its clock runs in
another zone.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import MetaData, Table

from data.home import Home
from data.settings import Settings
from data.state.store import Look, State

WHOLE_SUITE = os.environ.get("SEAMLINE_TEST_STATE") == "postgresql"
STORES = ("postgresql",) if WHOLE_SUITE else ("sqlite", "postgresql")
DEBIAN = Path("/usr/lib/postgresql")
MISSING = "There is no PostgreSQL server here: postgres and initdb are neither on the PATH nor in /usr/lib/postgresql."
START_SECONDS = 60
STOP_SECONDS = 15
# It holds nothing worth keeping, so it need not write carefully.
CARELESS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "max_connections": "300", "shared_buffers": "64MB", "timezone": "Asia/Dhaka", "listen_addresses": "",
}  # fmt: skip


def programs() -> Path | None:
    """The folder with `postgres` and `initdb`, or None where there is no server."""
    named = shutil.which("postgres")
    folders = [Path(named).resolve().parent] if named else []
    folders += sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return next((f for f in folders if (f / "postgres").exists() and (f / "initdb").exists()), None)


def somebody_else() -> dict[str, Any]:
    """How to start a process as another user: the server refuses to run as root. Empty for everybody else."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    person = known.get("postgres") or known["nobody"]
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


class Server:
    """One running server. Only who may enter its folder can speak to it."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]") -> None:
        self._folder = folder
        self._process = process
        self._lock = threading.Lock()
        self._schemas: dict[Path, str] = {}
        self._opened: list[tuple[Path, State]] = []

    def address(self, schema: str) -> str:
        """The SQLAlchemy URL of that schema."""
        return f"postgresql://seamline@/postgres?host={self._folder}&options=-csearch_path%3D{schema}"

    def url_of(self, home: Path) -> str:
        """The URL of the state of that home, in a schema that is made when it is missing."""
        root = home.expanduser().resolve()
        with self._lock:
            if root not in self._schemas:
                schema = "home_" + hashlib.sha256(str(root).encode()).hexdigest()[:20]
                self.run(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
                self._schemas[root] = schema
            return self.address(self._schemas[root])

    def run(self, query: sql.Composed) -> None:
        """Nothing; the server did that."""
        with psycopg.connect(host=str(self._folder), user="seamline", dbname="postgres", autocommit=True) as connection:
            connection.execute("SET lock_timeout = '5s'")
            connection.execute(query)

    def opened(self, home: Path, state: State) -> State:
        """The state, which is closed when its home is forgotten."""
        self._opened.append((home.expanduser().resolve(), state))
        return state

    def share(self, known: Path, other: Path) -> None:
        """Nothing; the other home has the same state as the known one from now on."""
        self.url_of(known)
        self._schemas[other.resolve()] = self._schemas[known.resolve()]

    def forget(self, folder: Path) -> None:
        """Nothing; what homes under this folder kept is gone, and connections to it are closed."""
        for home, state in self._opened:
            if home.is_relative_to(folder):
                state.close()
        self._opened = [(home, state) for home, state in self._opened if not home.is_relative_to(folder)]
        gone = {home: schema for home, schema in self._schemas.items() if home.is_relative_to(folder)}
        for home, schema in gone.items():
            del self._schemas[home]
            if schema not in self._schemas.values():
                self.run(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))

    def stop(self) -> None:
        """Nothing; the server has ended and its files are gone."""
        for _, state in self._opened:
            state.close()
        for wish in (self._process.terminate, self._process.kill):
            wish()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
                break
        shutil.rmtree(self._folder, ignore_errors=True)


def started() -> Server:
    """A new server that answers. Raises RuntimeError with its log when it does not."""
    found = programs()
    if found is None:
        raise RuntimeError(MISSING)
    # A short path of its own: the socket lies there, and folders of a test are closed to other users.
    folder, other = Path(tempfile.mkdtemp(prefix="seamline-pg-")), somebody_else()
    if other:
        os.chown(folder, other["user"], other["group"])
    log, data = folder / "log", folder / "data"
    make = [str(found / "initdb"), "-D", str(data), "-U", "seamline", "-A", "trust", "-E", "UTF8", "--no-sync"]
    languages = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"]
    for more in (languages, ["--locale=C"]):  # before PostgreSQL 15 there was no choice of a language
        made = subprocess.run([*make, *more], cwd=folder, capture_output=True, text=True, check=False, **other)
        if made.returncode == 0:
            break
        shutil.rmtree(data, ignore_errors=True)
    else:
        raise RuntimeError(f"initdb ended with {made.returncode}: {made.stderr}")
    command = [str(found / "postgres"), "-D", str(data), "-k", str(folder)]
    command += [f"--{name}={value}" for name, value in CARELESS.items()]
    # Where it can be had, the kernel ends the server when this process is gone without having stopped it.
    with_us = [told, "--pdeathsig", "INT", "--"] if (told := shutil.which("setpriv")) else []
    with log.open("wb") as output:
        process = subprocess.Popen([*with_us, *command], cwd=folder, stdout=output, stderr=output, **other)
    server = Server(folder, process)
    try:
        wait_until(lambda: answers(folder), process)
    except RuntimeError as problem:
        said = log.read_text(errors="replace")[-2000:]
        server.stop()
        raise RuntimeError(f"{problem}\n{said}") from None
    return server


def answers(folder: Path) -> bool:
    """True when the server in that folder lets us in."""
    try:
        psycopg.connect(host=str(folder), user="seamline", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def wait_until(true: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    """Returns once it is true. Raises RuntimeError when the process ended, or after a minute."""
    deadline = time.monotonic() + START_SECONDS
    while not true():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL does not answer (ended: {process.poll()}).")
        time.sleep(0.05)


_running: list[Server] = []
_in_use: list[Server] = []


def server() -> Server:
    """The one server of this run, started when it is first asked for. Skips the test where none is installed."""
    if programs() is None:
        pytest.skip(MISSING)
    if not _running:
        _running.append(started())
    return _running[0]


def forget(folder: Path) -> None:
    """Nothing; what homes under that folder had on the server is gone."""
    for there in _running:
        there.forget(folder)


def stop_all() -> None:
    """Nothing; the server of this run, if one was started, has ended."""
    while _running:
        _running.pop().stop()


@contextmanager
def state_on(there: Server) -> Iterator[None]:
    """Until the block ends, homes whose settings name no other state store have theirs on that server."""
    plain = State.open

    def on_server(home: Home, settings: Settings) -> State:
        if settings.state_url:
            return plain(home, settings)
        placed = settings.model_copy(update={"state_url": there.url_of(home.root)})
        return there.opened(home.root, plain(home, placed))

    _in_use.append(there)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(State, "open", on_server)
        try:
            yield
        finally:
            _in_use.pop()


def state_settings(home: Path) -> dict[str, str]:
    """The environment by which another process finds the state of that home: nothing when it is in the home."""
    return {"SEAMLINE_STATE_URL": _in_use[-1].url_of(home)} if _in_use else {}


def on_postgresql() -> bool:
    """True where homes have their state on the server right now."""
    return bool(_in_use)


def lose_state(home: Path) -> None:
    """Nothing; the state of that home can no longer be found on the server."""
    _in_use[-1].forget(home)


def share_state(known: Path, other: Path) -> None:
    """Nothing; a home that was moved or named anew has the state it had."""
    if _in_use:
        _in_use[-1].share(known, other)


def tables_of(look: Look) -> list[Table]:
    """Every table of a state store, as the database tells it; one that refers to another comes after it."""
    found = MetaData()
    found.reflect(look.connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def copy_state(home: Path, copy: Path) -> None:
    """Nothing; a home that was copied on the disk has a copy of the state too."""
    if not _in_use:
        return
    old, new = (State.open(Home(root), Settings(home=root)) for root in (home, copy))
    with new.look() as fresh:
        tables = tables_of(fresh)
    with old.look() as look, new.change() as change:
        for table in reversed(tables):
            if change.connection.execute(table.select().limit(1)).first():  # what the migrations put in
                change.connection.execute(table.delete())
        for table in tables:
            rows = [dict(row) for row in look.connection.execute(table.select()).mappings()]
            if rows:
                change.connection.execute(table.insert(), rows)
            if "id" in table.columns:
                number_on(change.connection, table.name)


def number_on(connection: Any, table: str) -> None:
    """Nothing; the next row of that table gets the number after the highest."""
    connection.exec_driver_sql(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false) FROM {table}"
    )
