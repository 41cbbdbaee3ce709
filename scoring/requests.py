"""A buyer's side of consent: which suppliers share how much, asking for more, and what owners ask of it."""

from datetime import UTC, datetime

from access.policy import check
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from data.state.audit import record
from data.state.grants import grants_of
from data.state.organisations import organisation_id
from data.state.requests import (
    AGREED,
    BUYER,
    DECLINED,
    OWNER,
    WITHDRAWN,
    AskedTooOften,
    Request,
    add_request,
    answer_request,
    requests_of,
)
from data.state.store import Look, State
from data.state.trade import factories_of
from scoring.model import Factory, Stamp
from scoring.remarks import NotKept
from scoring.sharing import MOST_REQUESTS, TOO_OFTEN, asked, deed_of, level_in, note_in
from scoring.sharing_views import RequestsView, Supplier

ANSWERS = {"agree": AGREED, "decline": DECLINED, "end": WITHDRAWN}


def requests(release: OpenRelease, state: State, viewer: Viewer, stamp: Stamp) -> RequestsView:
    """The suppliers of the viewer's organisation with what they share, and all open questions. Raises NotAvailable."""
    check(viewer, "sharing.ask")
    with state.look() as look:
        mine = own_number(look, viewer)
        made = requests_of(look, mine)
        trading = factories_of(look, viewer.organisation)
        held = {one.factory_id: one for one in grants_of(look, mine, datetime.now(UTC).date())}
    names = sorted(trading | viewer.factories | {one.factory_id for one in made})
    rows = release.cells.engine.rows("factories_named", factories=names)
    known = {row[0]: Factory(*row[:6]) for row in rows}
    waiting = {one.factory_id for one in made if one.asked_by == BUYER and one.answer is None}
    suppliers = tuple(
        Supplier(
            factory, held[key].level if key in held else None, held[key].until if key in held else None, key in waiting
        )
        for key, factory in known.items()
        if key in trading or key in held
    )
    told = [asked(one, factory=known.get(one.factory_id)) for one in made]
    return RequestsView(
        stamp=stamp,
        suppliers=suppliers,
        asked=tuple(one for one in told if one.by_buyer),
        from_owners=tuple(one for one in told if not one.by_buyer and one.answer != WITHDRAWN),
    )


def own_number(look: Look, viewer: Viewer) -> int:
    """The number of the viewer's organisation. Raises NotAvailable."""
    mine = organisation_id(look, str(viewer.role), viewer.organisation)
    if mine is None:
        raise NotAvailable
    return mine


def ask_factory(state: State, viewer: Viewer, factory_id: object, level: object, note: object) -> None:
    """Nothing; the owner of a supplier is asked to show that much. Raises NotAvailable, NotKept with a sentence.

    Only where the data says that the buyer buys there; anything else looks as if it did not exist.
    """
    check(viewer, "sharing.ask")
    with state.change() as change:
        mine, trading = own_number(change, viewer), factories_of(change, viewer.organisation)
        if not isinstance(factory_id, str) or factory_id not in trading | viewer.factories:
            raise NotAvailable
        wanted, said = level_in(level), note_in(note)
        if viewer.sees_factory(factory_id, wanted):
            raise NotKept("The supplier shows you that much already.")
        try:
            add_request(
                change, factory_id=factory_id, organisation=mine, asked_by=BUYER, user_id=viewer.user_id,
                level=wanted, note=said, most=MOST_REQUESTS,
            )  # fmt: skip
        except AskedTooOften:
            raise NotKept(TOO_OFTEN) from None
        record(change, deed_of(change, viewer, "asked for access", factory_id, mine, wanted.slug))


def withdraw_request(state: State, viewer: Viewer, request_id: object) -> None:
    """Nothing; an open request of the viewer's organisation is withdrawn. Raises NotAvailable."""
    settle(state, viewer, request_id, BUYER, WITHDRAWN, "withdrew a request")


def answer_owner(state: State, viewer: Viewer, request_id: object, answer: object) -> None:
    """Nothing; an owner's question is agreed to, declined, or what was agreed to is ended. Raises NotAvailable."""
    if not isinstance(answer, str) or answer not in ANSWERS:
        raise NotAvailable
    settle(state, viewer, request_id, OWNER, ANSWERS[answer], f"answered a request: {ANSWERS[answer]}")


def settle(state: State, viewer: Viewer, request_id: object, asked_by: str, answer: str, deed: str) -> None:
    """Nothing; one request of the viewer's organisation has that answer now. Raises NotAvailable."""
    check(viewer, "sharing.ask")
    with state.change() as change:
        mine = own_number(change, viewer)
        one: Request | None = next(
            (r for r in requests_of(change, mine) if r.id == request_id and r.asked_by == asked_by), None
        )
        before = (AGREED,) if asked_by == OWNER and answer == WITHDRAWN else (None,)
        if one is None or one.answer not in before or not answer_request(change, one, answer):
            raise NotAvailable
        record(change, deed_of(change, viewer, deed, one.factory_id, mine))
