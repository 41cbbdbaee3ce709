"""Long and paired surveys, follow-up questions, time zones and lists in cells: each row ends as what it says."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data.readers.formats import Unreadable
from data.readers.sources import FieldSource, field_values, short_key
from data.vault.load import LoadReport
from tests.data.vault.place import HEADER, Place, counts, quarantined

QUESTIONS = """
[questions."Is the drinking water clean?"]
indicator = "water"
theme = "facilities"
text = "Is the drinking water clean?"
scale = "yesno"
values = { Yes = 1, No = 0, "Don't know" = "not_applicable" }
[questions."Were you hurt at work this month?"]
indicator = "hurt"
theme = "safety"
text = "Were you hurt at work this month?"
scale = "yesno"
polarity = -1
values = { Yes = 1, No = 0 }
[questions."Were you treated at once?"]
indicator = "treated"
theme = "safety"
text = "Were you treated at once?"
scale = "yesno"
values = { Yes = 1, No = 0 }
after = { indicator = "hurt", values = [1] }
[questions."Did the treatment help?"]
indicator = "helped"
theme = "safety"
text = "Did the treatment help?"
scale = "yesno"
values = { Yes = 1, No = 0 }
after = { indicator = "treated", values = [1] }
"""
HEAD = """
name = "m"
as = "answers"
[codebook]
name = "book"
[factories]
name = { column = "Site" }
country = { constant = "BD" }
"""
PAIRED = (
    HEAD.replace('as = "answers"', 'as = "answers"\nshape = "paired"')
    + """
[fields]
date = { column = "When" }
factory_id = { column = "Site" }
respondent_key = { column = "Phone" }
[[pairs]]
question = "Q1"
answer = "A1"
[[pairs]]
question = "Q2"
answer = "A2"
"""
    + QUESTIONS
)
LONG = (
    HEAD.replace('as = "answers"', 'as = "answers"\nshape = "long"')
    + """
[fields]
date = { column = "When" }
factory_id = { column = "Site" }
question = { column = "Question" }
value = { column = "Answer" }
submission_id = { columns = ["Phone", "When"] }
respondent_key = { column = "Phone" }
"""
    + QUESTIONS
)
WATER, HURT = "Is the drinking water clean?", "Were you hurt at work this month?"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    yield made
    made.state.close()


def load(place: Place, mapping: str, text: str, **more: str) -> LoadReport:
    """What became of a file with this text."""
    (place.folder / "m.toml").write_text(mapping)
    file = place.folder / "file.csv"
    file.write_text(text)
    return place.load(file, "answers", mapping=place.folder / "m.toml", **more)


def answers(place: Place) -> list[tuple[object, ...]]:
    """What the vault holds: question, value, day."""
    return place.ask(
        "SELECT q.indicator_id, a.level, CAST(a.day AS VARCHAR) FROM answers AS a "
        "JOIN questions AS q ON q.question = a.question ORDER BY ALL"
    )


def test_in_the_paired_shape_the_text_decides_and_not_the_position(place: Place) -> None:
    report = load(
        place, PAIRED,
        "When,Site,Phone,Q1,A1,Q2,A2\n"
        f"2026-06-01,N,017,{WATER},Yes,{HURT},No\n"
        f"2026-06-02,N,018,{HURT.upper()} ,No,is the  drinking water clean,No\n",
    )  # fmt: skip
    assert counts(place.of("answers", report)) == (2, 0, 0)
    assert answers(place) == [
        ("hurt", 0, "2026-06-01"), ("hurt", 0, "2026-06-02"), ("water", 0, "2026-06-02"), ("water", 1, "2026-06-01"),
    ]  # fmt: skip


def test_a_question_that_nobody_knows_is_told_with_what_it_may_be_and_never_taken(place: Place) -> None:
    report = load(
        place, PAIRED,
        "When,Site,Phone,Q1,A1,Q2,A2\n"
        f"2026-06-01,N,017,Is the drinking water clear?,Yes,{HURT},No\n"
        "2026-06-01,N,018,Is lunch good?,Yes,,\n",
    )  # fmt: skip
    outcome = place.of("answers", report)
    assert counts(outcome) == (1, 1, 0)
    assert answers(place) == [("hurt", 0, "2026-06-01")]
    unknown = {f.about: f for f in report.findings if f.kind == "unknown_question"}
    assert set(unknown) == {"Is the drinking water clear?", "Is lunch good?"}
    assert unknown["Is the drinking water clear?"].details["near"][0]["question"] == WATER
    assert unknown["Is lunch good?"].details["near"] == []
    assert {row["reason"] for row in quarantined(outcome)} == {
        "the mapping does not know the question 'Is the drinking water clear?'",
        "the mapping does not know the question 'Is lunch good?'",
    }


def test_an_answer_beside_no_question_is_rejected(place: Place) -> None:
    report = load(place, PAIRED, f"When,Site,Phone,Q1,A1,Q2,A2\n2026-06-01,N,017,,Yes,{HURT},No\n")
    outcome = place.of("answers", report)
    assert counts(outcome) == (1, 0, 0)
    assert [row["reason"] for row in outcome.parts] == ["the answer 'Yes' stands beside no question"]


def test_a_long_file_has_a_row_for_each_answer_and_each_row_is_counted(place: Place) -> None:
    text = (
        "When,Site,Phone,Question,Answer\n"
        f"2026-06-01,N,017,{WATER},Yes\n"
        f"2026-06-01,N,017,{HURT},No\n"
        f"2026-06-01,N,018,{WATER},Don't know\n"
        f"2026-06-01,N,018,{HURT},\n"
    )
    report = load(place, LONG, text)
    assert counts(place.of("answers", report)) == (2, 2, 0)
    assert place.ask("SELECT count(DISTINCT sitting), count(DISTINCT person) FROM answers") == [(1, 1)]
    assert counts(place.of("answers", load(place, LONG, text))) == (0, 2, 2)


def test_two_sittings_of_one_person_on_one_day_stay_two(place: Place) -> None:
    load(
        place, LONG,
        "When,Site,Phone,Question,Answer\n"
        f"2026-06-01 08:00,N,017,{WATER},Yes\n2026-06-01 17:00,N,017,{WATER},No\n",
    )  # fmt: skip
    assert place.ask("SELECT count(DISTINCT sitting), count(DISTINCT person) FROM answers") == [(2, 1)]


def test_a_follow_up_counts_only_after_its_answer_and_so_does_one_that_follows_it(place: Place) -> None:
    treated, helped = "Were you treated at once?", "Did the treatment help?"
    rows = [
        ("017", HURT, "Yes"), ("017", treated, "Yes"), ("017", helped, "No"),
        ("018", HURT, "No"), ("018", treated, "Yes"), ("018", helped, "Yes"),
        ("019", treated, "Yes"),
    ]  # fmt: skip
    body = "".join(f"2026-06-01,N,{phone},{question},{answer}\n" for phone, question, answer in rows)
    report = load(place, LONG, "When,Site,Phone,Question,Answer\n" + body)
    outcome = place.of("answers", report)
    assert counts(outcome) == (4, 3, 0)
    assert [row[0] for row in answers(place)] == ["helped", "hurt", "hurt", "treated"]
    assert sorted(int(row["line"]) for row in quarantined(outcome)) == [6, 7, 8]
    assert "only after a certain answer to 'hurt'" in quarantined(outcome)[0]["reason"]


def test_instants_become_the_day_it_was_at_the_factory(place: Place) -> None:
    mapping = LONG.replace('date = { column = "When" }', 'date = { column = "When", zone = "UTC" }')
    rows = ["2026-06-01 17:59:59", "2026-06-01 18:00:00", "2026-06-01T18:00:00Z", "yesterday"]
    body = "".join(f"{when},N,{n},{WATER},Yes\n" for n, when in enumerate(rows))
    report = load(place, mapping, "When,Site,Phone,Question,Answer\n" + body)
    assert [day for _, _, day in answers(place)] == ["2026-06-01", "2026-06-02", "2026-06-02"]
    assert quarantined(place.of("answers", report))[0]["reason"].startswith("date 'yesterday' is not a date")


@pytest.mark.parametrize(
    ("source", "written", "read"),
    [
        ('unknown = ["Date Not *"]', "Date not captured", None),
        ('item = "first"', "['north hall', 'south']", "north hall"),
        ('item = "first"', "north; south", "north"),
        ('item = "first"', "[]", None),
        ('item = "first"', "[unclosed", "[unclosed"),
        ('item = "first", after = "-"', "['dhaka-bangladesh']", "bangladesh"),
        ('decimal = ","', "1.234,5", "1234.5"),
        ('decimal = "."', "1,234.5", "1234.5"),
        ('decimal = ","', "see note", "see note"),
        ('reads = "country"', "Viet Nam", "VN"),
        ('reads = "country"', "Atlantis", "Atlantis"),
        ('format = ["%d.%m.%Y", "%Y/%m/%d"]', "2026/06/01", "2026-06-01"),
        ('made = "key"', "One  Hall", "a key"),
        ('recode = { North = "N" }', "north", "N"),
        ('recode = { North = "N" }, otherwise = ""', "south", ""),
    ],
)  # fmt: skip
def test_a_field_is_read_as_its_source_says(source: str, written: str, read: str | None) -> None:
    made = FieldSource.model_validate(tomllib.loads(f'field = {{ column = "c", {source} }}')["field"])
    value = field_values(pd.DataFrame({"c": [written, ""]}, dtype="str"), made)
    assert value.isna().tolist() == [read is None, True]
    if source.startswith("made"):
        assert value[0] == short_key("one hall")
    elif read is not None:
        assert value[0] == read


def test_a_mapping_that_reads_a_follow_up_of_nothing_is_refused(place: Place) -> None:
    with pytest.raises(Unreadable, match="follows 'gone', which no question is"):
        load(place, LONG.replace('indicator = "hurt", values', 'indicator = "gone", values'), "x\n1\n")


def test_a_column_that_is_not_there_is_told_with_the_one_it_may_be(place: Place) -> None:
    with pytest.raises(Unreadable, match="'Question' may be 'Questions'"):
        load(place, LONG, "When,Site,Phone,Questions,Answer\n")


def test_repeats_of_one_record_are_rows_of_their_own(place: Place) -> None:
    mapping = (
        'name = "m"\nas = "headcount"\n[fields]\nfactory_id = { column = "f" }\n'
        'gender = { column = "g/s" }\nheadcount = { column = "g/n" }\n'
    )
    (place.folder / "m.toml").write_text(mapping)
    place.load(place.files(answers=HEADER + "\n"))
    file = place.folder / "people.json"
    file.write_text(
        '[{"f": "F1", "g": [{"s": "woman", "n": 10}, {"s": "man", "n": 20}]}, {"f": "F2", "g": [{"n": 5}]}]'
    )
    report = place.load(file, "headcount", mapping=place.folder / "m.toml")
    assert counts(place.of("headcount", report)) == (3, 0, 0)
    assert place.ask("SELECT gender, headcount FROM headcount ORDER BY ALL") == [("man", 20), ("woman", 10), (None, 5)]


def test_answers_in_repeats_are_each_counted(place: Place) -> None:
    mapping = LONG.replace('"When"', '"w"').replace('"Site"', '"s"').replace('"Question"', '"a/q"')
    mapping = mapping.replace('"Answer"', '"a/v"').replace('["Phone", "w"]', '["w"]').replace('"Phone"', '"p"')
    (place.folder / "m.toml").write_text(mapping.replace('columns = ["Phone", "When"]', 'column = "w"'))
    file = place.folder / "calls.json"
    file.write_text(
        f'[{{"w": "2026-06-01", "s": "N", "p": "1",'
        f' "a": [{{"q": "{WATER}", "v": "Yes"}}, {{"q": "{HURT}", "v": "No"}}]}},'
        f'{{"w": "2026-06-02", "s": "N", "p": "2", "a": [{{"q": "{WATER}", "v": "perhaps"}}]}}]'
    )
    report = place.load(file, "answers", mapping=place.folder / "m.toml")
    assert counts(place.of("answers", report)) == (2, 1, 0)
