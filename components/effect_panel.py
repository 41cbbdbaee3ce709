"""The panel beside the timeline: what one action was, and what workers said before and after it."""

from math import ceil, floor
from typing import Any

from dash import html

from components import addresses, states
from components.difference import tone
from components.effect_whisker import Span, effect_whisker
from components.marks import icon, mark
from components.timeline_words import after_parts, headline, held_against, progress, quieter
from components.usual_effect import usual_effect
from scoring.model import Aftermath, Change, Comparison, TimelineQuery, Verdict
from scoring.views import TimelineView
from scoring.words import about, day, signed, signed_range, whole

CAUTION = "“After” does not say “because of”. One action at one factory can seldom be told from ordinary ups and downs"
TONES = {Verdict.CLEAR_DROP: -1, Verdict.CLEAR_RISE: 1}


def effect_panel(view: TimelineView, remarks: Any = None) -> list[Any]:
    """The children of the panel: the selected action with remarks on it, or an invitation to choose one."""
    if view.selected is None:
        return [invitation(view)]
    chosen = view.selected
    usual = usual_effect(view, chosen)
    return [
        what_it_was(view, chosen),
        this_time(chosen, every_buyer=view.every_buyer),
        part(usual) if usual else None,
        remarks,
        caution(both=bool(usual)),
    ]


def invitation(view: TimelineView) -> html.Div:
    """What the panel says before an action is chosen, or when there is none to choose."""
    if not view.aftermaths:
        title = "No actions in this period"
        text = "When a buyer’s action is recorded here, this panel shows what workers said before and after it."
        return html.Div(states.nothing_yet(title, text, icon="calendar2"), className="sl-pad")
    if view.query.action:
        text = "That action is not in this period. A longer period may show it, or choose another from the list."
        return html.Div(states.nothing_yet("Not in this period", text, icon="calendar2"), className="sl-pad")
    text = "Choose a mark, or an action in the list, to see what workers said in the weeks before and after."
    return html.Div(states.nothing_yet("Choose an action", text, icon="hand-index"), className="sl-pad")


def what_it_was(view: TimelineView, chosen: Aftermath) -> html.Div:
    """Kind, date, buyer, what it was and its note; the ways to the action before and the one after it."""
    one = chosen.action
    said = [day(one.date), one.buyer_name, one.what]
    if one.end and one.end > one.date:
        said.insert(1, f"until {day(one.end)}")
    line = " · ".join(part for part in said if part)
    return html.Div(
        [
            html.Div(
                [mark(one.token), html.H2(one.kind_name, className="sl-grow"), neighbours(view, chosen)],
                className="sl-panel-h",
            ),
            html.P(line, className="sl-small"),
            html.P(one.note, className="sl-small") if one.note else None,
            html.P(f"Found in the orders. {one.rule}", className="sl-small") if one.rule else None,
        ],
        className="sl-pad sl-panel-top",
    )


def neighbours(view: TimelineView, chosen: Aftermath) -> html.Span:
    """Links to the action before and the action after; where there is none, its place stays empty."""
    ordered = [after.action.action_id for after in reversed(view.aftermaths)]
    here = ordered.index(chosen.action.action_id) if chosen.action.action_id in ordered else -1
    before = ordered[here - 1] if here > 0 else None
    after = ordered[here + 1] if 0 <= here < len(ordered) - 1 else None
    return html.Span(
        [
            step(view.query, before, "Action before", "chevron-left"),
            step(view.query, after, "Next action", "chevron-right"),
        ],
        className="sl-steps",
    )


def step(query: TimelineQuery, action_id: str | None, name: str, picture: str) -> html.A:
    """A link to a neighbouring action; without one it stays in its place but leads nowhere."""
    if action_id is None:
        return html.A(icon(picture), className="sl-icon-btn off", role="link", **{
            "aria-disabled": "true", "aria-label": name})  # fmt: skip
    href = addresses.timeline(query.factory, {**query.to_url(), "action": action_id})
    return html.A(
        icon(picture), href=href, className="sl-icon-btn",
        **{"aria-label": name, "data-action": action_id},
    )  # fmt: skip


def this_time(chosen: Aftermath, *, every_buyer: bool) -> html.Div:
    """The sentence, a row for each comparison, how many answers stand behind it, and what it was held against."""
    if all(row.change is None for row in chosen.rows):
        few = "Too few people answered in the weeks before or after it, so nothing is shown."
        return part([html.H3("This time"), states.few(few)])
    first, finding, last = after_parts(chosen)
    window = chosen.window
    still = html.Span([icon("hourglass-split"), progress(window)], className="sl-chip acc")
    low, high = scale(chosen.rows)
    return part(
        [
            html.Div([html.H3("This time"), still if window.is_open else None], className="sl-panel-h"),
            html.P([first, html.B(finding), last, quieter(chosen)], className="sl-finding"),
            html.Table(
                [
                    html.Caption("Before and after, row by row", className="visually-hidden"),
                    html.Tbody([comparison_row(row, low, high) for row in chosen.rows]),
                ],
                className="sl-table sl-compared",
            ),
            html.P(f"{answers(chosen)} {held_against(chosen, every_buyer=every_buyer)}", className="sl-micro"),
        ]
    )


def scale(rows: tuple[Comparison, ...]) -> tuple[int, int]:
    """The points that all dots and whiskers of the panel span, zero always among them."""
    changes = [row.change for row in rows if row.change]
    low = min([-10.0, *(change.low for change in changes)])
    high = max([10.0, *(change.high for change in changes)])
    return 2 * floor(low / 2), 2 * ceil(high / 2)


def comparison_row(row: Comparison, low: int, high: int) -> html.Tr:
    """One row: levels before and after in words, the difference as dot and whisker and as numbers."""
    if row.change is None or row.before is None or row.after is None:
        few = html.Span("too few people", className="sl-few")
        return html.Tr([html.Th(row.name, scope="row"), html.Td(few, colSpan=2, className="n")])
    levels = f"{whole(row.before.value)} before, {whole(row.after.value)} after"
    change = row.change
    likely = signed_range(change.low, change.high)
    number = html.B(signed(change.points), className=tone(change) if change.verdict in TONES else None)
    return html.Tr(
        [
            html.Th([row.name, html.Span(levels, className="sl-micro")], scope="row"),
            html.Td(whisker(change, low, high)),
            html.Td([number, html.Span(likely, className="sl-micro")], className="n"),
        ]
    )


def whisker(change: Change, low: int, high: int) -> html.Span:
    """A difference as a dot on its likely range, with a thin line at zero; coloured only when clear."""
    spoken = f"{signed(change.points)}, likely {signed_range(change.low, change.high)}"
    tone_of = TONES.get(change.verdict, 0)
    return effect_whisker(change.points, change.low, change.high, Span(low, high), tone_of, spoken)


def answers(chosen: Aftermath) -> str:
    """How many answers stand behind the row that the sentence is about."""
    row = headline(chosen)
    if row is None:
        return ""
    return f"{row.name}: {about(row.answers_before)} answers before, {about(row.answers_after)} after."


def part(children: list[Any]) -> html.Div:
    """One part of the panel, under a hairline."""
    return html.Div(children, className="sl-pad sl-panel-part")


def caution(*, both: bool) -> html.Div:
    """What "after" does not say, and where all of it is computed. It stands under every single action."""
    how = html.A([icon("info-circle"), "How is this computed?"], href=addresses.CASCADE, className="sl-why")
    said = f"{CAUTION}, so read both parts together." if both else f"{CAUTION}."
    return part([html.P(said, className="sl-micro"), html.P(how, className="sl-no-print")])
