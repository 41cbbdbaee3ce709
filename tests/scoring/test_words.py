"""Every sentence says what the numbers say: ranges hold their value, words follow the borders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.codebook.countries import country_names
from scoring import words
from scoring.model import Change, Estimate, Factory, Reason, Stamp
from tests import sample_overview

AUGUST = date(2026, 8, 21)
points = st.floats(min_value=0, max_value=100, allow_nan=False)
differences = st.floats(min_value=-100, max_value=100, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0, "Very poor"), (34.4, "Very poor"), (34.6, "Poor"), (35, "Poor"), (49, "Poor"), (50, "Mixed"),
        (64.4, "Mixed"), (64.5, "Good"), (65, "Good"), (79.4, "Good"), (79.5, "Very good"),
        (100, "Very good"),
    ],
)  # fmt: skip
def test_word_follows_the_number_as_printed(value: float, word: str) -> None:
    assert words.score_word(Estimate(value, value, value)) == word


@pytest.mark.parametrize(
    ("value", "low", "high", "word"),
    [
        (57, 52, 62, "Mixed"),
        (61, 56, 66, "Mixed"),
        (62, 57, 67, "Mixed to good"),
        (67, 62, 72, "Mixed to good"),
        (52, 46, 58, "Poor to mixed"),
        (57, 40, 74, "Poor to good"),
        (30, 10, 36, "Very poor"),
        (98, 96, 100, "Very good"),
        (2, 0, 4, "Very poor"),
    ],
)
def test_range_that_reaches_well_into_the_next_word_says_both(value: int, low: int, high: int, word: str) -> None:
    assert words.score_word(Estimate(value, low, high)) == word


@given(st.tuples(points, points, points).map(sorted))
def test_printed_value_lies_in_its_printed_range_and_its_word_in_the_span(ends: list[float]) -> None:
    low, value, high = ends
    assert words.whole(low) <= words.whole(value) <= words.whole(high)
    first, last = words.word_span(Estimate(value, low, high))
    assert 0 <= first <= words.word_index(value) <= last <= 4


@given(differences)
def test_rounding_is_the_same_up_and_down(difference: float) -> None:
    assert words.whole(-difference) == -words.whole(difference)
    assert abs(words.whole(difference) - difference) <= 0.5


def test_halves_do_not_go_to_the_even_number() -> None:
    assert [words.whole(value) for value in (0.5, 1.5, 2.5, -0.5, -2.5)] == [1, 2, 3, -1, -3]


def test_score_with_its_range() -> None:
    estimate = Estimate(57.2, 51.6, 62.4)
    assert words.likely(estimate) == "52–62"
    assert words.score_text(estimate) == "57, likely 52–62"
    assert words.score_spoken(estimate) == "57, likely 52 to 62"
    assert words.likely(Estimate(57, 57.1, 57.2)) == "57"


@pytest.mark.parametrize(("value", "text"), [(-4.4, "−4"), (3, "+3"), (0, "0"), (-0.4, "0"), (0.49, "0")])
def test_difference_has_a_real_minus_and_zero_has_no_sign(value: float, text: str) -> None:
    assert words.signed(value) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-8, 1, "−8 to +1"),
        (-11, -1, "−11 to −1"),
        (1, 9, "1–9"),
        (-10, 0, "−10 to 0"),
        (-10, 0.3, "−10 to 0"),
        (-0.3, 9, "0–9"),
        (-9, -0.3, "−9 to −0.3"),
        (0.02, 9, "0.1–9"),
        (-0.2, 0.2, "0"),
    ],
)
def test_range_of_a_difference(low: float, high: float, text: str) -> None:
    assert words.signed_range(low, high) == text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(-5, -9, -1), "A clear drop of 5 points since August, likely 1 to 9."),
        (Change(5, 1, 9), "A clear rise of 5 points since August, likely 1 to 9."),
        (Change(-5, -9, -0.3), "A clear drop of 5 points since August, likely 0.3 to 9."),
        (Change(1, 0.2, 2), "A clear rise of 1 point since August, likely 0.2 to 2."),
        (Change(-0.4, -0.7, -0.1), "A clear drop of less than 1 point since August, likely 0.1 to 1."),
        (Change(-5, -10, 0), "Maybe 5 points lower than in August: between −10 and 0."),
        (Change(4, -2, 10), "Maybe 4 points higher than in August: between −2 and +10."),
        (Change(-1, -6, 4), "Can’t tell whether it moved since August: between −6 and +4."),
        (None, "Whether it moved since August cannot be said from what was answered."),
    ],
)
def test_sentence_about_a_difference(change: Change | None, sentence: str) -> None:
    assert words.change_sentence(change, AUGUST) == sentence


@given(st.tuples(differences, differences, differences).map(sorted))
def test_clear_difference_never_prints_a_range_that_holds_zero(ends: list[float]) -> None:
    low, middle, high = ends
    change = Change(middle, low, high)
    text = words.change_sentence(change, AUGUST)
    if change.verdict.value.startswith("clear"):
        numbers = text.rsplit("likely ", 1)[1].rstrip(".").split(" to ")
        assert all(float(number) > 0 for number in numbers)
    assert "-" not in words.signed_range(low, high), "a hyphen is not a minus"


def test_days_months_and_stretches() -> None:
    assert words.day(date(2026, 6, 8)) == "8 June 2026"
    assert words.short_day(date(2026, 6, 8)) == "8 Jun 2026"
    assert words.month(date(2024, 3, 4)) == "March 2024"
    assert words.month_name(date(2024, 3, 4)) == "March"
    assert words.quarter(date(2026, 9, 30)) == "July to September 2026"
    assert words.stretch(date(2026, 8, 22), date(2026, 11, 20)) == "22 Aug – 20 Nov 2026"
    assert words.stretch(date(2025, 12, 28), date(2026, 1, 3)) == "28 Dec 2025 – 3 Jan 2026"
    assert words.stretch(date(2026, 1, 3), date(2026, 1, 3)) == "3 Jan 2026"


def test_counts() -> None:
    assert words.count(1240) == "1,240"
    assert words.about(6180) == "about 6,180"
    assert words.counted(1, "factory", "factories") == "1 factory"
    assert words.counted(0, "account") == "0 accounts"
    assert words.percent(410, 1240) == "33\u00a0%"


def test_few_and_none_are_said_alike() -> None:
    assert words.about(0) == words.about(5) == "under 10"
    assert words.reason_text(Reason.NOT_ENOUGH) == words.reason_text(None) == "too few people"
    assert words.reason_text(Reason.NOT_ASKED) == "not asked"


def test_countries_are_facts_and_namibia_is_one() -> None:
    names = country_names()
    assert names["NA"] == "Namibia"
    assert len(names) == 249
    assert all(len(code) == 2 and code.isupper() and name.strip() == name for code, name in names.items())
    assert words.country_name("bd") == "Bangladesh"
    assert words.country_name("XX") == "XX"


def test_factory_line_leaves_out_what_is_not_known() -> None:
    assert words.factory_line(sample_overview.FACTORY) == (
        "Knitwear, Bangladesh · 1,240 people · on Seamline since March 2024"
    )
    assert words.factory_line(Factory("f", "F", "NA", "", None, None)) == "Namibia"


def test_release_text() -> None:
    assert words.release_text(Stamp(42, date(2026, 11, 20), "1.2", False)) == "release 42, 20 Nov 2026"
