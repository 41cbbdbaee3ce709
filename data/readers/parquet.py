"""A Parquet file as a table of text, read by a DuckDB that can open this one file and nothing else."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from data.engine import sql
from data.readers.formats import Limits, Unreadable
from data.readers.table import BATCH, Batch, Passed, Ragged, numbered, short
from data.readers.tally import too_many_rows

NESTED = ("STRUCT", "MAP", "UNION")
MEMORY = "256MB"


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file: its columns with their types, and its rows, numbered from 1 in place of lines."""

    path: Path
    types: tuple[tuple[str, str], ...]
    limits: Limits

    def header(self) -> list[str]:
        """The names of the columns."""
        return numbered([name for name, _ in self.types])

    def passed_over(self) -> list[Passed]:
        """Nothing: every row of such a file is one."""
        return []

    def batches(self) -> Iterator[Batch]:
        """The rows; lists and structures as JSON text. Raises Unreadable."""
        nested = [name for name, kind in self.types if is_nested(kind)]
        plain = [name for name, kind in self.types if not is_nested(kind)]
        with connected(self.path) as connection, connected(self.path) as beside:
            path = str(self.path.resolve())
            values = {"path": path, "most": self.limits.field + 1}
            rows = connection.execute(sql("readers/parquet_rows"), values | {"columns": plain}) if plain else None
            others = (
                beside.execute(sql("readers/parquet_nested"), {"path": path, "columns": nested}) if nested else None
            )
            first = 1
            size = max(1, min(BATCH, 2_000_000 // max(len(self.types), 1)))
            while True:
                found: dict[str, Sequence[Any]] = dict(zip(plain, turned(rows, size), strict=False))
                found |= {name: as_json(part) for name, part in zip(nested, turned(others, size), strict=False)}
                count = len(next(iter(found.values()), ()))
                if not count:
                    return
                columns = [["" if value is None else value for value in found[name]] for name, _ in self.types]
                yield self.batch(first, columns)
                first += count

    def batch(self, first: int, columns: list[list[str]]) -> Batch:
        """A batch without the rows in which a value is longer than a field may be."""
        lines = list(range(first, first + len(columns[0])))
        long = {i for column in columns for i, value in enumerate(column) if len(value) > self.limits.field}
        if not long:
            return Batch(lines, columns, [])
        reason = f"a value has more than {self.limits.field:,} characters, which is more than is read"
        ragged = [Ragged(lines[i], reason, tuple(short(c[i]) for c in columns), lines[i]) for i in sorted(long)]
        kept = [i for i in range(len(lines)) if i not in long]
        return Batch([lines[i] for i in kept], [[column[i] for i in kept] for column in columns], ragged)


def opened_parquet(path: Path, limits: Limits) -> ParquetTable:
    """The file as a table. Raises Unreadable where it is damaged or larger than is read."""
    with connected(path) as connection:
        shape = connection.execute(sql("readers/parquet_shape"), {"path": str(path.resolve())}).fetchall()
        size = connection.execute(sql("readers/parquet_size"), {"path": str(path.resolve())}).fetchone()
    rows = int(size[0] or 0) if size else 0
    types = tuple((str(row[0]), str(row[1])) for row in shape)
    if rows > limits.rows:
        raise Unreadable(too_many_rows(path.name, limits))
    if len(types) > limits.columns or rows * len(types) > limits.cells:
        raise Unreadable(f"{path.name} has {rows:,} rows of {len(types):,} columns, which is more than is read.")
    return ParquetTable(path, types, limits)


@contextmanager
def connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read this file and no other. Raises Unreadable for what DuckDB says about it."""
    resolved = str(path.resolve())
    if set("*?[") & set(resolved):
        raise Unreadable(f"{path.name} lies at a path with one of the signs * ? [ in it; rename it or its folder.")
    config: dict[str, Any] = {
        "threads": 1,
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,
    }
    try:
        connection = duckdb.connect(config=config)
        connection.execute(sql("readers/parquet_allowed"), {"paths": [resolved]})
        connection.execute(sql("readers/parquet_locked"))
        try:
            yield connection
        finally:
            connection.close()
    except duckdb.Error as error:
        said = str(error).splitlines()[0].rstrip(".").replace(resolved, path.name)
        raise Unreadable(f"{path.name} is not a Parquet file that can be read: {short(said)}.") from error


def is_nested(kind: str) -> bool:
    """True for types whose values are lists or structures."""
    return kind.startswith(NESTED) or kind.endswith("]")


def as_json(values: Sequence[object]) -> list[str]:
    """Lists and structures as JSON text; what is missing as empty."""
    return ["" if value is None else json.dumps(value, ensure_ascii=False, default=str) for value in values]


def turned(rows: duckdb.DuckDBPyConnection | None, size: int) -> list[tuple[Any, ...]]:
    """The columns of the next rows."""
    return list(zip(*rows.fetchmany(size), strict=True)) if rows is not None else []
