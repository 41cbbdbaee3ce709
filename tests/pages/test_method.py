"""The method page is for everybody who may sign in, and says what is in force."""

from collections.abc import Iterator

import pytest
from flask import Flask

from access.policy import enter, leave
from access.roles import Role
from access.viewer import Viewer
from pages import method
from pages.registry import PAGES
from scoring.method import METHOD
from scoring.studies import Study
from tests.rendered import kinds, nodes, text_of

ROW = Study("1.1", "plain", "none", "factory", 0.98, -0.12, 2.4, 0.95, 0.99, 0.81, 0.62, 40)


@pytest.fixture(params=list(Role))
def signed_in(request: pytest.FixtureRequest) -> Iterator[Role]:
    """A request of one role."""
    with Flask("test").test_request_context("/app/method"):
        token = enter(Viewer(1, request.param, "x"))
        yield request.param
        leave(token)


def test_every_role_reads_the_method_in_force(signed_in: Role) -> None:
    page = PAGES["/method"].layout(anything="x")
    text = text_of(page)
    assert f"Scores are computed with method {METHOD.version} (since" in text
    assert "even the pale range fails: on invented worlds it held 15 of 100." in text
    assert "It does not cure silence." in text
    assert "What follows after actions" in text
    assert "Fewer than 20 actions, fewer than 10 factories" in text
    assert [node.id for node in nodes(page) if hasattr(node, "data-anchor")] == ["cascade"]
    assert len(kinds(page, "H1")) == 1
    ids = [node.id for node in nodes(page) if getattr(node, "id", None)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("found", [(), (ROW,)])
def test_study_is_a_table_once_there_is_one(
    signed_in: Role, found: tuple[Study, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(method, "studies", lambda: found)
    text = text_of(PAGES["/method"].layout())
    assert (method.NO_STUDY in text) is not bool(found)
    assert ("invented worlds. " in text or "40 invented worlds" in text) is bool(found)
