"""Who may sign in and who is invited, as tables with what an operator can do about each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from access.roles import ROLE_NAMES, Role
from components import addresses, ids, states
from components.marks import icon
from scoring.accounts import AccountsView, Group, Guest, Person
from scoring.words import short_day

PLURALS = {Role.OWNER: "Owners", Role.BUYER: "Buyers", Role.NGO: "NGOs", Role.OPERATOR: "Operators"}


def account_cards(view: AccountsView, role: Role | None, now: datetime) -> list[html.Section]:
    """The open invitations and the accounts, those of one role or all."""
    return [
        card("invitations-title", "Open invitations", None, guest_table(view.guests)),
        card("people-title", "Accounts", filters(role), people_table(view.groups, role, now)),
    ]


def card(identifier: str, title: str, beside: Any, content: Any) -> html.Section:
    """One card with its heading and what stands beside it."""
    head = html.Div([html.H2(title, id=identifier), beside], className="sl-card-h")
    return html.Section([head, content], className="sl-card", **{"aria-labelledby": identifier})


def filters(role: Role | None) -> html.Nav:
    """The roles to look at one by one; the address remembers which."""
    places: list[tuple[str, Role | None]] = [("All", None), *((PLURALS[one], one) for one in Role)]
    links = [
        html.A(
            name, href=addresses.accounts({"role": str(one)} if one else {}),
            **{"data-within": "true", **({"aria-current": "true"} if one is role else {})},
        )
        for name, one in places
    ]  # fmt: skip
    return html.Nav(links, className="sl-seg sl-ac-filter", **{"aria-label": "Which accounts"})


def guest_table(guests: Sequence[Guest]) -> html.Div | html.Table:
    """The invitations that can still be used, or what to do to make one."""
    if not guests:
        text = "An invitation that was sent and not yet used stands here until it runs out."
        return html.Div(states.nothing_yet("Nobody is invited right now", text, icon="envelope"), className="sl-pad")
    rows = [
        html.Tr(
            [
                html.Th(one.email, scope="row"),
                html.Td(organisation(one.name, one.organisation)),
                html.Td(ROLE_NAMES[one.role]),
                html.Td(moment(one.expires_at)),
                html.Td(html.Div(deed("revoke", one.invitation_id, "Take back", one.email), className="sl-ac-deeds")),
            ]
        )
        for one in guests
    ]
    return table("Open invitations", ("Invited", "Organisation", "Role", "Open until, UTC"), html.Tbody(rows), "inv")


def people_table(groups: Sequence[Group], role: Role | None, now: datetime) -> html.Div | html.Table:
    """The accounts by organisation."""
    shown = [group for group in groups if role in (None, group.kind)]
    if not shown:
        text = "Somebody appears here after using an invitation."
        return html.Div(states.nothing_yet("No account of this kind yet", text, icon="person"), className="sl-pad")
    bodies = [html.Tbody([group_row(group), *(person_row(one, now) for one in group.people)]) for group in shown]
    return table("Accounts", ("E-mail", "Last seen, UTC", "State", "Code from an app"), bodies, "ppl")


def table(caption: str, heads: Sequence[str], bodies: Any, name: str) -> html.Table:
    """A table that becomes cards on a phone; what can be done stands in its last column."""
    cells = [html.Th(head, scope="col") for head in heads]
    last = html.Th(html.Span("What can be done", className="visually-hidden"), scope="col")
    parts = bodies if isinstance(bodies, list) else [bodies]
    return html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(html.Tr([*cells, last])), *parts],
        className=f"sl-table sl-cards-s sl-ac {name}",
    )


def group_row(group: Group) -> html.Tr:
    """The organisation over its accounts."""
    words = [organisation(group.name, group.organisation), html.Span(ROLE_NAMES[group.kind], className="sl-micro")]
    return html.Tr(html.Th(html.Div(words, className="sl-ac-org"), colSpan=5, scope="rowgroup"), className="grp")


def person_row(one: Person, now: datetime) -> html.Tr:
    """One account, and what can be done about it."""
    own = html.Span("you", className="sl-chip acc") if one.self else None
    return html.Tr(
        [
            html.Th(html.Span([html.Span(one.email), own], className="sl-ac-who"), scope="row"),
            html.Td(seen(one, now)),
            html.Td(state_of(one)),
            html.Td(factor_of(one), className="" if one.second_factor is not None else "sl-ac-none"),
            html.Td(html.Div(deeds(one), className="sl-ac-deeds")),
        ]
    )


def deeds(one: Person) -> list[html.Button]:
    """The buttons of an account: only what would change something, and nothing that locks oneself out."""
    found = []
    if one.second_factor:
        found.append(deed("reset", one.user_id, "Reset app", one.email))
    if one.open_sessions:
        found.append(deed("end", one.user_id, "Sign out", one.email))
    if not one.active:
        found.append(deed("enable", one.user_id, "Enable", one.email))
    elif not one.self:
        found.append(deed("disable", one.user_id, "Disable", one.email))
    return found


def deed(what: str, number: int, words: str, email: str) -> html.Button:
    """One button; whoever does not see the row hears whom it is about."""
    return html.Button(
        words, id=ids.account_deed(f"{what}-{number}"), type="button", className="sl-link sl-no-print",
        **{"aria-label": f"{words}: {email}"},
    )  # fmt: skip


def seen(one: Person, now: datetime) -> Any:
    """When a person was last here; sessions are kept for a month, so longer ago is not known."""
    if one.seen_at is None:
        return html.Span("not yet" if (now - one.created_at).days < 30 else "not this month", className="sl-flat")
    if one.open_sessions:
        return html.Span(["signed in, ", html.Span(moment(one.seen_at), className="sl-num")])
    return html.Span(moment(one.seen_at), className="sl-num")


def state_of(one: Person) -> Any:
    """Whether an account can be used, as words with a mark where it cannot."""
    if one.active:
        return "Active"
    return html.Span([icon("slash-circle"), "Disabled"], className="sl-chip")


def factor_of(one: Person) -> Any:
    """Whether a second step is set up, for those who need one."""
    if one.second_factor is None:
        return html.Span("not asked for", className="sl-flat")
    if one.second_factor:
        return html.Span([icon("shield-check"), "Set up"], className="sl-chip good")
    return html.Span("at the next sign-in", className="sl-flat")


def organisation(name: str | None, identifier: str) -> html.Span:
    """What an organisation is called, with how the data names it where that differs."""
    if not name:
        return html.Span(identifier)
    return html.Span([name, " ", html.Span(identifier, className="sl-micro")])


def moment(at: datetime) -> str:
    """A moment to the minute: "20 Nov 2026, 04:10"."""
    return f"{short_day(at.date())}, {at:%H:%M}"
