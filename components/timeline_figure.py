"""The central picture: what buyers did, joined by a thin line to what workers said; below, what the factory told.

One x axis and several y axes by domain, so that one hover and one spike cross everything. All lines, blocks
and windows are one list of shapes, all texts one list of annotations: choosing another action replaces those
two lists and nothing else. Plain dicts of lists, because building graph objects takes ten times as long.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from components import theme
from components.charts import label
from components.measure_rows import block_shapes, block_texts, panel_axis, panel_traces
from components.timeline_lanes import LONGEST_NAME, halo, lane_names, lane_traces, seams, selected_name
from components.timeline_plan import Plan, Row, plan
from components.timeline_rows import gap_shapes, row_texts, row_traces
from components.timeline_windows import difference, mean_shapes, window_names, window_shapes
from scoring.views import TimelineView
from scoring.words import MONTHS

Colours = Mapping[str, str]
Part = dict[str, Any]
DAYS_NAMED = 62
"""Up to so many days the days are named, above it the months."""


def timeline_figure(view: TimelineView, dark: bool, narrow: bool) -> dict[str, Any]:
    """The figure of a timeline in one of two themes, for a wide page or a phone."""
    colours, drawn = theme.palette(dark), plan(view, narrow)
    traces = [trace for row in drawn.rows for trace in row_traces(row, colours)]
    traces += [trace for panel in drawn.panels for trace in panel_traces(panel, colours)]
    empty = [row.axis for row in drawn.rows if not row.series.points]
    empty += [panel.axis for panel in drawn.panels if not panel.line.points]
    traces += [bare_trace(axis, drawn) for axis in empty]
    return {
        "data": [*traces, *lane_traces(view, drawn, colours, dark)],
        "layout": {
            **frame(view, drawn, colours),
            "xaxis": x_axis(drawn, colours),
            "yaxis": lanes_axis(drawn, colours),
            **{f"yaxis{row.number + 2}": row_axis(row, colours) for row in drawn.rows},
            **{f"yaxis{panel.number}": panel_axis(panel, colours) for panel in drawn.panels},
            **selection(view, dark, narrow),
        },
    }


def bare_trace(axis: str, drawn: Plan) -> Part:
    """Nothing that is seen, on an axis of which nothing is told: Plotly leaves out an axis that no trace is on, and
    with it the days under the last row."""
    return {
        "type": "scatter", "mode": "lines", "x": [drawn.first.isoformat()], "y": [None], "yaxis": axis,
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip


def selection(view: TimelineView, dark: bool, narrow: bool) -> dict[str, list[Part]]:
    """The two lists of the layout that change when another action is selected."""
    colours, drawn = theme.palette(dark), plan(view, narrow)
    return {"shapes": shapes(view, drawn, colours), "annotations": annotations(view, drawn, colours)}


def frame(view: TimelineView, drawn: Plan, colours: Colours) -> Part:
    """Size, margins, fonts and the one hover box. Nothing drags: the period is chosen by links, and on a
    phone a drag has to scroll the page."""
    return {
        "height": drawn.height,
        "margin": {"l": drawn.left, "r": drawn.right, "t": drawn.top, "b": drawn.bottom, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": theme.FONT, "size": 12, "color": colours["ink-3"]},
        "showlegend": False,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverdistance": 12,
        "hoverlabel": {
            "bgcolor": colours["overlay"],
            "bordercolor": colours["line-2"],
            "font": {"family": theme.FONT, "size": 12, "color": colours["ink"]},
        },
        "clickmode": "event",
        "dragmode": False,
        "uirevision": view.factory.factory_id,
    }


def x_axis(drawn: Plan, colours: Colours) -> Part:
    """Time: the names of months, the year under January, and a spike through all rows."""
    short = (drawn.last - drawn.first).days <= DAYS_NAMED
    days, names = (day_ticks if short else month_ticks)(drawn.first, drawn.last, drawn.narrow, colours)
    return {
        "type": "date",
        "domain": [0, 1],
        "anchor": next((one[-1].axis for one in (drawn.panels, drawn.rows) if one), "y"),
        "range": [drawn.first.isoformat(), (drawn.last + timedelta(days=1)).isoformat()],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": colours["line-2"],
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": colours["line"],
        "tickvals": days,
        "ticktext": names,
        "tickfont": {"size": 12, "color": colours["ink-3"]},
        "hoverformat": "%-d %B %Y",
        "showspikes": True,
        "spikemode": "across",
        "spikesnap": "cursor",
        "spikethickness": 1,
        "spikedash": "solid",
        "spikecolor": colours["ink-off"],
    }


def day_ticks(first: date, last: date, narrow: bool, colours: Colours) -> tuple[list[str], list[str]]:
    """Days of a short period, a week or two apart, and what to write there."""
    step = timedelta(days=14 if narrow else 7)
    days = [first + step * number for number in range((last - first) // step + 1)]
    return [day.isoformat() for day in days], [f"{day.day} {MONTHS[day.month - 1][:3]}" for day in days]


def month_ticks(first: date, last: date, narrow: bool, colours: Colours) -> tuple[list[str], list[str]]:
    """The first days of months within the period, every month or every few, and what to write there."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    most = 5 if narrow else 13
    step = next((step for step in (1, 2, 3, 6) if months / step <= most), 12)
    days, names = [], []
    for number in range(months + 1):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        day = date(year, month, 1)
        if first <= day <= last and (month - 1) % step == 0:
            days.append(day.isoformat())
            under = f'<br><span style="color:{colours["ink-2"]};font-weight:500">{year}</span>'
            names.append(MONTHS[month - 1][:3] + (under if month == 1 else ""))
    return days, names


def lanes_axis(drawn: Plan, colours: Colours) -> Part:
    """The lanes, from the top down to the rows: a linear axis, so that marks may stand anywhere on it."""
    heights = [drawn.lane_height(number) for number in range(len(drawn.lanes))]
    names = [label(lane.name, LONGEST_NAME) for lane in drawn.lanes]
    low = drawn.lanes_floor if drawn.lanes else 0.99
    return {
        "domain": [low, 1],
        "range": [low, 1],
        "fixedrange": True,
        "zeroline": False,
        "showgrid": True,
        "gridcolor": colours["line"],
        "tickvals": heights,
        "ticktext": [""] * len(names) if drawn.narrow else names,
        "tickfont": {"size": 12, "color": colours["ink-2"], "weight": 500},
        "ticklabelstandoff": 12,
    }


def row_axis(row: Row, colours: Colours) -> Part:
    """One row: its share of the height, its range of points, two ticks with hairlines."""
    return {
        "domain": [row.bottom, row.top],
        "range": [row.low, row.high],
        "anchor": "x",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": True,
        "gridcolor": colours["line"],
        "tickvals": list(row.ticks),
        "tickfont": {"size": 12, "color": colours["ink-3"]},
        "ticklabelstandoff": 6,
    }


def shapes(view: TimelineView, drawn: Plan, colours: Colours) -> list[Part]:
    """Every line and block that is not data, in the order in which they cover one another."""
    gaps = [shape for row in drawn.rows for shape in gap_shapes(row, drawn, colours)]
    gaps += block_shapes(drawn.panels, drawn.rows_floor, colours)
    chosen = view.selected
    if chosen is None:
        return [*gaps, *seams(view, drawn, colours)]
    means = [shape for row in drawn.rows for shape in mean_shapes(chosen, row, drawn, colours)]
    return [*window_shapes(chosen, drawn, colours), *gaps, *seams(view, drawn, colours), *means]


def annotations(view: TimelineView, drawn: Plan, colours: Colours) -> list[Part]:
    """Every text in the picture that is not an axis label."""
    texts = lane_names(drawn, colours)
    texts += [text for row in drawn.rows for text in row_texts(row, drawn, colours)]
    texts += block_texts(drawn.panels, drawn.rows_floor, colours, narrow=drawn.narrow, halo=halo(colours))
    chosen = view.selected
    if chosen is None:
        return texts
    texts += window_names(chosen, drawn, colours)
    texts += [text for row in drawn.rows for text in difference(chosen, row, drawn, colours)]
    return [*texts, *selected_name(view, drawn, colours)]
