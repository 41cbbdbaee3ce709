"""`flask flags` and `flask leads`: warnings about answers, and zero-tolerance bands, from the newest release."""

from collections.abc import Callable, Sequence

import click
import pandas as pd
from flask import Flask, current_app
from flask.cli import with_appcontext

from access.viewer import Viewer
from scoring.model import NoRelease
from scoring.quality import FLAG_COLUMNS, LEAD_COLUMNS
from web.commands.answers import Refusal, format_option, print_rows
from web.commands.scores import OPERATOR

factory_option = click.option("--factory", help="Only this factory.")


def register(app: Flask) -> None:
    """Nothing; `app` now has both commands."""
    app.cli.add_command(flags)
    app.cli.add_command(leads)


@click.command("flags")
@factory_option
@format_option
@with_appcontext
def flags(factory: str | None, form: str) -> None:
    """Print warnings about answers: coached ones, forms filled by one hand, bursts, silence. They change no score."""
    print_table(current_app.extensions["seamline.door"].flags, factory, FLAG_COLUMNS, form)


@click.command("leads")
@factory_option
@format_option
@with_appcontext
def leads(factory: str | None, form: str) -> None:
    """Print how many zero-tolerance answers gave a sign in each quarter, as a band; never a count."""
    print_table(current_app.extensions["seamline.door"].leads, factory, LEAD_COLUMNS, form)


def print_table(
    asked: Callable[[Viewer, str | None], pd.DataFrame], factory: str | None, columns: Sequence[str], form: str
) -> None:
    """Nothing; the table is printed. Raises Refusal before the first release, and for a factory that is unknown."""
    known = current_app.extensions["seamline.door"].factory_ids()
    if factory is not None and known is not None and factory not in known:
        raise Refusal(f"There is no factory {factory!r} in the newest release.")
    try:
        table = asked(OPERATOR, factory)
    except NoRelease as problem:
        raise Refusal("Nothing is released yet. Load answers with `flask load`, then run `flask release`.") from problem
    print_rows(table.to_dict("records"), columns, form)
