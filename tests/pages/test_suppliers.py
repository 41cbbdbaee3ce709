"""The suppliers page: buyers only, any address draws, links, pins and typing arrange it, forged values do nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash import no_update
from dash._callback_context import context_value
from dash._utils import AttributeDict
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from access.policy import check, enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from pages import registry, suppliers
from pages.registry import PAGES
from scoring.model import NoRelease
from scoring.supplier_views import SuppliersView
from tests import sample_suppliers as sample
from tests.rendered import having, kinds, text_of

VIEWERS = {
    "owner": Viewer(1, Role.OWNER, "O1", frozenset({"F1"})),
    "buyer": Viewer(2, Role.BUYER, "B1", frozenset({"F1"})),
    "operator": Viewer(3, Role.OPERATOR, "X"),
    "ngo": Viewer(4, Role.NGO, "N"),
}


class SampleDoor:
    """A door to the sample suppliers, with the door's own refusals."""

    def __init__(self) -> None:
        self.view: SuppliersView | None = sample.view()

    def suppliers(self, viewer: Viewer) -> SuppliersView:
        check(viewer, "suppliers.view")
        if self.view is None:
            raise NoRelease
        return self.view


@pytest.fixture
def door() -> SampleDoor:
    return SampleDoor()


@pytest.fixture
def asked_by(door: SampleDoor) -> Iterator[Callable[[str], None]]:
    """Makes a request of one role; it ends with the test."""
    app = Flask(__name__)
    app.extensions["seamline.door"] = door
    tokens = []

    def be(role: str) -> None:
        tokens.append(enter(VIEWERS[role]))

    with app.test_request_context("/"):
        yield be
        for token in reversed(tokens):
            leave(token)


def arranged(trigger: str, asked: Any, find: Any, saved: Any) -> Any:
    """The callback as Dash would call it after this trigger."""
    token = context_value.set(
        AttributeDict({"triggered_inputs": [{"prop_id": trigger, "value": 1}], "updated_props": {}})
    )
    try:
        return registry.CALLBACKS["pages.suppliers.arrange_suppliers"].function(asked, find, saved)
    finally:
        context_value.reset(token)


def asked(wish: Any, saved: Any = None) -> Any:
    return arranged("suppliers-asked.data", wish, "", saved)


def typed(find: Any, saved: Any = None) -> Any:
    return arranged("suppliers-find.value", None, find, saved)


def names(answer: Any) -> list[str]:
    return [row.get("group") or row["name"].split()[0] for row in answer[0]]


@pytest.mark.parametrize(("role", "drawn"), [("buyer", True), ("owner", False), ("operator", False), ("ngo", False)])
def test_only_buyers_have_it(asked_by: Callable[[str], None], role: str, drawn: bool) -> None:
    asked_by(role)
    said = text_of(PAGES["/suppliers"].layout())
    assert ("What changed" in said) is drawn
    assert ("This is not available" in said) is not drawn


def test_nobody_gets_nothing() -> None:
    with pytest.raises(NotAvailable):
        suppliers.layout()


@pytest.mark.parametrize(
    "url",
    [{"find": "<script>alert(1)</script>"}, {"sort": "<img>"}, {"pin": ["F1"]}, {"pin": "F9,<b>"}, {"group": None},
     {"country": 7, "sector": {}, "below": "x" * 5000}, {"unknown": "x"}],
)  # fmt: skip
def test_whatever_an_address_says_draws(asked_by: Callable[[str], None], url: dict[str, Any]) -> None:
    asked_by("buyer")
    page = suppliers.layout(**url)
    assert len(kinds(page, "AgGrid")) == 1
    text = json.dumps(page, cls=PlotlyJSONEncoder)
    kept = json.dumps(url.get("find"))  # kept as it came in the field and in a store, both of which draw it as text
    assert "<script" not in text.replace(kept, "")


def test_a_link_arranges_the_list_and_the_address_follows(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    answer = asked({"search": "?group=none&sort=-score", "at": 1})
    assert names(answer) == ["Tarulata", "Meghdal", "Velangari", "Ashonpur", "Nilvani"]
    assert answer[-1] == "?sort=-score&group=none"
    assert answer[-2] == {"sort": "-score", "group": "none"}
    back = asked({"search": "", "at": 2}, answer[-2])
    assert back[-1] == ""
    assert names(back)[0] == "Bangladesh"


def test_pins_go_on_top_and_off_again(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    pinned = asked({"pin": "F5", "at": 1}, {"group": "none"})
    assert names(pinned)[:2] == ["Pinned", "Velangari"]
    assert pinned[-2] == {"group": "none", "pin": "F5"}
    assert names(asked({"pin": "F5", "at": 2}, pinned[-2]))[0] == "Ashonpur"
    for unknown in ("F9", "' OR 1=1", "x" * 3000):
        with pytest.raises(PreventUpdate):
            asked({"pin": unknown, "at": 3}, pinned[-2])


def test_typing_finds_and_keeps_what_else_was_chosen(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    answer = typed("knit", {"group": "none", "pin": "F5"})
    assert names(answer) == ["Pinned", "Velangari", "All suppliers", "Meghdal"]
    assert answer[-2] == {"find": "knit", "group": "none", "pin": "F5"}
    assert answer[3].startswith("2 of 5 suppliers, 1 of them pinned")
    lost = typed("nobody", {"group": "none"})
    assert "No supplier matches" in text_of(lost[4])


@pytest.mark.parametrize("odd", [None, True, 7, [], {}, {"search": 7}, {"pin": ["F1"]}, {"pin": None}, "x", [[[]]]])
def test_forged_values_change_nothing(asked_by: Callable[[str], None], odd: Any) -> None:
    asked_by("buyer")
    for call in (lambda: asked(odd), lambda: typed(None if odd == "x" else odd), lambda: asked({}, odd)):
        with pytest.raises(PreventUpdate):
            call()


def test_the_file_is_the_list_as_it_is_shown(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    download = registry.CALLBACKS["pages.suppliers.download_suppliers"].function
    found = download(1, {"country": "IN", "sort": "name"})
    assert found["filename"] == "seamline-suppliers-release-42.csv"
    lines = [line for line in found["content"].splitlines() if line.startswith("F")]
    assert [line[:2] for line in lines] == ["F4", "F5"]
    assert len([line for line in download(1, "odd")["content"].splitlines() if line.startswith("F")]) == 5
    with pytest.raises(PreventUpdate):
        download(None, {})


def test_no_callback_answers_others(asked_by: Callable[[str], None]) -> None:
    for role in (None, "owner", "ngo", "operator"):
        if role:
            asked_by(role)
        assert asked({"search": "?group=none"}) is no_update
        with pytest.raises(PreventUpdate):
            registry.CALLBACKS["pages.suppliers.download_suppliers"].function(1, {})


def test_before_the_first_release_and_without_suppliers_it_says_so(
    asked_by: Callable[[str], None], door: SampleDoor
) -> None:
    asked_by("buyer")
    door.view = None
    assert "Nothing has been released yet" in text_of(PAGES["/suppliers"].layout())
    door.view = sample.view([], ())
    page = PAGES["/suppliers"].layout()
    assert "No supplier shares with you yet" in text_of(page)
    assert having(page, "sl-news") == []


def test_a_failure_is_told_with_a_number(
    asked_by: Callable[[str], None], door: SampleDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(viewer: Viewer) -> SuppliersView:
        raise ValueError("out of order")

    asked_by("buyer")
    monkeypatch.setattr(door, "suppliers", fails)
    said = text_of(PAGES["/suppliers"].layout())
    assert "This could not be drawn" in said
    assert "out of order" not in said
    noticed: list[Any] = []
    monkeypatch.setattr(registry.dash, "set_props", lambda *said: noticed.append(said))
    assert asked({"search": "?group=none"}) is no_update
    assert noticed
