"""All actions at one factory: what buyers did there, what usually follows, added up."""

from typing import Any
from urllib.parse import unquote

from dash import html

from access.policy import current_viewer, may
from access.viewer import NotAvailable
from pages.footprint import drawn
from pages.navigation import named
from pages.registry import page
from scoring.query import FootprintQuery


def title(factory: Any = None, **_: Any) -> str:
    """What the window is called: with the factory's name for whoever may see it, empty for others."""
    found = named(unquote(factory)) if isinstance(factory, str) else None
    return f"{found.name}: all actions" if found else ""


@page("/footprint/<factory>", name="Actions", permission="footprint.view", title=title)
def layout(factory: Any = None, **url: Any) -> html.Div:
    """All actions at the factory of the address. Whatever else in it is not valid falls back; nothing raises.

    A buyer, who sees no others’ actions, has a page of its own instead.
    """
    if not isinstance(factory, str) or not may(current_viewer(), "actions.all"):
        raise NotAvailable
    return drawn(FootprintQuery.from_url(unquote(factory), url))
