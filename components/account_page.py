"""The operator's page of accounts, put together."""

from datetime import datetime

from dash import dcc, html

from access.roles import Role
from components import ids
from components.account_form import invite_form
from components.account_tables import account_cards
from scoring.accounts import AccountsView
from scoring.words import counted


def account_page(view: AccountsView, role: Role | None, now: datetime) -> html.Div:
    """The whole page: who is here, the form, the open invitations, the accounts."""
    return html.Div(
        [
            html.Div(
                html.Div([html.H1("Accounts"), html.P(sentence(view), id=ids.accounts("sentence"))]),
                className="sl-head",
            ),
            dcc.Store(id=ids.accounts("role"), data=str(role) if role else None),
            html.Div(id=ids.accounts("said"), **{"aria-live": "polite"}),
            html.Div(
                [
                    invite_form(view.choices),
                    html.Div(account_cards(view, role, now), id=ids.accounts("lists"), className="sl-stack"),
                ],
                className="sl-stack",
            ),
        ]
    )


def sentence(view: AccountsView) -> str:
    """How many may sign in, and how many are invited."""
    active = [[one for one in group.people if one.active] for group in view.groups]
    accounts = counted(sum(map(len, active)), "active account")
    organisations = counted(sum(map(bool, active)), "organisation")
    invited = counted(len(view.guests), "open invitation") if view.guests else "no open invitation"
    return f"{accounts} in {organisations} · {invited}"
