"""The drawer: five steps with the score's own numbers, a sum that can be checked, and nothing said as a cause."""

import re
from dataclasses import replace

import pytest

from components.explanation import explanation_drawer, why
from scoring import explanation_words as told
from scoring.explanations import Part
from scoring.views import ExplainedView
from tests import sample_indicators as sample
from tests.rendered import having, kinds, links, nodes, text_of

VIEW = sample.explained()


def changed(**values: object) -> ExplainedView:
    """The sample with some numbers changed."""
    return replace(VIEW, explanation=replace(VIEW.explanation, **values))


def drawn(view: ExplainedView | None = VIEW) -> object:
    """The drawer over the overview."""
    return explanation_drawer(view, "/app/overview/f1")


def test_five_steps_carry_the_inputs_of_this_score() -> None:
    steps = [text_of(item) for item in kinds(kinds(drawn(), "Ol"), "Li")]
    assert [step[0] for step in steps] == list("12345")
    assert "about 410 people About 6,180 answers by about 410 of 1,240 people, 22 Aug – 20 Nov 2026" in steps[0]
    assert "half-life 90 days" in steps[1]
    assert "−0.8" in steps[2]
    assert "36 questions make 2 themes" in steps[3]
    assert "A small pull towards 64 knitwear factories in Bangladesh, this one among them (54.0)" in steps[4]
    assert "here it is 11 %" in steps[4].replace("\u00a0", " ")


def test_the_printed_sum_gives_the_printed_score() -> None:
    first, level, second, mean, result = map(float, re.findall(r"\d+\.\d+", told.sum_text(VIEW.explanation)))
    assert first * level + second * mean == pytest.approx(result, abs=0.02)
    assert told.sum_text(changed(pull=0.0, score=57.4).explanation) == "57.40 = 57.40"


def test_both_ranges_and_the_middle_half_are_drawn_and_spoken() -> None:
    picture = having(drawn(), "sl-dw")[0]
    assert {"--o1", "--o2", "--p1", "--p2"} <= set(picture.style)
    assert getattr(picture, "aria-label").startswith("57, likely 52 to 62; 49 to 65 if silent people feel differently")
    assert "pale range, 49–65" in text_of(drawn())
    same = changed(outer_low=52.0, outer_high=62.0)
    assert "pale range" not in text_of(drawn(same))


def test_evidence_names_the_part_that_holds_it_down() -> None:
    evidence = VIEW.explanation.evidence
    said = told.evidence_text(evidence).replace("\u00a0", " ")
    assert said == "Participation (29 % by weight) alone would give B; people, groups and dates would give A."
    flagged = told.evidence_text(replace(evidence, grade="C", flagged=True))
    assert flagged.endswith("A warning about the answers lowered the grade by one step.")
    unknown = told.evidence_text(replace(evidence, participation="C", participation_share=None))
    assert unknown.startswith("Participation alone would give C")


def test_what_is_not_known_is_not_said() -> None:
    view = changed(people=None, headcount=None, standing=None, peers=1, pull=0.0)
    text = text_of(drawn(view))
    assert "people not counted" in text
    assert "None" not in text
    assert "too few factories" in text
    assert "Beside others" not in text


def test_a_question_has_no_parts_and_leaves_nothing_out() -> None:
    view = replace(changed(key="hours-1", parts=()), name="Could you rest?", leads=(), questions=1)
    text = text_of(drawn(view))
    assert "One question, so there is nothing to average." in text
    assert not kinds(drawn(view), "Details")
    assert "Meghdal Knit Works, Could you rest? 20 November 2026" in text


def test_parts_say_level_similar_factories_and_what_is_missing() -> None:
    rows = [text_of(row).replace("\u00a0", " ") for row in kinds(kinds(drawn(), "Tbody"), "Tr")]
    assert rows == ["Hours, rest and pace 51 54 50 %", "Pay 64 55 50 %", "Agency workers missing 50 –"]


def test_a_part_without_similar_factories_has_a_dash() -> None:
    alone = Part("pay", 60.0, float("nan"), 1.0)
    row = text_of(kinds(kinds(drawn(changed(parts=(alone,))), "Tbody"), "Tr")).replace("\u00a0", " ")
    assert row == "Pay 60 – 100 %"


def test_it_is_a_named_dialog_that_closes_by_a_link() -> None:
    drawer = drawn()
    dialog = having(drawer, "sl-drawer")[0]
    assert dialog.role == "dialog"
    titles = [node for node in nodes(drawer) if getattr(node, "id", None) == getattr(dialog, "aria-labelledby")]
    assert text_of(titles) == "How is 57 computed?"
    closing = [node for node in kinds(drawer, "A") if getattr(node, "data-closes", None)]
    assert [node.href for node in closing] == ["/app/overview/f1"]
    assert links(drawer)["These numbers (JSON)"] == "/download/explanation/f1?key=overall"
    assert links(drawer)["Read the method"] == "/app/method"
    assert drawn(None) is None


def test_nothing_is_told_as_a_cause() -> None:
    every = text_of(drawn()) + " ".join(told.export_lines(VIEW))
    assert not re.search(r"\b(because|caused?|due to)\b|!", every)


def test_export_tells_the_same_chain_in_lines() -> None:
    lines = told.export_lines(VIEW)
    assert lines[0] == "How Meghdal Knit Works, social score on 20 November 2026 came to 57, likely 52–62"
    assert [line[0] for line in lines[1:6]] == list("12345")
    assert lines[-1].startswith(told.sum_text(VIEW.explanation))


def test_a_link_with_an_icon_alone_says_what_it_explains() -> None:
    link = why("q", "/x", of="Could you rest?")
    assert getattr(link, "aria-label") == "How is this computed? Could you rest?"
    assert text_of(link) == ""
