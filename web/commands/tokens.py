"""`flask token …`: the tokens by which programs of organisations send data."""

from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup

from access.roles import ROLE_NAMES, Role
from access.viewer import Viewer
from data.state.audit import Deed, record
from data.state.organisations import organisation_id
from data.state.tokens import LONGEST_NAME, MOST_DAYS, USUAL_DAYS, add_token, revoke_token, tokens
from scoring.pushes import FILES, kinds_of
from web.commands.answers import Refusal, format_option, print_rows
from web.wiring import wiring

COLUMNS = (
    "id", "name", "role", "organisation", "kinds", "created_at", "expires_at", "used_on", "revoked_at",
)  # fmt: skip
OPERATOR = str(Role.OPERATOR)
MAY_SEND = [str(role) for role in Role if kinds_of(Viewer(0, role, ""))]

token = AppGroup("token", help="Tokens by which programs of organisations send data.")


def register(app: Flask) -> None:
    """Nothing; `app` now has the commands of this file."""
    app.cli.add_command(token)


@token.command("add")
@click.argument("org")
@click.option("--role", type=click.Choice(MAY_SEND), required=True, help="What the organisation is.")
@click.option("--name", required=True, help="What people call it, such as the program that will hold it.")
@click.option("--kinds", help=f"What it may send, with commas between: {', '.join(FILES)}. Default: all that it may.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=USUAL_DAYS, show_default=True, help="Open for.")
def add(org: str, role: str, name: str, kinds: str | None, days: int) -> None:
    """Print a new token for an organisation, once: it is kept nowhere."""
    name, may_send = " ".join(name.split()), kinds_of(Viewer(0, Role(role), org))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise click.BadParameter(f"must be 1 to {LONGEST_NAME} characters", param_hint="--name")
    wanted = may_send if kinds is None else tuple(dict.fromkeys(kind.strip() for kind in kinds.split(",")))
    if not set(wanted) <= set(may_send):
        raise click.BadParameter(f"{role} tokens may send {', '.join(may_send)}", param_hint="--kinds")
    now = datetime.now(UTC)
    with wiring().state.change() as change:
        number = organisation_id(change, role, org)
        if number is None:
            raise Refusal(f"There is no {role} {org}. Load its data or add an account of it first.")
        token_id, word = add_token(change, number, name, wanted, now, days)
        record(change, Deed("token added", OPERATOR, about_id=number, detail=f"token {token_id}, by a command"), now)
    click.echo(word)
    click.echo(
        f"Token {token_id} of {ROLE_NAMES[Role(role)].lower()} {org} may send {', '.join(wanted)} for {days} days. "
        "It is not shown again.",
        err=True,
    )


@token.command("list")
@format_option
def list_(form: str) -> None:
    """List the tokens, without their words."""
    with wiring().state.look() as look:
        rows = [
            {**vars(one), "role": one.organisation_kind, "kinds": ",".join(one.kinds)} for one in tokens(look)
        ]  # fmt: skip
    print_rows(rows, COLUMNS, form)


@token.command("revoke")
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Let a token open nothing any more, at once."""
    now = datetime.now(UTC)
    with wiring().state.change() as change:
        found = next((one for one in tokens(change) if one.id == number), None)
        if found is None or not revoke_token(change, number, now):
            raise Refusal(f"There is no open token {number}.")
        deed = Deed(
            "token taken back", OPERATOR, about_id=found.organisation_id, detail=f"token {number}, by a command"
        )
        record(change, deed, now)
    click.echo(f"Token {number} ({found.name}) opens nothing any more.", err=True)
