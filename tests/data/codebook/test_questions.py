"""The default codebook is whole, and says of each question what a release does not carry."""

from collections import Counter

import pytest

from data.codebook.questions import (
    DEFAULT_CODEBOOK,
    Cadence,
    Role,
    Severity,
    default_questions,
    question,
    questions_of,
)
from data.codebook.scales import SCALES
from data.vault import dimensions

ROW = {
    "indicator_id": "X-1", "theme": "X", "theme_name": "X", "short_name": "x", "text": "X?", "scale": "yesno",
    "low_label": "No", "high_label": "Yes", "zero_tolerance_basis": "", "polarity": "-1", "severity": "minor",
    "cadence": "weekly", "recall_days": "7", "role": "scored", "zero_tolerance": "false", "event_sensitive": "true",
    "not_applicable_allowed": "false", "sensitive": "false",
}  # fmt: skip


def test_key_is_the_one_that_loads_use() -> None:
    assert DEFAULT_CODEBOOK == dimensions.DEFAULT_CODEBOOK


def test_codebook_has_36_averaged_questions_in_11_themes_and_8_leads() -> None:
    asked = default_questions().values()
    assert sum(q.is_averaged for q in asked) == 36
    assert len({q.theme for q in asked if q.is_averaged}) == 11
    assert sum(q.is_lead for q in asked) == 8
    assert Counter(q.role for q in asked) == {Role.SCORED: 44, Role.CONTEXT: 2, Role.INTEGRITY: 2}


def test_zero_tolerance_and_severity_say_the_same() -> None:
    for q in default_questions().values():
        assert q.zero_tolerance == (q.severity is Severity.ZERO_TOLERANCE) == bool(q.zero_tolerance_basis)
        assert (q.role is not Role.SCORED) == (q.severity is Severity.NOT_SCORED)


def test_every_question_is_worded_and_has_a_known_scale() -> None:
    for q in default_questions().values():
        assert q.text.endswith("?")
        assert q.low_label
        assert q.high_label
        assert q.scale in SCALES
        assert q.polarity in (1, -1)


def test_own_codebook_knows_none_of_it() -> None:
    assert questions_of("mill-survey") == {}
    assert questions_of(DEFAULT_CODEBOOK) is default_questions()


def test_row_becomes_a_typed_question() -> None:
    found = question(ROW)
    assert (found.polarity, found.recall_days, found.cadence) == (-1, 7, Cadence.WEEKLY)
    assert found.event_sensitive
    assert not found.zero_tolerance
    assert not found.is_lead


@pytest.mark.parametrize(
    ("column", "word"),
    [("severity", "grave"), ("cadence", "yearly"), ("role", ""), ("zero_tolerance", "1"), ("polarity", "down")],
)
def test_row_with_an_unknown_word_is_refused(column: str, word: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        question(ROW | {column: word})
