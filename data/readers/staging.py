"""Puts a file's rows into a temporary table of the vault's connection: text columns, and their line."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from data.engine import Engine
from data.readers.delimited import Delimited, Ragged, Unreadable
from data.readers.kinds import Kind
from data.readers.quarantine import ADDED, is_quarantine, unguarded

Progress = Callable[[int, int | None], None]
"""Is told how many rows were read, and of how many where that is known; what it raises ends the load."""

PARQUET = "read_parquet($path, hive_partitioning = false)"
"""Names of folders such as gender=x bring no columns."""


@dataclass(frozen=True)
class Staged:
    """A file in its temporary table `staged_<kind>`: which segments it brings, and rows no table can hold."""

    kind: Kind
    path: Path
    segments: tuple[str, ...]
    ragged: tuple[Ragged, ...]
    warnings: tuple[str, ...]

    @property
    def table(self) -> str:
        """The name of the temporary table."""
        return f"staged_{self.kind.name}"


def staged(engine: Engine, kind: Kind, path: Path, progress: Progress | None = None) -> Staged:
    """The file, staged. Raises Unreadable when it cannot be read or lacks a column it needs."""
    create_table(engine, kind)
    if path.suffix.lower() == ".parquet":
        return staged_parquet(engine, kind, path)
    return staged_text(engine, kind, path, progress)


def create_table(engine: Engine, kind: Kind) -> None:
    """An empty temporary table for files of this kind; names come from the closed list of kinds."""
    columns = ", ".join(f"{name} VARCHAR" for name in kind.columns)
    others = ", others MAP(VARCHAR, VARCHAR)" if kind.segments else ""
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE staged_{kind.name} (line BIGINT, {columns}{others})")


def staged_text(engine: Engine, kind: Kind, path: Path, progress: Progress | None = None) -> Staged:
    """A delimited file, staged batch by batch; `progress` is told after each how many rows were read."""
    file = Delimited(path)
    header = file.header()
    segments, warnings = checked_header(kind, path, header)
    mended = is_quarantine(header)
    ragged: list[Ragged] = []
    read = 0
    for batch in file.batches():
        ragged += batch.ragged
        if batch.lines:
            columns = dict(zip(header, batch.columns, strict=True))
            if mended:
                columns = {name: [unguarded(value) for value in values] for name, values in columns.items()}
            frame = pd.DataFrame(
                {"line": batch.lines}
                | {c: columns[c] for c in kind.columns if c in columns}
                | {f"s{i}": columns[name] for i, name in enumerate(segments)}
            )
            insert(engine, kind, frame, segments)
        read += len(batch.lines) + len(batch.ragged)
        if progress is not None:
            progress(read, None)
    return Staged(kind, path, segments, tuple(ragged), warnings)


def insert(engine: Engine, kind: Kind, frame: pd.DataFrame, segments: Sequence[str]) -> None:
    """Appends rows of text to the kind's temporary table; blanks become NULL, outer spaces go."""
    present = [name for name in kind.columns if name in frame]
    offered = [f"nullif(trim(CAST({name} AS VARCHAR)), '')" for name in present]
    values: dict[str, object] = {}
    if kind.segments and segments:
        names = [f"$n{i}" for i in range(len(segments))]
        parts = [f"nullif(trim(CAST(s{i} AS VARCHAR)), '')" for i in range(len(segments))]
        present, offered = (
            [*present, "others"],
            [*offered, f"MAP([{', '.join(names)}], [{', '.join(parts)}])"],
        )
        values = {f"n{i}": name for i, name in enumerate(segments)}
    engine.connection.register("batch", frame)
    engine.connection.execute(
        f"INSERT INTO staged_{kind.name} (line, {', '.join(present)}) SELECT line, {', '.join(offered)} FROM batch",
        values or None,
    )
    engine.connection.unregister("batch")


def staged_parquet(engine: Engine, kind: Kind, path: Path) -> Staged:
    """A Parquet file, staged in one go; its rows are numbered from 1 in place of lines."""
    with parquet_or_refused(path):
        shape = engine.connection.execute(f"DESCRIBE SELECT * FROM {PARQUET}", {"path": exactly(path)}).fetchall()
    types = {str(row[0]): str(row[1]) for row in shape}
    segments, warnings = checked_header(kind, path, list(types))
    for name in kind.columns:
        if types.get(name) == "TIMESTAMP WITH TIME ZONE":
            raise Unreadable(f"{path.name} has instants in {name}. Write the factory's local day there instead.")
    present = [name for name in kind.columns if name in types]
    offered = [f"nullif(trim(CAST({name} AS VARCHAR)), '')" for name in present]
    values: dict[str, object] = {"path": exactly(path)}
    if kind.segments and segments:
        quoted = ['"' + name.replace('"', '""') + '"' for name in segments]
        names = ", ".join(f"$n{i}" for i in range(len(segments)))
        parts = ", ".join(f"nullif(trim(CAST({name} AS VARCHAR)), '')" for name in quoted)
        present, offered = [*present, "others"], [*offered, f"MAP([{names}], [{parts}])"]
        values |= {f"n{i}": name for i, name in enumerate(segments)}
    with parquet_or_refused(path):
        engine.connection.execute(
            f"INSERT INTO staged_{kind.name} (line, {', '.join(present)}) "
            f"SELECT row_number() OVER (), {', '.join(offered)} FROM {PARQUET}",
            values,
        )
    return Staged(kind, path, segments, (), warnings)


@contextmanager
def parquet_or_refused(path: Path) -> Iterator[None]:
    """Turns what DuckDB says about a file into Unreadable."""
    try:
        yield
    except duckdb.Error as error:
        said = str(error).splitlines()[0].rstrip(".")
        raise Unreadable(f"{path.name} is not a Parquet file that can be read: {said}.") from error


def exactly(path: Path) -> str:
    """The path as DuckDB reads it, with nothing in it that would stand for other files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def checked_header(kind: Kind, path: Path, header: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The segment columns and the warnings of a header. Raises Unreadable when a needed column is missing."""
    missing = [name for name in kind.needed if name not in header]
    if missing:
        raise Unreadable(
            f"{path.name} has no column {', '.join(missing)}. It must have {', '.join(kind.needed)}; "
            f"its first line names {', '.join(filter(None, header)) or 'nothing'}."
        )
    segments = tuple(name for name in header if kind.segments and name.startswith("seg_"))
    known = ("", *kind.columns, *segments, *(ADDED if is_quarantine(header) else ()))
    unknown = [name for name in header if name not in known]
    warnings = (f"{path.name}: the columns {', '.join(unknown)} are not known and were ignored.",) if unknown else ()
    return segments, warnings
