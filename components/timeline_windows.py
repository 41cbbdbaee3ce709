"""What the selected action adds to the timeline: the stretches compared, their means, the differences."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from components import theme
from components.timeline_lanes import USUAL_WIDTH, halo
from components.timeline_plan import Plan, Row
from scoring.model import Aftermath, Comparison, Estimate, Verdict
from scoring.words import signed, signed_range

Colours = Mapping[str, str]
Part = dict[str, Any]
DAY = timedelta(days=1)


def spans(aftermath: Aftermath, plan: Plan) -> list[tuple[date, date]]:
    """The two stretches, before and after, as far as they lie in the drawn period; ends excluded."""
    window = aftermath.window
    both = ((window.before_first, window.before_last + DAY), (window.after_first, window.after_last + DAY))
    return [(max(first, plan.first), min(last, plan.last + DAY)) for first, last in both]


def window_shapes(aftermath: Aftermath, plan: Plan, colours: Colours) -> list[Part]:
    """The pale block before the action and the stronger one after it, over all rows."""
    fill = theme.fill(colours, aftermath.action.token)
    top = round(plan.lanes_floor - plan.pixels(4), 4) if plan.lanes else 1
    return [
        {
            "type": "rect", "xref": "x", "yref": "paper", "layer": "below", "line": {"width": 0},
            "x0": first.isoformat(), "x1": last.isoformat(), "y0": plan.rows_floor, "y1": top,
            "fillcolor": theme.faint(fill, alpha),
        }
        for (first, last), alpha in zip(spans(aftermath, plan), (0.07, 0.15), strict=True)
        if first < last
    ]  # fmt: skip


def window_names(aftermath: Aftermath, plan: Plan, colours: Colours) -> list[Part]:
    """What the two blocks are, once at their top, as fully as fits into each."""
    window = aftermath.window
    so_far = (f"{window.weeks_in} of 13 weeks after", f"{window.weeks_in} of 13 after")
    after = (*(so_far if window.is_open else ("13 weeks after",)), "after")
    wanted = (("8 weeks before", "before"), after)
    top = round(plan.lanes_floor - plan.pixels(12 if plan.narrow else 13), 4) if plan.lanes else 1
    font = {"size": 11, "weight": 500, "color": theme.text(colours, aftermath.action.token)}
    texts = []
    for (first, last), names in zip(spans(aftermath, plan), wanted, strict=True):
        name = fitting(names, plan.share_of_period(first, last), plan)
        if name is not None:
            middle = (first + (last - first) / 2).isoformat()
            place = {"xref": "x", "yref": "paper", "x": middle, "y": top, "xanchor": "center"}
            texts.append({**place, "yanchor": "middle", "showarrow": False, "text": name, "font": font})
    return texts


def fitting(names: Sequence[str], share: float, plan: Plan) -> str | None:
    """The longest of the names that fits into that share of a plot of usual width, if one does."""
    pixels = share * (250 if plan.narrow else USUAL_WIDTH)
    return next((name for name in names if 5.6 * len(name) <= pixels), None)


def compared(aftermath: Aftermath, row: Row) -> Comparison | None:
    """The comparison that belongs to a row, if there is one."""
    return next((one for one in aftermath.rows if one.key == row.series.key), None)


def mean_shapes(aftermath: Aftermath, row: Row, plan: Plan, colours: Colours) -> list[Part]:
    """The level before and the level after, as dashed lines as wide as their stretch."""
    one = compared(aftermath, row)
    levels: tuple[Estimate | None, ...] = (one.before, one.after) if one else (None, None)
    line = {"color": theme.text(colours, aftermath.action.token), "width": 2, "dash": "5px,3px"}
    return [
        {
            "type": "line", "xref": "x", "yref": row.axis, "layer": "above", "line": line,
            "x0": first.isoformat(), "x1": last.isoformat(), "y0": level.value, "y1": level.value,
        }
        for (first, last), level in zip(spans(aftermath, plan), levels, strict=True)
        if level is not None and first < last and row.low <= level.value <= row.high
    ]  # fmt: skip


def difference(aftermath: Aftermath, row: Row, plan: Plan, colours: Colours) -> list[Part]:
    """The difference with its range at the end of the stretch after; coloured only when it is clear."""
    one = compared(aftermath, row)
    if one is None or one.change is None:
        return []
    change = one.change
    tones = {Verdict.CLEAR_DROP: colours["attn"], Verdict.CLEAR_RISE: colours["good"]}
    colour = tones.get(change.verdict, colours["ink-2"])
    text = signed(change.points)
    if not plan.narrow:
        small = f'<span style="font-size:11px;font-weight:450;color:{colour}">'
        text += f" {small}likely {signed_range(change.low, change.high)}</span>"
    _, end = spans(aftermath, plan)[1]
    room = (plan.last - plan.first) * (0.06 if plan.narrow else 0.24)
    at = max(end, plan.first + room)
    weight = 650 if change.verdict in tones else 500
    return [
        {
            "xref": "x", "yref": "paper", "x": at.isoformat(), "y": row.top, "yshift": -10, "xshift": -3,
            "xanchor": "right", "yanchor": "middle", "showarrow": False, "text": text,
            "font": {"size": 13, "weight": weight, "color": colour, "shadow": halo(colours)},
        }
    ]  # fmt: skip
