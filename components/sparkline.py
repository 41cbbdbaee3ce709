"""A small line of one year, as plain HTML: an SVG mask over the theme's own colour, so dark costs nothing.

Colour comes from the stylesheet and only the shape from here; a graph for each row would cost a second.
"""

from datetime import date
from urllib.parse import quote

from dash import html

from components.course import Run, fitted, runs
from scoring.model import Series

WIDTH, HEIGHT, PAD = 88, 26, 3


def sparkline(series: Series, first: date, last: date) -> html.Span:
    """The course of one score between two days, band and line; hidden from screen readers.

    The score, its range and its change stand in words beside it, so that nothing is only in the picture.
    """
    drawn = runs(series)
    if not drawn:
        return html.Span(className="sl-spark", **{"aria-hidden": "true"})
    low, high = fitted([series])
    span = max((last - first).days, 1)

    def corner(day: date, points: float) -> str:
        x = PAD + (day - first).days / span * (WIDTH - 3 * PAD)
        y = HEIGHT - PAD - (points - low) / (high - low) * (HEIGHT - 2 * PAD)
        return f"{min(max(x, 0), WIDTH):.1f} {y:.1f}"

    def line(run: Run) -> str:
        return "M" + "L".join(corner(d, e.value) for d, e in zip(run.days, run.estimates, strict=True))

    def band(run: Run) -> str:
        pairs = list(zip(run.days, run.estimates, strict=True))
        there = [corner(d, e.high) for d, e in pairs]
        back = [corner(d, e.low) for d, e in reversed(pairs)]
        return "M" + "L".join(there + back) + "Z"

    newest = corner(drawn[-1].days[-1], drawn[-1].estimates[-1].value).split(" ")
    dot = f"<circle cx='{newest[0]}' cy='{newest[1]}' r='3.2'/>"
    stroke = f"<path d='{''.join(map(line, drawn))}' fill='none' stroke='#000' stroke-width='1.75'/>"
    style = {
        "--band": mask(f"<path d='{''.join(map(band, drawn))}'/>"),
        "--line": mask(stroke + dot),
    }
    return html.Span([html.I(className="b"), html.I(className="l")], className="sl-spark", style=style,
                     **{"aria-hidden": "true"})  # fmt: skip


def mask(shapes: str) -> str:
    """The shapes as a CSS url() of an SVG image that carries no colour and reaches nowhere."""
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>{shapes}</svg>"
    return f'url("data:image/svg+xml,{quote(svg, safe="")}")'
