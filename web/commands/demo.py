"""`flask demo`: makes the demo world in an empty home."""

import click
from flask import Flask
from flask.cli import with_appcontext

from data.demo.home import NotEmpty, make_demo
from data.demo.world import Plan
from data.home import VaultBusy
from web.commands.answers import Refusal
from web.wiring import wiring


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(demo)


@click.command("demo")
@click.option("--seed", type=int, default=Plan.seed, show_default=True, help="Another seed is another world.")
@click.option("--factories", type=int, default=Plan.factories, show_default=True, help="How many factories.")
@click.option("--weeks", type=int, default=Plan.weeks, show_default=True, help="How many weeks of answers.")
@with_appcontext
def demo(seed: int, factories: int, weeks: int) -> None:
    """Fill an empty home with a fictional world, and mark it as demo for ever."""
    here = wiring()
    try:
        made = make_demo(here.home, here.settings, here.state, Plan(seed=seed, factories=factories, weeks=weeks))
    except (NotEmpty, VaultBusy, ValueError) as problem:
        raise Refusal(str(problem)) from problem
    click.echo(f"The demo world is ready: release {made.release} with {made.cells:,} cells.", err=True)
