"""Cohorts over time as a figure: a row each, line for the middle factory, band for the middle half, gaps left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components import theme
from components.charts import label
from components.course import Run, fitted, runs, two_ticks
from scoring.benchmark_views import Spread
from scoring.benchmark_words import cohort_name
from scoring.model import OVERALL, Estimate, Point, Series
from scoring.words import MONTHS, month, span, whole

Colours = Mapping[str, str]
Part = dict[str, Any]
ROW, TITLE, BOTTOM = 124, 30, 42
WIDE, NARROW = {"l": 34, "r": 52}, {"l": 26, "r": 44}
LEAST_GAP_SHARE = 0.06
"""How much of the width a gap must have for its word."""


def course_figure(courses: Sequence[Sequence[Spread]], dark: bool, narrow: bool) -> Part:
    """The figure for one theme and one width; all rows on the same scale."""
    colours, rows = theme.palette(dark), [series_of(course) for course in courses]
    low, high = fitted(rows)
    first, last = courses[0][0].on.replace(day=1), courses[0][-1].on
    height = (ROW + TITLE) * len(rows)
    panels = [panel_at(place, one, height) for place, one in enumerate(rows)]
    ink = colours["overall" if courses[0][0].theme == OVERALL else "voice"]
    text_ink = colours["overall" if courses[0][0].theme == OVERALL else "voice-t"]
    return {
        "data": [trace for panel in panels for trace in traces(panel, ink, colours)],
        "layout": {
            "height": height + BOTTOM,
            "margin": {**(NARROW if narrow else WIDE), "t": 0, "b": BOTTOM, "pad": 0},
            "paper_bgcolor": "rgba(0, 0, 0, 0)", "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "font": {"family": theme.FONT, "size": 12, "color": colours["ink-3"]},
            "showlegend": False, "dragmode": False, "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": colours["overlay"], "bordercolor": colours["line-2"], "align": "left",
                "font": {"family": theme.FONT, "size": 13, "color": colours["ink"]},
            },
            "xaxis": time_axis(first, last, narrow),
            **{f"yaxis{panel.suffix}": score_axis(panel, low, high, colours) for panel in panels},
            "shapes": [shape for panel in panels for shape in gap_shapes(panel, colours)],
            "annotations": [
                text
                for panel in panels
                for text in (title(panel, text_ink), *gap_labels(panel, first, last, colours),
                             *newest(panel, text_ink, colours))
            ],
        },
    }  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """One row of the picture: which series, the end of its axis' name, and where it lies between 0 (below) and 1."""

    series: Series
    suffix: str
    bottom: float
    top: float


def panel_at(place: int, series: Series, height: int) -> Panel:
    """The row at a place, counted from the top; its title stands above it."""
    top = 1 - (place * (ROW + TITLE) + TITLE) / height
    return Panel(series, "" if place == 0 else str(place + 1), max(top - ROW / height, 0.0), top)


def series_of(course: Sequence[Spread]) -> Series:
    """One cohort as a series of months, its middle half as the range; months that are not told are gaps."""
    points = tuple(
        Point(one.on.replace(day=1), one.on, Estimate(one.told.p50, one.told.p25, one.told.p75))
        for one in course
        if one.told
    )
    gaps = tuple((one.on.replace(day=1), one.on) for one in course if not one.told)
    return Series(course[0].cohort.key, cohort_name(course[0].cohort), 0, "month", points, gaps)


def joined(gaps: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The gaps with neighbouring months as one."""
    found: list[tuple[date, date]] = []
    for start, end in gaps:
        if found and (start - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def traces(panel: Panel, ink: str, colours: Colours) -> list[Part]:
    """Band and line of each unbroken run, and the dot at the newest month."""
    axis: Part = {"type": "scatter", "xaxis": "x", "yaxis": f"y{panel.suffix}"}
    alpha = 0.11 if ink == colours["overall"] else 0.15
    found: list[Part] = []
    for run in runs(panel.series):
        days = [day.isoformat() for day in run.days]
        ends = [e.high for e in run.estimates] + [e.low for e in run.estimates][::-1]
        found.append({**axis, "mode": "lines", "x": days + days[::-1], "y": ends, "fill": "toself",
                      "fillcolor": theme.faint(ink, alpha), "line": {"width": 0}, "hoverinfo": "skip"})  # fmt: skip
        found.append({**axis, "mode": "lines", "x": days, "y": [e.value for e in run.estimates],
                      "line": {"color": ink, "width": 1.75}, "customdata": hover(run),
                      "hovertemplate": "%{customdata}<extra></extra>"})  # fmt: skip
    for point in panel.series.points[-1:]:
        edge = {"color": colours["surface"], "width": 2}
        found.append({**axis, "mode": "markers", "x": [point.last.isoformat()], "y": [point.estimate.value],
                      "marker": {"size": 10, "color": ink, "line": edge}, "hoverinfo": "skip",
                      "cliponaxis": False})  # fmt: skip
    return found


def hover(run: Run) -> list[str]:
    """What each corner of a line says: "60, half between 54–66", and its month."""
    return [
        f"{whole(e.value)}, half between {span(e.low, e.high)}<br>{month(day)}"
        for day, e in zip(run.days, run.estimates, strict=True)
    ]


def time_axis(first: date, last: date, narrow: bool) -> Part:
    """Months, named at the start of each quarter or, over long stretches, of each half year; January has its year."""
    many = (last - first).days / (200 if narrow else 400)
    months = (1, 4, 7, 10) if many <= 1 else (1, 7) if many <= 2.5 else (1,)
    ticks = [date(year, number, 1) for year in range(first.year, last.year + 1) for number in months]
    ticks = [tick for tick in ticks if first <= tick <= last]
    return {
        "type": "date", "range": [first.isoformat(), last.isoformat()], "anchor": "free", "position": 0,
        "tickvals": [tick.isoformat() for tick in ticks],
        "ticktext": [MONTHS[t.month - 1][:3] + (f"<br>{t.year}" if t.month == 1 else "") for t in ticks],
        "tickangle": 0, "showgrid": False, "zeroline": False, "fixedrange": True,
    }  # fmt: skip


def score_axis(panel: Panel, low: float, high: float, colours: Colours) -> Part:
    """The score in one row, fitted to everything that is drawn, with two ticks."""
    return {
        "domain": [round(panel.bottom, 4), round(panel.top, 4)], "range": [round(low, 2), round(high, 2)],
        "tickvals": list(two_ticks(low, high)), "gridcolor": colours["line"], "zeroline": False, "fixedrange": True,
        "anchor": "x",
    }  # fmt: skip


def gap_shapes(panel: Panel, colours: Colours) -> list[Part]:
    """A sunken block for each stretch of months that is not told."""
    return [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": start.isoformat(), "x1": end.isoformat(),
         "y0": panel.bottom, "y1": panel.top, "layer": "below", "fillcolor": colours["sunken"], "line": {"width": 0}}
        for start, end in joined(panel.series.gaps)
    ]  # fmt: skip


def gap_labels(panel: Panel, first: date, last: date, colours: Colours) -> list[Part]:
    """ "hidden", upright in each block that is wide enough; lying and in full where the whole row is one block."""
    everything = not panel.series.points
    return [
        {"x": (start + (end - start) / 2).isoformat(), "xref": "x",
         "y": (panel.bottom + panel.top) / 2, "yref": "paper",
         "text": "hidden to protect people" if everything else "hidden", "textangle": 0 if everything else -90,
         "showarrow": False, "font": {"size": 11, "color": colours["ink-3"]}}
        for start, end in joined(panel.series.gaps)
        if (end - start).days >= LEAST_GAP_SHARE * (last - first).days
    ]  # fmt: skip


def title(panel: Panel, ink: str) -> Part:
    """The name of a cohort above its row, in the colour of its line."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": panel.top, "yshift": 14, "xanchor": "left", "yanchor": "middle",
        "showarrow": False, "text": label(panel.series.name, 60), "font": {"size": 13, "weight": 600, "color": ink},
    }  # fmt: skip


def newest(panel: Panel, ink: str, colours: Colours) -> list[Part]:
    """The newest value at the end of the line, its half below."""
    if not panel.series.points:
        return []
    point = panel.series.points[-1]
    at = {"x": point.last.isoformat(), "y": point.estimate.value, "xref": "x", "yref": f"y{panel.suffix}",
          "xanchor": "left", "xshift": 9, "showarrow": False, "align": "left"}  # fmt: skip
    half = span(point.estimate.low, point.estimate.high)
    return [
        at | {"text": f"<b>{whole(point.estimate.value)}</b>", "font": {"size": 16, "color": ink}},
        at | {"text": half, "yshift": -16, "font": {"size": 11, "color": colours["ink-3"]}},
    ]
