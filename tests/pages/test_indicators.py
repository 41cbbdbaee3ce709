"""The indicators page: any address draws or is refused, everything chosen is in the address, nobody sees too much."""

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
from pages import indicators
from pages.registry import CALLBACKS, PAGES
from scoring.model import Factory, NoRelease
from scoring.query import IndicatorsQuery
from scoring.replies import Reply
from scoring.standards import readings
from scoring.views import ExplainedView, IndicatorsView
from tests import sample_indicators as sample
from tests.rendered import having, kinds, links, nodes, text_of

OWNER = Viewer(1, Role.OWNER, "o1", frozenset({"f1", "a b/c"}))
PATH = "/indicators/<factory>"


class FakeDoor:
    """A door with one answer, which remembers who asked for what."""

    def __init__(self) -> None:
        self.view: IndicatorsView = sample.indicators()
        self.error: Exception | None = None
        self.asked: list[tuple[Viewer, IndicatorsQuery]] = []

    def indicators(self, viewer: Viewer, query: IndicatorsQuery) -> IndicatorsView:
        self.asked.append((viewer, query))
        if self.error:
            raise self.error
        return replace(self.view, query=replace(query, theme="hours"))

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        return ()

    def factory(self, viewer: Viewer, factory_id: str) -> Factory:
        if factory_id not in viewer.factories:
            raise NotAvailable
        return self.view.factory

    def explained(self, viewer: Viewer, factory_id: str, key: str) -> ExplainedView | None:
        if key != "hours":
            raise NotAvailable
        return sample.explained("hours")


@pytest.fixture
def fake() -> Iterator[FakeDoor]:
    """A door behind a request of the owner."""
    app, door = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = door
    with app.test_request_context("/app/indicators/f1"):
        token = enter(OWNER)
        yield door
        leave(token)


def drawn(**values: Any) -> Any:
    """The page as the registry hands it to Dash."""
    return PAGES[PATH].layout(**values)


def test_page_has_one_heading_and_names_every_card(fake: FakeDoor) -> None:
    page = drawn(factory="f1")
    assert [text_of(one) for one in kinds(page, "H1")] == ["Meghdal Knit Works: indicators"]
    headings = [text_of(heading) for heading in kinds(page, "H2")]
    assert headings == ["Themes", "Never averaged", "Hours, rest and pace", "By group", "Day to day"]
    ids = [node.id for node in nodes(page) if getattr(node, "id", None)]
    assert len(ids) == len(set(ids))


def test_window_is_called_by_the_factory_for_whoever_may_see_it(fake: FakeDoor) -> None:
    page = PAGES[PATH]
    assert page.title(factory="f1") == "Meghdal Knit Works: indicators · Seamline"
    assert page.title(factory="f9") == page.title(factory=None) == page.title() == "Indicators · Seamline"


def test_grey_is_told_by_the_standings_that_are_drawn(fake: FakeDoor) -> None:
    assert "grey: middle half of about 65 knitwear factories in Bangladesh" in text_of(drawn(factory="f1"))
    rows = [replace(row, score=replace(row.score, standing=None)) for row in fake.view.questions]
    fake.view = replace(fake.view, questions=tuple(rows))
    assert "grey" not in text_of(drawn(factory="f1"))


def test_everything_chosen_is_read_from_the_address(fake: FakeDoor) -> None:
    drawn(factory="a%20b%2Fc", theme="pay", period="3m", explain="pay", **{"as": "eti"})
    assert fake.asked == [(OWNER, IndicatorsQuery("a b/c", "pay", "3m", "eti", "pay"))]


@pytest.mark.parametrize("odd", [None, 7, ["1y"], "99y", "", {"a": 1}, "x" * 3000, "' OR 1=1"])
def test_odd_values_fall_back(fake: FakeDoor, odd: Any) -> None:
    page = drawn(factory="f1", theme=odd, period=odd, explain=odd, unknown=odd, **{"as": odd})
    asked = fake.asked[0][1]
    assert asked.period == "1y"
    assert all(len(key or "") <= 80 for key in (asked.theme, asked.reading, asked.explain))
    assert "indicators" in text_of(page)
    assert not having(page, "sl-drawer")


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


def test_period_links_keep_the_theme_and_close_the_drawer(fake: FakeDoor) -> None:
    page = drawn(factory="f1", theme="hours", explain="hours")
    assert links(page)["2 y"] == "/app/indicators/f1?theme=hours&period=2y"
    assert links(page)["CSV"] == "/download/indicators/f1?theme=hours"


def test_drawer_opens_for_the_chosen_theme_and_closes_to_the_same_page(fake: FakeDoor) -> None:
    page = drawn(factory="f1", theme="hours", period="3m", explain="hours")
    closing = next(node for node in kinds(page, "A") if getattr(node, "data-closes", None))
    assert closing.href == "/app/indicators/f1?theme=hours&period=3m"
    assert "How is 57 computed?" in text_of(page)


def test_without_answers_there_is_a_state_and_no_picture(fake: FakeDoor) -> None:
    fake.view = replace(fake.view, themes=(), chosen=None, questions=(), cells=(), line=None, leads=(), leads_named=())
    page = drawn(factory="f1")
    assert "No answers yet" in text_of(page)
    assert not kinds(page, "Graph")
    assert indicators.DRAWN not in [getattr(node, "id", None) for node in nodes(page)]


def test_without_cells_the_days_are_a_state(fake: FakeDoor) -> None:
    fake.view = replace(fake.view, cells=())
    page = drawn(factory="f1")
    assert "Too few people to show" in text_of(page)
    assert not kinds(page, "Graph")


def test_another_standard_takes_the_place_of_themes(fake: FakeDoor) -> None:
    every = readings("seamline-1")
    fake.view = replace(fake.view, readings=every, standard=every[0], chosen=None, questions=(), cells=(), line=None)
    page = drawn(factory="f1", **{"as": every[0].slug})
    assert f"Read as {every[0].name}" in [text_of(heading) for heading in kinds(page, "H2")]
    assert "no clause has a score. These scores are not assessed or certified by it." in text_of(page)
    assert "Day to day" not in text_of(page)
    assert "Our themes" in links(page)


def test_picture_is_redrawn_for_another_look(fake: FakeDoor) -> None:
    saved = {"factory": "f1", "values": {"theme": "hours"}}
    figure, look = indicators.redraw_days("dark", "narrow", saved, "light-wide")
    assert look == "dark-narrow"
    assert go.Figure(figure).layout.yaxis.gridcolor == "#272c35"


@pytest.mark.parametrize("saved", [None, 7, [], {}, {"factory": ["f1"]}])
def test_redrawing_nonsense_asks_nothing(fake: FakeDoor, saved: Any) -> None:
    with pytest.raises(PreventUpdate):
        indicators.redraw_days("dark", "wide", saved, "light-wide")
    assert fake.asked == []


def test_redrawing_asks_as_the_viewer_whatever_the_browser_sends(fake: FakeDoor) -> None:
    fake.error = NotAvailable()
    with pytest.raises(PreventUpdate):
        CALLBACKS["pages.indicators.redraw_days"].function("dark", "wide", {"factory": "f9"}, "light-wide")
    assert [(viewer, query.factory) for viewer, query in fake.asked] == [(OWNER, "f9")]


def test_first_picture_already_has_the_readers_look() -> None:
    app, door = Flask("test"), FakeDoor()
    app.extensions["seamline.door"] = door
    with app.test_request_context("/", headers={"Cookie": "look=dark-wide"}):
        token = enter(OWNER)
        graph = kinds(drawn(factory="f1"), "Graph")[0]
        leave(token)
    assert graph.figure["layout"]["yaxis"]["gridcolor"] == "#272c35"
