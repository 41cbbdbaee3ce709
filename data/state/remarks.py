"""Remarks on actions: notes of either side, and disputes of buyers. What is withdrawn is marked, never taken out."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update

from data.state.models import OrganisationRow, RemarkRow
from data.state.store import Change, Look


class RemarksFull(Exception):
    """The organisation has said as much about the action as is kept."""


@dataclass(frozen=True)
class Said:
    """One remark, and whose it is: the kind, identifier and name of the organisation."""

    id: int
    action_id: str
    organisation_kind: str
    organisation: str
    organisation_name: str | None
    kind: str
    text: str
    at: datetime
    withdrawn_at: datetime | None


def add_remark(
    change: Change,
    *,
    factory_id: str,
    action_id: str,
    organisation: int,
    user_id: int | None,
    kind: str,
    text: str,
    most: int,
    now: datetime | None = None,
) -> int:
    """The number of the new remark. Raises RemarksFull when the organisation has `most` on this action.

    Withdrawn ones count, so that saying and withdrawing cannot go on for ever. The organisation's row is held
    meanwhile, so that two people who write at once are counted one after the other.
    """
    change.connection.execute(
        select(OrganisationRow.id).where(OrganisationRow.id == organisation).with_for_update()
    ).one()
    mine = select(func.count()).where(
        RemarkRow.factory_id == factory_id,
        RemarkRow.action_id == action_id,
        RemarkRow.organisation_id == organisation,
    )
    if change.connection.execute(mine).scalar_one() >= most:
        raise RemarksFull
    values = {
        "factory_id": factory_id, "action_id": action_id, "organisation_id": organisation, "user_id": user_id,
        "kind": kind, "text": text, "at": now or datetime.now(UTC),
    }  # fmt: skip
    return change.connection.execute(insert(RemarkRow).returning(RemarkRow.id), values).scalar_one()


def withdraw_remark(
    change: Change, remark_id: int, factory_id: str, action_id: str, organisation: int, now: datetime | None = None
) -> bool:
    """True when this withdrew it; False when the organisation has no such remark on the action, or did before."""
    done = change.connection.execute(
        update(RemarkRow)
        .where(
            RemarkRow.id == remark_id,
            RemarkRow.factory_id == factory_id,
            RemarkRow.action_id == action_id,
            RemarkRow.organisation_id == organisation,
            RemarkRow.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now or datetime.now(UTC))
    )
    return done.rowcount == 1


def remarks_at(look: Look, factory_id: str, action_id: str | None = None) -> list[Said]:
    """The remarks on all actions at a factory, or on one of them, oldest first; withdrawn ones too, with their text."""
    query = (
        select(
            RemarkRow.id,
            RemarkRow.action_id,
            OrganisationRow.kind.label("organisation_kind"),
            OrganisationRow.external_id.label("organisation"),
            OrganisationRow.name.label("organisation_name"),
            RemarkRow.kind,
            RemarkRow.text,
            RemarkRow.at,
            RemarkRow.withdrawn_at,
        )
        .join(OrganisationRow, OrganisationRow.id == RemarkRow.organisation_id)
        .where(RemarkRow.factory_id == factory_id)
        .order_by(RemarkRow.at, RemarkRow.id)
    )
    if action_id is not None:
        query = query.where(RemarkRow.action_id == action_id)
    return [Said(**row) for row in look.connection.execute(query).mappings()]
