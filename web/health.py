"""Can the portal serve? Asked by whatever watches over it."""

import logging

from flask import Blueprint, Response, jsonify

from web.wiring import wiring

log = logging.getLogger("seamline.health")
blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """`ok` and the newest release's number (null before the first), or 503 and which store is mute."""
    store = "state"
    try:
        wiring().state.ping()
        store = "releases"
        number = wiring().release_number()
    except Exception:
        log.exception("the %s cannot be read", store)
        response = jsonify(status="unavailable", part=store)
        response.status_code = 503
        return response
    return jsonify(status="ok", release=number)
