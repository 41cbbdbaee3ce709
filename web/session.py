"""Who is signed in: a random cookie whose hash the state store knows. Looked up again at every request."""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask, Request, abort, request
from flask import session as form_session
from flask_login import LoginManager, UserMixin
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from access.roles import Role
from access.viewer import Viewer
from data.state.accounts import Account, account_by_id
from data.state.audit import Deed, record
from data.state.grants import granted, viewer_for
from data.state.sessions import add_session, forget_sessions, open_session, preview_of, revoke_session, touch_session
from data.state.store import Change, Look
from web.wiring import wiring

log = logging.getLogger("seamline.session")

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
KEPT = timedelta(days=30)
NOTED = timedelta(minutes=1)


@dataclass(frozen=True, eq=False)
class Person(UserMixin):
    """The signed-in person of this request: their account, and the viewer it makes them."""

    account: Account
    viewer: Viewer

    def get_id(self) -> str:
        """The account's number, as Flask-Login wants it."""
        return str(self.account.id)


def register(app: Flask) -> None:
    """Nothing; `flask_login.current_user` is now the Person of the session cookie."""
    # Flask-Login's own cookies carry no identity here: there is no user_loader, and its "remember me" cookie
    # gets a name that no browser can send (another program on the same host may use the usual one).
    app.config["REMEMBER_COOKIE_NAME"] = "nobody;remembered"
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(person_of)
    # Not by `init_app`, which would look into the cookie of every request, static files included.
    app.login_manager = manager  # type: ignore[attr-defined]  # as its init_app does


def cookie_name() -> str:
    """The name of the session cookie; behind TLS the prefix binds it to this host."""
    return "__Host-sid" if wiring().settings.https else "sid"


def person_of(incoming: Request) -> Person | None:
    """The person whose session cookie came with a request, or None. Notes once a minute that it did."""
    token = incoming.cookies.get(cookie_name())
    if not token:
        return None
    here, name, now = wiring(), fingerprint(token), datetime.now(UTC)
    with here.state.look() as look:
        found = open_session(look, name, now, IDLE)
        account = account_by_id(look, found[0]) if found else None
        if found is None or account is None:
            return None
        person = Person(account, seen_as(look, name, viewer_for(look, account, here.owned, now.date())))
    if now - found[1] >= NOTED:
        try:
            with here.state.change(hasty=True) as change:
                touch_session(change, name, now)
        except OperationalError:
            log.info("the state store is busy, so a session was not noted as seen")
    return person


def seen_as(look: Look, token_name: str, viewer: Viewer) -> Viewer:
    """The viewer that an owner's session is while it looks as a buyer would; otherwise the same as before."""
    if viewer.role is not Role.OWNER:
        return viewer
    found = preview_of(look, token_name)
    if found is None or found.factory_id not in viewer.factories:
        return viewer
    return granted(viewer.user_id, found.buyer, {found.factory_id: found.level}, preview=True)


def current_token_name() -> str:
    """The name under which the store knows the session of this request."""
    return fingerprint(request.cookies.get(cookie_name()) or "")


def sign_in(response: Response, account: Account, how: str = "") -> Response:
    """The response, now opening a new session under a new cookie; an older session of this browser ends.

    `how` goes into the audit trail, where it was not by a password alone.
    """
    here, token, now = wiring(), secrets.token_urlsafe(32), datetime.now(UTC)
    with here.state.change() as change:
        still_the_same(change, account)
        end_current(change, now)
        forget_sessions(change, now - KEPT)
        add_session(change, fingerprint(token), account.id, now, now + LONGEST)
        record(change, deed_of("signed in", account, how), now)
    form_session.clear()
    response.set_cookie(cookie_name(), token, httponly=True, secure=here.settings.https, samesite="Lax", path="/")
    return response


def still_the_same(change: Change, account: Account) -> None:
    """Nothing, when the account is open and its password is the one that was checked; it may have changed since.

    Else the request ends with 401.
    """
    now = account_by_id(change, account.id)
    if now is None or not now.active or now.password_hash != account.password_hash:
        abort(401)


def sign_out(response: Response, account: Account) -> Response:
    """The response, now ending the session of this browser, which is this account's."""
    here = wiring()
    with here.state.change() as change:
        end_current(change, datetime.now(UTC))
        record(change, deed_of("signed out", account))
    form_session.clear()
    response.delete_cookie(cookie_name(), httponly=True, secure=here.settings.https, samesite="Lax", path="/")
    return response


def end_current(change: Change, now: datetime) -> None:
    """Nothing; the session that this request came with, if any, is over."""
    token = request.cookies.get(cookie_name())
    if token:
        revoke_session(change, fingerprint(token), now)


def deed_of(deed: str, account: Account, detail: str = "") -> Deed:
    """A line of the audit trail by this person."""
    return Deed(deed, str(account.role), account.id, account.organisation_id, detail=detail)


def fingerprint(token: str) -> str:
    """The SHA-256 under which the store knows a cookie."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
