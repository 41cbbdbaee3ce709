"""Composition root: wires settings, stores, guard, pages and commands. No logic of its own."""

from pathlib import Path
from typing import Any

import dash
from dash import Dash
from flask import Flask
from flask.cli import FlaskGroup
from flask_compress import Compress

import web
from access.policy import current_viewer
from access.viewer import NotAvailable
from components import shell, states
from data.home import Home
from data.release.reader import Releases
from data.settings import Settings
from data.state import State, StateNotOpen
from pages import attach_all
from scoring.service import Door
from web.commands import register_commands
from web.commands.answers import Refusal
from web.wiring import Wiring

ASSETS = Path(__file__).parent / "assets"


def create_app(settings: Settings | None = None) -> Flask:
    """The whole of Seamline as one Flask app: portal, sign-in, health and commands."""
    settings = settings or Settings()
    home = Home(settings.home).prepare()
    state = state_of(home, settings)
    releases = Releases(home, settings)
    door = Door(releases, state)
    app = Flask("seamline", static_folder=None, template_folder=str(Path(web.__file__).parent / "templates"))
    app.extensions["seamline.door"] = door
    Compress(app)
    portal = portal_on(app, door, settings)
    web.register(
        app,
        Wiring(
            settings=settings,
            home=home,
            state=state,
            owned=door.owned,
            factory_ids=door.factory_ids,
            callbacks=lambda: portal.callback_map,
            csp_hashes=portal.csp_hashes,
            release_number=door.release_number,
        ),
    )
    register_commands(app)
    return app


def state_of(home: Home, settings: Settings) -> State:
    """The state store of this home. Where it cannot be opened, every command ends with one sentence."""
    try:
        return State.open(home, settings)
    except StateNotOpen as problem:
        raise Refusal(str(problem)) from problem


def portal_on(app: Flask, door: Door, settings: Settings) -> Dash:
    """The Dash portal under `/app/`, with every registered page and callback."""
    portal = Dash(
        "seamline",
        server=app,
        url_base_pathname="/app/",
        assets_folder=str(ASSETS),
        use_pages=True,
        pages_folder="",
        suppress_callback_exceptions=True,
        enable_mcp=False,
        title="Seamline",
        update_title=None,
    )
    portal.index_string = shell.index_string("/app/assets/")
    attach_all(portal)
    portal.layout = lambda: frame(door, settings.source_url)
    return portal


def frame(door: Door, source: str | None) -> Any:
    """The frame around every page, for the one who asks."""
    try:
        viewer = current_viewer()
    except NotAvailable:
        return states.not_available()
    initials = viewer.role[:2].upper()
    return shell.layout(viewer.role, initials, door.stamp(), dash.page_container, source, door.seen_as(viewer))


def __getattr__(name: str) -> Any:
    """`app:server` for gunicorn, made when it is asked for, so that importing this module opens nothing."""
    if name == "server":
        globals()["server"] = create_app()
        return globals()["server"]
    raise AttributeError(name)


if __name__ == "__main__":
    FlaskGroup(create_app=create_app).main(args=["serve"], prog_name="flask")
