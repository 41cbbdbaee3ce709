"""Keeps rows of loaded data once: adds what is new, notices the same again, refuses a contradiction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import insert, select

from data.state.models import Base
from data.state.store import Change, Look

Rejected = tuple[Literal["rejected"], str]
Outcome = Literal["accepted", "already_present"] | Rejected
Row = dict[str, Any]
Key = tuple[Any, ...]

CONTRADICTION: Rejected = ("rejected", "already here with another content")

# Values in one IN list. SQLite takes 32 766, PostgreSQL 65 535.
CHUNK = 1000


def record(change: Change, model: type[Base], rows: Iterable[Mapping[str, Any]], key: Sequence[str]) -> list[Outcome]:
    """One outcome for each row, in order; what is new is added to the table of `model`.

    `key` names the columns that say which row is meant; the first of them is never empty. A row may leave
    columns out (they are empty then), but not bring others: that raises ValueError.
    """
    columns = columns_of(model)
    full = [complete(row, columns) for row in rows]
    known = known_rows(change, model, key, {row[key[0]] for row in full})
    outcomes: list[Outcome] = []
    new: list[Row] = []
    for row in full:
        identity = tuple(row[name] for name in key)
        there = known.get(identity)
        if there is None:
            known[identity] = row
            new.append(row)
            outcomes.append("accepted")
        else:
            outcomes.append("already_present" if there == row else CONTRADICTION)
    if new:
        change.connection.execute(insert(model), new)
    return outcomes


def columns_of(model: type[Base]) -> tuple[str, ...]:
    """The columns of a table that data fills: all but its row number."""
    return tuple(column.name for column in model.__table__.columns if column.name != "id")


def complete(row: Mapping[str, Any], columns: Sequence[str]) -> Row:
    """The row with every column, the missing ones empty."""
    unknown = row.keys() - set(columns)
    if unknown:
        raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
    return {name: row.get(name) for name in columns}


def known_rows(look: Look, model: type[Base], key: Sequence[str], leading: set[Any]) -> dict[Key, Row]:
    """The rows already kept whose first key column is among `leading`, by their identity."""
    table = model.__table__
    names = columns_of(model)
    wanted = sorted(leading)
    found: dict[Key, Row] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        query = select(*(table.c[name] for name in names)).where(table.c[key[0]].in_(chunk))
        for values in look.connection.execute(query):
            row = dict(zip(names, values, strict=True))
            found[tuple(row[name] for name in key)] = row
    return found
