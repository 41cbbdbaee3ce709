"""The panel and the list say what may be said, in words that claim no cause."""

import csv
import json
from dataclasses import replace
from typing import Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from components import series_table, timeline_words
from components.action_list import action_list
from components.effect_panel import effect_panel, scale
from components.timeline_controls import controls
from scoring.model import OVERALL, TimelineQuery
from scoring.views import TimelineView
from tests import sample_timeline as sample


def tree(component: Any) -> Any:
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))


def every(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for one in node for found in every(one)]
    if not isinstance(node, dict) or "props" not in node:
        return []
    return [node, *every(node["props"].get("children"))]


def words(component: Any) -> str:
    """Everything a person reads, with spaces between the pieces."""

    def said(node: Any) -> list[str]:
        if isinstance(node, list):
            return [text for one in node for text in said(one)]
        if isinstance(node, dict):
            return said(node.get("props", {}).get("children"))
        return [str(node)] if node is not None else []

    return " ".join(" ".join(said(tree(component))).split())


def links(component: Any) -> list[dict[str, Any]]:
    return [node["props"] for node in every(tree(component)) if "data-action" in node["props"]]


def with_rows(view: TimelineView, *rows: Any) -> TimelineView:
    assert view.selected is not None
    return replace(view, selected=replace(view.selected, rows=rows))


def test_the_sentence_is_about_the_clear_row() -> None:
    said = words(effect_panel(sample.selected("a5")))
    assert "Hours, rest and pace was 11 points lower in the 13 weeks after, likely 3 to 19." in said
    assert "8 June 2026 · Northvane · 9 % of the month’s orders" in said
    assert "62 before, 51 after" in said
    assert "Hours, rest and pace: about 1,140 answers before, about 1,690 after." in said
    assert "“After” does not say “because of”." in said


@pytest.mark.parametrize(
    ("points", "half", "said"),
    [
        (-5, 8, "Pay was maybe 5 points lower in the 13 weeks after; likely −13 to +3."),
        (6, 8, "Pay was maybe 6 points higher in the 13 weeks after; likely −2 to +14."),
        (-1, 8, "Pay: can’t tell whether it moved in the 13 weeks after; likely −9 to +7."),
        (9, 4, "Pay was 9 points higher in the 13 weeks after, likely 5 to 13."),
        (-4, 3.9, "Pay was 4 points lower in the 13 weeks after, likely 0.1 to 8."),
    ],
)
def test_what_is_said_of_a_difference(points: float, half: float, said: str) -> None:
    view = with_rows(sample.selected("a5"), sample.comparison("PAY", 60, points, half))
    assert view.selected is not None
    assert "".join(timeline_words.after_parts(view.selected)) == said


def test_an_open_window_says_how_far_it_is_and_claims_no_more() -> None:
    said = words(effect_panel(sample.selected("a7")))
    assert "7 of 13 weeks in" in said
    assert "in the first 7 weeks after" in said


def test_nothing_claims_a_cause() -> None:
    for one in sample.YEAR:
        said = words([effect_panel(sample.selected(one.action_id)), action_list(sample.selected(one.action_id))])
        assert "caused" not in said
        assert "because" not in said.replace("“because of”", "")
        assert "!" not in said


def colours(component: Any) -> dict[str, str]:
    """The colour of each dot and whisker, by what a screen reader says of it."""
    marks = [n["props"] for n in every(tree(component)) if n["props"].get("className") == "sl-dw"]
    return {mark["aria-label"]: mark["style"]["--c"] for mark in marks}


def test_only_a_clear_difference_is_coloured() -> None:
    assert colours(effect_panel(sample.selected("a5"))) == {
        "−4, likely −9 to +1": "var(--sl-ink-3)",
        "−11, likely −19 to −3": "var(--sl-attn)",
        "−2, likely −10 to +6": "var(--sl-ink-3)",
    }
    risen = with_rows(sample.selected("a5"), sample.comparison("PAY", 60, 9, 4))
    assert list(colours(effect_panel(risen)).values()) == ["var(--sl-good)"]


def test_the_scale_of_the_whiskers_holds_zero_and_every_range() -> None:
    assert scale((sample.comparison("PAY", 60, -11, 8), sample.comparison(OVERALL, 60, 9, 8))) == (-20, 18)
    assert scale((sample.too_few("PAY"),)) == (-10, 10)


def test_a_row_with_too_few_says_so_without_a_count() -> None:
    rows = (sample.comparison("HRS", 60, -11, 8), sample.too_few("PAY"))
    said = words(effect_panel(with_rows(sample.selected("a5"), *rows)))
    assert "Pay too few people" in said


def test_too_few_everywhere_is_the_designed_state() -> None:
    said = words(effect_panel(with_rows(sample.selected("a5"), sample.too_few("HRS"), sample.too_few("PAY"))))
    assert "Too few people to show" in said
    assert "points" not in said
    assert "because of" in said


def test_without_a_choice_there_is_an_invitation() -> None:
    assert "Choose an action" in words(effect_panel(sample.view()))
    assert "No actions in this period" in words(effect_panel(sample.view(actions=[])))
    missing = sample.view(TimelineQuery("F01", action="elsewhere"))
    assert "Not in this period" in words(effect_panel(missing))


def test_the_neighbours_are_the_actions_before_and_after_in_time() -> None:
    found = {link["aria-label"]: link["data-action"] for link in links(effect_panel(sample.selected("a5")))}
    assert found == {"Action before": "a4", "Next action": "a6"}
    first = {link["aria-label"] for link in links(effect_panel(sample.selected("a1")))}
    last = {link["aria-label"] for link in links(effect_panel(sample.selected("a7")))}
    assert (first, last) == ({"Next action"}, {"Action before"})


def test_every_action_is_a_link_to_itself_and_the_chosen_one_says_so() -> None:
    found = links(action_list(sample.selected("a5", period="2y")))
    assert [link["data-action"] for link in found] == ["a7", "a6", "a5", "a4", "a3", "a2", "a1"]
    assert found[0]["href"] == "/app/timeline/F01?action=a7&period=2y"
    assert [link["data-action"] for link in found if link.get("aria-current")] == ["a5"]


def test_the_list_tells_the_first_theme_and_leaves_open_windows_grey() -> None:
    listed = tree(action_list(sample.selected("a5")))
    said = words(listed)
    assert "Seven actions in this year" in said
    assert "Hours, rest and pace after" in said
    ends = [
        n["props"] for n in every(listed) if str(n["props"].get("className", "")).startswith(("sl-down", "sl-flat"))
    ]
    assert [(e["children"], e["className"].split()[0]) for e in ends][:3] == [
        ("7 of 13 weeks in", "sl-flat"),
        ("can’t tell", "sl-flat"),
        ("clear drop", "sl-down"),
    ]


def test_an_empty_list_says_between_which_days() -> None:
    said = words(action_list(sample.view(actions=[])))
    assert "No buyer action is recorded between 24 Nov 2025 and 20 Nov 2026." in said


def test_a_buyer_is_never_offered_lanes_by_buyer() -> None:
    assert "By buyer" in words(controls(sample.view()))
    assert "By buyer" not in words(controls(replace(sample.view(), every_buyer=False)))


def test_every_control_is_an_address_that_keeps_the_rest() -> None:
    found = [n["props"] for n in every(tree(controls(sample.selected("a5", scale="full")))) if n["type"] == "A"]
    targets = {link["children"]: link["href"] for link in found}
    assert targets["2 y"] == "/app/timeline/F01?action=a5&period=2y&scale=full"
    assert targets["Fit"] == "/app/timeline/F01?action=a5"
    assert [link["children"] for link in found if link.get("aria-current")] == ["Timeline", "1 y", "By kind", "0–100"]


def test_the_picture_has_a_sentence() -> None:
    said = timeline_words.picture_sentence(sample.selected("a5"))
    assert said.startswith("Seven buyer actions above Overall score, Hours, rest and pace and Pay, 24 Nov 2025 to")
    assert "Selected: Order cancelled, 8 June 2026." in said


def csv_rows(view: TimelineView) -> tuple[list[str], list[list[str]]]:
    lines = series_table.timeline_csv(view).splitlines()
    return [x for x in lines if x.startswith("#")], list(csv.reader(x for x in lines if not x.startswith("#")))


def test_the_file_holds_the_numbers_of_the_picture_and_says_what_they_are() -> None:
    view = sample.view(rows=[sample.series("HRS")])
    comments, rows = csv_rows(view)
    assert any("Release 42" in c and "method 1.2" in c for c in comments)
    assert any("at least ten answers by ten people" in c for c in comments)
    assert rows[0] == [column.name for column in series_table.FIELDS]
    first = view.rows[0].points[0].estimate
    assert rows[1][6:] == [f"{first.value:.1f}", f"{first.low:.1f}", f"{first.high:.1f}"]
    gap = next(row for row in rows if row[4] == "2026-03-16")
    assert gap[4:] == ["2026-03-16", "2026-04-12", "", "", ""]
    assert len(rows) == 1 + len(view.rows[0].points) + 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", " =1", "\r=1"])
def test_no_name_becomes_a_formula(text: str) -> None:
    row = replace(sample.series("HRS"), name=text)
    _, rows = csv_rows(replace(sample.view(rows=[row]), factory=replace(sample.FACTORY, factory_id="=F")))
    assert rows[1][0] == "'=F"
    assert rows[1][2].startswith("'")


def test_a_name_cannot_leave_its_comment_line() -> None:
    view = replace(sample.view(), factory=replace(sample.FACTORY, name='x\r\n=cmd(),=2;"\n=3'))
    text = series_table.timeline_csv(view)
    comments = text.split("factory_id,")[0]
    assert all(line.startswith("# ") for line in comments.splitlines())
    assert not set(',;"') & set(comments.splitlines()[0])


def test_the_table_shows_every_stretch_and_every_gap() -> None:
    row = sample.series("HRS")
    said = words(series_table.series_table(row))
    assert said.count("too few people") == 1
    assert len(series_table.stretches(row)) == len(row.points) + 1


def test_the_files_name_is_plain() -> None:
    view = replace(sample.view(), factory=replace(sample.FACTORY, factory_id="../a b"))
    assert series_table.file_name(view) == "seamline----a-b-release-42.csv"
