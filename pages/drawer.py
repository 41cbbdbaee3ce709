"""The drawer over a page: drawn when the address names a score (`?explain=`), absent otherwise."""

from typing import Any

from dash import html

from access.policy import current_viewer
from access.viewer import NotAvailable
from components.explanation import explanation_drawer
from pages.registry import door

LONGEST_KEY = 80


def drawer(factory_id: str, wanted: Any, closing: str) -> html.Div | None:
    """How the score that an address names came about. Nothing where there is no such score, or none is shown."""
    if not isinstance(wanted, str) or not wanted or len(wanted) > LONGEST_KEY:
        return None
    try:
        return explanation_drawer(door().explained(current_viewer(), factory_id, wanted), closing)
    except NotAvailable:
        return None
