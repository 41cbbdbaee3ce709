"""`flask effects`: what followed after actions, from the newest release (docs/cascade.md)."""

from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from scoring.effects import TABLES, NoEffects
from scoring.model import NoRelease
from web.commands.answers import Refusal, format_option, print_rows
from web.commands.scores import OPERATOR

OUTCOMES = ("indicator", "theme", "overall")


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(effects)


@click.command("effects")
@click.option("--level", type=click.Choice(tuple(TABLES)), default="kind", show_default=True, help="What a row is of.")
@click.option(
    "--of",
    "outcome",
    type=click.Choice(OUTCOMES),
    default="indicator",
    show_default=True,
    help="What effects are on: questions, themes or the overall score. Footprints are on questions and the whole.",
)
@click.option("--codebook", help="The codebook [default: the one with most cells].")
@format_option
@with_appcontext
def effects(level: str, outcome: str, codebook: str | None, form: str) -> None:
    """Print what followed after actions: by kind, week by week, one by one, or a buyer's footprint."""
    if level == "buyer" and outcome != "indicator":
        raise Refusal("Footprints hold questions and the whole already: leave out --of.")
    try:
        table = current_app.extensions["seamline.door"].effects(OPERATOR, level, outcome, codebook)
    except NoRelease as problem:
        raise Refusal("Nothing is released yet. Load answers with `flask load`, then run `flask release`.") from problem
    except NoEffects as problem:
        raise Refusal(str(problem)) from problem
    rows: list[dict[Any, Any]] = table.astype("object").where(table.notna(), None).to_dict("records")
    print_rows(rows, [str(column) for column in table.columns], form)
