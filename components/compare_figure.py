"""The year of several suppliers on one axis: a row each, its overall line with band, and the buyer's own actions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components import theme
from components.charts import label
from components.timeline_figure import row_axis, x_axis
from components.timeline_lanes import mark_text
from components.timeline_plan import LEAST_SPAN, Mark, Plan, Row, fitted, widened
from components.timeline_rows import gap_shapes, row_texts, row_traces
from scoring.model import Action
from scoring.supplier_views import ComparisonView, Lined

Colours = Mapping[str, str]
Part = dict[str, Any]
TITLE, BODY, MARKS = 38, 78, 26


def compare_figure(view: ComparisonView, dark: bool, narrow: bool) -> Part:
    """The figure in one of two themes, for a wide page or a phone."""
    colours, drawn = theme.palette(dark), plan(view, narrow)
    placed = list(zip(drawn.rows, view.lines, strict=True))
    return {
        "data": [
            *(trace for row in drawn.rows for trace in row_traces(row, colours)),
            *(mark_trace(row, line.actions, colours, dark) for row, line in placed if line.actions),
        ],
        "layout": {
            **frame(drawn, colours),
            "xaxis": x_axis(drawn, colours),
            **{f"yaxis{row.number + 2}": row_axis(row, colours) for row in drawn.rows},
            "shapes": [
                *(shape for row in drawn.rows for shape in gap_shapes(row, drawn, colours)),
                *(seam(row, one, colours) for row, line in placed for one in line.actions),
            ],
            "annotations": [text for row in drawn.rows for text in row_texts(row, drawn, colours)],
        },
    }


def plan(view: ComparisonView, narrow: bool) -> Plan:
    """Where everything stands. Every row has the very same range of points, so that heights compare."""
    low, high = shared_range(view.lines)
    heights = [BODY + (MARKS if line.actions else 0) for line in view.lines]
    plot = max(sum(heights) + TITLE * len(heights), 1)
    left, right, top, bottom = (30, 58, 6, 48) if narrow else (44, 96, 8, 46)
    rows, under = [], plot
    for number, (line, height) in enumerate(zip(view.lines, heights, strict=True)):
        under -= TITLE + height
        below = round((high - low) * (height - BODY) / BODY, 2)  # room for marks under the lowest point
        series = replace(line.course, name=line.supplier.factory.name)
        ends = round(under / plot, 4), round((under + height) / plot, 4)
        rows.append(Row(series, number, *ends, low - below, high, (low + 10, high - 10)))
    return Plan(
        narrow, view.first, view.last, plot + top + bottom, left, right, top, bottom, plot, (), 1.0, tuple(rows)
    )


def shared_range(lines: tuple[Lined, ...]) -> tuple[int, int]:
    """The tens that hold every line with its band, at least 40 points apart."""
    ranges = [fitted(line.course) for line in lines if line.course.points] or [(40, 80)]
    return widened(min(low for low, _ in ranges), max(high for _, high in ranges), LEAST_SPAN)


def frame(drawn: Plan, colours: Colours) -> Part:
    """Size, margins, fonts and the one hover box; nothing drags."""
    return {
        "height": drawn.height,
        "margin": {"l": drawn.left, "r": drawn.right, "t": drawn.top, "b": drawn.bottom, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": theme.FONT, "size": 12, "color": colours["ink-3"]},
        "showlegend": False, "hovermode": "x unified", "hoversubplots": "axis", "hoverdistance": 12,
        "hoverlabel": {
            "bgcolor": colours["overlay"], "bordercolor": colours["line-2"],
            "font": {"family": theme.FONT, "size": 12, "color": colours["ink"]},
        },
        "dragmode": False,
    }  # fmt: skip


def height_of_marks(row: Row) -> float:
    """Where in a row the marks stand: under the lowest point that a line may reach."""
    return round(row.low + (row.high - row.low) * MARKS / 2 / (BODY + MARKS), 2)


def mark_trace(row: Row, actions: tuple[Action, ...], colours: Colours, dark: bool) -> Part:
    """What the buyer did at one supplier, as marks with what a hover says of them."""
    return {
        "type": "scatter", "mode": "markers", "yaxis": row.axis, "showlegend": False, "cliponaxis": False,
        "x": [one.date.isoformat() for one in actions], "y": [height_of_marks(row)] * len(actions),
        "customdata": [f"{label(row.series.name, 40)}: {mark_text(Mark((one,)))}" for one in actions],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "size": [theme.size(one.token) for one in actions], "opacity": 1,
            "color": [theme.fill(colours, one.token) for one in actions],
            "symbol": [theme.symbol(one.token) for one in actions],
            "line": {"width": 0 if dark else 1.4, "color": colours["mark-line"]},
        },
    }  # fmt: skip


def seam(row: Row, one: Action, colours: Colours) -> Part:
    """The thin line that joins an action to what workers said of that supplier."""
    day = one.date.isoformat()
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "below", "opacity": 0.8,
        "x0": day, "x1": day, "y0": row.bottom, "y1": row.top,
        "line": {"color": theme.fill(colours, one.token), "width": 1, "dash": "1px,4px"},
    }  # fmt: skip
