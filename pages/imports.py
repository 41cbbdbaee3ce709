"""Imports: everything that is on its way in or came in, and the place where a file is brought."""

from typing import Any

from dash import html

from access.policy import current_viewer
from components.import_list import imports_page
from pages.registry import door, page

PERMISSION = "imports.bring"


@page("/imports", name="Imports", permission=PERMISSION)
def layout(**_: Any) -> html.Div:
    """Every import that the viewer may know of, and the place to bring a file."""
    return imports_page(door().imports(current_viewer()))
