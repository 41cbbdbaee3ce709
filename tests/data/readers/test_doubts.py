"""What would become a wrong number in silence is refused, kept as it is, or told to a person."""

import contextlib
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.readers.formats import Unreadable
from data.readers.mapping import mapping_of
from data.readers.sources import FieldSource, field_values
from data.readers.wording import found_columns
from data.vault.breaks import exchanged
from data.vault.load import LoadReport
from tests.data.vault.place import Place, counts

HEAD = """
name = "m"
as = "answers"
shape = "wide"
[codebook]
name = "book"
[fields]
date = { column = "When" }
factory_id = { column = "Site" }
[factories]
name = { column = "Site" }
country = { constant = "BD" }
sector = { constant = "garments" }
"""
CLEAN = """
[questions."Is it clean?"]
indicator = "clean"
theme = "facilities"
text = "Is it clean?"
scale = "yesno"
values = { Yes = 1, No = 0 }
"""
SURVEY = HEAD + CLEAN
LONG = (
    HEAD.replace('"wide"', '"long"').replace(
        "[factories]", 'question = { column = "Q" }\nvalue = { column = "A" }\n[factories]'
    )
    + CLEAN
)
LIST = """
name = "list"
as = "factories"
[fields]
factory_id = { column = "id" }
name = { column = "name" }
country = { constant = "BD" }
sector = { constant = "garments" }
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place.at(tmp_path)


def loaded(place: Place, text: str, mapping: str = SURVEY, name: str = "file.csv") -> LoadReport:
    path = place.folder / name
    path.write_text(text, encoding="utf-8")
    (place.folder / "m.toml").write_text(mapping, encoding="utf-8")
    return place.load(path, mapping_of(mapping).kind, mapping=place.folder / "m.toml")


def serious(report: LoadReport) -> list[str]:
    return [finding.sentence for finding in report.findings if finding.serious]


def read(text: str, **source: object) -> str | None:
    values = field_values(
        pd.DataFrame({"c": [text]}, dtype="str"), FieldSource.model_validate({"column": "c"} | source)
    )
    return None if pd.isna(values[0]) else str(values[0])


@pytest.mark.parametrize(
    ("written", "decimal", "number"),
    [
        ("1,234.5", ".", "1234.5"),
        ("1 234 567", ".", "1234567"),
        ("12,34,567.5", ".", "1234567.5"),
        ("-1.234,5", ",", "-1234.5"),
        ("1,5", ".", "1,5"),
        ("12,50", ".", "12,50"),
        ("3 12", ".", "3 12"),
        ("1.5", ",", "1.5"),
        ("1,2345", ".", "1,2345"),
    ],
)
def test_thousands_are_groups_and_a_decimal_sign_is_never_taken_for_theirs(
    written: str, decimal: str, number: str
) -> None:
    assert read(written, decimal=decimal) == number


@pytest.mark.parametrize(
    ("written", "unknown", "value"),
    [("5", "?", "5"), ("?", "?", None), ("a", "[n/a]", "a"), ("[n/a]", "[n/a]", None), ("see a\nnote", "see *", None)],
)
def test_only_a_star_stands_for_any_text(written: str, unknown: str, value: str | None) -> None:
    assert read(written, unknown=[unknown]) == value


def test_a_field_of_which_nothing_is_known_is_empty_whatever_else_is_read_of_it() -> None:
    assert read("A", unknown=["*"], item="first", after="-", decimal=".", recode={"b": "c"}) is None


def test_a_day_without_a_time_stays_that_day_in_every_time_zone() -> None:
    sheet = pd.DataFrame({"c": ["2026-01-05", "2026-01-05 03:00"]}, dtype="str")
    zones = pd.Series(["America/Tegucigalpa"] * 2, dtype="str")
    values = field_values(sheet, FieldSource(column="c", zone="UTC"), zones)
    assert values.tolist() == ["2026-01-05", "2026-01-04"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"format": ["%d/%m/%Y", "%m/%d/%Y"]}, "read one text as two days"),
        ({"format": "%d/%m/%Y", "zone": "UTC"}, "without a time"),
        ({"recode": {"Yes": "a", "YES": "b"}}, "capitals do not matter"),
    ],
)
def test_a_field_that_would_be_read_in_two_ways_is_refused(source: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        FieldSource.model_validate({"column": "c"} | source)


def test_formats_that_never_meet_and_meanings_that_agree_are_fine() -> None:
    FieldSource(column="c", format=["%d.%m.%Y", "%Y/%m/%d", "%m/%d/%Y"], recode={"Yes": "a", "YES": "a"})


PAIRS = HEAD.replace('"wide"', '"paired"')


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (SURVEY.replace("No = 0 }", "No = 0, yes = 0 }"), "'Yes' and 'yes' are one value"),
        (LONG + CLEAN.replace("Is it clean?", "is it CLEAN", 1).replace('"clean"', '"other"'), "are one text"),
        (
            PAIRS + '[[pairs]]\nquestion = "Q1"\nanswer = "A"\n[[pairs]]\nquestion = "Q2"\nanswer = "A"\n' + CLEAN,
            "pairs name A twice",
        ),
    ],
)
def test_a_mapping_that_says_two_things_of_one_is_refused(mapping: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        mapping_of(mapping)


def test_two_questions_are_never_read_from_one_column(place: Place) -> None:
    twice = SURVEY + CLEAN.replace("Is it clean?", "is it CLEAN", 1).replace('"clean"', '"other"')
    with pytest.raises(Unreadable, match="has but one such column, 'Is it clean"):
        loaded(place, "When,Site,Is it clean?\n2026-01-05,A,Yes\n", twice)


@pytest.mark.parametrize(
    ("wanted", "header"),
    [("Workers", "Workers (%)"), ("Overtime < 10 h", "Overtime > 10 h"), ("Wage ($)", "Wage (€)"), ("#", "")],
)
def test_a_sign_that_says_something_makes_another_column(wanted: str, header: str) -> None:
    assert found_columns([wanted], [header]) == ({}, [wanted])


@pytest.mark.parametrize(
    ("text", "about", "said"),
    [
        ("When,Site,Is it clean?\n2026-01-05T20:00:00Z,A,Yes\n", "fields.date", "what time it was in UTC"),
        ("When,Site,Is it clean?,Is it clean?\n2026-01-05,A,Yes,No\n", "Is it clean?", "'Is it clean? (2)' is not"),
    ],
)
def test_what_may_be_wrong_is_told_as_serious(place: Place, text: str, about: str, said: str) -> None:
    report = loaded(place, text)
    assert [finding.about for finding in report.findings if finding.serious] == [about]
    assert said in serious(report)[0]


def test_a_spreadsheets_half_days_and_rounded_numbers_are_told(place: Place) -> None:
    mapping = SURVEY.replace('"When" }', '"When", format = "%d/%m/%Y" }').replace(
        "[factories]", 'submission_id = { column = "Id" }\n[factories]'
    )
    rows = "2026-04-03,A,Yes,8.80171E+12\n13/04/2026,A,No,8.80172E+12\n"
    said = serious(loaded(place, "When,Site,Is it clean?,Id\n" + rows, mapping))
    assert ["exchanged" in said[0], "rounded" in said[1], len(said)] == [True, True, 2]
    plain = "03/04/2026,A,Yes,12E5\n13/04/2026,A,No,s-1\n"
    assert not serious(loaded(place, "When,Site,Is it clean?,Id\n" + plain, mapping))


def test_sums_within_a_list_are_told_and_a_factory_called_total_is_none(place: Place) -> None:
    rows = "id,name,n,m\nA,Aa,1,2\nTotal Textile,Total Textile Ltd,2,3\nSubtotal,,3,5\nC,Cc,4,1\nD,Dd,4,1\n"
    assert serious(loaded(place, rows, LIST)) == [
        "Rows that look like sums of other rows are read as rows: line 4. Take them out of the file."
    ]


def test_lines_under_the_table_are_told_and_many_of_them_as_serious(place: Place) -> None:
    mapping = LIST.replace("[fields]", '[file]\nuntil = "Total"\n[fields]')
    few = loaded(place, "id,name\nA,Aa\nTotal,1\n", mapping)
    assert "Under the table one line is left out, from line 3 on." in [found.sentence for found in few.findings]
    assert not serious(few)
    many = loaded(place, "id,name\nA,Aa\nTotal Textile,Bb\n" + "".join(f"F{n},Cc\n" for n in range(9)), mapping)
    assert serious(many) == ["Under the table 10 lines are left out, from line 3 on."]


def test_an_optional_question_that_is_worded_otherwise_is_told(place: Place) -> None:
    mapping = SURVEY + "optional = true\n" + CLEAN.replace("clean", "safe")
    report = loaded(place, "When,Site,Is it cleaned?,Is it safe?\n2026-01-05,A,Yes,Yes\n", mapping)
    assert serious(report) == [
        "The file has no column 'Is it clean?', so nothing of it is read. 'Is it cleaned?' may be it."
    ]


def test_thousands_of_unknown_questions_and_values_are_told_in_a_few_lines(place: Place) -> None:
    rows = "".join(f"2026-01-05,A,What did worker {n} say?,Yes\n" for n in range(3000))
    rows += "".join(f"2026-01-05,A,Is it clean?,{n} {'x' * 500}\n" for n in range(300))
    report = loaded(place, "When,Site,Q,A\n" + rows, LONG)
    told = [finding for finding in report.findings if finding.kind == "unknown_question"]
    assert counts(place.of("answers", report)) == (0, 3300, 0)
    assert len(told) == 41
    assert "2,960 more questions" in told[-1].sentence
    assert len(json.dumps(report.told())) < 60_000


def test_identifiers_of_a_codebook_are_read_to_the_letter(place: Place) -> None:
    mapping = LONG.replace(CLEAN, "").replace('[codebook]\nname = "book"\n', "")
    rows = "2026-01-05,A,fre-01,1\n2026-01-05,A,FRE-01,0\n2026-01-05,A,FRE 01,1\n"
    report = loaded(place, "When,Site,Q,A\n" + rows, mapping)
    assert counts(place.of("answers", report)) == (1, 2, 0)


def test_half_a_pair_of_signs_in_json_is_read_as_one_that_was_lost(place: Place) -> None:
    rows = '[{"When": "2026-01-05", "Site": "A\\ud800", "Is it clean?": "Yes", "\\udc00": 1}]'
    assert counts(place.of("answers", loaded(place, rows, name="file.json"))) == (1, 0, 0)
    assert place.ask("SELECT factory_id FROM vault.factories") == [("A\ufffd",)]


def test_a_factory_that_rows_tell_differently_is_told(place: Place) -> None:
    mapping = SURVEY.replace('country = { constant = "BD" }', 'country = { column = "Land" }')
    rows = "2026-01-05,A,BD,Yes\n2026-01-05,A,VN,No\n2026-01-05,B,IN,No\n2026-01-05,B,,No\n"
    assert serious(loaded(place, "When,Site,Land,Is it clean?\n" + rows, mapping)) == [
        "factories.country is not the same in all rows of 1 of them, such as 'A': 'BD', 'VN'. The first counts."
    ]


def test_an_answer_to_a_follow_up_counts_however_the_number_before_it_is_written(place: Place) -> None:
    hurt = (
        CLEAN.replace("Is it clean?", "Hurt?")
        .replace('"clean"', '"hurt"')
        .replace("values = { Yes = 1, No = 0 }\n", "")
    )
    treated = hurt.replace("Hurt?", "Treated?").replace('"hurt"', '"treated"')
    mapping = HEAD + hurt + treated + 'after = { indicator = "hurt", values = [1] }\n'
    rows = "2026-01-05,A,1.0,1\n2026-01-05,A,1,0\n2026-01-05,A,0.0,1\n"
    loaded(place, "When,Site,Hurt?,Treated?\n" + rows, mapping)
    assert place.ask("SELECT count(*) FROM vault.answers") == [(5,)]


def test_a_row_without_any_measure_is_rejected_with_that_reason(place: Place) -> None:
    loaded(place, "id,name\nA,Aa\n", LIST, "list.csv")
    mapping = """
name = "made"
as = "measures"
shape = "wide"
[fields]
factory_id = { column = "F" }
date = { column = "D" }
[measures.x]
measure = "output"
[measures.y]
measure = "waste"
"""
    report = loaded(place, "F,D,x,y\nA,2026-01-01,1,2\nA,2026-01-02,,\nA,2026-01-03,a,3\n", mapping)
    outcome = place.of("measures", report)
    assert counts(outcome) == (2, 1, 0)
    assert [(row["line"], row["reason"]) for row in outcome.rows] == [
        (3, "no measure of the mapping stands in this row")
    ]


@pytest.mark.parametrize(("text", "fails"), [("Größe", True), ("Grosse", False)])
def test_a_file_in_utf_8_is_never_read_in_another_encoding(place: Place, text: str, fails: bool) -> None:
    mapping = LIST.replace("[fields]", '[file]\nencoding = "windows-1252"\n[fields]')
    (place.folder / "latin.csv").write_bytes("id,name\nA,Größe\n".encode("windows-1252"))
    if fails:
        with pytest.raises(Unreadable, match="is UTF-8, and the mapping reads it as windows-1252"):
            loaded(place, f"id,name\nA,{text}\n", mapping)
    else:
        assert counts(place.of("factories", loaded(place, f"id,name\nA,{text}\n", mapping))) == (1, 0, 0)
    assert counts(
        place.of("factories", place.load(place.folder / "latin.csv", "factories", mapping=place.folder / "m.toml"))
    )


def test_many_questions_are_compared_in_little_memory() -> None:
    counts_of = np.random.default_rng(1).integers(0, 9, (1, 60, 6)).astype(float)
    tracemalloc.start()
    assert exchanged({f"q{n}": counts_of for n in range(200)}) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "utf-7", "gb18030", "windows-1258"])
def test_an_encoding_that_nobody_would_name_is_read_or_refused(place: Place, name: str) -> None:
    mapping = LIST.replace("[fields]", f'[file]\nencoding = "{name}"\n[fields]')
    with contextlib.suppress(Unreadable):
        assert counts(place.of("factories", loaded(place, "id,name\nA,Aa\n", mapping))) == (1, 0, 0)
