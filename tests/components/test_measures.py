"""Production measures beside the timeline: grey steps on the same axis, gaps as gaps, in words, tables and files."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from components import series_table, theme
from components.measure_picker import measure_picker
from components.measure_rows import round_ends, scale
from components.measure_table import measure_table
from components.measure_words import amount, exact, meaning, measures_sentence, short_amount
from components.timeline_controls import controls
from components.timeline_figure import timeline_figure
from components.timeline_words import picture_sentence, source_of
from components.twin_fields import told
from scoring.measure_views import Measure, MeasureLine, MeasurePoint
from scoring.views import TimelineView
from tests import sample_measures as measured
from tests import sample_timeline as sample
from tests.workbooks import sheets

LOOKS = [(dark, narrow) for dark in (False, True) for narrow in (False, True)]
AMOUNTS = st.floats(-1e15, 1e15)


def figure(view: TimelineView, dark: bool = False, narrow: bool = False) -> dict[str, Any]:
    """The figure, which Plotly must find valid and the browser must be able to read."""
    made = timeline_figure(view, dark, narrow)
    go.Figure(made)
    json.dumps(made, allow_nan=False)
    return made


def sent(component: Any) -> str:
    """What the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def texts(made: dict[str, Any]) -> list[str]:
    return [one["text"] for one in made["layout"]["annotations"]]


def steps(made: dict[str, Any], axis: str) -> dict[str, Any]:
    """The one line on an axis."""
    [line] = [t for t in made["data"] if t.get("yaxis") == axis and t["mode"] == "lines"]
    return line


def flat(*values: float, measure: Measure = measured.OUTPUT, every: int = 7) -> MeasureLine:
    """A measure of these weeks."""
    firsts = [sample.FIRST + timedelta(days=every * n) for n in range(len(values))]
    return MeasureLine(
        measure, tuple(MeasurePoint(d, d + timedelta(days=6), v, 5) for d, v in zip(firsts, values, strict=True))
    )


@pytest.mark.parametrize(("dark", "narrow"), LOOKS)
def test_each_measure_is_a_panel_of_its_own_below_the_rows(dark: bool, narrow: bool) -> None:
    plain, made = figure(sample.view(), dark, narrow), figure(measured.view(), dark, narrow)
    rows = 2 if narrow else 3
    panels = [f"yaxis{rows + 2}", f"yaxis{rows + 3}"]
    assert [key for key in made["layout"] if key not in plain["layout"]] == panels
    ends = [made["layout"][key]["domain"] for key in (*reversed(panels), f"yaxis{rows + 1}")]
    assert ends[0][0] == 0
    assert [end for domain in ends for end in domain] == sorted(end for domain in ends for end in domain)
    assert made["layout"]["xaxis"]["anchor"] == f"y{rows + 3}"
    assert made["layout"]["height"] > plain["layout"]["height"]
    assert "Production measures, from the factory" in texts(made)


def test_rows_and_lanes_keep_their_size_in_pixels() -> None:
    def pixels(view: TimelineView) -> list[int]:
        layout = figure(view)["layout"]
        plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
        return [
            round((layout[key]["domain"][1] - layout[key]["domain"][0]) * plot)
            for key in ("yaxis", "yaxis2", "yaxis3", "yaxis4")
        ]

    assert pixels(measured.view()) == pixels(sample.view())


def test_without_measures_nothing_of_the_picture_is_other() -> None:
    assert figure(measured.view(())) == figure(sample.view())


def test_a_line_is_grey_and_steps_as_wide_as_its_weeks_and_breaks_at_a_gap() -> None:
    made = figure(measured.view())
    line, points = steps(made, "y5"), measured.LINES[0].points
    assert line["line"]["color"] == theme.LIGHT["peers-line"]
    assert line["connectgaps"] is False
    assert line["x"][:2] == [points[0].first.isoformat(), (points[0].last + timedelta(days=1)).isoformat()]
    assert line["y"][:2] == [points[0].value] * 2
    assert line["y"].count(None) == 1
    behind = line["x"][line["y"].index(None) + 1]
    assert behind == (measured.HOLIDAY[1] + timedelta(days=1)).isoformat()
    assert not [t for t in made["data"] if t.get("yaxis") in ("y5", "y6") and t.get("fill")]


def test_the_name_says_what_it_is_of_and_the_end_its_newest_value() -> None:
    said = texts(figure(measured.view()))
    [title] = [text for text in said if text.startswith("Overtime")]
    assert "minutes, mean day of each week, parts added up" in title
    assert "mean day of each week, parts averaged, from erp" in next(t for t in said if t.startswith("Productivity"))
    assert amount(measured.LINES[0].points[-1].value) in said


def test_windows_end_where_workers_answers_end_and_seams_go_on() -> None:
    base = sample.selected("a5")
    made = figure(measured.view(base=base))
    floor = made["layout"]["yaxis4"]["domain"][0]
    windows = [s for s in made["layout"]["shapes"] if s["type"] == "rect" and s["y1"] != s["y0"] and s["x0"] >= "2026"]
    assert windows
    assert all(s["y0"] >= floor for s in windows)
    [seam] = [s for s in made["layout"]["shapes"] if s["type"] == "line" and s["line"].get("dash") == "solid"]
    assert seam["y0"] == 0


def test_choosing_an_action_changes_shapes_and_texts_only() -> None:
    one, two = (figure(measured.view(base=sample.selected(name))) for name in ("a5", "a1"))
    for made in (one, two):
        made["layout"].pop("shapes")
        made["layout"].pop("annotations")
    assert one == two


def test_a_measure_of_which_nothing_is_told_in_the_period_says_so() -> None:
    made = figure(measured.view((MeasureLine(measured.OUTPUT, ()),)))
    assert "nothing told in this period" in texts(made)
    assert steps(made, "y5")["y"] == [None], "the axis is there, so that the days stand under it"
    assert made["layout"]["yaxis5"]["tickvals"] == []


def test_measures_alone_are_drawn() -> None:
    view = measured.view(base=sample.view(actions=[], rows=[]))
    assert not view.bare
    assert sample.view(actions=[], rows=[]).bare
    made = figure(view)
    assert made["layout"]["xaxis"]["anchor"] == "y3"
    assert made["layout"]["shapes"] == [], "there is nothing that a rule would set them apart from"


def test_names_that_try_to_break_out_stay_text() -> None:
    bad = replace(measured.OUTPUT, name="<img src=x onerror=alert(1)> %{x}", unit="<b>%{y}", source="=1+1\n")
    view = measured.view((flat(1, 2, measure=bad),))
    for dark, narrow in LOOKS:
        text = json.dumps(figure(view, dark, narrow))
        assert "<img" not in text
        assert "%{x}" not in text
    assert "'=" not in series_table.timeline_csv(view)
    formula = replace(measured.OUTPUT, name="=cmd()", unit="+1")
    assert "'=cmd()" in series_table.timeline_csv(measured.view((flat(1, measure=formula),)))


def test_a_phone_has_room_for_long_numbers_at_the_axis() -> None:
    big = figure(measured.view((flat(812_000, 1_190_000),)), narrow=True)["layout"]
    assert big["yaxis4"]["ticktext"] == ["850k", "1.15M"]
    assert big["margin"]["l"] >= 7 * 5 + 8
    assert figure(measured.view((flat(1, 2),)), narrow=True)["layout"]["margin"]["l"] == 30


@pytest.mark.parametrize(
    ("values", "low", "high", "ticks"),
    [
        ((10, 100), 0, 110, (0, 100)), ((80, 100), 78, 102, (80, 100)), ((0.69, 0.79), 0.68, 0.8, (0.7, 0.78)),
        ((-5, 5), -6, 6, (-5, 5)), ((0, 3), 0, 3.3, (0, 2)),
    ],
)  # fmt: skip
def test_a_scale_holds_the_values_and_has_two_round_ticks(
    values: tuple[float, ...], low: float, high: float, ticks: tuple[float, float]
) -> None:
    found = scale(values)
    assert found[0] == pytest.approx(low)
    assert found[1] == pytest.approx(high)
    assert found[2] == ticks


@given(st.lists(AMOUNTS, min_size=1, max_size=9))
def test_any_values_have_a_scale_that_holds_them(values: list[float]) -> None:
    low, high, (first, last) = scale(values)
    assert low < high
    assert low <= min(values) <= max(values) <= high
    assert low <= first < last <= high or first == pytest.approx(last, rel=1e-6)


@pytest.mark.parametrize(("low", "high", "ends"), [(0, 1, (0, 1)), (3, 97, (20, 80)), (1000, 1001, (1000, 1001))])
def test_round_ends_are_round_and_well_apart(low: float, high: float, ends: tuple[float, float]) -> None:
    assert round_ends(low, high) == ends


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (0, "0", "0"), (-0.0, "0", "0"), (0.7532, "0.753", "0.753"), (9.999, "10", "10"), (94.26, "94.3", "94.3"),
        (640.5, "641", "641"), (7080, "7,080", "7,080"), (-1240.4, "−1,240", "−1,240"), (34165, "34,165", "34.2k"),
        (1_240_000, "1,240,000", "1.24M"), (2.5e9, "2.5B", "2.5B"), (-3e12, "−3T", "−3T"), (-0.5, "−0.5", "−0.5"),
    ],
)  # fmt: skip
def test_amounts_of_any_size_are_said_plainly(value: float, long: str, short: str) -> None:
    assert (amount(value), short_amount(value)) == (long, short)


@given(AMOUNTS)
def test_an_amount_never_needs_an_exponent(value: float) -> None:
    assert not {"e", "-"} & set(amount(value) + short_amount(value))
    assert exact(value) == pytest.approx(value, rel=1e-9, abs=1e-300)


def test_the_sentence_names_measures_as_the_factory_s_own() -> None:
    said = picture_sentence(measured.view())
    assert "Below, from the factory and not from workers: Overtime (minutes), " in said
    assert " in the week to 20 Nov 2026, between " in said
    assert "over 50 weeks" in said
    assert measures_sentence(()) == ""
    assert "nothing told in this period" in measures_sentence((MeasureLine(measured.OUTPUT, ()),))


def test_the_source_says_whose_they_are_and_up_to_when() -> None:
    assert source_of(measured.view()).endswith("release 42 · measures from the factory, to 20 Nov 2026")
    assert source_of(sample.view()).endswith("release 42")


def test_the_table_has_every_week_newest_first() -> None:
    text = sent(measure_table(measured.LINES[0]))
    assert "Overtime (minutes)" in text
    assert text.index("16 Nov – 20 Nov 2026") < text.index("24 Nov – 30 Nov 2025")
    assert text.count('"type": "Tr"') == 1 + len(measured.LINES[0].points)
    assert "nothing told" in sent(measure_table(MeasureLine(measured.RATE, ())))
    assert sent(series_table.series_tables(measured.view())).count('"type": "Table"') == 5


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))


def test_the_files_have_them_in_columns_of_their_own() -> None:
    view = measured.view()
    text = series_table.timeline_csv(view)
    found = [row for row in rows_of(text) if row["row"].startswith("measure ")]
    assert len(found) == sum(len(line.points) for line in view.measure_lines)
    assert {row["score"] for row in found} == {""}
    assert found[0]["row"] == "measure 0a0a0a0a"
    assert float(found[0]["value"]) == measured.LINES[0].points[0].value
    assert found[0]["unit"] == "minutes"
    assert all(row["value"] == "" for row in rows_of(text) if row not in found)
    assert "production measures that the factory told" in text.partition("factory_id")[0]
    data = sheets(series_table.timeline_workbook(view))["Data"]
    assert data[0] == [column.name for column in series_table.fields(view)]
    assert len(data) == 1 + len(rows_of(text))


def test_without_measures_the_files_are_as_they_were() -> None:
    assert series_table.timeline_csv(measured.view(())) == series_table.timeline_csv(sample.view())
    assert "value" not in series_table.timeline_csv(sample.view())


def test_the_json_twin_tells_choices_and_lines() -> None:
    shown = told(measured.view())
    assert [one["name"] for one in shown["measures"]] == ["Output", "Overtime", "Productivity"]
    point = shown["measure_lines"][0]["points"][0]
    assert point == {"first": "2025-11-24", "last": "2025-11-30", "days": 6, "value": 6100.0}


def test_the_picker_is_there_only_where_there_are_measures() -> None:
    assert measure_picker(sample.view()) is None
    text = sent(measure_picker(measured.view()))
    assert "Productivity, from erp" in text
    assert '"value": ["0a0a0a0a", "1b1b1b1b"]' in text
    assert "2 measures" in text
    assert '"Measures"' in sent(measure_picker(measured.view(())))
    bar = [part for part in controls(measured.view()) if part is not None]
    assert len(bar) == len([part for part in controls(sample.view()) if part is not None]) + 1
    assert "measures=0a0a0a0a,1b1b1b1b" in sent(bar), "every other control keeps the choice"


def test_the_words_of_a_bare_measure_are_whole() -> None:
    bare = Measure("k", "Idle", "", "", date(2026, 1, 1), date(2026, 1, 2), "")
    assert meaning(bare) == "mean day of each week"
    assert bare.full_name == "Idle"
