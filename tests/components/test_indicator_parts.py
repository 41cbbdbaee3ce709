"""The parts of the indicators page: order tells nothing, few look like none, leads carry no number."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import plotly.graph_objects as go
import pytest

from components.day_figure import bounds, day_figure
from components.day_table import MOST_LINES, day_note, day_sentence, day_table
from components.group_list import group_list
from components.indicator_file import COLUMNS, file_name, indicators_csv
from components.lead_list import lead_list
from components.question_table import question_table, theme_head
from components.theme_list import theme_list
from scoring.explanation_words import export_lines
from scoring.standards import ClauseGroup, Lead, Placed, Standard
from scoring.views import Dimension, Groups, IndicatorsView
from tests import sample_indicators as sample
from tests.rendered import having, kinds, links, text_of

VIEW = sample.indicators()


def body(table: object) -> list[str]:
    """The words of every row of the table's body."""
    return [text_of(row) for row in kinds(kinds(table, "Tbody"), "Tr")]


def test_questions_are_best_first_in_their_own_words_and_hidden_ones_last() -> None:
    assert body(question_table(VIEW)) == [
        "Did you know what time you would finish? 61 54–68",
        "Could you take your breaks today? 58 51–65",
        "More than 10 hours in a day, last 7 days? 36 29–43",
        "Do you work at night? too few people",
    ]
    hidden = kinds(kinds(question_table(VIEW), "Tbody"), "Tr")[-1]
    assert not having(hidden, "sl-why")
    assert not having(hidden, "sl-spark")


def test_each_question_leads_to_how_it_is_computed_on_this_page() -> None:
    found = [link.href for link in kinds(question_table(VIEW), "A")]
    assert found[0] == "/app/indicators/f1?theme=hours&explain=hours-2"


def test_dots_carry_the_middle_half_of_similar_factories() -> None:
    picture = having(question_table(VIEW), "sl-dw")[0]
    assert (picture.style["--p1"], picture.style["--p2"]) == ("51.0", "66.0")
    assert having(picture, "p")


def test_a_theme_of_hidden_questions_is_a_state() -> None:
    hidden = question_table(replace(VIEW, questions=(sample.hidden_question(),)))
    assert having(hidden, "sl-state")
    assert not kinds(hidden, "Table")


def test_head_says_score_change_people_and_grade() -> None:
    assert VIEW.chosen
    text = text_of(theme_head(VIEW, VIEW.chosen))
    assert (
        "51, likely 44–58. A clear drop of 7 points since August, likely 2 to 12. About 560 answers. B evidence" in text
    )
    assert "410" not in text


def test_themes_stand_in_the_codebooks_order_and_the_chosen_one_says_so() -> None:
    items = kinds(theme_list(VIEW), "A")
    assert [text_of(item).split(" ")[0] for item in items][:3] == ["Hiring", "Health", "Basic"]
    assert [getattr(item, "aria-current", None) for item in items].count("true") == 1
    assert text_of(items[-1]) == "Agency workers too few people"
    assert links(theme_list(replace(VIEW, query=replace(VIEW.query, period="3m"))))["Pay 58 51–65"] == (
        "/app/indicators/f1?theme=pay&period=3m"
    )


def test_a_theme_with_hardly_any_evidence_is_marked_and_no_other() -> None:
    assert not having(theme_list(VIEW), "sl-grade")
    thin = replace(VIEW.themes[0], score=replace(VIEW.themes[0].score, grade="D"))
    hidden = replace(VIEW.themes[-1], score=replace(VIEW.themes[-1].score, grade="D"))
    items = kinds(theme_list(replace(VIEW, themes=(thin, *VIEW.themes[1:-1], hidden))), "Li")
    assert [text_of(having(item, "sl-grade")) for item in items if having(item, "sl-grade")] == ["D evidence"]
    assert having(items[0], "sl-grade")


def test_groups_say_their_days_and_which_dimension_cannot_be_told() -> None:
    assert body(group_list(VIEW)) == [
        "Gender, 1 Oct – 31 Oct 2026", "Women 49 42–56", "Men or not said 55 47–63", "Department", "too few people",
    ]  # fmt: skip
    assert "never combined" in text_of(group_list(VIEW))
    assert "all questions together" in text_of(group_list(replace(VIEW, groups=replace(VIEW.groups, whole=True))))


def test_without_any_group_there_is_a_state_and_no_number() -> None:
    none = Groups(False, (Dimension("gender", "Gender", (), None, None),))
    drawn = group_list(replace(VIEW, groups=none))
    assert having(drawn, "sl-state")
    assert not re.search(r"\d", text_of(drawn))


def test_leads_are_bands_in_words_and_never_numbers() -> None:
    drawn = lead_list(VIEW)
    rows = [text_of(row) for row in kinds(kinds(drawn, "Dl"), "Div")]
    assert rows == [
        "Are all exits unlocked? some signs",
        "Did a boss hit anyone? none seen",
        "Is someone keeping your papers? many signs, April to June 2026",
        "Can you quit? nothing to show",
    ]
    assert "July to September 2026" in text_of(drawn)


def test_who_may_not_read_leads_learns_only_that_they_are_asked() -> None:
    text = text_of(lead_list(replace(VIEW, leads=None)))
    assert "told to the factory alone" in text
    assert not re.search("signs|seen|exits", text)
    assert lead_list(replace(VIEW, leads=(), leads_named=())) is None


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("narrow", [False, True])
def test_picture_is_valid_and_draws_every_cell_once(dark: bool, narrow: bool) -> None:
    figure = day_figure(VIEW, dark, narrow)
    go.Figure(figure)
    dots = next(t for t in figure["data"] if len(t.get("customdata", ())) == 30)
    assert dots["y"] == [cell.value for cell in VIEW.cells]
    assert dots["x"][-1] == VIEW.cells[-1].middle.isoformat()


def test_wide_cells_are_drawn_as_wide_as_they_are() -> None:
    wide = day_figure(replace(VIEW, cells=sample.cells(20)), False, False)
    lines = [t for t in wide["data"] if t["mode"] == "lines" and None in t["x"]]
    assert lines[0]["x"][:3] == [sample.cells(20)[0].first.isoformat(), sample.cells(20)[0].last.isoformat(), None]
    assert not [t for t in day_figure(VIEW, False, False)["data"] if t["mode"] == "lines" and None in t["x"]]


def test_every_dot_and_range_lies_within_the_axis() -> None:
    low, high = bounds(VIEW)
    assert low < min(cell.value for cell in VIEW.cells)
    assert high > max(cell.value for cell in VIEW.cells)
    assert bounds(replace(VIEW, cells=(), line=None)) == (30.0, 70.0)


def test_names_cannot_become_markup_in_a_picture() -> None:
    odd = replace(VIEW.cells[0], name="<b>%{x}</b>")
    figure = day_figure(replace(VIEW, cells=(odd,)), False, False)
    told = next(t["customdata"][0] for t in figure["data"] if t["mode"] == "markers" and "customdata" in t)
    assert "<b>" not in told
    assert "%{" not in told


def test_note_says_how_wide_a_dot_is_and_when_it_cannot_be_finer() -> None:
    assert "over about 2 days here. Line and band are the theme by week." in day_note(VIEW)
    assert "Finer than that is not shown" in day_note(replace(VIEW, cells=sample.cells(20)))
    assert day_note(replace(VIEW, cells=())).startswith("Dots appear")
    said = day_sentence(VIEW)
    assert said.startswith("Hours, rest and pace, 51, likely 44–58; about 560 answers; grade B. From 21 November 2025")
    assert "30 dots and 7 buyer actions" in said


def test_table_twin_holds_the_newest_and_says_how_many_more() -> None:
    many = tuple(replace(cell, last=cell.last + timedelta(days=n)) for n in range(10) for cell in VIEW.cells)
    twin = day_table(replace(VIEW, cells=many))
    assert len(body(twin)) == MOST_LINES
    assert "the file holds 100 more" in text_of(twin)


def rows_of(view: IndicatorsView) -> list[dict[str, str]]:
    """The lines of the file that are not comments."""
    text = indicators_csv(view, sample.explained("hours"))
    return list(csv.DictReader(io.StringIO("".join(x for x in text.splitlines(True) if not x.startswith("#")))))


def test_file_holds_what_the_page_shows_and_how_it_came_about() -> None:
    rows = rows_of(VIEW)
    assert set(rows[0]) == set(COLUMNS)
    counts = {part: sum(row["part"] == part for row in rows) for part in ("theme", "question", "group", "line", "cell")}
    assert counts == {"theme": 12, "question": 4, "group": 3, "line": 52, "cell": 30}
    hours = next(row for row in rows if row["key"] == "hours" and row["part"] == "theme")
    assert (hours["score"], hours["low"], hours["outer_low"], hours["people"], hours["grade"]) == (
        "51", "44", "41", "410", "B")  # fmt: skip
    hidden = next(row for row in rows if row["key"] == "hours-9")
    assert (hidden["score"], hidden["people"], hidden["grade"], hidden["reason"]) == ("", "", "", "not_enough")
    text = indicators_csv(VIEW, sample.explained("hours"))
    foot = text[text.index("# Release 42") :].splitlines()
    assert "# Method: Computed with method 1.1 (since 22 November 2026)." in foot
    assert all(line.startswith("# ") for line in foot)


def test_sentences_of_the_file_are_whole() -> None:
    chain = replace(sample.explained("hours"), warnings=(sample.WARNING,))
    evidence = replace(chain.explanation.evidence, grade="C", flagged=True)
    chain = replace(chain, explanation=replace(chain.explanation, evidence=evidence))
    text = indicators_csv(VIEW, chain)
    assert "# Scores are 0 to 100, where 100 is good. Low and high are the likely (95 %) range." in text
    for line in (line.replace("\u00a0", " ") for line in export_lines(chain)):
        assert f"# {line}\r\n" in text
    assert "At least a fifth, or more, were told what to say." in text


def test_a_page_read_as_a_standard_has_its_clauses_leads_and_gaps_in_the_file() -> None:
    score = sample.question("hours-1", "Breaks?", 58).score
    near = Placed(score, "Breaks, today?", in_part=True)
    groups = (
        ClauseGroup("c1", "5", "Hours", "", (near, Placed(score, "Breaks?", in_part=False)), (), ()),
        ClauseGroup("c2", "1", "Free work", "", (), (Lead("FRE-01", "=Can you leave?", in_part=True),), ()),
        ClauseGroup("c3", "", "Prison labour", "Forced labour", (), (), ()),
        ClauseGroup("c4", "", "Ethics", "", (), (), ("Were you told what to say?",)),
    )
    standard = Standard("eti", "ETI", "ETI Base Code", "ETI", ())
    view = replace(VIEW, themes=(), questions=(), cells=(), line=None, clauses=groups, standard=standard, chosen=None,
                   groups=Groups(False, ()))  # fmt: skip
    rows = rows_of(view)
    told = [(row["part"], row["under"], row["name"], row["score"], row["coverage"]) for row in rows]
    assert told == [
        ("clause", "", "5 Hours", "", "asked"),
        ("question", "5 Hours", "Breaks, today?", "58", "in part"),
        ("question", "5 Hours", "Breaks?", "58", "asked"),
        ("clause", "", "1 Free work", "", "in part"),
        ("lead", "1 Free work", "'=Can you leave?", "", "in part"),
        ("clause", "Forced labour", "Prison labour", "", "not asked"),
        ("clause", "", "Ethics", "", "not scored"),
        ("context", "Ethics", "Were you told what to say?", "", "not scored"),
    ]
    assert all(None not in row and None not in row.values() for row in rows)


def test_file_takes_no_text_for_a_formula_and_keeps_lines_whole() -> None:
    odd = replace(VIEW.factory, factory_id="=cmd", name="A\n=B;C")
    text = indicators_csv(replace(VIEW, factory=odd), None)
    assert "'=cmd" in text
    for name, kept in (("A,=B", "A,'=B"), ('A; "@B', "A; \"'@B"), ("A,\u2028+B", "A, '+B"), ("A, b; c", "A, b; c")):
        text = indicators_csv(replace(VIEW, factory=replace(VIEW.factory, name=name)), None)
        assert text.splitlines()[0] == f"# Seamline: indicators of {kept} on 20 November 2026."
    assert not [line for line in text.splitlines() if line.startswith(("=", "B"))]
    assert file_name(replace(VIEW, factory=odd)) == "seamline-indicators--cmd-release-42.csv"
