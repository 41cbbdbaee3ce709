"""The callback of the replies: one button, one deed; what is forged ends it; who may not reply finds no form."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

import pages.replies as page
from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components import ids
from pages import registry
from scoring.photos import NO_PICTURE, PhotoNotKept
from scoring.remarks import NotKept
from scoring.replies import RepliesView, Reply, Subject
from tests.rendered import kinds, nodes, text_of
from tests.sample_overview import FACTORY

OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"f1"}))
WHOLE, THEME = Subject("row", "overall", "the overall score"), Subject("row", "t1", "Pay")
TARGET = {"factory": "f1", "reply": "row.overall"}
SOURCE = f"data:image/jpeg;base64,{b64encode(b'abc').decode()}"
CALLBACK = "pages.replies.change_replies"


class SmallDoor:
    """A door to one factory's replies that notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.problem: Exception | None = None

    def own_replies(self, viewer: Viewer, factory_id: str) -> RepliesView:
        if factory_id not in viewer.factories or viewer.role is not Role.OWNER:
            raise NotAvailable
        sent = [deed for deed in self.done if deed[0] == "reply"]
        at = datetime(2026, 11, 2, tzinfo=UTC)
        said = [Reply(n, WHOLE, "O1", deed[4], at, True, False, None, True) for n, deed in enumerate(sent)]
        return RepliesView(FACTORY, tuple(said), (WHOLE, THEME))

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        return self.own_replies(OWNER, factory_id).replies

    def reply(self, viewer: Viewer, factory_id: str, topic: str, about: str, text: Any, photo: Any) -> None:
        if self.problem:
            raise self.problem
        self.done.append(("reply", factory_id, topic, about, text, photo))

    def withdraw_reply(self, viewer: Viewer, factory_id: str, remark_id: int) -> None:
        self.done.append(("withdraw", factory_id, remark_id))


@pytest.fixture
def door() -> Iterator[SmallDoor]:
    app, made = Flask(__name__), SmallDoor()
    app.extensions["seamline.door"] = made
    with app.test_request_context("/"):
        yield made


def press(
    monkeypatch: pytest.MonkeyPatch, deed: Any = "send", text: Any = "x", photo: Any = None, target: Any = TARGET,
    clicks: Any = (1,), viewer: Viewer = OWNER,
) -> Any:  # fmt: skip
    """What the callback answers to this viewer."""
    triggered = ids.reply(deed) if isinstance(deed, str) else deed
    monkeypatch.setattr(page, "ctx", type("Ctx", (), {"triggered_id": triggered}))
    token = enter(viewer)
    try:
        given = list(clicks) if isinstance(clicks, tuple) else clicks
        return registry.CALLBACKS[CALLBACK].function(given, text, photo, target)
    finally:
        leave(token)


def test_a_reply_with_its_photo_and_a_withdrawal(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    part = press(monkeypatch, text="first", photo=SOURCE)
    assert text_of(part).startswith("Sent. It stands beside the overall score from now on.")
    assert "first" in text_of(part)
    assert kinds(part, "Textarea")[0].value == ""
    press(monkeypatch, text="second", target={"factory": "f1", "reply": "row.t1"})
    assert "Withdrawn." in text_of(press(monkeypatch, "withdraw-12"))
    assert door.done == [
        ("reply", "f1", "row", "overall", "first", b"abc"), ("reply", "f1", "row", "t1", "second", None),
        ("withdraw", "f1", 12),
    ]  # fmt: skip


def test_what_is_wrong_is_said_and_the_draft_stays(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    door.problem = NotKept("Too long.")
    part = press(monkeypatch, text="my draft", photo=SOURCE)
    assert "Too long." in text_of(part)
    assert kinds(part, "Textarea")[0].value == "my draft"
    assert kinds(part, "Img")[0].src == SOURCE
    door.problem = PhotoNotKept(NO_PICTURE)
    part = press(monkeypatch, text={"odd": 1}, photo=SOURCE)
    assert kinds(part, "Textarea")[0].value == ""
    assert not getattr(kinds(part, "Img")[0], "src", None), "a photo that is wrong does not stay"


@pytest.mark.parametrize(
    "photo",
    ["x", "data:image/jpeg;base64", "data:text/html;base64,YWJj", "data:image/png,YWJj", "data:image/jpeg;base64,%%%",
     "data:image/jpeg;base64,YWJ", "https://elsewhere.example/x.jpg", "data:image/jpeg;base64,é", 7, True, ["x"], {}],
)  # fmt: skip
def test_what_is_no_picture_is_told(door: SmallDoor, monkeypatch: pytest.MonkeyPatch, photo: Any) -> None:
    part = press(monkeypatch, text="my draft", photo=photo)
    assert NO_PICTURE in text_of(part)
    assert kinds(part, "Textarea")[0].value == "my draft"
    assert door.done == []


@pytest.mark.parametrize(
    "odd",
    [
        {"deed": None}, {"deed": "graph"}, {"deed": {}}, {"deed": {"deed": 7}}, {"deed": "withdraw-"},
        {"deed": "withdraw--1"}, {"deed": "withdraw-1e3"}, {"deed": "withdraw-²"}, {"deed": "withdraw-" + "9" * 30},
        {"clicks": ()}, {"clicks": (None, 0)}, {"clicks": None}, {"clicks": 7}, {"target": None}, {"target": []},
        {"target": {"factory": ["f1"], "reply": "row.overall"}},
        {"target": {"factory": "f1", "reply": ["row.overall"]}},
        {"target": {"factory": "f1", "reply": "row.t9"}}, {"target": {"factory": "f1", "reply": ""}},
        {"target": {"factory": "f2", "reply": "row.overall"}}, {"target": {"factory": "f1"}},
        *({"viewer": Viewer(1, role, "X", frozenset({"f1"}))} for role in Role if role is not Role.OWNER),
        {"viewer": Viewer(1, Role.BUYER, "B1", frozenset({"f1"}), preview=True)},
    ],
)  # fmt: skip
def test_what_no_page_sends_does_nothing(door: SmallDoor, monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any]) -> None:
    with pytest.raises(PreventUpdate):
        press(monkeypatch, **odd)
    assert door.done == []


def opened(viewer: Viewer, wanted: Any, factory: str = "f1") -> Any:
    token = enter(viewer)
    try:
        return page.drawer(factory, wanted, "/app/overview/f1")
    finally:
        leave(token)


def test_the_address_opens_the_drawer_for_the_owner(door: SmallDoor) -> None:
    drawer = opened(OWNER, "row.t1")
    assert "To Pay." in text_of(drawer)
    assert next(getattr(node, "data-drawer", None) for node in nodes(drawer)) == "reply-row.t1"


@pytest.mark.parametrize("wanted", [None, "", "overall", "row.t9", "flag.coached", 7, ["row.t1"], "x" * 300])
def test_an_odd_name_opens_nothing(door: SmallDoor, wanted: Any) -> None:
    assert opened(OWNER, wanted) is None
    assert opened(OWNER, "row.t1", "f2") is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_nobody_else_finds_a_form_or_the_way_to_it(door: SmallDoor, role: Role) -> None:
    viewer = Viewer(1, role, "X", frozenset({"f1"}))
    assert opened(viewer, "row.t1") is None
    token = enter(viewer)
    assert page.writing("f1", None, "row.t1") is None
    leave(token)


def test_the_rows_of_a_picture_say_what_was_said_about_them(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    press(monkeypatch, text="about all of it")
    token = enter(OWNER)
    assert page.of_rows("f1", {"t1"}) is None
    assert "about all of it" in text_of(page.of_rows("f1", {"overall", "t1"}))
    leave(token)
