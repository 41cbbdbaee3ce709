"""The dot and whisker: a score and its likely range on a line, drawn by CSS from a few variables."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from dash import html

from scoring.model import Estimate, Score, Standing
from scoring.words import grey_zone, score_spoken, whole


@dataclass(frozen=True)
class Scale:
    """The part of 0..100 that a column of dots and whiskers covers, and the ticks in its head."""

    first: int
    last: int
    ticks: tuple[int, ...]

    @property
    def is_full(self) -> bool:
        """True when the whole scale from 0 to 100 is drawn."""
        return (self.first, self.last) == (0, 100)

    @property
    def style(self) -> dict[str, str]:
        """Its ends, where the style sheet does not know them already."""
        return {} if self in (TABLE, FULL) else {"--a": str(self.first), "--b": str(self.last)}


TABLE = Scale(30, 90, (30, 50, 70, 90))
FULL = Scale(0, 100, (0, 25, 50, 75, 100))


def scale_for(ranges: Iterable[Estimate | Standing | None]) -> Scale:
    """30 to 90, as tables use it, or the full scale when a range would run out of that."""
    inside = (e is None or (TABLE.first <= e.low and e.high <= TABLE.last) for e in ranges)
    return TABLE if all(inside) else FULL


def scale_of(scores: Iterable[Score]) -> Scale:
    """The scale that holds the likely ranges of some scores and the middle halves beside them."""
    return scale_for(one for score in scores for one in (score.estimate, score.estimate and score.standing))


def close_scale(ranges: Iterable[Estimate | Standing | None]) -> Scale:
    """The tens around some ranges, at least forty points wide: for one score that is looked at closely."""
    there = [one for one in ranges if one]
    first = 10 * floor(min(one.low for one in there) / 10)
    last = 10 * ceil(max(one.high for one in there) / 10)
    first = max(min(first, last - 40), 0)
    last = min(max(last, first + 40), 100)
    return Scale(first, last, tuple(range(first, last + 1, 10)))


def dot_whisker(
    estimate: Estimate,
    scale: Scale = TABLE,
    *,
    overall: bool = False,
    outer: Estimate | None = None,
    standing: Standing | None = None,
) -> html.Span:
    """The score as a dot on its likely range; `overall` draws it larger and in ink.

    `outer` is the paler line, should silent people feel differently; `standing` the grey middle half of similar ones.
    """
    numbers = {"--v": estimate.value, "--lo": estimate.low, "--hi": estimate.high}
    numbers |= {"--o1": outer.low, "--o2": outer.high} if outer else {}
    numbers |= {"--p1": standing.low, "--p2": standing.high} if standing else {}
    # No finer than it is printed: from tenths of a score its peers' mean could be solved.
    style = {name: f"{whole(value):.1f}" for name, value in numbers.items()}
    style |= scale.style
    if overall:
        style["--c"] = "var(--sl-overall)"
    classes = ["sl-dw", *(["full"] if scale.is_full else []), *(["big"] if overall else [])]
    drawn = ["x", *(["p"] if standing else []), *(["o"] if outer else []), "w", "d"]
    spoken = {"aria-label": spoken_range(estimate, outer, standing)}
    parts = [html.I(className=name) for name in drawn]
    return html.Span(parts, className=" ".join(classes), style=style, role="img", **spoken)


def spoken_range(estimate: Estimate, outer: Estimate | None, standing: Standing | None) -> str:
    """Everything that is drawn, as a screen reader should say it."""
    said = [score_spoken(estimate)]
    if outer:
        said.append(f"{whole(outer.low)} to {whole(outer.high)} if silent people feel differently")
    if standing:
        said.append(f"{grey_zone([standing])} {whole(standing.low)} to {whole(standing.high)}")
    return "; ".join(said)


def axis(scale: Scale = TABLE) -> html.Span:
    """The ticks of a scale, for the head of a column of dots and whiskers."""
    ticks = [html.I(str(tick), style={"--v": str(tick)}) for tick in scale.ticks]
    classes = "sl-ax full" if scale.is_full else "sl-ax"
    return html.Span(ticks, className=classes, style=scale.style, **{"aria-hidden": "true"})
