"""The clauses: the same numbers in groups, leads without a number, and what workers are not asked by name."""

import re
from dataclasses import replace
from datetime import date

from components.clause_table import clause_table
from scoring.model import Estimate, Point, Reason, Score, Series
from scoring.query import IndicatorsQuery
from scoring.standards import BEYOND, BEYOND_TITLE, ClauseGroup, Lead, Placed, Standard
from scoring.views import IndicatorsView
from tests import sample_indicators
from tests.rendered import having, kinds, links, text_of

LAST = date(2026, 11, 20)
STANDARD = Standard("eti", "ETI", "ETI Base Code", "ETI", ())


def placed(key: str, value: float | None, *, in_part: bool = False) -> Placed:
    """A question with or without a score."""
    found = None if value is None else Estimate(value, value - 5, value + 5)
    score = Score(key, key, found, None if found else Reason.NOT_ENOUGH, 1, 100)
    return Placed(score, f"Is {key} fine?", in_part)


def group(title: str, *questions: Placed, leads: tuple[Lead, ...] = (), context: tuple[str, ...] = ()) -> ClauseGroup:
    """A clause with its questions."""
    return ClauseGroup(title, "5", title, "", questions, leads, context)


LEAD = Lead("FRE-01", "Can you leave?", in_part=False)
GROUPS = (
    group("Living wages are paid", placed("PAY-01", 71), placed("PAY-02", None), placed("PAY-05", 44, in_part=True)),
    group("Employment is freely chosen", leads=(LEAD,)),
    ClauseGroup("p", "", "Prison labour", "Forced labour", (), (), ()),
    group("Ethical behaviour", context=("Did anyone tell you what to answer?",)),
    ClauseGroup("h", "", "Benefits", "Compensation", (placed("HRS-06", 58, in_part=True),), (), ()),
    ClauseGroup(BEYOND, "", BEYOND_TITLE, "", (placed("WEL-01", 52),), (), ()),
)
COURSES = {"PAY-01": Series("PAY-01", "PAY-01", 1, "week", (Point(LAST, LAST, Estimate(71, 66, 76)),), ())}


def view_of(groups: tuple[ClauseGroup, ...], courses: dict[str, Series]) -> IndicatorsView:
    """A page read as the standard."""
    query = IndicatorsQuery("f1", reading="eti")
    return replace(sample_indicators.indicators(), query=query, clauses=groups, courses=courses)


def table(groups: tuple[ClauseGroup, ...] = GROUPS) -> object:
    """The table of some groups."""
    return clause_table(view_of(groups, COURSES), STANDARD)


def lines(drawn: object) -> list[str]:
    """The words of every row below the head."""
    return [text_of(row) for body in kinds(drawn, "Tbody") for row in kinds(body, "Tr")]


def test_each_clause_opens_its_own_group_of_rows() -> None:
    bodies = kinds(table(), "Tbody")
    assert len(bodies) == len(GROUPS)
    for body in bodies:
        heads = kinds(body, "Th")
        assert [(cell.scope, cell.colSpan) for cell in heads] == [("rowgroup", 5)]
    assert [cell.scope for cell in kinds(kinds(table(), "Thead"), "Th")] == ["col"] * 5


def test_caption_says_what_the_table_is() -> None:
    said = text_of(kinds(table(), "Caption"))
    assert said == "Questions under the clauses of ETI Base Code, with score, likely range and one year"


def test_rows_say_question_score_and_range_in_the_order_given() -> None:
    assert lines(table())[:4] == [
        "5 Living wages are paid",
        "Is PAY-01 fine? 71 66–76",
        "Is PAY-02 fine? too few people",
        "Is PAY-05 fine? in part 44 39–49",
    ]


def test_clause_itself_has_no_number_but_its_own() -> None:
    heads = [text_of(row) for row in having(table(), "grp")]
    assert heads == [
        "5 Living wages are paid",
        "5 Employment is freely chosen",
        "Prison labour Forced labour",
        "5 Ethical behaviour",
        "Benefits Compensation · asked only in part",
        BEYOND_TITLE,
    ]
    assert "No clause has a score." in text_of(table())
    assert "Which question belongs under which clause is our own reading." in text_of(table())


def test_each_shown_question_leads_to_how_it_is_computed_under_this_standard() -> None:
    found = {getattr(node, "data-explains"): node.href for node in having(table(), "sl-why")}
    assert set(found) == {"PAY-01", "PAY-05", "HRS-06", "WEL-01"}
    assert found["PAY-01"] == "/app/indicators/f1?as=eti&explain=PAY-01"


def test_leads_carry_no_number_and_no_picture() -> None:
    row = next(row for row in kinds(table(), "Tr") if "Can you leave?" in text_of(row))
    assert text_of(row) == "Can you leave? a lead, never averaged"
    assert not re.search(r"\d", text_of(row))
    assert not having(row, "sl-dw")
    assert not having(row, "sl-spark")


def test_what_workers_are_not_asked_is_named_in_its_place_and_below() -> None:
    told = lines(table())
    assert told[told.index("Prison labour Forced labour") + 1] == "Workers are not asked about this."
    assert "Workers are not asked about this: Prison labour." in text_of(having(table(), "sl-never"))


def test_what_only_context_touches_is_said_with_its_questions() -> None:
    told = lines(table())
    expected = "Workers are asked only questions that make no score: “Did anyone tell you what to answer?”"
    assert told[told.index("5 Ethical behaviour") + 1] == expected
    assert "questions that make no score: Ethical behaviour." in text_of(having(table(), "sl-never"))


def test_questions_lead_to_their_timeline() -> None:
    assert links(table())["Is PAY-01 fine?"] == "/app/timeline/f1?rows=overall,PAY-01"


def test_picture_of_a_score_reuses_the_parts_of_the_theme_table() -> None:
    rows = kinds(table(), "Tr")
    shown = next(row for row in rows if "PAY-01" in text_of(row))
    assert len(having(shown, "sl-dw")) == len(having(shown, "sl-spark")) == 1
    without_course = next(row for row in rows if "WEL-01" in text_of(row))
    assert having(without_course, "sl-dw")
    assert not having(without_course, "sl-spark")


def test_hidden_row_shows_no_picture_even_when_a_course_came_along() -> None:
    courses = {"PAY-02": COURSES["PAY-01"]}
    drawn = clause_table(view_of(GROUPS, courses), STANDARD)
    row = next(row for row in kinds(drawn, "Tr") if "PAY-02" in text_of(row))
    assert not having(row, "sl-spark")
    assert not having(row, "sl-dw")


def test_range_beyond_the_usual_scale_widens_it_for_all() -> None:
    assert "30 50 70 90" in text_of(kinds(table(), "Thead"))
    wide = (*GROUPS, group("More", placed("SAF-01", 97)))
    assert "0 25 50 75 100" in text_of(kinds(table(wide), "Thead"))


def test_when_every_question_is_hidden_a_state_stands_there_and_the_notes_stay() -> None:
    drawn = table((group("Living wages are paid", placed("PAY-01", None)), GROUPS[2]))
    assert not kinds(drawn, "Table")
    assert having(drawn, "sl-state")
    assert "Workers are not asked about this: Prison labour." in text_of(drawn)


def test_question_without_wording_is_called_by_its_name() -> None:
    bare = Placed(placed("PAY-01", 71).score, "", in_part=False)
    assert "PAY-01 71 66–76" in lines(table((group("Pay", bare),)))
