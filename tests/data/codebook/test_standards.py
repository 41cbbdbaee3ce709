"""The clauses and the crosswalk fit together, and a file that does not is refused."""

import pytest

from data.codebook.questions import default_questions
from data.codebook.standards import (
    READ_AS,
    Strength,
    by_clause,
    clause,
    crosswalk,
    rows_of,
    standard,
    standards,
)

LINK = {"indicator_id": "PAY-01", "clause_id": "ETI-5", "strength": "primary"}
CLAUSE = {
    "standard_id": "ETI", "standard_name": "ETI Base Code", "clause_id": "ETI-5", "parent_clause_id": "",
    "clause_title": "Living wages are paid", "source_url": "",
}  # fmt: skip


def test_every_row_of_the_crosswalk_names_a_question_and_a_clause_of_its_standard() -> None:
    standard_of = {row["clause_id"]: row["standard_id"] for row in rows_of("standards_clauses.csv")}
    rows = rows_of("crosswalk.csv")
    assert rows
    for row in rows:
        assert row["indicator_id"] in default_questions()
        assert standard_of[row["clause_id"]] == row["standard_id"]
    assert len({(row["indicator_id"], row["clause_id"]) for row in rows}) == len(rows)


def test_clause_ids_are_unique_and_checked_titles_name_their_source() -> None:
    rows = rows_of("standards_clauses.csv")
    assert len({row["clause_id"] for row in rows}) == len(rows)
    assert {row["basis"] for row in rows} == {"source", "unchecked"}
    assert all(row["source_url"] == "" for row in rows if row["basis"] == "unchecked" and row["standard_id"] == "ILO")
    assert all(row["source_url"] or row["note"] for row in rows if row["basis"] == "source")


def test_seven_standards_are_offered_in_their_order() -> None:
    names = ["Better Work", "ETI", "amfori", "Fair Wear", "FLA", "SLCP/Higg", "ILO"]
    assert [one.short_name for one in standards()] == names
    assert [len(one.clauses) for one in standards()] == [39, 9, 13, 8, 9, 9, 28]


def test_slugs_need_no_encoding() -> None:
    assert all(slug.replace("-", "").isalpha() and slug.islower() for slug, _, _ in READ_AS)


def test_clauses_have_the_numbers_people_know_and_no_invented_ones() -> None:
    numbers = {one.slug: one.clauses[1].number for one in standards()}
    assert numbers == {
        "better-work": "", "eti": "2", "amfori": "PA2", "fair-wear": "", "fla": "", "slcp": "", "ilo": "C087",
    }  # fmt: skip


def test_cluster_is_the_section_of_its_points_and_no_clause_itself() -> None:
    better_work = standards()[0]
    assert better_work.clauses[0].section == "Child labour"
    assert "BW-CL" not in {one.clause_id for one in better_work.clauses}
    assert all(one.section == "" for other in standards()[1:] for one in other.clauses)


def test_no_question_hangs_under_a_section() -> None:
    sections = {row["parent_clause_id"] for row in rows_of("standards_clauses.csv")}
    assert not sections & crosswalk().keys()


def test_questions_at_the_core_of_a_clause_come_first_each_kind_in_the_order_of_the_codebook() -> None:
    place = {key: i for i, key in enumerate(default_questions())}
    for mapped in crosswalk().values():
        keys = [(m.strength is Strength.SECONDARY, place[m.indicator_id]) for m in mapped]
        assert keys == sorted(keys)


def test_crosswalk_with_an_unknown_clause_or_strength_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ETI-5, which standards_clauses\.csv does not have"):
        by_clause([LINK], {"ETI-6"})
    with pytest.raises(ValueError, match="partly"):
        by_clause([LINK | {"strength": "partly"}], {"ETI-5"})


def test_clause_below_one_that_is_missing_is_refused() -> None:
    row = CLAUSE | {"parent_clause_id": "ETI-0"}
    with pytest.raises(ValueError, match="names ETI-0 above ETI-5"):
        clause(row, {"ETI-5": row})


def test_standard_without_clauses_is_refused() -> None:
    assert standard("eti", "ETI", "ETI", [CLAUSE]).clauses[0].number == "5"
    with pytest.raises(ValueError, match="no clause of SA8000"):
        standard("sa", "SA8000", "SA8000", [CLAUSE])
