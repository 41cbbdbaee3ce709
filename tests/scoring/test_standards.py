"""A reading regroups the scores: nothing is lost, nothing is computed, and leads never carry a number."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from data.codebook.questions import DEFAULT_CODEBOOK, default_questions
from data.codebook.standards import standards
from scoring.books import book_of
from scoring.levels import Book
from scoring.model import Estimate, Reason, Score
from scoring.standards import (
    BEYOND,
    BEYOND_TITLE,
    ClauseGroup,
    Coverage,
    Lead,
    Standard,
    grouped,
    reading,
    readings,
)
from tests.scoring.releases import Asked, Made, opened

SLUGS = [one.slug for one in standards()]
ASKED = default_questions()
AVERAGED = [q.indicator_id for q in ASKED.values() if q.is_averaged]
LEADS = {q.indicator_id for q in ASKED.values() if q.is_lead}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The default codebook, as a release has it."""
    folder: Path = tmp_path_factory.mktemp("release")
    asked = [
        Asked(q.indicator_id, q.theme, q.role, q.zero_tolerance, codebook=DEFAULT_CODEBOOK) for q in ASKED.values()
    ]
    return book_of(opened(folder, Made(questions=asked)), DEFAULT_CODEBOOK)


def score(key: str, value: float = 60) -> Score:
    """A score of one question."""
    return Score(key, f"Name {key}", Estimate(value, value - 5, value + 5), None, 1, 100)


ROWS = {key: score(key, 20 + place) for place, key in enumerate(ASKED)}
"""A score for every question; for leads and context too, as a mistake elsewhere might make one."""


def read(book: Book, slug: str) -> tuple[ClauseGroup, ...]:
    """The scores as one standard."""
    found = reading(DEFAULT_CODEBOOK, slug)
    assert found is not None
    return grouped(book, found, ROWS)


def group_of(groups: tuple[ClauseGroup, ...], key: str) -> ClauseGroup:
    """One group by its key."""
    return next(group for group in groups if group.key == key)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_lost_and_no_number_is_changed(book: Book, slug: str) -> None:
    groups = read(book, slug)
    placed = [one.score for group in groups for one in group.questions]
    assert {one.key for one in placed} == set(AVERAGED)
    assert all(one is ROWS[one.key] for one in placed)
    assert {one.indicator_id for group in groups for one in group.leads} == LEADS


@pytest.mark.parametrize("slug", SLUGS)
def test_every_clause_of_the_standard_is_there_in_its_order(book: Book, slug: str) -> None:
    found = reading(DEFAULT_CODEBOOK, slug)
    assert found is not None
    assert [group.key for group in read(book, slug) if group.key != BEYOND] == [c.clause_id for c in found.clauses]


@pytest.mark.parametrize("slug", SLUGS)
def test_question_is_beyond_a_standard_or_under_a_clause_never_both(book: Book, slug: str) -> None:
    groups = read(book, slug)
    beyond = {one.score.key for group in groups if group.key == BEYOND for one in group.questions}
    under = {one.score.key for group in groups if group.key != BEYOND for one in group.questions}
    assert not beyond & under


def test_what_is_beyond_a_standard_comes_last_and_only_where_there_is_something(book: Book) -> None:
    last = read(book, "eti")[-1]
    assert (last.key, last.title) == (BEYOND, BEYOND_TITLE)
    assert [one.score.key for one in last.questions] == ["GRV-01", "GRV-03", "CHD-03", "WEL-01", "WEL-04"]
    assert read(book, "slcp")[-1].key == "FSLM-9"


def test_question_stands_under_every_clause_it_touches_and_says_where_only_in_part(book: Book) -> None:
    places = {
        group.key: one.in_part for group in read(book, "eti") for one in group.questions if one.score.key == "PAY-05"
    }
    assert places == {"ETI-5": True, "ETI-8": False}


def test_leads_have_words_and_no_field_for_a_number(book: Book) -> None:
    assert {field.name for field in fields(Lead)} == {"indicator_id", "text", "in_part"}
    found = group_of(read(book, "eti"), "ETI-1").leads
    assert [one.indicator_id for one in found] == ["FRE-01", "FRE-02", "FRE-03", "FRE-04"]
    assert found[0].text == "Can you leave this job if you want to, without being punished?"


def test_clauses_say_how_far_workers_are_asked(book: Book) -> None:
    amfori, better_work = read(book, "amfori"), read(book, "better-work")
    assert group_of(amfori, "BSCI-PA6").coverage is Coverage.ASKED
    assert group_of(amfori, "BSCI-PA8").coverage is Coverage.ASKED  # a lead is asked, though it makes no score
    assert group_of(amfori, "BSCI-PA12").coverage is Coverage.IN_PART
    ethics = group_of(amfori, "BSCI-PA13")
    assert ethics.coverage is Coverage.NOT_SCORED
    assert ethics.context == ("Is our work being sent out to another place?", "Did anyone tell you what to answer?")
    unasked = [group.title for group in better_work if group.coverage is Coverage.NOT_ASKED]
    assert unasked == ["Prison labour"]


def test_question_without_a_row_has_too_few_answers_as_anywhere(book: Book) -> None:
    found = reading(DEFAULT_CODEBOOK, "eti")
    assert found is not None
    groups = grouped(book, found, {"overall": score("overall"), "PAY": score("PAY")})
    placed = [one.score for group in groups for one in group.questions]
    assert {one.key for one in placed} == set(AVERAGED)
    assert {(one.estimate, one.reason) for one in placed} == {(None, Reason.NOT_ENOUGH)}


def test_seven_readings_of_the_default_codebook_and_none_of_another() -> None:
    assert [one.slug for one in readings(DEFAULT_CODEBOOK)] == SLUGS
    assert readings("mill-survey") == ()


@pytest.mark.parametrize("slug", ["", "ETI", "sa8000", "themes", None, 7, ["eti"]])
def test_what_is_no_standard_is_read_by_theme(slug: object) -> None:
    assert reading(DEFAULT_CODEBOOK, slug) is None


def test_own_codebook_is_read_by_theme_even_where_its_ids_look_alike(book: Book) -> None:
    assert reading("mill-survey", "eti") is None
    with pytest.raises(ValueError, match="'mill-survey' cannot be read as ETI Base Code"):
        grouped(replace(book, codebook="mill-survey"), standards()[1], ROWS)


def test_standard_that_nobody_offers_is_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="cannot be read as Ours"):
        grouped(book, Standard("ours", "OURS", "Ours", "Ours", ()), ROWS)
