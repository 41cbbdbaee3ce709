"""The forms about consent: with whom, how much, until when; asking a buyer; asking a supplier."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from access.levels import SLUGS, Level
from components import ids
from components.sharing_cards import card, deed
from scoring.sharing_views import Party, SharingView
from scoring.sharing_words import LEVEL_NAMES, SHOWS
from scoring.words import country_name

DURATIONS: Mapping[str, tuple[str, int]] = {
    "6m": ("half a year", 182),
    "1y": ("one year", 365),
    "2y": ("two years", 730),
    "3m": ("three months", 91),
}
FOREVER = "open"


def last_day(duration: object, today: date) -> str | None:
    """The last day of a consent of that length, as the door reads it; None: until it is stopped."""
    found = DURATIONS.get(duration) if isinstance(duration, str) else None
    return (today + timedelta(days=found[1])).isoformat() if found else None


def party_choices(parties: Sequence[Party]) -> list[dict[str, str]]:
    """Buyers to choose from."""
    return [
        {"label": f"{one.name}, {country_name(one.country)}" if one.country else one.name, "value": one.buyer_id}
        for one in parties
    ]


def share_form(view: SharingView, chosen: str | None, level: str | None) -> html.Section:
    """With whom to share, how much, until when; filled in where the address names somebody."""
    known = {one.buyer_id for one in view.partners}
    if not view.partners:
        text = "As soon as a buyer is named in orders or actions here, or asks for access, you can share with it."
        return card(
            "share-title", "Share with someone", html.Div(html.P(text, className="sl-body2"), className="sl-pad")
        )
    buyer = chosen if chosen in known else None
    fields = [
        field("With", ids.sharing("who"), dbc.Select(
            id=ids.sharing("who"), options=party_choices(view.partners), value=buyer, placeholder="Choose a buyer")),
        html.Fieldset([html.Legend("They see", className="form-label"), level_radio(level)]),
        field("Until", ids.sharing("until"), dbc.Select(
            id=ids.sharing("until"), value="1y",
            options=[{"label": name, "value": key} for key, (name, _) in sorted(DURATIONS.items(), key=length)]
            + [{"label": "until you stop", "value": FOREVER}])),
        html.Div([deed("Share", "share", "btn-primary")], className="sl-acts"),
    ]  # fmt: skip
    return card("share-title", "Share with someone", html.Div(fields, className="sl-pad sl-form"))


def length(entry: tuple[str, tuple[str, int]]) -> int:
    """How many days a duration has."""
    return entry[1][1]


def level_radio(
    level: str | None, names: Mapping[Level, str] = LEVEL_NAMES, shows: Mapping[Level, str] = SHOWS
) -> dbc.RadioItems:
    """The levels with what each shows."""
    options: list[Any] = [
        {"label": html.Span([html.B(names[one]), html.Span(shows[one], className="sl-small")]), "value": one.slug}
        for one in Level
    ]
    value = level if level in SLUGS else Level.THEMES.slug
    return dbc.RadioItems(id=ids.sharing("level"), options=options, value=value, className="sl-levels")


def field(name: str, identifier: str, content: Any) -> html.Div:
    """A field under its name."""
    return html.Div([html.Label(name, htmlFor=identifier, className="form-label"), content])


def ask_buyer_form(view: SharingView) -> html.Div | None:
    """Whom to ask for its footprint, with a note."""
    if not view.partners:
        return None
    fields = [
        field("Buyer", ids.sharing("ask-who"), dbc.Select(
            id=ids.sharing("ask-who"), options=party_choices(view.partners), placeholder="Choose a buyer")),
        note_field(),
        html.Div([deed("Ask", "ask")], className="sl-acts"),
    ]  # fmt: skip
    return html.Div(fields, className="sl-pad sl-form")


def note_field() -> html.Div:
    """A few words with a request."""
    name = ids.sharing("note")
    return field("Note, if you like", name, dcc.Textarea(id=name, rows=2, maxLength=300, className="form-control"))
