"""Accounts: who may sign in, in which role, for which organisation."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, insert, select, update

from access.roles import Role
from data.state.models import OrganisationRow, UserRow
from data.state.organisations import organisation_id, record_organisations
from data.state.sessions import revoke_sessions_of
from data.state.store import Change, Look


class AccountExists(Exception):
    """An account with this e-mail address is already there."""


class OrganisationDiffers(Exception):
    """The organisation is known under another name."""


@dataclass(frozen=True)
class Account:
    """One account. `organisation` is the identifier that the data uses; without a hash no password fits."""

    id: int
    email: str
    role: Role
    active: bool
    organisation_id: int
    organisation: str
    organisation_name: str | None
    created_at: datetime
    disabled_at: datetime | None
    password_hash: str | None = field(repr=False)


def normal_email(email: str) -> str:
    """The address as it is kept and compared: without spaces around it, casefolded."""
    return email.strip().casefold()


def is_email(text: str) -> bool:
    """True when the text can be an e-mail address."""
    local, at, domain = text.strip().partition("@")
    odd = any(sign.isspace() or not sign.isprintable() for sign in local + domain)
    return bool(local and at and domain) and "@" not in domain and not odd and len(text) <= 254


def add_account(
    change: Change,
    *,
    email: str,
    role: Role,
    organisation: str,
    organisation_name: str | None = None,
    password_hash: str | None = None,
    now: datetime | None = None,
) -> Account:
    """The new account; its organisation is made when missing. Raises AccountExists, OrganisationDiffers.

    Without a hash no password opens it: such an account is only for the one-click entry of a demo home.
    """
    address = normal_email(email)
    if account_by_email(change, address) is not None:
        raise AccountExists(f"There is already an account for {address}.")
    row = {"kind": str(role), "external_id": organisation, "name": organisation_name}
    if isinstance(record_organisations(change, [row])[0], tuple):
        raise OrganisationDiffers(f"The organisation {organisation} is already known under another name.")
    values = {
        "email": address,
        "role": str(role),
        "organisation_id": organisation_id(change, str(role), organisation),
        "password_hash": password_hash,
        "active": True,
        "created_at": now or datetime.now(UTC),
    }
    added = change.connection.execute(insert(UserRow).returning(UserRow.id), values).scalar_one()
    return found(change, UserRow.id == added)[0]


def account_by_email(look: Look, email: str) -> Account | None:
    """The account of that address, however it is written, or None."""
    return next(iter(found(look, UserRow.email == normal_email(email))), None)


def account_by_id(look: Look, user_id: int) -> Account | None:
    """The account of that number, or None."""
    return next(iter(found(look, UserRow.id == user_id)), None)


def accounts(look: Look) -> list[Account]:
    """Every account, oldest first."""
    return found(look)


def first_account(look: Look, role: str) -> Account | None:
    """The oldest active account of a role, or None."""
    return next(iter(found(look, UserRow.role == role, UserRow.active.is_(True), limit=1)), None)


def disable_account(change: Change, account: Account, now: datetime | None = None) -> int:
    """How many open sessions ended: the account may no longer sign in, and is signed out everywhere."""
    moment = now or datetime.now(UTC)
    change.connection.execute(
        update(UserRow).where(UserRow.id == account.id, UserRow.active).values(active=False, disabled_at=moment)
    )
    return revoke_sessions_of(change, account.id, moment)


def enable_account(change: Change, account: Account) -> bool:
    """True when the account was disabled and may sign in again."""
    done = change.connection.execute(
        update(UserRow).where(UserRow.id == account.id, UserRow.active.is_(False)).values(active=True, disabled_at=None)
    )
    return done.rowcount == 1


def set_password(change: Change, account: Account, password_hash: str, now: datetime | None = None) -> int:
    """How many open sessions ended: the account has a new password, and is signed out everywhere."""
    change.connection.execute(update(UserRow).where(UserRow.id == account.id).values(password_hash=password_hash))
    return revoke_sessions_of(change, account.id, now or datetime.now(UTC))


def renew_hash(change: Change, account: Account, password_hash: str) -> None:
    """Keeps the same password under a newer kind of hash, unless it has changed since; sessions stay open."""
    change.connection.execute(
        update(UserRow)
        .where(UserRow.id == account.id, UserRow.password_hash == account.password_hash)
        .values(password_hash=password_hash)
    )


def found(look: Look, *conditions: ColumnElement[bool], limit: int | None = None) -> list[Account]:
    """The accounts for which all conditions hold, oldest first."""
    query = (
        select(
            UserRow.id,
            UserRow.email,
            UserRow.role,
            UserRow.active,
            UserRow.organisation_id,
            OrganisationRow.external_id.label("organisation"),
            OrganisationRow.name.label("organisation_name"),
            UserRow.created_at,
            UserRow.disabled_at,
            UserRow.password_hash,
        )
        .join(OrganisationRow, OrganisationRow.id == UserRow.organisation_id)
        .where(*conditions)
        .order_by(UserRow.id)
        .limit(limit)
    )
    rows = look.connection.execute(query).mappings()
    return [Account(**{**row, "role": Role(row["role"])}) for row in rows]
