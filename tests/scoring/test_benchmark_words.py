"""What benchmarks say: names, sentences that follow from the numbers and no further, citation, notes."""

from dataclasses import replace
from datetime import date

import pytest

from scoring import benchmark_words as words
from scoring.benchmark_query import BenchmarkQuery, Cohort
from tests import sample_benchmarks as sample
from tests.sample_benchmarks import JUNE, row

VIEW = sample.view()


@pytest.mark.parametrize(
    ("cohort", "name", "within"),
    [
        (Cohort(), "All factories", ""),
        (Cohort("BD"), "Bangladesh", " in Bangladesh"),
        (Cohort(None, "knitwear"), "Knitwear", " in knitwear"),
        (Cohort("KE", "knitwear"), "Knitwear, Kenya", " in knitwear in Kenya"),
        (Cohort("XX", "a b"), "A b, XX", " in a b in XX"),
    ],
)
def test_cohorts_have_names(cohort: Cohort, name: str, within: str) -> None:
    assert (words.cohort_name(cohort), words.within(cohort)) == (name, within)


def test_the_highest_and_the_lowest_middle_are_told_with_whether_their_halves_meet() -> None:
    assert words.group_sentence(VIEW.by_country, "country") == (
        "The middle factory scores 68 in Kenya and 58 in Bangladesh. The middle halves of the two overlap."
    )
    assert words.group_sentence(VIEW.by_sector, "sector").startswith(
        "The middle factory scores 63 in footwear and 61 in knitwear."
    )
    assert words.group_sentence(VIEW.by_theme, "theme") == (
        "The middle factory scores 70 for Pay and 55 for Hours, rest and pace. The middle halves of the two do not "
        "overlap."
    )


def test_halves_that_touch_overlap() -> None:
    def told(*rows: tuple[str, int]) -> str:
        made = [row(None, None, "overall", JUNE, 60), *(row(c, None, "overall", JUNE, p50) for c, p50 in rows)]
        return words.group_sentence(sample.view(rows=made).by_country, "country")

    assert told(("BD", 50), ("KE", 60)).endswith("overlap.")
    assert "do not" not in told(("BD", 50), ("KE", 60))
    assert told(("BD", 50), ("KE", 61)).endswith("do not overlap.")
    assert told(("BD", 60), ("KE", 60)) == "The middle factory scores 60 in every one that is shown."
    assert told(("BD", 60)) == "The middle one of about 15 factories in Bangladesh scores 60; half of them score 55–65."


def test_what_is_hidden_is_said_without_a_reason() -> None:
    kenya = sample.view(BenchmarkQuery(country="KE"))
    assert words.group_sentence(kenya.by_sector, "sector") == "None of these groups is shown, to protect people."
    empty = sample.view(BenchmarkQuery(country="ET"))
    assert words.group_sentence(empty.by_theme, "theme") == "No theme of this group is shown, to protect people."
    assert words.whole_sentence(empty.chosen) == "The factories in Ethiopia are hidden to protect people."


def test_a_course_is_told_from_its_first_to_its_newest_month() -> None:
    (course,) = sample.view(BenchmarkQuery(country="KE")).courses
    assert words.course_sentence(course) == (
        "Kenya: the middle factory from 66 in April 2026 to 68 in June 2026. 1 month not shown."
    )
    assert words.course_sentence(course[2:]) == "Kenya: the middle factory at 68 in June 2026."
    assert words.course_sentence(course[1:2]) == "Kenya: hidden to protect people in every month."


def test_the_citation_names_title_month_release_method_day_and_licence() -> None:
    view = sample.view(BenchmarkQuery(theme="HRS"))
    assert words.citation(view) == (
        "Seamline. Hours, rest and pace: benchmarks by country and sector, June 2026. Release 42 (20 Jul 2026), method "
        "1.2, codebook book. Read on 22 July 2026. CC BY 4.0. Demo data, everything is invented."
    )
    real = replace(view, stamp=replace(view.stamp, demo=False))
    assert words.citation(real).endswith("CC BY 4.0.")
    assert words.notes(real)[2] == f"Citation: {words.citation(real)}"
    assert words.DEMO in words.notes(view)
    assert words.DEMO not in words.notes(real)


def test_notes_say_what_is_hidden_rounded_and_who_takes_part() -> None:
    said = " ".join(words.notes(VIEW))
    for part in ("CC BY 4.0", "hidden to protect people", "from 20 factories on", "to the nearest 5", "take part",
                 "Release 42 through 2026-07-20", "method 1.2"):  # fmt: skip
        assert part in said


def test_sources_have_number_day_release_and_licence() -> None:
    licence = "CC\u00a0BY\u00a04.0"
    assert words.source(VIEW, VIEW.chosen) == f"About 60 factories, as of 30 Jun 2026 · release 42 · {licence}"
    assert words.source(VIEW) == f"As of 30 Jun 2026 · release 42 · {licence}"
    assert len(words.picture_source(VIEW)) < 200


def test_months_stand_by_year_the_newest_first() -> None:
    assert words.years([date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]) == (
        (2026, (date(2026, 1, 1),)),
        (2025, (date(2025, 12, 1), date(2025, 11, 1))),
    )


def test_nothing_claims_a_cause() -> None:
    said = " ".join([*words.notes(VIEW), words.group_sentence(VIEW.by_country, "country"), words.RULES])
    assert not any(word in said for word in ("because", "caused", "!", "best", "worst"))
