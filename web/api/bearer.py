"""Who sends: the token of an organisation, in the Authorization header. No cookie is looked at here."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, g, request
from sqlalchemy.exc import OperationalError

from access import policy
from access.roles import Role
from access.viewer import Viewer
from data.imports.lodging import LARGEST
from data.state.tokens import Token, is_whole, note_use, open_token
from web.api.problems import Problem
from web.wiring import wiring

log = logging.getLogger("seamline.api")

PREFIX = "/api/"
ENDPOINTS = "pushes."
"""How the names of all routes begin that need a token."""
REALM = 'Bearer realm="Seamline"'
NONE = "Send your organisation's token in the header Authorization: Bearer slt_…"
TORN = "This is not a whole token. It begins with slt_ and ends with its own check letters; copy it once more."
CLOSED = "This token opens nothing: it is unknown, over or taken back. Ask the operator for a new one."


@dataclass(frozen=True)
class Sender:
    """Who sends: the token, and the viewer that it makes."""

    token: Token
    viewer: Viewer


def register(app: Flask) -> None:
    """Nothing; who sends is known before anything of a push is read. Call it after the guard, before limits."""
    app.before_request(admit)


def admit() -> None:
    """Nothing; a request for a push has its sender, and may be as large as an upload. Raises Problem."""
    if request.endpoint is None or not request.endpoint.startswith(ENDPOINTS):
        return
    sender = sender_of(request.headers.get("Authorization", ""))
    policy.enter(sender.viewer)
    g.sender = sender
    request.max_content_length = LARGEST


def sender_of(header: str) -> Sender:
    """Whose token this header holds. Raises Problem: one 401 for what is unknown, over or taken back."""
    scheme, _, word = header.strip().partition(" ")
    word = word.strip()
    if scheme.casefold() != "bearer" or not word:
        raise Problem(401, NONE, {"WWW-Authenticate": REALM})
    refused = {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}
    if not is_whole(word):
        raise Problem(401, TORN, refused)
    now = datetime.now(UTC)
    with wiring().state.look() as look:
        token = open_token(look, word, now)
    if token is None:
        raise Problem(401, CLOSED, refused)
    if token.used_on != now.date():
        note(token, now)
    return Sender(token, Viewer(0, Role(token.organisation_kind), token.organisation))


def note(token: Token, now: datetime) -> None:
    """Nothing; the day of use is noted, unless the store is busy: the next use notes it then."""
    try:
        with wiring().state.change(hasty=True) as change:
            note_use(change, token.id, now)
    except OperationalError:
        log.info("the state store is busy, so the use of a token was not noted")


def current_sender() -> Sender:
    """Who sends this request."""
    found: Sender = g.sender
    return found


def token_asking() -> str:
    """Under which name a push is counted: its token's."""
    return f"token {current_sender().token.id}"
