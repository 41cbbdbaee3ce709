"""The cards of the page of consent: who asks, who may see what, what buyers let the factory see."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from access.levels import Level
from components import addresses, ids, states
from components.marks import icon
from scoring.effect_numbers import thousands, thousands_ends
from scoring.sharing_views import Asked, Share, SharingView
from scoring.sharing_words import ANSWERS, LEVEL_NAMES, NEVER, looks_text, until_text
from scoring.words import counted, country_name, day, short_day

FEW_WORDS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def level_mark(level: Level | None, names: Mapping[Level, str] = LEVEL_NAMES) -> html.Span:
    """Four small bars, filled as far as the level goes, and its name."""
    reached = 0 if level is None else int(level)
    bars = [html.I(className="on" if one <= reached else "") for one in Level]
    name = "Nothing" if level is None else names[level]
    return html.Span([html.Span(bars, className="sl-level", **{"aria-hidden": "true"}), name], className="sl-level-is")


def waiting_cards(view: SharingView) -> list[html.Section]:
    """One card for each open request of a buyer."""
    return [waiting_card(view, one) for one in view.waiting]


def waiting_card(view: SharingView, one: Asked) -> html.Section:
    """Who asks for how much, what agreeing means, and the three things that may be done."""
    level, factory_id = one.level.slug, view.factory.factory_id
    see = html.A([icon("eye"), "See what they would see"], className="btn sl-quiet",
                 href=addresses.preview(factory_id, one.party.buyer_id, level))  # fmt: skip
    agree = dcc.Link("Agree…", className="btn btn-primary",
                     href=addresses.sharing(factory_id, {"with": one.party.buyer_id, "level": level}))  # fmt: skip
    title = html.H2(f"{one.party.name} asks to see: {LEVEL_NAMES[one.level].lower()}")
    said = f"Asked {day(one.at.date())}. They see nothing until you agree, and you can stop at any moment."
    parts = [
        html.Div([title, html.Span("Waiting for you", className="sl-chip acc")], className="sl-ask-h"),
        html.P(said, className="sl-body2"),
        html.Blockquote(one.note, className="sl-quote") if one.note else None,
    ]
    acts = html.Div([see, deed("Decline", f"decline-{one.request_id}"), agree], className="sl-acts")
    return html.Section(html.Div([html.Div(parts), acts], className="sl-pad sl-ask"), className="sl-card sl-accented")


def deed(text: str, what: str, look: str = "sl-btn", **more: Any) -> html.Button:
    """A button that does something about consent."""
    return html.Button(text, id=ids.consent(what), type="button", className=f"btn {look}", **more)


def share_card(view: SharingView) -> html.Section:
    """Who may see what, until when, and when they looked last."""
    head = ("With", "They see", "Until", "Last look", "")
    body: Any = states.nothing_yet(
        "You share with nobody", "A buyer sees this factory only after you agree. Nothing is shared by default.",
        icon="key",
    )  # fmt: skip
    if view.shares:
        rows = [share_row(view, one) for one in view.shares]
        titles = [html.Th(name or html.Span("Change", className="visually-hidden"), scope="col") for name in head]
        caption = html.Caption("Who may see what", className="visually-hidden")
        body = html.Table([caption, html.Thead(html.Tr(titles)), html.Tbody(rows)], className="sl-table sl-cards-s")
    return card("shares-title", "Who may see what", body, html.Div(html.Span(NEVER), className="sl-src"))


def share_row(view: SharingView, one: Share) -> html.Tr:
    """One consent with what may be done about it."""
    factory_id, buyer = view.factory.factory_id, one.party
    last = "" if one.last_look is None else f"{short_day(one.last_look.date())}, "
    change = {"with": buyer.buyer_id, "level": one.level.slug}
    where = f"Buyer, {country_name(buyer.country)}" if buyer.country else "Buyer"
    acts = [
        html.A([icon("eye"), "View as"], href=addresses.preview(factory_id, buyer.buyer_id, one.level.slug),
               className="btn sl-quiet", **{"aria-label": f"See what {buyer.name} sees"}),
        dcc.Link("Change", href=addresses.sharing(factory_id, change), className="btn sl-quiet",
                 title=f"Change what {buyer.name} sees"),
        deed("Stop", f"stop-{buyer.buyer_id}", "sl-quiet", **{"aria-label": f"Stop sharing with {buyer.name}"}),
    ]  # fmt: skip
    return html.Tr(
        [
            html.Td([html.B(buyer.name), html.Br(), html.Span(where, className="sl-micro")], className="sl-name"),
            html.Td(level_mark(one.level)),
            html.Td(until_text(one.until), className="sl-num"),
            html.Td(f"{last}{looks_text(one.looks)}", className="sl-small"),
            html.Td(html.Div(acts, className="sl-acts sl-acts-end"), className="n"),
        ]
    )


def opened_card(view: SharingView, form: Any) -> html.Section:
    """What buyers let the factory see in return, and the way to ask for it."""
    items = [asked_item(one) for one in view.asked]
    said = (
        "Transparency runs both ways. A buyer that agrees lets you see the footprint of its own actions at all its "
        "suppliers together, as one number. No other supplier is named."
    )
    listed = html.Ul(items, className="sl-list") if items else None
    return card("opened-title", "Ask for the same from a buyer", html.Div(html.P(said, className="sl-body2"),
                className="sl-pad"), listed, form)  # fmt: skip


def asked_item(one: Asked) -> html.Li:
    """One question to a buyer, and what came of it."""
    state = html.Span(ANSWERS[one.answer], className=f"sl-chip{' good' if one.answer == 'agreed' else ''}")
    may_end = one.answer in (None, "agreed")
    back = deed("Withdraw", f"unask-{one.request_id}", "sl-quiet") if may_end else None
    parts = [html.B(one.party.name), " ", state, html.Span(f" asked {day(one.at.date())}", className="sl-micro")]
    return html.Li([html.Div(parts), opened_line(one), back])


def opened_line(one: Asked) -> html.P | None:
    """The footprint that a buyer lets the owner see, or that too few suppliers are behind it."""
    if one.opened is None:
        return None
    if one.opened.total is None:
        return html.P("Too few suppliers or actions are behind it to show it.", className="sl-small")
    total = one.opened.total
    number = f"{thousands(total.value)} thousand worker-week points, likely {thousands_ends(total)}"
    where = f"after about {counted(one.opened.actions, 'action')} at about {one.opened.factories} factories"
    return html.P(f"{number}, {where}.", className="sl-small sl-num")


def workers_card(view: SharingView) -> html.Section:
    """What workers are told about who looked."""
    others = view.people_looked
    many = FEW_WORDS.get(others, str(others))
    who = "Nobody else has" if others == 0 else f"{many} {'organisation has' if others == 1 else 'organisations have'}"
    text = f"“{who} looked at this factory’s results this month. Nobody can see who answered.”"
    return card("told-title", "What workers are told", html.Div(html.P(text, className="sl-body2"), className="sl-pad"))


def card(identifier: str, title: str, *content: Any, acts: Sequence[Any] = ()) -> html.Section:
    """A card with its heading."""
    return html.Section(
        [html.Div([html.H2(title, id=identifier), *acts], className="sl-card-h"), *content],
        className="sl-card", **{"aria-labelledby": identifier},
    )  # fmt: skip
