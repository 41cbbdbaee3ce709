"""`flask grant`: which buyer sees how much of which factory."""

from datetime import UTC, date, datetime
from typing import NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext

from access.levels import SLUGS, Level
from access.roles import Role
from data.state.audit import Deed, record
from data.state.grants import grant, revoke_grants
from data.state.organisations import organisation_id
from web.commands.answers import Refusal
from web.wiring import wiring


def register(app: Flask) -> None:
    """Nothing; `app` now has the command of this file."""
    app.cli.add_command(grant_command)


@click.command("grant")
@click.argument("factory_id")
@click.argument("buyer_id")
@click.option(
    "--level",
    type=click.Choice(list(SLUGS)),
    default=Level.ACTIONS.slug,
    show_default=True,
    help="How much: score, themes too, questions and groups too (full), own actions too.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, such as 2027-03-31.")
@click.option("--revoke", is_flag=True, help="Take the access away.")
@with_appcontext
def grant_command(factory_id: str, buyer_id: str, level: str, until: datetime | None, revoke: bool) -> None:
    """Let a buyer see a factory, or take that away again."""
    if revoke and until:
        raise click.UsageError("--until and --revoke do not go together.")
    if revoke:
        revoke_access(factory_id, buyer_id)
    else:
        give_access(factory_id, buyer_id, SLUGS[level], until.date() if until else None)


def give_access(factory_id: str, buyer_id: str, level: Level, until: date | None) -> None:
    """Nothing; the buyer may see that much of the factory until that day."""
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
        new = grant(change, factory_id, buyer, level=level, until=until)
        if new:
            record(change, by_command("shared", factory_id, buyer, level.slug))
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
        record(change, by_command("stopped sharing", factory_id, buyer))
    click.echo(f"{buyer_id} no longer sees {factory_id}.", err=True)


def by_command(deed: str, factory_id: str, buyer: int, detail: str = "") -> Deed:
    """A line of the trail for what the operator does by a command, for the factory."""
    return Deed(deed, str(Role.OPERATOR), factory_id=factory_id, about_id=buyer, detail=detail)


def no_such_buyer(buyer_id: str) -> NoReturn:
    """Ends the command: buyers come from loaded data or from their first account."""
    raise Refusal(f"There is no buyer {buyer_id}.")
