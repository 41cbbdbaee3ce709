"""The event study: weeks from the action, a thin line for each action that is seen, bold what usually follows.

Plain dicts of lists, as the timeline's. All panels have the same points on their y axes, so that slopes compare.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from components import theme
from components.charts import label
from components.study_plan import FIRST_WEEK, FOOT, HALF, HEAD, LAST_WEEK, Panel, StudyPlan, study_plan, unbroken
from components.timeline_lanes import halo
from scoring.cascade_views import EventLine, LagEffect, Study, Sureness
from scoring.cascade_words import SURE_WORDS, TOLD
from scoring.effect_numbers import signed_ends, signed_tenths
from scoring.model import Action
from scoring.words import MINUS, short_day

Colours = Mapping[str, str]
Part = dict[str, Any]
WEEKS = (-4, 0, 4, 8, 12)
LONE = 4
"""Pixels of a point that has no neighbour to be joined with."""


def event_study_figure(
    studies: Sequence[Study], dark: bool, narrow: bool, *, titled: bool = True, selected: str | None = None
) -> Part:
    """The figure of some studies in one of two themes; `selected` is an action whose line stands out."""
    colours, drawn = theme.palette(dark), study_plan(studies, narrow, titled, selected)
    return {
        "data": [trace for panel in drawn.panels for trace in traces(panel, colours, selected)]
        + [mark_trace(panel, colours, dark) for panel in drawn.panels[:1]],
        "layout": {
            **frame(drawn, colours),
            "xaxis": week_axis(drawn, colours),
            "yaxis": {"domain": [drawn.floor, 1], "range": [0, 1], "visible": False, "fixedrange": True},
            **{f"yaxis{panel.axis[1:]}": points_axis(panel, drawn, colours) for panel in drawn.panels},
            "shapes": [*seam(drawn, colours), *(zero_line(panel, colours) for panel in drawn.panels)],
            "annotations": [text for panel in drawn.panels for text in texts(panel, drawn, colours, titled)],
        },
    }


def frame(drawn: StudyPlan, colours: Colours) -> Part:
    """Size, margins, fonts and hover. Nothing drags, as on a phone a drag has to scroll the page."""
    return {
        "height": drawn.height,
        "margin": {"l": 36, "r": 42 if drawn.narrow else 52, "t": HEAD, "b": FOOT, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": theme.FONT, "size": 12, "color": colours["ink-3"]},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours["overlay"],
            "bordercolor": colours["line-2"],
            "font": {"family": theme.FONT, "size": 12, "color": colours["ink"]},
            "align": "left",
        },
        "clickmode": "event",
        "dragmode": False,
    }


def week_axis(drawn: StudyPlan, colours: Colours) -> Part:
    """Weeks from the action, four before to the end of the thirteenth after; one axis for all panels."""
    return {
        "range": [FIRST_WEEK, LAST_WEEK],
        "anchor": drawn.panels[-1].axis if drawn.panels else "y",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickvals": list(WEEKS),
        "ticktext": [signed_week(week) for week in WEEKS],
        "tickfont": {"size": 12, "color": colours["ink-3"]},
        "ticklabelstandoff": 6,
        "title": {
            "text": "weeks from the action", "standoff": 10, "font": {"size": 11, "color": colours["ink-3"]},
        },
    }  # fmt: skip


def points_axis(panel: Panel, drawn: StudyPlan, colours: Colours) -> Part:
    """Points above or below the weeks before, with a few hairlines."""
    return {
        "domain": [panel.bottom, panel.top],
        "range": [drawn.low, drawn.high],
        "anchor": "x",
        "fixedrange": True,
        "zeroline": False,
        "showgrid": True,
        "gridcolor": colours["line"],
        "tickvals": list(drawn.ticks),
        "ticktext": [signed_week(int(tick), plus=True) for tick in drawn.ticks],
        "tickfont": {"size": 12, "color": colours["ink-3"]},
        "ticklabelstandoff": 6,
    }


def signed_week(number: int, *, plus: bool = False) -> str:
    """A whole number with a proper minus: "−4", "0", "8", or "+8" with `plus`."""
    if number < 0:
        return f"{MINUS}{-number}"
    return f"+{number}" if plus and number else str(number)


def traces(panel: Panel, colours: Colours, selected: str | None) -> list[Part]:
    """Thin lines, the band and the bold line over them, and the selected action on top."""
    lines = panel.study.lines
    others = [line for line in lines if line.action.action_id != selected]
    chosen = [line for line in lines if line.action.action_id == selected]
    found = [event_trace(others, panel, theme.faint(colours["ink-3"], 0.5), 1)] if others else []
    if panel.study.usual.profile:
        found += pooled_traces(panel, colours)
    return [*found, event_trace(chosen, panel, colours["ink"], 1.75)] if chosen else found


def event_trace(lines: Sequence[EventLine], panel: Panel, colour: str, width: float) -> Part:
    """Some actions' own courses in one trace, broken between them and at gaps; a lone point is a small dot."""
    x: list[float | None] = []
    y: list[float | None] = []
    said: list[list[str] | None] = []
    sizes: list[int] = []
    for line in lines:
        words = [line.action.action_id, action_text(line.action)]
        for run in unbroken(line):
            x += [week for week, _ in run] + [None]
            y += [round(value, 1) for _, value in run] + [None]
            said += [words] * len(run) + [None]
            sizes += [LONE if len(run) == 1 else 0] * len(run) + [0]
    return {
        "type": "scatter", "mode": "lines+markers", "x": x, "y": y, "customdata": said, "connectgaps": False,
        "yaxis": panel.axis, "showlegend": False,
        "line": {"width": width, "color": colour},
        "marker": {"size": sizes, "color": colour, "opacity": 1, "line": {"width": 0}},
        "hovertemplate": "%{customdata[1]}<br>%{y:+.1f}<extra></extra>",
    }  # fmt: skip


def action_text(one: Action) -> str:
    """What a hover says of a thin line: its day, its buyer, what it was."""
    parts = [f"<b>{short_day(one.date)}</b>", label(one.buyer_name, 40), label(one.what, 60)]
    return " · ".join(part for part in parts if part)


def pooled_traces(panel: Panel, colours: Colours) -> list[Part]:
    """What usually follows: its range as a band, and its mean as a bold line."""
    usual = panel.study.usual
    weeks = [one.lag + HALF for one in usual.profile]
    highs = [round(one.estimate.high, 2) for one in usual.profile]
    lows = [round(one.estimate.low, 2) for one in usual.profile]
    axes = {"yaxis": panel.axis, "showlegend": False, "type": "scatter"}
    band = {
        **axes, "mode": "lines", "fill": "toself", "line": {"width": 0}, "hoverinfo": "skip",
        "fillcolor": theme.faint(theme.fill(colours, usual.token), 0.28),
        "x": weeks + weeks[::-1], "y": highs + lows[::-1],
    }  # fmt: skip
    line = {
        **axes, "mode": "lines", "x": weeks, "y": [round(one.estimate.value, 2) for one in usual.profile],
        "line": {"width": 2.25, "color": theme.text(colours, usual.token)},
        "customdata": [week_text(one) for one in usual.profile], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return [band, line]


def week_text(one: LagEffect) -> str:
    """What a hover says of a week of the bold line."""
    likely = signed_ends(one.estimate)
    return f"Usually in week {signed_week(one.lag)}: {signed_tenths(one.estimate.value)}, likely {likely}"


def mark_trace(panel: Panel, colours: Colours, dark: bool) -> Part:
    """The mark of the kind, over the panels, where the first week begins."""
    token = panel.study.usual.token
    return {
        "type": "scatter", "mode": "markers", "x": [0], "y": [0.5], "yaxis": "y", "hoverinfo": "skip",
        "showlegend": False, "cliponaxis": False,
        "marker": {
            "symbol": theme.symbol(token), "size": theme.size(token), "color": theme.fill(colours, token), "opacity": 1,
            "line": {"width": 0 if dark else 1.4, "color": colours["mark-line"]},
        },
    }  # fmt: skip


def seam(drawn: StudyPlan, colours: Colours) -> list[Part]:
    """The line from the mark down through all panels."""
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "layer": "below", "x0": 0, "x1": 0, "y0": 0,
            "y1": drawn.floor, "line": {"color": theme.text(colours, panel.study.usual.token), "width": 1.5},
        }
        for panel in drawn.panels[:1]
    ]  # fmt: skip


def zero_line(panel: Panel, colours: Colours) -> Part:
    """The line at zero, stronger than the others."""
    return {
        "type": "line", "xref": "x", "yref": panel.axis, "layer": "below", "x0": FIRST_WEEK, "x1": LAST_WEEK,
        "y0": 0, "y1": 0, "line": {"color": colours["peers-line"], "width": 1},
    }  # fmt: skip


def texts(panel: Panel, drawn: StudyPlan, colours: Colours, titled: bool) -> list[Part]:
    """The name of the row with its mean, and the last value or why there is none."""
    found = [title(panel, drawn, colours)] if titled else []
    return [*found, newest(panel, drawn, colours) if panel.study.usual.profile else untold(panel, colours)]


def title(panel: Panel, drawn: StudyPlan, colours: Colours) -> Part:
    """The name of a row over its panel, right of the seam; beside it the mean where a direction is claimed."""
    usual = panel.study.usual
    small = SURE_WORDS[usual.sureness].lower()
    if usual.effect is not None and usual.sureness in TOLD:
        small = f"{signed_tenths(usual.effect.value)} on average, likely {signed_ends(usual.effect)}"
    style = f"font-size:11px;font-weight:450;color:{colours['ink-3']}"
    between, longest = ("<br>", 30) if drawn.narrow else ("  ", 44)
    return {
        "xref": "x", "yref": "paper", "x": 0, "y": panel.top, "yshift": 23 if drawn.narrow else 16, "xshift": 10,
        "xanchor": "left", "yanchor": "middle", "showarrow": False, "align": "left",
        "text": f'{label(usual.row_name, longest)}{between}<span style="{style}">{label(small)}</span>',
        "font": {"size": 13, "weight": 600, "color": colours["ink"], "shadow": halo(colours)},
    }  # fmt: skip


def newest(panel: Panel, drawn: StudyPlan, colours: Colours) -> Part:
    """The value of the last week at the right end of the bold line."""
    value = panel.study.usual.profile[-1].estimate.value
    return {
        "xref": "paper", "yref": panel.axis, "x": 1, "xshift": 6, "xanchor": "left",
        "y": round(min(max(value, drawn.low), drawn.high), 2), "yanchor": "middle", "showarrow": False,
        "text": signed_tenths(value),
        "font": {"size": 14, "weight": 650, "color": theme.text(colours, panel.study.usual.token),
                 "shadow": halo(colours)},
    }  # fmt: skip


def untold(panel: Panel, colours: Colours) -> Part:
    """Why there is no bold line."""
    few = panel.study.usual.sureness is not Sureness.NOT_SHARED
    return {
        "xref": "paper", "yref": f"{panel.axis} domain", "x": 1, "y": 0, "xanchor": "right", "yanchor": "bottom",
        "showarrow": False, "font": {"size": 11, "color": colours["ink-3"], "shadow": halo(colours)},
        "text": "what usually follows: too few events" if few else "what usually follows: not shared yet",
    }  # fmt: skip
