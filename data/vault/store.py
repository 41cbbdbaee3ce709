"""Opens the vault for one batch: under its lock, with its schema up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.engine import Engine, writing
from data.home import Home
from data.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"


class VaultTooNew(Exception):
    """The vault was written by a newer Seamline than this one."""


@contextmanager
def vault(home: Home, settings: Settings, purpose: str) -> Iterator[Engine]:
    """The vault, held by this process alone until the block ends. Raises VaultBusy, VaultTooNew.

    A vault into which nothing was ever loaded is not left behind: the home stays empty.
    """
    with home.hold_vault(purpose, settings.vault_wait):
        fresh = not home.vault.exists()
        connection = writing(home.vault, settings)
        try:
            home.vault.chmod(0o600)
            migrate(connection)
            yield Engine(connection)
        finally:
            unused = fresh and not connection.execute("SELECT EXISTS (FROM vault.loads)").fetchall()[0][0]
            connection.close()
            if unused:
                home.vault.unlink()


@contextmanager
def change(engine: Engine) -> Iterator[None]:
    """One transaction: all of the block is kept, or nothing. Checkpointed, so that the log stays short."""
    engine.connection.begin()
    try:
        yield
    except BaseException:
        engine.connection.rollback()
        raise
    engine.connection.commit()
    engine.connection.execute("CHECKPOINT vault")


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings the schema up to date, one numbered file at a time, each followed by a checkpoint."""
    connection.execute("CREATE TABLE IF NOT EXISTS vault.schema_version (version INTEGER)")
    found = connection.execute("SELECT coalesce(max(version), 0) FROM vault.schema_version").fetchall()
    done = int(found[0][0])
    steps = {int(path.name[:4]): path for path in sorted(MIGRATIONS.glob("*.sql"))}
    if done > max(steps):
        raise VaultTooNew(
            f"The vault has schema {done}, this Seamline knows up to {max(steps)}. Install the newer version."
        )
    for version in sorted(step for step in steps if step > done):
        connection.begin()
        connection.execute(steps[version].read_text(encoding="utf-8"))
        connection.execute("INSERT INTO vault.schema_version VALUES ($version)", {"version": version})
        connection.commit()
        connection.execute("CHECKPOINT vault")
