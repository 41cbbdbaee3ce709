"""`flask registry`: which factories of two lists are the same."""

from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd
from flask import Flask

from data.readers.formats import Unreadable
from data.readers.mapping import read_mapping
from data.registry.files import factory_list
from data.registry.linking import CERTAIN, NEW, UNSURE, linked
from web.commands.answers import Refusal, format_option, print_rows

COLUMNS = ("first_row", "second_row", "first_name", "second_name", "verdict", "score", "why")


def register(app: Flask) -> None:
    """Nothing; `app` now has the commands of this file."""
    app.cli.add_command(registry)


@click.group("registry")
def registry() -> None:
    """Lists of factories."""


@registry.command("link")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--first-mapping", type=click.Path(path_type=Path), help="A TOML file that says how FIRST is read.")
@click.option("--second-mapping", type=click.Path(path_type=Path), help="A TOML file that says how SECOND is read.")
@format_option
def link(first: Path, second: Path, first_mapping: Path | None, second_mapping: Path | None, form: str) -> None:
    """Say of each factory of the list SECOND whether FIRST has it. docs/registry.md tells how."""
    try:
        known, arriving = read(first, first_mapping), read(second, second_mapping)
    except Unreadable as problem:
        raise Refusal(str(problem)) from problem
    found = linked(known, arriving)
    print_rows(answers(known, arriving, found), COLUMNS, form)
    counts = found["verdict"].value_counts()
    told = ", ".join(f"{int(counts.get(verdict, 0))} {verdict}" for verdict in (CERTAIN, UNSURE, NEW))
    click.echo(f"Of {len(found)} rows {told}.", err=True)


def read(path: Path, mapping: Path | None) -> pd.DataFrame:
    """The list in a file. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path}.")
    return factory_list(path, read_mapping(mapping) if mapping else None)


def answers(known: pd.DataFrame, arriving: pd.DataFrame, found: pd.DataFrame) -> Iterator[dict[str, object]]:
    """One line for each row of the second list; a row that is new has nothing of the first."""
    for line in found.to_dict("records"):
        there = None if line["known"] is None else known.loc[line["known"]]
        here = arriving.loc[line["arriving"]]
        yield {
            "first_row": None if there is None else int(there["row"]),
            "second_row": int(here["row"]),
            "first_name": None if there is None else there["name"],
            "second_name": here["name"] if isinstance(here["name"], str) else None,
            "verdict": line["verdict"],
            "score": round(float(line["score"]), 4),
            "why": line["why"],
        }
