"""The drawer that explains one score: five steps with its own inputs, its ranges, its evidence, the sum.

It is drawn by the server whenever the address names a score, so it can be sent as a link and needs no script but for
focus and Escape (`assets/view/36-drawer.js`).
"""

from math import isnan

from dash import dcc, html

from components import addresses
from components.dot_whisker import axis, close_scale, dot_whisker
from components.marks import icon
from scoring import explanation_words as told
from scoring.explanations import Part
from scoring.model import OVERALL
from scoring.views import ExplainedView
from scoring.words import score_text, whole

TITLE = "explanation-title"
AS_USUAL = "taken as usual at similar factories"


def why(key: str, href: str, text: str = "How is this computed?", *, of: str = "") -> html.A:
    """The link that opens the drawer of a score; `of` names the score where the words alone would not."""
    named = {"aria-label": f"{text} {of}"} if of else {}
    words: list[object] = [icon("info-circle"), text] if not of else [icon("info-circle")]
    return html.A(words, href=href, className="sl-why", **{"data-within": "true", "data-explains": key}, **named)


def explanation_drawer(view: ExplainedView | None, closing: str) -> html.Div | None:
    """The drawer over the page; `closing` is the address of the page without it. Nothing without a view."""
    if view is None:
        return None
    close = {"data-within": "true", "aria-label": "Close", "data-closes": "true"}
    shut = html.A(icon("x-lg"), href=closing, className="sl-icon-btn", **close)
    behind = html.A(
        "", href=closing, className="sl-scrim", tabIndex=-1, **{"data-within": "true", "aria-hidden": "true"}
    )
    panel = html.Div(
        [
            html.Div([html.H2(told.heading(view), id=TITLE), shut], className="sl-drawer-h"),
            html.P(told.subject(view), className="sl-drawer-sub"),
            html.Ol(
                [step(number, one) for number, one in enumerate(told.steps(view), 1)], className="sl-list sl-chain"
            ),
            parts_table(view),
            ranges(view),
            html.Div([facts(view), actions(view)], className="sl-drawer-end"),
        ],
        className="sl-drawer",
        role="dialog",
        tabIndex=-1,
        **{"aria-modal": "true", "aria-labelledby": TITLE},
    )
    return html.Div([behind, panel], className="sl-drawer-place", **{"data-drawer": view.explanation.key or OVERALL})


def step(number: int, one: told.Step) -> html.Li:
    """One step: its number, what is done, what comes out, and the sentence."""
    return html.Li(
        [
            html.Span(str(number), className="sl-step", **{"aria-hidden": "true"}),
            html.B(one.title),
            html.Span(one.value, className="sl-num"),
            html.Span(one.text, className="sl-small"),
        ]
    )


def parts_table(view: ExplainedView) -> html.Details | None:
    """What the score is the mean of, each with its level and what similar factories have."""
    parts = view.explanation.parts
    if not parts:
        return None
    told_peers = any(part.peer_mean is not None for part in parts)
    heads = ("Part", "Before it is steadied", *(["Similar factories"] if told_peers else []), "Counts")
    head = html.Thead(html.Tr([html.Th(name, scope="col", className="n" if i else "") for i, name in enumerate(heads)]))
    table = html.Table([head, html.Tbody([part_row(part, view.part_names[part.key], told_peers) for part in parts])])
    table.className = "sl-table sl-parts"
    word = "questions" if view.explanation.key else "themes"
    box = html.Div(table, className="sl-table-box", tabIndex=0, role="region", **{"aria-label": f"The {word}"})
    return html.Details([html.Summary([icon("table"), f"Show the {word}"]), box], className="sl-twin sl-drawer-parts")


def part_row(part: Part, name: str, told_peers: bool) -> html.Tr:
    """One question or theme; where it is missing, what stands in for it, or that something does."""
    stands_in = "missing" if told_peers else AS_USUAL
    level = stands_in if part.level is None else str(whole(part.level))
    share = f"{whole(100 * part.weight)}\u00a0%" if part.weight else "–"
    peers = "–" if part.peer_mean is None or isnan(part.peer_mean) else str(whole(part.peer_mean))
    shown = (level, peers, share) if told_peers else (level, share)
    cells = [html.Td(text, className="w" if text == AS_USUAL else "n") for text in shown]
    return html.Tr([html.Td(name), *cells])


def ranges(view: ExplainedView) -> html.Div:
    """The score on a close scale with both ranges and similar factories, and what they mean."""
    e = view.explanation
    score, outer = told.score_of(e), told.outer_of(e)
    scale = close_scale((score, outer, e.standing))
    picture = dot_whisker(score, scale, overall=True, outer=outer, standing=e.standing)
    said = html.P(told.range_text(e), className="sl-small")
    return html.Div([html.B(score_text(score)), picture, axis(scale), said], className="sl-drawer-range")


def facts(view: ExplainedView) -> html.Dl:
    """What is left out, the evidence, others, and the method with the sum."""
    found: list[html.Dt | html.Dd] = []
    for term, text in told.facts(view):
        found += [html.Dt(term), html.Dd(text)]
    total = told.sum_text(view.explanation)
    if total:
        found += [html.Dt("The sum"), html.Dd(html.Span(total, className="sl-mono"))]
    return html.Dl(found, className="sl-kv")


def actions(view: ExplainedView) -> html.Div:
    """The numbers as a file, and the way to the method."""
    key = view.explanation.key or OVERALL
    href = addresses.explanation_file(view.factory.factory_id, key)
    numbers = html.A([icon("download"), "These numbers (JSON)"], href=href, className="btn sl-btn", download="")
    method = dcc.Link(["Read the method ", icon("arrow-right")], href=addresses.METHOD, className="btn sl-quiet")
    return html.Div([numbers, method], className="sl-acts")
