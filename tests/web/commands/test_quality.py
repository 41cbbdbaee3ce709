"""`flask flags` and `flask leads` print the promised columns, or one sentence."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from data.demo.world import Plan, make_world
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

PLAN = Plan(seed=3, factories=12, weeks=30, last_day=date(2026, 6, 14), anomalies="all", activity=2.0)


@pytest.fixture
def told(run: Run, place: Place, tmp_path: Path) -> Run:
    """Commands over a home in which something is wrong, released."""
    make_world(tmp_path / "world", PLAN)
    assert run("load", tmp_path / "world").exit_code == 0
    assert run("release").exit_code == 0
    return run


def test_both_tables_in_csv_and_json(told: Run) -> None:
    for command, columns in (
        ("flags", "factory_id,kind,from,to,detail"),
        ("leads", "factory_id,indicator_id,quarter,band"),
    ):
        text = told(command, "--format", "csv").stdout
        as_json = json.loads(told(command, "--format", "json").stdout)
        assert text.splitlines()[0] == ",".join(as_json[0]) == columns
        assert [dict(row) for row in csv.DictReader(io.StringIO(text))] == as_json
        one = as_json[0]["factory_id"]
        only = json.loads(told(command, "--factory", one, "--format", "json").stdout)
        assert only == [row for row in as_json if row["factory_id"] == one]
        assert one in told(command).stdout
    flags = json.loads(told("flags", "--format", "json").stdout)
    assert {row["kind"] for row in flags} >= {"coached", "burst", "duplicates", "implausible", "silence"}
    for row in flags:
        assert date.fromisoformat(row["from"]).weekday() == 0
        assert date.fromisoformat(row["to"]).weekday() == 6
        assert not any(letter.isdigit() for letter in row["detail"])
    leads = json.loads(told("leads", "--format", "json").stdout)
    assert {row["band"] for row in leads} <= {"none_seen", "some", "many"}


def test_a_factory_that_is_not_there(told: Run) -> None:
    for command in ("flags", "leads"):
        done = told(command, "--factory", "F999")
        assert done.exit_code == 1
        assert done.stderr == "There is no factory 'F999' in the newest release.\n"


@pytest.mark.parametrize("command", ["flags", "leads"])
def test_before_the_first_release(run: Run, command: str) -> None:
    done = run(command)
    assert done.exit_code == 1
    assert done.stderr.startswith("Nothing is released yet.")
    assert run(command, "--format", "pdf").exit_code == 2


@pytest.mark.parametrize("command", ["flags", "leads"])
def test_a_release_without_any_has_only_a_header(run: Run, place: Place, command: str) -> None:
    rows = [f"F1,2026-01-{5 + n % 5:02d},HRS-01,{n % 2},app,,s{n}" for n in range(30)]
    place.answers(rows)
    assert run("release").exit_code == 0
    assert len(run(command, "--format", "csv").stdout.splitlines()) == 1
    assert json.loads(run(command, "--format", "json").stdout) == []
