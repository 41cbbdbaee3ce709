"""The account page: who you are here, a new password, the way out."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access.roles import ROLE_NAMES
from data.state.accounts import Account, set_password
from data.state.attempts import forgive
from data.state.audit import record
from data.state.second_factors import second_factor
from scoring.words import short_day
from web.passwords import LONGEST, SHORTEST, refusal
from web.session import deed_of, sign_in
from web.signin import account_of
from web.time_codes import RECOVERY_CODES
from web.tries import keys_of
from web.wiring import wiring

blueprint = Blueprint("account", __name__, template_folder="templates")


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """The account page."""
    return page(current_user.account)


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    """The account page after a new password was set, or with the reason why it was not.

    Setting it ends every session of the account; this browser gets a new one.
    """
    person: Account = current_user.account
    new = request.form.get("new", "")
    problem = refusal(new, person.email, person.organisation, person.organisation_name)
    if new != request.form.get("again", ""):
        problem = "The two new passwords differ."
    if problem is None and account_of(person.email, request.form.get("current", "")) is None:
        problem = "The current password did not fit. After several tries, wait 15 minutes."
    if problem is not None:
        return page(person, problem), 400
    new_hash, now = wiring().passwords.hashed(new), datetime.now(UTC)
    with wiring().state.change() as change:
        forgive(change, *keys_of(person.email), now)
        set_password(change, person, new_hash, now)
        record(change, deed_of("password changed", person), now)
    return sign_in(redirect("/account?changed=1"), replace(person, password_hash=new_hash), "with a new password")


def page(person: Account, problem: str | None = None) -> str:
    """The account page, with the outcome of the last change of password."""
    with wiring().state.look() as look:
        factor = second_factor(look, person.id)
    return render_template(
        "account.html",
        account=person,
        role=ROLE_NAMES[person.role],
        factor=factor if factor and factor.confirmed_at else None,
        all_codes=RECOVERY_CODES,
        set_up=short_day(factor.confirmed_at.date()) if factor and factor.confirmed_at else None,
        problem=problem,
        changed=problem is None and "changed" in request.args,
        shortest=SHORTEST,
        longest=LONGEST,
    )
