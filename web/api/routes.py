"""The routes by which programs push data, and are told what became of it."""

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from access.viewer import Viewer
from data.imports.lodging import LARGEST
from data.readers.kinds import KINDS
from data.state.tokens import Token
from scoring.pushes import FILES, NotFitting, Push, Sending, columns_of, kinds_of
from scoring.service import Door
from web.api.answers import address_of, receipt_of, status_of
from web.api.bearer import current_sender
from web.api.bodies import KEY, MEDIA, SOURCE, Accepted, canonical, quoted
from web.api.problems import Problem

NO_KEY = (
    "Send an Idempotency-Key: 1 to 200 visible ASCII characters, another for each push. With it a push that you repeat "
    "after a lost answer is kept once."
)
LARGE = "The body is larger than 20 MB, the most that one push may hold. Send it in several."

blueprint = Blueprint("pushes", __name__, url_prefix="/api/v1")


@blueprint.post("/answers", defaults={"kind": "answers"})
@blueprint.post("/orders", defaults={"kind": "orders"})
@blueprint.post("/actions", defaults={"kind": "actions"})
def push(kind: str) -> Response:
    """The receipt of a new import, or the one that the same key got before."""
    sender = current_sender()
    if kind not in sender.token.kinds or kind not in kinds_of(sender.viewer):
        raise Problem(403, f"This token may not send {kind}. It may send {quoted(sender.token.kinds)}.")
    key, media = key_sent(), media_sent()
    accepted = Accepted(KINDS[FILES[kind]], columns_of(sender.viewer, kind))
    content, inside = canonical(body_sent(), media, accepted)
    sending = Sending(kind, content, source_sent(inside), key)
    try:
        made = door().push(sender.viewer, sender.token, sending)
    except NotFitting as problem:
        raise Problem(422, str(problem)) from None
    response = jsonify(receipt_of(made))
    response.status_code = 200 if made.replayed else 202
    response.headers["Location"] = address_of(made)
    if made.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


@blueprint.get("/imports/<public_id>")
def status(public_id: str) -> Response:
    """A push as it stands. What is another organisation's, and what is not there, are one."""
    return jsonify(status_of(door().push_of(*asking(), public_id)))


@blueprint.post("/imports/<public_id>/load")
def load(public_id: str) -> Response:
    """The push, which is loaded next. Asked twice it is done once, so it needs no key."""
    return moved(public_id, cancel=False)


@blueprint.delete("/imports/<public_id>")
def cancel(public_id: str) -> Response:
    """The push, which is over."""
    return moved(public_id, cancel=True)


@blueprint.get("/imports/<public_id>/left-out.csv")
def left_out(public_id: str) -> Response:
    """The rows that were left out, each with its line and reason."""
    return Response(door().push_left_out(*asking(), public_id), content_type="text/csv; charset=utf-8")


def moved(public_id: str, *, cancel: bool) -> Response:
    """The push after it was loaded or cancelled. Raises Problem where it stands elsewhere."""
    try:
        made: Push = (door().cancel_push if cancel else door().load_push)(*asking(), public_id)
    except NotFitting as problem:
        raise Problem(409, str(problem)) from None
    response = jsonify(status_of(made))
    response.status_code = 200 if cancel else 202
    return response


def door() -> Door:
    """The door through which everything is read and done."""
    found: Door = current_app.extensions["seamline.door"]
    return found


def asking() -> tuple[Viewer, Token]:
    """Who asks, and by which token."""
    sender = current_sender()
    return sender.viewer, sender.token


def key_sent() -> str:
    """The Idempotency-Key. Raises Problem."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Problem(400, NO_KEY)
    return key


def media_sent() -> str:
    """The media type of the body. Raises Problem."""
    charset = request.mimetype_params.get("charset", "utf-8").casefold()
    packed = request.headers.get("Content-Encoding", "identity").casefold() != "identity"
    if request.mimetype not in MEDIA or charset not in ("utf-8", "utf8", "us-ascii") or packed:
        said = f"Send the body as {' or '.join(MEDIA)}, in UTF-8 and not compressed."
        raise Problem(415, said, {"Accept-Post": ", ".join(MEDIA)})
    return request.mimetype


def body_sent() -> bytes:
    """The body, of which no more is read than may be there. Raises Problem."""
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Problem(413, LARGE) from None
    if request.content_length is None and len(body) >= LARGEST:
        raise Problem(413, LARGE)  # what comes in pieces ends there, whether or not more follows
    return body


def source_sent(inside: object) -> str:
    """The source that was named, in the address or in the body; empty for none. Raises Problem."""
    named = request.args.getlist("source") + ([] if inside is None else [inside])
    if len(named) > 1 and any(one != named[0] for one in named):
        raise Problem(422, "Two sources are named. Name one.")
    if not named:
        return ""
    if not isinstance(named[0], str) or not SOURCE.fullmatch(named[0]):
        raise Problem(422, "A source is named with 1 to 60 letters, digits, dots, hyphens and underscores.")
    return named[0]
