"""The overview page asks the door as the viewer, draws what comes, and redraws only when the look changed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest
from dash.exceptions import PreventUpdate
from flask import Flask

from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from pages import overview
from pages.registry import CALLBACKS, PAGES
from scoring.model import NoRelease
from scoring.replies import Reply
from scoring.views import ExplainedView, OverviewView
from tests import sample_indicators, sample_overview
from tests.rendered import having, kinds, links, nodes, text_of

OWNER = Viewer(1, Role.OWNER, "o1", frozenset({"f1", "a b/c"}))


class FakeDoor:
    """A door with one answer, which remembers who asked for what."""

    def __init__(self) -> None:
        self.view: OverviewView = sample_overview.overview()
        self.error: Exception | None = None
        self.asked: list[tuple[Viewer, str]] = []

    def explained(self, viewer: Viewer, factory_id: str, key: str) -> ExplainedView | None:
        if key != "overall":
            raise NotAvailable
        return sample_indicators.explained()

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        return ()

    def overview(self, viewer: Viewer, factory_id: str) -> OverviewView:
        self.asked.append((viewer, factory_id))
        if self.error:
            raise self.error
        return self.view


@pytest.fixture
def fake() -> Iterator[FakeDoor]:
    """A door behind a request of the owner."""
    app, door = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = door
    with app.test_request_context("/app/overview/f1"):
        token = enter(OWNER)
        yield door
        leave(token)


def drawn(**values: Any) -> Any:
    """The page as the registry hands it to Dash."""
    return PAGES["/overview/<factory>"].layout(**values)


def test_page_says_who_where_and_how(fake: FakeDoor) -> None:
    text = text_of(drawn(factory="f1"))
    assert "Meghdal Knit Works Knitwear, Bangladesh · 1,240 people · on Seamline since March 2024" in text
    assert "57 likely 52–62 Mixed" in text
    assert PAGES["/overview/<factory>"].title(factory="f1") == "Overview · Seamline"
    assert fake.asked == [(OWNER, "f1")]


def test_page_has_one_heading_and_names_every_card(fake: FakeDoor) -> None:
    page = drawn(factory="f1")
    assert len(kinds(page, "H1")) == 1
    headings = [text_of(heading) for heading in kinds(page, "H2")]
    assert headings == ["Social score", "Themes", "Where to look", "People behind the numbers"]


def test_warnings_are_told_beside_the_grade(fake: FakeDoor) -> None:
    assert not having(drawn(factory="f1"), "sl-warned")
    fake.view = replace(fake.view, warnings=(sample_indicators.WARNING,))
    line = having(drawn(factory="f1"), "sl-warned")
    assert text_of(line).startswith("A warning about coached answers, 14–20 September 2026:")


def test_grey_is_named_where_it_is_drawn(fake: FakeDoor) -> None:
    assert not having(drawn(factory="f1"), "sl-key")
    themes = tuple(replace(row, score=sample_indicators.graded(row.score)) for row in fake.view.themes[:2])
    fake.view = replace(fake.view, themes=themes)
    key = having(drawn(factory="f1"), "sl-key")
    assert text_of(key) == "middle half of about 65 knitwear factories in Bangladesh"


def test_ids_are_unique(fake: FakeDoor) -> None:
    ids = [node.id for node in nodes(drawn(factory="f1")) if getattr(node, "id", None)]
    assert len(ids) == len(set(ids))


def test_encoded_factory_is_asked_for_as_it_is_called(fake: FakeDoor) -> None:
    drawn(factory="a%20b%2Fc", theme="dark", unknown=["x"])
    assert fake.asked[0][1] == "a b/c"


def test_buyer_reads_what_they_did(fake: FakeDoor) -> None:
    fake.view = replace(fake.view, every_buyer=False)
    assert "One year, with what you did" in text_of(drawn(factory="f1"))


def test_few_answers_leave_states_and_no_number(fake: FakeDoor) -> None:
    fake.view = sample_overview.overview_without_score()
    page = drawn(factory="f1")
    assert "No score yet" in text_of(page)
    assert not kinds(page, "Graph")
    assert not having(page, "sl-dw")
    assert overview.FACTORY not in [getattr(node, "id", None) for node in nodes(page)]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAvailable(), "This is not available"),
        (NoRelease(), "Nothing has been released yet"),
        (RuntimeError("secret"), "Nothing is lost"),
    ],
)
def test_what_the_door_raises_becomes_a_state(fake: FakeDoor, error: Exception, words: str) -> None:
    fake.error = error
    text = text_of(drawn(factory="f1"))
    assert words in text
    assert "secret" not in text


@pytest.mark.parametrize("factory", [None, ["f1"], 3])
def test_nonsense_in_the_place_of_a_factory_is_not_available(fake: FakeDoor, factory: Any) -> None:
    assert "This is not available" in text_of(drawn(factory=factory))
    assert fake.asked == []


def test_ngo_is_refused_before_the_door_is_asked(fake: FakeDoor) -> None:
    token = enter(Viewer(2, Role.NGO, "n1"))
    assert "This is not available" in text_of(drawn(factory="f1"))
    leave(token)
    assert fake.asked == []


def test_copy_and_timeline_work_and_nothing_else_is_promised(fake: FakeDoor) -> None:
    page = drawn(factory="f1")
    assert [text_of(button) for button in kinds(page, "Button")] == ["Copy link"]
    assert links(page)["Open timeline"] == "/app/timeline/f1"


def test_year_is_redrawn_for_another_look(fake: FakeDoor) -> None:
    figure, look = overview.redraw_year("dark", "narrow", "f1", "light-wide")
    assert look == "dark-narrow"
    assert go.Figure(figure).layout.yaxis.gridcolor == "#272c35"


@pytest.mark.parametrize(
    ("theme", "width", "before"),
    [("dark", "wide", "dark-wide"), (None, "wide", "dark-wide"), ("dark", None, "light-wide")],
)
def test_year_stays_when_nothing_changed_or_the_look_is_not_known(
    fake: FakeDoor, theme: Any, width: Any, before: str
) -> None:
    with pytest.raises(PreventUpdate):
        overview.redraw_year(theme, width, "f1", before)
    assert fake.asked == []


def test_redrawing_asks_as_the_viewer_whatever_the_browser_sends(fake: FakeDoor) -> None:
    fake.error = NotAvailable()
    with pytest.raises(PreventUpdate):
        CALLBACKS["pages.overview.redraw_year"].function("dark", "wide", "f9", "light-wide")
    assert fake.asked == [(OWNER, "f9")]


def test_first_picture_already_has_the_readers_look() -> None:
    app, door = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = door
    with app.test_request_context("/", headers={"Cookie": "look=dark-wide"}):
        token = enter(OWNER)
        graph = kinds(drawn(factory="f1"), "Graph")[0]
        leave(token)
    assert graph.figure["layout"]["yaxis"]["gridcolor"] == "#272c35"


@pytest.mark.parametrize("wanted", [None, "", "nope", ["overall"], 7, "x" * 3000])
def test_drawer_opens_for_a_score_that_there_is_and_for_nothing_else(fake: FakeDoor, wanted: Any) -> None:
    assert "How is 57 computed?" in text_of(drawn(factory="f1", explain="overall"))
    page = drawn(factory="f1", explain=wanted)
    assert not having(page, "sl-drawer")
    assert links(page)["How is this computed?"] == "/app/overview/f1?explain=overall"
