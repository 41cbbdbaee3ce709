"""What was loaded before is recognised: nothing doubles, nothing is silently taken for something else."""

from pathlib import Path

import pytest

from data.readers.kinds import KINDS
from tests.conftest import ROOT
from tests.data.vault.place import HEADER, Place, counts, parquet_twin, quarantined

SAMPLE = ROOT / "data" / "sample"
SITTING = "F1,2026-06-08,GRV-02,4,app,woman,s1"
NAMELESS = "F1,2026-06-08,GRV-02,4,app,woman,"


def test_the_same_folder_twice_adds_nothing(place: Place) -> None:
    first = place.load(SAMPLE)
    before = place.kept()
    again = place.load(SAMPLE)
    assert [(o.file, o.already_present, o.accepted, o.rejected) for o in again.outcomes] == [
        (o.file, o.accepted, 0, 0) for o in first.outcomes
    ]
    assert {o.file for o in first.outcomes} == set(KINDS) - {"indicators"}
    grown = {name for name, rows in place.kept().items() if rows != before[name]}
    assert grown == {"loads", "files", "state.loads"}, "only the book of loads notes the second one"


def test_csv_and_parquet_make_identical_cells(tmp_path: Path) -> None:
    csv, parquet = Place.at(tmp_path / "a"), Place.at(tmp_path / "b")
    types = {"date": "DATE", "value": "INTEGER", "placed_date": "TIMESTAMP", "headcount": "BIGINT", "since": "DATE"}
    csv.load(SAMPLE)
    report = parquet.load(parquet_twin(SAMPLE, tmp_path / "twin", types))
    assert all(outcome.rejected == 0 for outcome in report.outcomes)
    assert csv.release().cells == parquet.release().cells > 50
    assert csv.cells() == parquet.cells()
    for made in (csv, parquet):
        made.state.close()


def test_what_came_as_csv_is_present_when_it_comes_as_parquet(place: Place, tmp_path: Path) -> None:
    first = place.load(SAMPLE)
    again = place.load(parquet_twin(SAMPLE, tmp_path / "twin", {"value": "DOUBLE", "date": "TIMESTAMP"}))
    assert [o.already_present for o in again.outcomes] == [o.accepted for o in first.outcomes]
    assert sum(o.accepted + o.rejected for o in again.outcomes) == 0


@pytest.mark.parametrize("row", [SITTING, NAMELESS])
def test_a_renamed_file_brings_nothing_new(place: Place, tmp_path: Path, row: str) -> None:
    place.answers([row])
    other = tmp_path / "another name.csv"
    other.write_text(f"{HEADER}\n{row}\n")
    assert counts(place.of("answers", place.load(other, "answers"))) == (0, 0, 1)


@pytest.mark.parametrize("ending", [",s{}", ","])
def test_an_overlapping_export_brings_only_what_is_new(place: Place, ending: str) -> None:
    rows = [f"F1,2026-06-{day:02},GRV-02,{1 + day % 5},app,woman{ending.format(day)}" for day in range(1, 21)]
    assert counts(place.answers(rows[:12])) == (12, 0, 0)
    assert counts(place.answers(rows[5:])) == (8, 0, 7)
    assert place.ask("SELECT count(*), count(DISTINCT day) FROM answers") == [(20, 20)]


def test_identical_rows_without_a_sitting_are_different_people(place: Place) -> None:
    assert counts(place.answers([NAMELESS] * 3)) == (3, 0, 0)
    assert counts(place.answers([NAMELESS] * 3)) == (0, 0, 3)
    assert counts(place.answers([NAMELESS] * 5)) == (2, 0, 3)
    assert counts(place.answers([NAMELESS] * 2, source="the other line")) == (2, 0, 0)
    assert place.ask("SELECT count(*) FROM answers") == [(7,)]


def test_a_source_does_not_keep_sittings_apart(place: Place) -> None:
    place.answers([SITTING])
    assert counts(place.answers([SITTING], source="again")) == (0, 0, 1)


@pytest.mark.parametrize(
    "other",
    [
        "F1,2026-06-08,GRV-02,5,app,woman,s1",
        "F2,2026-06-08,GRV-02,4,app,woman,s1",
        "F1,2026-06-09,GRV-02,4,app,woman,s1",
    ],
    ids=["value", "factory", "day"],
)
@pytest.mark.parametrize("together", [True, False])
def test_a_sitting_cannot_answer_twice(place: Place, other: str, together: bool) -> None:
    if together:
        outcome = place.answers([SITTING, other])
        assert counts(outcome) == (1, 1, 0)
    else:
        place.answers([SITTING])
        outcome = place.answers([other])
        assert counts(outcome) == (0, 1, 0)
    assert quarantined(outcome)[0]["reason"] == "sitting 's1' already answered 'GRV-02' otherwise"
    assert place.ask("SELECT level, CAST(day AS VARCHAR) FROM answers") == [(4, "2026-06-08")]


def test_the_same_answer_of_a_sitting_in_one_file_counts_once(place: Place) -> None:
    assert counts(place.answers([SITTING, SITTING, SITTING.replace(",4,", ",4.0,")])) == (1, 0, 2)


def test_a_file_whose_rows_moved_is_the_same(place: Place) -> None:
    rows = [NAMELESS, NAMELESS, SITTING, "F2,2026-06-08,GRV-02,1,sms,,"]
    place.answers(rows)
    assert counts(place.answers(rows[::-1])) == (0, 0, 4)


def test_keys_of_people_and_sittings_are_kept_as_hashes_only(place: Place) -> None:
    header = f"{HEADER},respondent_key"
    place.answers([f"{SITTING},Karim", f"{SITTING.replace('s1', 's2')},Karim"], header)
    assert place.ask("SELECT count(DISTINCT sitting), count(DISTINCT person) FROM answers") == [(2, 1)]
    kept = (place.home.vault).read_bytes()
    assert b"Karim" not in kept


def test_a_dry_run_says_the_same_and_keeps_nothing(place: Place) -> None:
    before = place.kept()
    dry = place.load(SAMPLE, dry_run=True)
    assert place.kept() == before
    assert list(place.home.quarantine.iterdir()) == []
    assert [counts(o) for o in dry.outcomes] == [counts(o) for o in place.load(SAMPLE).outcomes]
