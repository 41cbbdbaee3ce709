"""The guard before every request: closed unless named here, and no viewer without a session."""

import logging
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access import policy
from web.callback_body import refusal
from web.wiring import wiring

log = logging.getLogger("seamline.guard")

PORTAL = "/app/"
API = "/api/"
DISPATCH = "/app/_dash-update-component"

# Compared with the route that will answer, not with the path that was asked for: no spelling gets around it.
OPEN_RULES = frozenset(
    {
        "/signin",
        "/signin/code",
        "/signin/setup",
        "/invitation/<token>",
        "/demo-entry/<role>",
        "/health",
        "/app/_favicon.ico",
    }
)
OPEN_PREFIXES = ("/app/assets/", "/app/_dash-component-suites/", "/api/v1/")
"""Under the last stand pushes, where no session counts: `web.api.bearer` asks each for its token."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask) -> None:
    """Nothing; the guard stands before every request, and each viewer is forgotten after it."""
    app.before_request(stop)
    app.teardown_request(forget_viewer)


def stop() -> ResponseReturnValue | None:
    """What is sent instead of an answer, or None when the request may go on."""
    g.viewer_token = policy.enter(None)
    if request.method not in SAFE_METHODS and comes_from_elsewhere():
        abort(403)
    if is_open():
        return None
    if not current_user.is_authenticated:
        return to_signin()
    policy.enter(current_user.viewer)
    if request.method == "POST" and request.path == DISPATCH:
        check_callback()
    return None


def forget_viewer(_problem: BaseException | None) -> None:
    """Nothing; the viewer of the finished request is forgotten."""
    token = g.pop("viewer_token", None)
    if token is not None:
        policy.leave(token)


def is_open() -> bool:
    """True when the route that will answer is for everybody."""
    if request.url_rule is None and request.path.startswith(API):
        return True  # nothing answers there; a program is told so, and not sent to sign in
    rule = request.url_rule.rule if request.url_rule else ""
    return rule in OPEN_RULES or rule.startswith(OPEN_PREFIXES)


def comes_from_elsewhere() -> bool:
    """True when the browser says that another site sent this request.

    A second layer over the form token. What names no origin at all is no browser; it still needs the token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site != "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return True
    schemes = ("https",) if wiring().settings.https else ("http", "https")
    return parts.scheme not in schemes or parts.netloc != request.host


def to_signin() -> ResponseReturnValue:
    """The way to the sign-in page for a page view, and a bare refusal for everything else."""
    if not is_page_view():
        if request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html":
            abort(401)
        response: Response = jsonify(error="Sign in first.")
        response.status_code = 401
        return response
    if not request.path.startswith(PORTAL):
        return redirect("/signin")
    wanted = request.full_path.rstrip("?")
    return redirect("/signin?next=" + quote(wanted, safe="/"))


def is_page_view() -> bool:
    """True when a browser wants a page to show, not data for one."""
    if request.method not in ("GET", "HEAD") or request.path.startswith(("/app/_dash", "/app/_reload")):
        return False
    if request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    return not request.accept_mimetypes or request.accept_mimetypes.accept_html


def local_target(target: str | None) -> str:
    """The page inside the portal that `target` names, or the portal's first page. Never another host."""
    if not target or len(target) > 2000 or not target.startswith(PORTAL):
        return PORTAL
    path = target.partition("?")[0].partition("#")[0]
    odd = "\\" in target or any(ord(sign) < 33 or ord(sign) == 127 for sign in target)
    return PORTAL if odd or "//" in path or ".." in path or path.startswith("/app/_") else target


def check_callback() -> None:
    """Nothing, when the posted callback is one of ours and well formed; else the request ends with 400."""
    try:
        body = request.get_json()
    except RecursionError:
        abort(400)
    problem = refusal(body, wiring().callbacks())
    if problem is not None:
        log.info("a callback was refused: %s", problem)
        abort(400)
