"""The engine of a state store, on SQLite or PostgreSQL: how transactions begin there, and what to say when it is away.

A change means the same on both: one writer at a time, who sees all that was committed before. So what is read within
a change still holds when it writes. A look sees one moment, and waits for nobody.
"""

import os
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from data.home import Home
from data.settings import Settings

# How long a writer waits for another one. A request that only notes when it came must not wait.
PATIENT = "patient"
HASTY = "hasty"

SQLITE_WAITS = {PATIENT: "PRAGMA busy_timeout=10000", HASTY: "PRAGMA busy_timeout=100"}

# The lock belongs to the schema, so that two stores in one database never wait for each other; 1397050701 keeps it
# apart from advisory locks that others may take there. It ends with the transaction, however that ends.
POSTGRESQL_LOCK = (
    "SELECT pg_advisory_xact_lock((1397050701::bigint << 32) | current_schema()::regnamespace::oid::bigint)"
)
POSTGRESQL_WAITS = {PATIENT: "SET LOCAL lock_timeout = '10s'", HASTY: "SET LOCAL lock_timeout = '100ms'"}
POSTGRESQL_LOOK = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

EXAMPLE = "postgresql://user:password@host:5432/database"
CONNECT_SECONDS = "10"

# Why PostgreSQL refused to bring the schema up to date, by its own codes, where a person can do something about it.
REFUSALS = {
    "42501": "may not make tables there: give the user the right to create in its schema",
    "3F000": "has no schema to make tables in: make the one that its address names",
    "55P03": "is busy, as another process changes it: wait until that has finished",
}


class StateNotOpen(Exception):
    """The state store cannot be opened. The message is one sentence: what, where, and what to do."""


def engine_of(home: Home, settings: Settings) -> Engine:
    """The engine of this home's state store; nothing was asked of the database yet. Raises StateNotOpen."""
    if settings.state_url:
        url = address(settings.state_url)
    else:
        home.prepare()
        # Made here, so that nobody else may read it; SQLite gives its log files the same rights.
        os.close(os.open(home.state, os.O_RDWR | os.O_CREAT, 0o600))
        url = URL.create("sqlite", database=str(home.state))
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        prepare_sqlite(engine)
    else:
        engine = create_engine(url, pool_pre_ping=True)
        prepare_postgresql(engine)
    return engine


def address(told: str) -> URL:
    """What `SEAMLINE_STATE_URL` says, with the driver that Seamline brings. Raises StateNotOpen."""
    try:
        url = make_url(told)
        kind = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise StateNotOpen(
            f"SEAMLINE_STATE_URL is no address of a database. Write it like {EXAMPLE}, or leave it empty for SQLite."
        ) from None
    if kind == "sqlite":
        return url.set(drivername="sqlite")
    if kind not in ("postgresql", "postgres"):
        raise StateNotOpen(
            f"SEAMLINE_STATE_URL names a database of the kind {kind}, and the state store can be in PostgreSQL or "
            f"SQLite. Write it like {EXAMPLE}, or leave it empty for SQLite."
        )
    usual = {"connect_timeout": CONNECT_SECONDS, "fallback_application_name": "seamline"}
    return url.set(drivername="postgresql+psycopg").update_query_dict({**usual, **url.query})


def prepare_sqlite(engine: Engine) -> None:
    """Sets what SQLite forgets between connections, and takes over when transactions begin.

    Writers begin IMMEDIATE: two of them queue up, instead of one failing half way.
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            SQLITE_WAITS[PATIENT],
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
            connection.exec_driver_sql(SQLITE_WAITS[writes])
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare_postgresql(engine: Engine) -> None:
    """Makes writers queue up as on SQLite, and gives a look one moment to see."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        if writes:
            connection.exec_driver_sql(POSTGRESQL_WAITS[writes])
            connection.exec_driver_sql(POSTGRESQL_LOCK)
        else:
            connection.exec_driver_sql(POSTGRESQL_LOOK)


def unreachable(engine: Engine, problem: DBAPIError) -> StateNotOpen:
    """What to tell a person when the first connection failed."""
    if engine.dialect.name == "sqlite":
        return StateNotOpen(
            f"The state store {engine.url.database} cannot be opened ({reason(problem)}). "
            "Look whether its folder is there and may be written to, then try again."
        )
    return StateNotOpen(
        f"The state store at {place_of(engine.url)} cannot be reached ({reason(problem)}). "
        "Start its server or correct SEAMLINE_STATE_URL, then try again."
    )


def refused(engine: Engine, problem: DBAPIError) -> StateNotOpen | None:
    """What to tell a person when the schema could not be brought up to date; None when only a trace can help."""
    told = REFUSALS.get(getattr(problem.orig, "sqlstate", None) or "")
    return StateNotOpen(f"The state store at {place_of(engine.url)} {told}, then try again.") if told else None


def place_of(url: URL) -> str:
    """The address without what is secret in it: a password may also stand among the options."""
    host = url.host or url.query.get("host")
    return f"{host or 'this machine'}{f':{url.port}' if url.port else ''}, database {url.database or 'of the user'}"


def reason(problem: DBAPIError) -> str:
    """The first line of what the database said."""
    said = str(problem.orig).strip().splitlines()
    return said[0].strip().rstrip(".") if said else "it gave no reason"
