"""The form that invites somebody, and the link that it answers with."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from access.roles import ROLE_NAMES, Role
from components import ids
from components.account_tables import moment
from components.marks import icon
from scoring.accounts import LONGEST_NAME, OFFERED_DAYS, USUAL_DAYS, Choice, Guest, called
from scoring.words import counted

NEW = "new"


def invite_form(choices: Sequence[Choice]) -> html.Section:
    """The card that invites somebody: to whom, to which organisation, for how long."""
    return html.Section(
        [
            html.Div(html.H2("Invite somebody", id="invite-title"), className="sl-card-h"),
            html.Div(
                [
                    html.P(
                        "You get a link to send. Whoever opens it chooses a password and is in. It opens once.",
                        className="sl-small",
                    ),
                    html.Div(
                        [email_field(), organisation_field(choices), days_field()], className="sl-ac-form"
                    ),
                    new_fields(),
                    html.Div(
                        html.Button("Make the link", id=ids.accounts("invite"), type="button",
                                    className="btn btn-primary"),
                        className="sl-acts",
                    ),
                    html.Div(id=ids.accounts("invited"), **{"aria-live": "polite"}),
                ],
                className="sl-pad sl-ac-invite",
            ),
        ],
        className="sl-card sl-no-print",
        **{"aria-labelledby": "invite-title"},
    )  # fmt: skip


def field(label: str, control: Any, identifier: str) -> html.Div:
    """One labelled control."""
    return html.Div([html.Label(label, htmlFor=identifier, className="form-label"), control])


def email_field() -> html.Div:
    """The address of whoever is invited."""
    identifier = ids.accounts("email")
    control = dbc.Input(id=identifier, type="email", maxlength=254, autocomplete="off")
    return field("E-mail", control, identifier)


def organisation_field(choices: Sequence[Choice]) -> html.Div:
    """The organisations that are known, by kind, and a new one of each kind; the kind is the role."""
    identifier = ids.accounts("to")
    control = dbc.Select(id=identifier, options=offered(choices), placeholder="Choose…")
    return field("Role and organisation", control, identifier)


def offered(choices: Sequence[Choice]) -> list[dict[str, str]]:
    """What the list of organisations offers; the value holds the role and the identifier."""
    known = [
        {"label": f"{ROLE_NAMES[one.kind]}: {called(one)}", "value": chosen(one.kind, one.organisation)}
        for one in choices
    ]
    new = [{"label": f"{ROLE_NAMES[role]}: a new organisation…", "value": chosen(NEW, role)} for role in Role]
    return [*known, *new]


def chosen(kind: str, organisation: str) -> str:
    """The value of one organisation in the list."""
    return f"{kind}:{organisation}"


def days_field() -> html.Div:
    """For how long the link can be used."""
    identifier = ids.accounts("days")
    options = [{"label": counted(days, "day"), "value": str(days)} for days in OFFERED_DAYS]
    return field("Open for", dbc.Select(id=identifier, options=options, value=str(USUAL_DAYS)), identifier)


def new_fields() -> html.Div:
    """What is asked of a new organisation only; the style sheet hides it while a known one is chosen."""
    names = (("new-name", "Name of the new organisation"), ("new-id", "Identifier, as the data names it"))
    fields = [
        field(
            label,
            dbc.Input(id=ids.accounts(part), type="text", maxlength=LONGEST_NAME, autocomplete="off"),
            ids.accounts(part),
        )
        for part, label in names
    ]
    return html.Div(fields, className="sl-ac-form sl-ac-new")


def invited_note(guest: Guest, link: str) -> html.Div:
    """The link, shown this once, with a button that copies it."""
    identifier = ids.accounts("link")
    words = [html.B(f"Send this link to {guest.email}. "), "It is shown only now, opens once, and until ",
             html.Span(f"{moment(guest.expires_at)} UTC", className="sl-num"), "."]  # fmt: skip
    copy = html.Button(
        [icon("copy"), "Copy the link"], type="button", className="btn sl-btn", **{"data-copies": identifier}
    )
    shown = dbc.Input(id=identifier, type="text", value=link, readonly=True, className="sl-mono")
    label = html.Label("Link", htmlFor=identifier, className="visually-hidden")
    return html.Div([html.P(words), html.Div([label, shown, copy], className="sl-ac-link")], className="sl-ac-note")


def refused_note(text: str) -> html.P:
    """What was not done, and why."""
    return html.P([icon("exclamation-circle"), html.Span(text)], className="sl-ac-wrong", role="alert")


def done_note(text: str) -> html.P:
    """What was done."""
    return html.P([icon("check-circle"), html.Span(text)], className="sl-ac-done", role="status")
