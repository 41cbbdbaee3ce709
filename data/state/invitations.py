"""Invitations: who may make an account, by a link that opens once and not for long.

A link carries the invitation's number and a random word of which only the SHA-256 is kept, so that whoever reads
the store cannot follow one.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, insert, select, update

from access.roles import Role
from data.state.accounts import AccountExists, OrganisationDiffers, account_by_email, normal_email
from data.state.models import InvitationRow, OrganisationRow, UserRow
from data.state.organisations import organisation_id, record_organisations
from data.state.store import Change, Look

USUAL_DAYS = 7
MOST_DAYS = 30


@dataclass(frozen=True)
class Invitation:
    """One invitation that can still be used. `organisation` is the identifier that the data uses."""

    id: int
    email: str
    role: Role
    organisation_id: int
    organisation: str
    organisation_name: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Invited:
    """A new invitation with the word of its link, which is told here and nowhere else."""

    invitation: Invitation
    nonce: str = field(repr=False)


def invite(
    change: Change,
    *,
    email: str,
    role: Role,
    organisation: str,
    organisation_name: str | None = None,
    by_user_id: int | None = None,
    now: datetime,
    days: int = USUAL_DAYS,
) -> Invited:
    """The new invitation; the organisation is made when missing. Raises AccountExists, OrganisationDiffers.

    An older open invitation of the same address ends, so that there is never more than one link for a person.
    """
    address = normal_email(email)
    if account_by_email(change, address) is not None:
        raise AccountExists(f"There is already an account for {address}.")
    row = {"kind": str(role), "external_id": organisation, "name": organisation_name}
    if isinstance(record_organisations(change, [row])[0], tuple):
        raise OrganisationDiffers(f"The organisation {organisation} is already known under another name.")
    older = (InvitationRow.email == address, InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None))
    change.connection.execute(update(InvitationRow).where(*older).values(revoked_at=now))
    nonce = secrets.token_urlsafe(32)
    values = {
        "email": address,
        "role": str(role),
        "organisation_id": organisation_id(change, str(role), organisation),
        "by_user_id": by_user_id,
        "nonce_hash": nonce_hash(nonce),
        "created_at": now,
        "expires_at": now + timedelta(days=days),
    }
    added = change.connection.execute(insert(InvitationRow).returning(InvitationRow.id), values).scalar_one()
    return Invited(found(change, InvitationRow.id == added)[0], nonce)


def open_invitation(look: Look, invitation_id: int, nonce: str, now: datetime) -> Invitation | None:
    """The invitation that a link opens, or None: unknown, used, run out, taken back, or its address has an account.

    One statement whatever the reason, so that they all take the same.
    """
    named = (InvitationRow.id == invitation_id, InvitationRow.nonce_hash == nonce_hash(nonce))
    return next(iter(found(look, *named, *still_open(now))), None)


def open_invitations(look: Look, now: datetime) -> list[Invitation]:
    """Every invitation that can still be used, the one that runs out first on top."""
    return found(look, *still_open(now))


def use_invitation(change: Change, invitation_id: int, now: datetime) -> bool:
    """True when the invitation was open and is used now. Of two at the same moment only one gets True."""
    done = change.connection.execute(
        update(InvitationRow).where(InvitationRow.id == invitation_id, *unspent(now)).values(used_at=now)
    )
    return done.rowcount == 1


def revoke_invitation(change: Change, invitation_id: int, now: datetime) -> bool:
    """True when the invitation was open; its link no longer is."""
    done = change.connection.execute(
        update(InvitationRow).where(InvitationRow.id == invitation_id, *unspent(now)).values(revoked_at=now)
    )
    return done.rowcount == 1


def unspent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a link count: not used, not taken back, not run out."""
    return (InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None), InvitationRow.expires_at > now)


def still_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The same, and nobody has made an account for the address in another way."""
    return (*unspent(now), ~exists().where(UserRow.email == InvitationRow.email))


def found(look: Look, *conditions: ColumnElement[bool]) -> list[Invitation]:
    """The invitations for which all conditions hold, the one that runs out first on top."""
    query = (
        select(
            InvitationRow.id,
            InvitationRow.email,
            InvitationRow.role,
            InvitationRow.organisation_id,
            OrganisationRow.external_id.label("organisation"),
            OrganisationRow.name.label("organisation_name"),
            InvitationRow.created_at,
            InvitationRow.expires_at,
        )
        .join(OrganisationRow, OrganisationRow.id == InvitationRow.organisation_id)
        .where(*conditions)
        .order_by(InvitationRow.expires_at, InvitationRow.id)
    )
    rows = look.connection.execute(query).mappings()
    return [Invitation(**{**row, "role": Role(row["role"])}) for row in rows]


def nonce_hash(nonce: str) -> str:
    """The SHA-256 under which the store knows the word of a link."""
    return hashlib.sha256(nonce.encode("utf-8", "surrogatepass")).hexdigest()
