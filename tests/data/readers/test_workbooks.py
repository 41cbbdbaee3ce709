"""Sheets become rows: the right sheet, days as days, and nothing that was made to harm gets through."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from data.readers.formats import Limits, Unreadable
from data.readers.recognition import recognised
from data.readers.workbook import ENCRYPTED, OLE
from tests.data.readers.writing import opened, passed, real, refused, rows, values, written


def workbook(folder: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets."""
    path = folder / "some.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return path


DATA: list[list[object]] = [
    ["site", "day", "n"],
    ["A", datetime.date(2026, 3, 1), 4],
    ["B", datetime.date(2026, 3, 2), 5],
]


def test_cells_become_text_that_means_the_same(tmp_path: Path) -> None:
    day, minute = datetime.datetime(2026, 3, 1), datetime.datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001  # as cells are
    line = ["é", 5, 1.25, 1e20, True, day, minute, "00123", "e\u0301"]
    table = opened(workbook(tmp_path, Answers=[["a", "b", "c", "d", "e", "f", "g", "h", "i"], line, line]))
    assert values(table)[0] == ["é", "5", "1.25", "1e+20", "true", "2026-03-01", "2026-03-01 08:30:00", "00123", "é"]


def test_the_only_sheet_that_holds_anything_is_taken_and_several_are_asked_about(tmp_path: Path) -> None:
    assert len(rows(opened(workbook(tmp_path, Empty=[], Answers=DATA)))) == 2
    path = workbook(tmp_path, Notes=[["a note"]], Answers=DATA)
    with pytest.raises(Unreadable, match=r"2 sheets hold something: 'Notes', 'Answers'\. Which\?.*'sheet'"):
        opened(path)
    assert len(rows(opened(path, sheet="answers"))) == 2
    with pytest.raises(Unreadable, match=r"has no sheet 'Other'; it has 'Notes', 'Answers'"):
        opened(path, sheet="Other")


def test_lines_around_the_table_are_passed_over_and_rows_are_numbered_as_shown(tmp_path: Path) -> None:
    table = opened(workbook(tmp_path, Answers=[["A title"], [], *DATA, [], ["Source: us"]]))
    assert [line for line, _ in rows(table)] == [4, 5]
    assert passed(table) == [
        (1, 1, "above the header"),
        (2, 2, "blank row"),
        (3, 3, "header"),
        (6, 6, "blank row"),
        (7, 7, "under the table"),
    ]


def test_merged_names_above_names_are_joined_without_a_question(tmp_path: Path) -> None:
    path = tmp_path / "some.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 1, 0, 2, "Pay")
        sheet.merge_range(0, 3, 0, 4, "Hours")
        for number, line in enumerate(
            [["site", "on time", "enough", "long", "late"], ["A", 1, 2, 3, 4]] + [["B", 1, 2, 3, 4]] * 3
        ):
            sheet.write_row(number + 1, 0, line)
    assert opened(path).header() == ["site", "Pay / on time", "Pay / enough", "Hours / long", "Hours / late"]
    assert recognised(path).format.header_rows == 2


def test_cells_with_an_error_are_empty_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "some.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["site", "pay"])
        for number in (1, 2):
            sheet.write(number, 0, "A")
            sheet.write_formula(number, 1, "=NA()", None, "#N/A")
    assert values(opened(path)) == [["A", ""], ["A", ""]]
    assert "2 cells hold an error such as #N/A; they are read as empty." in recognised(path).notes


def test_real_workbooks() -> None:
    nike = opened(real("nike-factories-2023/imap_export.xls"))
    assert (nike.header()[:2], len(rows(nike))) == (["Factory Name", "Factory Type"], 643)
    assert rows(nike)[0][0] == 3
    assert passed(nike)[:2] == [(1, 1, "above the header"), (2, 2, "header")]
    for name in ("12.xls", "12.xlsx"):
        names = [fields[:2] for fields in values(opened(real(f"osh-facility-lists/{name}")))]
        assert names == [fields[:2] for fields in values(opened(real("osh-facility-lists/12.csv")))]


def test_what_ends_in_another_suffix_is_read_by_what_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, Answers=DATA).rename(tmp_path / "some.csv")
    assert len(rows(opened(path))) == 2


def part_changed(path: Path, old: bytes, new: bytes) -> Path:
    """The workbook with something replaced in its first sheet."""
    held = io.BytesIO()
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            body = good.read(name)
            made.writestr(name, body.replace(old, new) if "sheet1" in name else body)
    path.write_bytes(held.getvalue())
    return path


def test_a_cell_far_away_harms_nothing(tmp_path: Path) -> None:
    path = part_changed(workbook(tmp_path, Answers=DATA), b'r="C3"', b'r="XFD1048576"')
    with pytest.raises(Unreadable, match="is damaged, or takes more memory or time than a workbook may"):
        opened(path)


def test_a_workbook_that_grows_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, Answers=DATA)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as grown, grown.open("xl/worksheets/sheet9.xml", "w") as part:
        for _ in range(40):
            part.write(b" " * 1_000_000)
    with pytest.raises(Unreadable, match="grows beyond what is read when it is unpacked"):
        opened(path)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(packed_bytes=1000), "at most 0 are read"),
        (Limits(unzipped_bytes=1000), "grows beyond what is read"),
        (Limits(parts=3), "grows beyond what is read"),
        (Limits(rows=1), "has more than 1 rows"),
        (Limits(columns=2), "has 3 columns; at most 2 are read"),
    ],
)
def test_limits_are_kept(tmp_path: Path, limits: Limits, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        rows(opened(workbook(tmp_path, Answers=DATA), limits))


def test_a_cell_too_long_costs_its_row(tmp_path: Path) -> None:
    table = opened(workbook(tmp_path, Answers=[["a", "b"], ["x" * 2001, "1"], ["x", "2"]]), Limits(field=2_000))
    assert [line for line, _ in rows(table)] == [3]
    assert refused(table) == [(2, 2, "a cell has 2,001 characters; at most 2,000 are read")]


def test_a_password_and_what_only_looks_like_a_workbook_are_refused_in_words(tmp_path: Path) -> None:
    locked = written(tmp_path, OLE + b"\0" * 600 + ENCRYPTED, "locked.xlsx")
    with pytest.raises(Unreadable, match=r"locked\.xlsx has a password\. Save it without one"):
        opened(locked)
    with zipfile.ZipFile(tmp_path / "some.docx", "w") as other:
        other.writestr("word/document.xml", "x")
    with pytest.raises(Unreadable, match=r"some\.docx is a zip and no workbook"):
        opened(tmp_path / "some.docx")
    with pytest.raises(Unreadable, match=r"is a damaged workbook|damaged, or takes"):
        opened(written(tmp_path, OLE + b"\0" * 4000, "some.xls"))
    with pytest.raises(Unreadable, match="has no sheet that holds anything"):
        opened(workbook(tmp_path, Empty=[]))
