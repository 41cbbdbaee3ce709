"""Looking at the own factory as a buyer would: begun and ended here, kept with the session on the server."""

from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from access.levels import Level
from access.policy import check
from access.viewer import NotAvailable, Viewer
from data.state.audit import Deed, record
from data.state.grants import viewer_for
from data.state.organisations import organisation_id
from data.state.sessions import begin_preview, end_preview, preview_of
from scoring.model import NoRelease
from scoring.service import Door
from scoring.sharing import level_in
from scoring.sharing_words import LEVEL_NAMES, SHOWS
from web.session import current_token_name
from web.wiring import wiring

blueprint = Blueprint("preview", __name__, template_folder="templates")


@blueprint.get("/preview")
def choose() -> ResponseReturnValue:
    """A page that says what will be seen and begins it; while it lasts, the way back."""
    door, own = asked()
    if current_user.viewer.preview:
        return render_template("preview.html", party=door.seen_as(current_user.viewer))
    factory_id, buyer_id = request.args.get("factory", ""), request.args.get("with", "")
    try:
        factory, party = door.factory(own, factory_id), door.partner(own, factory_id, buyer_id)
    except NoRelease as problem:
        raise NotAvailable from problem
    wanted = request.args.get("level", Level.ACTIONS.slug)
    levels = [(level.slug, LEVEL_NAMES[level], SHOWS[level]) for level in Level]
    return render_template("preview.html", factory=factory, party=party, levels=levels, wanted=wanted)


@blueprint.post("/preview")
def begin() -> ResponseReturnValue:
    """The factory's overview, as the buyer would see it."""
    door, own = asked()
    factory_id, buyer_id = request.form.get("factory", ""), request.form.get("with", "")
    door.partner(own, factory_id, buyer_id)
    try:
        level = level_in(request.form.get("level"))
    except ValueError as problem:
        raise NotAvailable from problem
    with wiring().state.change() as change:
        buyer = organisation_id(change, "buyer", buyer_id)
        if buyer is None:
            raise NotAvailable
        begin_preview(change, current_token_name(), factory_id, buyer, level)
        mine = organisation_id(change, str(own.role), own.organisation)
        record(change, Deed("looked as a buyer would", str(own.role), own.user_id, mine, factory_id, buyer, level.slug))
    return redirect(f"/app/overview/{quote(factory_id, safe='')}")


@blueprint.post("/preview/end")
def end() -> ResponseReturnValue:
    """The page of sharing, seen by oneself again."""
    with wiring().state.change() as change:
        found = preview_of(change, current_token_name())
        end_preview(change, current_token_name())
    return redirect(f"/app/sharing/{quote(found.factory_id, safe='')}" if found else "/app/")


def asked() -> tuple[Door, Viewer]:
    """The door, and the owner who asks, as itself. Raises NotAvailable for everybody else."""
    with wiring().state.look() as look:
        own = viewer_for(look, current_user.account, wiring().owned, datetime.now(UTC).date())
    check(own, "sharing.view")
    return current_app.extensions["seamline.door"], own
