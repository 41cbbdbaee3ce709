"""`flask scores` prints every promised column, for any day, and never tells few answers from none."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from app import create_app
from data.home import Home
from data.settings import Settings
from tests.conftest import ROOT
from tests.data.vault.place import Place
from tests.scoring.releases import Asked, Made, write_release
from tests.scoring.slow_scores import RULES, slow_scores
from tests.scoring.worlds import ON, even_cells, even_reach, random_release
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
    assert {row["level"] for row in shown} == {"theme", "indicator"}, "too few people for an overall score"
    assert all(0 <= row["low"] <= row["score"] <= row["high"] <= 100 for row in shown)
    assert all(0 <= row["outer_low"] <= row["low"] <= row["high"] <= row["outer_high"] <= 100 for row in shown)
    assert all(row["n"] % 5 == 0 for row in shown)
    assert {row["grade"] for row in shown} <= {"A", "B", "C", "D"}
    assert {row["status"] for row in shown} == {"settling_in"}


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
    for arguments in (["scores"], ["scores", "--factory", "S1"], ["scores", "--factory", "S1", "--explain"]):
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == "Nothing is released yet. Load answers with `flask load`, then run `flask release`.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--level", "village"],
        ["--on", "soon"],
        ["--half-life", "0"],
        ["--explain"],
        ["--explain", "--level", "theme"],
        ["--explain", "--factory", "S1", "--level", "segment"],
        ["--method"],
    ],
)
def test_a_usage_error_ends_with_two(scored: Run, arguments: list[str]) -> None:
    done = scored("scores", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")


def test_an_older_method_can_be_asked_for(scored: Run) -> None:
    """1.0 asks for no number of people, allows for nobody's silence and steadies nothing."""
    rows = json.loads(scored("scores", "--method", "1.0", "--format", "json").stdout)
    shown = [row for row in rows if row["score"] is not None]
    assert {row["level"] for row in shown} == {"factory", "theme", "indicator"}
    assert all(row["score"] == row["raw"] for row in shown)
    assert all(row["outer_low"] is None is row["outer_high"] for row in shown)
    assert json.loads(scored("scores", "--method", "1.1", "--format", "json").stdout) != rows


@pytest.mark.parametrize("version", ["9.9", "1", ""])
def test_a_method_nobody_knows_is_told(scored: Run, version: str) -> None:
    done = scored("scores", f"--method={version}")
    if not version:
        assert done.stdout == scored("scores").stdout, "an empty one is none"
        return
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"There is no method '{version}'; there are 1.0, 1.1.\n"


def refused(name: str) -> None:
    """Raises: JSON has no such number."""
    raise AssertionError(f"{name} is no number that JSON knows")


def test_every_score_of_a_factory_is_explained(scored: Run) -> None:
    for more in ([], ["--method", "1.0"], ["--level", "theme"], ["--half-life", "30", "--on", "2026-05-01"]):
        chains = json.loads(scored("scores", "--factory", "S1", "--explain", *more).stdout, parse_constant=refused)
        rows = json.loads(scored("scores", "--factory", "S1", "--format", "json", *more).stdout)
        told = {row["indicator_id"] or row["theme"] or "": row["score"] for row in rows if row["score"] is not None}
        assert {one["key"]: one["score"] for one in chains} == told
        assert {one["factory_id"] for one in chains} <= {"S1"}
        for one in chains:
            drawn = (1 - one["pull"]) * one["level"] + one["pull"] * one["peer_mean"]
            assert drawn == pytest.approx(one["score"])


def test_where_nothing_is_shown_nothing_is_explained(scored: Run) -> None:
    assert json.loads(scored("scores", "--factory", "S1", "--explain", "--on", "2025-01-01").stdout) == []


def test_a_factory_nobody_knows_is_not_explained(scored: Run) -> None:
    done = scored("scores", "--factory", "S99", "--explain")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "There is no factory 'S99' in the newest release.\n"


def test_a_factory_that_changed_its_codebook_is_explained_by_both(place: Place, run: Run) -> None:
    questions = [Asked("Q1", "T1", codebook="old"), Asked("Q9", "T9", codebook="new")]
    old, new = even_cells("F1", questions[0], 40, ON - timedelta(days=90)), even_cells("F1", questions[1], 60, weeks=9)
    write_release(place.home, Made([*old, *new], questions, reach=[even_reach("F1")]))
    done = run("scores", "--factory", "F1", "--explain")
    assert done.exit_code == 0
    found = {(one["codebook"], one["key"]): one["score"] for one in json.loads(done.stdout)}
    expected = {
        (book, key): score for book, i, score in (("old", 1, 40), ("new", 9, 60)) for key in ("", f"T{i}", f"Q{i}")
    }
    assert found == pytest.approx(expected)


@pytest.fixture(scope="module")
def random_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Commands over a random release."""
    home = Home(tmp_path_factory.mktemp("random"))
    write_release(home, random_release(3))
    runner = create_app(Settings(home=home.root, threads=1)).test_cli_runner()
    return lambda *arguments: runner.invoke(args=[str(a) for a in arguments], catch_exceptions=False)


def test_both_forms_say_the_same(random_run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(random_run("scores", "--format", "csv").stdout)))
    objects = json.loads(random_run("scores", "--format", "json").stdout, parse_constant=refused)
    assert {row["on"] for row in objects} == {max(cell.closed for cell in random_release(3).cells).isoformat()}
    for row, told in zip(rows, objects, strict=True):
        assert {k: "" if v is None else str(v) for k, v in told.items()} == row
        assert (row["reason"] == "not_enough") == (row["score"] == "" == row["low"] == row["n"] == row["grade"])


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_day_half_life_level_factory_and_method_are_the_slow_ways(random_run: Run, version: str) -> None:
    ask = ["--level", "theme", "--factory", "F00", "--on", "2026-03-01", "--half-life", "30", "--method", version]
    rows = json.loads(random_run("scores", "--format", "json", *ask).stdout)
    slow = slow_scores(random_release(3), date(2026, 3, 1), RULES[version], 30)
    expected = {key[3]: row.score for key, row in slow.items() if key[0] == "theme" and key[2] == "F00"}
    assert expected
    assert {row["theme"]: row["score"] for row in rows if row["score"] is not None} == pytest.approx(expected)
    assert {(row["level"], row["factory_id"], row["on"]) for row in rows} == {("theme", "F00", "2026-03-01")}
