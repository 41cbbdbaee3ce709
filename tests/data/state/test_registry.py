"""Questions about rows of factory lists are asked once, decided once, and remembered."""

import pytest

from data.registry.questions import NEW, OUT, SAME, Candidate, Decision, Question
from data.state import State
from data.state.registry import (
    NotDecided,
    decide,
    decided,
    decided_reviews,
    open_counts,
    open_reviews,
    queue_reviews,
    reopened,
)


def question(key: str = "k1", name: str = "Karim", *candidates: str) -> Question:
    found = tuple(Candidate(one, {"name": f"Known {one}"}, 0.4, "Alike.") for one in candidates or ("A", "B"))
    return Question(key, {"name": name, "address": None}, found, "Not certain.")


def queue(state: State, *questions: Question, source: str = "list") -> int:
    with state.change() as change:
        return queue_reviews(change, source, questions)


def settle(state: State, verdict: str, factory: str | None = None, number: int | None = None) -> None:
    with state.change() as change:
        decide(change, number or open_reviews(change)[0].id, verdict, factory, None)


def test_a_row_is_asked_about_once(state: State) -> None:
    assert queue(state, question("k1"), question("k2")) == 2
    assert queue(state, question("k1"), question("k3")) == 1
    assert queue(state, question("k1"), source="another") == 1
    with state.look() as look:
        assert open_counts(look) == [("another", 1), ("list", 3)]
        assert [one.question.key for one in open_reviews(look, source="list")] == ["k1", "k2", "k3"]
        assert len(open_reviews(look, limit=2)) == 2


def test_an_open_question_takes_the_newest_candidates(state: State) -> None:
    queue(state, question("k1", "Karim", "A"))
    queue(state, question("k1", "Karim", "A", "C"))
    with state.look() as look:
        [one] = open_reviews(look)
        assert [c.factory_id for c in one.question.candidates] == ["A", "C"]
        assert one.question == question("k1", "Karim", "A", "C")


def test_a_decision_answers_the_next_load(state: State) -> None:
    queue(state, question("k1"), question("k2"), question("k3"))
    settle(state, SAME, "B")
    settle(state, NEW)
    settle(state, OUT)
    with state.look() as look:
        assert decided(look, "list") == {
            "k1": Decision(SAME, "B", frozenset("A")),
            "k2": Decision(NEW, None, frozenset("AB")),
            "k3": Decision(OUT, None, frozenset("AB")),
        }
        assert decided(look, "another") == {}
        assert [one.verdict for one in decided_reviews(look)] == [OUT, NEW, SAME]
        assert open_reviews(look) == []
    assert queue(state, question("k1", "Karim", "Z")) == 0, "a decided row is not asked about again"
    with state.look() as look:
        assert decided(look, "list")["k1"].factory_id == "B"


@pytest.mark.parametrize(("verdict", "factory"), [(SAME, None), (SAME, "Z"), (NEW, "A"), (OUT, "A"), ("other", None)])
def test_what_was_not_asked_cannot_be_said(state: State, verdict: str, factory: str | None) -> None:
    queue(state, question())
    with pytest.raises(NotDecided):
        settle(state, verdict, factory)
    with state.look() as look:
        assert len(open_reviews(look)) == 1


def test_nobody_decides_twice_but_a_question_can_be_asked_again(state: State) -> None:
    queue(state, question())
    with state.look() as look:
        number = open_reviews(look)[0].id
    settle(state, NEW, None, number)
    with pytest.raises(NotDecided):
        settle(state, OUT, None, number)
    with state.change() as change:
        assert reopened(change, number).verdict is None
        with pytest.raises(NotDecided):
            reopened(change, number)
    settle(state, SAME, "A", number)
    with state.look() as look:
        assert decided(look, "list")["k1"].factory_id == "A"


@pytest.mark.parametrize("number", [-1, 0, 99, 2**40])
def test_a_question_that_is_not_there_cannot_be_decided(state: State, number: int) -> None:
    with pytest.raises(NotDecided), state.change() as change:
        decide(change, number, NEW, None, None)


def test_odd_signs_are_kept_as_a_mark(state: State) -> None:
    odd = Question("k1", {"name": "Ka\0rim"}, (Candidate("A\0", {"name": "\0"}, 0.5, "\0"),), "\0")
    queue(state, odd, source="li\0st")
    queue(state, odd, source="li\0st")
    with state.look() as look:
        [one] = open_reviews(look)
        assert one.question.row["name"] == "Ka\ufffdrim"
    settle(state, SAME, "A\ufffd")
    with state.look() as look:
        assert set(decided(look, "li\0st")) == {"k1"}
