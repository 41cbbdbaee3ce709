"""`flask load`: brings a canonical folder, or one file, into the vault and the state store."""

import json
import re
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from data.home import VaultBusy
from data.readers.formats import Unreadable
from data.readers.forms import form_of
from data.readers.kinds import KINDS
from data.readers.mapping import read_mapping
from data.readers.mapping_text import mapping_text
from data.readers.recognition import recognised
from data.readers.suggestion import suggested
from data.release.publish import refresh_effects
from data.vault.load import LoadReport, LoadRequest
from data.vault.load import load as load_files
from data.vault.outcome import Outcome
from data.vault.questions import known_wordings
from data.vault.store import VaultTooNew
from web.commands.answers import Refusal, format_option, one_line, print_rows
from web.wiring import Wiring, wiring

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
@click.option("--suggest", is_flag=True, help="Write a first mapping for the file, and load nothing.")
@click.option("--form", "survey", type=click.Path(path_type=Path), help="With --suggest: the XLSForm of the survey.")
@format_option
@with_appcontext
def load(
    path: Path,
    kind: str | None,
    mapping: Path | None,
    source: str,
    dry_run: bool,
    suggest: bool,
    survey: Path | None,
    form: str,
) -> None:
    """Load a canonical folder, or one file of a KIND; the formats are in docs/formats.md."""
    here = wiring()
    if suggest:
        suggestion(here, path, kind, survey)
        return
    if here.home.is_demo:
        raise Refusal(
            "This home holds the demo world, which takes no other answers. Set SEAMLINE_HOME to another folder."
        )
    try:
        mapping = found_mapping(here.home.mappings, mapping)
        if mapping is not None and kind is None:
            kind = read_mapping(mapping).kind
        request = LoadRequest(path, kind, mapping, source, dry_run)
        report = load_files(here.home, here.settings, here.state, request)
        if report.tells_of_actions and not dry_run:
            refresh_effects(here.home, here.settings, here.state)
    except (Unreadable, VaultBusy, VaultTooNew) as problem:
        raise Refusal(str(problem)) from problem
    tell(report, dry_run)
    answer(report, form)
    if sum(o.accepted + o.already_present for o in report.outcomes) == 0 and any(o.rejected for o in report.outcomes):
        raise Refusal("Every row was rejected; nothing was loaded.")


def suggestion(here: Wiring, path: Path, kind: str | None, survey: Path | None) -> None:
    """Nothing; a first mapping is on standard output, what was found and what is to be decided on standard error."""
    for file in (path, survey):
        if file is not None and not file.is_file():
            raise Refusal(f"{file} is not a file; a mapping is for one file.")
    try:
        seen = recognised(path)
        for ask in seen.asks:
            click.echo(f"{one_line(ask.sentence)} Say so at {ask.what!r} under [file].", err=True)
        asked = form_of(survey) if survey is not None else None
        found = suggested(path, seen.format, known_wordings(here.home, here.settings), kind, asked)
    except (Unreadable, VaultBusy, VaultTooNew) as problem:
        raise Refusal(str(problem)) from problem
    for note in (*seen.notes, *found.notes):
        click.echo(one_line(note), err=True)
    click.echo(mapping_text(found, slug(path.stem)), nl=False)


def slug(name: str) -> str:
    """A file's name as the name of its mapping."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "mapping"


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
    for finding in report.findings:
        if finding.kind != "values" or dry_run:
            click.echo(f"{'Look: ' if finding.serious else ''}{one_line(finding.sentence)}", err=True)
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
        warnings = [*report.warnings, *(finding.sentence for finding in report.findings if finding.serious)]
        click.echo(json.dumps({"files": files, "warnings": warnings}, ensure_ascii=False, indent=2))
    else:
        print_rows(files, COLUMNS, form)
