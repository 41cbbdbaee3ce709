"""Grants: which factory agreed that which buyer sees it, and who therefore sees what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from access.roles import Role
from access.viewer import Viewer
from data.state.accounts import Account
from data.state.models import GrantRow
from data.state.store import Change, Look


@dataclass(frozen=True)
class Grant:
    """One consent in force. Both days are included; without `until` it stands until it is revoked."""

    id: int
    factory_id: str
    since: date
    until: date | None


def live(on: date) -> tuple[ColumnElement[bool], ...]:
    """What makes a grant count on a day: not revoked, begun, not over."""
    return (
        GrantRow.revoked_at.is_(None),
        GrantRow.since <= on,
        or_(GrantRow.until.is_(None), GrantRow.until >= on),
    )


def grants_of(look: Look, organisation: int, on: date) -> list[Grant]:
    """The grants that an organisation (by its number) holds on a day."""
    query = select(GrantRow.id, GrantRow.factory_id, GrantRow.since, GrantRow.until)
    rows = look.connection.execute(query.where(GrantRow.organisation_id == organisation, *live(on)))
    return [Grant(*row) for row in rows]


def grant(
    change: Change,
    factory_id: str,
    organisation: int,
    *,
    until: date | None = None,
    now: datetime | None = None,
) -> bool:
    """True when this gave or changed access, False when the very same grant was in force already."""
    moment = now or datetime.now(UTC)
    held = [g for g in grants_of(change, organisation, moment.date()) if g.factory_id == factory_id]
    if any(g.until == until for g in held):
        return False
    revoke_grants(change, factory_id, organisation, now=moment)
    row = {"factory_id": factory_id, "organisation_id": organisation, "until": until}
    change.connection.execute(insert(GrantRow), {**row, "since": moment.date(), "created_at": moment})
    return True


def revoke_grants(change: Change, factory_id: str, organisation: int, *, now: datetime | None = None) -> int:
    """How many grants of this factory to this organisation ended now."""
    moment = now or datetime.now(UTC)
    done = change.connection.execute(
        update(GrantRow)
        .where(
            GrantRow.factory_id == factory_id,
            GrantRow.organisation_id == organisation,
            GrantRow.revoked_at.is_(None),
            or_(GrantRow.until.is_(None), GrantRow.until >= moment.date()),
        )
        .values(revoked_at=moment)
    )
    return done.rowcount


def viewer_for(look: Look, account: Account, owned: Callable[[str], frozenset[str]], on: date | None = None) -> Viewer:
    """The viewer that an account is today: owners see what is theirs, buyers what was granted.

    `owned` answers which factories belong to an owner; the state does not know that.
    """
    factories: frozenset[str] = frozenset()
    if account.role is Role.OWNER:
        factories = owned(account.organisation)
    elif account.role is Role.BUYER:
        held = grants_of(look, account.organisation_id, on or datetime.now(UTC).date())
        factories = frozenset(g.factory_id for g in held)
    return Viewer(account.id, account.role, account.organisation, factories)
