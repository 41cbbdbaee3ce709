"""Below the timeline's rows, in grey: production measures on the same time axis, one small panel each.

They are steps, as wide as the week they are the mean of, and have no range: nobody was asked. A week without a value
is a gap in the line. A value is drawn on a scale of its own, which says nothing about the scores above.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor, log10
from typing import Any

from components.charts import label
from components.measure_words import HEADING, NOTHING, amount, exact, meaning, short_amount, spoken
from scoring.measure_views import MeasureLine, MeasurePoint

Colours = Mapping[str, str]
Part = dict[str, Any]
HEAD, TITLE, BODY = 34, 27, 54
STEPS = (5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
APART = 0.6
FROM_ZERO = 0.4
LONGEST = 60
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Panel:
    """One measure's place: its line, its share of the plot from bottom to top, its range and its two ticks."""

    line: MeasureLine
    number: int
    bottom: float
    top: float
    low: float
    high: float
    ticks: tuple[float, float]

    @property
    def axis(self) -> str:
        """The name of its y axis as traces use it; the numbers before it belong to the lanes and the rows."""
        return f"y{self.number}"


def block_height(lines: Sequence[MeasureLine]) -> int:
    """How many pixels the panels need below the rows, with their heading; none without a measure."""
    return HEAD + len(lines) * (TITLE + BODY) if lines else 0


def panels(lines: Sequence[MeasureLine], plot: int, rows: int) -> tuple[Panel, ...]:
    """The panels from top to bottom, in a plot of so many pixels, below so many rows."""
    made = []
    for number, line in enumerate(lines):
        under = (len(lines) - 1 - number) * (TITLE + BODY)
        bottom, top = round(under / plot, 4), round((under + BODY) / plot, 4)
        made.append(Panel(line, rows + 2 + number, bottom, top, *scale([point.value for point in line.points])))
    return tuple(made)


def scale(values: Sequence[float]) -> tuple[float, float, tuple[float, float]]:
    """The range that holds the values with some room, and two round values in it.

    From zero where the values come near it, so that a small change looks small.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if 0 < low < FROM_ZERO * high:
        low = 0.0
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-9):
        room = max(abs(high) / 10, 1e-6)
        low, high = low - room, high + room
    room = 0.1 * (high - low)
    return low - (room if low else 0), high + room, round_ends(low, high)


def round_ends(low: float, high: float) -> tuple[float, float]:
    """The lowest and the highest round value from `low` to `high`, in the largest steps that set them well apart."""
    power = 10.0 ** floor(log10(high - low))
    for step in (power * step for step in STEPS):
        first, last = ceil(low / step - 1e-6), floor(high / step + 1e-6)
        if (last - first) * step >= APART * (high - low):
            return float(f"{first * step:.10g}"), float(f"{last * step:.10g}")
    return low, high


def axis_room(drawn: Sequence[Panel]) -> int:
    """How many pixels the longest number at an axis needs left of the plot, with the space between."""
    return max((10 + 7 * len(text) for panel in drawn for text in tick_texts(panel)), default=0)


def tick_texts(panel: Panel) -> list[str]:
    """What stands at the two ticks; nothing where nothing is told."""
    return [short_amount(tick) for tick in panel.ticks] if panel.line.points else []


def panel_axis(panel: Panel, colours: Colours) -> Part:
    """The y axis of a measure: its range, two ticks with hairlines."""
    return {
        "domain": [panel.bottom, panel.top],
        "range": [panel.low, panel.high],
        "anchor": "x",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": True,
        "gridcolor": colours["line"],
        "tickvals": list(panel.ticks) if panel.line.points else [],
        "ticktext": tick_texts(panel),
        "tickfont": {"size": 11, "color": colours["ink-3"]},
        "ticklabelstandoff": 6,
    }


def panel_traces(panel: Panel, colours: Colours) -> list[Part]:
    """The steps of a measure, broken where it has a gap, and a dot at its newest week."""
    if not panel.line.points:
        return []
    x: list[str | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for run in panel.line.runs():
        for point in run:
            x += [point.first.isoformat(), (point.last + DAY).isoformat()]
            y += [exact(point.value)] * 2
            said += [label(spoken(point, panel.line.measure), 60)] * 2
        x, y, said = [*x, None], [*y, None], [*said, ""]
    name = label(panel.line.measure.name, 40)
    return [
        {
            "type": "scatter", "mode": "lines", "x": x[:-1], "y": y[:-1], "customdata": said[:-1],
            "yaxis": panel.axis, "connectgaps": False, "showlegend": False,
            "line": {"width": 1.5, "color": colours["peers-line"]},
            "hovertemplate": f"{name} <b>%{{customdata}}</b><extra></extra>",
        },
        newest_dot(panel, panel.line.points[-1], colours),
    ]  # fmt: skip


def newest_dot(panel: Panel, point: MeasurePoint, colours: Colours) -> Part:
    """A hollow dot at the end of the newest week: those of workers' scores are filled."""
    return {
        "type": "scatter", "mode": "markers", "x": [(point.last + DAY).isoformat()], "y": [exact(point.value)],
        "yaxis": panel.axis, "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
        "marker": {"size": 7, "color": colours["surface"], "line": {"width": 1.5, "color": colours["ink-3"]}},
    }  # fmt: skip


def block_shapes(drawn: Sequence[Panel], floor: float, colours: Colours) -> list[Part]:
    """The rule between what workers said and what the factory told; none where nothing stands above it."""
    if not drawn or floor >= 1:
        return []
    return [
        {
            "type": "line", "xref": "paper", "yref": "paper", "layer": "below", "x0": 0, "x1": 1,
            "y0": floor, "y1": floor, "line": {"color": colours["line-2"], "width": 1},
        }
    ]  # fmt: skip


def block_texts(drawn: Sequence[Panel], floor: float, colours: Colours, *, narrow: bool, halo: str) -> list[Part]:
    """The heading under the rule, and of each panel its name, what it is of, and its newest value."""
    if not drawn:
        return []
    heading = {
        "xref": "paper", "yref": "paper", "x": 0, "y": floor, "yshift": -15, "xshift": -2, "xanchor": "left",
        "yanchor": "middle", "showarrow": False, "text": HEADING, "font": {"size": 11, "color": colours["ink-3"]},
    }  # fmt: skip
    texts = [text for panel in drawn for text in panel_texts(panel, colours, narrow, halo)]
    return [heading, *texts]


def panel_texts(panel: Panel, colours: Colours, narrow: bool, halo: str) -> list[Part]:
    """Name, meaning and newest value of one panel; one of which nothing is told says so."""
    measure = panel.line.measure
    text = label(measure.name, 34 if narrow else LONGEST)
    small = f"font-size:11px;font-weight:450;color:{colours['ink-3']}"
    said = measure.unit if narrow or len(measure.name) > LONGEST // 2 else meaning(measure)
    text += f'  <span style="{small}">{label(said, 24 if narrow else 70)}</span>' if said else ""
    place = {"xref": "paper", "yref": "paper", "showarrow": False, "yanchor": "middle"}
    title = {**place, "x": 0, "y": panel.top, "yshift": 11, "xshift": -2, "xanchor": "left", "text": text,
             "font": {"size": 12, "weight": 600, "color": colours["ink-2"], "shadow": halo}}  # fmt: skip
    if panel.line.points:
        return [title, newest(panel, panel.line.points[-1], colours, halo)]
    middle = round((panel.bottom + panel.top) / 2, 4)
    font = {"size": 12, "color": colours["ink-3"]}
    return [title, {**place, "x": 0.5, "y": middle, "xanchor": "center", "text": NOTHING, "font": font}]


def newest(panel: Panel, point: MeasurePoint, colours: Colours, halo: str) -> Part:
    """The newest value beside its dot."""
    shown = short_amount(point.value) if abs(point.value) >= 1e5 else amount(point.value)
    return {
        "xref": "x", "x": (point.last + DAY).isoformat(), "xanchor": "left", "yanchor": "middle", "showarrow": False,
        "xshift": 9, "yref": panel.axis, "y": exact(point.value), "text": shown,
        "font": {"size": 13, "weight": 600, "color": colours["ink-2"], "shadow": halo},
    }  # fmt: skip
