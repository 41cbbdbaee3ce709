"""Accounts, sessions, grants and tries, as the store keeps them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.roles import Role
from data.state import State
from data.state.accounts import (
    Account,
    AccountExists,
    OrganisationDiffers,
    account_by_email,
    account_by_id,
    accounts,
    add_account,
    disable_account,
    first_account,
    set_password,
)
from data.state.attempts import LONGEST_PAUSE, Tries, forgive, one_more_for_account, take_attempt
from data.state.grants import grant, revoke_grants, viewer_for
from data.state.sessions import add_session, forget_sessions, open_session, touch_session

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
IDLE = 30 * MINUTE


def added(state: State, email: str = "a@x.example", role: Role = Role.BUYER, org: str = "B1") -> Account:
    with state.change() as change:
        return add_account(change, email=email, role=role, organisation=org, password_hash="h", now=NOW)


def test_an_address_opens_one_account_however_it_is_written(state: State) -> None:
    account = added(state, " Anna@X.Example ")
    assert account.email == "anna@x.example"
    with state.look() as look:
        assert account_by_email(look, "ANNA@x.EXAMPLE") == account
        assert account_by_id(look, account.id) == account
        assert account_by_email(look, "other@x.example") is None
    with pytest.raises(AccountExists, match=r"already an account for anna@x\.example"):
        added(state, "anna@x.example", Role.OWNER, "O1")


def test_the_password_hash_is_never_printed(state: State) -> None:
    assert "password_hash" not in repr(added(state))


def test_an_organisation_is_made_once_and_keeps_its_name(state: State) -> None:
    with state.change() as change:
        one = add_account(change, email="a@x", role=Role.BUYER, organisation="B1", organisation_name="Alpha")
        two = add_account(change, email="b@x", role=Role.BUYER, organisation="B1")
        assert one.organisation_id == two.organisation_id
        assert two.organisation_name == "Alpha"
        with pytest.raises(OrganisationDiffers):
            add_account(change, email="c@x", role=Role.BUYER, organisation="B1", organisation_name="Beta")


def test_the_oldest_active_account_of_a_role(state: State) -> None:
    first, second = added(state, "z@x"), added(state, "a@x")
    with state.change() as change:
        assert first_account(change, "buyer") == first
        assert [a.email for a in accounts(change)] == ["z@x", "a@x"]
        disable_account(change, first, NOW)
        assert first_account(change, "buyer") == second
        assert first_account(change, "ngo") is None


def test_a_session_ends_by_idling_by_age_and_by_being_disabled(state: State) -> None:
    account = added(state)
    end = NOW + timedelta(hours=12)
    with state.change() as change:
        add_session(change, "t", account.id, NOW, end)
        assert open_session(change, "t", NOW + 29 * MINUTE, IDLE) == (account.id, NOW)
        assert open_session(change, "t", NOW + 30 * MINUTE, IDLE) is None
        assert open_session(change, "other", NOW, IDLE) is None
        touch_session(change, "t", end - MINUTE)
        assert open_session(change, "t", end - MINUTE, IDLE) is not None
        assert open_session(change, "t", end, IDLE) is None
        assert disable_account(change, account, NOW) == 1
        assert open_session(change, "t", end - MINUTE, IDLE) is None


def test_a_new_password_signs_out_everywhere(state: State) -> None:
    account = added(state)
    with state.change() as change:
        add_session(change, "t1", account.id, NOW, NOW + IDLE)
        add_session(change, "t2", account.id, NOW, NOW + IDLE)
        assert set_password(change, account, "new", NOW) == 2
        assert open_session(change, "t1", NOW, IDLE) is None
        found = account_by_id(change, account.id)
        assert found is not None
        assert found.password_hash == "new"


def test_sessions_that_ran_out_are_forgotten(state: State) -> None:
    account = added(state)
    with state.change() as change:
        add_session(change, "old", account.id, NOW, NOW + MINUTE)
        add_session(change, "new", account.id, NOW, NOW + IDLE)
        forget_sessions(change, NOW + 2 * MINUTE)
        add_session(change, "old", account.id, NOW, NOW + IDLE)  # the name is free again
        assert open_session(change, "new", NOW, IDLE) is not None


def nothing_owned(_organisation: str) -> frozenset[str]:
    return frozenset()


@pytest.mark.parametrize(
    ("until", "on", "seen"),
    [
        (None, NOW.date(), True),
        (None, NOW.date() - timedelta(days=1), False),
        (date(2026, 3, 10), date(2026, 3, 10), True),
        (date(2026, 3, 10), date(2026, 3, 11), False),
    ],
    ids=["today", "before it was given", "its last day", "the day after"],
)
def test_a_grant_counts_on_its_days_only(state: State, until: date | None, on: date, seen: bool) -> None:
    account = added(state)
    with state.change() as change:
        grant(change, "F1", account.organisation_id, until=until, now=NOW)
        assert viewer_for(change, account, nothing_owned, on).sees_factory("F1") is seen
        assert not viewer_for(change, account, nothing_owned, on).sees_factory("F2")


def test_a_grant_is_given_once_changed_and_revoked(state: State) -> None:
    account, other = added(state), added(state, "b@x", org="B2")
    with state.change() as change:
        assert grant(change, "F1", account.organisation_id, now=NOW)
        assert not grant(change, "F1", account.organisation_id, now=NOW)
        assert grant(change, "F1", account.organisation_id, until=date(2026, 4, 1), now=NOW)
        assert viewer_for(change, account, nothing_owned, date(2026, 5, 1)).factories == frozenset()
        assert viewer_for(change, other, nothing_owned, NOW.date()).factories == frozenset()
        assert revoke_grants(change, "F1", other.organisation_id, now=NOW) == 0
        assert revoke_grants(change, "F1", account.organisation_id, now=NOW) == 1
        assert revoke_grants(change, "F1", account.organisation_id, now=NOW) == 0
        assert viewer_for(change, account, nothing_owned, NOW.date()).factories == frozenset()


def test_a_viewer_is_what_the_role_makes_of_it(state: State) -> None:
    def owned(organisation: str) -> frozenset[str]:
        return frozenset({f"factory of {organisation}"})

    people = {role: added(state, f"{role}@x", role, "X") for role in Role}
    with state.change() as change:
        for account in people.values():
            grant(change, "F1", account.organisation_id, now=NOW)
        seen = {r: viewer_for(change, a, owned, NOW.date()).factories for r, a in people.items()}
    assert seen == {
        Role.OWNER: frozenset({"factory of X"}),
        Role.BUYER: frozenset({"F1"}),
        Role.NGO: frozenset(),
        Role.OPERATOR: frozenset(),
    }


def test_v6_3_1_five_failures_pause_the_account_for_a_minute_then_longer(state: State) -> None:
    with state.change() as change:
        assert [take_attempt(change, "a", "s", NOW) for _ in range(6)] == [True] * 5 + [False]
        assert not take_attempt(change, "a", "s2", NOW + 59 * timedelta(seconds=1))
        assert take_attempt(change, "b", "s", NOW)
        assert take_attempt(change, "a", "s", NOW + MINUTE)
        assert not take_attempt(change, "a", "s", NOW + 2 * MINUTE)
        assert take_attempt(change, "a", "s", NOW + 3 * MINUTE)


@given(st.integers(5, 5000))
def test_v6_3_1_the_pause_grows_to_a_quarter_of_an_hour_and_no_further(failures: int) -> None:
    so_far, more = (one_more_for_account(Tries(n, NOW, None), NOW) for n in (failures - 1, failures))
    assert so_far.blocked_until is not None
    assert more.blocked_until is not None
    assert NOW + MINUTE <= so_far.blocked_until <= more.blocked_until <= NOW + LONGEST_PAUSE


def test_v6_3_1_thirty_failures_pause_the_source_until_its_window_ends(state: State) -> None:
    with state.change() as change:
        assert all(take_attempt(change, f"a{n}", "s", NOW + n * timedelta(seconds=1)) for n in range(30))
        assert not take_attempt(change, "fresh", "s", NOW + 9 * MINUTE)
        assert take_attempt(change, "fresh", "other", NOW + 9 * MINUTE)
        assert take_attempt(change, "fresh", "s", NOW + 10 * MINUTE)


def test_success_forgives_the_account_and_does_not_count_for_the_source(state: State) -> None:
    with state.change() as change:
        for n in range(100):
            assert take_attempt(change, "a", "s", NOW), n
            forgive(change, "a", "s", NOW)


def test_tries_are_forgotten_after_a_day(state: State) -> None:
    with state.change() as change:
        for _ in range(5):
            take_attempt(change, "a", "s", NOW)
        assert [take_attempt(change, "a", "s", NOW + timedelta(days=1, minutes=1)) for _ in range(5)] == [True] * 5
