"""The page of factory lists: the operator's alone, row beside row in words, deaf to odd buttons."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.registry.questions import Candidate, Question
from data.settings import Settings
from data.state import State
from data.state.accounts import add_account
from data.state.audit import lines
from data.state.registry import decided, queue_reviews
from pages import factory_lists
from pages.registry import PAGES
from scoring import registry
from tests.rendered import having, kinds, links, text_of

KARIM = Candidate(
    "F-1",
    {"name": "Karim Fashions Ltd", "address": "12 Mirpur Road", "country": "BD", "latitude": "23.8",
     "longitude": "90.36", "headcount": "650", "os_id": "BD2019083D5S9RG"},
    0.31, "The numbers in the names differ.",
)  # fmt: skip
UNIT = Candidate("F2", {"name": "Karim Fashions Unit 2", "country": "BD"}, 0.004, "Another number.")
ROW = {
    "name": "KARIM FASHION LTD.", "address": "9 Station Road", "country": "BD", "latitude": "23.8",
    "longitude": "90.36", "headcount": "700.0",
}  # fmt: skip


class RealDoor:
    """The door's three methods over a real store."""

    def __init__(self, state: State) -> None:
        self.state = state

    def factory_lists(self, viewer: Viewer, source: object = None) -> Any:
        return registry.factory_lists(self.state, viewer, source)

    def settle_row(self, viewer: Viewer, *asked: object) -> str:
        return registry.settle(self.state, viewer, *asked)

    def ask_again(self, viewer: Viewer, number: object) -> str:
        return registry.ask_again(self.state, viewer, number)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """An empty store."""
    home = Home(tmp_path / "home").prepare()
    opened = State.open(home, Settings(home=home.root))
    yield opened
    opened.close()


@pytest.fixture
def here(state: State) -> Iterator[State]:
    """A request of an operator, with two lists that have questions."""
    app = Flask("test")
    app.extensions["seamline.door"] = RealDoor(state)
    with state.change() as change:
        who = add_account(change, email="op@x.example", role=Role.OPERATOR, organisation="S", password_hash=None)
        queue_reviews(change, "spring", [Question("k1", ROW, (KARIM, UNIT), "Not certain.")])
        queue_reviews(change, "autumn", [Question("k2", {"name": "Delta"}, (UNIT,), "Not certain.")])
    with app.test_request_context("/app/factory-lists"):
        token = enter(Viewer(who.id, Role.OPERATOR, "S"))
        yield state
        leave(token)


def press(monkeypatch: pytest.MonkeyPatch, deed: Any, clicks: Any = (1,), source: Any = None) -> Any:
    """What the callback answers to a button."""
    told = {"type": "factory-lists-deed", "deed": deed}
    monkeypatch.setattr(factory_lists, "ctx", type("Context", (), {"triggered_id": told}))
    return factory_lists.decide_row(list(clicks) if isinstance(clicks, tuple) else clicks, source)


def test_a_row_stands_beside_what_it_may_be(here: State) -> None:
    page = factory_lists.layout()
    words = text_of(page)
    for said in ("2 rows to decide", "KARIM FASHION LTD.", "Karim Fashions Ltd", "chance 31 %", "Bangladesh",
                 "23.8000, 90.3600", "unlikely, by the names", "A new factory is made at the next load"):  # fmt: skip
        assert said in words
    [first, *_] = having(page, "sl-rg-table")
    compared = {text_of(row.children[0]): text_of(row.children[3]) for row in kinds(first, "Tr")[1:]}
    assert compared == {
        "Name": "written otherwise", "Address": "differs", "Country": "same", "Point on the map": "same",
        "Open Supply Hub id": "only on one side", "Head count": "nearly the same",
    }  # fmt: skip
    bold = {text_of(node) for node in kinds(first, "B")}
    assert bold == {"9 Station Road", "12 Mirpur Road"}, "what differs is heavier, not only coloured"


def test_every_button_says_what_it_is_about(here: State) -> None:
    buttons = kinds(factory_lists.layout(), "Button")
    said = [getattr(button, "aria-label") for button in buttons]
    assert len(said) == len(set(said)) == 7
    assert all(text_of(button) in label for button, label in zip(buttons, said, strict=True))


def test_the_address_chooses_a_list(here: State) -> None:
    page = factory_lists.layout(list="spring")
    assert "1 row to decide" in text_of(page)
    assert "Delta" not in text_of(page)
    assert any(href.endswith("?list=autumn") for href in links(page).values())
    for odd in ("nowhere", ["spring"], {"a": 1}, 7, None, "x" * 5000):
        assert "2 rows to decide" in text_of(factory_lists.layout(list=odd))


@pytest.mark.parametrize(
    ("deed", "said"),
    [("same-1-F-1", "the same as Karim Fashions Ltd"), ("new-1", "a new factory"), ("out-1", "left out")],
)
def test_a_decision_is_kept_and_told_to_the_trail(
    here: State, monkeypatch: pytest.MonkeyPatch, deed: str, said: str
) -> None:
    body, note = press(monkeypatch, deed)
    assert said in text_of(note)
    assert "1 row to decide" in text_of(body)
    assert "Decided lately" in text_of(body)
    with here.look() as look:
        [kept] = decided(look, "spring").values()
        assert kept.verdict == deed.partition("-")[0]
        assert kept.factory_id == ("F-1" if deed.startswith("same") else None)
        [line] = lines(look)
    assert line.deed == f"decided about a factory list: {kept.verdict}"
    assert line.factory_id == kept.factory_id
    body, note = press(monkeypatch, "again-1")
    assert "open again" in text_of(note)
    assert "2 rows to decide" in text_of(body)


def test_when_all_is_decided_the_page_says_so(here: State, monkeypatch: pytest.MonkeyPatch) -> None:
    press(monkeypatch, "new-1")
    body, _ = press(monkeypatch, "out-2")
    assert "Nothing to decide" in text_of(body)
    assert "Left out" in text_of(body)


@pytest.mark.parametrize(
    "deed",
    ["same-1-F9", "same-1-", "same-1", "new-99", "new--1", "new-x", "again-1", "drop-1", "new", "-", "same-²-F-1",
     "new-99999999999", "new-1e3"],
)  # fmt: skip
def test_odd_buttons_do_nothing(here: State, monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    with pytest.raises(NotAvailable):
        press(monkeypatch, deed)
    with here.look() as look:
        assert decided(look, "spring") == {}
        assert lines(look) == []


@pytest.mark.parametrize(
    ("deed", "clicks"), [(None, (1,)), (["new-1"], (1,)), ("new-1", (None,)), ("new-1", 7), (7, (1,))]
)
def test_a_page_that_is_only_drawn_presses_nothing(
    here: State, monkeypatch: pytest.MonkeyPatch, deed: Any, clicks: Any
) -> None:
    with pytest.raises(PreventUpdate):
        press(monkeypatch, deed, clicks)


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_nobody_else_reads_or_decides(here: State, role: Role) -> None:
    viewer = Viewer(1, role, "O1", frozenset({"F-1"}))
    token = enter(viewer)
    try:
        assert "not available" in text_of(PAGES["/factory-lists"].layout())
        for asked in (
            lambda: registry.factory_lists(here, viewer),
            lambda: registry.settle(here, viewer, 1, "new"),
            lambda: registry.ask_again(here, viewer, 1),
        ):
            with pytest.raises(NotAvailable):
                asked()
    finally:
        leave(token)


@pytest.mark.parametrize("odd", [None, True, "1", 1.0, -1, 0, 2**40, [1], {"a": 1}])
def test_odd_numbers_reach_nothing(here: State, odd: object) -> None:
    viewer = Viewer(1, Role.OPERATOR, "S")
    for asked in (lambda: registry.settle(here, viewer, odd, "new"), lambda: registry.ask_again(here, viewer, odd)):
        with pytest.raises(NotAvailable):
            asked()
    for verdict, factory in ((None, None), (["new"], None), ("same", ["F-1"]), ("same", None), ("new", "F-1")):
        with pytest.raises(NotAvailable):
            registry.settle(here, viewer, 1, verdict, factory)
