"""What an operator can do about accounts, what nobody else can, and that every deed leaves a line."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.settings import Settings
from data.state import State
from data.state.accounts import Account, account_by_id, add_account, disable_account
from data.state.audit import broken_at, lines
from data.state.invitations import open_invitation
from data.state.second_factors import begin_second_factor, confirm_second_factor, second_factor
from data.state.sessions import add_session, presences
from scoring import accounts
from scoring.accounts import NotDone, Wish

WISH = Wish("anna@mill.example", "owner", "O9", "Ninth Mill", 7)


@pytest.fixture
def state(store: str, tmp_path: Path) -> Iterator[State]:
    """A fresh store, in either kind of database."""
    home = Home(tmp_path / "home").prepare()
    opened = State.open(home, Settings(home=home.root))
    yield opened
    opened.close()


def added(state: State, email: str, role: Role, org: str) -> Account:
    with state.change() as change:
        return add_account(change, email=email, role=role, organisation=org, password_hash="h")


@pytest.fixture
def operator(state: State) -> Viewer:
    """An operator who looks."""
    return Viewer(added(state, "op@x", Role.OPERATOR, "S").id, Role.OPERATOR, "S")


def deeds(state: State) -> list[tuple[str, int | None]]:
    """What the audit trail tells, newest first; it must hold."""
    with state.look() as look:
        assert broken_at(look) is None
        return [(one.deed, one.about_id) for one in lines(look)]


def signed_in(state: State, user_id: int, name: str) -> None:
    now = datetime.now(UTC)
    with state.change() as change:
        add_session(change, name, user_id, now, now + timedelta(hours=1))


def open_sessions(state: State, user_id: int) -> int:
    with state.look() as look:
        found = presences(look, datetime.now(UTC), accounts.IDLE).get(user_id)
    return found.open_sessions if found else 0


DEEDS = {
    "look": lambda state, viewer: accounts.accounts_view(state, viewer),
    "invite": lambda state, viewer: accounts.invite(state, viewer, WISH),
    "take back": lambda state, viewer: accounts.take_back(state, viewer, 1),
    "disable": lambda state, viewer: accounts.disable(state, viewer, 1),
    "enable": lambda state, viewer: accounts.enable(state, viewer, 1),
    "end": lambda state, viewer: accounts.end_sessions(state, viewer, 1),
    "reset": lambda state, viewer: accounts.reset_factor(state, viewer, 1),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_nobody_but_an_operator_does_anything(state: State, operator: Viewer, role: Role, deed: str) -> None:
    signed_in(state, operator.user_id, "t")
    with pytest.raises(NotAvailable):
        DEEDS[deed](state, Viewer(99, role, "S"))
    assert deeds(state) == []
    assert open_sessions(state, operator.user_id) == 1


def test_accounts_stand_by_organisation_owners_first(state: State, operator: Viewer) -> None:
    for email, role, org in (("b@x", Role.BUYER, "B1"), ("o@x", Role.OWNER, "O1"), ("b2@x", Role.BUYER, "B1")):
        added(state, email, role, org)
    view = accounts.accounts_view(state, operator)
    assert [(g.kind, [p.email for p in g.people]) for g in view.groups] == [
        (Role.OWNER, ["o@x"]),
        (Role.BUYER, ["b@x", "b2@x"]),
        (Role.OPERATOR, ["op@x"]),
    ]
    assert [p.self for g in view.groups for p in g.people] == [False, False, False, True]
    assert "password" not in str(view)


def test_an_invitation_makes_a_link_and_a_choice(state: State, operator: Viewer) -> None:
    made = accounts.invite(state, operator, WISH)
    assert made.nonce not in repr(made)
    with state.look() as look:
        assert open_invitation(look, made.guest.invitation_id, made.nonce, datetime.now(UTC)) is not None
    view = accounts.accounts_view(state, operator)
    assert [(one.email, one.name) for one in view.guests] == [("anna@mill.example", "Ninth Mill")]
    assert ("O9", "Ninth Mill") in [(one.organisation, one.name) for one in view.choices]
    assert deeds(state) == [("invited", None)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "anna"}, "e-mail address"),
        ({"email": "a@b\x00"}, "e-mail address"),
        ({"email": "op@x"}, "already an account"),
        ({"role": "king"}, "Choose a role"),
        ({"organisation": " "}, "Choose an organisation"),
        ({"organisation": "O404", "name": ""}, "Choose an organisation"),
        ({"organisation": "x" * 121}, "at most 120"),
        ({"name": "a\u202eb"}, "visible"),
        ({"role": "operator", "organisation": "S", "name": "Another name"}, "under another name"),
        ({"days": 0}, "1 to 30 days"),
        ({"days": 31}, "1 to 30 days"),
    ],
)
def test_a_wish_that_cannot_be_is_told_why(state: State, operator: Viewer, changes: dict, said: str) -> None:
    with state.change() as change:
        add_account(change, email="s2@x", role=Role.OPERATOR, organisation="S", organisation_name="Service")
    with pytest.raises(NotDone, match=said):
        accounts.invite(state, operator, replace(WISH, **changes))
    assert deeds(state) == []


def test_an_invitation_is_taken_back_once(state: State, operator: Viewer) -> None:
    made = accounts.invite(state, operator, WISH)
    accounts.take_back(state, operator, made.guest.invitation_id)
    assert accounts.accounts_view(state, operator).guests == ()
    for number in (made.guest.invitation_id, 12345):
        with pytest.raises(NotAvailable):
            accounts.take_back(state, operator, number)
    assert deeds(state) == [("invitation revoked", None), ("invited", None)]


def test_v7_4_2_a_disabled_account_is_signed_out_and_can_come_back(state: State, operator: Viewer) -> None:
    anna = added(state, "anna@x", Role.BUYER, "B1")
    signed_in(state, anna.id, "t")
    accounts.disable(state, operator, anna.id)
    assert open_sessions(state, anna.id) == 0
    [person] = [p for g in accounts.accounts_view(state, operator).groups for p in g.people if p.email == "anna@x"]
    assert (person.active, person.open_sessions) == (False, 0)
    accounts.enable(state, operator, anna.id)
    accounts.enable(state, operator, anna.id)
    with state.look() as look:
        assert account_by_id(look, anna.id) == anna
    assert deeds(state) == [("account enabled", anna.id), ("account disabled", anna.id)]


def test_an_operator_cannot_disable_itself_nor_the_last_one(state: State, operator: Viewer) -> None:
    with pytest.raises(NotDone, match="your own account"):
        accounts.disable(state, operator, operator.user_id)
    other = added(state, "other@x", Role.OPERATOR, "S")
    accounts.disable(state, operator, other.id)
    accounts.enable(state, operator, other.id)
    with state.change() as change:
        disable_account(change, account_by_id(change, operator.user_id))
    with pytest.raises(NotDone, match="last operator"):
        accounts.disable(state, operator, other.id)


def test_two_operators_cannot_disable_each_other_at_the_same_moment(state: State, operator: Viewer) -> None:
    pair = (operator, replace(operator, user_id=added(state, "other@x", Role.OPERATOR, "S").id))
    said: list[str] = []

    def act(viewer: Viewer, other: Viewer) -> None:
        try:
            accounts.disable(state, viewer, other.user_id)
        except NotDone as problem:
            said.append(str(problem))

    threads = [threading.Thread(target=act, args=(one, other)) for one, other in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    view = accounts.accounts_view(state, operator)
    assert sorted(p.active for g in view.groups for p in g.people) == [False, True]
    assert len(said) == 1
    assert "last operator" in said[0]
    assert len(deeds(state)) == 1


def test_v7_4_5_sessions_of_anybody_end_at_once(state: State, operator: Viewer) -> None:
    anna = added(state, "anna@x", Role.BUYER, "B1")
    signed_in(state, anna.id, "one")
    signed_in(state, anna.id, "two")
    assert open_sessions(state, anna.id) == 2
    accounts.end_sessions(state, operator, anna.id)
    assert open_sessions(state, anna.id) == 0
    assert deeds(state) == [("sessions ended", anna.id)]


def test_a_reset_forgets_the_app_and_signs_out(state: State, operator: Viewer) -> None:
    other = added(state, "other@x", Role.OPERATOR, "S")
    with state.change() as change:
        begin_second_factor(change, other.id, "SECRET", datetime.now(UTC))
        confirm_second_factor(change, other.id, 1, ["CODE"], datetime.now(UTC))
    signed_in(state, other.id, "t")
    told = {p.email: p.second_factor for g in accounts.accounts_view(state, operator).groups for p in g.people}
    assert told == {"op@x": False, "other@x": True}
    assert "SECRET" not in str(accounts.accounts_view(state, operator))
    accounts.reset_factor(state, operator, other.id)
    accounts.reset_factor(state, operator, other.id)
    with state.look() as look:
        assert second_factor(look, other.id) is None
    assert open_sessions(state, other.id) == 0
    assert [deed for deed, _ in deeds(state)] == ["second factor reset"]
    with state.look() as look:
        [line] = [one for one in lines(look) if one.deed == "second factor reset"]
    assert (line.about_id, line.detail) == (other.organisation_id, f"account {other.id}")


@pytest.mark.parametrize("deed", [accounts.disable, accounts.enable, accounts.end_sessions, accounts.reset_factor])
def test_an_account_that_is_not_there_is_not_available(state: State, operator: Viewer, deed) -> None:
    with pytest.raises(NotAvailable):
        deed(state, operator, 12345)
    assert deeds(state) == []
