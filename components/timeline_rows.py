"""The lower part of the timeline: what workers said, one row a score, with its likely range round it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from components import theme
from components.charts import label
from components.course import gap_between
from components.timeline_lanes import halo
from components.timeline_plan import Plan, Row
from scoring.model import OVERALL, Point, Series
from scoring.words import counted, likely, score_text, stretch, whole

Colours = Mapping[str, str]
Part = dict[str, Any]
GRAINS = {"week": "by week", "as answered": "as answered"}


def row_colours(series: Series, colours: Colours) -> tuple[str, str, float]:
    """Line, text and band of a row: ink for the overall score, the same blue for everything else."""
    if series.key == OVERALL:
        return colours["overall"], colours["ink"], 0.11
    return colours["voice"], colours["voice-t"], 0.15


def runs(series: Series) -> list[list[Point]]:
    """The points in unbroken runs: a new one begins behind each gap, so that no line smooths it away."""
    found: list[list[Point]] = []
    for point in series.points:
        if found and not gap_between(series, found[-1][-1], point):
            found[-1].append(point)
        else:
            found.append([point])
    return found


def corners(series: Series, run: list[Point]) -> list[tuple[str, Point]]:
    """Where a run is drawn: at the middle of each stretch, or, as answered, from its first day to its last.

    A lone stretch is drawn as wide as it is, or it could not be seen.
    """
    if series.grain == "as answered" or len(run) == 1:
        ends = [(day, point) for point in run for day in (point.first, point.last + timedelta(days=1))]
        return [(day.isoformat(), point) for day, point in ends]
    return [(point.middle.isoformat(), point) for point in run]


def row_traces(row: Row, colours: Colours) -> list[Part]:
    """One pale polygon a run, one line over all runs, and a dot at the newest point."""
    drawn = [corners(row.series, run) for run in runs(row.series)]
    if not drawn:
        return []
    line, _, alpha = row_colours(row.series, colours)
    bands = [band_trace(run, row, theme.faint(line, alpha)) for run in drawn]
    return [*bands, line_trace(drawn, row, line), dot_trace(drawn[-1][-1], row, line, colours)]


def band_trace(run: list[tuple[str, Point]], row: Row, colour: str) -> Part:
    """The likely range of one unbroken run as a polygon."""
    days = [day for day, _ in run]
    highs = [round(point.estimate.high, 2) for _, point in run]
    lows = [round(point.estimate.low, 2) for _, point in run]
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": colour, "line": {"width": 0},
        "x": days + days[::-1], "y": highs + lows[::-1], "yaxis": row.axis,
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip


def line_trace(drawn: list[list[tuple[str, Point]]], row: Row, colour: str) -> Part:
    """The line of a row, broken where it has a gap; a hover says the score with its likely range."""
    x: list[str | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for run in drawn:
        x += [day for day, _ in run] + [None]
        y += [round(point.estimate.value, 2) for _, point in run] + [None]
        said += [spoken(point, row.series.grain) for _, point in run] + [""]
    return {
        "type": "scatter", "mode": "lines", "x": x[:-1], "y": y[:-1], "customdata": said[:-1],
        "yaxis": row.axis, "connectgaps": False, "showlegend": False,
        "line": {"width": 1.75, "color": colour},
        "hovertemplate": f"{label(row.series.name, 40)} <b>%{{customdata}}</b><extra></extra>",
    }  # fmt: skip


def spoken(point: Point, grain: str) -> str:
    """What a hover says of a point; the days it covers where they differ from point to point."""
    said = score_text(point.estimate)
    return said if grain == "week" else f"{said} ({stretch(point.first, point.last)})"


def dot_trace(end: tuple[str, Point], row: Row, colour: str, colours: Colours) -> Part:
    """The dot at the newest point of a row."""
    return {
        "type": "scatter", "mode": "markers", "x": [end[0]], "y": [round(end[1].estimate.value, 2)],
        "yaxis": row.axis, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
        "marker": {"size": 10, "color": colour, "line": {"width": 1.5, "color": colours["surface"]}},
    }  # fmt: skip


def gap_shapes(row: Row, plan: Plan, colours: Colours) -> list[Part]:
    """A sunken block over every stretch of a row with too few answers to show."""
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "layer": "below", "line": {"width": 0},
            "x0": first.isoformat(), "x1": (last + timedelta(days=1)).isoformat(),
            "y0": row.bottom, "y1": row.top, "fillcolor": colours["sunken"],
        }
        for first, last in row.series.gaps
        if first <= plan.last and last >= plan.first
    ]  # fmt: skip


def row_texts(row: Row, plan: Plan, colours: Colours) -> list[Part]:
    """Title, newest value and gap labels of a row; a row of which nothing may be shown says so."""
    texts = [title(row, plan, colours), *gap_texts(row, plan, colours)]
    if row.series.points:
        return [*texts, newest(row, plan, colours)]
    middle = round((row.bottom + row.top) / 2, 4)
    said = {"xref": "paper", "yref": "paper", "x": 0.5, "y": middle, "showarrow": False}
    said |= {"xanchor": "center", "yanchor": "middle"}
    font = {"size": 12, "color": colours["ink-3"]}
    return [*texts, {**said, "text": "too few people to show", "font": font}]


def title(row: Row, plan: Plan, colours: Colours) -> Part:
    """The name of a row in its line's colour, above the row; beside it how many questions it stands on."""
    _, ink, _ = row_colours(row.series, colours)
    text = label(row.series.name, 44 if plan.narrow else 60)
    if not plan.narrow:
        grain = GRAINS.get(row.series.grain, f"by {row.series.grain}")
        small = f"{counted(row.series.questions, 'question')}, {grain}"
        style = f"font-size:11px;font-weight:450;color:{colours['ink-3']}"
        text += f'  <span style="{style}">{label(small)}</span>'
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": row.top, "yshift": 17, "xshift": -2,
        "xanchor": "left", "yanchor": "middle", "showarrow": False, "align": "left", "text": text,
        "font": {"size": 13, "weight": 600, "color": ink, "shadow": halo(colours)},
    }  # fmt: skip


def newest(row: Row, plan: Plan, colours: Colours) -> Part:
    """The newest score at the right end, or beside its dot when the row ended a while ago."""
    point = row.series.points[-1]
    _, ink, _ = row_colours(row.series, colours)
    at_end = plan.share_of_period(point.last, plan.last) < 0.06
    shift = 9 if at_end else 10
    x: object = 1 if at_end else corners(row.series, runs(row.series)[-1])[-1][0]
    small = f"font-size:11px;font-weight:450;color:{colours['ink-3']}"
    between = "<br>" if plan.narrow else " "
    text = f'{whole(point.estimate.value)}{between}<span style="{small}">{likely(point.estimate)}</span>'
    return {
        "xref": "paper" if at_end else "x", "x": x, "xanchor": "left", "yanchor": "middle",
        "showarrow": False, "align": "left", "xshift": shift,
        "yref": row.axis, "y": round(point.estimate.value, 2), "text": text,
        "font": {"size": 16, "weight": 650, "color": ink, "shadow": halo(colours)},
    }  # fmt: skip


def gap_texts(row: Row, plan: Plan, colours: Colours) -> list[Part]:
    """The words "too few", upright, in every gap that is wide enough to hold it."""
    texts = []
    for first, last in row.series.gaps:
        first, last = max(first, plan.first), min(last, plan.last)
        if last < first or plan.share_of_period(first, last) < (0.05 if plan.narrow else 0.025):
            continue
        texts.append(
            {
                "xref": "x", "yref": "paper", "x": (first + (last - first) / 2).isoformat(),
                "y": round((row.bottom + row.top) / 2, 4), "text": "too few", "textangle": -90,
                "xanchor": "center", "yanchor": "middle", "showarrow": False,
                "font": {"size": 11, "color": colours["ink-3"]},
            }
        )  # fmt: skip
    return texts
