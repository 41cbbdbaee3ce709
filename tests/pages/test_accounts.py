"""The page of accounts: the operator's alone, deaf to odd buttons, and the link is shown once."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dash import no_update
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from pages import accounts, registry
from pages.registry import PAGES
from scoring.accounts import AccountsView, Choice, Group, Guest, NotDone, Person, Welcome, Wish
from tests.rendered import having, kinds, links, text_of

NOW = datetime.now(UTC)
LINK = "https://portal.example/invitation/secret"


def person(number: int, email: str, role: Role, **more: Any) -> Person:
    told = {
        "active": True,
        "created_at": NOW,
        "seen_at": None,
        "open_sessions": 0,
        "second_factor": None,
        "self": False,
    }
    return Person(number, email, role, **{**told, **more})


GUEST = Guest(3, "guest@x.example", Role.BUYER, "B1", "Northvane", NOW, NOW + timedelta(days=7))
VIEW = AccountsView(
    (
        Group(Role.OWNER, "O1", "Meghdal", (person(1, "anna@x.example", Role.OWNER, open_sessions=1, seen_at=NOW),)),
        Group(Role.BUYER, "B1", "Northvane", (
            person(2, "bo@x.example", Role.BUYER, active=False, created_at=NOW - timedelta(days=99)),)),
        Group(Role.OPERATOR, "S", None, (
            person(7, "op@x.example", Role.OPERATOR, self=True, second_factor=True),
            person(8, "op2@x.example", Role.OPERATOR, second_factor=False))),
    ),
    (GUEST,),
    (Choice(Role.OWNER, "O1", "Meghdal"), Choice(Role.OPERATOR, "S", None)),
)  # fmt: skip


class FakeDoor:
    """A door with one answer, which remembers what was done."""

    def __init__(self) -> None:
        self.view = VIEW
        self.done: list[tuple[str, Any]] = []
        self.refuses = False

    def accounts(self, viewer: Viewer) -> AccountsView:
        return self.view

    def invite(self, viewer: Viewer, wish: Wish) -> Welcome:
        self.note("invite", wish)
        return Welcome(GUEST, "secret")

    def note(self, what: str, about: Any) -> None:
        if self.refuses:
            raise NotDone("This is the last operator who can sign in.")
        self.done.append((what, about))

    def __getattr__(self, name: str) -> Callable[[Viewer, int], None]:
        return lambda viewer, number: self.note(name, number)


@pytest.fixture
def door() -> Iterator[FakeDoor]:
    """A door behind a request of an operator."""
    app, made = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = made
    app.extensions[accounts.LINK_MAKER] = lambda number, nonce: LINK if (number, nonce) == (3, "secret") else ""
    with app.test_request_context("/app/accounts"):
        token = enter(Viewer(7, Role.OPERATOR, "S"))
        yield made
        leave(token)


def sent(component: Any) -> str:
    """What the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def invite(*values: Any) -> Any:
    return registry.CALLBACKS["pages.accounts.invite_somebody"].function(*values)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Presses the button of a deed."""

    class Pressed:
        triggered_id: Any = None

    def press(deed: Any, clicks: Any = (1,), role: Any = None) -> Any:
        Pressed.triggered_id = {"type": "accounts-deed", "deed": deed} if not isinstance(deed, dict) else deed
        return registry.CALLBACKS["pages.accounts.change_accounts"].function(
            list(clicks) if isinstance(clicks, tuple) else clicks, role
        )

    monkeypatch.setattr(accounts, "ctx", Pressed)
    return press


def buttons(tree: Any) -> set[str]:
    """What each button says to those who do not see its row."""
    return {str(getattr(one, "aria-label", "")) for one in kinds(tree, "Button")} - {""}


def test_everybody_stands_there_with_what_can_be_done(door: FakeDoor) -> None:
    page = PAGES["/accounts"].layout()
    words = text_of(page)
    assert "3 active accounts in 2 organisations · 1 open invitation" in words
    for said in ("Meghdal O1", "anna@x.example signed in,", "bo@x.example not this month Disabled", "op@x.example you",
                 "Set up", "at the next sign-in", "not asked for", "guest@x.example Northvane B1 Buyer"):  # fmt: skip
        assert said in words, said
    assert buttons(page) == {
        "Take back: guest@x.example", "Sign out: anna@x.example", "Disable: anna@x.example", "Enable: bo@x.example",
        "Reset app: op@x.example", "Disable: op2@x.example",
    }  # fmt: skip


@pytest.mark.parametrize(("role", "shown"), [("owner", ["anna"]), ("ngo", []), ("king", ["anna", "bo", "op"])])
def test_the_address_remembers_which_role_is_looked_at(door: FakeDoor, role: str, shown: list[str]) -> None:
    page = PAGES["/accounts"].layout(role=role)
    people = [row for table in having(page, "ppl") for row in kinds(table, "Tr")]
    assert [name for name in ("anna", "bo", "op") if any(f"{name}@" in text_of(row) for row in people)] == shown
    assert ("No account of this kind yet" in text_of(page)) is (role == "ngo")
    assert links(page)["Buyers"] == "/app/accounts?role=buyer"


@pytest.mark.parametrize("role", [None, 7, ["owner"], {"a": 1}, "<script>"])
def test_an_odd_role_is_every_role(door: FakeDoor, role: Any) -> None:
    assert "op@x.example" in text_of(PAGES["/accounts"].layout(role=role))


def test_without_invitations_it_says_so(door: FakeDoor) -> None:
    door.view = AccountsView(VIEW.groups, (), VIEW.choices)
    words = text_of(PAGES["/accounts"].layout())
    assert "Nobody is invited right now" in words
    assert "no open invitation" in words


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_nobody_else_gets_in(door: FakeDoor, press: Callable[..., Any], role: Role) -> None:
    token = enter(Viewer(1, role, "O1"))
    assert "This is not available" in text_of(PAGES["/accounts"].layout())
    with pytest.raises(PreventUpdate):
        press("disable-1")
    with pytest.raises(PreventUpdate):
        invite(1, None, "a@x", "buyer:B1", None, None, "7", None)
    with pytest.raises(NotAvailable):
        accounts.layout()
    leave(token)
    assert door.done == []


@pytest.mark.parametrize(
    ("deed", "done"),
    [
        ("disable-8", ("disable_account", 8)),
        ("enable-2", ("enable_account", 2)),
        ("end-1", ("end_sessions", 1)),
        ("reset-7", ("reset_second_factor", 7)),
        ("revoke-3", ("take_back_invitation", 3)),
    ],
)
def test_each_button_does_its_deed_and_says_so(
    door: FakeDoor, press: Callable[..., Any], deed: str, done: tuple[str, int]
) -> None:
    said, lists, sentence = press(deed)
    assert door.done == [done]
    assert said.className == "sl-ac-done"
    assert "anna@x.example" in text_of(lists)
    assert "3 active accounts" in sentence


def test_what_is_refused_is_told(door: FakeDoor, press: Callable[..., Any]) -> None:
    door.refuses = True
    said, *_ = press("disable-8")
    assert (text_of(said), said.role) == ("This is the last operator who can sign in.", "alert")


@pytest.mark.parametrize(
    "deed",
    [None, "", "disable", "disable-", "disable--1", "disable-1e3", "disable-²", "note", "fly-1", 7, ["disable-1"],
     {"deed": 7}, "disable-" + "9" * 30, "view-1", "__class__-1"],
)  # fmt: skip
def test_an_odd_button_does_nothing(door: FakeDoor, press: Callable[..., Any], deed: Any) -> None:
    with pytest.raises(PreventUpdate):
        press(deed)
    assert door.done == []


@pytest.mark.parametrize("clicks", [None, (), (None, None), "x", 1, {}])
def test_buttons_that_were_only_drawn_do_nothing(door: FakeDoor, press: Callable[..., Any], clicks: Any) -> None:
    with pytest.raises(PreventUpdate):
        press("disable-8", clicks)
    assert door.done == []


def test_an_invitation_shows_its_link_this_once(door: FakeDoor) -> None:
    note, email, options, chosen, lists, sentence = invite(1, None, "a@x.example", "buyer:B1", "", "", "7", None)
    assert door.done == [("invite", Wish("a@x.example", "buyer", "B1", "", 7))]
    assert LINK in sent(note)
    assert "It is shown only now" in text_of(note)
    assert (email, chosen) == ("", "buyer:B1")
    assert LINK not in sent([options, lists, sentence, PAGES["/accounts"].layout()])


def test_a_new_organisation_brings_its_name(door: FakeDoor) -> None:
    invite(None, 1, "a@x.example", "new:ngo", "Clean Thread", "CT", "30", "buyer")
    invite(None, 1, "a@x.example", "new:ngo", None, "CT", "30", "buyer")
    assert door.done == [("invite", Wish("a@x.example", "ngo", "CT", name, 30)) for name in ("Clean Thread", "CT")]


def test_a_wish_that_cannot_be_keeps_the_form(door: FakeDoor) -> None:
    door.refuses = True
    note, *rest = invite(1, None, "a@x.example", "buyer:B1", "", "", "7", None)
    assert note.role == "alert"
    assert rest == [no_update] * 5


@pytest.mark.parametrize("odd", [None, 7, [], {}, True, "x" * 3000, "new", ":", "²"])
def test_odd_values_reach_the_door_as_plain_text(door: FakeDoor, odd: Any) -> None:
    invite(1, None, odd, odd, odd, odd, odd, odd)
    [(_, wish)] = door.done
    assert all(isinstance(value, str) for value in (wish.email, wish.role, wish.organisation, wish.name))
    assert wish.days == 0


def test_nothing_is_invited_without_a_click(door: FakeDoor) -> None:
    with pytest.raises(PreventUpdate):
        invite(None, None, "a@x.example", "buyer:B1", "", "", "7", None)
    assert door.done == []
