"""`flask scores`: the scores of any day, from the newest release."""

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from scoring.method import HALF_LIFE
from scoring.model import NoRelease
from scoring.scores import COLUMNS, LEVELS
from web.commands.answers import Refusal, format_option, print_rows

OPERATOR = Viewer(0, Role.OPERATOR, "")
"""Whoever runs commands on the machine operates it."""


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(scores)


@click.command("scores")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day [default: that of the newest cell].")
@click.option("--half-life", type=click.FloatRange(1, 3650), default=HALF_LIFE, show_default=True, help="In days.")
@click.option("--level", type=click.Choice(LEVELS), help="Only rows of this level.")
@click.option("--factory", help="Only this factory.")
@format_option
@with_appcontext
def scores(on: datetime | None, half_life: float, level: str | None, factory: str | None, form: str) -> None:
    """Print scores: factories, themes and indicators, computed on the fly; segments when their level is asked for."""
    door = current_app.extensions["seamline.door"]
    known = door.factory_ids()
    if factory is not None and known is not None and factory not in known:
        raise Refusal(f"There is no factory {factory!r} in the newest release.")
    try:
        table = door.scores(
            OPERATOR,
            on.date() if on else None,
            level=level,
            factories=[factory] if factory else None,
            half_life=half_life,
        )
    except NoRelease as problem:
        raise Refusal("Nothing is released yet. Load answers with `flask load`, then run `flask release`.") from problem
    except NotAvailable as problem:
        raise Refusal(str(problem)) from problem
    clean = table.astype("object").where(table.notna(), None)
    print_rows(clean.to_dict("records"), COLUMNS, form)
