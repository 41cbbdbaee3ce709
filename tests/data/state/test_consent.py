"""Grants with levels, requests, and looking as a buyer would: what the store keeps of consent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from access.levels import Level
from access.roles import Role
from data.state import Change, State
from data.state.accounts import add_account
from data.state.grants import consents_of, grant, grants_of, revoke_grants, viewer_for
from data.state.organisations import organisation_id, record_organisations
from data.state.requests import (
    AGREED,
    DECLINED,
    WITHDRAWN,
    AskedTooOften,
    Request,
    add_request,
    answer_request,
    requests_at,
    requests_of,
)
from data.state.sessions import add_session, begin_preview, end_preview, preview_of
from data.state.trade import buyers_at, factories_of, record_actions, record_relations

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def buyer(change: Change, name: str = "B1") -> int:
    """The number of a buyer."""
    record_organisations(change, [{"kind": "buyer", "external_id": name, "name": f"Buyer {name}"}])
    return organisation_id(change, "buyer", name) or 0


def test_a_grant_has_a_level_and_a_change_of_it_replaces_it(state: State) -> None:
    with state.change() as change:
        number = buyer(change)
        assert grant(change, "F1", number, level=Level.SCORE, now=NOW)
        assert not grant(change, "F1", number, level=Level.SCORE, now=NOW)
        assert grant(change, "F1", number, level=Level.FULL, until=date(2026, 7, 1), now=NOW)
        assert [(g.level, g.until) for g in grants_of(change, number, NOW.date())] == [(Level.FULL, date(2026, 7, 1))]
        assert [c.level for c in consents_of(change, "F1")] == [Level.FULL, Level.SCORE]
        assert [c.organisation_name for c in consents_of(change, "F1", NOW.date())] == ["Buyer B1"]
        assert consents_of(change, "F1", date(2026, 7, 2)) == []
        assert revoke_grants(change, "F1", number, now=NOW) == 1
        assert consents_of(change, "F1", NOW.date()) == []


def test_a_viewer_carries_what_each_factory_agreed_to(state: State) -> None:
    with state.change() as change:
        account = add_account(change, email="a@x.example", role=Role.BUYER, organisation="B1")
        for factory, level in (("F1", Level.SCORE), ("F2", Level.THEMES), ("F3", Level.ACTIONS)):
            grant(change, factory, account.organisation_id, level=level, now=NOW)
        change.connection.execute(text("UPDATE grants SET level = 'of a newer version' WHERE factory_id = 'F2'"))
        viewer = viewer_for(change, account, lambda _: frozenset(), NOW.date())
    assert [viewer.level(name) for name in ("F1", "F2", "F3")] == [Level.SCORE, Level.SCORE, Level.ACTIONS]
    assert viewer.factories == {"F1", "F2", "F3"}
    assert viewer.factories_at(Level.THEMES) == {"F3"}
    assert not viewer.sees_factory("F9")


def asked(change: Change, number: int, by: str = "buyer", hour: int = 0) -> Request:
    """A new request of that buyer at F1, so many hours later."""
    made = add_request(
        change, factory_id="F1", organisation=number, asked_by=by, user_id=None, level=Level.FULL, note="Please",
        most=3, now=NOW + timedelta(hours=hour),
    )  # fmt: skip
    return next(one for one in requests_at(change, "F1") if one.id == made)


def test_one_request_is_open_at_a_time_and_no_more_than_so_many_are_made(state: State) -> None:
    with state.change() as change:
        number = buyer(change)
        for hour in range(3):
            one = asked(change, number, hour=hour)
            with pytest.raises(AskedTooOften):
                asked(change, number)
            assert answer_request(change, one, DECLINED, NOW)
            assert not answer_request(change, one, AGREED, NOW)
        with pytest.raises(AskedTooOften):
            asked(change, number)
        assert asked(change, number, "owner", 4).level is Level.FULL
        assert [one.answer for one in requests_of(change, number)] == [None, DECLINED, DECLINED, DECLINED]


def test_what_was_agreed_to_may_be_withdrawn(state: State) -> None:
    with state.change() as change:
        one = asked(change, buyer(change), "owner")
        assert answer_request(change, one, AGREED, NOW)
        assert answer_request(change, one, WITHDRAWN, NOW)
        assert not answer_request(change, one, WITHDRAWN, NOW)


def test_the_data_says_who_trades_where(state: State) -> None:
    with state.change() as change:
        buyer(change)
        buyer(change, "B2")
        record_relations(change, [{"buyer_id": "B1", "factory_id": "F1"}, {"buyer_id": "B1", "factory_id": "F2"}])
        record_actions(change, [
            {"action_id": "A1", "buyer_id": "B2", "factory_id": "F1", "kind": "rush_order", "date": date(2026, 5, 1)}
        ])  # fmt: skip
        assert [one.buyer_id for one in buyers_at(change, "F1")] == ["B1", "B2"]
        assert factories_of(change, "B1") == {"F1", "F2"}
        assert factories_of(change, "B2") == {"F1"}
        assert factories_of(change, "B3") == frozenset()


def test_looking_as_a_buyer_would_is_kept_with_the_session(state: State) -> None:
    with state.change() as change:
        account = add_account(change, email="o@x.example", role=Role.OWNER, organisation="O1")
        add_session(change, "token", account.id, NOW, NOW + timedelta(hours=1))
        assert preview_of(change, "token") is None
        begin_preview(change, "token", "F1", buyer(change), Level.THEMES)
        found = preview_of(change, "token")
        assert found is not None
        assert (found.factory_id, found.buyer, found.buyer_name, found.level) == ("F1", "B1", "Buyer B1", Level.THEMES)
        end_preview(change, "token")
        assert preview_of(change, "token") is None
