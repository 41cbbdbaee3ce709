"""The score card never shows a naked number, and without a score says what comes, not how much is missing."""

import re
from dataclasses import replace

from components.dot_whisker import FULL, TABLE, axis, close_scale, dot_whisker, scale_for
from components.score_card import score_card, source_line
from scoring.model import Change, Estimate, Reason
from tests import sample_indicators, sample_overview
from tests.rendered import having, links, text_of

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
    assert drawn.style == {"--v": "57.0", "--lo": "52.0", "--hi": "62.0", "--c": "var(--sl-overall)"}
    assert "full" not in drawn.className.split()


def test_scale_widens_rather_than_letting_a_range_run_out() -> None:
    assert scale_for([Estimate(50, 30, 90), None]) is TABLE
    assert scale_for([Estimate(50, 29.9, 60)]) is FULL
    assert scale_for([Estimate(85, 80, 90.1)]) is FULL
    assert "full" in axis(FULL).className.split()
    assert text_of(axis(TABLE)) == "30 50 70 90"


def test_beside_the_score_stand_people_grade_peers_and_the_way_to_how() -> None:
    card = score_card(sample_indicators.graded(VIEW.overall), None, VIEW.since, explain="/app/x?explain=overall")
    text = text_of(card)
    assert "B evidence" in text
    assert "About 410 people · grey: middle half of about 65 knitwear factories in Bangladesh: 51–66" in text
    assert links(card)["How is this computed?"] == "/app/x?explain=overall"
    picture = having(card, "sl-dw")[0]
    assert {"--o1", "--o2", "--p1", "--p2"} <= set(picture.style)
    assert not having(card, "acc")
    settling = replace(sample_indicators.graded(VIEW.overall), settling=True, grade="D")
    card = score_card(settling, None, VIEW.since)
    assert "Settling in D evidence" in text_of(card)
    assert having(card, "d")


def test_warnings_stand_beside_the_grade_with_a_sign_and_words() -> None:
    warned = (sample_indicators.WARNING,)
    said = "A warning about coached answers, 14–20 September 2026: At least a fifth, or more, were told what to say."
    hidden = replace(VIEW.overall, estimate=None, reason=Reason.NOT_ENOUGH)
    for score in (sample_indicators.graded(VIEW.overall), hidden):
        lines = having(score_card(score, None, VIEW.since, warnings=warned), "sl-warned")
        assert [text_of(line) for line in lines] == [said]
        assert having(lines, "bi-flag-fill")
        assert not having(score_card(score, None, VIEW.since), "sl-warned")


def test_a_fall_with_more_people_says_so_and_nothing_else_does() -> None:
    note = "some of the fall may come from hearing more of them"
    for change, grew, said in (
        (Change(-5, -9, -1), True, True),
        (Change(-5, -11, 1), True, True),
        (Change(-5, -9, -1), False, False),
        (Change(5, 1, 9), True, False),
        (Change(-1, -6, 4), True, False),
        (None, True, False),
    ):
        assert (note in text_of(score_card(VIEW.overall, change, VIEW.since, grew=grew))) is said


def test_close_scale_holds_its_ranges_and_stays_on_the_scale() -> None:
    for low, high in ((49, 65), (2, 9), (93, 99), (5, 97), (50, 50)):
        scale = close_scale([Estimate((low + high) / 2, low, high), None])
        assert 0 <= scale.first <= low <= high <= scale.last <= 100
        assert scale.last - scale.first >= 40
        assert axis(scale).style == scale.style
    assert dot_whisker(Estimate(57, 52, 62), close_scale([Estimate(57, 52, 62)])).style["--b"] == "70"
