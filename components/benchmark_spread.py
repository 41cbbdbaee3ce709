"""How the factories of a cohort spread, as a small picture: line for 8 in 10, bar for the middle half, dot between."""

from collections.abc import Iterable
from math import ceil, floor

from dash import html

from components.dot_whisker import Scale
from scoring.benchmark_views import Spread, Told
from scoring.benchmark_words import HIDDEN, spoken

LEAST = 40
LEGEND = Told(0, 0, 42, 54, 66, 28, 82)


def spread_scale(spreads: Iterable[Spread]) -> Scale:
    """The tens around everything that is told, at least forty points wide, with at most six ticks."""
    ends = [end for one in spreads if one.told for end in drawn_ends(one.told)] or [LEAST, 2 * LEAST]
    first, last = 10 * floor(min(ends) / 10), 10 * ceil(max(ends) / 10)
    first = max(min(first, last - LEAST), 0)
    last = min(max(last, first + LEAST), 100)
    return Scale(first, last, tuple(range(first, last + 1, 10 if last - first <= 50 else 20)))


def drawn_ends(told: Told) -> tuple[int, int]:
    """The lowest and the highest point that is drawn."""
    return told.p25 if told.p10 is None else told.p10, told.p75 if told.p90 is None else told.p90


def spread_picture(told: Told, scale: Scale, *, overall: bool = False, decorative: bool = False) -> html.Span:
    """Line, bar and dot on a scale; `overall` draws them in ink. A decorative one is for eyes only."""
    style = {"--v": str(told.p50), "--lo": str(told.p25), "--hi": str(told.p75)} | scale.style
    outer = told.p10 is not None and told.p90 is not None
    if outer:
        style |= {"--o1": str(told.p10), "--o2": str(told.p90)}
    if overall:
        style["--c"] = "var(--sl-overall)"
    said = {"aria-hidden": "true"} if decorative else {"role": "img", "aria-label": spoken(told)}
    parts = [html.I(className=name) for name in ("x", *(("o",) if outer else ()), "w", "d")]
    return html.Span(
        parts, className="sl-dw sl-spread full" if scale.is_full else "sl-dw sl-spread", style=style, **said
    )


def hidden() -> html.Span:
    """What stands in the place of a spread that is not told; it is the same whatever the reason."""
    return html.Span(HIDDEN, className="sl-few")


def legend() -> html.Div:
    """What line, bar and dot mean."""
    picture = spread_picture(LEGEND, Scale(20, 90, ()), decorative=True)
    words = ("line: 8 in 10 factories, where there are 20 or more", "bar: middle half", "dot: middle factory")
    return html.Div([picture, *(html.Span(text) for text in words)], className="sl-bm-legend sl-micro")
