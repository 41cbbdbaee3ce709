"""Remarks on actions, rows of scores and warnings: notes, disputes and replies.

What is withdrawn is marked, never taken out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update

from data.state.consent_models import PhotoRow, RemarkRow
from data.state.models import OrganisationRow
from data.state.store import Change, Look

ACTION = "action"
"""The topic of a remark on an action; `action_id` names it then."""


SAID = (
    select(
        RemarkRow.id,
        RemarkRow.topic,
        RemarkRow.action_id,
        RemarkRow.factory_id,
        OrganisationRow.kind.label("organisation_kind"),
        OrganisationRow.external_id.label("organisation"),
        OrganisationRow.name.label("organisation_name"),
        RemarkRow.kind,
        RemarkRow.text,
        RemarkRow.at,
        RemarkRow.withdrawn_at,
        PhotoRow.width,
        PhotoRow.height,
    )
    .join(OrganisationRow, OrganisationRow.id == RemarkRow.organisation_id)
    .outerjoin(PhotoRow, PhotoRow.remark_id == RemarkRow.id)
    .order_by(RemarkRow.at, RemarkRow.id)
)
"""The question for all remarks, oldest first, with whose they are and how large their photos are."""


class RemarksFull(Exception):
    """The organisation has said as much about it as is kept."""


@dataclass(frozen=True)
class Said:
    """One remark, and whose it is: the kind, identifier and name of the organisation.

    `topic` says what `action_id` names. `width` and `height` are those of the photo beside it, if there is one.
    """

    id: int
    topic: str
    action_id: str
    factory_id: str
    organisation_kind: str
    organisation: str
    organisation_name: str | None
    kind: str
    text: str
    at: datetime
    withdrawn_at: datetime | None
    width: int | None
    height: int | None


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
    topic: str = ACTION,
    now: datetime | None = None,
) -> int:
    """The number of the new remark. Raises RemarksFull when the organisation has `most` on this action, row or warning.

    Withdrawn ones count, so that saying and withdrawing cannot go on for ever. The organisation's row is held
    meanwhile, so that two people who write at once are counted one after the other.
    """
    change.connection.execute(
        select(OrganisationRow.id).where(OrganisationRow.id == organisation).with_for_update()
    ).one()
    mine = select(func.count()).where(
        RemarkRow.factory_id == factory_id,
        RemarkRow.topic == topic,
        RemarkRow.action_id == action_id,
        RemarkRow.organisation_id == organisation,
    )
    if change.connection.execute(mine).scalar_one() >= most:
        raise RemarksFull
    values = {
        "factory_id": factory_id, "action_id": action_id, "organisation_id": organisation, "user_id": user_id,
        "kind": kind, "text": text, "at": now or datetime.now(UTC), "topic": topic,
    }  # fmt: skip
    return change.connection.execute(insert(RemarkRow).returning(RemarkRow.id), values).scalar_one()


def withdraw_remark(
    change: Change,
    remark_id: int,
    factory_id: str,
    action_id: str,
    organisation: int,
    now: datetime | None = None,
    *,
    topic: str = ACTION,
) -> bool:
    """True when this withdrew it; False when the organisation has no such remark there, or withdrew it before."""
    done = change.connection.execute(
        update(RemarkRow)
        .where(
            RemarkRow.id == remark_id,
            RemarkRow.factory_id == factory_id,
            RemarkRow.topic == topic,
            RemarkRow.action_id == action_id,
            RemarkRow.organisation_id == organisation,
            RemarkRow.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now or datetime.now(UTC))
    )
    return done.rowcount == 1


def remarks_at(
    look: Look, factory_id: str, action_id: str | None = None, topics: Collection[str] = (ACTION,)
) -> list[Said]:
    """The remarks of these topics at a factory, all or on one thing, oldest first; withdrawn ones too, with their text.

    Without topics those on actions.
    """
    query = SAID.where(RemarkRow.factory_id == factory_id, RemarkRow.topic.in_(topics))
    if action_id is not None:
        query = query.where(RemarkRow.action_id == action_id)
    return [Said(**row) for row in look.connection.execute(query).mappings()]


def remark_numbered(look: Look, remark_id: int) -> Said | None:
    """The remark of that number, whatever it is on; None where there is none."""
    row = look.connection.execute(SAID.where(RemarkRow.id == remark_id)).mappings().one_or_none()
    return None if row is None else Said(**row)
