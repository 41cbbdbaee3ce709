"""A workbook holds the CSV's cells as what they are, says what they mean, and computes nothing."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest

from components import benchmark_file, event_study_table, indicator_file, series_table, supplier_file
from components.table_columns import Column, Kind, dated, measured, names, worded
from components.workbook import LEFT_OUT, Notes, notes_of, workbook
from scoring.benchmark_words import citation
from scoring.benchmarks import COLUMNS as OF_FORMATS
from scoring.model import Stamp
from scoring.supplier_order import arranged
from scoring.supplier_views import SuppliersQuery
from tests import (
    sample_benchmarks,
    sample_cascade,
    sample_indicators,
    sample_overview,
    sample_suppliers,
    sample_timeline,
)
from tests.workbooks import active_parts, day_of, parts, sheets

STAMP = Stamp(42, date(2026, 11, 20), "1.2", demo=True)
COLUMNS = (worded("name", "Whose."), dated("on", "When."), measured("score", "How much."))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")', "http://x.example", "  =1",
           "'=1", "{=1}", "007", "\x00\x0b", "<b>&amp;"]  # fmt: skip


def made(rows: list[list[str]], columns: tuple[Column, ...] = COLUMNS) -> bytes:
    """A small workbook."""
    return workbook(Notes("Scores", STAMP, (("Licence", "CC BY 4.0"),)), columns, rows)


def csv_lines(text: str) -> list[list[str]]:
    """The cells of a CSV without its comments."""
    return list(csv.reader(line for line in io.StringIO(text, newline="") if not line.startswith("#")))


def test_numbers_and_days_are_such_and_a_gap_is_empty() -> None:
    data = sheets(made([["Meghdal", "2026-11-20", "57.5"], ["Nilvani", "", ""], ["", "2026-02-01", "-3"]]))["Data"]
    assert data[0] == ["name", "on", "score"]
    assert data[1] == ["Meghdal", data[1][1], 57.5]
    assert day_of(data[1][1]) == date(2026, 11, 20)
    assert data[2] == ["Nilvani"]
    assert (data[3][0], data[3][2]) == (None, -3.0)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", range(3))
def test_no_text_is_ever_a_formula_a_link_or_a_number(text: str, place: int) -> None:
    row = ["a", "2026-11-20", "1"]
    row[place] = text
    content = workbook(
        Notes(text, STAMP, ((text, text),)), (Column(text, text, text), *COLUMNS[1:]), [row, row],
    )  # fmt: skip
    assert active_parts(content) == []
    found = sheets(content)
    wanted: object = float(text) if place == 2 and text in ("+1", "-1", "007") else text
    if "\x00" not in text and "\r" not in text:
        assert found["Data"][1][place] == wanted
        assert found["Data"][0][0] == found["Dictionary"][1][0] == text
        assert ["Title", text] in found["Notes"]
    assert isinstance(found["Data"][1][place], float if isinstance(wanted, float) else str)


def test_a_formula_would_be_found() -> None:
    """The reader of these tests is not blind."""
    import xlsxwriter

    made_of = io.BytesIO()
    with xlsxwriter.Workbook(made_of, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write(0, 0, "=1+1")
        sheet.write(1, 0, "http://x.example")
    assert active_parts(made_of.getvalue()) == ["xl/worksheets/sheet1.xml"]


def test_notes_and_dictionary_say_what_it_is() -> None:
    found = sheets(made([["Meghdal", "2026-11-20", "57"]]))
    assert list(found) == ["Data", "Notes", "Dictionary"]
    assert found["Notes"] == [
        ["Title", "Scores"], ["Release", "42"], ["Answers through", "2026-11-20"], ["Method", "1.2"],
        ["Licence", "CC BY 4.0"], ["What is left out", LEFT_OUT],
    ]  # fmt: skip
    assert found["Dictionary"] == [
        ["column", "meaning", "unit", "kind"],
        ["name", "Whose.", "", "text"],
        ["on", "When.", "date, year-month-day", "day"],
        ["score", "How much.", "points, 0 to 100", "number"],
    ]


def test_the_head_stays_in_sight_and_filters_all_rows() -> None:
    sheet = parts(made([["a", "", "1"], ["b", "", "2"]]))["xl/worksheets/sheet1.xml"]
    assert 'ySplit="1"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:C3"/>' in sheet
    assert '<autoFilter ref="A1:C1"/>' in parts(made([]))["xl/worksheets/sheet1.xml"]


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert made([["a", "2026-11-20", "1"]]) == made([["a", "2026-11-20", "1"]])
    assert made([["a", "2026-11-20", "1"]]) != made([["a", "2026-11-20", "2"]])


@pytest.mark.parametrize(("kind", "odd"), [(Kind.NUMBER, "nan"), (Kind.NUMBER, "inf"), (Kind.DAY, "2026-99-01")])
def test_what_is_no_number_or_day_stays_text(kind: Kind, odd: str) -> None:
    assert sheets(made([[odd]], (Column("x", "X.", "", kind),)))["Data"][1] == [odd]


def test_comments_become_notes() -> None:
    found = notes_of(STAMP, ("Seamline: what", "Release 42 through 2026-11-20 · method 1.2", "Scores are 0 to 100"))
    assert found == Notes("what", STAMP, (("Note", "Scores are 0 to 100"),))


def files(start: str = "=") -> dict[str, tuple[bytes, str, tuple[str, ...]]]:
    """Every workbook of the portal, with the CSV of the same view and its columns; each with names like formulas."""
    name = f"{start}cmd|' /C calc'!A0"
    odd = replace(sample_overview.FACTORY, name=name, factory_id=f"{start}F1")
    page = replace(sample_indicators.indicators(), factory=odd)
    chain = sample_indicators.explained("hours")
    line = replace(sample_timeline.view(), factory=odd)
    line_of = sample_cascade.line("a1", -1.0, 3.0)
    study = sample_cascade.study(lines=[replace(line_of, action=replace(line_of.action, action_id=f"{start}A1"))])
    buyer = sample_suppliers.view([sample_suppliers.named(sample_suppliers.MEGHDAL, name), *sample_suppliers.EVERY[1:]])
    groups = arranged(buyer, SuppliersQuery())
    rows = [(row[0], row[1] and f"{start}{row[1]}", *row[2:]) for row in sample_benchmarks.ROWS]
    bench = sample_benchmarks.view(rows=rows)
    told = (event_study_table.event_study_csv, event_study_table.event_study_workbook)
    weeks_csv, weeks = (one([study], name, STAMP) for one in told)
    return {
        "indicators": (indicator_file.indicators_workbook(page, chain), indicator_file.indicators_csv(page, chain),
                       indicator_file.COLUMNS),
        "timeline": (series_table.timeline_workbook(line), series_table.timeline_csv(line), names(series_table.FIELDS)),
        "weeks": (weeks, weeks_csv, event_study_table.COLUMNS),
        "suppliers": (supplier_file.supplier_workbook(buyer, groups), supplier_file.supplier_csv(buyer, groups),
                      names(supplier_file.fields(buyer))),
        "benchmarks": (benchmark_file.benchmark_workbook(bench), benchmark_file.benchmark_csv(bench), OF_FORMATS),
    }  # fmt: skip


FILES = files()


@pytest.mark.parametrize("name", FILES)
def test_every_workbook_is_its_csv_cell_by_cell(name: str) -> None:
    content, text, columns = FILES[name]
    lines, found = csv_lines(text), sheets(content)
    assert active_parts(content) == []
    assert found["Data"][0] == list(columns) == lines[0]
    assert len(found["Data"]) == len(lines) > 2
    assert [row[0] for row in found["Dictionary"][1:]] == list(columns)
    assert all(row[1] for row in found["Dictionary"][1:])
    kinds = [row[3] for row in found["Dictionary"][1:]]
    for line, row in zip(lines[1:], found["Data"][1:], strict=True):
        for text_there, here, kind in zip(line, row + [None] * (len(line) - len(row)), kinds, strict=False):
            if here is None or isinstance(here, str):
                assert (here or "", kind) == (text_there, kind if here is None else "text")
            elif kind == "day":
                assert day_of(here).isoformat() == text_there
            else:
                assert (kind, here) == ("number", pytest.approx(float(text_there)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
@pytest.mark.parametrize("name", FILES)
def test_no_name_becomes_a_formula_even_when_the_workbook_is_saved_as_csv(name: str, start: str) -> None:
    content, text, _ = files(start)[name]
    assert active_parts(content) == []
    cells = [cell for row in sheets(content)["Data"] for cell in row if isinstance(cell, str)]
    assert any(start.strip() in cell for cell in cells), "no name of that kind is in the file"
    told = [cell for line in csv_lines(text) for cell in line if not is_number(cell)]
    assert [cell for cell in (*cells, *told) if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def is_number(cell: str) -> bool:
    """True for a plain number, which may begin with a minus."""
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


@pytest.mark.parametrize("name", FILES)
def test_every_workbook_says_release_method_and_what_is_left_out(name: str) -> None:
    notes = [tuple(row) for row in sheets(FILES[name][0])["Notes"]]
    headings = [heading for heading, _ in notes]
    assert headings[:4] == ["Title", "Release", "Answers through", "Method"]
    assert ("Release", "42") in notes
    assert ("Method", "1.2") in notes
    assert notes[-1] == ("What is left out", LEFT_OUT)
    assert any(said.startswith("Demo data: every factory") for _, said in notes)
    assert all(said for _, said in notes)


def test_benchmarks_bring_their_licence_and_citation() -> None:
    notes = dict(map(tuple, sheets(FILES["benchmarks"][0])["Notes"]))
    assert notes["Licence"].startswith("Creative Commons Attribution 4.0")
    assert notes["Citation"] == citation(sample_benchmarks.view())


def test_the_columns_of_formats_and_of_the_file_are_one() -> None:
    assert benchmark_file.COLUMNS == OF_FORMATS
