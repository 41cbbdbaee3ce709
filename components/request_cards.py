"""The cards of a buyer's page of access: suppliers and what they share, what was asked, what owners ask."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from access.levels import Level
from components import addresses, ids, states
from components.sharing_cards import card, deed, level_mark
from components.sharing_forms import field, level_radio, note_field
from scoring.sharing_views import Asked, RequestsView, Supplier
from scoring.sharing_words import ANSWERS, SHOWS_YOU, YOURS
from scoring.words import day, place


def supplier_card(view: RequestsView) -> html.Section:
    """Every supplier with what it shares; those that share nothing first, as there is something to do."""
    if not view.suppliers:
        text = "Factories appear here once orders, actions or a supply relation name you as their buyer."
        return card("suppliers-title", "Your suppliers", states.nothing_yet("No suppliers yet", text, icon="building"))
    ordered = sorted(view.suppliers, key=lambda one: (one.level or 0, one.factory.name))
    heads = [html.Th(name, scope="col") for name in ("Supplier", "You see", "Until")]
    last = html.Th(html.Span("Ask", className="visually-hidden"), scope="col")
    caption = html.Caption("Suppliers and what they share", className="visually-hidden")
    rows = html.Tbody([supplier_row(one) for one in ordered])
    table = html.Table([caption, html.Thead(html.Tr([*heads, last])), rows], className="sl-table sl-cards-s")
    return card("suppliers-title", "Your suppliers", table)


def supplier_row(one: Supplier) -> html.Tr:
    """One supplier; its name opens it where it shares something."""
    factory = one.factory
    name = dcc.Link(factory.name, href=addresses.overview(factory.factory_id), className="sl-row-link")
    until = "" if one.level is None else "until it stops" if one.until is None else f"until {day(one.until)}"
    more = one.level is None or one.level < Level.ACTIONS
    act = html.Span("Asked", className="sl-chip") if one.waiting else None
    if more and not one.waiting:
        href = addresses.requests({"factory": factory.factory_id})
        act = dcc.Link("Ask for more" if one.level else "Ask", href=href, className="btn sl-quiet",
                       title=f"Ask {factory.name} for access")  # fmt: skip
    return html.Tr(
        [
            html.Td([name if one.level else html.B(factory.name), html.Span(place(factory), className="sl-micro")],
                    className="sl-name"),
            html.Td(level_mark(one.level, YOURS)),
            html.Td(until, className="sl-num"),
            html.Td(act, className="n"),
        ]
    )  # fmt: skip


def ask_form(view: RequestsView, chosen: str | None, level: str | None) -> html.Section:
    """Which supplier to ask for how much, with a note."""
    open_ones = [one for one in view.suppliers if not one.waiting and (one.level is None or one.level < Level.ACTIONS)]
    if not open_ones:
        text = html.P("There is no supplier to ask at the moment.", className="sl-body2")
        return card("ask-title", "Ask a supplier", html.Div([text, html.Div(empty_fields(), hidden=True)],
                                                            className="sl-pad"))  # fmt: skip
    known = {one.factory.factory_id for one in open_ones}
    name = ids.sharing("who")
    options = [{"label": one.factory.name, "value": one.factory.factory_id} for one in open_ones]
    fields = [
        field("Supplier", name, dbc.Select(id=name, options=options, value=chosen if chosen in known else None,
                                             placeholder="Choose a supplier")),
        html.Fieldset([html.Legend("You would see", className="form-label"), level_radio(level, YOURS, SHOWS_YOU)]),
        note_field(),
        html.Div([deed("Ask", "ask", "btn-primary")], className="sl-acts"),
    ]  # fmt: skip
    return card("ask-title", "Ask a supplier", html.Div(fields, className="sl-pad sl-form"))


def empty_fields() -> list[Any]:
    """The fields of the form with nothing in them: the callback of the page reads them whatever is pressed."""
    return [dbc.Select(id=ids.sharing("who")), dbc.RadioItems(id=ids.sharing("level")),
            dcc.Textarea(id=ids.sharing("note"))]  # fmt: skip


def asked_card(view: RequestsView) -> html.Section | None:
    """What was asked of suppliers, and what came of it."""
    if not view.asked:
        return None
    return card("asked-title", "What you asked", html.Ul([asked_item(one) for one in view.asked], className="sl-list"))


def asked_item(one: Asked) -> html.Li:
    """One request of this buyer."""
    where = one.factory.name if one.factory else one.factory_id
    state = html.Span(ANSWERS[one.answer], className=f"sl-chip{' good' if one.answer == 'agreed' else ''}")
    back = deed("Withdraw", f"withdraw-{one.request_id}", "sl-quiet") if one.answer is None else None
    said = html.Span(f"{YOURS[one.level]}, asked {day(one.at.date())}", className="sl-small")
    return html.Li([html.Div([html.B(where), " ", state]), said, back])


def from_owners_card(view: RequestsView) -> list[html.Section]:
    """What owners ask of this buyer, where any does."""
    if not view.from_owners:
        return []
    said = (
        "An owner asks to see the footprint of your own actions at all your suppliers together, as one number with its "
        "range. No supplier is named, and of fewer than five suppliers nothing is told."
    )
    items = html.Ul([owner_item(one) for one in view.from_owners], className="sl-list")
    return [card("owners-title", "Suppliers ask you", html.Div(html.P(said, className="sl-body2"), className="sl-pad"),
                 items)]  # fmt: skip


def owner_item(one: Asked) -> html.Li:
    """One question of an owner, with the answers that may be given."""
    where = one.factory.name if one.factory else one.factory_id
    state = html.Span(ANSWERS[one.answer], className=f"sl-chip{' good' if one.answer == 'agreed' else ' acc'}")
    acts = [deed("Agree", f"agree-{one.request_id}", "btn-primary"), deed("Decline", f"decline-{one.request_id}")]
    ends = [deed("Stop", f"end-{one.request_id}", "sl-quiet")]
    buttons = acts if one.answer is None else ends if one.answer == "agreed" else []
    note = html.Blockquote(one.note, className="sl-quote") if one.note else None
    return html.Li([html.Div([html.B(where), " ", state]), note, html.Div(buttons, className="sl-acts")])
