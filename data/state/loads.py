"""The list of loads, and how much there is of everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select

from data.state.models import ActionRow, LoadRow, OrderRow, OrganisationRow, RelationRow, UserRow
from data.state.store import Change, Look

COUNTED = ("accepted", "rejected", "already_present")


@dataclass(frozen=True)
class Load:
    """One load: when, what, and how many rows were taken. `files` holds one object a file, as answered."""

    id: int
    at: datetime
    name: str
    accepted: int
    rejected: int
    already_present: int
    quarantine: str | None
    files: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Counts:
    """How many there are: `accounts` counts those that may sign in."""

    accounts: int
    organisations: int
    relations: int
    orders: int
    actions: int
    loads: int


def record_load(
    change: Change,
    name: str,
    files: Sequence[dict[str, Any]],
    *,
    quarantine: str | None = None,
    at: datetime | None = None,
) -> int:
    """The number of this load, now on the list. Each of `files` counts the rows of every kind in COUNTED."""
    row = {"at": at or datetime.now(UTC), "name": name, "quarantine": quarantine, "files": list(files)}
    row |= {kind: sum(file[kind] for file in files) for kind in COUNTED}
    added = change.connection.execute(insert(LoadRow).returning(LoadRow.id), row)
    return added.scalar_one()


def loads(look: Look, limit: int = 50) -> list[Load]:
    """The newest loads, newest first."""
    query = select(*LoadRow.__table__.columns).order_by(LoadRow.at.desc(), LoadRow.id.desc()).limit(limit)
    rows = look.connection.execute(query).mappings()
    return [Load(**{**row, "files": tuple(row["files"])}) for row in rows]


def counts(look: Look) -> Counts:
    """How many accounts, organisations, relations, orders, actions and loads there are."""
    accounts = select(func.count()).select_from(UserRow).where(UserRow.active)
    tables = {
        "organisations": OrganisationRow,
        "relations": RelationRow,
        "orders": OrderRow,
        "actions": ActionRow,
        "loads": LoadRow,
    }
    found = {"accounts": look.connection.execute(accounts).scalar_one()}
    for name, table in tables.items():
        query = select(func.count()).select_from(table)
        found[name] = look.connection.execute(query).scalar_one()
    return Counts(**found)
