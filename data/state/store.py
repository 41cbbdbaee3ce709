"""Opens the state store: one engine for each process, its schema brought up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from data.home import Home
from data.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"

# How long a writer waits for another one on SQLite. A request that only notes when it came must not wait.
PATIENT = "PRAGMA busy_timeout=10000"
HASTY = "PRAGMA busy_timeout=100"


class NewerState(Exception):
    """The state store was written by a newer Seamline than this one."""


class Look:
    """A reading view of the state. `connection` is for the modules of this package only."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection


class Change(Look):
    """One transaction: all of its block is kept, or nothing."""


class State:
    """The state store of one home."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, home: Home, settings: Settings) -> "State":
        """The state of this home, its schema up to date. Raises NewerState."""
        if settings.state_url:
            engine = create_engine(settings.state_url, pool_pre_ping=True)
        else:
            home.prepare()
            # Made here, so that nobody else may read it; SQLite gives its log files the same rights.
            os.close(os.open(home.state, os.O_RDWR | os.O_CREAT, 0o600))
            engine = create_engine(URL.create("sqlite", database=str(home.state)))
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine)
        try:
            migrate(engine)
        finally:
            # No connection may be carried over a fork, and a server may fork after this.
            engine.dispose()
        return cls(engine)

    @contextmanager
    def look(self) -> Iterator[Look]:
        """A reading view, of one moment."""
        with self._engine.connect() as connection:
            yield Look(connection)

    @contextmanager
    def change(self, *, hasty: bool = False) -> Iterator[Change]:
        """One transaction, committed when the block ends well. A hasty one gives up when it must wait."""
        options = {"writes": HASTY if hasty else PATIENT}
        with self._engine.execution_options(**options).begin() as connection:
            yield Change(connection)

    def ping(self) -> None:
        """Nothing, when the store answers. Raises what the database says otherwise."""
        with self.look() as look:
            look.connection.execute(text("SELECT count(*) FROM alembic_version")).one()

    def close(self) -> None:
        """Nothing; every connection is closed."""
        self._engine.dispose()


def prepare_sqlite(engine: Engine) -> None:
    """Sets what SQLite forgets between connections, and takes over when transactions begin.

    Writers begin IMMEDIATE: two of them queue up, instead of one failing half way.
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            PATIENT,
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
        ):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        if writes:
            connection.exec_driver_sql(writes)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(engine: Engine) -> None:
    """Brings the schema up to the newest revision, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    head = script.get_current_head()
    with engine.execution_options(writes=PATIENT).begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current == head:
            return
        known = {step.revision for step in script.walk_revisions()}
        if current is not None and current not in known:
            raise NewerState(
                f"The state store has schema {current}, this Seamline knows up to {head}. Install the newer version."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
