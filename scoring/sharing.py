"""Consent: an owner decides which buyer sees how much of a factory, until when, and sees who looked."""

from datetime import UTC, date, datetime, timedelta

from access.levels import SLUGS, Level
from access.policy import check
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from data.state.audit import Deed, record
from data.state.grants import Consent, consents_of, grant, revoke_grants
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
    requests_at,
)
from data.state.store import Change, Look, State
from data.state.trade import Partner, buyers_at
from scoring.looks import MONTH, OPENED, by_week, lately, looks_at
from scoring.model import Factory, Stamp
from scoring.openings import opened
from scoring.remarks import NotKept, cleaned
from scoring.sharing_views import Asked, Party, Share, SharingView

FURTHEST = timedelta(days=3 * 366)
MOST_REQUESTS = 10
TOO_OFTEN = "There is an open request already, or ten were made before. Write to them instead."


def sharing(release: OpenRelease, state: State, viewer: Viewer, factory: Factory, stamp: Stamp) -> SharingView:
    """Who sees one factory, who asks, and who looked. Raises NotAvailable."""
    check(viewer, "sharing.view", factory.factory_id)
    now = datetime.now(UTC)
    found, told = looks_at(state, viewer, factory.factory_id)
    with state.look() as look:
        mine = organisation_id(look, str(viewer.role), viewer.organisation)
        consents = consents_of(look, factory.factory_id, now.date())
        requests = requests_at(look, factory.factory_id)
        partners = partners_of(look, factory.factory_id)
    recent = {line.organisation_id for line in found if line.at > now - MONTH and line.deed.startswith(OPENED)}
    return SharingView(
        factory=factory,
        stamp=stamp,
        today=now.date(),
        waiting=tuple(asked(one) for one in requests if one.asked_by == BUYER and one.answer is None),
        asked=tuple(asked(one, release, own=viewer.factories) for one in requests if one.asked_by == OWNER),
        shares=tuple(share_of(one, *lately(found, one.organisation_id, now)) for one in consents),
        partners=tuple(party_of(one) for one in partners.values()),
        looks=told,
        weeks=by_week(found, mine),
        people_looked=len(recent - {mine, None}),
    )


def partners_of(look: Look, factory_id: str) -> dict[str, Partner]:
    """The buyers with whom a factory may be shared, by identifier: named in its data, or asking, or let in before."""
    named = {one.buyer_id: one for one in buyers_at(look, factory_id)}
    others: list[Request | Consent] = [*requests_at(look, factory_id), *consents_of(look, factory_id)]
    for one in others:
        named.setdefault(one.organisation, Partner(one.organisation_id, one.organisation, one.organisation_name, None))
    return named


def party_of(one: Partner) -> Party:
    """A buyer as a page names it."""
    return Party(one.buyer_id, one.name or one.buyer_id, one.home_country or "")


def share_of(one: Consent, looks: int, last: datetime | None) -> Share:
    """A consent as a page shows it."""
    party = Party(one.organisation, one.organisation_name or one.organisation, one.home_country or "")
    return Share(party, one.level, one.since, one.until, looks, last)


def asked(
    one: Request, release: OpenRelease | None = None, factory: Factory | None = None, own: frozenset[str] = frozenset()
) -> Asked:
    """A request as a page shows it; with a release, what an agreeing buyer lets the owner of these factories see."""
    seen = (
        opened(release, one.organisation, own) if release and one.answer == AGREED and one.asked_by == OWNER else None
    )
    return Asked(
        request_id=one.id,
        party=Party(one.organisation, one.organisation_name or one.organisation, ""),
        factory=factory,
        factory_id=one.factory_id,
        by_buyer=one.asked_by == BUYER,
        level=one.level,
        note=one.note,
        at=one.at,
        answer=one.answer,
        answered_at=one.answered_at,
        opened=seen,
    )


def share(state: State, viewer: Viewer, factory_id: str, buyer_id: object, level: object, until: object) -> None:
    """Nothing; the buyer sees the factory at that level, until that day. Raises NotAvailable, NotKept with a sentence.

    An open request of the buyer is agreed to by it where it asked for no more; else it stays open.
    """
    check(viewer, "sharing.change", factory_id)
    chosen, last = level_in(level), day_in(until)
    with state.change() as change:
        partner = partner_in(change, factory_id, buyer_id)
        if grant(change, factory_id, partner.id, level=chosen, until=last):
            said = f"{chosen.slug}{f' until {last.isoformat()}' if last else ''}"
            record(change, deed_of(change, viewer, "shared", factory_id, partner.id, said))
        for one in open_requests(change, factory_id, partner.id):
            if chosen >= one.level and answer_request(change, one, AGREED):
                record(change, deed_of(change, viewer, "agreed to a request", factory_id, partner.id, one.level.slug))


def stop(state: State, viewer: Viewer, factory_id: str, buyer_id: object) -> None:
    """Nothing; the buyer no longer sees the factory, from its next click on. Raises NotAvailable."""
    check(viewer, "sharing.change", factory_id)
    with state.change() as change:
        partner = partner_in(change, factory_id, buyer_id)
        if revoke_grants(change, factory_id, partner.id):
            record(change, deed_of(change, viewer, "stopped sharing", factory_id, partner.id))


def decline(state: State, viewer: Viewer, factory_id: str, request_id: object) -> None:
    """Nothing; a buyer's open request is declined. Raises NotAvailable."""
    check(viewer, "sharing.change", factory_id)
    with state.change() as change:
        one = next((r for r in requests_at(change, factory_id) if r.id == request_id and r.asked_by == BUYER), None)
        if one is None or not answer_request(change, one, DECLINED):
            raise NotAvailable
        record(change, deed_of(change, viewer, "declined a request", factory_id, one.organisation_id))


def ask_buyer(state: State, viewer: Viewer, factory_id: str, buyer_id: object, note: object) -> None:
    """Nothing; the buyer is asked to let the factory see its own footprint. Raises NotAvailable, NotKept."""
    check(viewer, "sharing.change", factory_id)
    said = note_in(note)
    with state.change() as change:
        partner = partner_in(change, factory_id, buyer_id)
        try:
            add_request(
                change, factory_id=factory_id, organisation=partner.id, asked_by=OWNER, user_id=viewer.user_id,
                level=Level.SCORE, note=said, most=MOST_REQUESTS,
            )  # fmt: skip
        except AskedTooOften:
            raise NotKept(TOO_OFTEN) from None
        record(change, deed_of(change, viewer, "asked to see the footprint", factory_id, partner.id))


def withdraw_ask(state: State, viewer: Viewer, factory_id: str, request_id: object) -> None:
    """Nothing; what the owner asked of a buyer is withdrawn, also where the buyer agreed. Raises NotAvailable."""
    check(viewer, "sharing.change", factory_id)
    with state.change() as change:
        one = next((r for r in requests_at(change, factory_id) if r.id == request_id and r.asked_by == OWNER), None)
        if one is None or not answer_request(change, one, WITHDRAWN):
            raise NotAvailable
        record(change, deed_of(change, viewer, "withdrew a request", factory_id, one.organisation_id))


def open_requests(look: Look, factory_id: str, organisation: int) -> list[Request]:
    """The requests of a buyer for a factory that nobody has answered."""
    return [
        one for one in requests_at(look, factory_id)
        if one.organisation_id == organisation and one.asked_by == BUYER and one.answer is None
    ]  # fmt: skip


def partner_in(look: Look, factory_id: str, buyer_id: object) -> Partner:
    """The buyer with whom this factory may be shared. Raises NotAvailable for any other."""
    found = partners_of(look, factory_id).get(buyer_id) if isinstance(buyer_id, str) else None
    if found is None:
        raise NotAvailable
    return found


def level_in(value: object) -> Level:
    """The level of that name. Raises NotKept where none was chosen."""
    if not isinstance(value, str) or value not in SLUGS:
        raise NotKept("Choose how much is shown.")
    return SLUGS[value]


def day_in(value: object) -> date | None:
    """The last day of a consent; None where none is given. Raises NotKept: no day, in the past, or too far away."""
    if value is None or value == "":
        return None
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise NotKept("Write the last day as 2027-06-30, or leave it empty.")
    today = datetime.now(UTC).date()
    if not today <= found <= today + FURTHEST:
        raise NotKept("The last day must lie between today and three years from now.")
    return found


def note_in(value: object) -> str:
    """A note of at most 300 characters, or none. Raises NotKept."""
    if not isinstance(value, str) or not value.strip():
        return ""
    said = cleaned(value)
    if len(said) > 300:
        raise NotKept(f"A note has at most 300 characters. This one has {len(said)}.")
    return said


def deed_of(change: Change, viewer: Viewer, deed: str, factory_id: str, about: int, detail: str = "") -> Deed:
    """A line of the trail for what this viewer does."""
    mine = organisation_id(change, str(viewer.role), viewer.organisation)
    return Deed(deed, str(viewer.role), viewer.user_id, mine, factory_id, about, detail)
