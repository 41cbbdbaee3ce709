"""Delimited text becomes rows with the line on which each begins, whatever wrote it."""

from pathlib import Path

import pytest

from data.readers import delimited
from data.readers.delimited import Delimited, Unreadable


def rows(path: Path, **more: str) -> list[tuple[int, list[str]]]:
    """Every whole row of a file with its line."""
    return [
        (line, [column[i] for column in batch.columns])
        for batch in Delimited(path, **more).batches()
        for i, line in enumerate(batch.lines)
    ]


def written(folder: Path, body: str | bytes) -> Path:
    """A file with this body."""
    path = folder / "some.csv"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_and_a_byte_order_mark_are_read(tmp_path: Path, ending: str, mark: str) -> None:
    path = written(tmp_path, mark + ending.join(["a,b", "1,2", "", "3,4"]))
    assert Delimited(path).header() == ["a", "b"]
    assert rows(path) == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_a_row_is_named_after_the_line_it_begins_on(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n\n1,"two\nlines\r\nor three"\n5,6\n')
    assert rows(path) == [(3, ["1", "two\nlines\r\nor three"]), (6, ["5", "6"])]


def test_signs_that_only_look_like_line_ends_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1\u2028x,2\u0085y\x0bz\x1e\n3,4\x00\n")
    assert rows(path) == [(2, ["1\u2028x", "2\u0085y\x0bz\x1e"]), (3, ["3", "4\x00"])]


def test_empty_fields_beyond_the_header_are_cut_off_and_others_make_a_row_ragged(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2,,\n1,2,x\n1\n")
    [batch] = Delimited(path).batches()
    assert batch.columns == [["1"], ["2"]]
    assert [(r.line, r.reason, r.fields) for r in batch.ragged] == [
        (3, "the row has 3 fields, the header names 2", ("1", "2", "x")),
        (4, "the row has 1 fields, the header names 2", ("1",)),
    ]


def test_a_quoted_quote_is_one(tmp_path: Path) -> None:
    assert rows(written(tmp_path, 'a\n"she said ""no"""\n')) == [(2, ['she said "no"'])]


def test_batches_are_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a\n" + "\n".join(str(i) for i in range(25)))
    whole = rows(path)
    monkeypatch.setattr(delimited, "BATCH", 8)
    monkeypatch.setattr(delimited, "PIECE", 4)
    assert len(list(Delimited(path).batches())) == 4
    assert rows(path) == whole
    assert [line for line, _ in whole] == list(range(2, 27))


def test_names_of_columns_are_stripped_and_may_be_empty(tmp_path: Path) -> None:
    assert Delimited(written(tmp_path, " a , b,,\n")).header() == ["a", "b", "", ""]


def test_another_encoding_and_delimiter_are_read_when_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b\n1,5;été\n".encode("latin-1"))
    assert rows(path, encoding="latin-1", delimiter=";") == [(2, ["1,5", "été"])]


@pytest.mark.parametrize("good", [0, 1, 5000])
def test_a_bad_byte_is_told_with_its_line(tmp_path: Path, good: int) -> None:
    path = written(tmp_path, b"a,b\n" + b"1,2\n" * good + b"3,\xff\n")
    with pytest.raises(Unreadable, match=rf"byte 0xff in line {good + 2}\."):
        rows(path)


def test_a_quote_that_is_never_closed_is_told_with_the_line_it_opens_on(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')
    with pytest.raises(Unreadable, match=r"some.csv, line 3: .*probably not closed; nothing of the file was loaded\."):
        rows(path)


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be opened: Is a directory"):
        Delimited(tmp_path).header()
