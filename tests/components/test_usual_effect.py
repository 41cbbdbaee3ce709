"""The panel's second part: how sure, in words and by colour only where a direction is claimed, never one part alone."""

import re
from dataclasses import replace

import pytest

from components.effect_panel import effect_panel
from components.sureness import sureness_chip
from components.sureness_rules import sureness_rules
from components.usual_profile import usual_profile
from scoring.cascade_views import Sureness
from scoring.model import OVERALL
from tests import sample_cascade as cascade
from tests import sample_timeline as sample
from tests.rendered import having, kinds, links, nodes, text_of

CHIPS = {
    Sureness.CLEAR: ("Clear", "bi-check-circle-fill"),
    Sureness.LIKELY: ("Likely", "bi-check-circle"),
    Sureness.UNCLEAR: ("Unclear", "bi-question-circle"),
    Sureness.NO_EFFECT_SEEN: ("No effect seen", "bi-dash-circle"),
    Sureness.TOO_FEW_EVENTS: ("Too few events", "bi-slash-circle"),
    Sureness.NOT_SHARED: ("Not shared", "bi-lock"),
}


@pytest.mark.parametrize("sureness", Sureness)
@pytest.mark.parametrize(("points", "tone"), [(-2.0, "attn"), (2.0, "good"), (None, "")])
def test_a_chip_is_icon_and_word_and_coloured_only_by_a_claimed_direction(
    sureness: Sureness, points: float | None, tone: str
) -> None:
    chip = sureness_chip(sureness, points)
    word, picture = CHIPS[sureness]
    claimed = sureness in (Sureness.CLEAR, Sureness.LIKELY)
    assert text_of(chip) == word
    assert chip.className.split() == ["sl-chip", *([tone] if claimed and tone else [])]
    assert chip.children[0].className == f"bi {picture}"


def test_both_parts_stand_together_and_the_caution_is_last() -> None:
    said = text_of(effect_panel(cascade.panel()))
    order = ["This time", "What usually follows", "3.1 points lower on average", "From about 145 actions",
             "Half of the cells behind this are 12 days or wider", "“After” does not say “because of”",
             "read both parts together"]  # fmt: skip
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert links(effect_panel(cascade.panel()))["How is this computed?"] == "/app/method#cascade"


@pytest.mark.parametrize("sureness", Sureness)
def test_every_sureness_has_chip_and_sentence_and_what_is_not_told_has_no_picture(sureness: Sureness) -> None:
    panel = effect_panel(cascade.panel(cascade.usual(sureness)))
    assert CHIPS[sureness][0] in text_of(panel)
    assert bool(having(panel, "sl-profile")) is (sureness not in cascade.HIDDEN)
    assert ("Half of the cells" in text_of(panel)) is (sureness not in cascade.HIDDEN)


def test_the_row_is_that_of_the_sentence_else_the_first() -> None:
    assert "Hours, rest and pace after rush orders" in text_of(effect_panel(cascade.panel()))
    view = cascade.panel()
    other = replace(view, usual=(cascade.usual(row=OVERALL), cascade.usual(row="PAY")))
    assert "Overall score after rush orders" in text_of(effect_panel(other))


def test_answers_that_moved_before_are_a_visible_caution() -> None:
    moved = effect_panel(cascade.panel(cascade.usual(moved_before=True)))
    assert "Workers’ answers moved before such actions already" in text_of(having(moved, "sl-before"))
    assert having(effect_panel(cascade.panel()), "sl-before") == []


def test_this_time_is_held_against_ordinary_stretches() -> None:
    said = text_of(effect_panel(cascade.panel()))
    assert "In 96 of 100 ordinary stretches Hours, rest and pace moved less than this." in said
    assert "other factories of the country, and what usually follows other actions nearby." in said
    own = text_of(effect_panel(cascade.panel(every_buyer=False)))
    assert "at other factories of the country." in own
    assert "nearby" not in own
    plain = text_of(effect_panel(cascade.panel(quieter=None)))
    assert "Ranges are of the answers alone: there are too few factories to learn how far" in plain
    assert "ordinary stretches" not in plain


def test_without_effects_only_this_time_is_told() -> None:
    said = text_of(effect_panel(sample.selected("a5")))
    assert "What usually follows" not in said
    assert "read both parts together" not in said


def test_the_way_to_the_weeks_keeps_the_choice_and_is_gone_when_there() -> None:
    href = links(effect_panel(cascade.panel()))["Week by week, with every action here"]
    assert href == "/app/timeline/F01?action=a5&view=weeks&kind=rush_order"
    there = replace(cascade.panel(), query=replace(cascade.panel().query, view="weeks"))
    assert "Week by week" not in text_of(effect_panel(there))


def test_the_small_picture_carries_shapes_and_no_colour() -> None:
    drawn = usual_profile(cascade.usual(), "what it shows")
    assert drawn is not None
    assert getattr(drawn, "aria-label") == "what it shows"
    assert drawn.className == "sl-profile k-rush"
    styles = " ".join(str(node.style) for node in nodes(drawn) if getattr(node, "style", None))
    assert not re.search(r"#(?!000\b)[0-9a-f]{3,8}\b|rgb", styles.replace("%23000", ""))
    ticks = [text_of(one) for one in having(drawn, "xt")]
    assert ticks == ["−4", "0", "4", "8", "12"]
    assert "0" in [text_of(one) for one in having(drawn, "yt")]
    assert usual_profile(cascade.usual(Sureness.NOT_SHARED), "") is None


def test_a_kind_without_a_colour_is_grey() -> None:
    drawn = usual_profile(cascade.usual(kind="duplicate_audit", look="audit"), "x")
    assert drawn is not None
    assert drawn.className == "sl-profile k-other"


def test_the_rules_show_every_word() -> None:
    rules = sureness_rules()
    assert [text_of(term) for term in kinds(rules, "Dt")] == [word for word, _ in CHIPS.values()]
    assert len(kinds(rules, "Dd")) == len(Sureness)
