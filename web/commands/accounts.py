"""`flask user …`: who may sign in, and who is invited."""

import sys
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup

from access.roles import Role
from data.state.accounts import (
    Account,
    AccountExists,
    OrganisationDiffers,
    account_by_email,
    accounts,
    add_account,
    disable_account,
    enable_account,
    is_email,
)
from data.state.audit import Deed, record
from data.state.invitations import MOST_DAYS, USUAL_DAYS, invite
from data.state.second_factors import reset_second_factor
from data.state.sessions import Presence, presences, revoke_sessions_of
from data.state.store import Change
from web.commands.answers import Refusal, format_option, print_rows
from web.invitations import invitation_link
from web.passwords import refusal
from web.session import IDLE
from web.wiring import wiring

COLUMNS = ("email", "role", "organisation", "organisation_name", "active", "created_at", "disabled_at")

PRESENT = ("email", "open_sessions", "seen_at")
OPERATOR, COMMAND = str(Role.OPERATOR), "by a command"

user = AppGroup("user", help="Accounts of the people who sign in.")


def register(app: Flask) -> None:
    """Nothing; `app` now has the commands of this file."""
    app.cli.add_command(user)


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--org", "organisation", required=True, help="owner_id or buyer_id, as the data has it.")
@click.option("--org-name", "name", help="Its name, when it is not known from the data.")
@click.option("--password-stdin", is_flag=True, help="Read the password as one line from standard input.")
def add(email: str, role: str, organisation: str, name: str | None, password_stdin: bool) -> None:
    """Add an account. The organisation is made when it is missing."""
    check_email(email)
    check_organisation(organisation)
    with wiring().state.look() as look:
        if account_by_email(look, email) is not None:
            raise Refusal(f"There is already an account for {email.strip().casefold()}.")
    password = read_password(password_stdin)
    problem = refusal(password, email.strip(), organisation, name)
    if problem:
        raise Refusal(problem)
    try:
        with wiring().state.change() as change:
            account = add_account(
                change,
                email=email,
                role=Role(role),
                organisation=organisation.strip(),
                organisation_name=name,
                password_hash=wiring().passwords.hashed(password),
            )
            record(change, by_command("account added", account))
    except (AccountExists, OrganisationDiffers) as problem:
        raise Refusal(str(problem)) from None
    click.echo(f"{account.email} may now sign in as {role} of {account.organisation}.", err=True)


@user.command("list")
@format_option
def list_(form: str) -> None:
    """List the accounts."""
    with wiring().state.look() as look:
        rows = [{name: getattr(account, name) for name in COLUMNS} for account in accounts(look)]
    print_rows(rows, COLUMNS, form)


@user.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--org", "organisation", required=True, help="owner_id or buyer_id, as the data has it.")
@click.option("--org-name", "name", help="Its name, when it is not known from the data.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=USUAL_DAYS, show_default=True, help="Open for.")
def invite_(email: str, role: str, organisation: str, name: str | None, days: int) -> None:
    """Print a link by which somebody makes an account; it opens once. The organisation is made when it is missing."""
    check_email(email)
    check_organisation(organisation)
    try:
        with wiring().state.change() as change:
            invited = invite(
                change, email=email, role=Role(role), organisation=organisation.strip(), organisation_name=name,
                now=datetime.now(UTC), days=days,
            )  # fmt: skip
            record(change, Deed("invited", OPERATOR, detail=f"{role} of {organisation.strip()}, {COMMAND}"))
    except (AccountExists, OrganisationDiffers) as problem:
        raise Refusal(str(problem)) from None
    click.echo(invitation_link(invited.invitation.id, invited.nonce))
    until = invited.invitation.expires_at.isoformat(" ", "minutes")
    click.echo(f"Send it to {invited.invitation.email}. It opens once, until {until}.", err=True)


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Disable an account and end its sessions at once."""
    with wiring().state.change() as change:
        account = known_account(change, email)
        ended = disable_account(change, account)
        record(change, by_command("account disabled", account))
    click.echo(f"{account.email} can no longer sign in; {sessions_text(ended)} ended.", err=True)


@user.command("enable")
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled account sign in again."""
    with wiring().state.change() as change:
        account = known_account(change, email)
        if not enable_account(change, account):
            raise Refusal(f"{account.email} was not disabled.")
        record(change, by_command("account enabled", account))
    click.echo(f"{account.email} may sign in again.", err=True)


@user.command("sessions")
@click.option("--end", "email", metavar="EMAIL", help="End all sessions of this account.")
@format_option
def sessions(email: str | None, form: str) -> None:
    """List who is signed in, or sign somebody out everywhere."""
    now = datetime.now(UTC)
    if email is None:
        with wiring().state.look() as look:
            here = presences(look, now, IDLE)
            rows = [present(account, here[account.id]) for account in accounts(look) if account.id in here]
        print_rows(rows, PRESENT, form)
        return
    with wiring().state.change() as change:
        account = known_account(change, email)
        ended = revoke_sessions_of(change, account.id, now)
        record(change, by_command("sessions ended", account))
    click.echo(f"{account.email} is signed out everywhere; {sessions_text(ended)} ended.", err=True)


@user.command("reset-code")
@click.argument("email")
def reset_code(email: str) -> None:
    """Forget the app of an account; the next sign-in sets up a new one."""
    now = datetime.now(UTC)
    with wiring().state.change() as change:
        account = known_account(change, email)
        if not reset_second_factor(change, account.id):
            raise Refusal(f"{account.email} has no app set up.")
        revoke_sessions_of(change, account.id, now)
        record(change, by_command("second factor reset", account))
    click.echo(f"{account.email} sets up a new app at the next sign-in.", err=True)


def known_account(change: Change, email: str) -> Account:
    """The account of that address; without one the command ends."""
    account = account_by_email(change, email)
    if account is None:
        raise Refusal(f"There is no account for {email}.")
    return account


def by_command(deed: str, about: Account) -> Deed:
    """The line of the audit trail for a command: whoever may run it runs the service."""
    return Deed(deed, OPERATOR, about_id=about.id, detail=COMMAND)


def present(account: Account, presence: Presence) -> dict[str, object]:
    """One row of the list of who is signed in."""
    return {"email": account.email, "open_sessions": presence.open_sessions, "seen_at": presence.seen_at}


def sessions_text(ended: int) -> str:
    """A count of sessions in words."""
    return "one session" if ended == 1 else f"{ended} sessions"


def check_email(email: str) -> None:
    """Nothing, when this can be an e-mail address; a usage error otherwise."""
    if not is_email(email):
        raise click.BadParameter("this is not an e-mail address", param_hint="EMAIL")


def check_organisation(organisation: str) -> None:
    """Nothing, when an organisation is named; a usage error otherwise."""
    if not organisation.strip():
        raise click.BadParameter("must not be empty", param_hint="--org")


def read_password(from_stdin: bool) -> str:
    """The new password: one line of standard input, or typed twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Again", err=True)
    return typed
