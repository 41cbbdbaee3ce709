"""The dot and whisker: a score and its likely range on a line, drawn by CSS from a few variables."""

from collections.abc import Iterable
from dataclasses import dataclass

from dash import html

from scoring.model import Estimate
from scoring.words import score_spoken


@dataclass(frozen=True)
class Scale:
    """The part of 0..100 that a column of dots and whiskers covers, and the ticks in its head."""

    first: int
    last: int
    ticks: tuple[int, ...]

    @property
    def is_full(self) -> bool:
        """True when the whole scale from 0 to 100 is drawn."""
        return self.first == 0


TABLE = Scale(30, 90, (30, 50, 70, 90))
FULL = Scale(0, 100, (0, 25, 50, 75, 100))


def scale_for(estimates: Iterable[Estimate | None]) -> Scale:
    """30 to 90, as tables use it, or the full scale when a range would run out of that."""
    inside = (e is None or (TABLE.first <= e.low and e.high <= TABLE.last) for e in estimates)
    return TABLE if all(inside) else FULL


def dot_whisker(estimate: Estimate, scale: Scale = TABLE, *, overall: bool = False) -> html.Span:
    """The score as a dot on its likely range; `overall` draws it larger and in ink."""
    numbers = {"--v": estimate.value, "--lo": estimate.low, "--hi": estimate.high}
    style = {name: f"{value:.1f}" for name, value in numbers.items()}
    if overall:
        style["--c"] = "var(--sl-overall)"
    classes = ["sl-dw", *(["full"] if scale.is_full else []), *(["big"] if overall else [])]
    parts = [html.I(className=name) for name in ("x", "w", "d")]
    spoken = {"aria-label": score_spoken(estimate)}
    return html.Span(parts, className=" ".join(classes), style=style, role="img", **spoken)


def axis(scale: Scale = TABLE) -> html.Span:
    """The ticks of a scale, for the head of a column of dots and whiskers."""
    ticks = [html.I(str(tick), style={"--v": str(tick)}) for tick in scale.ticks]
    return html.Span(ticks, className="sl-ax full" if scale.is_full else "sl-ax", **{"aria-hidden": "true"})
