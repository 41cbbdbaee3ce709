"""Puts a file's rows into a temporary table of the vault's connection: text columns, and their line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.engine import Engine
from data.readers.delimited import Delimited, Ragged, Unreadable
from data.readers.kinds import Kind


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


def staged(engine: Engine, kind: Kind, path: Path) -> Staged:
    """The file, staged. Raises Unreadable when it cannot be read or lacks a column it needs."""
    create_table(engine, kind)
    if path.suffix.lower() == ".parquet":
        return staged_parquet(engine, kind, path)
    return staged_text(engine, kind, path)


def create_table(engine: Engine, kind: Kind) -> None:
    """An empty temporary table for files of this kind; names come from the closed list of kinds."""
    columns = ", ".join(f"{name} VARCHAR" for name in kind.columns)
    others = ", others MAP(VARCHAR, VARCHAR)" if kind.segments else ""
    engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE staged_{kind.name} (line BIGINT, {columns}{others})")


def staged_text(engine: Engine, kind: Kind, path: Path) -> Staged:
    """A delimited file, staged batch by batch."""
    file = Delimited(path)
    header = file.header()
    segments, warnings = checked_header(kind, path, header)
    ragged: list[Ragged] = []
    for batch in file.batches():
        ragged += batch.ragged
        if batch.lines:
            columns = dict(zip(header, batch.columns, strict=True))
            frame = pd.DataFrame(
                {"line": batch.lines}
                | {c: columns[c] for c in kind.columns if c in columns}
                | {f"s{i}": columns[name] for i, name in enumerate(segments)}
            )
            insert(engine, kind, frame, segments)
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
    try:
        shape = engine.connection.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)})
        header = [str(row[0]) for row in shape.fetchall()]
    except Exception as error:
        raise Unreadable(f"{path.name} is not a Parquet file that can be read: {str(error).splitlines()[0]}") from None
    segments, warnings = checked_header(kind, path, header)
    present = [name for name in kind.columns if name in header]
    offered = [f"nullif(trim(CAST({name} AS VARCHAR)), '')" for name in present]
    values: dict[str, object] = {"path": str(path)}
    if kind.segments and segments:
        quoted = ['"' + name.replace('"', '""') + '"' for name in segments]
        names = ", ".join(f"$n{i}" for i in range(len(segments)))
        parts = ", ".join(f"nullif(trim(CAST({name} AS VARCHAR)), '')" for name in quoted)
        present, offered = [*present, "others"], [*offered, f"MAP([{names}], [{parts}])"]
        values |= {f"n{i}": name for i, name in enumerate(segments)}
    engine.connection.execute(
        f"INSERT INTO staged_{kind.name} (line, {', '.join(present)}) "
        f"SELECT file_row_number + 1, {', '.join(offered)} FROM read_parquet($path, file_row_number = true)",
        values,
    )
    return Staged(kind, path, segments, (), warnings)


def checked_header(kind: Kind, path: Path, header: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The segment columns and the warnings of a header. Raises Unreadable when a needed column is missing."""
    missing = [name for name in kind.needed if name not in header]
    if missing:
        raise Unreadable(
            f"{path.name} has no column {', '.join(missing)}. It must have {', '.join(kind.needed)}; "
            f"its first line names {', '.join(filter(None, header)) or 'nothing'}."
        )
    segments = tuple(name for name in header if kind.segments and name.startswith("seg_"))
    unknown = [name for name in header if name and name not in kind.columns and name not in segments]
    warnings = (f"{path.name}: the columns {', '.join(unknown)} are not known and were ignored.",) if unknown else ()
    return segments, warnings
