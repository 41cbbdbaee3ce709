"""The page behind an invitation's link: who is invited to what, and a password to choose.

A link that was used, has run out, was taken back or was never made shows one page, after the same statements.
"""

from datetime import UTC, datetime

from flask import Blueprint, Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from access.roles import ROLE_NAMES
from data.state.accounts import Account, AccountExists, add_account
from data.state.audit import Deed, record
from data.state.invitations import Invitation, open_invitation, use_invitation
from web.guard import PORTAL
from web.passwords import LONGEST, SHORTEST, refusal
from web.second_factor import admitted
from web.wiring import wiring

blueprint = Blueprint("invitations", __name__, template_folder="templates")

LINK_MAKER = "seamline.invitation_link"
"""Under this name of `app.extensions` pages find what makes a link."""
DIFFER = "The two passwords differ."
NO_ONE = (0, "")


def register(app: Flask) -> None:
    """Nothing; `app.extensions` holds what makes an invitation's link, for pages and commands."""
    app.extensions[LINK_MAKER] = invitation_link


def invitation_link(invitation_id: int, nonce: str) -> str:
    """The link that opens an invitation, under the address of the settings, never under that of a request."""
    return f"{wiring().settings.address}/invitation/{signer().dumps([invitation_id, nonce])}"


def signer() -> URLSafeSerializer:
    """What signs links, with a key of its own kind."""
    return URLSafeSerializer(current_app.secret_key or "", salt="invitation")


def named(token: str) -> tuple[int, str]:
    """The number and the word that a link carries; those of no invitation where it is not one of ours."""
    try:
        content = signer().loads(token)
    except BadData:
        return NO_ONE
    match content:
        case [int(invitation_id), str(nonce)]:
            return invitation_id, nonce
    return NO_ONE


def invited(token: str) -> Invitation | None:
    """The open invitation behind a link, or None."""
    with wiring().state.look() as look:
        return open_invitation(look, *named(token), datetime.now(UTC))


@blueprint.get("/invitation/<token>")
def form(token: str) -> ResponseReturnValue:
    """The page of an open invitation; the one other page for every link that opens nothing."""
    invitation = invited(token)
    return closed() if invitation is None else page(invitation)


@blueprint.post("/invitation/<token>")
def accept(token: str) -> ResponseReturnValue:
    """The portal with a new session of a new account, or the page again with what is wrong with the password."""
    invitation = invited(token)
    if invitation is None:
        return closed()
    password = request.form.get("new", "")
    names = (invitation.organisation, invitation.organisation_name)
    problem = refusal(password, invitation.email, *names)
    if problem is None and password != request.form.get("again", ""):
        problem = DIFFER
    if problem is not None:
        return page(invitation, problem), 400
    account = account_made(invitation, wiring().passwords.hashed(password))
    return closed() if account is None else admitted(account, PORTAL)


def account_made(invitation: Invitation, password_hash: str) -> Account | None:
    """The new account, the invitation used up with it; None when another request was faster."""
    now = datetime.now(UTC)
    try:
        with wiring().state.change() as change:
            if not use_invitation(change, invitation.id, now):
                return None
            account = add_account(
                change,
                email=invitation.email,
                role=invitation.role,
                organisation=invitation.organisation,
                password_hash=password_hash,
                now=now,
            )
            record(change, Deed("invitation used", str(account.role), account.id, account.organisation_id), now)
    except AccountExists:
        return None
    return account


def page(invitation: Invitation, problem: str | None = None) -> str:
    """The page that asks for a password."""
    return render_template(
        "invitation.html",
        invitation=invitation,
        role=ROLE_NAMES[invitation.role],
        problem=problem,
        shortest=SHORTEST,
        longest=LONGEST,
    )


def closed() -> ResponseReturnValue:
    """What every link shows that opens nothing."""
    return render_template("invitation_closed.html"), 404
