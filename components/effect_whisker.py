"""A difference or an effect as a dot on its likely range, with a thin line at zero; drawn by CSS from variables."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

from dash import html

from scoring.words import MINUS

COLOURS = {-1: "var(--sl-attn)", 0: "var(--sl-ink-3)", 1: "var(--sl-good)"}
MOST_TICKS = 5


@dataclass(frozen=True)
class Span:
    """What a column of such dots covers, zero always within, and the ticks in its head."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()

    @property
    def style(self) -> dict[str, str]:
        """Its ends, as the style sheet reads them."""
        return {"--a": f"{self.low:g}", "--b": f"{self.high:g}"}


def span_of(ends: Iterable[float]) -> Span:
    """The span that holds all ends and zero, with a little room, and round ticks: 1, 2 or 5 times a power of ten."""
    every = [0.0, *ends]
    low, high = min(every), max(every)
    across = max(high - low, 0.5)
    step = next(step for step in steps(across) if across / step <= MOST_TICKS - 1)
    ticks = tuple(step * number for number in range(ceil(low / step), floor(high / step) + 1))
    return Span(low - 0.04 * across, high + 0.04 * across, ticks)


def steps(across: float) -> Iterable[float]:
    """Round distances between ticks, from too small on."""
    power = 10.0 ** (floor(log10(across)) - 1)
    return (power * factor * 10**place for place in range(4) for factor in (1, 2, 5))


def effect_whisker(value: float, low: float, high: float, over: Span, tone: int, spoken: str) -> html.Span:
    """The dot on its range. `tone` is −1 or 1 where a direction may be coloured, else 0."""
    numbers = {"--v": value, "--lo": low, "--hi": high, "--z": 0.0}
    style = {name: f"{number:.1f}" for name, number in numbers.items()} | over.style | {"--c": COLOURS[tone]}
    marks = [html.I(className=name) for name in ("x", "z", "w", "d")]
    return html.Span(marks, className="sl-dw", style=style, role="img", **{"aria-label": spoken})


def effect_axis(over: Span) -> html.Span:
    """The ticks of a span, with their signs, for the head of a column."""
    ticks = [html.I(tick_text(tick), style={"--v": f"{tick:g}"}) for tick in over.ticks]
    return html.Span(ticks, className="sl-ax", style=over.style, **{"aria-hidden": "true"})


def tick_text(tick: float) -> str:
    """A tick with its sign: "−15", "0", "+15"."""
    if not tick:
        return "0"
    return f"{'+' if tick > 0 else MINUS}{abs(tick):g}"
