"""What usually follows, week by week, as a small picture of plain HTML: masks over the kind's own colours.

Colour comes from the style sheet and only shapes from here, so that dark, print and another choice cost nothing. The
event study draws the same numbers large, with a table.
"""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html

from components.event_study_figure import WEEKS, signed_week
from components.marks import mark
from components.study_plan import FIRST_WEEK, HALF, LAST_WEEK, profile_scale
from components.theme import drawn_token
from scoring.cascade_views import LagEffect, Usual

WIDTH, HEIGHT = 320, 100


def usual_profile(usual: Usual, said: str) -> html.Div | None:
    """The mean of every week with its range, the action's mark at zero; `said` is what it shows, in words."""
    if not usual.profile:
        return None
    low, high, ticks = profile_scale(usual.profile)
    style = {"--band": mask(band(usual.profile, low, high)), "--line": mask(line(usual.profile, low, high))}
    inside = [html.I(className="g z" if tick == 0 else "g", style=at_height(tick, low, high)) for tick in ticks]
    inside += [html.I(className="b"), html.I(className="l"), html.I(className="s", style=at_week(0))]
    picture = html.Div(inside, className="sl-profile-plot", style=style)
    names = [html.Span(signed_week(int(tick), plus=True), className="yt", style=at_height(tick, low, high))
             for tick in ticks]  # fmt: skip
    names += [html.Span(signed_week(week), className="xt", style=at_week(week)) for week in WEEKS]
    symbol = html.Span(mark(usual.token), className="m", style=at_week(0))
    foot = html.Span("weeks from the action", className="xn")
    classes = f"sl-profile k-{drawn_token(usual.token)}"
    return html.Div([picture, *names, symbol, foot], className=classes, role="img", **{"aria-label": said})


def across(week: float) -> float:
    """Where a week lies, as a share of the width."""
    return (week - FIRST_WEEK) / (LAST_WEEK - FIRST_WEEK)


def at_week(week: float) -> dict[str, str]:
    """The place of a week, as the style sheet reads it: for what lies in the plot, and for what stands at it."""
    return {"--x": f"{100 * across(week):.1f}%", "--part": f"{across(week):.4f}"}


def at_height(points: float, low: float, high: float) -> dict[str, str]:
    """The place of some points from the top, likewise."""
    part = (high - points) / (high - low)
    return {"--y": f"{100 * part:.1f}%", "--part": f"{part:.4f}"}


def corner(week: float, points: float, low: float, high: float) -> str:
    """A corner of a path."""
    return f"{WIDTH * across(week):.1f} {HEIGHT * (high - points) / (high - low):.1f}"


def band(profile: Sequence[LagEffect], low: float, high: float) -> str:
    """The likely range of every week as one shape."""
    there = [corner(one.lag + HALF, one.estimate.high, low, high) for one in profile]
    back = [corner(one.lag + HALF, one.estimate.low, low, high) for one in reversed(profile)]
    return f"<path d='M{'L'.join(there + back)}Z'/>"


def line(profile: Sequence[LagEffect], low: float, high: float) -> str:
    """The mean of every week as a line."""
    path = "L".join(corner(one.lag + HALF, one.estimate.value, low, high) for one in profile)
    return f"<path d='M{path}' fill='none' stroke='#000' stroke-width='2.25' stroke-linejoin='round'/>"


def mask(shapes: str) -> str:
    """The shapes as a CSS url() of an image without colour that is stretched over its place."""
    frame = f"xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' preserveAspectRatio='none'"
    return f'url("data:image/svg+xml,{quote(f"<svg {frame}>{shapes}</svg>", safe="")}")'
