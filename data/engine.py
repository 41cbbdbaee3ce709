"""Runs named SQL files on DuckDB. The only place that knows which engine answers.

SQL lives in `data/sql/<name>.sql`, many files of one subject in a folder of their own, in a portable subset
(`guides`: plain joins, windows and sums, explicit aliases, e-notation floats), so that the same text can later run
elsewhere.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.settings import Settings

SQL = Path(__file__).parent / "sql"
Columns = dict[str, npt.NDArray[Any]]
Store = Literal["vault", "fresh", "release", "effects"]


@cache
def sql(name: str) -> str:
    """The text of a named SQL file."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Engine:
    """One DuckDB connection that answers named queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def run(self, name: str, **values: object) -> Columns:
        """The columns that the named query answers, as arrays of equal length."""
        return cast(Columns, self.connection.execute(sql(name), values or None).fetchnumpy())

    def rows(self, name: str, **values: object) -> list[tuple[Any, ...]]:
        """The rows that the named query answers, as plain Python values."""
        return self.connection.execute(sql(name), values or None).fetchall()

    def frame(self, name: str, **values: object) -> pd.DataFrame:
        """The rows that the named query answers, as a data frame."""
        return self.connection.execute(sql(name), values or None).df()

    def do(self, name: str, **values: object) -> None:
        """Runs the named statement for what it does."""
        self.connection.execute(sql(name), values or None)

    def script(self, name: str) -> None:
        """Runs a named file of several statements, none of which takes a value."""
        self.connection.execute(sql(name))

    def offer(self, name: str, columns: Mapping[str, npt.ArrayLike]) -> None:
        """Makes columns of equal length readable as the table `name`, until the next offer of that name."""
        self.connection.register(name, pd.DataFrame({k: np.asarray(v) for k, v in columns.items()}))


def writing(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A read-write connection to the vault. What does not fit into memory is spilled beside it, never elsewhere."""
    connection = duckdb.connect(config=limits(settings) | {"temp_directory": str(spill_folder(path))})
    attach(connection, path, "vault")
    connection.execute("USE vault")
    return connection


def spill_folder(path: Path) -> Path:
    """Where DuckDB keeps for a while what does not fit into memory."""
    return path.with_suffix(".spill")


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: Store) -> None:
    """Opens a file beside what the connection has open; a new file gets a format that all our DuckDBs read."""
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name} (STORAGE_VERSION 'v1.5.0')")


@contextmanager
def in_memory(name: Store) -> Iterator[Engine]:
    """An engine with an empty store of that name, which is gone when the block ends."""
    connection = duckdb.connect()
    try:
        attach(connection, Path(":memory:"), name)
        yield Engine(connection)
    finally:
        connection.close()


def reading(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but this one file, whatever SQL it is given."""
    locked = limits(settings) | {
        "enable_external_access": False,
        "python_enable_replacements": False,
        # Not by SET: a second connection of this process to the same file finds it locked already.
        "lock_configuration": True,
    }
    return duckdb.connect(str(path), read_only=True, config=locked)


def limits(settings: Settings) -> dict[str, Any]:
    """The limits every connection runs under; nothing is ever installed or fetched."""
    return {
        "threads": settings.threads,
        "memory_limit": settings.memory,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }
