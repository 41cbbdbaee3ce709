"""Invitations and second factors, as the store keeps them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from access.roles import Role
from data.state import State
from data.state.accounts import AccountExists, OrganisationDiffers, add_account
from data.state.invitations import (
    Invited,
    invite,
    open_invitation,
    open_invitations,
    revoke_invitation,
    use_invitation,
)
from data.state.second_factors import (
    begin_second_factor,
    confirm_second_factor,
    confirmed_factors,
    reset_second_factor,
    second_factor,
    use_recovery_code,
    use_step,
)
from data.state.sessions import add_session, presences, revoke_sessions_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def invited(state: State, email: str = "anna@x.example", now: datetime = NOW, **more) -> Invited:
    with state.change() as change:
        return invite(change, email=email, role=Role.BUYER, organisation="B1", now=now, **more)


def opens(state: State, one: Invited, now: datetime = NOW, nonce: str | None = None) -> bool:
    with state.look() as look:
        return open_invitation(look, one.invitation.id, nonce or one.nonce, now) is not None


def user(state: State, email: str = "otto@x.example") -> int:
    with state.change() as change:
        return add_account(change, email=email, role=Role.OPERATOR, organisation="S", password_hash="h", now=NOW).id


def test_an_invitation_makes_its_organisation_and_is_open_for_its_days(state: State) -> None:
    one = invited(state, " Anna@X.example ", organisation_name="Alpha", days=3)
    assert (one.invitation.email, one.invitation.organisation_name) == ("anna@x.example", "Alpha")
    assert opens(state, one, NOW + 3 * DAY - MINUTE)
    assert not opens(state, one, NOW + 3 * DAY)
    assert not opens(state, one, nonce="another word")
    assert not opens(state, replace(one, invitation=replace(one.invitation, id=one.invitation.id + 1)))


def test_the_word_of_the_link_is_not_kept_and_not_printed(state: State) -> None:
    one = invited(state)
    assert one.nonce not in repr(one)
    with state.look() as look:
        kept = look.connection.execute(text("SELECT * FROM invitations")).one()
    assert one.nonce not in str(tuple(kept))


def test_an_invitation_is_used_once_and_not_after_it_was_taken_back(state: State) -> None:
    used, revoked = invited(state), invited(state, "b@x")
    with state.change() as change:
        assert use_invitation(change, used.invitation.id, NOW)
        assert not use_invitation(change, used.invitation.id, NOW)
        assert not revoke_invitation(change, used.invitation.id, NOW)
        assert revoke_invitation(change, revoked.invitation.id, NOW)
        assert not use_invitation(change, revoked.invitation.id, NOW)
        assert open_invitations(change, NOW) == []
    assert not opens(state, used)
    assert not opens(state, revoked)


def test_a_newer_invitation_ends_the_older_one_of_the_same_person(state: State) -> None:
    older, other = invited(state), invited(state, "b@x")
    newer = invited(state, "ANNA@x.example")
    assert [opens(state, one) for one in (older, other, newer)] == [False, True, True]


def test_whoever_has_an_account_is_not_invited_and_a_link_ends_with_an_account(state: State) -> None:
    one = invited(state, "otto@x.example")
    user(state)
    assert not opens(state, one)
    with pytest.raises(AccountExists, match=r"already an account for otto@x\.example"):
        invited(state, "otto@x.example")
    invited(state, "c@x", organisation_name="Alpha")
    with pytest.raises(OrganisationDiffers):
        invited(state, "d@x", organisation_name="Beta")


def test_v6_3_8_every_link_costs_the_same_statements_whatever_is_wrong_with_it(state: State) -> None:
    fresh, used, late = invited(state), invited(state, "b@x"), invited(state, "c@x", NOW - 8 * DAY)
    with state.change() as change:
        use_invitation(change, used.invitation.id, NOW)
    asked: list[str] = []
    event.listen(state._engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    seen = []
    for number, nonce in ((fresh.invitation.id, fresh.nonce), (used.invitation.id, used.nonce),
                          (late.invitation.id, late.nonce), (0, ""), (fresh.invitation.id, "forged")):  # fmt: skip
        asked.clear()
        with state.look() as look:
            open_invitation(look, number, nonce, NOW)
        seen.append(tuple(asked))
    assert len(set(seen)) == 1
    assert "invitations" in seen[0][-1]


def test_a_second_factor_counts_from_its_confirmation_only(state: State) -> None:
    who = user(state)
    with state.change() as change:
        begin_second_factor(change, who, "SECRET", NOW)
        begin_second_factor(change, who, "ANOTHER", NOW)
        found = second_factor(change, who)
        assert found is not None
        assert (found.secret, found.confirmed_at, found.codes_left) == ("SECRET", None, 0)
        assert "SECRET" not in repr(found)
        assert not use_step(change, who, 10)
        assert confirmed_factors(change) == set()
        assert confirm_second_factor(change, who, 10, ["AAAA-2222", "BBBB-3333"], NOW)
        assert not confirm_second_factor(change, who, 11, ["CCCC"], NOW)
        assert confirmed_factors(change) == {who}


def test_v6_5_1_no_time_step_and_no_recovery_code_counts_twice(state: State) -> None:
    who, other = user(state), user(state, "other@x")
    with state.change() as change:
        begin_second_factor(change, who, "SECRET", NOW)
        confirm_second_factor(change, who, 10, ["AAAA-2222", "BBBB-3333"], NOW)
        assert [use_step(change, who, step) for step in (9, 10, 12, 12, 11, 13)] == [
            False,
            False,
            True,
            False,
            False,
            True,
        ]
        assert not use_recovery_code(change, other, "AAAA-2222", NOW)
        assert not use_recovery_code(change, who, "AAAA-222", NOW)
        assert use_recovery_code(change, who, " aaaa 2222", NOW)
        assert not use_recovery_code(change, who, "AAAA-2222", NOW)
        found = second_factor(change, who)
        assert found is not None
        assert found.codes_left == 1


def test_v6_5_2_recovery_codes_are_kept_as_hashes(state: State) -> None:
    who = user(state)
    with state.change() as change:
        begin_second_factor(change, who, "SECRET", NOW)
        confirm_second_factor(change, who, 10, ["AAAA-2222"], NOW)
        kept = change.connection.execute(text("SELECT code_hash FROM recovery_codes")).scalars().all()
    assert [len(one) for one in kept] == [64]


def test_a_reset_forgets_app_and_codes(state: State) -> None:
    who = user(state)
    with state.change() as change:
        begin_second_factor(change, who, "SECRET", NOW)
        confirm_second_factor(change, who, 10, ["AAAA-2222"], NOW)
        assert reset_second_factor(change, who)
        assert not reset_second_factor(change, who)
        assert second_factor(change, who) is None
        assert not use_recovery_code(change, who, "AAAA-2222", NOW)
        begin_second_factor(change, who, "NEW", NOW)
        found = second_factor(change, who)
        assert found is not None
        assert found.secret == "NEW"


def test_presence_tells_when_somebody_was_seen_and_counts_open_sessions(state: State) -> None:
    who, other = user(state), user(state, "other@x")
    with state.change() as change:
        add_session(change, "old", who, NOW - DAY, NOW - DAY / 2)
        add_session(change, "one", who, NOW - MINUTE, NOW + DAY)
        add_session(change, "two", who, NOW, NOW + DAY)
        found = presences(change, NOW, 30 * MINUTE)
        assert found.keys() == {who}
        assert (found[who].seen_at, found[who].open_sessions) == (NOW, 2)
        assert other not in found
        assert presences(change, NOW + 40 * MINUTE, 30 * MINUTE)[who].open_sessions == 0
        revoke_sessions_of(change, who, NOW)
        assert presences(change, NOW, 30 * MINUTE)[who].open_sessions == 0
