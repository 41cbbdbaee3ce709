"""Remarks are added and withdrawn, never taken out; nobody can say more than a fixed number of them."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import exc

from access.roles import Role
from data.state import State
from data.state.accounts import add_account
from data.state.organisations import organisation_id
from data.state.remarks import RemarksFull, add_remark, remarks_at, withdraw_remark

AT = datetime(2026, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def people(state: State) -> tuple[int, int, int]:
    """The numbers of an owner, of its account, and of a buyer."""
    with state.change() as change:
        account = add_account(change, email="o@x.example", role=Role.OWNER, organisation="O1", organisation_name="Mill")
        add_account(change, email="b@x.example", role=Role.BUYER, organisation="B1")
        return account.organisation_id, account.id, organisation_id(change, "buyer", "B1") or 0


TICK = count(1)
"""Remarks come one after the other."""


def said(state: State, organisation: int, text: str, factory: str = "F1", action: str = "A1", most: int = 20) -> int:
    with state.change() as change:
        return add_remark(
            change, factory_id=factory, action_id=action, organisation=organisation, user_id=None, kind="note",
            text=text, most=most, now=AT + timedelta(seconds=next(TICK)),
        )  # fmt: skip


def texts(state: State, factory: str, action: str | None = None) -> list[str]:
    with state.look() as look:
        return [one.text for one in remarks_at(look, factory, action)]


def test_remarks_come_back_by_factory_and_action_oldest_first(state: State, people: tuple[int, int, int]) -> None:
    owner, account, buyer = people
    with state.change() as change:
        add_remark(
            change, factory_id="F1", action_id="A1", organisation=owner, user_id=account, kind="dispute", text="one",
            most=20, now=AT,
        )  # fmt: skip
    said(state, buyer, "two")
    said(state, buyer, "three", action="A2")
    said(state, buyer, "four", factory="F2")
    assert texts(state, "F1") == ["one", "two", "three"]
    assert texts(state, "F1", "A1") == ["one", "two"]
    assert texts(state, "F2", "A2") == []
    with state.look() as look:
        first, second = remarks_at(look, "F1", "A1")
    assert (first.organisation_kind, first.organisation, first.organisation_name) == ("owner", "O1", "Mill")
    assert (first.kind, first.at, first.withdrawn_at) == ("dispute", AT, None)
    assert (second.organisation_kind, second.organisation, second.organisation_name) == ("buyer", "B1", None)


def test_only_its_organisation_withdraws_a_remark_and_only_where_it_stands(
    state: State, people: tuple[int, int, int]
) -> None:
    owner, _, buyer = people
    number = said(state, owner, "one")
    with state.change() as change:
        assert not withdraw_remark(change, number, "F1", "A1", buyer)
        assert not withdraw_remark(change, number, "F2", "A1", owner)
        assert not withdraw_remark(change, number, "F1", "A2", owner)
        assert not withdraw_remark(change, number + 1, "F1", "A1", owner)
        assert withdraw_remark(change, number, "F1", "A1", owner, AT)
        assert not withdraw_remark(change, number, "F1", "A1", owner)
    with state.look() as look:
        [one] = remarks_at(look, "F1")
    assert (one.text, one.withdrawn_at) == ("one", AT)


def test_no_more_than_so_many_even_when_they_were_withdrawn(state: State, people: tuple[int, int, int]) -> None:
    owner, _, buyer = people
    numbers = [said(state, owner, str(number), most=3) for number in range(3)]
    with state.change() as change:
        assert all(withdraw_remark(change, number, "F1", "A1", owner) for number in numbers)
    with pytest.raises(RemarksFull):
        said(state, owner, "one more", most=3)
    said(state, buyer, "the other side", most=3)
    said(state, owner, "elsewhere", action="A2", most=3)
    said(state, owner, "elsewhere", factory="F2", most=3)
    assert len(texts(state, "F1", "A1")) == 4


def test_writing_at_once_does_not_slip_past_the_limit(state: State, people: tuple[int, int, int]) -> None:
    owner, _, _ = people
    full = []

    def say() -> None:
        try:
            said(state, owner, "x", most=4)
        except RemarksFull:
            full.append(1)

    threads = [threading.Thread(target=say) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(texts(state, "F1")), len(full)) == (4, 4)


def test_a_remark_of_another_kind_is_a_programming_error(state: State, people: tuple[int, int, int]) -> None:
    with pytest.raises(exc.IntegrityError), state.change() as change:
        add_remark(
            change, factory_id="F1", action_id="A1", organisation=people[0], user_id=None, kind="praise", text="x",
            most=20,
        )  # fmt: skip
