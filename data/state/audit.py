"""The audit trail: who did or opened what, of which factory, about whom. Lines are added and never changed.

Each line carries the SHA-256 of the line before and of itself, so that a line that was changed, taken out or put in
between shows; the end of the chain is written down once a day outside the store (`flask audit head`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update

from data.state.columns import storable
from data.state.consent_models import AuditHeadRow, AuditRow
from data.state.models import OrganisationRow
from data.state.store import Change, Look

LINES_AT_ONCE = 2000
SAME_LOOK = timedelta(minutes=10)
"""Whoever opens the same of a factory again within that time, say by another click, is still at the same look."""


@dataclass(frozen=True)
class Deed:
    """What somebody did: in which role, for which organisation (by number), at which factory, about whom."""

    deed: str
    role: str
    user_id: int | None = None
    organisation_id: int | None = None
    factory_id: str | None = None
    about_id: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the trail, with the organisation's kind, identifier and name where it is known."""

    id: int
    at: datetime
    deed: str
    role: str
    user_id: int | None
    organisation_id: int | None
    organisation: str | None
    organisation_name: str | None
    factory_id: str | None
    about_id: int | None
    detail: str


@dataclass(frozen=True)
class Head:
    """How many lines the trail has, and the hash of the last one."""

    number: int
    hash: str


def record(change: Change, deeds: Deed | Iterable[Deed], at: datetime | None = None) -> Head:
    """The end of the trail after these deeds were added to it, in the transaction of what they tell of."""
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    end = change.connection.execute(select(AuditHeadRow.number, AuditHeadRow.hash).with_for_update()).one()
    number, last, rows = end.number, end.hash, []
    for deed in [deeds] if isinstance(deeds, Deed) else deeds:
        number += 1
        told = {name: storable(value) if isinstance(value, str) else value for name, value in vars(deed).items()}
        row = {"id": number, "at": moment, **told}
        last = link(last, row)
        rows.append(row | {"hash": last})
    if rows:
        change.connection.execute(insert(AuditRow), rows)
        change.connection.execute(update(AuditHeadRow).values(number=number, hash=last))
    return Head(number, last)


def link(before: str, row: dict[str, object]) -> str:
    """The hash of a line that follows the one with the hash `before`."""
    names = ("id", "at", "user_id", "organisation_id", "role", "deed", "factory_id", "about_id", "detail")
    told = [value.isoformat() if isinstance(value, datetime) else value for value in (row[name] for name in names)]
    text = json.dumps([before, *told], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head(look: Look) -> Head:
    """The end of the trail."""
    end = look.connection.execute(select(AuditHeadRow.number, AuditHeadRow.hash)).one()
    return Head(end.number, end.hash)


def hash_of(look: Look, number: int) -> str | None:
    """The hash of a line, "" before the first one; None where there is no such line."""
    if number == 0:
        return ""
    return look.connection.execute(select(AuditRow.hash).where(AuditRow.id == number)).scalar_one_or_none()


def broken_at(look: Look) -> int | None:
    """The number of the first line that does not follow from the one before; None where the whole trail holds."""
    last, number = "", 0
    for rows in hashed(look):
        for row in rows:
            number += 1
            if row["id"] != number or row["hash"] != link(last, row):
                return number
            last = str(row["hash"])
    return None if Head(number, last) == head(look) else number + 1


def hashed(look: Look) -> Iterator[Sequence[dict[str, object]]]:
    """All lines as they are kept, some thousands at a time."""
    reached = 0
    while True:
        query = select(*AuditRow.__table__.columns).where(AuditRow.id > reached).order_by(AuditRow.id)
        rows = [dict(row) for row in look.connection.execute(query.limit(LINES_AT_ONCE)).mappings()]
        if not rows:
            return
        yield rows
        reached = int(str(rows[-1]["id"]))


def lines(look: Look, *conditions: ColumnElement[bool], limit: int | None = 200) -> list[Line]:
    """The newest lines for which all conditions hold, newest first; all of them without a limit."""
    query = (
        select(
            AuditRow.id, AuditRow.at, AuditRow.deed, AuditRow.role, AuditRow.user_id, AuditRow.organisation_id,
            OrganisationRow.external_id.label("organisation"), OrganisationRow.name.label("organisation_name"),
            AuditRow.factory_id, AuditRow.about_id, AuditRow.detail,
        )
        .outerjoin(OrganisationRow, OrganisationRow.id == AuditRow.organisation_id)
        .where(*conditions)
        .order_by(AuditRow.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [Line(**row) for row in look.connection.execute(query).mappings()]


def at_factory(look: Look, factory_id: str, *, since: datetime | None = None, limit: int | None = 200) -> list[Line]:
    """Everything that was done or opened of a factory, newest first."""
    conditions = [AuditRow.factory_id == factory_id]
    if since is not None:
        conditions.append(AuditRow.at >= since)
    return lines(look, *conditions, limit=limit)


def by_organisation(look: Look, organisation: int, *, limit: int = 200) -> list[Line]:
    """Everything that the people of an organisation did or opened, newest first."""
    return lines(look, AuditRow.organisation_id == organisation, limit=limit)


def lately_opened(look: Look, user_id: int, deed: str, now: datetime) -> set[str]:
    """The factories at which this person did the same within the time of one look."""
    query = select(AuditRow.factory_id).where(
        AuditRow.user_id == user_id,
        AuditRow.deed == deed,
        AuditRow.at > now - SAME_LOOK,
        AuditRow.factory_id.is_not(None),
    )
    return {factory for factory in look.connection.execute(query).scalars() if factory is not None}
