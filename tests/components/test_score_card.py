"""The score card never shows a naked number, and without a score says what comes, not how much is missing."""

import re
from dataclasses import replace

from components.dot_whisker import FULL, TABLE, axis, dot_whisker, scale_for
from components.score_card import score_card, source_line
from scoring.model import Estimate, Reason
from tests import sample_overview
from tests.rendered import having, text_of

VIEW = sample_overview.overview()


def test_number_range_word_and_change_stand_together() -> None:
    text = text_of(score_card(VIEW.overall, VIEW.change, VIEW.since))
    assert "57 likely 52–62 Mixed" in text
    assert "A clear drop of 5 points since August, likely 1 to 9." in text


def test_words_that_the_range_reaches_are_marked() -> None:
    score = replace(VIEW.overall, estimate=Estimate(62, 57, 67))
    card = score_card(score, None, VIEW.since)
    assert [text_of(word) for word in having(card, "on")] == ["Mixed", "Good"]
    assert "Mixed to good" in text_of(card)


def test_without_a_score_no_number_is_shown() -> None:
    for reason in Reason:
        score = replace(VIEW.overall, estimate=None, reason=reason)
        card = score_card(score, VIEW.change, VIEW.since)
        assert having(card, "sl-state")
        assert not re.search(r"\d", text_of(card))


def test_source_says_answers_release_and_method_but_no_count_without_a_score() -> None:
    assert text_of(source_line(VIEW.overall, VIEW.stamp)) == (
        "Source: workers’ answers, about 6,180 answers to 36 questions · release 42, 20 Nov 2026 · method 1.2"
    )
    hidden = replace(VIEW.overall, estimate=None, reason=Reason.NOT_ENOUGH)
    assert text_of(source_line(hidden, VIEW.stamp)) == (
        "Source: workers’ answers, release 42, 20 Nov 2026 · method 1.2"
    )


def test_dot_and_whisker_speaks_and_carries_its_numbers() -> None:
    drawn = dot_whisker(Estimate(57.24, 52, 62), overall=True)
    assert getattr(drawn, "aria-label") == "57, likely 52 to 62"
    assert drawn.style == {"--v": "57.2", "--lo": "52.0", "--hi": "62.0", "--c": "var(--sl-overall)"}
    assert "full" not in drawn.className.split()


def test_scale_widens_rather_than_letting_a_range_run_out() -> None:
    assert scale_for([Estimate(50, 30, 90), None]) is TABLE
    assert scale_for([Estimate(50, 29.9, 60)]) is FULL
    assert scale_for([Estimate(85, 80, 90.1)]) is FULL
    assert "full" in axis(FULL).className.split()
    assert text_of(axis(TABLE)) == "30 50 70 90"
