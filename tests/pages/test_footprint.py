"""The footprint pages: each role its own, any address draws or is refused, files and redrawing by what was shown."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from pages import factory_actions, footprint, registry
from pages.registry import PAGES
from scoring.cascade_views import FootprintView
from scoring.model import Factory, NoRelease
from scoring.query import FootprintQuery
from tests import sample_cascade as cascade
from tests import sample_timeline as sample
from tests.rendered import text_of

VIEWERS = {
    "owner": Viewer(1, Role.OWNER, "O1", frozenset({"F01"})),
    "buyer": Viewer(2, Role.BUYER, "B1", frozenset({"F01"})),
    "operator": Viewer(3, Role.OPERATOR, "X"),
    "ngo": Viewer(4, Role.NGO, "N"),
}


class SampleDoor:
    """A door to the sample footprints, with the doors' own refusals; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[FootprintQuery] = []
        self.rows: tuple[Any, ...] = cascade.ROWS

    def footprint(self, viewer: Viewer, query: FootprintQuery) -> FootprintView:
        self.asked.append(query)
        own = viewer.role is Role.BUYER
        if query.factory is None and not own:
            raise NotAvailable
        if query.factory is not None and (query.factory != "F01" or not viewer.sees_factory(query.factory)):
            raise NotAvailable
        return cascade.footprint(query, rows=self.rows)

    def factory(self, viewer: Viewer, factory_id: str) -> Factory:
        if factory_id != "F01" or not viewer.sees_factory(factory_id):
            raise NotAvailable
        return sample.FACTORY


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


def sent(component: Any) -> str:
    """What the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def called(name: str, *values: Any) -> Any:
    """A callback as the registry would call it."""
    return registry.CALLBACKS[f"pages.footprint.{name}"].function(*values)


@pytest.mark.parametrize(
    ("role", "own", "here"),
    [("buyer", True, False), ("owner", False, True), ("operator", False, True), ("ngo", False, False)],
)
def test_each_role_has_the_page_that_is_its_own(
    asked_by: Callable[[str], None], role: str, own: bool, here: bool
) -> None:
    asked_by(role)
    for path, values, drawn, heading in (
        ("/footprint", {}, own, "Your footprint"),
        ("/footprint/<factory>", {"factory": "F01"}, here, "All actions here"),
    ):
        said = text_of(PAGES[path].layout(**values))
        assert (heading in said) is drawn
        assert ("This is not available" in said) is not drawn


def test_nobody_gets_nothing() -> None:
    for page in (footprint.layout, factory_actions.layout):
        with pytest.raises(NotAvailable):
            page(factory="F01")


@pytest.mark.parametrize(
    "url",
    [
        {"period": "<script>"}, {"row": "x" * 5000}, {"kind": ["a", "b"]}, {"kind": "<img src=x>"}, {"row": None},
        {"unknown": "x"}, {"period": ["1y"]}, {"factory": "F02"}, {"query": 1}, {"kind": "%{x}"},
    ],
)  # fmt: skip
def test_whatever_an_address_says_falls_back(asked_by: Callable[[str], None], url: dict[str, Any]) -> None:
    asked_by("buyer")
    text = sent(footprint.layout(**url))
    assert "Your footprint" in text
    assert "<script" not in text
    kept = json.dumps({"kind": url.get("kind")})  # kept as it came, in a store that draws nothing, and encoded in links
    assert "<img" not in text.replace(kept, "")


@pytest.mark.parametrize("factory", ["F02", "", None, ["F01"], "F01/x", "%2E%2E"])
def test_another_factory_is_not_available(asked_by: Callable[[str], None], factory: Any) -> None:
    asked_by("owner")
    with pytest.raises(NotAvailable):
        factory_actions.layout(factory)


def test_the_address_is_the_query_and_the_window_is_named(asked_by: Callable[[str], None], door: SampleDoor) -> None:
    asked_by("owner")
    factory_actions.layout("F01", period="6m", row="HRS", kind="payment_late")
    assert door.asked[-1] == FootprintQuery("F01", "6m", "HRS", "payment_late")
    assert PAGES["/footprint/<factory>"].title(factory="F01") == "Meghdal Knit Works: all actions · Seamline"
    assert PAGES["/footprint/<factory>"].title(factory="F02") == "Actions · Seamline"


SAVED = {"factory": "F01", "values": {"period": "all", "kind": "rush_order"}}


def test_the_weeks_are_redrawn_for_another_look_and_not_for_the_same(asked_by: Callable[[str], None]) -> None:
    asked_by("owner")
    figure, drawn = called("redraw_study", "dark", "narrow", SAVED, "light-wide")
    assert figure["layout"]["font"]["color"] == "#969daa"
    assert drawn == "dark-narrow"
    for theme, width, shown in (("dark", "narrow", "dark-narrow"), (None, None, "light-wide")):
        with pytest.raises(PreventUpdate):
            called("redraw_study", theme, width, SAVED, shown)


def test_the_files_hold_what_was_shown(asked_by: Callable[[str], None], door: SampleDoor) -> None:
    asked_by("owner")
    kinds, weeks = called("download_kinds", 1, SAVED), called("download_weeks", 1, SAVED)
    assert kinds["filename"] == "seamline-footprint-F01-release-42.csv"
    assert "rush_order,Rush order,14,-24800" in kinds["content"]
    assert weeks["filename"] == "seamline-weeks-F01-release-42.csv"
    assert 'HRS,"Hours, rest and pace",rush_order,usually' in weeks["content"]
    assert door.asked[-1] == FootprintQuery("F01", "all", None, "rush_order")


def test_the_pictures_are_light_with_title_and_source(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    for name, title in (("kinds_to_keep", "Your footprint: Northvane"),
                        ("weeks_to_keep", "Hours, rest and pace after rush orders")):  # fmt: skip
        found = json.loads(called(name, 1, {"factory": None, "values": {}}))
        layout = found["figure"]["layout"]
        texts = [one["text"] for one in layout["annotations"]]
        assert layout["paper_bgcolor"] == "#ffffff"
        assert title in texts
        assert any("release 42, 20 Nov 2026" in text for text in texts)
        assert found["name"].endswith("-Northvane-release-42.png")


@pytest.mark.parametrize("name", ["download_kinds", "download_weeks", "kinds_to_keep", "weeks_to_keep"])
def test_nothing_comes_without_a_click_or_without_actions(
    asked_by: Callable[[str], None], door: SampleDoor, name: str
) -> None:
    asked_by("owner")
    with pytest.raises(PreventUpdate):
        called(name, None, SAVED)
    door.rows = ()
    if "weeks" in name:
        with pytest.raises(PreventUpdate):
            called(name, 1, SAVED)


@pytest.mark.parametrize("saved", [None, {}, {"factory": "F02"}, {"factory": 7}, [], "F01", {"factory": ["F01"]}])
def test_a_tampered_query_changes_nothing(asked_by: Callable[[str], None], saved: Any) -> None:
    asked_by("owner")
    for name in ("download_kinds", "download_weeks", "kinds_to_keep", "weeks_to_keep"):
        with pytest.raises(PreventUpdate):
            called(name, 1, saved)
    with pytest.raises(PreventUpdate):
        called("redraw_study", "dark", "wide", saved, "light-wide")


def test_no_callback_answers_a_stranger_or_an_ngo(asked_by: Callable[[str], None]) -> None:
    for _ in range(2):
        for name in ("download_kinds", "download_weeks", "kinds_to_keep", "weeks_to_keep"):
            with pytest.raises(PreventUpdate):
                called(name, 1, SAVED)
        asked_by("ngo")


def test_before_the_first_release_it_says_so(asked_by: Callable[[str], None], door: SampleDoor,
                                             monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def none(viewer: Viewer, query: FootprintQuery) -> FootprintView:
        raise NoRelease

    asked_by("buyer")
    monkeypatch.setattr(door, "footprint", none)
    assert "Nothing has been released yet" in text_of(PAGES["/footprint"].layout())
