"""`flask release`: closes days into cells and publishes what may be seen."""

import json
from contextlib import suppress
from datetime import datetime

import click
from flask import Flask
from flask.cli import with_appcontext

from data.home import VaultBusy
from data.release.publish import release as make_release
from data.release.run import NothingToClose
from data.vault.residue import forgotten
from web.commands.answers import Refusal, format_option, print_rows
from web.wiring import wiring

COLUMNS = ("release", "path", "cells", "closed_now")


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(release)


@click.command("release")
@click.option(
    "--through",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Close days up to this one [default: the last day loaded].",
)
@format_option
@with_appcontext
def release(through: datetime | None, form: str) -> None:
    """Close cells and publish a release; the portal follows at once."""
    here = wiring()
    try:
        made = make_release(here.home, here.settings, here.state, through.date() if through else None)
    except (NothingToClose, VaultBusy) as problem:
        raise Refusal(str(problem)) from problem
    with suppress(VaultBusy):  # the ingester holds it, and forgets the same things
        for line in forgotten(here.home, here.settings, made.release):
            click.echo(line, err=True)
    row = {
        "release": made.release,
        "path": str(made.path),
        "cells": made.cells,
        "closed_now": made.closed_now,
    }
    if form == "json":
        click.echo(json.dumps(row, indent=2))
    else:
        print_rows([row], COLUMNS, form)
