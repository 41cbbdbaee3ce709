"""The table in docs/security.md promises nothing that no test carries in its name."""

import re

import pytest

from tests.conftest import ROOT

TABLE = (ROOT / "docs" / "security.md").read_text("utf-8").partition("| number |")[2]
Number = tuple[int, int, int]


def number(text: str) -> Number:
    """A number of the standard."""
    chapter, section, item = map(int, text.split("."))
    return chapter, section, item


def promised(cell: str) -> set[Number]:
    """The numbers in a cell of the table, spans written out."""
    found = set()
    for part in cell.split(","):
        first, _, last = part.strip().partition("–")
        start, end = number(first), number(last or first)
        found |= {(*start[:2], item) for item in range(start[2], end[2] + 1)}
    return found


def carried() -> set[Number]:
    """The numbers in the names of all tests; `v3_3_1_to_v3_3_4` is four of them."""
    found = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        for name in re.findall(r"^def (test_v\d\w+)", file.read_text("utf-8"), re.MULTILINE):
            spelled = re.sub(r"v(\d+)_(\d+)_(\d+)_to_v\d+_\d+_(\d+)", r"v\1.\2.\3–\1.\2.\4", name)
            dotted = re.sub(r"v(\d+)_(\d+)_(\d+)", r"v\1.\2.\3", spelled)
            for cell in re.findall(r"v(\d+\.\d+\.\d+(?:–\d+\.\d+\.\d+)?)", dotted):
                found |= promised(cell)
    return found


ROWS = [line.split("|")[1:4] for line in TABLE.splitlines() if re.match(r"\| \d", line)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_a_promise_is_tested_where_the_table_says(row: list[str]) -> None:
    cell, _, where = row
    assert promised(cell) <= carried()
    for place in re.findall(r"`([^`]+)`", where):
        assert (ROOT / "tests" / f"{place}.py").exists(), place


def test_the_table_is_read() -> None:
    assert len(ROWS) >= 15
    assert promised("3.3.1–3.3.3, 7.4.5") == {(3, 3, 1), (3, 3, 2), (3, 3, 3), (7, 4, 5)}
    assert {(3, 3, 2), (6, 3, 8), (8, 3, 2)} <= carried()
