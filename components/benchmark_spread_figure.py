"""Spreads as a figure for a file: the whole, then its parts, each as line, bar and dot with its numbers beside it.

On the page the same is a table; a file needs a picture.
"""

from collections.abc import Mapping
from typing import Any

from components import theme
from components.benchmark_spread import spread_scale
from components.benchmark_table import whole_name
from components.charts import label
from scoring.benchmark_views import Group, Spread
from scoring.benchmark_words import HIDDEN, counts, part_name
from scoring.model import OVERALL
from scoring.words import span

Colours = Mapping[str, str]
Part = dict[str, Any]
ROW, TOP, BOTTOM = 40, 10, 40
LEFT, RIGHT = 330, 260
BAR = 0.28


def spread_figure(group: Group, by: str) -> Part:
    """The figure of some spreads, in light colours."""
    colours, rows = theme.LIGHT, (group.whole, *group.rows)
    scale = spread_scale(rows)
    return {
        "data": [part for place, one in enumerate(rows) for part in traces(place, one, colours)],
        "layout": {
            "height": TOP + BOTTOM + ROW * len(rows),
            "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
            "paper_bgcolor": colours["surface"], "plot_bgcolor": colours["surface"],
            "font": {"family": theme.FONT, "size": 13, "color": colours["ink-3"]},
            "showlegend": False,
            "xaxis": {"range": [scale.first, scale.last], "tickvals": list(scale.ticks), "gridcolor": colours["line"],
                      "zeroline": False},
            "yaxis": {"range": [len(rows) - 0.5, -0.5], "visible": False},
            "annotations": [
                text
                for place, one in enumerate(rows)
                for text in texts(place, one, whole_name(one, by) if place == 0 else part_name(one, by), colours)
            ],
        },
    }  # fmt: skip


def traces(place: int, one: Spread, colours: Colours) -> list[Part]:
    """Line, bar and dot of one spread; nothing of a hidden one."""
    told = one.told
    if told is None:
        return []
    colour = colours["overall" if one.theme == OVERALL else "voice"]

    def stroke(first: int, last: int, width: int, drawn: str) -> Part:
        return {"type": "scatter", "mode": "lines", "x": [first, last], "y": [place, place], "hoverinfo": "skip",
                "line": {"width": width, "color": drawn}}  # fmt: skip

    ends = [stroke(told.p10, told.p90, 2, colour)] if told.p10 is not None and told.p90 is not None else []
    dot = {"type": "scatter", "mode": "markers", "x": [told.p50], "y": [place], "hoverinfo": "skip",
           "marker": {"size": 12, "color": colour, "line": {"width": 2, "color": colours["surface"]}}}  # fmt: skip
    return [*ends, stroke(told.p25, told.p75, 13, theme.faint(colour, BAR)), dot]


def texts(place: int, one: Spread, name: str, colours: Colours) -> list[Part]:
    """The name of a spread at the left; at the right its middle with its half and how many, or that it is hidden."""
    at = {"xref": "paper", "yref": "y", "y": place, "showarrow": False, "yanchor": "middle"}
    small = f"font-size:12px;font-weight:450;color:{colours['ink-3']}"
    said = HIDDEN
    if one.told is not None:
        half = span(one.told.p25, one.told.p75)
        said = f'<b>{one.told.p50}</b>  <span style="{small}">half {half}, {counts(one.told)}</span>'
    return [
        {**at, "x": 0, "xshift": -16, "xanchor": "right", "text": label(name, 46),
         "font": {"size": 13, "color": colours["ink"], "weight": 450 if place else 620}},
        {**at, "x": 1, "xshift": 16, "xanchor": "left", "text": said,
         "font": {"size": 13, "color": colours["ink" if one.told else "ink-3"]}},
    ]  # fmt: skip
