"""A picture to take away: light, on white, with its title, source and date drawn into it.

What is returned is the figure with its size and the name of its file, as text for an attribute of the page; the
browser makes the PNG from it (`assets/view/38-pictures.js`), so that no server needs one.
"""

import json
from typing import Any

from components import theme
from components.charts import label
from scoring.model import Stamp
from scoring.words import release_text

HEAD, FOOT, EDGE = 74, 46, 24
WIDTH = 1200


def picture_file(
    figure: dict[str, Any], title: str, subtitle: str, source: str, name: str, nonce: object, width: int = WIDTH
) -> str:
    """The figure framed for a file, as JSON. It must have been drawn light; `nonce` tells one click from the next."""
    return json.dumps(
        {
            "figure": framed(figure, title, subtitle, source),
            "name": name,
            "width": width,
            "height": figure["layout"]["height"] + HEAD + FOOT,
            "nonce": str(nonce),
        },
        allow_nan=False,
    )


def framed(figure: dict[str, Any], title: str, subtitle: str, source: str) -> dict[str, Any]:
    """The same figure with room above for its title and below for its source."""
    layout = figure["layout"]
    margin = dict(layout["margin"])
    left, below = margin["l"] + EDGE, margin["b"] + FOOT
    margin |= {"l": left, "r": margin["r"] + EDGE, "t": margin["t"] + HEAD, "b": below}
    at_left = {"xref": "paper", "yref": "paper", "x": 0, "xshift": EDGE - left, "xanchor": "left", "showarrow": False,
               "align": "left"}  # fmt: skip
    texts = [
        {**at_left, "y": 1, "yshift": margin["t"] - 18, "yanchor": "top", "text": label(title, 110),
         "font": {"size": 20, "weight": 650, "color": theme.LIGHT["ink"]}},
        {**at_left, "y": 1, "yshift": margin["t"] - 46, "yanchor": "top", "text": label(subtitle, 150),
         "font": {"size": 13, "color": theme.LIGHT["ink-2"]}},
        {**at_left, "y": 0, "yshift": 16 - below, "yanchor": "bottom", "text": label(source, 200),
         "font": {"size": 12, "color": theme.LIGHT["ink-3"]}},
    ]  # fmt: skip
    changed = {
        "height": layout["height"] + HEAD + FOOT, "margin": margin, "paper_bgcolor": theme.LIGHT["surface"],
        "annotations": [*layout.get("annotations", ()), *texts],
    }  # fmt: skip
    return {"data": figure["data"], "layout": {**layout, **changed}}


def source_line(what: str, stamp: Stamp) -> str:
    """Whose answers, which release and method, and that demo data is invented: what stands under a picture."""
    demo = " · demo data, everything is invented" if stamp.demo else ""
    return f"{what} · workers’ answers, {release_text(stamp)}, method {stamp.method} · Seamline{demo}"


def file_stem(what: str, stamp: Stamp) -> str:
    """The name of a file without its ending: what it is of, in plain letters, and which release."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in what)[:40]
    return f"seamline-{safe}-release-{stamp.release}"
