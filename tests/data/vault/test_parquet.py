"""Parquet with typed columns is read as if the same were written in CSV, wherever the file lies."""

from pathlib import Path

import pytest

from tests.data.vault.place import FACTORIES, Place, counts, quarantined, written

ANSWERS = "'F1' AS factory_id, DATE '2026-06-08' AS date, 'GRV-02' AS indicator_id, 4 AS value"


def parquet(place: Place, answers: str, name: str = "drop") -> Path:
    """A folder with two factories and these answers, as Parquet."""
    folder = place.files(name)
    written(folder / "answers.parquet", f"SELECT {answers}")
    return folder


@pytest.mark.parametrize("value", ["4::DOUBLE", "4::TINYINT", "4::DECIMAL(9, 2)", "'4'", "4::UBIGINT"])
def test_values_of_any_number_type_are_read(place: Place, value: str) -> None:
    answers = place.of("answers", place.load(parquet(place, ANSWERS.replace("4 AS", f"{value} AS"))))
    assert counts(answers) == (1, 0, 0)
    assert place.ask("SELECT level FROM answers") == [(4,)]


@pytest.mark.parametrize("day", ["DATE '2026-06-08'", "TIMESTAMP '2026-06-08 23:30:00'", "'2026-06-08'"])
def test_days_of_any_type_are_read(place: Place, day: str) -> None:
    place.load(parquet(place, ANSWERS.replace("DATE '2026-06-08'", day)))
    assert place.ask("SELECT CAST(day AS VARCHAR) FROM answers") == [("2026-06-08",)]


def test_a_number_for_a_sitting_is_the_same_sitting_as_in_csv(place: Place) -> None:
    place.load(parquet(place, f"{ANSWERS}, 17::BIGINT AS submission_id"))
    assert counts(place.answers(["F1,2026-06-08,GRV-02,4,,,17"])) == (0, 0, 1)


def test_truth_and_numbers_in_small_tables_are_read(place: Place) -> None:
    folder = parquet(place, ANSWERS.replace("GRV-02", "X1"))
    written(
        folder / "indicators.parquet",
        "SELECT 'X1' AS indicator_id, 'pay' AS theme, 'Paid?' AS text, 'ordinal5' AS scale, -1::INTEGER AS polarity, "
        "true AS zero_tolerance, NULL::VARCHAR AS codebook",
    )
    report = place.load(folder)
    assert [counts(outcome) for outcome in report.outcomes] == [(2, 0, 0), (1, 0, 0), (1, 0, 0)]
    asked = "SELECT polarity, zero_tolerance, codebook FROM questions WHERE indicator_id = 'X1'"
    assert place.ask(asked) == [(-1, True, "drop")]


def test_segments_and_unknown_columns_are_read_as_from_csv(place: Place) -> None:
    report = place.load(parquet(place, f'{ANSWERS}, 3 AS seg_line, \'x\' AS "odd ""name", 1 AS file_row_number'))
    assert report.warnings == (
        'answers.parquet: the columns odd "name, file_row_number are not known and were ignored.',
    )
    assert place.ask("SELECT others FROM answers") == [({"seg_line": "3"},)]


def test_rejected_rows_are_numbered_from_one(place: Place) -> None:
    folder = place.files()
    written(
        folder / "answers.parquet",
        "SELECT 'F1' AS factory_id, DATE '2026-06-08' AS date, 'GRV-02' AS indicator_id, i AS value "
        "FROM range(1, 8) AS t(i)",
    )
    outcome = place.of("answers", place.load(folder))
    assert counts(outcome) == (5, 2, 0)
    assert [(row["line"], row["value"]) for row in quarantined(outcome)] == [("6", "6"), ("7", "7")]


@pytest.mark.parametrize("name", ["factory_id=F9", "gender=woman", "june [1]", "wave?", "all*"])
def test_the_name_of_a_folder_says_nothing_about_its_rows(place: Place, name: str) -> None:
    place.files("allowed", answers="factory_id,date,indicator_id,value\n")
    written(place.folder / "allowed" / "answers.parquet", f"SELECT {ANSWERS.replace('F1', 'F9')}")
    report = place.load(parquet(place, ANSWERS, name))
    assert report.warnings == ()
    assert counts(place.of("answers", report)) == (1, 0, 0)
    assert place.ask("SELECT gender FROM answers") == [(None,)]


def test_one_kind_may_come_as_parquet_and_another_as_csv(place: Place) -> None:
    folder = place.files(answers="factory_id,date,indicator_id,value\nF1,2026-06-08,GRV-02,4\n")
    (folder / "factories.csv").unlink()
    (place.folder / "f.csv").write_text(FACTORIES)
    written(folder / "factories.parquet", f"FROM read_csv('{place.folder / 'f.csv'}', all_varchar = true)")
    assert [counts(outcome) for outcome in place.load(folder).outcomes] == [(2, 0, 0), (1, 0, 0)]
    assert place.ask("SELECT country FROM factories ORDER BY factory_id") == [("BD",), ("NA",)]
