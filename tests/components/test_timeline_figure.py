"""The central picture: valid, true to its numbers, calm where nothing may be said, safe with any name."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from components import theme
from components.timeline_figure import month_ticks, timeline_figure
from components.timeline_plan import drawn_lanes, fitted, plan, widened
from components.timeline_rows import runs
from scoring.model import Estimate, Lane, Point, Series
from scoring.views import TimelineView
from tests import sample_timeline as sample

VIEWS = {
    "plain": sample.view(),
    "selected": sample.selected("a5"),
    "open window": sample.selected("a7"),
    "by buyer": sample.selected("a5", lanes="buyer"),
    "full scale": sample.selected("a1", scale="full"),
    "four rows": sample.selected("a5", rows=("overall", "HRS", "PAY", "RES")),
    "as answered": sample.view(rows=[sample.as_answered()]),
    "no rows": sample.view(rows=[]),
    "no actions": sample.view(actions=[]),
    "nothing": sample.view(actions=[], rows=[]),
    "crowded": sample.crowded(),
    "nasty": sample.nasty(),
}
LOOKS = [(dark, narrow) for dark in (False, True) for narrow in (False, True)]


def drawn(view: TimelineView, dark: bool = False, narrow: bool = False) -> dict[str, Any]:
    return timeline_figure(view, dark, narrow)


def lines(figure: dict[str, Any], axis: str) -> list[dict[str, Any]]:
    """The line traces of a row."""
    return [t for t in figure["data"] if t["yaxis"] == axis and "hovertemplate" in t]


def shapes(figure: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    return [s for s in figure["layout"]["shapes"] if all(s.get(k) == v for k, v in wanted.items())]


def texts(figure: dict[str, Any]) -> list[str]:
    return [one["text"] for one in figure["layout"]["annotations"]]


@pytest.mark.parametrize(("dark", "narrow"), LOOKS)
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_figure_is_one_that_plotly_takes(view: TimelineView, dark: bool, narrow: bool) -> None:
    figure = drawn(view, dark, narrow)
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)


def test_one_x_axis_joins_all_rows_and_lanes() -> None:
    layout = drawn(sample.selected())["layout"]
    assert [key for key in layout if key.startswith("xaxis")] == ["xaxis"]
    assert [key for key in layout if key.startswith("yaxis")] == ["yaxis", "yaxis2", "yaxis3", "yaxis4"]
    assert layout["xaxis"]["anchor"] == "y4"
    assert (layout["hovermode"], layout["hoversubplots"], layout["clickmode"]) == (
        "x unified",
        "axis",
        "event",
    )
    assert layout["uirevision"] == "F01"
    assert all(len(layout[f"yaxis{n}"]["tickvals"]) == 2 for n in (2, 3, 4))


def test_domains_are_rounded_ordered_and_apart() -> None:
    layout = drawn(sample.selected(rows=("overall", "HRS", "PAY", "RES")))["layout"]
    domains = [layout[key]["domain"] for key in ("yaxis5", "yaxis4", "yaxis3", "yaxis2", "yaxis")]
    ends = [end for domain in domains for end in domain]
    assert ends == sorted(ends)
    assert ends[0] == 0
    assert ends[-1] == 1
    assert all(end == round(end, 4) for end in ends)


def test_lanes_take_about_the_upper_third_above_three_rows() -> None:
    floor = drawn(sample.view())["layout"]["yaxis"]["domain"][0]
    assert 0.6 < floor < 0.75


def test_a_gap_breaks_line_and_band_and_is_named() -> None:
    figure = drawn(sample.view(rows=[sample.series("HRS")]))
    line = lines(figure, "y2")[0]
    assert line["y"].count(None) == 1
    assert line["connectgaps"] is False
    assert len([t for t in figure["data"] if t.get("fill") == "toself"]) == 2
    block = shapes(figure, type="rect", layer="below")
    assert [(b["x0"], b["x1"]) for b in block] == [("2026-03-16", "2026-04-13")]
    assert texts(figure).count("too few") == 1


def test_without_a_gap_the_line_is_whole() -> None:
    assert [len(runs(sample.series("HRS", gap=gap))) for gap in (False, True)] == [1, 2]


def test_points_and_bands_are_the_numbers_of_the_series() -> None:
    row = sample.series("HRS", gap=False)
    figure = drawn(sample.view(rows=[row]))
    line, band = lines(figure, "y2")[0], next(t for t in figure["data"] if t.get("fill") == "toself")
    assert line["y"] == [round(p.estimate.value, 2) for p in row.points]
    assert line["x"] == [p.middle.isoformat() for p in row.points]
    high, low = band["y"][: len(row.points)], band["y"][len(row.points) :][::-1]
    assert high == [round(p.estimate.high, 2) for p in row.points]
    assert low == [round(p.estimate.low, 2) for p in row.points]


def test_cells_are_drawn_as_wide_as_they_are() -> None:
    row = sample.as_answered()
    line = lines(drawn(sample.view(rows=[row])), "y2")[0]
    assert line["x"][:2] == [
        row.points[0].first.isoformat(),
        (row.points[0].last + timedelta(days=1)).isoformat(),
    ]
    assert line["y"][0] == line["y"][1]
    assert len(line["x"]) == 2 * len(row.points)


def test_a_row_of_which_nothing_may_be_shown_says_so() -> None:
    empty = Series("HRS", "Hours", 6, "week", (), ())
    assert "too few people to show" in texts(drawn(sample.view(rows=[empty])))


@pytest.mark.parametrize(("values", "low", "high"), [((55, 62), 40, 80), ((3, 8), 0, 40), ((95, 99), 60, 100),
                                                     ((20, 85), 10, 90), ((0, 100), 0, 100)])  # fmt: skip
def test_a_fitted_range_holds_the_data_and_at_least_forty_points(
    values: tuple[float, float], low: int, high: int
) -> None:
    day = date(2026, 1, 5)
    points = tuple(Point(day, day, Estimate(v, v, v)) for v in values)
    assert fitted(Series("k", "n", 1, "week", points, ())) == (low, high)


def test_all_rows_span_the_same_points_so_that_slopes_compare() -> None:
    wide = sample.series("PAY", 50, width=35)
    rows = plan(sample.view(rows=[sample.series("HRS", 60), wide]), False).rows
    assert {row.high - row.low for row in rows} == {80}
    assert widened(40, 80, 80) == (20, 100)


def test_the_full_scale_is_nought_to_a_hundred() -> None:
    layout = drawn(sample.selected("a1", scale="full"))["layout"]
    assert layout["yaxis2"]["range"] == [0, 100]
    assert layout["yaxis2"]["tickvals"] == [0, 100]


def test_a_phone_gets_two_rows_and_names_above_the_lines() -> None:
    figure = drawn(sample.selected(), narrow=True)
    assert "yaxis4" not in figure["layout"]
    assert set(figure["layout"]["yaxis"]["ticktext"]) == {""}
    assert "Payment late" in texts(figure)
    assert "−11" in texts(figure)
    assert not any("likely" in text for text in texts(figure))


def test_unselected_seams_are_dotted_and_nothing_is_compared() -> None:
    figure = drawn(sample.view())
    assert len(shapes(figure, type="line")) == len(sample.YEAR)
    assert {s["line"]["dash"] for s in shapes(figure, type="line")} == {"1px,4px"}
    assert not shapes(figure, type="circle")


def test_the_selected_action_has_seam_ring_name_windows_and_means() -> None:
    figure = drawn(sample.selected("a5"))
    seam = [s for s in shapes(figure, type="line", yref="paper") if s["line"]["dash"] == "solid"]
    assert [(s["x0"], s["line"]["color"]) for s in seam] == [("2026-06-08", theme.LIGHT["cancel-t"])]
    across = (date(2026, 6, 8) - sample.FIRST) / (sample.LAST + timedelta(days=1) - sample.FIRST)
    assert [s["xanchor"] for s in shapes(figure, type="circle")] == [round(across, 4)]
    fills = [s["fillcolor"] for s in shapes(figure, type="rect") if s["fillcolor"].startswith("rgba")]
    assert fills == ["rgba(213, 94, 0, 0.07)", "rgba(213, 94, 0, 0.15)"]
    assert {"8 Jun, Northvane", "8 weeks before", "13 weeks after"} <= set(texts(figure))
    means = [s for s in shapes(figure, type="line") if s["yref"] == "y3"]
    assert [(s["y0"], s["x0"], s["x1"]) for s in means] == [
        (62.0, "2026-04-13", "2026-06-08"),
        (51.0, "2026-06-08", "2026-09-07"),
    ]


def test_the_selected_name_keeps_off_the_other_marks_of_its_lane() -> None:
    def lifted(figure: dict[str, Any]) -> list[int]:
        return [a["yshift"] for a in figure["layout"]["annotations"] if a["text"] == "8 Jun, Northvane"]

    view = sample.selected("a5")
    assert lifted(drawn(view)) == [0]
    near = sample.action("a9", "order_cancelled_in_production", date(2026, 7, 6))
    assert view.selected is not None
    chosen = view.selected.action
    lanes = tuple(replace(e, actions=(*e.actions, near)) if chosen in e.actions else e for e in view.lanes)
    assert lifted(drawn(replace(view, lanes=lanes))) == [15]


def test_only_a_clear_difference_is_coloured() -> None:
    figure = drawn(sample.selected("a5"))
    said = {
        a["text"].split(" ")[0]: a["font"]["color"] for a in figure["layout"]["annotations"] if "likely" in a["text"]
    }
    assert said == {"−4": theme.LIGHT["ink-2"], "−11": theme.LIGHT["attn"], "−2": theme.LIGHT["ink-2"]}


def test_a_clear_rise_is_teal() -> None:
    view = sample.selected("a3")
    assert view.selected is not None
    rows = (sample.comparison("HRS", 50, 9, 4),)
    figure = drawn(replace(view, selected=replace(view.selected, rows=rows)))
    colours = [a["font"]["color"] for a in figure["layout"]["annotations"] if a["text"].startswith("+9")]
    assert colours == [theme.LIGHT["good"]]


def test_an_open_window_says_how_far_it_is() -> None:
    assert "7 of 13 after" in texts(drawn(sample.selected("a7")))


def test_a_comparison_with_too_few_draws_no_mean_and_no_difference() -> None:
    view = sample.selected("a5")
    assert view.selected is not None
    few = replace(view.selected, rows=tuple(sample.too_few(row.key) for row in view.selected.rows))
    figure = drawn(replace(view, selected=few))
    assert not [s for s in shapes(figure, type="line") if s["yref"] != "paper"]
    assert not any("likely" in text for text in texts(figure))


def test_an_action_outside_the_period_draws_no_seam() -> None:
    far = sample.action("z", "rush_order", date(2024, 1, 8))
    figure = drawn(replace(sample.view(), selected=sample.aftermath(far)))
    assert not shapes(figure, type="circle")
    assert not [s for s in shapes(figure, type="rect") if s["fillcolor"].startswith("rgba")]


def test_marks_carry_their_id_their_own_date_and_their_shape() -> None:
    marks = [t for t in drawn(sample.view())["data"] if t["yaxis"] == "y" and t["mode"] == "markers+text"]
    found = {d[0]: (x, s, d[1]) for t in marks
             for d, x, s in zip(t["customdata"], t["x"], t["marker"]["symbol"], strict=True)}  # fmt: skip
    assert set(found) == {one.action_id for one in sample.YEAR}
    day, shape, said = found["a4"]
    assert (day, shape) == ("2026-04-20", "triangle-down")
    assert said == "<b>Price cut</b>, 20 April 2026 · Halmere &amp; Pike · 4 % off orders already confirmed"


def test_durations_are_bars_that_end_with_the_period() -> None:
    long = sample.action("l", "stable_commitment", date(2026, 11, 2), end=date(2027, 3, 1))
    bars = [t for t in drawn(sample.view(actions=[long]))["data"] if t.get("line", {}).get("width") == 10]
    assert [t["x"] for t in bars] == [["2026-11-02", "2026-11-21", None]]
    assert bars[0]["opacity"] == 0.35


def test_what_began_before_the_period_has_a_bar_but_no_mark() -> None:
    old = sample.action("o", "stable_commitment", date(2025, 6, 2), end=date(2026, 1, 1))
    figure = drawn(sample.view(actions=[old]))
    assert [t["x"][0] for t in figure["data"] if t.get("line", {}).get("width") == 10] == ["2025-11-24"]
    assert not [t for t in figure["data"] if t.get("mode") == "markers+text"]


@pytest.mark.parametrize(("many", "joined"), [(60, False), (61, True)])
def test_above_sixty_actions_those_of_a_week_join(many: int, joined: bool) -> None:
    figure = drawn(sample.crowded(many))
    marks = [t for t in figure["data"] if t["yaxis"] == "y" and t["mode"] == "markers+text"]
    counts = [int(c or 1) for t in marks for c in t["text"]]
    assert sum(counts) == many
    assert (max(counts) > 1) is joined


def test_the_selected_action_is_never_hidden_in_a_joined_mark() -> None:
    view = sample.crowded(90)
    chosen = view.aftermaths[40]
    figure = drawn(replace(view, selected=chosen))
    ids = [d[0] for t in figure["data"] if t["yaxis"] == "y" and "customdata" in t for d in t["customdata"]]
    assert chosen.action.action_id in ids


def test_more_than_five_lanes_share_the_last() -> None:
    lanes = tuple(Lane(f"k{n}", f"Kind {n}", sample.YEAR[: n + 1]) for n in range(7))
    found = drawn_lanes((*lanes, Lane("empty", "Empty", ())))
    assert [lane.name for lane in found] == ["Kind 3", "Kind 4", "Kind 5", "Kind 6", "All others"]
    assert len(found[-1].actions) == 1 + 2 + 3


def test_names_are_escaped_wherever_they_are_drawn() -> None:
    for dark, narrow in LOOKS:
        text = json.dumps(drawn(sample.nasty(), dark, narrow))
        assert "<img" not in text
        assert "%{x}" not in text


def test_months_are_named_and_january_carries_its_year() -> None:
    days, names = month_ticks(sample.FIRST, sample.LAST, False, theme.LIGHT)
    assert days[0] == "2025-12-01"
    assert "2026" in names[1]
    assert sum("<br>" in name for name in names) == 1
    assert len(month_ticks(date(2016, 1, 1), date(2026, 1, 1), False, theme.LIGHT)[0]) <= 13


@pytest.mark.parametrize("dark", [False, True])
def test_a_figure_has_the_colours_of_one_theme_only(dark: bool) -> None:
    other = theme.palette(not dark)
    mine = set(theme.palette(dark).values())
    text = json.dumps(drawn(sample.selected(), dark))
    assert [name for name, value in other.items() if value not in mine and value in text] == []


def test_choosing_changes_shapes_and_texts_only() -> None:
    """What `select_action` patches is all that differs between two selections."""
    one, two = drawn(sample.selected("a5")), drawn(sample.selected("a1"))
    for figure in (one, two):
        figure["layout"].pop("shapes")
        figure["layout"].pop("annotations")
    assert one == two
