"""The callback of the remarks: one button, one deed; what is forged ends it; what is wrong is said beside the text."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

import pages.remarks as page
from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components import ids
from pages import registry
from scoring.remarks import NotKept, Remark
from tests.rendered import having, kinds, text_of

SAVED = {"factory": "F1", "values": {"action": "A1", "period": "1y"}}
CALLBACK = "pages.remarks.change_remarks"


class SmallDoor:
    """A door to one action's remarks that notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []

    def remarks(self, viewer: Viewer, factory_id: str, action_id: str) -> tuple[Remark, ...]:
        if (factory_id, action_id) != ("F1", "A1"):
            raise NotAvailable
        said = [d for d in self.done if d[0] == "remark"]
        at = datetime(2026, 6, 3, tzinfo=UTC)
        return tuple(Remark(n, "Mill", d[3], d[4], at, True, False) for n, d in enumerate(said))

    def remark(self, viewer: Viewer, factory_id: str, action_id: str, kind: str, text: Any) -> None:
        if not text:
            raise NotKept("Write something first.")
        self.done.append(("remark", factory_id, action_id, kind, text))

    def reply(self, viewer: Viewer, factory_id: str, topic: str, about: str, text: Any, photo: Any) -> None:
        self.done.append(("reply", factory_id, topic, about, text, photo))

    def withdraw(self, viewer: Viewer, factory_id: str, action_id: str, remark_id: int) -> None:
        self.done.append(("withdraw", factory_id, action_id, remark_id))


@pytest.fixture
def door() -> Iterator[SmallDoor]:
    app, made = Flask(__name__), SmallDoor()
    app.extensions["seamline.door"] = made
    with app.test_request_context("/"):
        yield made


def press(
    monkeypatch: pytest.MonkeyPatch, deed: Any, text: Any = "x", saved: Any = SAVED, role: Role = Role.BUYER,
    clicks: Any = (1,), photo: Any = None,
) -> Any:  # fmt: skip
    """What the callback answers to somebody of this role."""
    triggered = ids.remark(deed) if isinstance(deed, str) else deed
    monkeypatch.setattr(page, "ctx", type("Ctx", (), {"triggered_id": triggered}))
    token = enter(Viewer(1, role, "B1", frozenset({"F1"})))
    try:
        given = list(clicks) if isinstance(clicks, tuple) else clicks
        return registry.CALLBACKS[CALLBACK].function(given, text, photo, saved)
    finally:
        leave(token)


def test_a_note_a_dispute_and_a_withdrawal(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    part = press(monkeypatch, "note", "first")
    assert "first" in text_of(part)
    assert kinds(part, "Textarea")[0].value == ""
    assert "Disputed" in text_of(press(monkeypatch, "dispute", "second"))
    press(monkeypatch, "withdraw-12")
    assert door.done == [
        ("remark", "F1", "A1", "note", "first"), ("remark", "F1", "A1", "dispute", "second"),
        ("withdraw", "F1", "A1", 12),
    ]  # fmt: skip


def test_what_is_wrong_is_said_and_the_text_stays(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    part = press(monkeypatch, "note", "")
    assert "Write something first." in text_of(part)
    monkeypatch.setattr(door, "remark", refuse)
    part = press(monkeypatch, "note", "my long text")
    assert "Too long." in text_of(part)
    assert kinds(part, "Textarea")[0].value == "my long text"
    assert kinds(press(monkeypatch, "note", {"odd": 1}), "Textarea")[0].value == ""


def test_the_owners_note_may_have_a_photo_and_nobody_elses(door: SmallDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "data:image/jpeg;base64,YWJj"
    press(monkeypatch, "note", "ours", role=Role.OWNER, photo=source)
    press(monkeypatch, "note", "theirs", photo=source)
    assert door.done == [("reply", "F1", "action", "A1", "ours", b"abc"), ("remark", "F1", "A1", "note", "theirs")]
    part = press(monkeypatch, "note", "my text", role=Role.OWNER, photo="no picture")
    assert "This file is no picture" in text_of(part)
    assert kinds(part, "Textarea")[0].value == "my text"
    assert not getattr(kinds(part, "Img")[0], "src", None)
    monkeypatch.setattr(door, "reply", refuse)
    again = press(monkeypatch, "note", "my text", role=Role.OWNER, photo=source)
    assert kinds(again, "Img")[0].src == source, "what was not kept stays, when it was not the photo that was wrong"


def refuse(*_: Any) -> None:
    raise NotKept("Too long.")


@pytest.mark.parametrize(
    "odd",
    [
        {"deed": None}, {"deed": "graph"}, {"deed": {}}, {"deed": {"deed": 7}}, {"deed": "withdraw-"},
        {"deed": "withdraw--1"}, {"deed": "withdraw-1e3"}, {"deed": "withdraw-²"}, {"deed": "withdraw-" + "9" * 30},
        {"clicks": ()}, {"clicks": (None, 0)}, {"clicks": None}, {"clicks": 7}, {"saved": None}, {"saved": []},
        {"saved": {"factory": ["F1"], "values": {"action": "A1"}}}, {"saved": {"factory": "F1", "values": 7}},
        {"saved": {"factory": "F1", "values": {"action": ["A1"]}}}, {"saved": {"factory": "F1", "values": {}}},
        {"role": Role.OPERATOR}, {"role": Role.NGO},
    ],
)  # fmt: skip
def test_what_no_page_sends_does_nothing(door: SmallDoor, monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any]) -> None:
    with pytest.raises(PreventUpdate):
        press(monkeypatch, **({"deed": "note"} | odd))
    assert door.done == []


@pytest.mark.parametrize(
    ("role", "deeds"),
    [(Role.OWNER, ["note"]), (Role.BUYER, ["note", "dispute"]), (Role.OPERATOR, [])],
)
def test_the_box_offers_what_the_role_may_do(door: SmallDoor, role: Role, deeds: list[str]) -> None:
    box = page.remarks_box(Viewer(1, role, "X", frozenset({"F1"})), "F1", "A1")
    assert box.id == "timeline-remarks"
    buttons = [button for button in kinds(box, "Button") if getattr(button, "id", None)]
    assert [button.id["deed"] for button in buttons] == deeds
    assert bool(having(box, "sl-photo-field")) == (role is Role.OWNER)
    with pytest.raises(NotAvailable):
        page.remarks_box(Viewer(1, role, "X", frozenset({"F1"})), "F1", "A9")
