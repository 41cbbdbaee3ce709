"""A first mapping takes what is certain, leaves to a person what is not, and never takes a near match silently."""

from pathlib import Path

import pytest

from data.readers.answer_words import likely_scale, steps_of
from data.readers.formats import FileFormat, Unreadable
from data.readers.forms import form_of
from data.readers.mapping import mapping_of
from data.readers.mapping_text import mapping_text
from data.readers.suggestion import KnownQuestion, Suggestion, suggested
from data.readers.wording import near, plain_wording

KNOWN = [
    KnownQuestion("FAC-01", "Is the drinking water clean?", "yesno"),
    KnownQuestion("RES-01", "Does your supervisor treat you with respect?", "ordinal5"),
    KnownQuestion("PAY-02", "Were you paid on the agreed day & in full?", "yesno"),
]


def found(folder: Path, text: str, kind: str | None = None) -> Suggestion:
    """What a file with this text seems to hold."""
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return suggested(path, FileFormat(encoding="utf-8", delimiter=","), KNOWN, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Is the drinking water clean?", "is the drinking  water clean", "IS THE DRINKING-WATER CLEAN ?",
        "“Is the drinking water clean?”", "Is the drinking water clean…",
    ],
)  # fmt: skip
def test_writings_of_one_question_are_one(text: str) -> None:
    assert plain_wording(text) == "is the drinking water clean"


def test_mojibake_and_the_sign_for_and_are_read() -> None:
    assert plain_wording("Were you paid on time & in full?") == plain_wording("were you paid on time and in full")
    assert plain_wording("Ãªtes-vous payÃ© Ã\xa0 temps ?") == plain_wording("Êtes-vous payé à temps ?")


def test_what_is_near_is_named_and_what_is_not_is_not() -> None:
    texts = [question.text for question in KNOWN]
    assert [text for text, _ in near("Is the drinking water clear?", texts)] == ["Is the drinking water clean?"]
    assert near("Do you like the canteen?", texts) == []
    assert near("?", texts) == []


def test_a_wide_survey_is_recognised_and_its_mapping_can_be_read(tmp_path: Path) -> None:
    seen = found(
        tmp_path,
        "Timestamp,Factory,Gender,is the drinking water clean,Is the drinking water clear?,Is lunch good?,Your name\n"
        "2026-06-01 08:00,N,f,Yes,No,always,Ana\n2026-06-01 09:00,N,m,Don't know,Yes,never,Bo\n",
    )  # fmt: skip
    assert (seen.kind, seen.shape) == ("answers", "wide")
    assert seen.fields == {"factory_id": "Factory", "date": "Timestamp", "gender": "Gender"}
    by_text = {one.text: one for one in seen.asked}
    assert set(by_text) == {"is the drinking water clean", "Is the drinking water clear?", "Is lunch good?"}
    sure, likely, new = by_text.values()
    assert (sure.indicator, sure.values) == ("FAC-01", {"Yes": 1, "Don't know": "not_applicable"})
    assert (likely.indicator, [known.indicator_id for known, _ in likely.near]) == (None, ["FAC-01"])
    assert (new.indicator, new.near, new.scale, new.values) == (None, (), "ordinal5", {"always": 5, "never": 1})
    text = mapping_text(seen, "file")
    mapping = mapping_of(text)
    assert list(mapping.questions) == ["is the drinking water clean"]
    assert mapping.questions["is the drinking water clean"].indicator == "FAC-01"
    assert '# indicator = "FAC-01"  # ' in text
    assert len(seen.notes) == 2


def test_pairs_and_long_files_are_recognised(tmp_path: Path) -> None:
    paired = found(
        tmp_path,
        "date,site,Q1,A1,Q2,A2\n"
        "2026-06-01,N,Is the drinking water clean?,yes,Does your supervisor treat you with respect?,4\n"
        "2026-06-01,N,Does your supervisor treat you with respect?,5,Is the drinking water clean?,no\n",
    )  # fmt: skip
    assert (paired.shape, paired.pairs) == ("paired", [("Q1", "A1"), ("Q2", "A2")])
    assert {one.indicator for one in paired.asked} == {"FAC-01", "RES-01"}
    assert mapping_of(mapping_text(paired, "file")).shape == "paired"
    long = found(tmp_path, "date,factory,question,answer\n2026-06-01,N,Is the drinking water clean?,ja\n")
    assert (long.shape, [one.values for one in long.asked]) == ("long", [{"ja": 1}])
    assert mapping_of(mapping_text(long, "file")).shape == "long"


def test_a_list_of_factories_and_orders_are_recognised(tmp_path: Path) -> None:
    factories = found(tmp_path, "country,name,address,lat,lng\nBD,One,Road 1,23,90\n")
    assert factories.kind == "factories"
    assert factories.fields == {"name": "name", "country": "country", "latitude": "lat", "longitude": "lng"}
    orders = found(tmp_path, "PO,Brand,Factory,Order date,Due date,Qty\n1,B,F,03/04/2026,05/06/2026,10\n")
    assert orders.kind == "orders"
    assert orders.dates["placed_date"] == ["%d/%m/%Y", "%m/%d/%Y"]
    assert any("day and month may be exchanged" in note for note in orders.notes)
    with pytest.raises(Unreadable, match="fields lacks"):
        mapping_of(mapping_text(orders, "file"))


def test_a_day_above_twelve_settles_which_is_the_month(tmp_path: Path) -> None:
    seen = found(tmp_path, "PO,Brand,Factory,Order date,Qty\n1,B,F,03/04/2026,1\n2,B,F,13/04/2026,1\n")
    assert seen.dates == {"placed_date": ["%d/%m/%Y"]}
    assert mapping_of(mapping_text(seen, "file")).fields["placed_date"].format == "%d/%m/%Y"


def test_odd_texts_make_a_mapping_that_can_be_read(tmp_path: Path) -> None:
    header = 'date,factory,"Is the ""drinking""\nwater \\ clean?\x7f 💧"\n'
    seen = found(tmp_path, header + "2026-06-01,N,Yes\n2026-06-01,N,No\n")
    mapping = mapping_of(mapping_text(seen, 'a "name"'))
    assert mapping.name == 'a "name"'
    assert [(seen.asked[0].text, seen.asked[0].indicator)] == [
        (text, q.indicator) for text, q in mapping.questions.items()
    ]


def test_an_empty_survey_says_that_nothing_looks_like_a_question(tmp_path: Path) -> None:
    assert any("No column looks like a question" in note for note in found(tmp_path, "a,b\n").notes)


@pytest.mark.parametrize(
    ("written", "scale"),
    [
        (["Yes", "No"], "yesno"), (["oui", "non"], "yesno"), (["হ্যাঁ", "না"], "yesno"), (["có", "không"], "yesno"),
        (["Strongly agree", "agree", "neutral"], "ordinal5"), (["siempre", "nunca", "a veces"], "ordinal5"),
        (["red", "blue"], None), (["Yes", "perhaps"], None), (["don't know"], None),
    ],
)  # fmt: skip
def test_words_of_answers_are_understood_or_left_alone(written: list[str], scale: str | None) -> None:
    assert likely_scale(written) == scale


def test_two_words_for_one_step_are_left_to_a_person() -> None:
    assert steps_of(["good", "agree"], "ordinal5") is None


def test_columns_and_values_that_bear_names_are_read_by_the_labels_of_their_form(tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    form.write_text(
        "survey,,,,\n,type,name,label::English,label::Bengali\n,select_one yn,water,Is the drinking water clean?,পানি?\n"
        ",begin group,more,More,আরও\n,select_one yn,lunch,Is lunch good?,খাবার?\n,end group,,,\n"
        "choices,,,,\n,list_name,name,label::English,label::Bengali\n,yn,a1,Yes,হ্যাঁ\n,yn,a2,No,না\n"
    )
    path = tmp_path / "export.csv"
    path.write_text("date,factory,water,more/lunch,note\n2026-06-01,N,a1,a2,x\n2026-06-02,N,a2,a1,y\n")
    seen = suggested(path, FileFormat(encoding="utf-8", delimiter=","), KNOWN, None, form_of(form))
    water, lunch = seen.asked
    assert (water.text, water.indicator, water.values) == ("water", "FAC-01", {"a1": 1, "a2": 0})
    assert (lunch.text, lunch.wording, lunch.indicator, lunch.values) == (
        "more/lunch", "Is lunch good?", None, {"a1": 1, "a2": 0},
    )  # fmt: skip
    assert list(mapping_of(mapping_text(seen, "export")).questions) == ["water"]
    assert '# text = "Is lunch good?"' in mapping_text(seen, "export")


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Is the drinking water clean?", ["1", "2"]),
        ("Does your supervisor treat you with respect?", ["0", "1", "4", "99"]),
    ],
)
def test_numbers_that_are_not_those_of_the_scale_are_left_to_a_person(
    tmp_path: Path, question: str, numbers: list[str]
) -> None:
    rows = "".join(f"2026-06-{day + 10},N,{number}\n" for day, number in enumerate(numbers))
    seen = found(tmp_path, f"date,factory,{question}\n{rows}")
    assert [one.indicator for one in seen.asked] == [None]
    assert any("Say which answer each written number is" in note for note in seen.notes)
    assert "\n[questions" not in mapping_text(seen, "m")


def test_numbers_of_the_scale_are_taken(tmp_path: Path) -> None:
    seen = found(tmp_path, "date,factory,Is the drinking water clean?\n2026-06-01,N,0\n2026-06-02,N,1\n")
    assert [one.indicator for one in seen.asked] == ["FAC-01"]


def test_one_question_in_two_columns_is_read_from_one_until_a_person_says_more(tmp_path: Path) -> None:
    header = "date,factory,Is the drinking water clean?,IS THE DRINKING WATER CLEAN"
    seen = found(tmp_path, f"{header}\n2026-06-01,N,Yes,No\n2026-06-02,N,No,No\n")
    assert [one.indicator for one in seen.asked] == ["FAC-01", None]
    assert any("another column is too" in note for note in seen.notes)


def test_fair_is_just_beside_unfair_and_the_middle_beside_poor() -> None:
    assert steps_of(["Very unfair", "Unfair", "Fair", "Very fair"], "ordinal5") == {
        "Very unfair": 1, "Unfair": 2, "Fair": 4, "Very fair": 5,
    }  # fmt: skip
    assert steps_of(["Poor", "Fair", "Good"], "ordinal5") == {"Poor": 2, "Fair": 3, "Good": 4}
    assert steps_of(["Unfair", "Neither", "Fair"], "scale4") == {"Unfair": 1, "Neither": 2, "Fair": 3}


@pytest.mark.parametrize(
    ("header", "taken"), [("Total", False), ("Amount", False), ("Amount (USD)", False), ("value_usd", True)]
)
def test_an_amount_is_one_of_dollars_only_where_the_file_says_so(tmp_path: Path, header: str, taken: bool) -> None:
    seen = found(tmp_path, f"PO,Buyer,Factory,Order date,Qty,{header}\n1,B,F,2026-06-01,5,100\n")
    assert ("value_usd" in seen.fields) == taken
    if header in ("Total", "Amount"):
        assert f"{header!r} may be value_usd, if it is in US dollars. Say so under fields." in seen.notes


def test_instants_at_utc_are_suggested_as_such(tmp_path: Path) -> None:
    seen = found(tmp_path, "date,factory,Is the drinking water clean?\n2026-06-01T20:00:00Z,N,Yes\n")
    assert mapping_of(mapping_text(seen, "m")).fields["date"].zone == "UTC"
