"""Signing in and out, and the one-click entry of a demo home."""

import ipaddress
import logging
from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access.roles import Role
from data.state.accounts import Account, account_by_email, first_account, renew_hash
from data.state.attempts import forgive, source_rests, take_attempt
from data.state.audit import Deed, record
from web.guard import PORTAL, local_target
from web.second_factor import admitted, needs_second_step
from web.session import sign_in, sign_out
from web.tries import keys_of
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
NOBODY = "nobody"
"""The role that the audit trail names for a refused sign-in: who it was is not known."""
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
    log.info("the password of account %d was right", account.id)
    return admitted(account, target)


@blueprint.post("/signout")
def leave() -> ResponseReturnValue:
    """The sign-in page; the session is over."""
    return sign_out(redirect("/signin"), current_user.account)


@blueprint.post("/demo-entry/<role>")
def demo_entry(role: str) -> ResponseReturnValue:
    """The portal as the demo account of a role, where demo entry exists at all."""
    with wiring().state.look() as look:
        account = first_account(look, role) if demo_is_open() else None
    if account is None:
        abort(404)
    return sign_in(redirect(PORTAL), account, "by one click into the demo")


def page(target: str, problem: str | None = None, email: str = "") -> str:
    """The sign-in page, with buttons for the demo roles that can be entered."""
    roles = []
    if demo_is_open():
        with wiring().state.look() as look:
            roles = [entry for entry in DEMO_ROLES if first_account(look, entry[0])]
    return render_template("signin.html", target=target, problem=problem, email=email, roles=roles)


def account_of(email: str, password: str) -> Account | None:
    """The account that this password opens, or None. Takes the same time whether it exists or not.

    For whom a second step follows, the try still counts: only both steps together forgive it.
    """
    here, now, keys = wiring(), datetime.now(UTC), keys_of(email)
    with here.state.change() as change:
        allowed = take_attempt(change, *keys, now)
        account = account_by_email(change, email)
        resting = source_rests(change, keys[1], now)
    if not allowed:
        if not resting:  # the same work, as whether an account rests may tell that somebody signs in to it
            here.passwords.fits(None, password)
        return None
    fits = here.passwords.fits(account.password_hash if account else None, password)
    if account is None or not fits or not account.active:
        with here.state.change() as change:
            record(change, Deed("sign-in refused", NOBODY), now)
        return None
    renewed = None
    if account.password_hash and here.passwords.outdated(account.password_hash):
        renewed = here.passwords.hashed(password)
    with here.state.change() as change:
        if not needs_second_step(account):
            forgive(change, *keys, now)
        if renewed:
            renew_hash(change, account, renewed)
    return replace(account, password_hash=renewed or account.password_hash)


def demo_is_open() -> bool:
    """True when one-click entry exists: a demo home, and a browser on this machine with nothing between.

    The peer's address is looked at as well as the setting, for a server that another program has bound.
    """
    here = wiring()
    if not here.home.is_demo or here.settings.proxies or any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded") for name in request.headers.keys()):  # noqa: SIM118  # headers iterate over pairs
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
