"""The one place where a figure becomes part of a page, and where text becomes fit for a figure.

plotly.js offers to send a chart to its maker's cloud; here that is switched off once and for all, so no page
calls `dcc.Graph` itself. A picture is never the only way in: each caller shows its twin as text or table.
"""

import re
from typing import Any

from dash import dcc, html

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def graph(id: str, figure: dict[str, Any], alt: str) -> html.Div:
    """A figure as a picture with its sentence. `alt` is what a screen reader says in its place.

    The height is fixed before the figure is drawn, so that nothing jumps.
    """
    height = figure["layout"]["height"]
    picture = dcc.Graph(id=id, figure=figure, config=dict(CONFIG), responsive=True, style={"height": f"{height}px"})
    return html.Div(picture, id=f"{id}-picture", className="sl-figure", role="img", **{"aria-label": alt})


def label(text: str, longest: int = 120) -> str:
    """User text made fit for any Plotly label: no markup, no template, no line break, not endless."""
    flat = _BREAKS.sub(" ", text).strip()
    if len(flat) > longest:
        flat = flat[: longest - 1].rstrip() + "…"
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return flat.replace("%{", "&#37;{")


def clicked_action(click: object) -> str | None:
    """The id of the action whose mark was clicked, or None when the click met something else.

    The answer comes from the browser and is only a wish: the caller must find it in the view.
    """
    points = click.get("points") if isinstance(click, dict) else None
    for point in points if isinstance(points, list) else []:
        data = point.get("customdata") if isinstance(point, dict) else None
        if isinstance(data, list) and len(data) == 2 and isinstance(data[0], str):
            return data[0]
    return None
