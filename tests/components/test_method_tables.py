"""The method page's tables: every constant is told, and the study is drawn only from its numbers."""

from dataclasses import fields, replace
from itertools import pairwise

from components import method_tables as parts
from scoring import method_words
from scoring.method import METHOD, METHODS, Method
from scoring.studies import Study, studies, study
from tests.rendered import having, kinds, text_of

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
    assert "because" not in " ".join(method_words.limits(studies()))


def test_limits_say_how_often_the_pale_range_fails_from_the_row_of_the_study() -> None:
    bad = replace(ROW, method=METHOD.version, world=method_words.MUCH, tie="-0.7", outer=0.234)
    said = "(a tie of −0.7), even the pale range fails: on invented worlds it held 23 of 100."
    assert said in method_words.limits([ROW, bad])[1]
    for one in (ROW, replace(bad, outer=None), replace(bad, outer=0.97), replace(bad, level="theme"),
                replace(bad, method="0.9")):  # fmt: skip
        assert method_words.limits([one]) == method_words.LIMITS
    assert method_words.limits([]) == method_words.LIMITS


def test_steps_tell_all_four_scales_and_what_widens_and_caps_a_range() -> None:
    formulas = " ".join(one.formula for one in method_words.STAGES)
    scales = ("100 v", "25 (v − 1)", "25 v", "100 (v − 1) / 9")
    for part in (*scales, "s² d_w (ρ / K", "within 0 and 100", "1.96 √(v + b²)"):
        assert part in formulas


def test_grades_are_the_four_with_their_limits() -> None:
    rows = text_of(parts.grade_table()).replace("\u00a0", " ")
    assert "A 50 30 % 80 % 14 days" in rows
    assert rows.endswith("D fewer less less older")


def test_study_is_drawn_beside_the_aim() -> None:
    table = parts.study_table([ROW])
    text = text_of(table).replace("\u00a0", " ")
    assert "Plain, tie none score 95 % 62 % 99 % −0.12 2.40 0.81 98 %" in text
    assert [getattr(cell, "data-name", None) for cell in kinds(table, "Td")][1:] == list(parts.STUDY[2:])
    dots = having(table, "sl-coverage")[0]
    assert getattr(dots, "aria-label").replace("\u00a0", " ") == "score 95 %, plain mean 62 %, aim 95 %"
    assert "40 invented worlds" in text_of(parts.study_note([ROW]))


def test_rows_of_one_world_stand_together_under_its_name_and_tie() -> None:
    rows = [replace(ROW, world="w", tie="-0.25", level=level) for level in ("factory", "theme", "indicator")]
    alone = replace(ROW, world="about 1,000 answers to a question", tie="0", level="indicator", naive_covered=0.878)
    drawn = kinds(kinds(parts.study_table([*rows, alone]), "Tbody"), "Tr")
    assert [text_of(row) for row in drawn if "grp" in str(getattr(row, "className", ""))] == [
        "W, tie −0.25", "About 1,000 answers to a question, tie 0",
    ]  # fmt: skip
    assert [text_of(kinds(row, "Th")) for row in drawn][1:4] == ["score", "themes", "questions"]
    assert text_of(drawn[-1]).replace("\u00a0", " ").startswith("questions 95 % 88 %")
    note = text_of(parts.study_note(rows))
    assert all(f"{word}:" in note for word in ("Tie", "RMSE", "Rank", "Shown"))


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
