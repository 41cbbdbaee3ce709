"""Rows of factory lists that may be known factories: who decides, what it means, and the line in the trail."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import TypeGuard

from access.policy import check
from access.viewer import NotAvailable, Viewer
from data.registry.addresses import parsed_address
from data.registry.names import parsed_name
from data.registry.places import heads_step
from data.registry.questions import NEW, OUT, SAME
from data.state.audit import Deed, record
from data.state.organisations import organisation_id
from data.state.registry import (
    NotDecided,
    Review,
    decide,
    decided_reviews,
    open_counts,
    open_reviews,
    reopened,
)
from data.state.store import Change, State
from scoring import registry_views as views
from scoring.registry_views import Compared, Decided, FactoryListsView, OpenReview, Possible
from scoring.words import country_name

PERMISSION = "registry.decide"
SHOWN = 20
"""So many questions stand on one page; the next ones follow when these are answered."""
FIELDS = (
    ("name", "Name"), ("address", "Address"), ("country", "Country"), ("point", "Point on the map"),
    ("os_id", "Open Supply Hub id"), ("sector", "Sector"), ("headcount", "Head count"),
)  # fmt: skip
UNNAMED = "No name"


def factory_lists(state: State, viewer: Viewer, source: object = None) -> FactoryListsView:
    """The open questions, oldest first, of one list or of all; and the last decisions. Raises NotAvailable."""
    check(viewer, PERMISSION)
    wanted = source if isinstance(source, str) else None
    with state.look() as look:
        counts = open_counts(look)
        chosen = wanted if wanted in dict(counts) else None
        found = open_reviews(look, SHOWN, chosen)
        lately = decided_reviews(look)
    total = sum(number for name, number in counts if chosen in (None, name))
    return FactoryListsView(
        chosen, tuple(counts), total, tuple(map(open_review, found)), tuple(map(decided_line, lately))
    )


def settle(state: State, viewer: Viewer, number: object, verdict: object, factory_id: object = None) -> str:
    """What was decided, in a sentence. Raises NotAvailable where there is no such open question or factory."""
    check(viewer, PERMISSION)
    if not is_number(number) or not isinstance(verdict, str):
        raise NotAvailable
    factory = factory_id if isinstance(factory_id, str) else None
    with state.change() as change:
        try:
            review = decide(change, number, verdict, factory, viewer.user_id or None)
        except NotDecided:
            raise NotAvailable from None
        record(change, line(change, viewer, f"decided about a factory list: {verdict}", review, factory))
    said = said_of(review)
    return f"{name_of(review)}: {said[0].lower()}{said[1:]}."


def ask_again(state: State, viewer: Viewer, number: object) -> str:
    """That a question is open again, in a sentence. Raises NotAvailable where it was not decided."""
    check(viewer, PERMISSION)
    if not is_number(number):
        raise NotAvailable
    with state.change() as change:
        try:
            review = reopened(change, number)
        except NotDecided:
            raise NotAvailable from None
        record(change, line(change, viewer, "took back a decision about a factory list", review))
    return f"{name_of(review)} is open again."


def is_number(number: object) -> TypeGuard[int]:
    """True for what can be the number of a question."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31


def line(change: Change, viewer: Viewer, deed: str, review: Review, factory_id: str | None = None) -> Deed:
    """The line of the trail for a decision."""
    own = organisation_id(change, str(viewer.role), viewer.organisation)
    detail = f"question {review.id} of {review.source}"
    return Deed(deed, str(viewer.role), viewer.user_id or None, own, factory_id, detail=detail)


def open_review(review: Review) -> OpenReview:
    """A question as the page shows it."""
    row = review.question.row
    place = ", ".join(filter(None, (row.get("address"), country(row.get("country")))))
    possible = tuple(
        Possible(one.factory_id, one.row.get("name") or one.factory_id, one.score, one.why, compared(row, one.row))
        for one in review.question.candidates
    )
    return OpenReview(review.id, review.source, name_of(review), place, review.at, review.question.why, possible)


def compared(arriving: Mapping[str, str | None], known: Mapping[str, str | None]) -> tuple[Compared, ...]:
    """Every field that either has, side by side."""
    found = []
    for field, name in FIELDS:
        here, there = text_of(arriving, field), text_of(known, field)
        if here or there:
            found.append(Compared(name, here, there, how(field, here, there, arriving.get("country"))))
    return tuple(found)


def how(field: str, arriving: str, known: str, code: str | None) -> str:
    """How two texts of a field compare; names and addresses may differ only in writing."""
    if not arriving or not known:
        return views.ONE_SIDED
    if arriving.casefold() == known.casefold():
        return views.SAME
    reads: dict[str, Callable[[str], object]] = {
        "name": lambda text: parsed_name(text, code).key,
        "address": lambda text: parsed_address(text, code),
    }
    read = reads.get(field)
    if field == "headcount":
        return views.NEAR if heads_step(number_in(arriving), number_in(known)) == "nearly equal" else views.DIFFERS
    return views.ALIKE if read and read(arriving) == read(known) else views.DIFFERS


def text_of(row: Mapping[str, str | None], field: str) -> str:
    """A field as people read it."""
    if field == "country":
        return country(row.get(field)) or ""
    if field == "point":
        parts = [row.get("latitude"), row.get("longitude")]
        return ", ".join(shorter(part) for part in parts if part) if all(parts) else ""
    if field == "headcount":
        return (row.get(field) or "").removesuffix(".0")[:20]
    return (row.get(field) or "")[:300]


def number_in(text: str) -> float:
    """The number in a text; NaN where there is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def shorter(text: str) -> str:
    """A coordinate to four places, some ten metres."""
    number = number_in(text)
    return f"{number:.4f}" if isfinite(number) else text[:20]


def country(code: str | None) -> str | None:
    """A country's name, or what was written in its place."""
    return country_name(code) if code else None


def decided_line(review: Review) -> Decided:
    """A decision as the page shows it."""
    return Decided(review.id, review.source, name_of(review), said_of(review), review.decided_at or review.at)


def said_of(review: Review) -> str:
    """What was said of a row, in words."""
    if review.verdict == SAME:
        names = {one.factory_id: one.row.get("name") for one in review.question.candidates}
        return f"The same as {names.get(str(review.factory_id)) or review.factory_id}"
    return {NEW: "A new factory", OUT: "Left out"}.get(review.verdict or "", "Open")


def name_of(review: Review) -> str:
    """What the row calls its factory."""
    return review.question.row.get("name") or UNNAMED
