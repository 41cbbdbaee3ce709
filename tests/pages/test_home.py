"""The start page shows each role what is within reach, and says plainly what is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, current_app

from access.policy import enter, leave
from access.roles import Role
from access.viewer import Viewer
from components.factory_list import factory_list
from pages import home
from pages.registry import PAGES
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView
from scoring.views import HomeView
from tests import sample_benchmarks, sample_overview
from tests.rendered import having, kinds, links, text_of

Draw = Callable[[HomeView], Any]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Draws the start page for the role and the factories of a view."""
    app = Flask("test")

    class FakeDoor:
        def home(self, viewer: Viewer) -> HomeView:
            return app.extensions["view"]

        def benchmarks(self, viewer: Viewer, query: BenchmarkQuery) -> BenchmarkView | None:
            return app.extensions.get("benchmarks")

    app.extensions["seamline.door"] = FakeDoor()

    def drawn(view: HomeView) -> Any:
        app.extensions["view"] = view
        token = enter(Viewer(1, Role(view.role), "o1"))
        try:
            return PAGES["/"].layout(unknown="x")
        finally:
            leave(token)

    with app.test_request_context("/app/"):
        yield drawn


def test_module_registers_the_start_page() -> None:
    assert PAGES["/"].module == home.__name__


def test_buyer_finds_suppliers_that_share(draw: Draw) -> None:
    page = draw(sample_overview.home("buyer"))
    assert text_of(kinds(page, "H1")) == "Suppliers that share with you"
    found = links(page)
    assert found["Meghdal Knit Works"] == "/app/overview/f1"
    assert found["Timeline of Meghdal Knit Works"] == "/app/timeline/f1"
    assert "Service" not in found


def test_factories_are_grouped_by_country_and_hidden_ones_come_last_there() -> None:
    table = factory_list(sample_overview.home().factories)
    rows = [text_of(row) for row in kinds(kinds(table, "Tbody"), "Tr")]
    names = [row.split(" Timeline")[0] for row in rows]
    assert names[0] == "Bangladesh 3 factories"
    assert names[1] == "Ashonpur Denim Denim 68 63–73 Good +1 −3 to +5 can’t tell"
    assert names[4:7] == [
        "India 2 factories",
        "Velangari Cottons Knitwear 63 58–68 Mixed to good +3 1–5 clear rise",
        "Nilvani Thread Trims too few people",
    ]


def test_one_country_needs_no_group_and_names_the_place() -> None:
    table = factory_list(sample_overview.home().factories[:2])
    assert not having(table, "grp")
    assert "Denim, Bangladesh" in text_of(table)


def test_owner_of_one_factory_is_invited_in(draw: Draw) -> None:
    page = draw(sample_overview.home("owner", 1))
    assert text_of(kinds(page, "H1")) == "Your factory"
    assert links(page)["Open overview"] == "/app/overview/f1"
    assert len(having(page, "btn-primary")) == 1


def test_buyer_without_grants_learns_who_decides(draw: Draw) -> None:
    text = text_of(draw(sample_overview.home("buyer", 0)))
    assert "as soon as its owner grants you access" in text
    assert "nothing to request here yet" in text


@pytest.mark.parametrize("role", ["owner", "operator"])
def test_nobody_meets_an_empty_page(draw: Draw, role: str) -> None:
    assert having(draw(sample_overview.home(role, 0)), "sl-state")


def test_ngo_reads_groups_and_never_a_factory_even_if_one_came_along(draw: Draw) -> None:
    page = draw(replace(sample_overview.home("owner", 1), role="ngo"))
    assert "No benchmarks yet" in text_of(page)
    assert "Meghdal" not in text_of(page)
    assert links(page) == {}
    current_app.extensions["benchmarks"] = sample_benchmarks.view()
    page = draw(replace(sample_overview.home("owner", 1), role="ngo"))
    assert "June 2026, by country" in text_of(page)
    assert "Meghdal" not in text_of(page)
    assert links(page)["Open benchmarks"] == "/app/benchmarks"


def test_only_the_operator_is_shown_the_service_and_the_commands(draw: Draw) -> None:
    unreleased = {
        role: draw(sample_overview.home(role, 0, released=False)) for role in ("owner", "buyer", "ngo", "operator")
    }
    assert "flask load FOLDER" in text_of(unreleased["operator"])
    assert links(unreleased["operator"])["Service"] == "/app/service"
    for role in ("owner", "buyer", "ngo"):
        assert "Nothing has been released yet" in text_of(unreleased[role])
        assert "flask" not in text_of(unreleased[role])
        assert links(unreleased[role]) == {}


@pytest.mark.parametrize("role", list(Role))
def test_every_page_has_one_heading(draw: Draw, role: Role) -> None:
    for view in (sample_overview.home(role.value), sample_overview.home(role.value, 0, released=False)):
        assert len(kinds(draw(view), "H1")) == 1


def test_list_shows_the_grade_beside_the_score() -> None:
    first, *others = sample_overview.home().factories
    graded = replace(first, score=replace(first.score, grade="B"))
    table = factory_list([graded, *others])
    assert [text_of(badge) for badge in having(table, "sl-grade")] == ["B evidence"]
