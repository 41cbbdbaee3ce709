"""Signing in and out, and the one-click entry of a demo home."""

import hashlib
import hmac
import ipaddress
import logging
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access.roles import Role
from data.state.accounts import Account, account_by_email, first_account, normal_email, renew_hash
from data.state.attempts import forgive, take_attempt
from web.guard import PORTAL, local_target
from web.session import sign_in, sign_out
from web.wiring import wiring

log = logging.getLogger("seamline.signin")
blueprint = Blueprint("signin", __name__, template_folder="templates")

# One message for everything: an unknown address, a wrong password, a disabled account, too many tries.
REFUSED = "That did not work. Check the e-mail and the password. After several tries, wait 15 minutes."

DEMO_ROLES = (
    (Role.OWNER, "Factory owner", "explore and share", "building"),
    (Role.BUYER, "Buyer", "compare suppliers", "bag"),
    (Role.NGO, "NGO", "read benchmarks", "people"),
    (Role.OPERATOR, "Operator", "run the service", "gear"),
)
FORWARDED = ("Forwarded", "Via", "X-Real-IP")


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """The way to the portal; the guard has sent everybody else to sign in."""
    return redirect(PORTAL)


@blueprint.get("/signin")
def form() -> ResponseReturnValue:
    """The sign-in page, or the portal for somebody who is signed in already."""
    target = local_target(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    return page(target)


@blueprint.post("/signin")
def enter() -> ResponseReturnValue:
    """The portal with a new session, or the sign-in page again with the one message."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    target = local_target(request.form.get("next"))
    account = account_of(email[:320], password)
    if account is None:
        log.info("a sign-in was refused")
        return page(target, problem=REFUSED, email=email[:320]), 401
    log.info("account %d signed in", account.id)
    return sign_in(redirect(target), account)


@blueprint.post("/signout")
def leave() -> ResponseReturnValue:
    """The sign-in page; the session is over."""
    return sign_out(redirect("/signin"))


@blueprint.post("/demo-entry/<role>")
def demo_entry(role: str) -> ResponseReturnValue:
    """The portal as the demo account of a role, where demo entry exists at all."""
    with wiring().state.look() as look:
        account = first_account(look, role) if demo_is_open() else None
    if account is None:
        abort(404)
    return sign_in(redirect(PORTAL), account)


def page(target: str, problem: str | None = None, email: str = "") -> str:
    """The sign-in page, with buttons for the demo roles that can be entered."""
    roles = []
    if demo_is_open():
        with wiring().state.look() as look:
            roles = [entry for entry in DEMO_ROLES if first_account(look, entry[0])]
    return render_template("signin.html", target=target, problem=problem, email=email, roles=roles)


def account_of(email: str, password: str) -> Account | None:
    """The account that this password opens, or None. Takes the same time whether it exists or not."""
    here, now = wiring(), datetime.now(UTC)
    keys = digest("account", normal_email(email)), digest("source", source(request.remote_addr))
    with here.state.change() as change:
        allowed = take_attempt(change, *keys, now)
        account = account_by_email(change, email)
    if not allowed:
        return None
    fits = here.passwords.fits(account.password_hash if account else None, password)
    if account is None or not fits or not account.active:
        return None
    renewed = None
    if account.password_hash and here.passwords.outdated(account.password_hash):
        renewed = here.passwords.hashed(password)
    with here.state.change() as change:
        forgive(change, *keys, now)
        if renewed:
            renew_hash(change, account, renewed)
    return account


def digest(kind: str, value: str) -> str:
    """A keyed hash, so that the list of tries holds neither addresses nor e-mails."""
    key = wiring().home.secret("attempts").encode()
    return hmac.new(key, f"{kind}:{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def source(address: str | None) -> str:
    """Where a request came from: the address, or the network that a household has with IPv6."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def demo_is_open() -> bool:
    """True when one-click entry exists: a demo home, and a browser on this machine with nothing between.

    The peer's address is looked at as well as the setting, for a server that another program has bound.
    """
    here = wiring()
    if not here.home.is_demo or any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded") for name in request.headers.keys()):  # noqa: SIM118
        return False
    host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host
    return all(is_loopback(name) for name in (here.settings.host, host, request.remote_addr or ""))


def is_loopback(host: str) -> bool:
    """True when a host name or address means this machine and no other."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
