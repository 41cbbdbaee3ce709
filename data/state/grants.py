"""Grants: which factory agreed that which buyer sees it, and who therefore sees what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from access.levels import SLUGS, Level
from access.roles import Role
from access.viewer import Viewer
from data.state.accounts import Account
from data.state.models import GrantRow, OrganisationRow
from data.state.store import Change, Look


@dataclass(frozen=True)
class Grant:
    """One consent in force. Both days are included; without `until` it stands until it is revoked."""

    id: int
    factory_id: str
    level: Level
    since: date
    until: date | None


@dataclass(frozen=True)
class Consent:
    """One consent that a factory gave, in force or over, and to whom."""

    id: int
    organisation_id: int
    organisation: str
    organisation_name: str | None
    home_country: str | None
    level: Level
    since: date
    until: date | None
    revoked_at: datetime | None


def level_of(slug: str) -> Level:
    """The level of that name; one that this Seamline does not know shows no more than the score."""
    return SLUGS.get(slug, Level.SCORE)


def live(on: date) -> tuple[ColumnElement[bool], ...]:
    """What makes a grant count on a day: not revoked, begun, not over."""
    return (
        GrantRow.revoked_at.is_(None),
        GrantRow.since <= on,
        or_(GrantRow.until.is_(None), GrantRow.until >= on),
    )


def grants_of(look: Look, organisation: int, on: date) -> list[Grant]:
    """The grants that an organisation (by its number) holds on a day."""
    query = select(GrantRow.id, GrantRow.factory_id, GrantRow.level, GrantRow.since, GrantRow.until)
    rows = look.connection.execute(query.where(GrantRow.organisation_id == organisation, *live(on)))
    return [Grant(row.id, row.factory_id, level_of(row.level), row.since, row.until) for row in rows]


def consents_of(look: Look, factory_id: str, on: date | None = None) -> list[Consent]:
    """The consents of a factory, newest first: all that were ever given, or those in force on a day."""
    query = (
        select(
            GrantRow.id, GrantRow.organisation_id, OrganisationRow.external_id, OrganisationRow.name,
            OrganisationRow.home_country, GrantRow.level, GrantRow.since, GrantRow.until, GrantRow.revoked_at,
        )
        .join(OrganisationRow, OrganisationRow.id == GrantRow.organisation_id)
        .where(GrantRow.factory_id == factory_id, *(live(on) if on else ()))
        .order_by(GrantRow.id.desc())
    )  # fmt: skip
    return [Consent(*row[:5], level_of(row[5]), *row[6:]) for row in look.connection.execute(query)]


def grant(
    change: Change,
    factory_id: str,
    organisation: int,
    *,
    level: Level = Level.ACTIONS,
    until: date | None = None,
    now: datetime | None = None,
) -> bool:
    """True when this gave or changed access, False when the very same grant was in force already."""
    moment = now or datetime.now(UTC)
    held = [g for g in grants_of(change, organisation, moment.date()) if g.factory_id == factory_id]
    if any((g.until, g.level) == (until, level) for g in held):
        return False
    revoke_grants(change, factory_id, organisation, now=moment)
    row = {"factory_id": factory_id, "organisation_id": organisation, "level": level.slug, "until": until}
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
    if account.role is Role.OWNER:
        return Viewer(account.id, account.role, account.organisation, owned(account.organisation))
    if account.role is Role.BUYER:
        held = grants_of(look, account.organisation_id, on or datetime.now(UTC).date())
        return granted(account.id, account.organisation, {g.factory_id: g.level for g in held})
    return Viewer(account.id, account.role, account.organisation)


def granted(user_id: int, buyer: str, levels: Mapping[str, Level], *, preview: bool = False) -> Viewer:
    """The viewer that somebody of a buyer is, given what was granted."""
    limits = frozenset((name, level) for name, level in levels.items() if level < Level.ACTIONS)
    return Viewer(user_id, Role.BUYER, buyer, frozenset(levels), limits, preview)
