"""The compare page: buyers only, those out of reach are left out, redrawing and files by what was shown."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

from access.policy import check, enter, leave
from access.viewer import NotAvailable, Viewer
from pages import compare, registry
from pages.registry import PAGES
from scoring.model import NoRelease
from scoring.supplier_views import CompareQuery, ComparisonView
from tests import sample_suppliers as sample
from tests.pages.test_suppliers import VIEWERS
from tests.rendered import kinds, text_of

FILES = ("download_scores", "download_years", "years_to_keep")
SAVED = {"with": "F1,F2,F3"}


class SampleDoor:
    """A door to the sample suppliers side by side; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[CompareQuery] = []
        self.released = True

    def comparison(self, viewer: Viewer, query: CompareQuery) -> ComparisonView:
        check(viewer, "suppliers.view")
        if not self.released:
            raise NoRelease
        self.asked.append(query)
        known = {one.factory.factory_id: one for one in sample.EVERY}
        return sample.comparison([known[name] for name in query.factories if name in known])


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


def called(name: str, *values: Any) -> Any:
    return registry.CALLBACKS[f"pages.compare.{name}"].function(*values)


@pytest.mark.parametrize(("role", "drawn"), [("buyer", True), ("owner", False), ("operator", False), ("ngo", False)])
def test_only_buyers_have_it(asked_by: Callable[[str], None], role: str, drawn: bool) -> None:
    asked_by(role)
    said = text_of(PAGES["/compare"].layout(**SAVED))
    assert ("Compare three suppliers" in said) is drawn
    assert ("This is not available" in said) is not drawn


def test_nobody_gets_nothing() -> None:
    with pytest.raises(NotAvailable):
        compare.layout()


@pytest.mark.parametrize(
    ("url", "heading"),
    [
        ({}, "Compare suppliers"), ({"with": ["F1"]}, "Compare suppliers"), ({"with": None}, "Compare suppliers"),
        ({"with": "F9,F1,F1,F2,<b>"}, "Compare two suppliers"),
        ({"with": "F1,F2,F3,F4,F5,F6"}, "Compare five suppliers"),
        ({"with": "F1"}, "Compare suppliers"), ({"with": "x" * 5000}, "Compare suppliers"),
    ],
)  # fmt: skip
def test_whatever_an_address_says_draws(asked_by: Callable[[str], None], url: dict[str, Any], heading: str) -> None:
    asked_by("buyer")
    assert text_of(kinds(compare.layout(**url), "H1")) == heading


def test_the_years_are_redrawn_for_another_look_and_not_for_the_same(asked_by: Callable[[str], None]) -> None:
    asked_by("buyer")
    figure, drawn = called("redraw_years", "dark", "narrow", SAVED, "light-wide")
    assert figure["layout"]["font"]["color"] == "#969daa"
    assert drawn == "dark-narrow"
    for theme, width, shown in (("dark", "narrow", "dark-narrow"), (None, None, "light-wide")):
        with pytest.raises(PreventUpdate):
            called("redraw_years", theme, width, SAVED, shown)


def test_the_files_hold_what_was_shown(asked_by: Callable[[str], None], door: SampleDoor) -> None:
    asked_by("buyer")
    scores, years = called("download_scores", 1, SAVED), called("download_years", 1, SAVED)
    assert scores["filename"] == "seamline-compare-release-42.csv"
    assert years["filename"] == "seamline-compare-years-release-42.csv"
    assert "F3,Tarulata Woven 3,overall,Overall score,55" in scores["content"]
    assert "F2,Ashonpur Denim,week," in years["content"]
    assert door.asked[-1] == CompareQuery(("F1", "F2", "F3"))
    picture = json.loads(called("years_to_keep", 1, SAVED))
    texts = [one["text"] for one in picture["figure"]["layout"]["annotations"]]
    assert "Compare three suppliers" in texts
    assert picture["figure"]["layout"]["paper_bgcolor"] == "#ffffff"
    assert picture["name"] == "seamline-compare-years-release-42.png"


@pytest.mark.parametrize("name", FILES)
def test_nothing_comes_without_a_click_or_without_suppliers(asked_by: Callable[[str], None], name: str) -> None:
    asked_by("buyer")
    with pytest.raises(PreventUpdate):
        called(name, None, SAVED)
    for saved in (None, {}, [], "F1", {"with": 7}, {"with": ["F1"]}, {"with": "F9"}):
        with pytest.raises(PreventUpdate):
            called(name, 1, saved)


def test_no_callback_answers_others(asked_by: Callable[[str], None]) -> None:
    for role in (None, "owner", "ngo", "operator"):
        if role:
            asked_by(role)
        for name in FILES:
            with pytest.raises(PreventUpdate):
                called(name, 1, SAVED)
        with pytest.raises(PreventUpdate):
            called("redraw_years", "dark", "narrow", SAVED, "light-wide")


def test_before_the_first_release_it_says_so(asked_by: Callable[[str], None], door: SampleDoor) -> None:
    asked_by("buyer")
    door.released = False
    assert "Nothing has been released yet" in text_of(PAGES["/compare"].layout(**SAVED))
