"""Records of JSON, Kobo's submissions and XLSForms become rows and questions with nothing lost on the way."""

import json
from pathlib import Path

import pytest

from data.readers.formats import Limits, Unreadable
from data.readers.forms import Form, form_of, in_language
from data.readers.recognition import recognised
from tests.data.readers.writing import opened, passed, real, refused, rows, values, written


def held(folder: Path, value: object) -> Path:
    """A JSON file with this value."""
    return written(folder, json.dumps(value, ensure_ascii=False), "some.json")


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    record = {"site": "A", "n": 5, "pay": 1.10, "ok": True, "no": None, "at": {"day": "2026-03-01", "by": {"x": "é"}}}
    table = opened(held(tmp_path, [record, {"site": "B", "tags": ["a", 2, None], "new": "1"}]))
    assert table.header() == ["site", "n", "pay", "ok", "no", "at/day", "at/by/x", "tags", "new"]
    assert rows(table) == [
        (1, ["A", "5", "1.1", "true", "", "2026-03-01", "é", "", ""]),
        (2, ["B", "", "", "", "", "", "", "a; 2", "1"]),
    ]


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    body = '[{"a": 1.10, "b": 12345678901234567890123, "c": NaN, "d": 1e3, "e": ' + "9" * 6000 + "}]"
    assert values(opened(written(tmp_path, body)))[0][:4] == ["1.10", "12345678901234567890123", "", "1e3"]
    assert len(values(opened(written(tmp_path, body)))[0][4]) == 6000
    assert refused(opened(written(tmp_path, body), Limits(field=2_000)))[0][:2] == (1, 1)


def test_lists_of_objects_become_rows_with_what_is_above_them(tmp_path: Path) -> None:
    table = opened(held(tmp_path, [{"id": 1, "kids": [{"age": 3}, {"age": 5}]}, {"id": 2, "kids": []}]))
    assert table.header() == ["id", "kids/age", "kids"]
    assert rows(table) == [(1, ["1", "3", ""]), (1, ["1", "5", ""]), (2, ["2", "", ""])]


def test_the_list_is_found_or_asked_for(tmp_path: Path) -> None:
    assert len(rows(opened(held(tmp_path, {"count": 1, "data": {"results": [{"a": 1}]}})))) == 1
    path = held(tmp_path, {"meta": [{"x": 1}], "data": {"results": [{"a": 1}, {"a": 2}]}})
    with pytest.raises(Unreadable, match=r"several lists of records: 'meta' \(1\); 'data.results' \(2\)\. Which\?"):
        opened(path)
    assert len(rows(opened(path, records="data.results"))) == 2
    assert recognised(path).format.records == "data.results"
    with pytest.raises(Unreadable, match=r"no list of records at 'nowhere'; there is one at 'meta', 'data.results'"):
        opened(path, records="nowhere")


def test_an_object_a_line_keeps_its_lines(tmp_path: Path) -> None:
    table = opened(written(tmp_path, '{"a": 1}\n\n{"a": \n{"a": "x\u2028y"}\n{"a": 3}\n', "some.jsonl"))
    assert rows(table) == [(1, ["1"]), (4, ["x\u2028y"]), (5, ["3"])]
    assert refused(table) == [(3, 3, "the line is no JSON object")]
    assert passed(table) == [(2, 2, "blank line")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('[{"a": 1}', r"is not JSON: .* in line 1, column 10"),
        ('[{"a": 1, "a": 2}]', "names 'a' twice"),
        ("[1, 2]", "holds no list of records"),
        ('{"a": {"b": 1}}', "holds no list of records"),
        ('[{"a":' * 30 + "1" + "}]" * 30, "deeper than is read"),
        ('{"a":' * 100_000, "deeper than is read|is not JSON"),
        ("[" + "{}," * 50 + "{}]", "more than 99 values"),
        ("[{}]", "no records that hold anything"),
    ],
)
def test_what_is_no_list_of_records_is_refused_in_words(tmp_path: Path, body: str, said: str) -> None:
    limits = Limits(nodes=99) if "99" in said else Limits()
    with pytest.raises(Unreadable, match=said):
        opened(written(tmp_path, body), limits)


def test_a_table_that_would_grow_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"more than is read\. Perhaps its names are values"):
        opened(held(tmp_path, [{f"n{i}": 1} for i in range(3_000)]))
    with pytest.raises(Unreadable, match="has more than 1,000 rows"):
        opened(held(tmp_path, [{"a": [{"b": [{"c": 1}] * 100}] * 100}]), Limits(rows=1_000))


def test_kobo_submissions_come_under_their_labels() -> None:
    path = real("form-formats/kobo_grouped_translated_v1.json")
    table = opened(path)
    which = "External Characteristics / What kind of symmetry do you have?"
    assert table.header()[2:6] == [which, f"{which} / Spherical", f"{which} / Radial", f"{which} / Bilateral"]
    found = dict(zip(table.header(), values(table)[1], strict=True))
    assert (found[which], found[f"{which} / Radial"], found[f"{which} / Bilateral"]) == ("Bilateral", "0", "1")
    assert found["Do you have body fluids that occupy intracellular space?"] == "Yes"
    assert found["_submission_time"] == "2017-12-28T15:02:25"
    spanish = opened(path, language="español")
    assert "¿Desciende de un organismo unicelular ancestral?" in spanish.header()
    assert "external_characteristics / What_kind_of_symmetry_do_you_have" in opened(path, language="").header()
    with pytest.raises(Unreadable, match="has no labels in 'Klingon'; it has English, Español"):
        opened(path, language="Klingon")
    assert recognised(path).format.language == "English"


def test_kobo_repeats_are_rows_of_their_submission() -> None:
    table = opened(real("form-formats/kobo_grouped_repeatable_v1.json"))
    names = "Household visit / For each household member / household member name"
    found = [dict(zip(table.header(), fields, strict=True)) for fields in values(table)]
    assert len(found) == 13
    assert [(row[names], row["_parent_index"], row["_index"]) for row in found[:3]] == [
        ("peter", "1", "1"),
        ("kyle", "2", "2"),
        ("linda", "2", "3"),
    ]
    assert found[1]["Household visit / household location"] == "marseille"


def test_a_kobo_form_without_submissions_has_its_header() -> None:
    table = opened(real("form-formats/kobo_long_unicode_labels_v1.json"), language="Français")
    assert rows(table) == []
    assert len(table.header()) == 13


def named(form: Form) -> dict[str, str]:
    """The kind of each question by its key."""
    return {question.key: question.kind for question in form.questions}


def test_xlsforms_are_read_with_groups_choices_and_languages() -> None:
    tutorial = form_of(real("form-formats/xlsform_tutorial.xls"))
    related = next(q for q in tutorial.questions if q.name == "relationship_to_household_head")
    assert (related.kind, related.path, related.repeated) == ("select_one", ("member",), True)
    assert [choice.name for choice in related.choices][:2] == ["head", "wife_or_husband"]
    assert in_language(related.choices[0].labels, "") == "Head"
    spec = form_of(real("form-formats/xlsform_xlsform_spec_test.xlsx"))
    assert spec.title == "Spec test"
    assert {"english", "chinese"} <= set(spec.languages)
    assert named(spec)["skip_to_end"] == "select_one"
    assert "everything/my_name" in named(spec)
    dated = form_of(real("form-formats/xlsform_xl_date_ambiguous.xlsx"))
    assert dated.languages == ("English",)


def test_odd_xlsforms_are_read_all_the_same() -> None:
    assert named(form_of(real("form-formats/xlsform_blank_second_row.xls"))) == {"value": "integer"}
    twice = form_of(real("form-formats/xlsform_duplicate_columns.xlsx"))
    assert in_language(next(q for q in twice.questions if q.name == "skip_to_end").labels, "") == "Skip to end"
    other = form_of(real("form-formats/xlsform_specify_other.xls"))
    assert named(other) == {"sex": "select_one", "sex_other": "text"}
    assert [choice.name for choice in other.questions[0].choices] == ["male", "female", "other"]
    [asked] = form_of(real("form-formats/xlsform_utf_csv.csv")).questions
    assert (asked.name, asked.kind) == ("burger_toppings", "text")
    assert in_language(asked.labels, "").endswith("on your 🍔s?")
    assert "table_list_test2/table_list_3" in named(form_of(real("form-formats/xlsform_table-list.xls")))
    assert len(form_of(real("form-formats/xlsform_widgets.xls")).questions) > 20
    kobo = form_of(real("form-formats/kobo_customer_satisfaction_v1.json"))
    assert named(kobo) == {"restaurant_name": "text", "customer_enjoyment": "select_one"}


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is no form"):
        form_of(held(tmp_path, [{"a": 1}]))
    with pytest.raises(Unreadable, match="is no XLSForm"):
        form_of(written(tmp_path, "a,b\n1,2\n"))


def test_an_xlsform_sent_for_answers_is_told(tmp_path: Path) -> None:
    assert recognised(real("form-formats/xlsform_tutorial.xls")).notes[-1].startswith("This is a form (XLSForm)")
