"""Service: what was loaded and released lately, for those who run Seamline."""

from typing import Any

from dash import dcc, html

from access.policy import current_viewer
from components import addresses
from components.service_tables import load_table, release_table
from pages.registry import door, page
from scoring.operation import ServiceView
from scoring.words import counted, release_text


@page("/service", name="Service", permission="service.view")
def layout(**_: Any) -> html.Div:
    """The newest releases and loads, and how many may sign in."""
    view = door().service(current_viewer())
    return html.Div(
        [
            html.Div(
                [
                    html.Div([html.H1("Service"), html.P(sentence(view))]),
                    html.Div(
                        [
                            dcc.Link("Factory lists", href=addresses.FACTORY_LISTS, className="btn sl-btn"),
                            dcc.Link("Accounts and invitations", href=addresses.ACCOUNTS, className="btn sl-btn"),
                        ],
                        className="sl-acts",
                    ),
                ],
                className="sl-head",
            ),
            html.Div(
                [
                    card("releases-title", "Releases", release_table(view.releases)),
                    card("loads-title", "Loads", load_table(view.loads)),
                ],
                className="sl-stack",
            ),
        ]
    )


def sentence(view: ServiceView) -> str:
    """What is served now and to how many."""
    newest = f"Showing {release_text(view.stamp)}" if view.stamp else "Nothing released yet"
    accounts = counted(view.accounts, "account")
    return f"{newest} · {accounts} in {counted(view.organisations, 'organisation')}"


def card(identifier: str, title: str, content: Any) -> html.Section:
    """One card of the page."""
    return html.Section(
        [html.Div(html.H2(title, id=identifier), className="sl-card-h"), content],
        className="sl-card",
        **{"aria-labelledby": identifier},
    )
