"""Requests for access. A request is a question; only a grant gives access to a factory."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from access.levels import Level
from data.state.consent_models import RequestRow
from data.state.grants import level_of
from data.state.models import OrganisationRow
from data.state.store import Change, Look

BUYER, OWNER = "buyer", "owner"
AGREED, DECLINED, WITHDRAWN = "agreed", "declined", "withdrawn"


class AskedTooOften(Exception):
    """There is an open request of this kind already, or there were too many."""


@dataclass(frozen=True)
class Request:
    """One request between a factory and a buyer: who asked, for which level, and what came of it (None: open)."""

    id: int
    factory_id: str
    organisation_id: int
    organisation: str
    organisation_name: str | None
    asked_by: str
    level: Level
    note: str
    at: datetime
    answer: str | None
    answered_at: datetime | None


def add_request(
    change: Change, *, factory_id: str, organisation: int, asked_by: str, user_id: int | None, level: Level,
    note: str, most: int, now: datetime | None = None,
) -> int:  # fmt: skip
    """The number of the new request. Raises AskedTooOften: one is open, or `most` were made at this factory.

    The organisation's row is held meanwhile, so that two who ask at once ask one after the other.
    """
    change.connection.execute(
        select(OrganisationRow.id).where(OrganisationRow.id == organisation).with_for_update()
    ).one()
    same = (
        RequestRow.factory_id == factory_id,
        RequestRow.organisation_id == organisation,
        RequestRow.asked_by == asked_by,
    )
    made = change.connection.execute(select(func.count()).where(*same)).scalar_one()
    waiting = change.connection.execute(select(func.count()).where(*same, RequestRow.answer.is_(None))).scalar_one()
    if waiting or made >= most:
        raise AskedTooOften
    values = {
        "factory_id": factory_id, "organisation_id": organisation, "asked_by": asked_by, "user_id": user_id,
        "level": level.slug, "note": note, "at": now or datetime.now(UTC),
    }  # fmt: skip
    return change.connection.execute(insert(RequestRow).returning(RequestRow.id), values).scalar_one()


def answer_request(change: Change, request: Request, answer: str, now: datetime | None = None) -> bool:
    """True when this answered it; an answer that stands already is only changed by withdrawing."""
    changeable = (None, AGREED) if answer == WITHDRAWN else (None,)
    open_ones = or_(*(RequestRow.answer.is_(None) if one is None else RequestRow.answer == one for one in changeable))
    done = change.connection.execute(
        update(RequestRow)
        .where(RequestRow.id == request.id, open_ones)
        .values(answer=answer, answered_at=now or datetime.now(UTC))
    )
    return done.rowcount == 1


def requests_at(look: Look, factory_id: str) -> list[Request]:
    """The requests between a factory and any buyer, newest first."""
    return found(look, RequestRow.factory_id == factory_id)


def requests_of(look: Look, organisation: int) -> list[Request]:
    """The requests between a buyer (by its number) and any factory, newest first."""
    return found(look, RequestRow.organisation_id == organisation)


def found(look: Look, *conditions: ColumnElement[bool]) -> list[Request]:
    """The requests for which all conditions hold, newest first."""
    query = (
        select(
            RequestRow.id, RequestRow.factory_id, RequestRow.organisation_id, OrganisationRow.external_id,
            OrganisationRow.name, RequestRow.asked_by, RequestRow.level, RequestRow.note, RequestRow.at,
            RequestRow.answer, RequestRow.answered_at,
        )
        .join(OrganisationRow, OrganisationRow.id == RequestRow.organisation_id)
        .where(*conditions)
        .order_by(RequestRow.at.desc(), RequestRow.id)
    )  # fmt: skip
    rows = look.connection.execute(query)
    return [Request(*row[:6], level_of(row[6]), *row[7:]) for row in rows]
