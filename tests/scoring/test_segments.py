"""Scores of segments are the newest slices, and tell few from none nowhere."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.home import Home
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from scoring.method import RHO
from scoring.scores import COLUMNS, scores
from scoring.segments import segment_scores
from tests.scoring.releases import Asked, Made, Reached, cell_of, write_release

ON = date(2026, 6, 20)
JUNE, MAY = (date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 4, 1), date(2026, 4, 30))

Row = tuple[str, str, str, str, date, date, int, float]


def released(folder: Path, slices: list[Row]) -> OpenRelease:
    """A release of two factories, one without a cell, that holds these slices."""
    cells = [cell_of("F1", q, date(2026, 5, 3), 20, [0.0, 100.0] * 30) for q in ("Q1", "Q2", "Q3")]
    questions = (Asked("Q1", "PAY"), Asked("Q2", "HRS"), Asked("Q3", "CTX", role="context"))
    reach = (Reached("F1", date(2026, 4, 1), 40, 30, 100),)
    made = Made(cells=cells, questions=questions, factories=("F1", "F2"), reach=reach)
    home = Home(folder)
    write_release(home, made)
    with duckdb.connect(str(home.releases / "000001.duckdb")) as connection:
        for row in slices:
            connection.execute(
                "INSERT INTO slices BY NAME SELECT ? AS factory_id, ? AS unit, ? AS dim, ? AS level, ? AS first_day, "
                "? AS last_day, ? AS n, ? AS mean, 'book' AS codebook",
                row,
            )
    found = Releases(home, Settings(home=home.root, threads=1)).current()
    assert found is not None
    return found


PAY: list[Row] = [
    ("F1", "PAY", "gender", "f", *JUNE, 60, 62.0),
    ("F1", "PAY", "gender", "m or not said", *JUNE, 120, 55.0),
    ("F1", "PAY", "gender", "f", *MAY, 40, 40.0),
    ("F1", "PAY", "gender", "m or not said", *MAY, 45, 44.0),
]


def of(rows: pd.DataFrame, factory: str, theme: str | None, dim: str) -> pd.DataFrame:
    """The rows of a unit and dimension."""
    unit = rows["theme"].isna() if theme is None else rows["theme"] == theme
    return rows[(rows["factory_id"] == factory) & unit & (rows["dim"] == dim)]


def test_a_segment_scores_the_mean_of_its_newest_slice(tmp_path: Path) -> None:
    rows = of(segment_scores(released(tmp_path, PAY), ON), "F1", "PAY", "gender")
    told = rows[["segment", "score", "raw", "n", "first_day", "last_day"]].values.tolist()
    assert told == [["f", 62.0, 62.0, 60, *JUNE], ["m or not said", 55.0, 55.0, 120, *JUNE]]
    assert rows["reason"].isna().all()


def test_the_range_knows_that_people_answer_more_than_once_and_means_are_rounded(tmp_path: Path) -> None:
    row = of(segment_scores(released(tmp_path, PAY), ON), "F1", "PAY", "gender").iloc[0]
    people = 60 * 30 / 60  # thirty effective people gave the sixty answers of the unit
    half = 1.96 * (2500.0 * (RHO / people + (1 - RHO) / 60) + 25 / 12) ** 0.5  # steps of 5
    assert row["low"] == pytest.approx(62 - half)
    assert row["high"] == pytest.approx(62 + half)


def test_a_mean_at_the_end_may_be_anything_beyond(tmp_path: Path) -> None:
    ends: list[Row] = [("F1", "PAY", "gender", "f", *JUNE, 60, 10.0), ("F1", "PAY", "gender", "m", *JUNE, 60, 90.0)]
    low, high = of(segment_scores(released(tmp_path, ends), ON), "F1", "PAY", "gender").to_dict("records")
    assert low["low"] == 0.0
    assert high["high"] == 100.0
    assert low["high"] < 40 < 60 < high["low"]


def test_an_earlier_day_has_the_slice_of_then(tmp_path: Path) -> None:
    rows = of(segment_scores(released(tmp_path, PAY), date(2026, 5, 30)), "F1", "PAY", "gender")
    assert rows["score"].tolist() == [40.0, 44.0]


def test_a_slice_is_shown_for_four_half_lives(tmp_path: Path) -> None:
    release = released(tmp_path, PAY)
    assert of(segment_scores(release, date(2026, 7, 30), half_life=15), "F1", "PAY", "gender")["score"].notna().all()
    assert of(segment_scores(release, date(2026, 7, 31), half_life=15), "F1", "PAY", "gender")["score"].isna().all()


def test_few_and_none_look_alike(tmp_path: Path) -> None:
    rows = segment_scores(released(tmp_path, PAY), ON)
    hidden = rows[rows["reason"].notna()]
    assert set(hidden["reason"]) == {"not_enough"}
    assert hidden[["segment", "score", "low", "high", "n", "first_day", "last_day"]].isna().all(axis=None)
    assert len(of(rows, "F1", "HRS", "gender")) == len(of(rows, "F2", "HRS", "gender")) == 1
    assert set(rows["theme"].dropna()) == {"PAY", "HRS"}


def test_a_further_dimension_is_asked_of_every_factory(tmp_path: Path) -> None:
    line: list[Row] = [("F1", "overall", "seg_line", "1", *JUNE, 60, 62.0)]
    rows = segment_scores(released(tmp_path, line), ON)
    assert of(rows, "F1", None, "seg_line")["score"].tolist() == [62.0]
    assert of(rows, "F2", None, "seg_line")["reason"].tolist() == ["not_enough"]


def test_factories_can_be_chosen(tmp_path: Path) -> None:
    assert set(segment_scores(released(tmp_path, PAY), ON, factories=["F2"])["factory_id"]) == {"F2"}
    assert segment_scores(released(tmp_path / "more", PAY), ON, factories=[]).empty


def test_the_table_has_every_column(tmp_path: Path) -> None:
    rows = scores(released(tmp_path, PAY), ON, level="segment")
    assert list(rows.columns) == list(COLUMNS)
    assert set(rows["level"]) == {"segment"}
