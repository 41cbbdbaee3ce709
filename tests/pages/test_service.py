"""The service page is the operator's alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from access.policy import enter, leave
from access.roles import Role
from access.viewer import Viewer
from pages import service
from pages.registry import PAGES
from scoring.operation import ServiceView
from tests import sample_overview
from tests.rendered import kinds, text_of


class FakeDoor:
    """A door with one answer, which counts how often it was asked."""

    def __init__(self) -> None:
        self.view: ServiceView = sample_overview.service()
        self.asked = 0

    def service(self, viewer: Viewer) -> ServiceView:
        self.asked += 1
        return self.view


@pytest.fixture
def fake() -> Iterator[FakeDoor]:
    """A door behind a request."""
    app, door = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = door
    with app.test_request_context("/app/service"):
        yield door


def drawn_for(role: Role) -> Any:
    """The page as it is drawn for a role."""
    token = enter(Viewer(1, role, "o1"))
    try:
        return PAGES["/service"].layout()
    finally:
        leave(token)


def test_operator_sees_releases_loads_and_accounts(fake: FakeDoor) -> None:
    page = drawn_for(Role.OPERATOR)
    assert "Showing release 42, 20 Nov 2026 · 9 accounts in 6 organisations" in text_of(page)
    assert [text_of(heading) for heading in kinds(page, "H2")] == ["Releases", "Loads"]
    assert "answers-20261120T015812.csv" in text_of(page)
    assert PAGES["/service"].module == service.__name__


def test_fresh_home_says_what_to_run(fake: FakeDoor) -> None:
    fake.view = sample_overview.empty_service()
    text = text_of(drawn_for(Role.OPERATOR))
    assert "Nothing released yet · 1 account in 1 organisation" in text
    assert "flask load FOLDER" in text


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_nobody_else_gets_in(fake: FakeDoor, role: Role) -> None:
    assert "This is not available" in text_of(drawn_for(role))
    assert fake.asked == 0
