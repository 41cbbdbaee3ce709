"""Who may sign in and who is invited, for those who run the service; every deed leaves a line in the audit trail."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from access.policy import check
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.state import invitations
from data.state.accounts import (
    Account,
    AccountExists,
    OrganisationDiffers,
    account_by_id,
    accounts,
    disable_account,
    enable_account,
    is_email,
)
from data.state.audit import Deed, record
from data.state.invitations import MOST_DAYS, Invitation, open_invitations, revoke_invitation
from data.state.invitations import invite as new_invitation
from data.state.organisations import Organisation, organisation_id, organisations
from data.state.second_factors import confirmed_factors, reset_second_factor
from data.state.sessions import Presence, presences, revoke_sessions_of
from data.state.store import Change, State

OFFERED_DAYS = (1, 3, invitations.USUAL_DAYS, 14, MOST_DAYS)
USUAL_DAYS = invitations.USUAL_DAYS
PERMISSION = "accounts.manage"
IDLE = timedelta(minutes=30)
"""After that long without a request a session is over, as the web part has it."""
LONGEST_NAME = 120


class NotDone(ValueError):
    """Something that is not done; the message tells the operator why."""


@dataclass(frozen=True)
class Person:
    """One account as the operator sees it; nothing of what opens it is here. `second_factor`: None, not asked for."""

    user_id: int
    email: str
    role: Role
    active: bool
    created_at: datetime
    seen_at: datetime | None
    open_sessions: int
    second_factor: bool | None
    self: bool


@dataclass(frozen=True)
class Group:
    """The accounts of one organisation."""

    kind: Role
    organisation: str
    name: str | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Guest:
    """One invitation that can still be used."""

    invitation_id: int
    email: str
    role: Role
    organisation: str
    name: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Choice:
    """One organisation that somebody can be invited to."""

    kind: Role
    organisation: str
    name: str | None


@dataclass(frozen=True)
class AccountsView:
    """Everything on the operator's page: accounts by organisation, open invitations, organisations to choose from."""

    groups: tuple[Group, ...]
    guests: tuple[Guest, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Wish:
    """Who is to be invited to what, as it was typed. Where `name` is given, the organisation may be a new one."""

    email: str
    role: str
    organisation: str
    name: str
    days: int


@dataclass(frozen=True)
class Welcome:
    """A new invitation, with the word of its link that is told this once."""

    guest: Guest
    nonce: str = field(repr=False)


def accounts_view(state: State, viewer: Viewer) -> AccountsView:
    """Everybody who may sign in or is invited. Raises NotAvailable."""
    check(viewer, PERMISSION)
    now = datetime.now(UTC)
    with state.look() as look:
        everybody, seen, factors = accounts(look), presences(look, now, IDLE), confirmed_factors(look)
        invited, known = open_invitations(look, now), organisations(look)
    grouped: dict[tuple[Role, str, str | None], list[Person]] = {}
    for account in everybody:
        told = person(account, seen.get(account.id), account.id in factors, viewer)
        grouped.setdefault((account.role, account.organisation, account.organisation_name), []).append(told)
    groups = [Group(*key, tuple(people)) for key, people in grouped.items()]
    order = list(Role)
    return AccountsView(
        tuple(sorted(groups, key=lambda group: (order.index(group.kind), called(group).casefold()))),
        tuple(guest(one) for one in invited),
        tuple(sorted((choice(one) for one in known), key=lambda one: (order.index(one.kind), called(one).casefold()))),
    )


def invite(state: State, viewer: Viewer, wish: Wish) -> Welcome:
    """The new invitation. Raises NotAvailable, and NotDone with a sentence about what was typed."""
    check(viewer, PERMISSION)
    role, organisation, name = checked(wish)
    now = datetime.now(UTC)
    try:
        with state.change() as change:
            if not name and organisation_id(change, str(role), organisation) is None:
                raise NotDone("Choose an organisation, or give the new one an identifier and a name.")
            made = new_invitation(
                change, email=wish.email, role=role, organisation=organisation, organisation_name=name or None,
                by_user_id=viewer.user_id, now=now, days=wish.days,
            )  # fmt: skip
            record(change, line(change, viewer, "invited", detail=f"{role} of {organisation}"), now)
    except (AccountExists, OrganisationDiffers) as problem:
        raise NotDone(str(problem)) from None
    return Welcome(guest(made.invitation), made.nonce)


def checked(wish: Wish) -> tuple[Role, str, str]:
    """Role, identifier and name of the organisation, in order. Raises NotDone."""
    organisation, name = wish.organisation.strip(), wish.name.strip()
    if not is_email(wish.email):
        raise NotDone("Give an e-mail address, such as anna@mill.example.")
    if wish.role not in list(Role):
        raise NotDone("Choose a role.")
    if not organisation:
        raise NotDone("Choose an organisation, or give the new one an identifier and a name.")
    if not all(text.isprintable() and len(text) <= LONGEST_NAME for text in (organisation, name)):
        raise NotDone(f"Identifier and name have at most {LONGEST_NAME} characters, all of them visible.")
    if not 1 <= wish.days <= MOST_DAYS:
        raise NotDone(f"An invitation is open for 1 to {MOST_DAYS} days.")
    return Role(wish.role), organisation, name


def take_back(state: State, viewer: Viewer, invitation_id: int) -> None:
    """Nothing; the link of the invitation opens nothing any more. Raises NotAvailable."""
    check(viewer, PERMISSION)
    now = datetime.now(UTC)
    with state.change() as change:
        if not revoke_invitation(change, invitation_id, now):
            raise NotAvailable
        record(change, line(change, viewer, "invitation revoked"), now)


def disable(state: State, viewer: Viewer, user_id: int) -> None:
    """Nothing; the account is closed and its sessions are over. Raises NotAvailable, NotDone."""
    check(viewer, PERMISSION)
    now = datetime.now(UTC)
    with state.change() as change:
        account = known_account(change, user_id)
        # First, as it lets one transaction through at a time: two operators cannot disable each other at once.
        record(change, line(change, viewer, "account disabled", account), now)
        if account.id == viewer.user_id:
            raise NotDone("You cannot disable your own account. Another operator can.")
        if account.active and account.role is Role.OPERATOR and operators_left(change) < 2:
            raise NotDone("This is the last operator who can sign in. Invite another one first.")
        disable_account(change, account, now)


def enable(state: State, viewer: Viewer, user_id: int) -> None:
    """Nothing; the account is open again. Raises NotAvailable."""
    check(viewer, PERMISSION)
    with state.change() as change:
        account = known_account(change, user_id)
        if enable_account(change, account):
            record(change, line(change, viewer, "account enabled", account))


def end_sessions(state: State, viewer: Viewer, user_id: int) -> None:
    """Nothing; the person is signed out in every browser. Raises NotAvailable."""
    check(viewer, PERMISSION)
    now = datetime.now(UTC)
    with state.change() as change:
        account = known_account(change, user_id)
        revoke_sessions_of(change, account.id, now)
        record(change, line(change, viewer, "sessions ended", account), now)


def reset_factor(state: State, viewer: Viewer, user_id: int) -> None:
    """Nothing; the next sign-in sets up a new app, and every session is over. Raises NotAvailable."""
    check(viewer, PERMISSION)
    now = datetime.now(UTC)
    with state.change() as change:
        account = known_account(change, user_id)
        if reset_second_factor(change, account.id):
            revoke_sessions_of(change, account.id, now)
            record(change, line(change, viewer, "second factor reset", account), now)


def known_account(change: Change, user_id: int) -> Account:
    """The account of that number. Raises NotAvailable."""
    account = account_by_id(change, user_id)
    if account is None:
        raise NotAvailable
    return account


def operators_left(change: Change) -> int:
    """How many operators can sign in."""
    return sum(account.active and account.role is Role.OPERATOR for account in accounts(change))


def line(change: Change, viewer: Viewer, deed: str, about: Account | None = None, detail: str = "") -> Deed:
    """The line of the audit trail for what this operator did."""
    number = organisation_id(change, str(viewer.role), viewer.organisation)
    about_id = about.organisation_id if about else None
    said = " ".join(part for part in (f"account {about.id}" if about else "", detail) if part)
    return Deed(deed, str(viewer.role), viewer.user_id, number, about_id=about_id, detail=said)


def person(account: Account, presence: Presence | None, has_factor: bool, viewer: Viewer) -> Person:
    """An account as the operator sees it."""
    return Person(
        account.id, account.email, account.role, account.active, account.created_at,
        presence.seen_at if presence else None,
        presence.open_sessions if presence and account.active else 0,
        has_factor if account.role is Role.OPERATOR else None,
        account.id == viewer.user_id,
    )  # fmt: skip


def guest(one: Invitation) -> Guest:
    """An invitation as the operator sees it."""
    return Guest(
        one.id, one.email, one.role, one.organisation, one.organisation_name, one.created_at, one.expires_at
    )  # fmt: skip


def choice(one: Organisation) -> Choice:
    """An organisation as the form offers it."""
    return Choice(Role(one.kind), one.external_id, one.name)


def called(one: Group | Choice) -> str:
    """What an organisation is called: its name, or how the data names it."""
    return one.name or one.organisation
