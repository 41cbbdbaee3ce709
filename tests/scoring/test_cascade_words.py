"""What may be said of what follows: never more surely than it is known, with signs, ranges and counts in order."""

from dataclasses import replace

import pytest

from data.codebook.kinds import described
from scoring.cascade_steps import CANNOT, STEPS
from scoring.cascade_views import Coverage, Sureness
from scoring.cascade_words import (
    MOVED_BEFORE,
    NOT_ALONE,
    RULES,
    SURE_WORDS,
    behind,
    course_sentence,
    coverage_sentence,
    direction,
    kind_parts,
    usual_parts,
    usual_sentence,
)
from scoring.effect_numbers import (
    ends_of_size,
    full_ends,
    in_full,
    signed_ends,
    signed_tenths,
    tenths,
    thousands,
    thousands_ends,
)
from scoring.kind_words import PLURALS, after_kind
from scoring.model import Estimate
from tests.sample_cascade import ROWS, row, usual

START = "Hours, rest and pace after rush orders: "


@pytest.mark.parametrize(
    ("sureness", "mean", "half", "said"),
    [
        (Sureness.CLEAR, -3.1, 1.1, START + "3.1 points lower on average over 13 weeks, likely 2.0 to 4.2."),
        (Sureness.CLEAR, 1.0, 0.4, START + "1.0 point higher on average over 13 weeks, likely 0.6 to 1.4."),
        (Sureness.LIKELY, -0.7, 0.8, START + "0.7 points lower on average over 13 weeks, likely −1.5 to +0.1."),
        (Sureness.LIKELY, 2.2, 1.2, START + "2.2 points higher on average over 13 weeks, likely 1.0 to 3.4."),
        (Sureness.UNCLEAR, -0.4, 1.1, START + "Nobody can tell yet whether it moves. On average 0.4 points lower over "
         "13 weeks, likely −1.5 to +0.7."),
        (Sureness.UNCLEAR, 0.02, 2, START + "Nobody can tell yet whether it moves. On average the same over 13 weeks, "
         "likely −2.0 to +2.0."),
        (Sureness.NO_EFFECT_SEEN, 0.1, 0.4, START + "No change of more than a point was seen on average over 13 weeks; "
         "likely −0.3 to +0.5."),
        (Sureness.TOO_FEW_EVENTS, 0, 0, "Too few such actions so far to say what usually follows."),
        (Sureness.NOT_SHARED, 0, 0, "What follows such actions of all buyers is told once five other buyers have acted "
         "so."),
    ],
)  # fmt: skip
def test_each_word_has_its_own_sentence(sureness: Sureness, mean: float, half: float, said: str) -> None:
    assert "".join(usual_parts(usual(sureness, mean, half))) == said


def test_counts_stand_behind_what_is_told_and_behind_nothing_else() -> None:
    assert behind(usual()) == "From about 145 actions at about 55 factories."
    assert usual_sentence(usual()).endswith("likely 2.0 to 4.2. From about 145 actions at about 55 factories.")
    assert behind(usual(Sureness.NOT_SHARED)) == ""
    assert behind(replace(usual(), events="", factories="")) == ""


def test_the_course_tells_turn_and_end_and_only_of_what_is_claimed() -> None:
    assert course_sentence(usual()) == "Lowest 2 weeks after, 4.3 points down. Back near zero after about 7 weeks."
    risen = usual(mean=2.0)
    assert course_sentence(risen).startswith("Highest 2 weeks after, 2.8 points up.")
    stays = replace(usual(), profile=tuple(replace(one, estimate=Estimate(-2, -3, -1)) for one in usual().profile))
    assert course_sentence(stays) == "Lowest in the first week, 2.0 points down. Still 2.0 points down 12 weeks after."
    for silent in (Sureness.UNCLEAR, Sureness.NO_EFFECT_SEEN, Sureness.TOO_FEW_EVENTS, Sureness.NOT_SHARED):
        assert course_sentence(usual(silent)) == ""
    against = replace(usual(), effect=Estimate(1, 0.5, 1.5))
    assert course_sentence(against) == ""


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (None, ""),
        (Coverage(12, 0.06), "Half of the cells behind this are 12 days or wider; 6\u00a0% were wider than 13 weeks "
         "and are left out."),
        (Coverage(0.4, 0), "Half of the cells behind this are 1 day or wider; none was wider than 13 weeks."),
        (Coverage(7, 0.001), "Half of the cells behind this are 7 days or wider; less than 1\u00a0% were wider than "
         "13 weeks and are left out."),
    ],
)  # fmt: skip
def test_how_wide_cells_are_is_said(coverage: Coverage | None, said: str) -> None:
    assert coverage_sentence(coverage) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (0, "After rush orders: −24.8 thousand points, likely −33.2 to −16.5."),
        (2, "After late payments: nobody can tell yet; −6.2 thousand points, likely −12.8 to +0.4."),
        (3, "After price cuts: no change of more than a point was seen; added up −0.4 thousand points, likely −3.9 to "
         "+3.1."),
        (4, "After steadier orders: +9.4 thousand points, likely +3.1 to +15.7."),
        (5, "After duplicate audits: too few events. Too few such actions so far to say what usually follows."),
        (6, "After early payments: not shared. What follows such actions of all buyers is told once five other buyers "
         "have acted so."),
    ],
)  # fmt: skip
def test_what_a_kind_adds_to_a_footprint(place: int, said: str) -> None:
    assert "".join(kind_parts(ROWS[place])) == said


def test_a_kind_nobody_described_is_named_as_it_was_written() -> None:
    assert after_kind("loud_music", "Loud music") == "after actions of the kind “Loud music”"
    assert "".join(kind_parts(row("loud_music", -900, 100, Sureness.CLEAR, name="Loud music"))).startswith(
        "After actions of the kind “Loud music”: −0.9 thousand points"
    )


def test_every_described_kind_has_its_words() -> None:
    assert set(PLURALS) == set(described())


def test_direction_is_claimed_of_clear_and_likely_only() -> None:
    assert [direction(one, -2.0) for one in Sureness] == [-1, -1, 0, 0, 0, 0]
    assert [direction(Sureness.LIKELY, points) for points in (3.0, 0.0, None)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("value", "said"),
    [(-3.05, "−3.1"), (0.44, "+0.4"), (-0.04, "0.0"), (0.05, "+0.1"), (-1234.56, "−1,234.6"), (0, "0.0")],
)
def test_points_have_one_decimal_and_a_proper_minus(value: float, said: str) -> None:
    assert signed_tenths(value) == said


def test_footprints_are_told_in_thousands_and_hundreds() -> None:
    assert (thousands(-24_849), thousands(49), thousands(-50), thousands(1_000)) == (
        "−24.8\u00a0k", "0.0\u00a0k", "−0.1\u00a0k", "+1.0\u00a0k",
    )  # fmt: skip
    assert (in_full(-35_912), in_full(35_950), in_full(12)) == ("−35,900", "+36,000", "0")
    assert full_ends(Estimate(-35_900, -49_040, -22_661)) == "−49,000 to −22,700"
    assert thousands_ends(Estimate(-24_800, -33_100, -16_400)) == "−33.1 to −16.4"


def test_an_end_of_a_range_that_leaves_out_zero_never_prints_as_zero() -> None:
    assert signed_ends(Estimate(-1, -2, -0.03)) == "−2.0 to −0.03"
    assert signed_ends(Estimate(-1, -2, 0.03)) == "−2.0 to 0.0"
    assert ends_of_size(Estimate(-1, -2, -0.0001)) == "0.01 to 2.0"


@pytest.mark.parametrize("value", [0.05 * step for step in range(-60, 61)])
def test_rounding_keeps_order(value: float) -> None:
    assert tenths(value) <= tenths(value + 0.01)
    assert tenths(-value) == -tenths(value)


def test_nothing_claims_a_cause_or_shouts() -> None:
    texts = [*RULES.values(), *SURE_WORDS.values(), MOVED_BEFORE, *NOT_ALONE, *CANNOT]
    texts += [f"{step.title} {step.text} {step.formula}" for step in STEPS]
    texts += [usual_sentence(usual(one)) for one in Sureness] + ["".join(kind_parts(one)) for one in ROWS]
    for text in texts:
        assert not {"because", "caused", "causes"} & set(text.lower().split())
        assert "!" not in text


def test_every_word_has_its_rule_with_the_numbers_in_force() -> None:
    assert set(RULES) == set(SURE_WORDS) == set(Sureness)
    assert "at least 1 point" in RULES[Sureness.CLEAR]
    assert "under 1 in 100" in RULES[Sureness.CLEAR]
    assert "Fewer than 20 actions, fewer than 10 factories" in RULES[Sureness.TOO_FEW_EVENTS]
    assert "at least 5 other buyers" in RULES[Sureness.NOT_SHARED]
