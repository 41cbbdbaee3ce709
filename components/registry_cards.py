"""Rows of factory lists beside the known factories that they may be, and what can be said of each."""

from typing import Any

from dash import html

from components import addresses, ids, states
from components.marks import icon
from scoring import registry_views as views
from scoring.registry_views import Compared, Decided, FactoryListsView, OpenReview, Possible
from scoring.words import count, counted, percent, short_day

MARKS = {
    views.SAME: ("check2", "same"),
    views.ALIKE: ("check2", "written otherwise"),
    views.NEAR: ("check2", "nearly the same"),
    views.DIFFERS: ("exclamation-circle", "differs"),
    views.ONE_SIDED: ("dash", "only on one side"),
}
"""The sign and the words for how two fields compare; what differs is also set in heavier letters."""


def review_cards(view: FactoryListsView) -> list[Any]:
    """The open questions, or that there are none."""
    if not view.open:
        text = [
            "When a factory list is loaded that links to the known factories (",
            html.Code("[link]"),
            " in its mapping), rows that may be one of them stand here until somebody decides.",
        ]
        nothing = states.nothing_yet("Nothing to decide", text, icon="check2-circle")
        return [html.Section(html.Div(nothing, className="sl-pad"), className="sl-card")]
    more = view.total - len(view.open)
    rest = [html.P(f"{counted(more, 'more row')} after these.", className="sl-small")] if more else []
    return [*(review_card(one) for one in view.open), *rest]


def lists(view: FactoryListsView) -> html.Nav | None:
    """The lists to look at one by one; the address remembers which. None where there is but one."""
    if len(view.sources) < 2 and view.source is None:
        return None
    whole = sum(number for _, number in view.sources)
    places = [("All", None, whole), *((name, name, number) for name, number in view.sources)]
    links = [
        html.A(
            [name, " ", html.Span(count(number), className="sl-micro")],
            href=addresses.factory_lists(source),
            **{"data-within": "true", **({"aria-current": "true"} if source == view.source else {})},
        )
        for name, source, number in places
    ]
    return html.Nav(links, className="sl-seg sl-rg-lists", **{"aria-label": "Which list"})


def review_card(one: OpenReview) -> html.Section:
    """One row: what it says, the factories that it may be, and the three things that can be said of it."""
    title = f"review-{one.number}"
    head = html.Div(
        [
            html.Div([html.H2(one.name, id=title), html.P(one.place or "No address", className="sl-small")]),
            html.Span(f"{one.source} · {short_day(one.at.date())}", className="sl-micro"),
        ],
        className="sl-card-h sl-rg-head",
    )
    others = [possible_part(one, known, first=not at) for at, known in enumerate(one.possible)]
    foot = html.Div(
        [
            deed("A new factory", f"new-{one.number}", one.name, "btn sl-btn"),
            deed("Not a factory, leave out", f"out-{one.number}", one.name, "btn sl-quiet"),
            html.Span("A new factory is made at the next load of this list.", className="sl-micro"),
        ],
        className="sl-acts sl-rg-foot sl-no-print",
    )
    body = html.Div([*others, foot], className="sl-pad")
    return html.Section([head, body], className="sl-card sl-rg", **{"aria-labelledby": title})


def possible_part(one: OpenReview, known: Possible, *, first: bool) -> html.Div | html.Details:
    """One factory that the row may be; only the likeliest is open at first."""
    inside = [
        html.P(known.why, className="sl-small"),
        comparison(one, known),
        html.Div(
            deed("Same factory", f"same-{one.number}-{known.factory_id}", f"{one.name} is {known.name}",
                 "btn btn-primary" if first else "btn sl-btn"),
            className="sl-acts sl-no-print",
        ),
    ]  # fmt: skip
    said = [html.B(known.name), html.Span(f"{known.factory_id} · {chance_words(known.chance)}", className="sl-micro")]
    if first:
        return html.Div([html.H3(said, className="sl-rg-known"), *inside], className="sl-rg-one")
    return html.Details([html.Summary(html.Span(said)), *inside], className="sl-rg-one")


def chance_words(chance: float) -> str:
    """How likely it is that both are one factory."""
    if chance < 0.01:
        return "unlikely, by the names"
    return f"chance {percent(min(chance, 0.99), 1)}"


def comparison(one: OpenReview, known: Possible) -> html.Table:
    """Every field of the row beside that of the known factory, with how they compare in words."""
    heads = [html.Th(html.Span("Field", className="visually-hidden"), scope="col")]
    heads += [html.Th(name, scope="col") for name in ("In the list", "Known", "Compared")]
    rows = [
        html.Tr([html.Th(field.name, scope="row"), side(field.arriving, field), side(field.known, field), mark(field)])
        for field in known.fields
    ]
    caption = html.Caption(f"{one.name} beside {known.name}", className="visually-hidden")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="sl-table sl-rg-table")


def side(text: str, field: Compared) -> html.Td:
    """A text of one side; heavier where the two differ, and a word where there is none."""
    if not text:
        return html.Td(html.Span("not said", className="sl-flat"))
    return html.Td(html.B(text) if field.how == views.DIFFERS else text)


def mark(field: Compared) -> html.Td:
    """How both sides compare, with a sign."""
    sign, words = MARKS[field.how]
    return html.Td(
        html.Span([icon(sign), words], className=f"sl-rg-how {'differs' if sign.startswith('excl') else ''}")
    )


def decided_card(decided: tuple[Decided, ...]) -> html.Section | None:
    """What was decided lately, each with the way back; None where nothing was."""
    if not decided:
        return None
    rows = [
        html.Tr(
            [
                html.Th(one.name, scope="row"),
                html.Td(one.said),
                html.Td(one.source),
                html.Td(f"{short_day(one.at.date())}, {one.at:%H:%M}", className="sl-num"),
                html.Td(deed("Ask again", f"again-{one.number}", one.name, "sl-link"), className="n sl-no-print"),
            ]
        )
        for one in decided
    ]
    last = html.Th(html.Span("What can be done", className="visually-hidden"), scope="col")
    heads = [*(html.Th(name, scope="col") for name in ("Row", "Said", "List", "When, UTC")), last]
    caption = html.Caption("Decided lately", className="visually-hidden")
    table = html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="sl-table sl-rg-done")
    note = html.P("A decision counts from the next load of the list on.", className="sl-small sl-pad")
    return html.Section(
        [html.Div(html.H2("Decided lately", id="decided-title"), className="sl-card-h"),
         html.Div(table, className="sl-scroll", tabIndex="0", role="region", **{"aria-label": "Decided lately"}), note],
        className="sl-card", **{"aria-labelledby": "decided-title"},
    )  # fmt: skip


def deed(words: str, what: str, about: str, look: str) -> html.Button:
    """One button; whoever does not see the row hears what it is about."""
    return html.Button(
        words, id=ids.list_deed(what), type="button", className=look, **{"aria-label": f"{words}: {about}"}
    )
