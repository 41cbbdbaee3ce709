"""Qualtrics' three header lines, Parquet, and what a person is told of a file before it is loaded."""

from pathlib import Path

import duckdb
import pytest

from data.readers.formats import Limits, Unreadable
from data.readers.parquet import connected
from data.readers.recognition import recognised
from tests.data.readers.writing import opened, passed, real, refused, rows, values, written


def test_qualtrics_names_questions_by_their_text_and_the_rest_by_id() -> None:
    path = real("form-formats/qualtrics_sample.csv")
    table = opened(path)
    assert table.header()[:2] == ["StartDate", "EndDate"]
    assert table.header()[-3:] == [
        "This is a multiple choice question.",
        "This is a free text question.",
        "Q2 - Topics",
    ]
    assert values(table)[0][-3:] == ["2", "Hello World!", ""]
    assert passed(table) == [(1, 3, "header")]
    seen = recognised(path)
    assert (seen.format.format, seen.format.header_rows, seen.asks, seen.total_rows) == ("qualtrics", 3, (), 1)


def test_the_older_qualtrics_form_has_two_header_lines() -> None:
    table = opened(real("form-formats/qualtrics_sample_legacy.csv"))
    assert table.header()[:3] == ["ResponseID", "ResponseSet", "Name"]
    assert table.header()[10:12] == ["This is a multiple choice question.", "This is a free text question."]
    assert len(rows(table)) == 1


def test_what_is_said_to_be_qualtrics_must_be(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="does not begin with the header lines of a Qualtrics export"):
        opened(written(tmp_path, "a,b\n1,2\n3,4\n"), format="qualtrics")


def parquet(folder: Path, query: str) -> Path:
    """A Parquet file of what a query answers."""
    path = folder / "some.parquet"
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_parquet_becomes_text(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        "SELECT i AS n, {'a': i, 'b': 'é'} AS both, [1, i] AS list, DATE '2026-03-01' AS day, NULL AS none, "
        "1.50 AS pay FROM range(3) AS t(i)",
    )
    table = opened(path)
    assert table.header() == ["n", "both", "list", "day", "none", "pay"]
    assert rows(table)[2] == (3, ["2", '{"a": 2, "b": "é"}', "[1, 2]", "2026-03-01", "", "1.50"])
    assert recognised(path.rename(tmp_path / "some.csv")).total_rows == 3


def test_parquet_keeps_its_limits(tmp_path: Path) -> None:
    long = parquet(tmp_path, "SELECT repeat('x', 2001) AS a UNION ALL SELECT 'y'")
    table = opened(long, Limits(field=2_000))
    assert len(rows(table)) == len(refused(table)) == 1
    with pytest.raises(Unreadable, match="has more than 9 rows"):
        opened(parquet(tmp_path, "SELECT i FROM range(10) AS t(i)"), Limits(rows=9))
    with pytest.raises(Unreadable, match="which is more than is read"):
        opened(parquet(tmp_path, "SELECT i, i AS j FROM range(10) AS t(i)"), Limits(cells=19))
    broken = written(tmp_path, b"PAR1" + b"\xff" * 200 + b"PAR1")
    with pytest.raises(Unreadable, match="is not a Parquet file that can be read"):
        opened(broken)


def test_the_connection_opens_no_other_file(tmp_path: Path) -> None:
    path = parquet(tmp_path, "SELECT 1 AS a")
    other = written(tmp_path, "a\n1\n", "other.csv")
    with connected(path) as connection:
        assert connection.execute("SELECT a FROM read_parquet($path)", {"path": str(path)}).fetchall() == [(1,)]
        for attempt in (
            f"SELECT * FROM read_csv('{other}')",
            f"ATTACH '{tmp_path}/x.db'",
            "SET lock_configuration = false",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(attempt)


def test_a_preview_says_what_was_found_in_plain_words(tmp_path: Path) -> None:
    body = "Bericht\n\n\nWerk;Größe;Löhne\nA;1,5;ja\nB;2,5;nein\nC;3,5\nD;4,5;ja\nE;5,5;ja\nEnde\n".encode("cp1252")
    seen = recognised(written(tmp_path, body), "lohn.csv")
    assert seen.header == ("Werk", "Größe", "Löhne")
    assert seen.rows == (("A", "1,5", "ja"), ("B", "2,5", "nein"), ("D", "4,5", "ja"), ("E", "5,5", "ja"))
    assert (seen.total_rows, seen.asks) == (5, ())
    assert seen.notes == (
        "Semicolons between fields, windows-1252, the header is in line 4.",
        "1 line above the header left out.",
        "1 line under the table left out.",
        "1 row is refused, line 7: the row has 2 fields, the header names 3.",
    )


def test_a_refusal_names_the_file_as_its_sender_does(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"^survey of March\.xlsx is empty"):
        recognised(written(tmp_path, b"", "0f3a"), "survey of March.xlsx")
