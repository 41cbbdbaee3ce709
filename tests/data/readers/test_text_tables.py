"""Text of any encoding and dialect becomes the rows that were meant, and a lost quote costs its own row only."""

import codecs
import unicodedata
from pathlib import Path

import pytest

from data.readers import table as tables
from data.readers.encoding import text_of
from data.readers.formats import UPLOAD, FileFormat, Limits, Unreadable
from tests.data.readers.writing import opened, passed, real, refused, rows, values, written

SPOKEN = {
    "vi": "Công ty may Thành Công;Bạn có được trả lương đúng hạn không? Tôi rất hài lòng với nơi làm việc",
    "zh": "东莞制衣有限公司;工资按时发放吗 很满意工作环境 但是加班太多",
    "tw": "東莞製衣有限公司;工資按時發放嗎 很滿意工作環境 但是加班太多",
    "ja": "東京縫製工場;給料は期日に支払われましたか とても満足しています",
    "bn": "ঢাকা পোশাক কারখানা;২০২৪ সালে বেতন সময়মতো পেয়েছেন কি",
    "km": "រោងចក្រកាត់ដេរ ភ្នំពេញ;តើអ្នកទទួលបានប្រាក់ខែទាន់ពេលទេ",
    "tr": "Güneş Tekstil Sanayi İşçi;Maaşınız zamanında ödendi mi? Çalışma koşulları iyi değil",
    "ru": "Швейная фабрика;Зарплата выплачена вовремя, условия хорошие",
    "fr": "Société générale;Très satisfaite, été, où ça, l’œuvre",
    "pl": "Łódź Zakłady;Bardzo zadowolony, świeże powietrze, źle, żółty, ćma",
}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def vietnamese(text: str) -> bytes:
    """Text in windows-1258, which writes the tones as signs of their own after their letters."""
    made = b""
    for sign in text:
        apart = unicodedata.normalize("NFD", sign)
        letter = unicodedata.normalize("NFC", "".join(one for one in apart if one not in TONES))
        made += letter.encode("cp1258") + "".join(one for one in apart if one in TONES).encode("cp1258")
    return made


@pytest.mark.parametrize(
    ("spoken", "encoding", "named"),
    [
        *((spoken, "utf-8", "utf-8") for spoken in SPOKEN),
        *((spoken, "utf-16", "utf-16") for spoken in SPOKEN),
        *((spoken, "utf-8-sig", "utf-8") for spoken in ("vi", "bn")),
        *((spoken, "utf-16-le", "utf-16-le") for spoken in ("vi", "bn", "km", "zh", "fr")),
        *((spoken, "utf-16-be", "utf-16-be") for spoken in ("vi", "bn", "km", "zh", "fr")),
        ("bn", "utf-32", "utf-32"),
        ("vi", "cp1258", "windows-1258"),
        ("zh", "gb18030", "gb18030"),
        ("zh", "gbk", "gb18030"),
        ("tw", "big5", "big5"),
        ("ja", "shift_jis", "shift_jis"),
        ("ru", "koi8-r", "koi8_r"),
        ("ru", "cp1251", "windows-1251"),
        ("tr", "cp1254", "windows-1254"),
        ("fr", "cp1252", "windows-1252"),
        ("pl", "cp1250", "windows-1250"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, spoken: str, encoding: str, named: str) -> None:
    text = "site;answer\n" + "".join(f"{SPOKEN[spoken]} {number}\n" for number in range(30))
    path = written(tmp_path, vietnamese(text) if encoding == "cp1258" else text.encode(encoding))
    table = opened(path)
    assert table.header() == ["site", "answer"]
    assert values(table)[0] == f"{SPOKEN[spoken]} 0".split(";")
    assert len(values(table)) == 30
    assert text_of(path, FileFormat(), UPLOAD.field).encoding.name == named


def test_an_encoding_that_only_may_be_right_is_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, "site,answer\nA,东莞\n".encode("gb18030"))
    with pytest.raises(Unreadable, match=r"The file is not UTF-8.*Which encoding is it\?.*'encoding'.*gb18030"):
        opened(path)
    assert values(opened(path, encoding="gb18030")) == [["A", "东莞"]]


def test_decomposed_letters_become_one_sign(tmp_path: Path) -> None:
    path = written(tmp_path, unicodedata.normalize("NFD", "câu hỏi,b\nđúng hạn,é\n"))
    assert opened(path).header() == ["câu hỏi", "b"]
    assert values(opened(path)) == [["đúng hạn", "é"]]


def test_rows_with_a_broken_byte_are_refused_and_the_others_kept(tmp_path: Path) -> None:
    body = "a,b\nđúng,1\nhạn,2\nkhông,3\n".encode().replace("hạn".encode(), b"h\xffn")
    assert values(opened(written(tmp_path, body))) == [["đúng", "1"], ["không", "3"]]
    assert refused(opened(written(tmp_path, body))) == [(3, 3, "a byte in it is not utf-8")]
    with pytest.raises(Unreadable, match=r"is not cp1252|is not windows-1252"):
        opened(written(tmp_path, b"a,b\n\x81,2\n"), encoding="cp1252")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("a;b;c\n1,5;2;x\n2,5;3;y\n", ["1,5", "2", "x"]),
        ("a\tb\tc\n1, 2\t3\t\n4\t5\t6\n", ["1, 2", "3", ""]),
        ("a|b|c\n1|2,5|3\n4|5|6\n", ["1", "2,5", "3"]),
        ("a^b^c\n1^2,5^3\n4^5^6\n7^8^9\n", ["1", "2,5", "3"]),
        ("'a','b','c'\n'1,5','it''s','3'\n'4','5','6'\n", ["1,5", "it's", "3"]),
        ('a,b,c\n1,"he said \\"no\\", twice",3\n4,5,6\n', ["1", 'he said "no", twice', "3"]),
        ('a, b, c\n1, "two, too", 3\n', ["1", "two, too", "3"]),
        ("sep=;\na;b;c\n1;2;3\n", ["1", "2", "3"]),
        ("a\r1\r2\r", ["1"]),
        ("only\none\ncolumn\n", ["one"]),
    ],
)
def test_dialects_are_found(tmp_path: Path, body: str, fields: list[str]) -> None:
    assert values(opened(written(tmp_path, body)))[0] == fields


def test_what_is_said_of_the_dialect_is_not_looked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "a;b,c\n1;2,3\n")
    assert opened(path, delimiter=";").header() == ["a", "b,c"]
    assert opened(path, delimiter=",").header() == ["a;b", "c"]
    assert values(opened(written(tmp_path, 'a,b\n"1,2\n'), quote="", delimiter=",")) == [['"1', "2"]]


def test_signs_that_only_look_like_line_ends_break_no_row(tmp_path: Path) -> None:
    body = "a,b\r\n1\u2028x,2\u0085y\r\n3\rz,4\x00\r\n৫,\u0663\r\n"
    assert rows(opened(written(tmp_path, body))) == [
        (2, ["1\u2028x", "2\u0085y"]),
        (3, ["3\rz", "4\x00"]),
        (4, ["৫", "\u0663"]),
    ]
    assert rows(opened(written(tmp_path, 'a,b\r1,"two\nlines"\r3,4\r'))) == [(2, ["1", "two\nlines"]), (3, ["3", "4"])]


LOST = "a quote in it is not closed, or stands where none may"


@pytest.mark.parametrize(
    ("body", "kept", "gone"),
    [
        ('a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,11,12\n', [2, 4, 5], [(3, 3, LOST)]),
        ('a,b,c\n1,2,3\n4,"5"x,6\n7,8,9\n', [2, 4], [(3, 3, LOST)]),
        ('a,b,c\n4,"5,6\n7,8\n9,10,11\n', [4], [(2, 3, f"{LOST}; the lines up to 3 were read with it")]),
        ('a,b,c\n4,"5,6\n7,8,9\n10,11,12\n13,14,"15\n', [3, 4], [(2, 2, LOST), (5, 5, LOST)]),
        # Closed in time, yet what it swallowed is a row like the others.
        ('a,b,c\n4,5,"6\n7,8,9\n10,11,12"\n13,14,15\n', [3, 4, 5], [(2, 2, LOST)]),
        # Lines inside a quoted field that are no rows are its own.
        ('a,b,c\n4,5,"6\nsome words\nmore"\n13,14,15\n', [2, 5], []),
    ],
)
def test_a_stray_quote_costs_its_own_row(
    tmp_path: Path, body: str, kept: list[int], gone: list[tuple[int, int, str]]
) -> None:
    table = opened(written(tmp_path, body))
    assert [line for line, _ in rows(table)] == kept
    assert refused(table) == gone


def test_ragged_rows_keep_their_lines(tmp_path: Path) -> None:
    table = opened(written(tmp_path, 'a,b,c\n1,2,3\n1,"x\ny"\n1,2,3,4\n1,2,3,,\n'))
    assert [line for line, _ in rows(table)] == [2, 6]
    assert refused(table) == [
        (3, 4, "the row has 2 fields, the header names 3"),
        (5, 5, "the row has 4 fields, the header names 3"),
    ]


def test_a_field_too_long_costs_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, f'a,b\n1,{"x" * 2001}\n2,{"x" * 2000}\n3,"{"x" * 1500}\n{"x" * 1500}"\n')
    short = opened(path, Limits(field=2_000))
    assert [line for line, _ in rows(short)] == [3]
    assert [(line, last) for line, last, _ in refused(short)] == [(2, 2), (4, 5)]
    assert refused(short)[0][2] == "a field has 2,001 characters; at most 2,000 are read"
    assert len(rows(opened(path))) == 3


def test_more_than_is_read_is_refused_in_words(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1,2\n" * 50)
    assert len(rows(opened(path, Limits(rows=50)))) == 50
    with pytest.raises(Unreadable, match=r"some\.csv has more than 49 rows\. Cut it into several files\."):
        rows(opened(path, Limits(rows=49)))
    with pytest.raises(Unreadable, match=r"at most 0 MB are read"):
        opened(path, Limits(file_bytes=100))
    with pytest.raises(Unreadable, match=r"some\.csv has 2 columns; at most 1 are read"):
        opened(path, Limits(columns=1))


def test_batches_are_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "preamble\n\na,b\n" + "".join(f"{i},{i}\n" for i in range(40)) + '"x,1\n' + "7,8\n\n9\n"
    whole = opened(written(tmp_path, body))
    found = rows(whole), refused(whole), passed(whole)
    monkeypatch.setattr(tables, "BATCH", 8)
    monkeypatch.setattr(tables, "PIECE", 4)
    small = opened(written(tmp_path, body))
    assert len(list(small.batches())) > 4
    assert (rows(small), refused(small), passed(small)) == found


@pytest.mark.parametrize(
    ("name", "header", "expected"),
    [
        ("comma_in_quotes", "first,last,address,city,zip", [["John", "Doe", "120 any st.", "Anytown, WW", "08123"]]),
        ("empty", "a,b,c", [["1", "", ""], ["2", "3", "4"]]),
        ("empty_crlf", "a,b,c", [["1", "", ""], ["2", "3", "4"]]),
        ("escaped_quotes", "a,b", [["1", 'ha "ha" ha'], ["3", "4"]]),
        ("json", "key,val", [["1", '{"type": "Point", "coordinates": [102.0, 0.5]}']]),
        (
            "location_coordinates",
            "Contact Phone Number,Location Coordinates,Cities,Counties",
            [["2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"]],
        ),
        ("newlines", "a,b,c", [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
        ("newlines_crlf", "a,b,c", [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
        ("quotes_and_newlines", "a,b", [["1", 'ha \n"ha" \nha'], ["3", "4"]]),
        ("simple", "a,b,c", [["1", "2", "3"]]),
        ("simple_crlf", "a,b,c", [["1", "2", "3"]]),
        ("utf8", "a,b,c", [["1", "2", "3"], ["4", "5", "ʤ"]]),
    ],
)
def test_csv_spectrum(name: str, header: str, expected: list[list[str]]) -> None:
    table = opened(real(f"form-formats/csvspectrum_{name}.csv"))
    assert table.header() == header.split(",")
    assert values(table) == expected
    assert refused(table) == []


@pytest.mark.parametrize(
    ("name", "count", "width"),
    [
        ("osmi-survey-2014/osmi_2014.csv", 1259, 27),
        ("usaid-scms-2006-2010/scms_2006_2010.csv", 4223, 33),
        ("bgmea-factories-2011/bgmea_2011.csv", 3932, 9),
        ("tech-collective-actions/actions.csv", 506, 16),
        ("uci-garment-productivity/garments_worker_productivity_broken_dates.csv", 1197, 15),
        ("country-codes/country-codes.csv", 249, 56),
    ],
)
def test_real_files_are_read_whole_and_without_a_question(name: str, count: int, width: int) -> None:
    table = opened(real(name), Limits.trusted())
    assert (len(rows(table)), len(table.header()), refused(table)) == (count, width, [])


def test_a_file_without_names_is_asked_about() -> None:
    path = real("indonesian-sentiment/smsa_test.tsv")
    with pytest.raises(Unreadable, match=r"Line 1 looks like a row and not like names of columns"):
        opened(path)
    table = opened(path, columns=["text", "mood"])
    assert len(rows(table)) == 500
    assert {fields[1] for fields in values(table)} == {"positive", "negative", "neutral"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"%PDF-1.7 x", "is a PDF"),
        (b"\x1f\x8b\x08", "is compressed"),
        (b"<html><table><tr><td>1</table>", "is a web page or XML"),
        (codecs.BOM_UTF8 + b"<?xml version='1.0'?><Workbook/>", "is a web page or XML"),
        (bytes(range(1, 9)) * 40, "is no text"),
        (b"PK\x03\x04 and no zip", "is a damaged workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, body: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=rf"^some\.csv {said}"):
        opened(written(tmp_path, body))
