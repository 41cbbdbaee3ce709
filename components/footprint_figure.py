"""The footprint as a figure for a file: kinds from the worst on, each a dot on its likely range, numbers beside it.

On the page the same is a table; a file needs a picture.
"""

from collections.abc import Mapping
from typing import Any

from components import theme
from components.charts import label
from components.effect_whisker import span_of, tick_text
from scoring.cascade_views import FootprintRow, FootprintView
from scoring.cascade_words import SURE_WORDS, direction
from scoring.effect_numbers import in_thousands, leaves_out_zero, thousands, thousands_ends

Colours = Mapping[str, str]
Part = dict[str, Any]
ROW, TOP, BOTTOM = 44, 10, 46
LEFT, RIGHT = 390, 330


def footprint_figure(view: FootprintView) -> Part:
    """The figure of a footprint, in light colours."""
    colours = theme.LIGHT
    told = [in_thousands(row.points) for row in view.rows if row.points]
    over = span_of(end for points in told for end in (points.low, points.high))
    many = max(len(view.rows), 1)
    return {
        "data": [part for place, row in enumerate(view.rows) for part in row_traces(place, row, colours)],
        "layout": {
            "height": TOP + BOTTOM + ROW * many,
            "margin": {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
            "paper_bgcolor": colours["surface"], "plot_bgcolor": colours["surface"],
            "font": {"family": theme.FONT, "size": 13, "color": colours["ink-3"]},
            "showlegend": False,
            "xaxis": {
                "range": [over.low, over.high], "zeroline": True, "zerolinecolor": colours["peers-line"],
                "zerolinewidth": 1, "gridcolor": colours["line"], "tickvals": list(over.ticks),
                "ticktext": [tick_text(tick) for tick in over.ticks],
                "title": {"text": "thousand worker-week points", "font": {"size": 12, "color": colours["ink-3"]}},
            },
            "yaxis": {"range": [many - 0.5, -0.5], "visible": False},
            "annotations": [text for place, row in enumerate(view.rows) for text in row_texts(place, row, colours)],
        },
    }  # fmt: skip


def tone(row: FootprintRow, colours: Colours) -> str:
    """The colour of a row: of its direction where one is claimed, else grey."""
    if row.points is None or not leaves_out_zero(row.points):
        return colours["ink-3"]
    names = {-1: "attn", 0: "ink-3", 1: "good"}
    return colours[names[direction(row.sureness, row.points.value)]]


def row_traces(place: int, row: FootprintRow, colours: Colours) -> list[Part]:
    """The likely range of one kind, and its dot."""
    if row.points is None:
        return []
    points, colour = in_thousands(row.points), tone(row, colours)
    line = {"type": "scatter", "mode": "lines", "x": [round(points.low, 1), round(points.high, 1)],
            "y": [place, place], "line": {"width": 4, "color": colour}, "hoverinfo": "skip"}  # fmt: skip
    dot = {"type": "scatter", "mode": "markers", "x": [round(points.value, 1)], "y": [place], "hoverinfo": "skip",
           "marker": {"size": 13, "color": colour, "line": {"width": 2, "color": colours["surface"]}}}  # fmt: skip
    return [line, dot]


def row_texts(place: int, row: FootprintRow, colours: Colours) -> list[Part]:
    """The name of a kind and how often at the left; its points, range and how sure at the right."""
    at = {"xref": "paper", "yref": "y", "y": place, "showarrow": False, "yanchor": "middle"}
    small = f"font-size:12px;font-weight:450;color:{colours['ink-3']}"
    often = f'<span style="{small}">{row.actions} ×</span>'
    sure = SURE_WORDS[row.sureness].lower()
    said = sure
    if row.points is not None:
        said = (
            f'<b>{thousands(row.points.value)}</b>  <span style="{small}">{thousands_ends(row.points)}, {sure}</span>'
        )
    return [
        {**at, "x": 0, "xshift": -16, "xanchor": "right", "text": f"{label(row.kind_name, 50)}  {often}",
         "font": {"size": 13, "color": colours["ink"]}},
        {**at, "x": 1, "xshift": 16, "xanchor": "left", "text": said,
         "font": {"size": 13, "color": tone(row, colours) if row.points else colours["ink-3"]}},
    ]  # fmt: skip
