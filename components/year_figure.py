"""One year of the overall score, with what buyers did as marks beneath and seams through the line.

The picture is a plain dict, which is an order of magnitude faster to build than graph objects; a test
validates it. `year_table` says the same in words and rows.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from components import theme
from components.charts import label
from components.course import Run, fitted, runs, two_ticks
from scoring.model import Action, Point
from scoring.views import OverviewView
from scoring.words import MONTHS, day, likely, score_text, short_day, whole

Colours = Mapping[str, str]
HEIGHT = 244
ROW = (0.27, 1.0)
MARKS = (0.0, 0.2)
WIDE_MARGIN = {"l": 34, "r": 62, "t": 6, "b": 28, "pad": 0}
NARROW_MARGIN = {"l": 26, "r": 36, "t": 6, "b": 28, "pad": 0}
CROWDED_WIDE, CROWDED_NARROW = 30, 15
LEAST_GAP_LABEL = timedelta(days=21)


def year_figure(view: OverviewView, dark: bool, narrow: bool) -> dict[str, Any]:
    """The figure for one theme and one width."""
    colours = theme.palette(dark)
    low, high = fitted([view.year])
    marks = mark_trace(view, colours, dark, narrow)
    return {
        "data": [*line_traces(view, colours), *newest_trace(view, colours), *marks],
        "layout": {
            "height": HEIGHT,
            "margin": dict(NARROW_MARGIN if narrow else WIDE_MARGIN),
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
            "xaxis": time_axis(view),
            "yaxis": score_axis(low, high, colours),
            "yaxis2": {"domain": list(MARKS), "range": [-1, 1], "visible": False, "fixedrange": True},
            "shapes": [*half_shape(view, colours), *gap_shapes(view, colours), *seam_shapes(view, colours, narrow)],
            "annotations": [*newest_label(view, colours, narrow), *gap_labels(view, colours)],
        },
    }


def bounds(view: OverviewView) -> tuple[date, date]:
    """The first and the last day of the drawn year."""
    return view.stamp.through - timedelta(days=365), view.stamp.through


def drawn_actions(view: OverviewView) -> tuple[Action, ...]:
    """The actions that lie within the drawn year."""
    first, last = bounds(view)
    return tuple(action for action in view.actions if first <= action.date <= last)


def is_crowded(view: OverviewView, narrow: bool) -> bool:
    """True when the marks would cover one another at their usual size."""
    return len(drawn_actions(view)) > (CROWDED_NARROW if narrow else CROWDED_WIDE)


def time_axis(view: OverviewView) -> dict[str, Any]:
    """The days of the year, named at the start of each quarter; January carries the year."""
    first, last = bounds(view)
    months = [date(year, month, 1) for year in (first.year, last.year) for month in (1, 4, 7, 10)]
    ticks = sorted({tick for tick in months if first + timedelta(days=7) <= tick <= last - timedelta(days=7)})
    names = [MONTHS[t.month - 1][:3] + (f" {t.year}" if t.month == 1 else "") for t in ticks]
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "anchor": "y2",
        "tickvals": [tick.isoformat() for tick in ticks],
        "ticktext": names,
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def score_axis(low: float, high: float, colours: Colours) -> dict[str, Any]:
    """The score, fitted to what is drawn, with two ticks."""
    return {
        "domain": list(ROW),
        "range": [round(low, 2), round(high, 2)],
        "tickvals": list(two_ticks(low, high)),
        "gridcolor": colours["line"],
        "zeroline": False,
        "fixedrange": True,
    }


def line_traces(view: OverviewView, colours: Colours) -> Iterable[dict[str, Any]]:
    """For each unbroken run its band and its line."""
    ink = colours["overall"]
    for run in runs(view.year):
        days = [moment.isoformat() for moment in run.days]
        yield band_trace(run, days, theme.faint(ink, 0.11))
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": days,
            "y": [round(e.value, 2) for e in run.estimates],
            "line": {"color": ink, "width": 1.75},
            "customdata": [f"{score_text(e)}<br>{short_day(d)}" for d, e in zip(run.days, run.estimates, strict=True)],
            "hovertemplate": "%{customdata}<extra></extra>",
        }


def band_trace(run: Run, days: list[str], colour: str) -> dict[str, Any]:
    """The likely range of one unbroken run, as one closed shape without an edge."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days + days[::-1],
        "y": [round(e.high, 2) for e in run.estimates] + [round(e.low, 2) for e in run.estimates][::-1],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def newest_trace(view: OverviewView, colours: Colours) -> Iterable[dict[str, Any]]:
    """The dot at the end of the line."""
    newest = newest_point(view)
    if newest:
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": [newest.last.isoformat()],
            "y": [round(newest.estimate.value, 2)],
            "marker": {
                "size": 10,
                "color": colours["overall"],
                "line": {"color": colours["surface"], "width": 2},
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
        }


def newest_point(view: OverviewView) -> Point | None:
    """The last drawn stretch of the year, if there is one."""
    return view.year.points[-1] if view.year.points else None


def mark_trace(view: OverviewView, colours: Colours, dark: bool, narrow: bool) -> Iterable[dict[str, Any]]:
    """The actions as marks beneath the line: shape first, colour second."""
    actions = drawn_actions(view)
    if not actions:
        return
    yield {
        "type": "scatter",
        "mode": "markers",
        "yaxis": "y2",
        "x": [action.date.isoformat() for action in actions],
        "y": [0] * len(actions),
        "marker": {
            "size": 10 if is_crowded(view, narrow) else 14,
            "symbol": [theme.symbol(action.token) for action in actions],
            "color": [theme.fill(colours, action.token) for action in actions],
            "line": {"color": colours["mark-line"], "width": 0 if dark else 1.4},
        },
        "customdata": [told(action) for action in actions],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def told(action: Action) -> str:
    """What hovering over a mark says: kind, day, buyer and size, made fit for a figure."""
    lines = [label(action.kind_name), f"{day(action.date)}, {label(action.buyer_name)}", label(action.what)]
    return "<br>".join(line for line in lines if line)


def seam_shapes(view: OverviewView, colours: Colours, narrow: bool) -> list[dict[str, Any]]:
    """The thin dotted lines that join each action to the score above it; paler where they are many."""
    opacity = 0.35 if is_crowded(view, narrow) else 0.8
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": action.date.isoformat(),
            "x1": action.date.isoformat(),
            "y0": MARKS[0] + 0.14,
            "y1": 1,
            "layer": "below",
            "opacity": opacity,
            "line": {"color": theme.fill(colours, action.token), "width": 1, "dash": "1px,4px"},
        }
        for action in drawn_actions(view)
    ]


def half_shape(view: OverviewView, colours: Colours) -> list[dict[str, Any]]:
    """The middle half of similar factories as a grey zone behind the line, where it is told."""
    standing = view.overall.standing
    if standing is None:
        return []
    ends = {"y0": standing.low, "y1": standing.high, "x0": 0, "x1": 1}
    grey = {"fillcolor": colours["peers"], "opacity": 0.5, "line": {"width": 0}, "layer": "below"}
    return [{"type": "rect", "xref": "x domain", "yref": "y", **ends, **grey}]


def gap_shapes(view: OverviewView, colours: Colours) -> list[dict[str, Any]]:
    """A sunken block for each stretch with too few answers."""
    first, last = bounds(view)
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y domain",
            "x0": max(start, first).isoformat(),
            "x1": min(end, last).isoformat(),
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "fillcolor": colours["sunken"],
            "line": {"width": 0},
        }
        for start, end in view.year.gaps
        if end > first and start < last
    ]


def gap_labels(view: OverviewView, colours: Colours) -> list[dict[str, Any]]:
    """ "too few", upright, in each block that is wide enough for it."""
    first, last = bounds(view)
    drawn = [(max(start, first), min(end, last)) for start, end in view.year.gaps]
    return [
        {
            "x": (start + (end - start) / 2).isoformat(),
            "y": 0.5,
            "xref": "x",
            "yref": "y domain",
            "text": "too few",
            "textangle": -90,
            "showarrow": False,
            "font": {"size": 11, "color": colours["ink-3"]},
        }
        for start, end in drawn
        if end - start >= LEAST_GAP_LABEL
    ]


def newest_label(view: OverviewView, colours: Colours, narrow: bool) -> list[dict[str, Any]]:
    """The newest value at the end of the line, with its range where there is room."""
    newest = newest_point(view)
    if newest is None:
        return []
    at = {
        "x": newest.last.isoformat(),
        "y": round(newest.estimate.value, 2),
        "xref": "x",
        "yref": "y",
        "xanchor": "left",
        "xshift": 9,
        "showarrow": False,
        "align": "left",
    }
    value = at | {
        "text": f"<b>{whole(newest.estimate.value)}</b>",
        "font": {"size": 16, "color": colours["overall"]},
    }
    spread = at | {
        "text": likely(newest.estimate),
        "yshift": -16,
        "font": {"size": 11, "color": colours["ink-3"]},
    }
    return [value] if narrow else [value, spread]
