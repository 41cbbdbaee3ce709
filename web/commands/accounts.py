"""`flask user add|list|disable` and `flask grant`: who may sign in, and which buyer sees which factory."""

import sys
from datetime import UTC, date, datetime
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from access.roles import Role
from data.state.accounts import (
    AccountExists,
    OrganisationDiffers,
    account_by_email,
    accounts,
    add_account,
    disable_account,
)
from data.state.grants import grant, revoke_grants
from data.state.organisations import organisation_id
from web.commands.answers import Refusal, format_option, print_rows
from web.passwords import refusal
from web.wiring import wiring

COLUMNS = ("email", "role", "organisation", "organisation_name", "active", "created_at", "disabled_at")

user = AppGroup("user", help="Accounts of the people who sign in.")


def register(app: Flask) -> None:
    """Nothing; `app` now has the commands of this file."""
    app.cli.add_command(user)
    app.cli.add_command(grant_command)


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--org", "organisation", required=True, help="owner_id or buyer_id, as the data has it.")
@click.option("--org-name", "name", help="Its name, when it is not known from the data.")
@click.option("--password-stdin", is_flag=True, help="Read the password as one line from standard input.")
def add(email: str, role: str, organisation: str, name: str | None, password_stdin: bool) -> None:
    """Add an account. The organisation is made when it is missing."""
    check_email(email)
    if not organisation.strip():
        raise click.BadParameter("must not be empty", param_hint="--org")
    with wiring().state.look() as look:
        if account_by_email(look, email) is not None:
            raise Refusal(f"There is already an account for {email.strip().casefold()}.")
    password = read_password(password_stdin)
    problem = refusal(password, email.strip())
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


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Disable an account and end its sessions at once."""
    with wiring().state.change() as change:
        account = account_by_email(change, email)
        if account is None:
            raise Refusal(f"There is no account for {email}.")
        ended = disable_account(change, account)
    sessions = "one session" if ended == 1 else f"{ended} sessions"
    click.echo(f"{account.email} can no longer sign in; {sessions} ended.", err=True)


@click.command("grant")
@click.argument("factory_id")
@click.argument("buyer_id")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, such as 2027-03-31.")
@click.option("--revoke", is_flag=True, help="Take the access away.")
@with_appcontext
def grant_command(factory_id: str, buyer_id: str, until: datetime | None, revoke: bool) -> None:
    """Let a buyer see a factory, or take that away again."""
    if revoke and until:
        raise click.UsageError("--until and --revoke do not go together.")
    if revoke:
        revoke_access(factory_id, buyer_id)
    else:
        give_access(factory_id, buyer_id, until.date() if until else None)


def give_access(factory_id: str, buyer_id: str, until: date | None) -> None:
    """Nothing; the buyer may see the factory until that day."""
    if until is not None and until < datetime.now(UTC).date():
        raise click.BadParameter("is in the past", param_hint="--until")
    known = wiring().factory_ids()
    if known is None:
        click.echo("Nothing is released yet, so the factory could not be checked.", err=True)
    elif factory_id not in known:
        raise Refusal(f"There is no factory {factory_id} in the newest release.")
    with wiring().state.change() as change:
        buyer = organisation_id(change, "buyer", buyer_id)
        if buyer is None:
            no_such_buyer(buyer_id)
        new = grant(change, factory_id, buyer, until=until)
    end = f" until {until.isoformat()}" if until else ""
    click.echo(f"{buyer_id} {'may now see' if new else 'could already see'} {factory_id}{end}.", err=True)


def revoke_access(factory_id: str, buyer_id: str) -> None:
    """Nothing; the buyer no longer sees the factory."""
    with wiring().state.change() as change:
        buyer = organisation_id(change, "buyer", buyer_id)
        if buyer is None:
            no_such_buyer(buyer_id)
        if revoke_grants(change, factory_id, buyer) == 0:
            raise Refusal(f"{buyer_id} has no access to {factory_id}.")
    click.echo(f"{buyer_id} no longer sees {factory_id}.", err=True)


def no_such_buyer(buyer_id: str) -> NoReturn:
    """Ends the command: buyers come from loaded data or from their first account."""
    raise Refusal(f"There is no buyer {buyer_id}.")


def check_email(email: str) -> None:
    """Nothing, when this can be an e-mail address; a usage error otherwise."""
    local, at, domain = email.strip().partition("@")
    odd = any(sign.isspace() or not sign.isprintable() for sign in local + domain)
    if not (local and at and domain) or "@" in domain or odd or len(email) > 254:
        raise click.BadParameter("this is not an e-mail address", param_hint="EMAIL")


def read_password(from_stdin: bool) -> str:
    """The new password: one line of standard input, or typed twice."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Again", err=True)
    return typed
