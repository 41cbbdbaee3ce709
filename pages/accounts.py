"""Accounts: who may sign in, who is invited, and what an operator can do about it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.exceptions import PreventUpdate
from flask import current_app

from access.policy import current_viewer
from access.roles import Role
from components import ids
from components.account_form import NEW, chosen, done_note, invited_note, offered, refused_note
from components.account_page import account_page, sentence
from components.account_tables import account_cards
from pages.registry import door, on, page
from scoring.accounts import OFFERED_DAYS, AccountsView, NotDone, Wish

PERMISSION = "accounts.manage"
LINK_MAKER = "seamline.invitation_link"
LISTS, SENTENCE = ids.accounts("lists"), ids.accounts("sentence")
ROLE = ids.accounts("role")

Deed = tuple[Callable[[int], None], str]


@page("/accounts", name="Accounts", permission=PERMISSION)
def layout(role: Any = None, **_: Any) -> html.Div:
    """The page for the role that the address names; whatever else it names is every role."""
    return account_page(door().accounts(current_viewer()), role_of(role), datetime.now(UTC))


@on(
    Output(ids.accounts("invited"), "children"),
    Output(ids.accounts("email"), "value"),
    Output(ids.accounts("to"), "options"),
    Output(ids.accounts("to"), "value"),
    Output(LISTS, "children"),
    Output(SENTENCE, "children"),
    Input(ids.accounts("invite"), "n_clicks"),
    Input(ids.accounts("email"), "n_submit"),
    State(ids.accounts("email"), "value"),
    State(ids.accounts("to"), "value"),
    State(ids.accounts("new-name"), "value"),
    State(ids.accounts("new-id"), "value"),
    State(ids.accounts("days"), "value"),
    State(ROLE, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def invite_somebody(
    clicks: Any, submitted: Any, email: Any, to: Any, name: Any, identifier: Any, days: Any, role: Any
) -> tuple[Any, ...]:
    """The link of a new invitation, shown this once, and the lists anew; or what is wrong, and the form as it is."""
    if not (clicks or submitted):
        raise PreventUpdate
    try:
        welcome = door().invite(current_viewer(), wish_from(email, to, name, identifier, days))
    except NotDone as problem:
        return refused_note(str(problem)), *[no_update] * 5
    guest, view = welcome.guest, door().accounts(current_viewer())
    note = invited_note(guest, current_app.extensions[LINK_MAKER](guest.invitation_id, welcome.nonce))
    return note, "", offered(view.choices), chosen(guest.role, guest.organisation), *drawn(view, role)


@on(
    Output(ids.accounts("said"), "children"),
    Output(LISTS, "children", allow_duplicate=True),
    Output(SENTENCE, "children", allow_duplicate=True),
    Input(ids.account_deed(ALL), "n_clicks"),
    State(ROLE, "data"),
    permission=PERMISSION,
    prevent_initial_call=True,
)
def change_accounts(clicks: Any, role: Any) -> tuple[Any, Any, Any]:
    """What was done about an account or an invitation, and the lists anew."""
    if not isinstance(clicks, list) or not any(clicks):  # buttons that were only drawn anew
        raise PreventUpdate
    act, number, done = pressed(ctx.triggered_id)
    try:
        act(number)
    except NotDone as problem:
        said = refused_note(str(problem))
    else:
        said = done_note(done)
    return said, *drawn(door().accounts(current_viewer()), role)


def drawn(view: AccountsView, role: Any) -> tuple[Any, str]:
    """The lists as they are now, and the sentence over them."""
    return account_cards(view, role_of(role), datetime.now(UTC)), sentence(view)


def pressed(triggered: Any) -> tuple[Callable[[int], None], int, str]:
    """What the button that was pressed does, about whom, and what is said after; another one ends the callback."""
    deed = triggered.get("deed") if isinstance(triggered, dict) else None
    what, dash, number = deed.partition("-") if isinstance(deed, str) else ("", "", "")
    if not dash or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise PreventUpdate
    viewer, here = current_viewer(), door()
    known: dict[str, Deed] = {
        "disable": (lambda who: here.disable_account(viewer, who), "Disabled, and signed out in every browser."),
        "enable": (lambda who: here.enable_account(viewer, who), "The account can be used again."),
        "end": (lambda who: here.end_sessions(viewer, who), "Signed out in every browser."),
        "reset": (lambda who: here.reset_second_factor(viewer, who),
                  "The app is reset. A new one is set up at the next sign-in."),
        "revoke": (lambda which: here.take_back_invitation(viewer, which), "The invitation is taken back."),
    }  # fmt: skip
    if what not in known:
        raise PreventUpdate
    return known[what][0], int(number), known[what][1]


def wish_from(email: Any, to: Any, name: Any, identifier: Any, days: Any) -> Wish:
    """Who is to be invited to what, from whatever was posted. Only a new organisation takes a name."""
    kind, _, organisation = text(to).partition(":")
    period = int(days) if isinstance(days, str) and days in {str(one) for one in OFFERED_DAYS} else 0
    if kind == NEW:
        return Wish(text(email), organisation, text(identifier), text(name) or text(identifier), period)
    return Wish(text(email), kind, organisation, "", period)


def role_of(value: Any) -> Role | None:
    """The role that an address names, or None for all."""
    return Role(value) if isinstance(value, str) and value in list(Role) else None


def text(value: Any) -> str:
    """What was typed; nothing where something else was posted."""
    return value if isinstance(value, str) else ""
