"""The account page: who you are here, a new password, the way out."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access.roles import Role
from data.state.accounts import Account, set_password
from web.passwords import LONGEST, SHORTEST, refusal
from web.session import sign_in
from web.signin import account_of
from web.wiring import wiring

blueprint = Blueprint("account", __name__, template_folder="templates")

ROLE_NAMES = {
    Role.OWNER: "Factory owner",
    Role.BUYER: "Buyer",
    Role.NGO: "NGO",
    Role.OPERATOR: "Operator",
}


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
    problem = refusal(new, person.email)
    if new != request.form.get("again", ""):
        problem = "The two new passwords differ."
    if problem is None and account_of(person.email, request.form.get("current", "")) is None:
        problem = "The current password did not fit. After several tries, wait 15 minutes."
    if problem is not None:
        return page(person, problem), 400
    new_hash = wiring().passwords.hashed(new)
    with wiring().state.change() as change:
        set_password(change, person, new_hash)
    return sign_in(redirect("/account?changed=1"), replace(person, password_hash=new_hash))


def page(person: Account, problem: str | None = None) -> str:
    """The account page, with the outcome of the last change of password."""
    return render_template(
        "account.html",
        account=person,
        role=ROLE_NAMES[person.role],
        problem=problem,
        changed=problem is None and "changed" in request.args,
        shortest=SHORTEST,
        longest=LONGEST,
    )
