"""Looks: what the own people opened, as the factories read it; for the operator, the whole trail."""

from typing import Any

from dash import html

from access.policy import current_viewer
from components import addresses
from components.look_table import look_lines
from components.marks import icon
from components.sharing_cards import card
from pages.registry import door, page
from scoring.sharing_views import LooksView


@page("/looks", name="Looks", permission="looks.view")
def layout(**_: Any) -> html.Div:
    """The newest lines of the trail that this person may read."""
    view = door().looks(current_viewer())
    download = html.A([icon("download"), "CSV"], href=addresses.looks_file(None))
    kept = html.Div([html.Span(kept_text(view)), download], className="sl-src")
    head = html.Div([html.H1("Who looked"), html.P(sentence(view))])
    return html.Div(
        [
            html.Div(head, className="sl-head"),
            html.Div(
                card("looks-title", "The trail", look_lines(view.lines, of_many=True), kept), className="sl-stack"
            ),
        ]
    )


def sentence(view: LooksView) -> str:
    """Whose lines these are, and who else reads them."""
    if not view.all_of:
        return "Everything that anybody opened or did. Each owner reads what concerns the own factory."
    return f"What the people of {view.all_of} opened or did. Each factory sees what was opened of it."


def kept_text(view: LooksView) -> str:
    """How far the list goes, and that it stays."""
    newest = f"The newest {len(view.lines)} lines. " if view.more else ""
    return f"{newest}Every look is recorded and cannot be edited."
