"""`flask imports`: what was loaded, by number; a load is taken out, or one sentence says why not."""

import json

from tests.conftest import ROOT
from tests.web.commands.conftest import Run

SAMPLE = str(ROOT / "data" / "sample")


def test_a_load_is_listed_and_taken_out(run: Run) -> None:
    assert run("load", SAMPLE).exit_code == 0
    [row] = json.loads(run("imports", "list", "--format", "json").stdout)
    assert (row["load"], row["name"], row["stage"]) == (1, "sample", "loaded")
    gone = run("imports", "undo", "1")
    assert gone.exit_code == 0
    assert gone.stdout.startswith("Load 1 is undone: ")
    assert json.loads(run("imports", "list", "--format", "json").stdout)[0]["stage"] == "undone"
    again = json.loads(run("load", SAMPLE, "--format", "json").stdout)["files"]
    assert next(f for f in again if f["file"] == "answers")["already_present"] == 0


def test_what_cannot_be_undone_is_told_in_one_sentence(run: Run) -> None:
    missing = run("imports", "undo", "7")
    assert (missing.exit_code, missing.stderr) == (1, "There is no load 7.\n")
    assert run("imports", "undo", "0").exit_code == 2
    run("load", SAMPLE)
    run("release")
    late = run("imports", "undo", "1")
    assert late.exit_code == 1
    assert "release 1 took it in" in late.stderr
