"""The benchmark page: its two roles and nobody else, any address draws, pictures and redrawing by what was shown."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components.theme import DARK
from pages import benchmarks, registry
from pages.registry import PAGES
from scoring.benchmark_query import BenchmarkQuery, Cohort
from scoring.benchmark_views import BenchmarkView
from scoring.model import NoRelease
from tests import sample_benchmarks as sample
from tests.rendered import text_of

PICTURES = ("countries_to_keep", "sectors_to_keep", "themes_to_keep", "course_to_keep")
SAVED = {"country": "KE", "compare": "~"}


class SampleDoor:
    """A door to the sample cohorts; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[BenchmarkQuery] = []
        self.frozen = True
        self.error: Exception | None = None

    def benchmarks(self, viewer: Viewer, query: BenchmarkQuery) -> BenchmarkView | None:
        self.asked.append(query)
        if viewer.role not in (Role.NGO, Role.OPERATOR):
            raise NotAvailable
        if self.error:
            raise self.error
        return sample.view(query) if self.frozen else None


@pytest.fixture
def door() -> SampleDoor:
    return SampleDoor()


@pytest.fixture
def asked_by(door: SampleDoor) -> Iterator[Callable[[Role], None]]:
    """Makes a request of one role; it ends with the test."""
    app = Flask(__name__)
    app.extensions["seamline.door"] = door
    tokens = []

    def be(role: Role) -> None:
        tokens.append(enter(Viewer(1, role, "x", frozenset({"F01"}))))

    with app.test_request_context("/"):
        yield be
        for token in reversed(tokens):
            leave(token)


def called(name: str, *values: Any) -> Any:
    """A callback as the registry would call it."""
    return registry.CALLBACKS[f"pages.benchmarks.{name}"].function(*values)


@pytest.mark.parametrize("role", Role)
def test_ngos_and_operators_read_it_and_nobody_else(asked_by: Callable[[Role], None], role: Role) -> None:
    asked_by(role)
    allowed = role in (Role.NGO, Role.OPERATOR)
    said = text_of(PAGES["/benchmarks"].layout())
    assert ("Overall score, by country" in said) is allowed
    assert ("This is not available" in said) is not allowed
    for name in PICTURES:
        if not allowed:
            with pytest.raises(PreventUpdate):
                called(name, 1, SAVED)


def test_nobody_gets_nothing() -> None:
    with pytest.raises(NotAvailable):
        benchmarks.layout()


def test_the_address_is_the_query(asked_by: Callable[[Role], None], door: SampleDoor) -> None:
    asked_by(Role.NGO)
    benchmarks.layout(theme="HRS", country="KE", sector="knitwear", month="2026-06", compare="BD~,~", unknown="x")
    assert door.asked == [
        BenchmarkQuery("HRS", "KE", "knitwear", sample.JUNE, None, (Cohort("BD"), Cohort())),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [{"theme": "<script>"}, {"country": ["KE"]}, {"month": 7}, {"compare": "~~~,,~"}, {"sector": "\ud800"},
     {"codebook": "x" * 9000}, {"compare": {"a": 1}}],
)  # fmt: skip
def test_whatever_an_address_says_falls_back(asked_by: Callable[[Role], None], url: dict[str, Any]) -> None:
    asked_by(Role.NGO)
    said = text_of(benchmarks.layout(**url))
    assert "Overall score, by country" in said
    assert "<script" not in said


def test_the_months_are_redrawn_for_another_look_and_not_for_the_same(asked_by: Callable[[Role], None]) -> None:
    asked_by(Role.NGO)
    figure, drawn = called("redraw_course", "dark", "narrow", SAVED, "light-wide")
    assert figure["layout"]["font"]["color"] == DARK["ink-3"]
    assert drawn == "dark-narrow"
    for theme, width, shown in (("dark", "narrow", "dark-narrow"), (None, None, "light-wide"), ([], {}, "light-wide")):
        with pytest.raises(PreventUpdate):
            called("redraw_course", theme, width, SAVED, shown)


@pytest.mark.parametrize(
    ("name", "title"),
    [("countries_to_keep", "Overall score, by country"), ("sectors_to_keep", "Overall score, by sector in Kenya"),
     ("themes_to_keep", "Themes side by side: Kenya"), ("course_to_keep", "Overall score over time")],
)  # fmt: skip
def test_pictures_are_light_with_title_date_and_licence(
    asked_by: Callable[[Role], None], door: SampleDoor, name: str, title: str
) -> None:
    asked_by(Role.NGO)
    found = json.loads(called(name, 1, SAVED))
    texts = [one["text"] for one in found["figure"]["layout"]["annotations"]]
    assert title in texts
    (source,) = [text for text in texts if text.startswith("Seamline benchmark")]
    for part in (
        "June 2026" if name != "course_to_keep" else "April 2026 to June 2026",
        "release 42",
        "method 1.2",
        "read on 22 July 2026",
        "CC BY 4.0",
        "demo data",
    ):
        assert part in source
    assert found["figure"]["layout"]["paper_bgcolor"] == "#ffffff"
    assert found["name"].endswith("-2026-06-release-42.png")
    assert door.asked[-1] == BenchmarkQuery(country="KE", compare=(Cohort(),))
    assert called(name, 1, SAVED) != called(name, 2, SAVED), "a second click gives it once more"


@pytest.mark.parametrize("saved", [None, [], "KE", 7, {"country": ["KE"]}, {"month": {}}, {"compare": 1}])
def test_a_tampered_query_is_read_as_far_as_it_goes(asked_by: Callable[[Role], None], saved: Any) -> None:
    asked_by(Role.NGO)
    for name in PICTURES:
        assert "Seamline benchmark" in called(name, 1, saved)
        for none in (None, 0, "", []):
            with pytest.raises(PreventUpdate):
                called(name, none, saved)


def test_before_the_first_release_and_the_first_month_it_says_so(
    asked_by: Callable[[Role], None], door: SampleDoor
) -> None:
    asked_by(Role.NGO)
    door.frozen = False
    assert "No benchmarks yet" in text_of(PAGES["/benchmarks"].layout())
    door.error = NoRelease()
    assert "Nothing has been released yet" in text_of(PAGES["/benchmarks"].layout())
    for name in PICTURES:
        with pytest.raises(PreventUpdate):
            called(name, 1, SAVED)
