"""`flask scores` prints every promised column, for any day, and never tells few answers from none."""

import csv
import io
import json

import pytest

from tests.conftest import ROOT
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

SAMPLE = ROOT / "data" / "sample"
COLUMNS = (
    "level,codebook,factory_id,theme,indicator_id,dim,segment,on,score,low,high,outer_low,outer_high,raw,adjusted,"
    "n,people,grade,status,first_day,last_day,reason"
)


@pytest.fixture
def scored(run: Run) -> Run:
    """Commands over a home with the sample loaded and released."""
    run("load", SAMPLE)
    assert run("release").exit_code == 0
    return run


def test_every_promised_column_is_there_in_csv_and_json(scored: Run) -> None:
    text = scored("scores", "--format", "csv").stdout
    as_csv = list(csv.DictReader(io.StringIO(text)))
    as_json = json.loads(scored("scores", "--format", "json").stdout)
    assert text.splitlines()[0] == ",".join(as_json[0]) == COLUMNS
    assert len(as_csv) == len(as_json)
    shown = [row for row in as_json if row["score"] is not None]
    assert {row["level"] for row in shown} >= {"factory", "theme", "indicator"}
    assert all(0 <= row["low"] <= row["score"] <= row["high"] <= 100 for row in shown)
    assert all(row["n"] % 5 == 0 for row in shown)


def test_what_may_not_be_shown_is_empty_and_says_only_that(scored: Run) -> None:
    rows = json.loads(scored("scores", "--format", "json").stdout)
    hidden = [row for row in rows if row["score"] is None]
    told = {"level", "codebook", "factory_id", "theme", "indicator_id", "dim", "segment", "on", "reason"}
    assert hidden
    for row in hidden:
        assert row["reason"] in ("not_enough", "not_asked")
        assert [name for name in COLUMNS.split(",") if row[name] is not None and name not in told] == []


def test_a_level_and_a_factory_can_be_picked(scored: Run) -> None:
    rows = json.loads(scored("scores", "--level", "theme", "--factory", "S1", "--format", "json").stdout)
    assert {(row["level"], row["factory_id"]) for row in rows} == {("theme", "S1")}


def test_a_day_before_the_first_cell_has_no_score(scored: Run) -> None:
    rows = json.loads(scored("scores", "--on", "2026-01-01", "--format", "json").stdout)
    assert all(row["score"] is None for row in rows)


def test_a_shorter_half_life_counts_the_newest_answers_more(scored: Run) -> None:
    ask = ("scores", "--level", "indicator", "--format", "json")
    usual, short = (json.loads(scored(*ask, *more).stdout) for more in ((), ("--half-life", "7")))
    assert [row["score"] for row in usual] != [row["score"] for row in short]


def test_a_factory_nobody_knows_is_told(scored: Run) -> None:
    done = scored("scores", "--factory", "S99")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "There is no factory 'S99' in the newest release.\n"


def test_before_the_first_release_it_says_what_to_do(run: Run, place: Place) -> None:
    for arguments in (["scores"], ["scores", "--factory", "S1"]):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == "Nothing is released yet. Load answers with `flask load`, then run `flask release`.\n"


@pytest.mark.parametrize("arguments", [["--level", "village"], ["--on", "soon"], ["--half-life", "0"]])
def test_a_usage_error_ends_with_two(run: Run, arguments: list[str]) -> None:
    assert run("scores", *arguments).exit_code == 2
