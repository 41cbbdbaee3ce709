"""`flask benchmark`: the frozen NGO cohorts of a month, from the newest release."""

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from access.viewer import NotAvailable
from scoring.benchmarks import COLUMNS, NotFrozen
from scoring.model import NoRelease
from web.commands.answers import Refusal, format_option, print_rows
from web.commands.scores import OPERATOR


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(benchmark)


@click.command("benchmark")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Any day of the month [default: the newest month].")
@click.option("--codebook", help="The codebook [default: that which most factories are asked by].")
@format_option
@with_appcontext
def benchmark(on: datetime | None, codebook: str | None, form: str) -> None:
    """Print how factories score in countries and sectors, frozen month by month."""
    door = current_app.extensions["seamline.door"]
    try:
        table = door.benchmark(OPERATOR, on.date() if on else None, codebook)
    except NoRelease as problem:
        raise Refusal("Nothing is released yet. Load answers with `flask load`, then run `flask release`.") from problem
    except (NotFrozen, NotAvailable) as problem:
        raise Refusal(str(problem)) from problem
    clean = table.astype("object").where(table.notna(), None)
    print_rows(clean.to_dict("records"), COLUMNS, form)
