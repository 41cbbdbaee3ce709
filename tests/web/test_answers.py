"""The printer of rows: three forms, one content, no formula."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.commands.answers import print_rows

ROWS = [
    {"factory_id": "F1", "score": 57.25, "n": 40, "on": date(2026, 3, 1), "reason": None, "demo": True},
    {"factory_id": "F22", "score": None, "n": -5, "on": None, "reason": "not_enough", "demo": False},
]
COLUMNS = ("factory_id", "score", "n", "on", "reason", "demo")


def printed(rows, columns, form: str) -> str:
    out = io.StringIO()
    print_rows(rows, columns, form, out)
    return out.getvalue()


def test_csv_has_a_header_and_empty_cells() -> None:
    assert printed(ROWS, COLUMNS, "csv") == (
        "factory_id,score,n,on,reason,demo\nF1,57.25,40,2026-03-01,,true\nF22,,-5,,not_enough,false\n"
    )


def test_json_is_a_list_of_objects_with_null() -> None:
    assert json.loads(printed(ROWS, COLUMNS, "json")) == [
        {"factory_id": "F1", "score": 57.25, "n": 40, "on": "2026-03-01", "reason": None, "demo": True},
        {"factory_id": "F22", "score": None, "n": -5, "on": None, "reason": "not_enough", "demo": False},
    ]


def test_a_table_aligns_numbers_to_the_right() -> None:
    assert printed(ROWS, COLUMNS, "table") == (
        "factory_id  score   n  on          reason      demo\n"
        "----------  -----  --  ----------  ----------  -----\n"
        "F1          57.25  40  2026-03-01              true\n"
        "F22                -5              not_enough  false\n"
    )


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_no_rows_still_answer(form: str) -> None:
    text = printed([], ("a", "b"), form)
    assert text == {"csv": "a,b\n", "json": "[]\n", "table": "a  b\n-  -\n"}[form]


def test_only_the_named_columns_are_printed_and_a_missing_one_is_empty() -> None:
    assert printed([{"a": 1, "secret": 2}], ("a", "b"), "csv") == "a,b\n1,\n"


def test_instants_carry_their_zone_and_lists_stay_lists() -> None:
    row = {"at": datetime(2026, 3, 1, 12, tzinfo=UTC), "of": [1, "é"]}
    assert printed([row], ("at", "of"), "csv") == 'at,of\n2026-03-01T12:00:00+00:00,"[1, ""é""]"\n'
    assert json.loads(printed([row], ("at", "of"), "json"))[0]["of"] == [1, "é"]


@given(st.sampled_from("=+-@\t\r\n\0"), st.text(max_size=10))
def test_v1_2_10_no_text_cell_of_a_csv_is_a_formula(first: str, rest: str) -> None:
    text = printed([{"a": first + rest}], ("a",), "csv")
    assert text.split("\n", 1)[1].lstrip('"').startswith("'")


@given(st.text().filter(lambda t: "\0" not in t and "\r" not in t))
def test_a_csv_cell_comes_back_as_it_was(value: str) -> None:
    rows = list(csv.reader(io.StringIO(printed([{"a": value, "b": 1}], ("a", "b"), "csv"), newline="")))
    assert rows[1][0].removeprefix("'") == value.removeprefix("'")


def test_a_terminal_gets_no_control_characters() -> None:
    text = printed([{"a": "x\x1b[2J\ny"}], ("a",), "table")
    assert "\x1b" not in text
    assert len(text.splitlines()) == 3


def test_not_a_number_never_gets_into_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        printed([{"a": float("nan")}], ("a",), "json")
