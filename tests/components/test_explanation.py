"""The drawer: five steps with the score's own numbers, a sum that can be checked, and nothing said as a cause."""

import re
from dataclasses import replace
from datetime import date

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
    assert (
        "about 410 people About 6,180 answers; about 410 of 1,240 people took part in the busiest quarter. "
        "They were given 22 Aug – 20 Nov 2026." in steps[0]
    )
    assert "half-life 90 days" in steps[1]
    assert "a sum whose middle day is more than 360 days back counts no more." in steps[1]
    assert "−0.8" in steps[2]
    assert "2 themes. Every theme counts the same. 1 theme is missing: Agency workers." in steps[3]
    peers = "64 knitwear factories in Bangladesh, this one among them (their mean is 54.0)"
    assert f"A small pull towards {peers}" in steps[4]
    assert "here it is 11 %" in steps[4].replace("\u00a0", " ")


def test_the_printed_sum_gives_the_printed_score() -> None:
    first, level, second, mean, result = map(float, re.findall(r"\d+\.\d+", told.sum_text(VIEW.explanation)))
    assert first * level + second * mean == pytest.approx(result, abs=0.1)
    assert told.sum_text(changed(pull=0.0, score=57.4).explanation) == "57.4 = 57.4"


def test_a_part_is_told_with_its_answers_and_never_with_the_people_of_a_quarter() -> None:
    for key, parts in (("hours", VIEW.explanation.parts), ("hours-1", ())):
        said = told.steps(changed(key=key, parts=parts, answers=250, people=250, people_behind=110.4))[0]
        assert said.value == "about 250 answers"
        assert said.text.startswith("About 250 answers, which weigh like 110 people. They were given 22 Aug")
        assert "by about" not in said.text
        assert "250 people" not in said.text


def test_the_third_step_is_the_difference_of_what_it_prints() -> None:
    step = told.steps(changed(plain=58.24, level=57.36))[2]
    assert (step.value, step.text.endswith("Before 58.2, after 57.4.")) == ("−0.8", True)
    step = told.steps(changed(plain=58.26, level=57.34))[2]
    assert (step.value, step.text.endswith("Before 58.3, after 57.3.")) == ("−1.0", True)
    assert told.steps(changed(plain=57.44, level=57.36))[2].value == "0.0"


def test_what_stands_in_is_said_only_when_something_is_missing() -> None:
    assert told.USUAL in told.steps(VIEW)[2].text
    whole = VIEW.explanation.parts[:2]
    full = told.steps(changed(parts=whole))
    assert told.USUAL not in full[2].text
    assert full[3].text == "2 themes. Every theme counts the same."
    assert told.missing_text("question", ("Can you rest?", "Could you leave?")) == (
        " 2 questions are missing: Can you rest?; Could you leave?"
    )


def test_too_few_peers_are_not_told_by_any_number() -> None:
    parts = tuple(replace(part, peer_mean=None) for part in VIEW.explanation.parts)
    few = changed(
        peers=None, peer_mean=None, variance=None, score_variance=None, quantile=None, pull=0.24, plain=58.0,
        level=57.0, score=56.0, parts=parts, standing=None,
    )  # fmt: skip
    steps = told.steps(few)
    pull = "A pull of 24 % towards the mean of the factories of the same country and sector, which are too few to show."
    assert steps[4].text.replace("\u00a0", " ") == pull
    assert [one.value for one in steps[2:]] == ["−1", "57", "56"]
    text = text_of(drawn(few))
    assert "The sum" not in text
    assert "None" not in text
    assert not re.search(r"\d\.\d(?! \(since)", text)
    assert "Similar factories" not in text_of(kinds(drawn(few), "Thead"))
    rows = [text_of(row).replace("\u00a0", " ") for row in kinds(kinds(drawn(few), "Tbody"), "Tr")]
    assert rows[0] == "Hours, rest and pace 51 50 %"
    assert rows[2] == "Agency workers taken as usual at similar factories –"
    assert not any("sum" in line.lower() and "≈" in line for line in told.export_lines(few))
    everywhere = told.steps(changed(peers=None, peer_mean=None, peer_country="", peer_sector=""))[4].text
    assert "the mean of all factories, which are too few" in everywhere


@pytest.mark.parametrize(
    ("third", "grade", "said"),
    [
        ("upper", "B", " Its likely range lies in the upper third of them."),
        ("middle", "B", " Its likely range lies in the middle third of them."),
        (None, "B", " Whether it lies in the upper, middle or lower third of them, nobody can tell."),
        (None, "D", ""),
    ],
)
def test_a_place_among_others_is_a_third_or_nobody_can_tell(third: str | None, grade: str, said: str) -> None:
    e = VIEW.explanation
    standing, evidence = replace(sample.STANDING, third=third), replace(e.evidence, grade=grade)
    text = told.standing_text(replace(e, standing=standing, evidence=evidence))
    assert text == f"The middle half of about 65 knitwear factories in Bangladesh: 51–66.{said}"
    assert told.standing_text(replace(e, standing=None)) == ""


def test_a_warning_is_named_with_its_days_and_what_it_did() -> None:
    evidence = replace(VIEW.explanation.evidence, grade="C", flagged=True)
    view = replace(changed(evidence=evidence), warnings=(sample.WARNING,))
    said = (
        "A warning about coached answers, 14–20 September 2026, lowered the grade by one step: "
        "At least a fifth, or more, were told what to say."
    )
    assert said in text_of(drawn(view))
    worst = replace(evidence, grade="D", people="D")
    assert "lowers the grade no further" in told.evidence_text(worst, (sample.WARNING,))
    older = replace(sample.WARNING, kind="burst", first=date(2026, 8, 31), last=date(2026, 9, 6), detail="Far more.")
    both = told.evidence_text(evidence, (sample.WARNING, older))
    assert "2 warnings lowered the grade by one step together. Coached answers, 14–20 September 2026:" in both
    assert both.endswith("A burst of answers, 31 August – 6 September 2026: Far more.")


def test_both_ranges_and_the_middle_half_are_drawn_and_spoken() -> None:
    picture = having(drawn(), "sl-dw")[0]
    assert {"--o1", "--o2", "--p1", "--p2"} <= set(picture.style)
    assert getattr(picture, "aria-label").startswith("57, likely 52 to 62; 49 to 65 if silent people feel differently")
    assert "the true score lies in the inner range in 95 of 100 such cases." in text_of(drawn())
    assert "the pale range, 49–65; if they feel very differently, even beyond it." in text_of(drawn())
    assert "middle half of about 65 knitwear factories in Bangladesh 51 to 66" in getattr(picture, "aria-label")
    same = changed(outer_low=52.0, outer_high=62.0)
    assert "pale range" not in text_of(drawn(same))


def test_evidence_names_the_part_that_holds_it_down() -> None:
    evidence = VIEW.explanation.evidence
    said = told.evidence_text(evidence, ()).replace("\u00a0", " ")
    part = "Participation (counting people by how evenly they took part, 29 %)"
    assert said == f"{part} alone would give B; people, groups and dates would give A."
    unknown = told.evidence_text(replace(evidence, participation="C", participation_share=None), ())
    assert unknown.startswith("Participation alone would give C")


def test_what_is_not_known_is_not_said() -> None:
    view = changed(people=None, headcount=None, standing=None, peers=1, pull=0.0)
    text = text_of(drawn(view))
    assert "people not counted" in text
    assert "None" not in text
    assert "too few factories" in text
    assert "Beside others" not in text


def test_a_question_has_no_parts_and_leaves_nothing_out() -> None:
    view = replace(changed(key="hours-1", parts=()), name="Could you rest?", leads=())
    text = text_of(drawn(view))
    assert "One question, so there is nothing to average." in text
    assert not kinds(drawn(view), "Details")
    assert "Meghdal Knit Works, Could you rest? 20 November 2026" in text


def test_parts_say_level_similar_factories_and_what_is_missing() -> None:
    assert "Before it is steadied Similar factories" in text_of(kinds(drawn(), "Thead"))
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
    assert lines[-1] == f"The sum: {told.sum_text(VIEW.explanation)}"
    assert "Method: Computed with method 1.1 (since 22 November 2026)." in lines


def test_a_link_with_an_icon_alone_says_what_it_explains() -> None:
    link = why("q", "/x", of="Could you rest?")
    assert getattr(link, "aria-label") == "How is this computed? Could you rest?"
    assert text_of(link) == ""
