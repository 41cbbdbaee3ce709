"""Opens the state store: one engine for each process, its schema brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data.home import Home
from data.settings import Settings
from data.state.engines import HASTY, PATIENT, StateNotOpen, engine_of, refused, unreachable

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerState(StateNotOpen):
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
        """The state of this home, its schema up to date. Raises StateNotOpen, NewerState among it."""
        engine = engine_of(home, settings)
        try:
            reach(engine)
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


def reach(engine: Engine) -> None:
    """Nothing, when the database lets us in. Raises StateNotOpen."""
    try:
        engine.connect().close()
    except DBAPIError as problem:
        raise unreachable(engine, problem) from problem


def migrate(engine: Engine) -> None:
    """Brings the schema up to the newest revision, in one transaction. Raises StateNotOpen, NewerState among it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    try:
        with engine.execution_options(writes=PATIENT).begin() as connection:
            upgrade(connection, config, script)
    except DBAPIError as problem:
        told = refused(engine, problem)
        if told is None:
            raise
        raise told from problem


def upgrade(connection: Connection, config: Config, script: ScriptDirectory) -> None:
    """Runs the steps that are missing, on this connection. Raises NewerState."""
    head = script.get_current_head()
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
