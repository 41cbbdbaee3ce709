"""The second step of an operator's sign-in: a code of an app, set up at the first time.

Between the password and the code nobody is signed in. The browser holds a signed note that the password was right;
it is good for five minutes, for these two pages, and for nothing else.
"""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import Blueprint, make_response, redirect, render_template, request
from flask import session as form_session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from access.roles import Role
from data.state.accounts import Account, account_by_id
from data.state.attempts import forgive, take_attempt
from data.state.audit import Deed, record
from data.state.second_factors import (
    SecondFactor,
    begin_second_factor,
    confirm_second_factor,
    second_factor,
    use_recovery_code,
    use_step,
)
from data.state.store import Change
from web.guard import local_target
from web.session import deed_of, sign_in
from web.time_codes import app_address, in_groups, new_recovery_codes, new_secret, picture, step_of
from web.tries import digest, keys_of
from web.wiring import wiring

blueprint = Blueprint("second_factor", __name__, template_folder="templates")

PENDING = "pending"
PATIENCE = timedelta(minutes=5)
LONGEST_CODE = 64
CODE, SETUP, SIGNIN = "/signin/code", "/signin/setup", "/signin"
WRONG = "That code did not work. Take the one that the app shows now. After several tries, wait 15 minutes."


@dataclass(frozen=True)
class Waiting:
    """Somebody whose password was right a moment ago, the second factor, and where they want to go."""

    account: Account
    factor: SecondFactor = field(repr=False)
    target: str


def admitted(account: Account, target: str) -> Response:
    """The portal for most; for an operator the way to the second step. The password was right just before."""
    if not needs_second_step(account):
        return sign_in(redirect(target), account)
    now = datetime.now(UTC)
    with wiring().state.change() as change:
        begin_second_factor(change, account.id, new_secret(), now)
        factor = second_factor(change, account.id)
    form_session.clear()
    form_session[PENDING] = {
        "user": account.id,
        "at": int(now.timestamp()),
        "mark": mark(account),
        "next": target,
    }
    return redirect(CODE if factor and factor.confirmed_at else SETUP)


def needs_second_step(account: Account) -> bool:
    """True for those who run the service."""
    return account.role is Role.OPERATOR


def mark(account: Account) -> str:
    """What changes with the password: a note written before the change is no longer good after it."""
    return digest("pending", account.password_hash or "")


def waiting() -> Waiting | None:
    """Who stands between password and code in this browser, or None."""
    match form_session.get(PENDING):
        case {"user": int(user_id), "at": int(at), "mark": str(seen), "next": str(target)}:
            age = datetime.now(UTC) - datetime.fromtimestamp(at, UTC)
        case _:
            return None
    if not timedelta(seconds=-1) <= age <= PATIENCE:
        return None
    with wiring().state.look() as look:
        account, factor = account_by_id(look, user_id), second_factor(look, user_id)
    if account is None or factor is None or not (account.active and needs_second_step(account)):
        return None
    return Waiting(account, factor, local_target(target)) if hmac.compare_digest(mark(account), seen) else None


@blueprint.get(CODE)
def code_form() -> ResponseReturnValue:
    """The page that asks for a code, or the way back to the sign-in page."""
    here = waiting()
    if here is None or here.factor.confirmed_at is None:
        return redirect(SIGNIN)
    return render_template("code.html", email=here.account.email)


@blueprint.post(CODE)
def enter_code() -> ResponseReturnValue:
    """The portal with a new session, or the page again with the one message."""
    here = waiting()
    if here is None or here.factor.confirmed_at is None:
        return redirect(SIGNIN)
    code, now, keys = typed(), datetime.now(UTC), keys_of(here.account.email)
    with wiring().state.change() as change:
        counted = take_attempt(change, *keys, now)
        how = used(change, here.factor, code, now) if counted else None
        if how is not None:
            forgive(change, *keys, now, taken=2)
        elif counted:
            record(change, refused(here.account), now)
    if how is None:
        return render_template("code.html", email=here.account.email, problem=WRONG), 401
    return sign_in(redirect(here.target), here.account, how)


@blueprint.get(SETUP)
def setup_form() -> ResponseReturnValue:
    """The page that sets up an app, or the way back to the sign-in page."""
    here = waiting()
    if here is None or here.factor.confirmed_at is not None:
        return redirect(SIGNIN)
    return setup_page(here)


@blueprint.post(SETUP)
def set_up() -> ResponseReturnValue:
    """The recovery codes, shown once, with a new session; or the page again with the one message."""
    here = waiting()
    if here is None or here.factor.confirmed_at is not None:
        return redirect(SIGNIN)
    codes, now, keys = new_recovery_codes(), datetime.now(UTC), keys_of(here.account.email)
    with wiring().state.change() as change:
        counted = take_attempt(change, *keys, now)
        step = step_of(here.factor.secret, typed(), now) if counted else None
        done = step is not None and confirm_second_factor(change, here.account.id, step, codes, now)
        if done:
            forgive(change, *keys, now, taken=2)
            record(change, deed_of("second factor set", here.account), now)
        elif counted:
            record(change, refused(here.account), now)
    if not done:
        return setup_page(here, WRONG), 401
    page = render_template("recovery_codes.html", codes=codes, target=here.target)
    return sign_in(make_response(page), here.account, "with a new second factor")


def setup_page(here: Waiting, problem: str | None = None) -> str:
    """The page with the secret as a picture and as text."""
    address = app_address(here.factor.secret, here.account.email)
    return render_template(
        "second_factor.html",
        email=here.account.email,
        picture=picture(address),
        secret=in_groups(here.factor.secret),
        problem=problem,
    )


def used(change: Change, factor: SecondFactor, code: str, now: datetime) -> str | None:
    """With what the person showed who they are, and it is spent now; None for a code that is wrong or was taken."""
    step = step_of(factor.secret, code, now)
    if step is not None:
        return "with a second factor" if use_step(change, factor.user_id, step) else None
    return "with a recovery code" if use_recovery_code(change, factor.user_id, code, now) else None


def typed() -> str:
    """What was typed as a code."""
    return request.form.get("code", "")[:LONGEST_CODE]


def refused(account: Account) -> Deed:
    """The line of the audit trail for a code that was not taken."""
    return deed_of("sign-in refused", account, "at the second factor")
