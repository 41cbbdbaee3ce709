"""The year's picture is valid, breaks at gaps, never flattens or overstates, and its table says the same."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import plotly.graph_objects as go
import pytest

from components.course import fitted, runs, two_ticks
from components.sparkline import sparkline
from components.year_figure import HEIGHT, year_figure
from components.year_table import year_sentence, year_table
from scoring.model import Estimate, Point, Series
from tests import sample_overview
from tests.rendered import kinds, text_of

VIEW = sample_overview.overview()
EMPTY = sample_overview.overview_without_score()


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The traces of the score itself, one for each unbroken run."""
    return [trace for trace in figure["data"] if trace["mode"] == "lines" and "fill" not in trace]


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("view", [VIEW, EMPTY, replace(VIEW, actions=())], ids=["full", "hidden", "no actions"])
def test_figure_is_valid_plotly(view: Any, dark: bool, narrow: bool) -> None:
    figure = year_figure(view, dark, narrow)
    go.Figure(figure)
    assert figure["layout"]["height"] == HEIGHT


def test_line_and_band_break_at_the_gap() -> None:
    figure = year_figure(VIEW, False, False)
    first, last = (day.isoformat() for day in sample_overview.GAP)
    assert len(lines(figure)) == 2
    for trace in figure["data"][:4]:
        assert all(day < first for day in trace["x"]) or all(day > last for day in trace["x"])
    assert any(note["text"] == "too few" for note in figure["layout"]["annotations"])


def test_marks_and_seams_stand_at_the_actions_day_in_the_actions_shape() -> None:
    figure = year_figure(VIEW, False, False)
    marks = figure["data"][-1]
    days = [action.date.isoformat() for action in VIEW.actions]
    assert marks["x"] == days
    assert marks["marker"]["symbol"][0] == "triangle-right"
    seams = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert [seam["x0"] for seam in seams] == days


def test_actions_outside_the_year_are_not_drawn() -> None:
    old = replace(VIEW.actions[0], date=date(2024, 1, 1))
    figure = year_figure(replace(VIEW, actions=(old,)), False, False)
    assert not [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert "0 buyer actions" in year_sentence(replace(VIEW, actions=(old,)))


def test_many_actions_are_drawn_smaller_and_their_seams_paler() -> None:
    many = replace(VIEW, actions=VIEW.actions * 5)
    assert year_figure(many, False, False)["data"][-1]["marker"]["size"] < 14
    assert year_figure(VIEW, False, False)["data"][-1]["marker"]["size"] == 14
    assert year_figure(many, False, False)["layout"]["shapes"][-1]["opacity"] < 0.5


def test_names_from_outside_cannot_become_markup() -> None:
    bad = replace(VIEW.actions[0], buyer_name="<b>x</b> %{y}", what="<img src=x>")
    figure = year_figure(replace(VIEW, actions=(bad,)), False, False)
    told = figure["data"][-1]["customdata"][0]
    assert "<img" not in told
    assert "<b>" not in told
    assert "%{" not in told


def test_dark_and_light_differ_in_colour_only() -> None:
    light, dark = year_figure(VIEW, False, False), year_figure(VIEW, True, False)
    assert lines(light)[0]["y"] == lines(dark)[0]["y"]
    assert lines(light)[0]["line"]["color"] != lines(dark)[0]["line"]["color"]


def test_only_a_wide_picture_has_room_for_the_range_at_the_end() -> None:
    wide = [note["text"] for note in year_figure(VIEW, False, False)["layout"]["annotations"]]
    narrow = [note["text"] for note in year_figure(VIEW, False, True)["layout"]["annotations"]]
    assert "52–62" in wide
    assert "52–62" not in narrow
    assert "<b>57</b>" in narrow


def test_quarters_are_named_and_january_carries_the_year() -> None:
    assert year_figure(VIEW, False, False)["layout"]["xaxis"]["ticktext"] == ["Jan 2026", "Apr", "Jul", "Oct"]


def test_table_twin_holds_every_stretch_gap_and_action() -> None:
    twin = year_table(VIEW)
    assert twin is not None
    rows = kinds(kinds(twin, "Tbody"), "Tr")
    assert len(rows) == len(VIEW.year.points) + len(VIEW.year.gaps) + len(VIEW.actions)
    assert "9 Mar – 5 Apr 2026 Score too few people" in [text_of(row) for row in rows]
    assert "5 Oct 2026 Rush order Northvane, 48 days instead of 80" in [text_of(row) for row in rows]


def test_nothing_to_draw_has_no_table_either() -> None:
    assert year_table(replace(EMPTY, actions=())) is None


def test_sentence_says_what_is_drawn() -> None:
    assert year_sentence(VIEW) == (
        "Overall score from 20 November 2025 to 20 November 2026, with 7 buyer actions. "
        "The newest value is 57, likely 52–62. 1 stretch with too few answers."
    )


def one(value: float, arm: float, first: date = date(2026, 6, 1), days: int = 7) -> Series:
    """A series of a single stretch."""
    point = Point(first, first + timedelta(days=days - 1), Estimate(value, value - arm, value + arm))
    return Series("pay", "Pay", 3, "week", (point,), ())


def test_lone_stretch_is_drawn_as_wide_as_it_is() -> None:
    (run,) = runs(one(50, 5, days=28))
    assert (run.days[0], run.days[-1]) == (date(2026, 6, 1), date(2026, 6, 28))
    assert list(run.days) == sorted(run.days)


@pytest.mark.parametrize(("value", "arm"), [(50, 2), (2, 2), (99, 1), (50, 50), (85, 15), (15, 15)])
def test_fitted_axis_holds_the_ranges_and_is_at_least_forty_points(value: float, arm: float) -> None:
    low, high = fitted([one(value, arm)])
    assert 0 <= low <= value - arm
    assert value + arm <= high <= 100
    assert high - low >= 40 or (low, high) == (0, 100)
    assert low < two_ticks(low, high)[0] < two_ticks(low, high)[1] < high


def test_sparkline_is_a_picture_without_colour_and_breaks_at_gaps() -> None:
    drawn = sparkline(VIEW.year, sample_overview.THROUGH - timedelta(days=365), sample_overview.THROUGH)
    shape = unquote(drawn.style["--line"])
    assert shape.count("M") == 2
    assert "#000" in shape
    assert "nan" not in shape.lower()
    assert getattr(drawn, "aria-hidden") == "true"


def test_sparkline_of_nothing_is_empty() -> None:
    drawn = sparkline(EMPTY.year, sample_overview.THROUGH - timedelta(days=365), sample_overview.THROUGH)
    assert getattr(drawn, "style", None) is None
