"""A sheet with a column a question becomes answers: a row is a sitting, and every row is accounted for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.vault.load import LoadReport
from tests.data.vault.place import Place, counts, quarantined

MAPPING = """
name = "canteen"
as = "answers"
shape = "wide"
not_asked = ["", "n/a"]
[codebook]
name = "canteen"
[fields]
date = { column = "When", format = "%d.%m.%Y %H:%M" }
factory_id = { column = "Site", recode = { "North Hall" = "N" } }
gender = { column = "Sex", recode = { f = "woman", m = "man" }, otherwise = "" }
[factories]
name = { column = "Site" }
country = { constant = "PT" }
[segments]
age = { column = "Age", bands = [[16, 24], [25, 39.5]] }
[questions."Clean?"]
indicator = "clean"
theme = "facilities"
text = "Is the water clean?"
scale = "yesno"
values = { Yes = 1, No = 0, "Don't know" = "not_applicable" }
[questions."How fair?"]
indicator = "fair"
theme = "respect"
text = "How fair is your supervisor?"
scale = "ordinal5"
polarity = -1
"""
HEADER = "When,Site,Sex,Age,Clean?,How fair?,Name\n"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    (tmp_path / "canteen.toml").write_text(MAPPING)
    yield made
    made.state.close()


def load(place: Place, rows: str, **more: str) -> LoadReport:
    """What became of a sheet with these rows."""
    sheet = place.folder / "sheet.csv"
    sheet.write_text(HEADER + rows)
    return place.load(sheet, "answers", mapping=place.folder / "canteen.toml", **more)


def answers(place: Place) -> list[tuple[object, ...]]:
    """What the vault holds: site, question, value, day, gender, segments."""
    return place.ask(
        "SELECT f.factory_id, q.indicator_id, a.level, CAST(a.day AS VARCHAR), a.gender, a.others FROM answers AS a "
        "JOIN factories AS f ON f.factory = a.factory JOIN questions AS q ON q.question = a.question "
        "ORDER BY q.question, a.day, a.level"
    )


def test_a_row_becomes_the_answers_of_one_sitting(place: Place) -> None:
    report = load(place, "01.06.2026 08:15,North Hall, F ,24,yes,5,Ana\n")
    assert [(o.file, counts(o)) for o in report.outcomes] == [("factories", (1, 0, 0)), ("answers", (1, 0, 0))]
    assert answers(place) == [
        ("N", "clean", 1, "2026-06-01", "woman", {"seg_age": "16–24"}),
        ("N", "fair", 5, "2026-06-01", "woman", {"seg_age": "16–24"}),
    ]
    assert place.ask("SELECT count(DISTINCT sitting) FROM answers") == [(1,)]
    assert place.ask("SELECT polarity FROM questions WHERE codebook = 'canteen' ORDER BY indicator_id") == [(1,), (-1,)]


def test_columns_that_the_mapping_does_not_name_are_not_kept(place: Place) -> None:
    load(place, "01.06.2026 08:15,North Hall,f,24,yes,5,Anastasia\n01.06.2026 08:15,North Hall,f,24,nein,9,Anastasia\n")
    kept = [place.home.vault, *place.home.quarantine.iterdir()]
    assert len(kept) == 2
    assert not any(b"Anastasia" in path.read_bytes() for path in kept)


@pytest.mark.parametrize("age", ["229", "-29", "old", "", "24.5"])
def test_an_impossible_age_is_not_said(place: Place, age: str) -> None:
    load(place, f"01.06.2026 08:15,North Hall,x,{age},yes,n/a,\n")
    assert answers(place) == [("N", "clean", 1, "2026-06-01", None, {"seg_age": None})]


def test_what_is_not_listed_becomes_something_else_and_a_blank_stays_one(place: Place) -> None:
    (place.folder / "canteen.toml").write_text(MAPPING.replace('otherwise = ""', 'otherwise = "other"'))
    load(
        place,
        "".join(f"01.06.2026 08:1{i},North Hall,{sex},20,yes,,\n" for i, sex in enumerate(["M", "both", " ", ""])),
    )
    assert place.ask("SELECT gender, count(*) FROM answers GROUP BY 1 ORDER BY 1") == [
        ("man", 1),
        ("other", 1),
        (None, 2),
    ]


def test_every_row_is_accounted_for_and_single_answers_are_told(place: Place) -> None:
    rows = (
        "01.06.2026 08:15,North Hall,f,20,yes,5,\n"
        "01.06.2026 08:16,North Hall,f,20,maybe,4,\n"
        "01.06.2026 08:17,North Hall,f,20,maybe,n/a,\n"
        "01.06.2026 08:18,North Hall,f,20,Don't know,,\n"
        "31.06.2026 08:19,North Hall,f,20,yes,3,\n"
        "01.06.2026 08:20,North Hall,f,20,no,9,\n"
        "01.06.2026,too,short\n"
        "\n"
        "01.06.2026 08:21,,f,20,no,1,\n"
    )
    report = load(place, rows)
    outcome = place.of("answers", report)
    assert counts(outcome) == (3, 5, 0)
    assert report.warnings == ("2 single answers in accepted rows could not be read; they are in the quarantine.",)
    assert [(row["line"], row["reason"]) for row in quarantined(outcome)] == [
        ("3", "the mapping has no answer for 'maybe' to 'Clean?'"),
        ("4", "the mapping has no answer for 'maybe' to 'Clean?'"),
        ("5", "no question of the mapping is answered in this row"),
        ("6", "date '31.06.2026 08:19' is not a date; write YYYY-MM-DD"),
        ("7", "value '9' is off the scale ordinal5, 1 to 5"),
        ("8", "the row has 3 fields, the header names 7"),
        ("10", "factory_id is empty"),
    ]


def test_the_same_sheet_twice_adds_nothing_and_a_mended_mapping_adds_what_was_missing(place: Place) -> None:
    rows = "01.06.2026 08:15,North Hall,f,20,maybe,5,\n" * 2 + "02.06.2026 08:15,North Hall,f,20,yes,5,\n"
    assert counts(load(place, rows).outcomes[-1]) == (3, 0, 0)
    assert counts(load(place, rows).outcomes[-1]) == (0, 0, 3)
    mapping = place.folder / "canteen.toml"
    mapping.write_text(MAPPING.replace("{ Yes = 1", '{ maybe = "not_applicable", Yes = 1'))
    assert counts(load(place, rows).outcomes[-1]) == (0, 0, 3)
    mapping.write_text(MAPPING.replace("{ Yes = 1", "{ maybe = 0, Yes = 1"))
    assert counts(load(place, rows).outcomes[-1]) == (2, 0, 1)
    assert place.ask("SELECT count(*), count(DISTINCT sitting) FROM answers") == [(6, 3)]


def test_a_source_keeps_sheets_apart_that_look_the_same(place: Place) -> None:
    rows = "01.06.2026 08:15,North Hall,f,20,yes,5,\n"
    load(place, rows)
    assert counts(load(place, rows, source="the second line").outcomes[-1]) == (1, 0, 0)
    assert counts(load(place, rows, source="the second line").outcomes[-1]) == (0, 0, 1)


def test_a_sheet_takes_no_attribute_from_a_factory_known_better(place: Place) -> None:
    better = "factory_id,name,country,sector,headcount,owner_id\nN,North Hall,PT,footwear,210,O1\n"
    place.load(place.files(factories=better, answers="factory_id,date,indicator_id,value\n"))
    report = load(place, "01.06.2026 08:15,North Hall,f,20,yes,5,\n")
    assert counts(place.of("factories", report)) == (0, 0, 1)
    assert place.ask("SELECT count(*), max(owner_id) FROM factories") == [(1, "O1")]


def test_the_same_rows_are_the_same_sittings_whatever_the_mapping_is_called_and_reads(place: Place) -> None:
    rows = "01.06.2026 08:15,North Hall,f,24,yes,5,Ana\n01.06.2026 08:15,North Hall,f,24,yes,5,Ana\n"
    load(place, rows)
    (place.folder / "canteen.toml").write_text(MAPPING.replace('name = "canteen"\nas', 'name = "canteen (1)"\nas'))
    assert counts(place.of("answers", load_again(place, rows))) == (0, 0, 2)
    fewer = MAPPING[: MAPPING.index('[questions."How fair?"]')]
    (place.folder / "canteen.toml").write_text(fewer)
    assert counts(place.of("answers", load_again(place, rows))) == (0, 0, 2)
    turned = "Name,Mood,Sex,Age,Clean?,How fair?,Site,When\n"
    body = "Ana,,f,24,yes,5,North Hall,01.06.2026 08:15\n" * 2
    assert counts(place.of("answers", load_again(place, body, turned))) == (0, 0, 2)
    assert place.ask("SELECT count(*), count(DISTINCT sitting) FROM answers") == [(4, 2)]


def load_again(place: Place, rows: str, header: str = HEADER) -> LoadReport:
    """What became of a sheet with these rows, through the mapping that lies there."""
    sheet = place.folder / "sheet.csv"
    sheet.write_text(header + rows)
    return place.load(sheet, "answers", mapping=place.folder / "canteen.toml")
