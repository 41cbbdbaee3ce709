"""The method page's tables: every constant is told, and the study is drawn only from its numbers."""

from dataclasses import fields, replace
from itertools import pairwise

from components import method_tables as parts
from scoring import method_words
from scoring.method import METHOD, METHODS, Method
from scoring.studies import Study, studies, study
from tests.rendered import having, text_of

ROW = Study("1.1", "plain", "none", "factory", 0.98, -0.12, 2.4, 0.95, 0.99, 0.81, 0.62, 40)


def test_every_constant_of_a_method_has_its_sentence() -> None:
    told = {one.key for one in method_words.constants()}
    assert told == {field.name for field in fields(Method)} - {"version", "since", "codebook"}
    assert all(one.sentence.endswith(".") and one.value for one in method_words.constants())


def test_table_shows_the_values_in_force_and_follows_them() -> None:
    text = text_of(parts.constant_table())
    assert f"Half-life H {METHOD.half_life:g}" in text
    other = {one.key: one.value for one in method_words.constants(replace(METHOD, half_life=61.0, pools=False))}
    assert (other["half_life"], other["pools"]) == ("61", "no")


def test_versions_say_what_changed() -> None:
    text = text_of(parts.version_list())
    assert text.startswith(f"{METHODS[-1].version}, since")
    assert "Steadied by similar factories: no → yes" in text
    assert "The first one." in text


def test_words_cover_the_scale_without_gap_or_overlap() -> None:
    spans = [tuple(map(int, span.split("–"))) for _, span in method_words.word_rows()]
    assert [spans[0][0], spans[-1][1]] == [0, 100]
    assert all(b[0] == a[1] + 1 for a, b in pairwise(spans))


def test_limits_say_that_silence_is_not_cured() -> None:
    assert method_words.LIMITS[0].startswith("It does not cure silence.")
    assert "because" not in " ".join(method_words.LIMITS)


def test_grades_are_the_four_with_their_limits() -> None:
    rows = text_of(parts.grade_table()).replace("\u00a0", " ")
    assert "A 50 30 % 80 % 14 days" in rows
    assert rows.endswith("D fewer less less older")


def test_study_is_drawn_beside_the_aim() -> None:
    table = parts.study_table([ROW])
    text = text_of(table).replace("\u00a0", " ")
    assert "plain none factory 95 % 62 % 99 % −0.12 2.40 0.81 98 %" in text
    dots = having(table, "sl-coverage")[0]
    assert getattr(dots, "aria-label").replace("\u00a0", " ") == "score 95 %, plain mean 62 %, aim 95 %"
    assert "40 invented worlds" in text_of(parts.study_note([ROW]))


def test_a_number_that_the_study_lacks_is_a_dash_and_no_dot() -> None:
    table = parts.study_table([replace(ROW, naive_covered=None, rank=None)])
    assert not having(table, "ghost")
    assert "–" in text_of(table)


def test_file_of_the_study_can_be_read_and_blanks_are_none() -> None:
    assert all(isinstance(one, Study) for one in studies())
    names = ("method", "world", "tie", "level", "shown", "bias", "rmse", "covered", "outer", "rank", "naive_covered",
             "seeds")  # fmt: skip
    found = study(dict.fromkeys(names, "") | {"method": "1.1", "covered": "0.94", "seeds": "8"})
    assert (found.covered, found.seeds, found.bias) == (0.94, 8, None)
