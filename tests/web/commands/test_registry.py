"""`flask registry link` says of each row of a second list whether the first has it, and why."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.web.commands.conftest import Run

COLUMNS = ["first_row", "second_row", "first_name", "second_name", "verdict", "score", "why"]
FIRST = (
    "Factory Name,Address,City,Country,Lat,Lng\n"
    "Karim Fashions Ltd.,12 Mirpur Road,Dhaka,Bangladesh,23.80,90.36\n"
    "Delta Knit Composite Ltd.,1 Agrabad,Chittagong,Bangladesh,22.32,91.81\n"
)
SECOND = "facility;country_code\nDELTA KNIT COMPOSITE LIMITED;BD\nOmega;BGD\nKarim Apparels;BD\n"


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Two lists with columns of different names."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    return first, second


def test_two_lists_are_linked(run: Run, lists: tuple[Path, Path]) -> None:
    done = run("registry", "link", *lists, "--format", "csv")
    assert done.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == COLUMNS
    assert [(row["first_row"], row["second_row"], row["verdict"]) for row in rows] == [
        ("3", "2", "certain"), ("", "3", "new"), ("", "4", "new"),
    ]  # fmt: skip
    assert rows[0]["first_name"] == "Delta Knit Composite Ltd."
    assert all(row["why"] for row in rows)
    assert "1 certain, 0 unsure, 2 new" in done.stderr


def test_json_has_numbers_and_nulls(run: Run, lists: tuple[Path, Path]) -> None:
    rows = json.loads(run("registry", "link", *lists, "--format", "json").stdout)
    assert rows[0]["first_row"] == 3
    assert rows[1]["first_row"] is None
    assert 0 <= rows[0]["score"] <= 1
    assert run("registry", "link", *lists).stdout.startswith("first_row")


def test_a_mapping_says_which_column_is_what(run: Run, lists: tuple[Path, Path], tmp_path: Path) -> None:
    odd, mapping = tmp_path / "odd.csv", tmp_path / "odd.toml"
    odd.write_text("wer,wo\nKarim Fashions,BD\n", encoding="utf-8")
    mapping.write_text(
        'name = "odd"\nas = "factories"\n[fields]\nfactory_id = { column = "wer" }\nname = { column = "wer" }\n'
        'country = { column = "wo", reads = "country" }\nsector = { constant = "knit" }\n',
        encoding="utf-8",
    )
    refused = run("registry", "link", lists[0], odd)
    assert refused.exit_code == 1
    assert "no column of names" in refused.stderr
    done = run("registry", "link", lists[0], odd, "--second-mapping", mapping, "--format", "csv")
    assert next(csv.DictReader(io.StringIO(done.stdout)))["verdict"] == "certain"


@pytest.mark.parametrize(("text", "words"), [("", ""), ("name\n", "no rows")])
def test_what_is_no_list_is_refused_with_a_sentence(
    run: Run, lists: tuple[Path, Path], tmp_path: Path, text: str, words: str
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(text, encoding="utf-8")
    for pair in ((lists[0], bad), (bad, lists[0]), (lists[0], tmp_path / "none.csv")):
        done = run("registry", "link", *pair)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert done.stderr.strip()
    assert words in run("registry", "link", lists[0], bad).stderr


def test_published_lists_are_linked_with_the_registry(run: Run, shared_data: Path) -> None:
    """A brand's list of 2018 names members of the association of 2011, in other letters and with other points."""
    first = shared_data / "osh-facility-lists" / "geocoded_5.csv"
    second = shared_data / "bgmea-factories-2011" / "bgmea_2011.csv"
    done = run("registry", "link", first, second, "--format", "csv")
    found = [row for row in csv.DictReader(io.StringIO(done.stdout)) if row["verdict"] == "certain"]
    pairs = {(row["first_name"], row["second_name"]) for row in found}
    assert ("Kavery sweaters Ltd.", "kaveri sweaters ltd.") in pairs
    assert ("AKH Fashions Ltd Ltd", "akh fashions ltd.") in pairs
    assert not {name for name, _ in pairs if "Factory-02" in name}
