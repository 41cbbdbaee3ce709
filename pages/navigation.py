"""The navigation over every page: which links work here, and which factory the page is about."""

from typing import Any
from urllib.parse import unquote

from dash import Input, Output

from access.levels import Level
from access.policy import current_viewer
from access.viewer import NotAvailable
from components import addresses, ids, shell
from pages.registry import door, on
from scoring.model import Factory, NoRelease

FACTORY_PAGES = ("overview", "timeline", "footprint", "indicators", "sharing")


@on(
    Output(ids.shell("nav"), "children"),
    Output(ids.shell("menu"), "children"),
    Output(ids.shell("scope"), "children"),
    Output("notice", "children"),
    Input("url", "pathname"),
    permission="home.view",
)
def show_way(pathname: Any) -> tuple[list[Any], list[Any], Any, list[Any]]:
    """Bar, phone menu and factory name for the address that is open; an old notice goes."""
    viewer = current_viewer()
    wanted = factory_of(pathname)
    factory = named(wanted) if wanted is not None else None
    here = pathname if isinstance(pathname, str) else ""
    level = viewer.level(factory.factory_id) if factory else Level.ACTIONS
    links = shell.navigation(viewer.role, factory.factory_id if factory else None, here, level, preview=viewer.preview)
    return links, links, shell.scope(factory.name if factory else None), []


def named(factory_id: str) -> Factory | None:
    """The factory, if this viewer may see it."""
    try:
        return door().factory(current_viewer(), factory_id)
    except (NotAvailable, NoRelease):
        return None


def factory_of(pathname: Any) -> str | None:
    """The factory that an address names, or None. It is only a wish until the door has answered."""
    if not isinstance(pathname, str) or not pathname.startswith(addresses.PREFIX):
        return None
    parts = pathname.removeprefix(addresses.PREFIX).split("/")
    if len(parts) == 2 and parts[0] in FACTORY_PAGES and parts[1]:
        return unquote(parts[1])
    return None
