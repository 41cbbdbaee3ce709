"""The upper part of the timeline: what buyers did, as marks and bars in lanes, and the seams down from them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from components import theme
from components.charts import label
from components.timeline_plan import Mark, Plan, is_crowded, marks
from scoring.model import Action
from scoring.views import TimelineView
from scoring.words import day, short_day

Colours = Mapping[str, str]
Part = dict[str, Any]
LONGEST_NAME = 19
RING = 13
NAME_GAP = 18
USUAL_WIDTH = 590  # pixels of the plot on a usual screen


def marks_by_lane(view: TimelineView, plan: Plan) -> list[tuple[float, Mark]]:
    """Every mark of the period with the height of its lane. Above sixty actions, those of one lane and week join.

    An action that began earlier and lasts into the period has its bar, but no mark.
    """
    together = is_crowded(view)
    chosen = view.selected.action.action_id if view.selected else None
    return [
        (plan.lane_height(number), mark)
        for number, lane in enumerate(plan.lanes)
        for mark in marks(lane, together=together, selected=chosen)
        if plan.first <= mark.newest.date <= plan.last
    ]


def lane_traces(view: TimelineView, plan: Plan, colours: Colours, dark: bool) -> list[Part]:
    """For each lane its durations as pale bars, then its marks with what a hover says of them."""
    heights = {
        one.action_id: plan.lane_height(number) for number, lane in enumerate(plan.lanes) for one in lane.actions
    }
    every = [one for lane in plan.lanes for one in lane.actions]
    bars = [
        bar_trace(token, [one for one in every if one.token == token and one.end], heights, plan, colours)
        for token in dict.fromkeys(one.token for one in every if one.end)
    ]
    placed = marks_by_lane(view, plan)
    return [
        *bars,
        *[mark_trace(height, placed, colours, dark) for height in dict.fromkeys(h for h, _ in placed)],
    ]


def bar_trace(token: str, actions: list[Action], heights: Mapping[str, float], plan: Plan, colours: Colours) -> Part:
    """The durations of all actions of one kind, as bars that begin and end with the drawn period."""
    x: list[str | None] = []
    y: list[float | None] = []
    for one in actions:
        end = min(one.end or one.date, plan.last) + timedelta(days=1)
        x += [max(one.date, plan.first).isoformat(), end.isoformat(), None]
        y += [heights[one.action_id], heights[one.action_id], None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "yaxis": "y", "hoverinfo": "skip",
        "showlegend": False, "opacity": 0.35, "line": {"width": 10, "color": theme.fill(colours, token)},
    }  # fmt: skip


def mark_trace(height: float, placed: list[tuple[float, Mark]], colours: Colours, dark: bool) -> Part:
    """The marks of one lane. `customdata` holds the action's id and what a hover says."""
    here = [mark for at, mark in placed if at == height]
    counts = [str(len(mark.actions)) if len(mark.actions) > 1 else "" for mark in here]
    fills = [theme.fill(colours, mark.newest.token) for mark in here]
    return {
        "type": "scatter", "mode": "markers+text", "yaxis": "y", "showlegend": False, "cliponaxis": False,
        "x": [mark.newest.date.isoformat() for mark in here], "y": [height] * len(here),
        "text": counts, "textposition": "top center",
        "textfont": {"size": 11, "color": colours["ink-2"]},
        "customdata": [[mark.newest.action_id, mark_text(mark)] for mark in here],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {
            "size": [theme.size(mark.newest.token) for mark in here], "opacity": 1, "color": fills,
            "symbol": [theme.symbol(mark.newest.token) for mark in here],
            "line": {"width": 0 if dark else 1.4, "color": colours["mark-line"]},
        },
    }  # fmt: skip


def mark_text(mark: Mark) -> str:
    """What a hover says of a mark: the kind with its own date, the buyer, what it was."""
    one = mark.newest
    if len(mark.actions) > 1:
        return f"<b>{len(mark.actions)} actions</b>, week to {label(day(one.date))}; the list names each"
    parts = [f"<b>{label(one.kind_name)}</b>, {day(one.date)}", label(one.buyer_name), label(one.what)]
    return " · ".join(part for part in parts if part)


def seams(view: TimelineView, plan: Plan, colours: Colours) -> list[Part]:
    """A dotted line down from every mark; the selected one solid, thick, and with a ring round its mark."""
    chosen = view.selected.action if view.selected else None
    shapes, last = [], []
    for height, mark in marks_by_lane(view, plan):
        one = mark.newest
        if chosen and one.action_id == chosen.action_id:
            last = [ring(one, height, plan, colours), selected_seam(one, height, plan, colours)]
        else:
            shapes.append(seam(one, height, colours))
    return [*shapes, *last]


def seam(one: Action, height: float, colours: Colours) -> Part:
    """The thin line that joins an action to what workers said below."""
    day_text = one.date.isoformat()
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "below", "opacity": 0.8,
        "x0": day_text, "x1": day_text, "y0": 0, "y1": height,
        "line": {"color": theme.fill(colours, one.token), "width": 1, "dash": "1px,4px"},
    }  # fmt: skip


def selected_seam(one: Action, height: float, plan: Plan, colours: Colours) -> Part:
    """The seam of the selected action, over everything else, from the ring round its mark down."""
    day_text = one.date.isoformat()
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "above",
        "x0": day_text, "x1": day_text, "y0": 0, "y1": round(height - plan.pixels(RING), 4),
        "line": {"color": theme.text(colours, one.token), "width": 2, "dash": "solid"},
    }  # fmt: skip


def ring(one: Action, height: float, plan: Plan, colours: Colours) -> Part:
    """The accent ring round the selected mark, in pixels so that it stays round.

    Placed on the whole picture, as a shape on an axis would be cut off at the end of the period.
    """
    across = (one.date - plan.first) / (plan.last + timedelta(days=1) - plan.first)
    return {
        "type": "circle", "xref": "paper", "yref": "paper", "layer": "above",
        "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": round(across, 4), "yanchor": height,
        "x0": -RING, "x1": RING, "y0": -RING, "y1": RING,
        "line": {"color": colours["accent"], "width": 2},
    }  # fmt: skip


def lane_names(plan: Plan, colours: Colours) -> list[Part]:
    """On a phone, each lane's name above its line; elsewhere the names stand at the axis."""
    if not plan.narrow:
        return []
    return [
        {
            "xref": "paper", "yref": "paper", "x": 0, "y": plan.lane_height(number), "yshift": 16,
            "xanchor": "left", "yanchor": "middle", "showarrow": False, "text": label(lane.name, 32),
            "font": {"size": 11, "color": colours["ink-2"], "weight": 500},
        }
        for number, lane in enumerate(plan.lanes)
    ]  # fmt: skip


def selected_name(view: TimelineView, plan: Plan, colours: Colours) -> list[Part]:
    """Date and buyer beside the selected mark, on the side that has room, or between two lanes where other marks
    of its own stand in the way. Phones leave it to the panel."""
    one = view.selected.action if view.selected else None
    if one is None or plan.narrow or not plan.first <= one.date <= plan.last:
        return []
    heights = [h for h, mark in marks_by_lane(view, plan) if mark.newest.action_id == one.action_id]
    if not heights:
        return []
    left = plan.share_of_period(plan.first, one.date) > 0.7
    short = short_day(one.date).rsplit(" ", 1)[0]
    whose = one.buyer_name if view.query.lanes == "kind" else one.kind_name
    text = f"{short}, {label(whose, 28)}"
    others = [mark.newest.date for h, mark in marks_by_lane(view, plan) if h == heights[0]]
    near = [plan.share_of_period(one.date, day) * (-1 if left else 1) for day in others if day != one.date]
    reach = (NAME_GAP + 6.8 * len(text)) / USUAL_WIDTH
    between = any(0 < share < reach for share in near)
    return [
        {
            "xref": "x", "yref": "paper", "x": one.date.isoformat(), "y": heights[0], "showarrow": False,
            "xanchor": "right" if left else "left", "yanchor": "middle", "xshift": -NAME_GAP if left else NAME_GAP,
            "yshift": 15 if between else 0, "text": text,
            "font": {"size": 12, "weight": 650, "color": theme.text(colours, one.token),
                     "shadow": halo(colours)},
        }
    ]  # fmt: skip


def halo(colours: Colours) -> str:
    """A thin edge of the card's colour round text that may cross lines, as a CSS text shadow."""
    colour = colours["surface"]
    return ", ".join(f"{x}px {y}px 1px {colour}" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)
