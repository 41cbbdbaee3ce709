"""Day to day: every released cell of a theme's questions as a dot, and the line of the theme with its range.

A cell is drawn at its middle and as wide as its days: nothing finer was released, so nothing finer is drawn.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from components import theme
from components.charts import label
from components.course import runs
from components.year_figure import band_trace, told
from scoring.model import Action, Point
from scoring.views import DayCell, IndicatorsView
from scoring.words import MONTHS, likely, short_day, stretch, whole

Colours = Mapping[str, str]
HEIGHT = 290
DOTS = (0.0, 0.86)
MARKS = (0.9, 1.0)
MARGIN = {"l": 28, "r": 46, "t": 4, "b": 26, "pad": 0}
FEW_MARKS = 1
WIDE_CELL = 4
"""Days from which on the width of a cell is drawn as a line through its dot."""


def day_figure(view: IndicatorsView, dark: bool, narrow: bool) -> dict[str, Any]:
    """The figure for one theme and one width."""
    colours = theme.palette(dark)
    low, high = bounds(view)
    return {
        "data": [
            *line_traces(view, colours), *width_trace(view, colours), *dot_trace(view, colours),
            *mark_trace(view, colours, dark), *newest_trace(view, colours),
        ],
        "layout": {
            "height": HEIGHT,
            "margin": dict(MARGIN),
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "font": {"family": theme.FONT, "size": 12, "color": colours["ink-3"]},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": colours["overlay"],
                "bordercolor": colours["line-2"],
                "font": {"family": theme.FONT, "size": 13, "color": colours["ink"]},
                "align": "left",
            },
            "xaxis": time_axis(view, narrow),
            "yaxis": {
                "domain": list(DOTS), "range": [low, high], "tickvals": ticks(low, high),
                "gridcolor": colours["line"], "zeroline": False, "fixedrange": True,
            },
            "yaxis2": {"domain": list(MARKS), "range": [-1, 1], "visible": False, "fixedrange": True},
            "shapes": seam_shapes(view, colours),
            "annotations": [*newest_label(view, colours), *mark_labels(view, colours)],
        },
    }  # fmt: skip


def bounds(view: IndicatorsView) -> tuple[float, float]:
    """The part of 0..100 that holds every dot and range, padded, at least forty points high."""
    points = view.line.points if view.line else ()
    ends = [cell.value for cell in view.cells] + [e for p in points for e in (p.estimate.low, p.estimate.high)]
    if not ends:
        return 30.0, 70.0
    low, high = min(ends) - 4, max(ends) + 4
    spare = max(0.0, 40 - (high - low)) / 2
    return round(max(low - spare, -3.0), 2), round(min(high + spare, 103.0), 2)


def ticks(low: float, high: float) -> list[int]:
    """Round values for the y axis, ten or twenty apart."""
    apart = 10 if high - low <= 50 else 20
    return [value for value in range(0, 101, apart) if low <= value <= high]


def time_axis(view: IndicatorsView, narrow: bool) -> dict[str, Any]:
    """The days of the period, with three or four of them named."""
    days = (view.last - view.first).days
    marks = [
        view.first + timedelta(days=round(days * part))
        for part in ((0.1, 0.5, 0.9) if narrow else (0.08, 0.36, 0.64, 0.92))
    ]
    return {
        "type": "date",
        "range": [(view.first - timedelta(days=1)).isoformat(), (view.last + timedelta(days=1)).isoformat()],
        "anchor": "y",
        "tickvals": [mark.isoformat() for mark in marks],
        "ticktext": [named_day(mark, days) for mark in marks],
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def named_day(day: date, days: int) -> str:
    """A day of a short period as "18 Oct", of a long one as "Oct 2026"."""
    month = MONTHS[day.month - 1][:3]
    return f"{day.day} {month}" if days <= 100 else f"{month} {day.year}"


def line_traces(view: IndicatorsView, colours: Colours) -> Iterable[dict[str, Any]]:
    """The course of the theme: for each unbroken run its band and its line."""
    for run in runs(view.line) if view.line else ():
        days = [moment.isoformat() for moment in run.days]
        yield band_trace(run, days, theme.faint(colours["voice"], 0.15))
        yield {
            "type": "scatter", "mode": "lines", "x": days, "y": [round(e.value, 2) for e in run.estimates],
            "line": {"color": colours["voice"], "width": 1.75}, "hoverinfo": "skip",
        }  # fmt: skip


def width_trace(view: IndicatorsView, colours: Colours) -> Iterable[dict[str, Any]]:
    """A thin line through each wide cell, from its first day to its last."""
    wide = [cell for cell in view.cells if cell.days >= WIDE_CELL]
    if wide:
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": [x for cell in wide for x in (cell.first.isoformat(), cell.last.isoformat(), None)],
            "y": [y for cell in wide for y in (round(cell.value, 1), round(cell.value, 1), None)],
            "line": {"color": theme.faint(colours["voice"], 0.35), "width": 1},
            "hoverinfo": "skip",
        }


def dot_trace(view: IndicatorsView, colours: Colours) -> Iterable[dict[str, Any]]:
    """One dot a cell."""
    if view.cells:
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [cell.middle.isoformat() for cell in view.cells],
            "y": [round(cell.value, 1) for cell in view.cells],
            "marker": {"size": 5 if len(view.cells) > 150 else 7, "color": colours["voice"], "opacity": 0.5},
            "customdata": [cell_told(cell) for cell in view.cells],
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
        }


def cell_told(cell: DayCell) -> str:
    """What hovering over a dot says: question, mean and days."""
    return f"{label(cell.name)}<br>{whole(cell.value)}, {stretch(cell.first, cell.last)}"


def newest_point(view: IndicatorsView) -> Point | None:
    """The end of the line."""
    return view.line.points[-1] if view.line and view.line.points else None


def newest_trace(view: IndicatorsView, colours: Colours) -> Iterable[dict[str, Any]]:
    """The dot at the end of the line."""
    newest = newest_point(view)
    if newest:
        yield {
            "type": "scatter", "mode": "markers", "x": [newest.last.isoformat()],
            "y": [round(newest.estimate.value, 2)], "hoverinfo": "skip", "cliponaxis": False,
            "marker": {"size": 9, "color": colours["voice"], "line": {"color": colours["surface"], "width": 2}},
        }  # fmt: skip


def newest_label(view: IndicatorsView, colours: Colours) -> list[dict[str, Any]]:
    """The newest value at the end of the line."""
    newest = newest_point(view)
    if newest is None:
        return []
    at = {
        "x": newest.last.isoformat(), "y": round(newest.estimate.value, 2), "xref": "x", "yref": "y",
        "xanchor": "left", "xshift": 8, "showarrow": False, "align": "left",
    }  # fmt: skip
    value = {"text": f"<b>{whole(newest.estimate.value)}</b>", "font": {"size": 15, "color": colours["voice-t"]}}
    spread = {"text": likely(newest.estimate), "yshift": -15, "font": {"size": 11, "color": colours["ink-3"]}}
    return [at | value, at | spread]


def mark_trace(view: IndicatorsView, colours: Colours, dark: bool) -> Iterable[dict[str, Any]]:
    """What buyers did in the period, as marks above."""
    if view.actions:
        yield {
            "type": "scatter",
            "mode": "markers",
            "yaxis": "y2",
            "x": [action.date.isoformat() for action in view.actions],
            "y": [0] * len(view.actions),
            "marker": {
                "size": 12 if len(view.actions) <= 12 else 9,
                "symbol": [theme.symbol(action.token) for action in view.actions],
                "color": [theme.fill(colours, action.token) for action in view.actions],
                "line": {"color": colours["mark-line"], "width": 0 if dark else 1.2},
            },
            "customdata": [told(action) for action in view.actions],
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
        }


def seam_shapes(view: IndicatorsView, colours: Colours) -> list[dict[str, Any]]:
    """The thin dotted line from each mark through what was said."""
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "x0": one.date.isoformat(), "x1": one.date.isoformat(),
            "y0": 0, "y1": 0.93, "layer": "below", "opacity": 0.8 if len(view.actions) <= 12 else 0.35,
            "line": {"color": theme.fill(colours, one.token), "width": 1, "dash": "1px,4px"},
        }
        for one in view.actions
    ]  # fmt: skip


def mark_labels(view: IndicatorsView, colours: Colours) -> list[dict[str, Any]]:
    """The words beside a mark that stands alone; several would write over one another in so narrow a picture."""
    return [mark_label(view, one, colours) for one in view.actions] if len(view.actions) <= FEW_MARKS else []


def mark_label(view: IndicatorsView, one: Action, colours: Colours) -> dict[str, Any]:
    """Kind and day of one action, on the side of its mark where there is room."""
    late = (one.date - view.first) > (view.last - view.first) / 2
    return {
        "x": one.date.isoformat(), "y": 0, "xref": "x", "yref": "y2", "showarrow": False,
        "xanchor": "right" if late else "left", "xshift": -10 if late else 10,
        "text": f"{label(one.kind_name, 24)}, {short_day(one.date).rsplit(' ', 1)[0]}",
        "font": {"size": 11, "color": colours["ink-2"]},
    }  # fmt: skip
