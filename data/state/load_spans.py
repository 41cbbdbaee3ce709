"""Which rows of the state store each load brought, and taking them out again.

The tables here are written by loads alone, one at a time; so the rows that a load adds are one stretch of numbers.
Organisations stay: people and consents may hang on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update

from data.state.import_models import LoadSpanRow
from data.state.measure_models import MeasureRow, MeasureVersionRow
from data.state.models import ActionRow, Base, LoadRow, OrderRow, OrderVersionRow, RelationRow
from data.state.records import columns_of, rewrite
from data.state.store import Change, Look


@dataclass(frozen=True)
class Living:
    """A table whose rows change, the table of what stood before, and what says which row is meant."""

    row: type[Base]
    version: type[Base]
    key: tuple[str, ...]


PLAIN: tuple[type[Base], ...] = (RelationRow, ActionRow)
LIVING = (
    Living(OrderRow, OrderVersionRow, ("order_id", "source")),
    Living(MeasureRow, MeasureVersionRow, ("factory_id", "measure", "date", "part", "source")),
)
MOVING: tuple[type[Base], ...] = tuple(part for one in LIVING for part in (one.row, one.version))
WRITTEN: tuple[type[Base], ...] = (*PLAIN, *MOVING, LoadRow)
PLACES: Mapping[str, type[Base]] = {row.__tablename__: row for row in WRITTEN}
SHIFT = 5000
"""Rows that are put back at once."""


class ChangedSince(Exception):
    """Rows of a load were told differently by a later one, which has to be undone first. The message says so."""


@dataclass(frozen=True)
class BookLine:
    """One load as the book has it: its number in the vault, when, what, how many rows, and when it was undone."""

    load: int
    at: datetime
    name: str
    accepted: int
    rejected: int
    already_present: int
    undone_at: datetime | None
    files: tuple[dict[str, Any], ...]


def note_spans(change: Change, load: int) -> None:
    """Nothing; what was added since the last load is noted as this one's. Call it as the last of a load's writes."""
    for place, row in PLACES.items():
        table = row.__table__
        reached = select(func.max(LoadSpanRow.last_id)).where(LoadSpanRow.place == place)
        first = (change.connection.execute(reached).scalar_one() or 0) + 1
        last = change.connection.execute(select(func.max(table.c.id))).scalar_one()
        if last is not None and last >= first:
            change.connection.execute(
                insert(LoadSpanRow), {"load": load, "place": place, "first_id": first, "last_id": last}
            )


def book(look: Look, limit: int = 50) -> list[BookLine]:
    """The newest loads with their number, newest first."""
    query = (
        select(
            LoadSpanRow.load, LoadRow.at, LoadRow.name, LoadRow.accepted, LoadRow.rejected, LoadRow.already_present,
            LoadSpanRow.undone_at, LoadRow.files,
        )
        .join(LoadRow, LoadRow.id == LoadSpanRow.last_id)
        .where(LoadSpanRow.place == LoadRow.__tablename__, LoadSpanRow.load > 0)
        .order_by(LoadRow.id.desc())
        .limit(limit)
    )  # fmt: skip
    rows = look.connection.execute(query).mappings()
    return [BookLine(**{**row, "files": tuple(row["files"])}) for row in rows]


def book_line(look: Look, load: int) -> BookLine | None:
    """The load of that number; None where the book has none."""
    return next((line for line in book(look, 1_000_000) if line.load == load), None)


def rows_undone(change: Change, load: int, now: datetime | None = None) -> dict[str, int]:
    """How many rows of each table were taken out or put back; all that the load brought. Raises ChangedSince."""
    counts = {}
    for row in PLAIN:
        counts[row.__tablename__] = change.connection.execute(delete(row).where(within(change, row, load))).rowcount
    for one in LIVING:
        counts[one.row.__tablename__] = living_undone(change, one, load)
    spans = LoadSpanRow.load == load
    book_place = LoadSpanRow.place == LoadRow.__tablename__
    change.connection.execute(delete(LoadSpanRow).where(spans, ~book_place))
    change.connection.execute(update(LoadSpanRow).where(spans, book_place).values(undone_at=now or datetime.now(UTC)))
    return {place: count for place, count in counts.items() if count}


def living_undone(change: Change, one: Living, load: int) -> int:
    """How many rows went or stand again as before. Raises ChangedSince."""
    added, replaced = within(change, one.row, load), within(change, one.version, load)
    now, then = one.row.__table__, one.version.__table__
    later = then.alias("later")
    changed_new = exists(select(then.c.id).where(*(then.c[name] == now.c[name] for name in one.key)))
    changed_again = exists(
        select(later.c.id).where(later.c.id > then.c.id, *(later.c[name] == then.c[name] for name in one.key))
    )
    stuck = counted(change, now, and_(added, changed_new)) + counted(change, then, and_(replaced, changed_again))
    if stuck:
        raise ChangedSince(
            f"A later load changed {stuck} {one.row.__tablename__} of this one. Undo the later load first."
        )
    before = put_back(change, one, replaced)
    gone = change.connection.execute(delete(one.row).where(added)).rowcount
    return before + int(gone)


def put_back(change: Change, one: Living, replaced: ColumnElement[bool]) -> int:
    """How many rows stand as they stood before the load."""
    names = columns_of(one.row)
    query = select(*(one.version.__table__.c[name] for name in names)).where(replaced)
    rows = [dict(row) for row in change.connection.execute(query).mappings()]
    for start in range(0, len(rows), SHIFT):
        rewrite(change, one.row, one.key, rows[start : start + SHIFT])
    change.connection.execute(delete(one.version).where(replaced))
    return len(rows)


def within(look: Look, row: type[Base], load: int) -> ColumnElement[bool]:
    """What is true of the rows that a load added to a table."""
    number = row.__table__.c.id
    spans: Sequence[tuple[int, int]] = [
        (first, last)
        for first, last in look.connection.execute(
            select(LoadSpanRow.first_id, LoadSpanRow.last_id).where(
                LoadSpanRow.load == load, LoadSpanRow.place == row.__tablename__
            )
        )
    ]
    return or_(number < 0, *(number.between(first, last) for first, last in spans))


def counted(look: Look, table: Any, condition: ColumnElement[bool]) -> int:
    """How many rows of a table that is true of."""
    return int(look.connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one())
