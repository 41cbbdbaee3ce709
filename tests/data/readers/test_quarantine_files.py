"""Guarding a value against spreadsheets takes nothing from it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.readers.quarantine import guarded, is_quarantine, unguarded, write_quarantine


@pytest.mark.parametrize("value", ["=1+1", "+cmd", "-cmd|x", "@sum", "\t=1", "\r=1", "\n=1", "\0=1", "'=1"])
def test_what_looks_like_a_formula_gets_an_apostrophe(value: str) -> None:
    assert guarded(value) == "'" + value


@pytest.mark.parametrize("value", ["-3", "+4.5", "woman", "", None, 7, -2.5])
def test_numbers_and_plain_words_stay_as_they_are(value: object) -> None:
    assert guarded(value) == value


@given(st.text(st.sampled_from("=+-@'\t\r\n\0 a1.")))
def test_guarding_is_undone_exactly(value: str) -> None:
    assert unguarded(str(guarded(value))) == value


def test_rows_stand_in_the_order_of_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "later" / "made.csv"
    write_quarantine([{"line": 10, "reason": "b", "x": "a\rb\n"}, {"line": 9, "reason": "a", "y": None}], path)
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["line", "reason", "x", "y"]
    assert rows == [["9", "a", "", ""], ["10", "b", "a\rb\n", ""]]
    assert is_quarantine(header)
    assert not is_quarantine(["reason", "line"])
