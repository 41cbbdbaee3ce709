"""`flask load`: brings a canonical folder, or one file, into the vault and the state store."""

import json
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from data.home import VaultBusy
from data.readers.delimited import Unreadable
from data.readers.kinds import KINDS
from data.release.publish import refresh_effects
from data.vault.load import LoadReport, LoadRequest
from data.vault.load import load as load_files
from data.vault.outcome import Outcome
from data.vault.store import VaultTooNew
from web.commands.answers import Refusal, format_option, one_line, print_rows
from web.wiring import wiring

COLUMNS = ("file", "accepted", "rejected", "already_present", "quarantine")
SHOWN = 5


def register(app: Flask) -> None:
    """Nothing; `app` now has the command."""
    app.cli.add_command(load)


@click.command("load")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(list(KINDS)), help="What the one file holds.")
@click.option("--mapping", type=click.Path(path_type=Path), help="A TOML file that says how the file is read.")
@click.option("--source", default="", help="Where the file comes from, to keep apart what looks the same.")
@click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
@format_option
@with_appcontext
def load(path: Path, kind: str | None, mapping: Path | None, source: str, dry_run: bool, form: str) -> None:
    """Load a canonical folder, or one file of a KIND; the formats are in docs/formats.md."""
    here = wiring()
    if here.home.is_demo:
        raise Refusal(
            "This home holds the demo world, which takes no other answers. Set SEAMLINE_HOME to another folder."
        )
    if mapping is not None and kind is None:
        kind = "answers"
    if mapping is not None and kind != "answers":
        raise Refusal("A mapping reads answers: use --as answers with it.")
    request = LoadRequest(path, kind, found_mapping(here.home.mappings, mapping), source, dry_run)
    try:
        report = load_files(here.home, here.settings, here.state, request)
        if report.tells_of_actions and not dry_run:
            refresh_effects(here.home, here.settings, here.state)
    except (Unreadable, VaultBusy, VaultTooNew) as problem:
        raise Refusal(str(problem)) from problem
    tell(report, dry_run)
    answer(report, form)
    if sum(o.accepted + o.already_present for o in report.outcomes) == 0 and any(o.rejected for o in report.outcomes):
        raise Refusal("Every row was rejected; nothing was loaded.")


def found_mapping(folder: Path, mapping: Path | None) -> Path | None:
    """The mapping as named, or of that name among the home's mappings."""
    if mapping is None or mapping.exists():
        return mapping
    kept = folder / mapping.with_suffix(".toml").name
    return kept if kept.exists() else mapping


def tell(report: LoadReport, dry_run: bool) -> None:
    """Nothing; warnings and the first rejected rows are on standard error."""
    for warning in report.warnings:
        click.echo(one_line(warning), err=True)
    for outcome in report.outcomes:
        first_rejections(outcome)
    if dry_run:
        click.echo("This was a dry run: nothing was kept.", err=True)


def first_rejections(outcome: Outcome) -> None:
    """Nothing; the first rejected rows of a file are on standard error, with their line and reason."""
    if not outcome.rejected:
        return
    rows = sorted(outcome.rows, key=lambda row: int(str(row["line"])))
    click.echo(f"{outcome.file}: {outcome.rejected} rows were rejected.", err=True)
    for row in rows[:SHOWN]:
        click.echo(f"  line {row['line']}: {one_line(row['reason'])}", err=True)
    if outcome.rejected > SHOWN:
        click.echo(f"  and {outcome.rejected - SHOWN} more", err=True)


def answer(report: LoadReport, form: str) -> None:
    """Nothing; what became of the rows is on standard output."""
    files = [outcome.answer() for outcome in report.outcomes]
    if form == "json":
        click.echo(json.dumps({"files": files, "warnings": list(report.warnings)}, ensure_ascii=False, indent=2))
    else:
        print_rows(files, COLUMNS, form)
