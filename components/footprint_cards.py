"""The cards of a footprint page: the sum and its kinds, what helped, the weeks after one kind, the largest actions."""

from typing import Any

from dash import html

from components import addresses, ids, states
from components import event_study_card as study_card
from components import footprint_words as words
from components.event_study_words import row_sentence
from components.file_links import file_links
from components.footprint_table import footprint_table
from components.look import Look
from components.marks import icon, mark
from components.sureness import sureness_chip
from scoring.cascade_views import Charged, FootprintView, Study
from scoring.cascade_words import NOT_ALONE, kind_parts
from scoring.effect_numbers import full_ends, in_full, thousands
from scoring.kind_words import after_kind
from scoring.words import short_day

NO_HELP = (
    "None of these actions is of a kind that may help, such as paying sooner, giving more time or steadier orders."
)


def sum_card(view: FootprintView) -> html.Section:
    """All actions together: the sum with its range, what it is not, and its kinds, the worst first."""
    first, middle, last = NOT_ALONE
    note = [icon("info-circle"), html.Span([first, html.B(middle), f"{last}{words.not_of(view)}."])]
    missing = words.small_print(view)
    return html.Section(
        [
            html.Div(
                [
                    html.Div([html.H2("All actions together", id="sum-title"), *total(view)]),
                    html.P(note, className="sl-note"),
                ],
                className="sl-pad sl-fp-sum",
            ),
            footprint_table(view),
            html.P(" ".join(missing), className="sl-pad sl-fp-missing sl-micro") if missing else None,
            html.Div(
                [
                    html.Span(words.source(view)),
                    html.Button([icon("download"), "CSV"], id=ids.footprint("csv"), type="button", className="sl-link"),
                    *file_links("footprint", view.query.factory, view.query.to_url(), twin_only=True),
                    html.Button([icon("image"), "PNG"], id=ids.footprint("png"), type="button", className="sl-link"),
                ],
                className="sl-src",
            ),
        ],
        className="sl-card", **{"aria-labelledby": "sum-title"},
    )  # fmt: skip


def total(view: FootprintView) -> list[Any]:
    """The sum as the one large number of the page, or why there is none."""
    if view.total is None:
        return [html.P([html.B("Not told yet. "), words.why_untold(view)], className="sl-fp-untold")]
    likely = [f"likely {full_ends(view.total)}", html.Br(), words.span(view)]
    number = html.Span(in_full(view.total.value), className="sl-display sl-fp-total")
    return [
        html.Div([number, html.Span(likely, className="sl-likely")], className="sl-hero-number"),
        html.P(f"Measured in: {view.row_name}.", className="sl-micro"),
    ]


def helped_card(view: FootprintView) -> html.Section:
    """What helped: every kind that may, said even when nobody can tell yet."""
    rows = [row for row in view.rows if row.sign > 0]
    said: list[Any] = [helped_line(*kind_parts(row)) for row in rows] or [html.P(NO_HELP, className="sl-small")]
    how = html.A([icon("info-circle"), "How is this computed?"], href=addresses.CASCADE, className="sl-why")
    return html.Section(
        html.Div([html.H2("What helped", id="helped-title"), *said, how], className="sl-pad sl-fp-helped"),
        className="sl-card", **{"aria-labelledby": "helped-title"},
    )  # fmt: skip


def helped_line(first: str, finding: str, last: str) -> html.P:
    """One sentence with its finding."""
    return html.P([first, html.B(finding), last])


def study_part(view: FootprintView, study: Study, look: Look) -> html.Section:
    """The weeks around the chosen kind."""
    usual = study.usual
    title = after_kind(usual.kind, usual.kind_name)
    head = [
        mark(usual.token),
        html.H2(title[0].upper() + title[1:], id="study-title", className="sl-grow"),
        sureness_chip(usual.sureness, usual.effect.value if usual.effect else None),
    ]
    own = words.is_own(view)
    return html.Section(
        [
            html.Div(
                [
                    html.Div(head, className="sl-panel-h"),
                    *study_card.reading([study], view.coverage, own=own, here=not own),
                ],
                className="sl-pad sl-study-h",
            ),
            html.Div(
                study_card.event_study_picture(ids.footprint("study"), [study], look, titled=False),
                className="sl-picture",
            ),
            html.P(row_sentence(study), className="sl-pad sl-small sl-study-said"),
            study_card.foot(f"{words.who(view)} · release {view.stamp.release}", [study], ids.footprint("study-csv"),
                            ids.footprint("study-png")),
        ],
        className="sl-card", **{"aria-labelledby": "study-title"},
    )  # fmt: skip


def largest_card(view: FootprintView) -> html.Section | None:
    """The single actions with most points; each leads to its place on the timeline where that may be opened."""
    if not view.largest:
        return None
    every = None
    if view.factory is not None:
        href = addresses.timeline(view.factory.factory_id, {"period": view.query.period})
        every = html.A("Timeline", href=href, className="sl-why")
    items = [largest_item(view, one) for one in view.largest]
    return html.Section(
        [
            html.Div([html.H2("Largest single actions", id="largest-title"), every], className="sl-card-h"),
            html.Ul(items, className="sl-list sl-fp-largest"),
        ],
        className="sl-card", **{"aria-labelledby": "largest-title"},
    )  # fmt: skip


def largest_item(view: FootprintView, one: Charged) -> html.Li:
    """One action: where (or, at one factory, by whom), when, and its part of the sum."""
    own = words.is_own(view)
    name = one.factory if own else one.action.kind_name
    told: Any = html.B(name)
    if one.seen:
        spoken = f"{one.action.kind_name}, {name}, {short_day(one.action.date)}" if own else None
        named = {"aria-label": spoken} if spoken else {}
        told = html.A(name, href=on_timeline(view, one), className="sl-row-link", **named)
    line = words.charged_line(one, own=own)
    buyer = "" if own else f"{one.action.buyer_name} · "
    return html.Li(
        [
            mark(one.action.token),
            told,
            html.B(thousands(one.points), className="sl-num"),
            html.Span(f"{buyer}{line}", className="sl-small"),
        ]
    )


def on_timeline(view: FootprintView, one: Charged) -> str:
    """Where the action is drawn: the timeline of its factory, over a period that reaches back to it."""
    back = (view.last - one.action.date).days
    period = "1y" if back < 364 else "2y" if back < 729 else "all"
    values = {"action": one.action.action_id} | ({} if period == "1y" else {"period": period})
    return addresses.timeline(one.factory_id, values)


def nothing_done(view: FootprintView) -> html.Div:
    """What stands in place of everything where nothing was done in the period, and what to do."""
    own, query = words.is_own(view), view.query
    if query.period != "all":
        whose = "None of your actions" if own else "No buyer action"
        text = f"{whose} is recorded in these {words.PERIOD_WORDS[query.period]}. A longer period may show some."
        wider = states.button("Show all the time", addresses.footprint(query.factory, {"period": "all"}))
        return states.nothing_yet("No actions in this period", text, "calendar2", wider)
    text = "Actions appear here once they are loaded, or found in the orders, and a release was made after them."
    return states.nothing_yet("No actions yet", text, "calendar2")
