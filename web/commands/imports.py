"""`flask imports`: what was loaded and brought, and a load that is taken out again."""

from datetime import UTC, datetime
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from data.home import VaultBusy
from data.release.publish import refresh_effects
from data.state.audit import Deed, record
from data.state.imports import Import, imports_of, load_undone
from data.state.load_spans import BookLine, book
from data.vault.store import VaultTooNew
from data.vault.undo import NotUndone, undone
from web.commands.answers import Refusal, format_option, print_rows
from web.wiring import wiring

COLUMNS = ("load", "at", "name", "accepted", "rejected", "already_present", "stage", "organisation", "import_id")
LISTED = 200


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(imports)


@click.group("imports")
def imports() -> None:
    """What was loaded and what is on its way in; taking a load out again."""


@imports.command("list")
@format_option
@with_appcontext
def listing(form: str) -> None:
    """Loads and imports, newest first; `load` is the number that `undo` takes."""
    with wiring().state.look() as look:
        loads, brought = book(look, LISTED), imports_of(look, None, LISTED)
    by_load = {one.load: one for one in brought if one.load is not None}
    rows = [load_row(line, by_load.get(line.load)) for line in loads]
    rows += [waiting_row(one) for one in brought if one.load is None]
    print_rows(sorted(rows, key=lambda row: row["at"], reverse=True), COLUMNS, form)


def load_row(line: BookLine, one: Import | None) -> dict[str, Any]:
    """A load, with the import that made it, if one did."""
    stage = "undone" if line.undone_at else "loaded"
    counts = {name: getattr(line, name) for name in ("accepted", "rejected", "already_present")}
    whose = {"organisation": one.organisation, "import_id": one.public_id} if one else {}
    return {"load": line.load, "at": line.at, "name": line.name, "stage": stage, **counts, **whose}


def waiting_row(one: Import) -> dict[str, Any]:
    """An import that made no load, or none yet."""
    whose = {"organisation": one.organisation, "import_id": one.public_id}
    return {"at": one.changed_at, "name": one.name, "stage": str(one.stage), **whose}


@imports.command("undo")
@click.argument("load", type=click.IntRange(1))
@with_appcontext
def undo(load: int) -> None:
    """Take the load of that number out again, as long as no release took it in."""
    here = wiring()
    try:
        gone = undone(here.home, here.settings, here.state, load)
        if gone.tells_of_actions:
            refresh_effects(here.home, here.settings, here.state)
    except (NotUndone, VaultBusy, VaultTooNew) as problem:
        raise Refusal(str(problem)) from problem
    with here.state.change() as change:
        record(change, Deed("took a load out again", "operator", detail=f"load {load}"), datetime.now(UTC))
        load_undone(change, load, gone.sentence)
    click.echo(gone.sentence)
