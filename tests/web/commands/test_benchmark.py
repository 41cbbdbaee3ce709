"""`flask benchmark` prints the promised columns of a frozen month, or one sentence."""

import csv
import io
import json
from datetime import date

import pytest

from data.demo.world import Plan, make_world
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

PAST = date(2026, 6, 14)
COLUMNS = "cohort,country,sector,theme,on,factories,answers,p10,p25,p50,p75,p90,reason"


@pytest.fixture
def frozen(run: Run, place: Place, tmp_path) -> Run:
    """Commands over a home with eight factories and three months, released."""
    folder = tmp_path / "world"
    make_world(folder, Plan(seed=3, factories=8, weeks=13, last_day=PAST, activity=2.0))
    assert run("load", folder).exit_code == 0
    assert run("release").exit_code == 0
    return run


def test_every_promised_column_is_there_in_csv_and_json(frozen: Run) -> None:
    text = frozen("benchmark", "--format", "csv").stdout
    as_csv = list(csv.DictReader(io.StringIO(text)))
    as_json = json.loads(frozen("benchmark", "--format", "json").stdout)
    assert text.splitlines()[0] == ",".join(as_json[0]) == COLUMNS
    assert len(as_csv) == len(as_json)
    assert {row["on"] for row in as_json} == {"2026-05-31"}
    shown = [row for row in as_json if row["reason"] is None]
    assert shown
    for row in shown:
        assert row["p25"] <= row["p50"] <= row["p75"]
        assert (row["p10"], row["p90"]) == (None, None)
        assert row["factories"] % 5 == row["answers"] % 5 == row["p50"] % 1 == 0
    hidden = [row for row in as_json if row["reason"]]
    assert {row["reason"] for row in hidden} == {"not_enough"}
    assert all(row[name] is None for row in hidden for name in ("factories", "answers", "p25", "p50", "p75"))


def test_a_day_picks_its_month(frozen: Run) -> None:
    rows = json.loads(frozen("benchmark", "--on", "2026-04-07", "--format", "json").stdout)
    assert {row["on"] for row in rows} == {"2026-04-30"}


def test_a_month_that_is_not_over_is_told(frozen: Run) -> None:
    done = frozen("benchmark", "--on", "2026-06-03")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "No benchmark of 2026-06 is frozen; there are those from 2026-03 to 2026-05.\n"


def test_a_codebook_nobody_knows_is_told(frozen: Run) -> None:
    done = frozen("benchmark", "--codebook", "nothing")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no benchmark of 2026-05 in the codebook 'nothing'")


def test_before_the_first_release_it_says_what_to_do(run: Run) -> None:
    done = run("benchmark")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Nothing is released yet. Load answers with `flask load`, then run `flask release`.\n"


def test_a_usage_error_ends_with_two(run: Run) -> None:
    assert run("benchmark", "--on", "soon").exit_code == 2
