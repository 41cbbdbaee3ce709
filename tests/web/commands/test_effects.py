"""`flask effects` prints the promised columns, or one sentence."""

import csv
import io
import json
from datetime import date

import pytest

from data.demo.world import Plan, make_world
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

COLUMNS = {
    "kind": "kind,indicator_id,theme,effect,low,high,p,q_bh,q_by,verdict,events,factories,pretrend_p",
    "profile": "kind,indicator_id,lag,effect,low,high",
    "event": "action_id,kind,factory_id,buyer_id,indicator_id,effect,low,high,p",
    "buyer": "buyer_id,indicator_id,worker_week_points,low,high,actions,factories",
}


@pytest.fixture
def released(run: Run, place: Place, tmp_path) -> Run:
    """Commands over a home with six factories and half a year, released."""
    folder = tmp_path / "world"
    make_world(folder, Plan(seed=3, factories=6, weeks=26, last_day=date(2026, 6, 14), activity=2.0))
    assert run("load", folder).exit_code == 0
    assert run("release").exit_code == 0
    return run


def test_every_promised_column_is_there(released: Run) -> None:
    for level, columns in COLUMNS.items():
        text = released("effects", "--level", level, "--format", "csv").stdout
        assert text.splitlines()[0] == columns
        rows = json.loads(released("effects", "--level", level, "--format", "json").stdout)
        assert len(rows) == len(list(csv.DictReader(io.StringIO(text))))


def test_six_factories_are_too_few_to_compare(released: Run) -> None:
    rows = json.loads(released("effects", "--format", "json").stdout)
    assert {row["verdict"] for row in rows} == {"too_few_events"}
    assert {row["effect"] for row in rows} == {None}
    assert json.loads(released("effects", "--level", "buyer", "--format", "json").stdout) == []


def test_what_cannot_be_told_is_said_in_a_sentence(released: Run) -> None:
    assert released("effects", "--level", "nothing").exit_code == 2
    done = released("effects", "--level", "buyer", "--of", "theme")
    assert (done.exit_code, done.stdout) == (1, "")
    done = released("effects", "--codebook", "x")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("There are no effects in the codebook 'x'")


def test_before_a_release_it_says_what_to_do(run: Run, place: Place) -> None:
    done = run("effects")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Nothing is released yet.")
