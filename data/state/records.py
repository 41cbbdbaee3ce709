"""Keeps rows of loaded data once: adds what is new, notices the same again, refuses a contradiction.

Some things live on after they were told first (an order is shipped, then paid): of those the newest values stand,
and what stood before is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update

from data.state.columns import storable
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


def record_living(
    change: Change,
    model: type[Base],
    versions: type[Base],
    rows: Iterable[Mapping[str, Any]],
    key: Sequence[str],
    refusals: Mapping[str, Rejected],
    now: datetime,
    near: ColumnElement[bool] | None = None,
) -> list[Outcome]:
    """One outcome for each row, in order; the values told last stand in `model`, those before in `versions`.

    A file is told at one moment: of several rows with the same `key` the last one counts, and what stood before the
    file is kept, with `now`. Empty values wipe nothing, and the same rows again are already present. `refusals` says
    of columns that never change what another value is told. `near` is true of all kept rows that may be meant.
    """
    columns = columns_of(model)
    full = [complete(row, columns) for row in rows]
    known = known_rows(change, model, key, {row[key[0]] for row in full}, near, lock=True)
    places: dict[Key, list[int]] = {}
    for place, row in enumerate(full):
        places.setdefault(tuple(row[name] for name in key), []).append(place)
    outcomes: list[Outcome] = ["accepted"] * len(full)
    new: list[Row] = []
    changed: list[tuple[Row, Row]] = []
    for identity, told in places.items():
        before = known.get(identity)
        stands, found = folded(before, [full[place] for place in told], refusals)
        for place, outcome in zip(told, found, strict=True):
            outcomes[place] = outcome
        if before is None:
            new.append(stands)
        elif stands != before:
            changed.append((before, stands))
    if new:
        change.connection.execute(insert(model), new)
    if changed:
        change.connection.execute(insert(versions), [{**before, "replaced_at": now} for before, _ in changed])
        rewrite(change, model, key, [stands for _, stands in changed])
    return outcomes


def folded(before: Row | None, rows: Sequence[Row], refusals: Mapping[str, Rejected]) -> tuple[Row, list[Outcome]]:
    """What stands after these rows of one thing were told in this order, and what became of each of them."""
    stands = before
    outcomes: list[Outcome] = []
    for row in rows:
        if stands is None:
            stands = row
            outcomes.append("accepted")
            continue
        refused = next((sentence for name, sentence in refusals.items() if row[name] != stands[name]), None)
        if refused is not None:
            outcomes.append(refused)
            continue
        after = {name: stands[name] if value is None else value for name, value in row.items()}
        outcomes.append("already_present" if after == stands else "accepted")
        stands = after
    if stands is None:
        raise ValueError("no rows were told")
    if stands == before:  # told there and back within one file, which the same file sent again does too
        outcomes = ["already_present" if outcome == "accepted" else outcome for outcome in outcomes]
    return stands, outcomes


def rewrite(change: Change, model: type[Base], key: Sequence[str], rows: list[Row]) -> None:
    """Gives the rows of that key these values."""
    table = model.__table__
    meant = and_(*(table.c[name] == bindparam(f"key_{name}") for name in key))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns_of(model) if name not in key}
    told = [{("key_" if name in key else "new_") + name: value for name, value in row.items()} for row in rows]
    change.connection.execute(update(model).where(meant).values(values), told)


def columns_of(model: type[Base]) -> tuple[str, ...]:
    """The columns of a table that data fills: all but its row number."""
    return tuple(column.name for column in model.__table__.columns if column.name != "id")


def complete(row: Mapping[str, Any], columns: Sequence[str]) -> Row:
    """The row with every column, the missing ones empty, and texts as they will be read again."""
    unknown = row.keys() - set(columns)
    if unknown:
        raise ValueError(f"no such columns: {', '.join(sorted(unknown))}")
    return {name: storable(value) if isinstance(value := row.get(name), str) else value for name in columns}


def known_rows(
    look: Look,
    model: type[Base],
    key: Sequence[str],
    leading: set[Any],
    near: ColumnElement[bool] | None = None,
    *,
    lock: bool = False,
) -> dict[Key, Row]:
    """The rows already kept whose first key column is among `leading`, by their identity; `near` narrows it further.

    Locked, no other transaction changes them before this one ends; SQLite has one writer at a time anyway.
    """
    table = model.__table__
    names = columns_of(model)
    wanted = sorted(leading)
    found: dict[Key, Row] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        query = select(*(table.c[name] for name in names)).where(table.c[key[0]].in_(chunk))
        query = query if near is None else query.where(near)
        query = query.with_for_update() if lock else query
        for values in look.connection.execute(query):
            row = dict(zip(names, values, strict=True))
            found[tuple(row[name] for name in key)] = row
    return found
