"""`flask scores`: the scores of any day, from the newest release."""

import json
from datetime import date, datetime
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from scoring.method import METHOD, Method, UnknownMethod, method_of
from scoring.model import OVERALL, NoRelease
from scoring.scores import COLUMNS, LEVELS
from scoring.service import Door
from web.commands.answers import Refusal, format_option, print_rows

OPERATOR = Viewer(0, Role.OPERATOR, "")
"""Whoever runs commands on the machine operates it."""


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(scores)


@click.command("scores")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day [default: that of the newest cell].")
@click.option("--half-life", type=click.FloatRange(1, 3650), help="In days [default: that of the method].")
@click.option("--level", type=click.Choice(LEVELS), help="Only rows of this level.")
@click.option("--factory", help="Only this factory.")
@click.option("--method", "version", help="By this method, such as 1.0 [default: the one in force].")
@click.option("--explain", is_flag=True, help="The whole chain behind each score of one factory, as JSON.")
@format_option
@with_appcontext
def scores(
    on: datetime | None,
    half_life: float | None,
    level: str | None,
    factory: str | None,
    version: str | None,
    explain: bool,
    form: str,
) -> None:
    """Print scores: factories, themes and indicators, computed on the fly; segments when their level is asked for."""
    door = current_app.extensions["seamline.door"]
    day = on.date() if on else None
    try:
        method = method_of(version) if version else METHOD
        check_asked(door.factory_ids(), factory, level, explain)
        if explain:
            click.echo(
                json.dumps(explanations(door, str(factory), level, day, half_life, method), indent=1, default=str)
            )
            return
        table = door.scores(
            OPERATOR, day, level=level, factories=[factory] if factory else None, half_life=half_life, method=method
        )
    except NoRelease as problem:
        raise Refusal("Nothing is released yet. Load answers with `flask load`, then run `flask release`.") from problem
    except (NotAvailable, UnknownMethod) as problem:
        raise Refusal(str(problem)) from problem
    clean = table.astype("object").where(table.notna(), None)
    print_rows(clean.to_dict("records"), COLUMNS, form)


def check_asked(known: frozenset[str] | None, factory: str | None, level: str | None, explain: bool) -> None:
    """Nothing, when the options go together. Raises Refusal for a factory that is not there, UsageError otherwise."""
    if factory is not None and known is not None and factory not in known:
        raise Refusal(f"There is no factory {factory!r} in the newest release.")
    if explain and factory is None:
        raise click.UsageError("--explain needs --factory: it tells everything about the scores of one.")
    if explain and level == "segment":
        raise click.UsageError("--explain tells of factories, themes and indicators; segments are plain means.")


def explanations(
    door: Door, factory: str, level: str | None, on: date | None, half_life: float | None, method: Method
) -> list[dict[str, Any]]:
    """The chain behind every score of a factory that may be shown, the whole first."""
    table = door.scores(OPERATOR, on, level=level, factories=[factory], half_life=half_life, method=method)
    shown = table[table["reason"].isna()]
    keys = shown["indicator_id"].fillna(shown["theme"]).fillna(OVERALL)
    found = [
        door.explanation(OPERATOR, factory, key, codebook=codebook, on=on, half_life=half_life, method=method)
        for codebook, key in zip(shown["codebook"], keys, strict=True)
    ]
    return [one.as_numbers() for one in found if one is not None]
