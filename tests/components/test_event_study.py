"""The event study: valid, true to its numbers, gaps left open, with sentence, table and file."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components import event_study_card as card
from components.event_study_figure import event_study_figure
from components.event_study_table import COLUMNS, MIDDLES, event_study_csv, event_study_tables
from components.event_study_words import how_to_read, short_reading, study_sentence
from components.look import Look
from components.study_plan import scale_for, study_plan, unbroken
from components.timeline_controls import controls, kinds_there
from components.timeline_figure import timeline_figure
from scoring.cascade_views import Study, Sureness
from scoring.model import OVERALL
from scoring.query import TimelineQuery
from tests import sample_cascade as cascade
from tests import sample_timeline as sample
from tests.rendered import having, kinds, links, text_of

THREE = (cascade.study(row=OVERALL), cascade.study(), cascade.study(Sureness.UNCLEAR, row="PAY"))
STUDIES: dict[str, Sequence[Study]] = {
    "three": THREE,
    "one": (cascade.study(),),
    "not shared": (cascade.study(Sureness.NOT_SHARED),),
    "no lines": (cascade.study(lines=()),),
    "nothing": (cascade.study(Sureness.TOO_FEW_EVENTS, lines=()),),
    "lone points": (cascade.study(lines=[cascade.line("a1", -1.0, 7.0)]),),
    "none": (),
}
LOOKS = [(dark, narrow) for dark in (False, True) for narrow in (False, True)]
WIDE = Look()


def traces(figure: dict[str, Any], axis: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["yaxis"] == axis]


@pytest.mark.parametrize(("dark", "narrow"), LOOKS)
@pytest.mark.parametrize("studies", STUDIES.values(), ids=STUDIES.keys())
def test_every_figure_is_one_that_plotly_takes(studies: Sequence[Study], dark: bool, narrow: bool) -> None:
    for titled in (True, False):
        figure = event_study_figure(studies, dark, narrow, titled=titled, selected="a1")
        go.Figure(figure)
        json.dumps(figure, allow_nan=False)


def test_a_row_has_thin_lines_a_band_and_a_bold_line_over_them() -> None:
    thin, band, bold = traces(event_study_figure([cascade.study()], False, False), "y2")
    assert (thin["line"]["width"], bold["line"]["width"]) == (1, 2.25)
    assert thin["customdata"][0][0] == "a1"
    assert thin["y"].count(None) == 2
    profile = cascade.study().usual.profile
    assert bold["x"] == [one.lag + 0.5 for one in profile]
    assert bold["y"] == [round(one.estimate.value, 2) for one in profile]
    assert band["y"][: len(profile)] == [round(one.estimate.high, 2) for one in profile]
    assert band["fillcolor"] == "rgba(230, 159, 0, 0.28)"
    assert bold["line"]["color"] == "#855a00"


def test_the_selected_action_is_drawn_over_all_others_and_fits() -> None:
    wild = cascade.line("a1", step=30.0)
    study = cascade.study(lines=[wild, cascade.line("a7")])
    figure = event_study_figure([study], False, False, selected="a1")
    last = traces(figure, "y2")[-1]
    assert last["line"]["color"] == "#15171c"
    assert {entry[0] for entry in last["customdata"] if entry} == {"a1"}
    low, high = figure["layout"]["yaxis2"]["range"]
    assert all(low <= value <= high for value in last["y"] if value is not None)


def test_rows_share_one_week_axis_and_one_scale() -> None:
    layout = event_study_figure(THREE, False, False)["layout"]
    assert [key for key in layout if key.startswith("xaxis")] == ["xaxis"]
    assert layout["xaxis"]["anchor"] == "y4"
    assert len({tuple(layout[f"yaxis{n}"]["range"]) for n in (2, 3, 4)}) == 1
    domains = [layout[key]["domain"] for key in ("yaxis4", "yaxis3", "yaxis2", "yaxis")]
    ends = [end for domain in domains for end in domain]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0, 1)
    zeros = [shape for shape in layout["shapes"] if shape["y0"] == 0 and shape["y1"] == 0]
    assert len(zeros) == 3


def test_what_is_not_told_is_said_in_place_of_the_bold_line() -> None:
    figure = event_study_figure([cascade.study(Sureness.NOT_SHARED)], False, False)
    assert any("not shared yet" in one["text"] for one in figure["layout"]["annotations"])
    assert not any(trace.get("fill") for trace in figure["data"])
    few = event_study_figure([cascade.study(Sureness.TOO_FEW_EVENTS)], False, False)
    assert any("too few events" in one["text"] for one in few["layout"]["annotations"])


def test_the_last_value_stands_at_the_end() -> None:
    said = [one["text"] for one in event_study_figure([cascade.study()], False, False)["layout"]["annotations"]]
    assert "−0.2" in said
    assert any("−3.1 on average, likely −4.2 to −2.0" in one for one in said)


def test_a_fortnight_without_answers_is_a_gap_and_a_lone_point_a_dot() -> None:
    gapped = cascade.line("a1", -3.0, -1.0, 3.0, 5.0, 9.0)
    assert [[week for week, _ in run] for run in unbroken(gapped)] == [[-3.0, -1.0], [3.0, 5.0], [9.0]]
    trace = traces(event_study_figure([cascade.study(lines=[gapped])], False, False), "y2")[0]
    assert trace["connectgaps"] is False
    assert [size for size in trace["marker"]["size"] if size] == [4]


@pytest.mark.parametrize("ends", [[], [0.2], [-3.0, 1.5], [-14.0, 12.0], [-400.0, 300.0]])
def test_a_scale_holds_everything_and_zero_with_few_ticks(ends: list[float]) -> None:
    low, high, ticks = scale_for(ends)
    assert all(low <= end <= high for end in [0.0, *ends])
    assert high - low >= 6
    assert 0.0 in ticks
    assert 1 <= len(ticks) <= 5
    assert all(low <= tick <= high for tick in ticks)


def test_a_few_wild_points_do_not_flatten_the_rest() -> None:
    calm = [cascade.line("a1") for _ in range(10)]
    wild = cascade.line("a7", 3.0, step=400.0)
    assert study_plan([cascade.study(lines=[*calm, wild])], False, False).high < 100


def test_names_that_try_to_break_out_stay_text() -> None:
    bad = "<img src=x onerror=alert(1)> %{x}"
    one = cascade.study()
    line = replace(one.lines[0], action=replace(one.lines[0].action, buyer_name=bad, what=bad))
    named = replace(one, usual=replace(one.usual, row_name=bad), lines=(line,))
    text = json.dumps(event_study_figure([named], False, False))
    assert "<img" not in text
    assert "%{x}" not in text


def test_how_to_read_it_is_said() -> None:
    said = how_to_read(THREE, own=False, here=True)
    assert said.startswith("Thin lines: 2 actions of this kind here, each against its own eight weeks before")
    assert "Bold: what usually follows, with its likely range, from about 145 actions at about 55 factories." in said
    one = how_to_read([cascade.study(lines=[cascade.line("a1")])], own=True, here=False)
    assert one.startswith("Thin line: your 1 action of this kind, against its own")
    none = how_to_read([cascade.study(Sureness.NOT_SHARED, lines=())], own=True, here=False)
    assert "No action of this kind has enough answers around it" in none
    assert "after rush orders is not drawn: it is not told yet" in none
    assert how_to_read([], own=True, here=True) == short_reading([]) == ""
    assert short_reading(THREE).startswith("Thin lines: 2 actions. Bold: what usually follows")


def test_the_picture_has_a_sentence() -> None:
    said = study_sentence(THREE)
    assert said.startswith("Weeks from the action, after rush orders, 2 thin lines.")
    assert said.count("after rush orders:") == 3
    assert study_sentence([]) == "No action of this kind."


def test_a_state_stands_where_nothing_can_be_drawn_and_the_picture_keeps_its_place() -> None:
    drawn = card.event_study_picture("graph", STUDIES["nothing"], WIDE)
    assert "Too few people to show" in text_of(drawn)
    assert [node.hidden for node in kinds(drawn, "Div") if getattr(node, "hidden", None)] == [True]
    assert [node.id for node in kinds(drawn, "Graph")] == ["graph"]
    assert kinds(card.foot("source", STUDIES["nothing"], "csv", "png"), "Button") == []
    assert len(kinds(card.foot("source", THREE, "csv", "png"), "Button")) == 2


def test_a_sentence_and_a_chip_for_each_row_and_a_caution_where_answers_moved_before() -> None:
    rows = card.row_list(THREE)
    assert [text_of(chip) for chip in having(rows, "sl-chip")] == ["Clear", "Clear", "Unclear"]
    moved = replace(THREE[0], usual=replace(THREE[0].usual, moved_before=True))
    assert "moved before such actions already" in text_of(card.reading([moved], None, own=False, here=True))
    said = text_of(card.reading(THREE, cascade.COVERAGE, own=False, here=True))
    assert "12 days or wider" in said
    assert "moved before" not in said


def test_the_tables_hold_every_week_and_every_action() -> None:
    tables = event_study_tables(THREE)
    captions = [text_of(one) for one in kinds(tables, "Caption")]
    assert captions[:3] == ["Overall score: usually", "Hours, rest and pace: usually", "Pay: usually"]
    assert captions[3] == "Overall score: each action, weeks from it"
    weeks = kinds(tables, "Table")[1]
    assert len(kinds(weeks, "Tr")) == 1 + 17
    gapped = event_study_tables([cascade.study(Sureness.NOT_SHARED, lines=[cascade.line("a1", -3.0, 5.0)])])
    assert text_of(gapped).count("too few") == len(MIDDLES) - 2


def test_the_file_holds_the_numbers_and_says_what_they_are() -> None:
    text = event_study_csv(THREE[1:2], "Meghdal; =1", sample.STAMP)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert any("Release 42" in one and "method 1.2" in one for one in comments)
    assert not any(set(",;") & set(one) for one in comments)
    assert rows[0] == list(COLUMNS)
    profile = THREE[1].usual.profile[6].estimate
    assert rows[7] == ["HRS", "Hours, rest and pace", "rush_order", "usually", "", "2",
                       f"{profile.value:.1f}", f"{profile.low:.1f}", f"{profile.high:.1f}"]  # fmt: skip
    assert rows[18][3:6] == ["a1", "2026-01-12", "-3"]
    assert len(rows) == 1 + 17 + 18
    formula = replace(THREE[1], usual=replace(THREE[1].usual, row_name="=1+1"))
    assert "'=1+1" in event_study_csv([formula], "x", sample.STAMP)


def test_the_controls_offer_both_pictures_and_the_kinds_that_occur() -> None:
    view = cascade.weeks(TimelineQuery("F01", view="weeks", action="a5", kind="rush_order"))
    found = links(controls(view))
    assert found["Timeline"] == "/app/timeline/F01?action=a5&kind=rush_order"
    assert found["Payment late 2"] == "/app/timeline/F01?action=a5&kind=payment_late&view=weeks"
    assert found["1 m"].endswith("period=1m&view=weeks")
    assert "By kind" not in found
    current = [text_of(one) for one in kinds(controls(view), "A") if getattr(one, "aria-current", None)]
    assert current == ["Weeks from the action", "1 y", "Rush order 2"]
    assert [many for _, many in kinds_there(view)] == [2, 2, 1, 1, 1]
    assert "Kind of action" not in text_of(controls(replace(cascade.weeks(studies=()), lanes=())))


def test_a_month_is_drawn_with_its_days_named() -> None:
    view = replace(sample.view(), first=sample.LAST.replace(day=1))
    axis = timeline_figure(view, False, False)["layout"]["xaxis"]
    assert axis["ticktext"] == ["1 Nov", "8 Nov", "15 Nov"]
    assert timeline_figure(view, False, True)["layout"]["xaxis"]["ticktext"] == ["1 Nov", "15 Nov"]
