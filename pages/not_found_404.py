"""What is shown for an address that leads nowhere."""

from typing import Any

from dash import html

from components import addresses, states
from pages.registry import page


@page("/not-found", name="Not found", permission="home.view")
def layout(**_: Any) -> html.Div:
    """The page that says so, and the way back."""
    return states.state(
        "signpost-split",
        "There is no page at this address",
        "The link may be old, or a letter is missing.",
        states.button("Go to the start", addresses.HOME),
        page=True,
    )
