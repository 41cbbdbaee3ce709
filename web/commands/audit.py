"""`flask audit list|head|verify`: who did or opened what, and whether the trail is whole."""

import csv
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup

from data.audit_heads import heads_file, note_head, noted_heads
from data.state.audit import at_factory, broken_at, hash_of, head, lines
from web.commands.answers import Refusal, format_option, print_rows
from web.wiring import wiring

COLUMNS = ("id", "at", "deed", "role", "user_id", "organisation", "factory_id", "about_id", "detail")

audit = AppGroup("audit", help="The trail of who did or opened what.")


def register(app: Flask) -> None:
    """Nothing; `app` now has the commands of this file."""
    app.cli.add_command(audit)


@audit.command("list")
@click.option("--factory", help="Only what was done or opened of this factory.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many lines.")
@format_option
def list_(factory: str | None, limit: int, form: str) -> None:
    """Print the newest lines of the trail, newest first."""
    with wiring().state.look() as look:
        found = at_factory(look, factory, limit=limit) if factory else lines(look, limit=limit)
    print_rows([asdict(line) for line in found], COLUMNS, form)


@audit.command("head")
def head_() -> None:
    """Print the end of the trail as it stands now, and write it down for today."""
    here = wiring()
    with here.state.look() as look:
        end = head(look)
    now = datetime.now(UTC)
    note_head(here.home, here.state, now.date())
    csv.writer(sys.stdout, lineterminator="\n").writerow([now.date().isoformat(), end.number, end.hash])


@audit.command("verify")
def verify() -> None:
    """Say whether every line follows from the one before, and whether every end that was written down lies on it."""
    here = wiring()
    with here.state.look() as look:
        broken = broken_at(look)
        if broken is not None:
            raise Refusal(f"Line {broken} of the trail was changed, taken out or put in. Compare it with a backup.")
        noted = noted_heads(here.home)
        wrong = next((day for day, end in noted if hash_of(look, end.number) != end.hash), None)
        end = head(look)
    if wrong is not None:
        raise Refusal(
            f"The trail was rewritten: what {heads_file(here.home)} holds for {wrong.isoformat()} is in it no more."
        )
    click.echo(f"All {end.number} lines follow from one another; {len(noted)} ends written down lie on it.", err=True)
