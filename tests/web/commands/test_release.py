"""`flask release` publishes what may be seen, and says in one sentence when there is nothing to publish."""

import json

import duckdb

from tests.conftest import ROOT
from tests.data.vault.place import Place
from tests.web.commands.conftest import Run

SAMPLE = ROOT / "data" / "sample"


def test_json_has_exactly_the_promised_shape(run: Run, place: Place) -> None:
    run("load", SAMPLE)
    done = run("release", "--format", "json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert list(said) == ["release", "path", "cells", "closed_now"]
    assert said["path"] == str(place.home.releases / "000001.duckdb")
    with duckdb.connect(said["path"], read_only=True) as connection:
        assert connection.execute("SELECT count(*), min(n) >= 10 FROM cells").fetchall() == [(said["cells"], True)]
    assert said["cells"] == said["closed_now"] > 0


def test_up_to_a_day_and_then_the_rest(run: Run) -> None:
    run("load", SAMPLE)
    first = json.loads(run("release", "--through", "2026-07-05", "--format", "json").stdout)
    rest = json.loads(run("release", "--format", "json").stdout)
    assert (first["release"], rest["release"]) == (1, 2)
    assert rest["cells"] == first["cells"] + rest["closed_now"]
    assert rest["closed_now"] > 0


def test_before_anything_is_loaded_it_says_so(run: Run) -> None:
    done = run("release")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "No answers are loaded yet. Load some with `flask load`, then release.\n"


def test_it_never_goes_back(run: Run) -> None:
    run("load", SAMPLE)
    run("release")
    done = run("release", "--through", "2026-06-10")
    assert done.exit_code == 1
    assert done.stderr.endswith("a release through 2026-06-10 would go back.\n")


def test_whoever_holds_the_vault_is_named(run: Run, place: Place) -> None:
    run("load", SAMPLE)
    with place.home.hold_vault("mending"):
        done = run("release")
    assert done.exit_code == 1
    assert "(mending)" in done.stderr


def test_a_day_that_is_none_is_a_usage_error(run: Run) -> None:
    assert run("release", "--through", "soon").exit_code == 2
