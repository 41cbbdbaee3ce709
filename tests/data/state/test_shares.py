"""Which consents began or ended within some days: by day, by revoking and by their own end; of one buyer only."""

from datetime import UTC, date, datetime, timedelta

from data.state import Change, State
from data.state.grants import grant, revoke_grants
from data.state.organisations import organisation_id, record_organisations
from data.state.shares import shares_since

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FIRST, TODAY = date(2026, 8, 1), NOW.date()


def buyer(change: Change, name: str) -> int:
    """The number of a buyer."""
    record_organisations(change, [{"kind": "buyer", "external_id": name, "name": f"Buyer {name}"}])
    return organisation_id(change, "buyer", name) or 0


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_what_began_or_ended_in_the_days_is_told_and_nothing_else(state: State) -> None:
    with state.change() as change:
        mine, other = buyer(change, "B1"), buyer(change, "B2")
        grant(change, "F1", mine, now=days_ago(400))
        grant(change, "F2", mine, now=days_ago(20))
        grant(change, "F3", mine, now=days_ago(300))
        revoke_grants(change, "F3", mine, now=days_ago(3))
        grant(change, "F4", mine, now=days_ago(300))
        revoke_grants(change, "F4", mine, now=days_ago(200))
        grant(change, "F5", mine, until=TODAY - timedelta(days=9), now=days_ago(300))
        grant(change, "F6", other, now=days_ago(2))
        found = shares_since(change, mine, FIRST, TODAY)
    assert {one.factory_id: (one.since, one.last) for one in found} == {
        "F2": (days_ago(20).date(), None),
        "F3": (days_ago(300).date(), days_ago(3).date()),
        "F5": (days_ago(300).date(), TODAY - timedelta(days=9)),
    }


def test_a_revoked_one_ends_on_the_day_it_was_revoked_whatever_it_was_given_until(state: State) -> None:
    with state.change() as change:
        mine = buyer(change, "B1")
        grant(change, "F1", mine, until=TODAY + timedelta(days=90), now=days_ago(300))
        revoke_grants(change, "F1", mine, now=days_ago(1))
        [found] = shares_since(change, mine, FIRST, TODAY)
    assert found.last == days_ago(1).date()
