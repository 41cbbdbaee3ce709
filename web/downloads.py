"""Files to take away: the numbers of a page of indicators, and the chain behind one score."""

import json

from flask import Blueprint, Response, current_app, request

from access.policy import current_viewer
from access.viewer import NotAvailable, Viewer
from components.indicator_file import file_name, indicators_csv
from scoring.model import OVERALL, NoRelease
from scoring.query import IndicatorsQuery, key_in
from scoring.service import Door

blueprint = Blueprint("downloads", __name__, url_prefix="/download")


@blueprint.get("/indicators/<path:factory>")
def indicators(factory: str) -> Response:
    """What the page of the same address shows, as CSV. What is not there and what is not for the viewer are one."""
    door, viewer = asked()
    try:
        view = door.indicators(viewer, IndicatorsQuery.from_url(factory, request.args))
        chain = door.explained(viewer, factory, view.chosen.score.key if view.chosen else OVERALL)
    except NoRelease as problem:
        raise NotAvailable from problem
    return sent(indicators_csv(view, chain), "text/csv", file_name(view))


@blueprint.get("/explanation/<path:factory>")
def explanation(factory: str) -> Response:
    """The chain behind one score as JSON, the same that `flask scores --explain` prints."""
    door, viewer = asked()
    try:
        found = door.explanation(viewer, factory, key_in(request.args, "key") or OVERALL)
    except NoRelease as problem:
        raise NotAvailable from problem
    if found is None:
        raise NotAvailable
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in f"{factory}-{found.key or OVERALL}")[:80]
    return sent(json.dumps(found.as_numbers(), indent=1, default=str), "application/json", f"seamline-{safe}.json")


def asked() -> tuple[Door, Viewer]:
    """The door, and who asks."""
    return current_app.extensions["seamline.door"], current_viewer()


def sent(text: str, kind: str, name: str) -> Response:
    """A file to be kept, not shown."""
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
