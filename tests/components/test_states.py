"""Each state says what is the case, offers at most one thing to do, and betrays no count."""

import re

import pytest

from components import states
from tests.rendered import having, kinds, links, text_of

ALL = {
    "not available": states.not_available(),
    "nothing released": states.nothing_released(),
    "failed": states.failed("7K2-419"),
    "few": states.few(),
    "nothing yet": states.nothing_yet("No answers yet", "Invite people first."),
}


@pytest.mark.parametrize("name", ALL)
def test_state_has_icon_heading_and_sentence(name: str) -> None:
    state = having(ALL[name], "sl-state")[0]
    assert len(kinds(state, "I")) >= 1
    assert text_of(having(state, "sl-state-title"))
    assert text_of(kinds(state, "P")).endswith(".")
    assert len(links(state)) <= 1
    assert "!" not in text_of(state)


def test_failure_says_that_nothing_is_lost_and_offers_the_same_page_again() -> None:
    failed = ALL["failed"]
    assert "Nothing is lost" in text_of(failed)
    assert "7K2-419" in text_of(failed)
    assert links(failed) == {"Try again": ""}
    assert failed.role == "alert"


def test_too_few_never_says_how_many() -> None:
    assert not re.search(r"\d", text_of(states.few()))


def test_what_stands_for_a_page_brings_the_page_its_heading() -> None:
    for name in ("not available", "nothing released", "failed"):
        assert len(kinds(ALL[name], "H1")) == 1
    assert not kinds(states.few(), "H1")
    assert not kinds(states.nothing_released(page=False), "H1")
