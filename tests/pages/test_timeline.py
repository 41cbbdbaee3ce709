"""The timeline page: any address draws or is refused, every choice is in the address, nobody sees too much."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, Patch, no_update, page_container
from dash.exceptions import PreventUpdate
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

import pages.navigation as navigation
import pages.not_found_404 as not_found
import pages.timeline as timeline
from access.policy import enter, leave
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components import shell
from pages import registry
from scoring.model import Factory, TimelineQuery
from scoring.remarks import Remark
from scoring.replies import Reply
from scoring.views import TimelineView
from tests import sample_cascade as cascade
from tests import sample_timeline as sample

ASSETS = str(Path(__file__).resolve().parents[2] / "assets")
OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F01"}))


class SampleDoor:
    """A door to the sample year of one factory; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[TimelineQuery] = []
        self.studies = cascade.weeks().studies

    def timeline(self, viewer: Viewer, query: TimelineQuery) -> TimelineView:
        self.asked.append(query)
        if not viewer.sees_factory(query.factory):
            raise NotAvailable
        view = sample.view(query)
        return replace(view, studies=self.studies, coverage=cascade.COVERAGE) if query.view == "weeks" else view

    def replies(self, viewer: Viewer, factory_id: str) -> tuple[Reply, ...]:
        return ()

    def remarks(self, viewer: Viewer, factory_id: str, action_id: str) -> tuple[Remark, ...]:
        return ()

    def factory(self, viewer: Viewer, factory_id: str) -> Factory:
        if factory_id != sample.FACTORY.factory_id or not viewer.sees_factory(factory_id):
            raise NotAvailable
        return sample.FACTORY


@pytest.fixture
def door() -> SampleDoor:
    return SampleDoor()


@pytest.fixture
def asked_by_owner(door: SampleDoor) -> Iterator[Flask]:
    """A request of the factory's owner."""
    app = Flask(__name__)
    app.extensions["seamline.door"] = door
    token = enter(OWNER)
    with app.test_request_context("/"):
        yield app
    leave(token)


def sent(component: Any) -> str:
    """What the browser gets."""
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def called(name: str, *values: Any, module: str = "pages.timeline") -> Any:
    """A callback as the registry would call it."""
    return registry.CALLBACKS[f"{module}.{name}"].function(*values)


@pytest.mark.usefixtures("asked_by_owner")
def test_an_address_with_an_action_draws_it_selected_at_once() -> None:
    text = sent(timeline.layout("F01", action="a5"))
    assert "8 Jun, Northvane" in text
    assert "11 points lower" in text
    assert '"data-search": "?action=a5"' in text


@pytest.mark.usefixtures("asked_by_owner")
@pytest.mark.parametrize(
    "url",
    [
        {"period": "<script>"}, {"rows": "x" * 5000}, {"action": ["a", "b"]}, {"scale": None}, {"lanes": "1 OR 1"},
        {"unknown": "x", "self": "y"}, {"action": "%{x}<img>"}, {"rows": ",,,,"}, {"period": ["1y"]},
    ],
)  # fmt: skip
def test_whatever_an_address_says_falls_back(url: dict[str, Any]) -> None:
    text = sent(timeline.layout("F01", **url))
    assert "What workers said after each buyer action" in text
    kept = json.dumps({"action": url.get("action")})  # the query is kept as it came, in a store that draws nothing
    assert "<img" not in text.replace(kept, "")
    assert "<script" not in text


@pytest.mark.usefixtures("asked_by_owner")
@pytest.mark.parametrize("factory", ["F02", "", ["F01", "F02"], None, "F01/x", "%2E%2E"])
def test_another_factory_is_not_available(factory: Any) -> None:
    with pytest.raises(NotAvailable):
        timeline.layout(factory)


def test_the_factory_of_the_address_is_decoded(asked_by_owner: Flask, door: SampleDoor) -> None:
    with pytest.raises(NotAvailable):
        timeline.layout("a%20b%2Fc")
    assert door.asked[-1].factory == "a b/c"


def test_nobody_and_ngos_get_nothing() -> None:
    with pytest.raises(NotAvailable):
        timeline.layout("F01")
    token = enter(Viewer(2, Role.NGO, "N", frozenset({"F01"})))
    try:
        with pytest.raises(NotAvailable):
            timeline.layout("F01")
    finally:
        leave(token)


@pytest.mark.parametrize(
    ("cookie", "height"), [("dark-narrow", "#969daa"), ("light-wide", "#636974"), ("x", "#636974")]
)
def test_the_first_picture_has_the_look_of_the_cookie(door: SampleDoor, cookie: str, height: str) -> None:
    app = Flask(__name__)
    app.extensions["seamline.door"] = door
    token = enter(OWNER)
    try:
        with app.test_request_context("/", headers={"Cookie": f"look={cookie}"}):
            assert f'"color": "{height}"' in sent(timeline.layout("F01"))
    finally:
        leave(token)


SAVED = {"factory": "F01", "values": {"period": "2y"}}


@pytest.fixture
def by_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """The callback was triggered by a link of the list or the panel."""
    monkeypatch.setattr(timeline, "ctx", type("Context", (), {"triggered_id": "timeline-chosen"}))


@pytest.fixture
def by_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """The callback was triggered by a click in the picture."""
    monkeypatch.setattr(timeline, "ctx", type("Context", (), {"triggered_id": timeline.GRAPH}))


@pytest.mark.usefixtures("asked_by_owner", "by_link")
def test_choosing_a_link_changes_picture_panel_list_and_address() -> None:
    patch, alt, panel, listed, controls, search, saved, card = called("select_action", None, "a5", SAVED, "light-wide")
    assert isinstance(patch, Patch)
    assert {tuple(op["location"]) for op in patch.to_plotly_json()["operations"]} == {
        ("layout", "shapes"),
        ("layout", "annotations"),
    }
    assert "Order cancelled" in alt
    assert "11 points lower" in sent(panel)
    assert '"aria-current": "true"' in sent(listed)
    assert "action=a5" in sent(controls)
    assert search == "?action=a5&period=2y"
    assert saved == {"factory": "F01", "values": {"period": "2y", "action": "a5"}}
    assert card is no_update


@pytest.mark.usefixtures("asked_by_owner", "by_mark")
def test_clicking_a_mark_does_the_same() -> None:
    click = {"points": [{"customdata": "57, likely 52–62"}, {"customdata": ["a5", "x"]}]}
    assert called("select_action", click, "a1", SAVED, "dark-narrow")[5] == "?action=a5&period=2y"


@pytest.mark.usefixtures("asked_by_owner", "by_link")
@pytest.mark.parametrize("chosen", [None, "", "nothing", 7, ["a5"], {"a": 1}])
def test_an_unknown_choice_changes_nothing(chosen: Any) -> None:
    with pytest.raises(PreventUpdate):
        called("select_action", None, chosen, SAVED, "light-wide")


@pytest.mark.usefixtures("asked_by_owner", "by_link")
@pytest.mark.parametrize("saved", [None, {}, {"factory": "F02"}, {"factory": 7}, [], "F01"])
def test_a_tampered_query_changes_nothing(saved: Any) -> None:
    with pytest.raises(PreventUpdate):
        called("select_action", None, "a5", saved, "light-wide")


@pytest.mark.usefixtures("asked_by_owner")
def test_weeks_from_the_action_are_drawn_by_the_address() -> None:
    text = sent(timeline.layout("F01", view="weeks", kind="rush_order"))
    assert "After: Rush order" in text
    assert "weeks from the action" in text
    assert "Half of the cells behind this are 12 days or wider" in text
    assert '"aria-label": "Weeks from the action"' in text
    assert "Thin lines: 2 actions of this kind here" in text


@pytest.mark.usefixtures("asked_by_owner")
def test_weeks_without_any_action_say_so(door: SampleDoor) -> None:
    door.studies = ()
    text = sent(timeline.layout("F01", view="weeks"))
    assert "No buyer action is recorded in this period." in text


@pytest.mark.usefixtures("asked_by_owner", "by_link")
def test_choosing_an_action_in_weeks_draws_its_own_kind(door: SampleDoor) -> None:
    saved = {"factory": "F01", "values": {"view": "weeks", "kind": "payment_late"}}
    answer = called("select_action", None, "a5", saved, "dark-wide")
    assert answer[0] is no_update
    assert answer[1] is no_update
    assert answer[5] == "?action=a5&view=weeks"
    assert "After: Rush order" in sent(answer[7])
    assert '"color": "#969daa"' in sent(answer[7])
    assert door.asked[-1].kind is None


@pytest.mark.usefixtures("asked_by_owner")
def test_weeks_are_redrawn_and_kept_as_files() -> None:
    saved = {"factory": "F01", "values": {"view": "weeks"}}
    figure, _, _ = called("redraw_picture", "dark", "narrow", saved, "light-wide")
    assert figure["layout"]["xaxis"]["title"]["text"] == "weeks from the action"
    file = called("download_rows", 1, saved)
    assert file["filename"] == "seamline-F01-weeks-release-42.csv"
    assert "rush_order,usually" in file["content"]


@pytest.mark.usefixtures("asked_by_owner")
@pytest.mark.parametrize(
    ("values", "title"),
    [({}, "What workers said after what buyers did: Meghdal Knit Works"),
     ({"view": "weeks"}, "What workers said after rush orders: Meghdal Knit Works")],
)  # fmt: skip
def test_the_picture_for_a_file_is_light_wide_and_titled(values: dict[str, str], title: str) -> None:
    found = json.loads(called("picture_to_keep", 4, {"factory": "F01", "values": values}))
    layout = found["figure"]["layout"]
    texts = [one["text"] for one in layout["annotations"]]
    assert title in texts
    assert any("workers’ answers, release 42, 20 Nov 2026, method 1.2" in text for text in texts)
    assert layout["paper_bgcolor"] == "#ffffff"
    assert layout["font"]["color"] == "#636974"
    assert found["name"] == f"seamline-F01-{'weeks' if values else 'timeline'}-release-42.png"
    with pytest.raises(PreventUpdate):
        called("picture_to_keep", None, SAVED)


@pytest.mark.usefixtures("asked_by_owner")
def test_another_theme_or_width_redraws_and_the_same_does_not() -> None:
    figure, style, drawn = called("redraw_picture", "dark", "narrow", SAVED, "light-wide")
    assert figure["layout"]["font"]["color"] == "#969daa"
    assert "yaxis4" not in figure["layout"]
    assert style == {"height": f"{figure['layout']['height']}px"}
    assert drawn == "dark-narrow"
    with pytest.raises(PreventUpdate):
        called("redraw_picture", "dark", "narrow", SAVED, "dark-narrow")
    with pytest.raises(PreventUpdate):
        called("redraw_picture", None, None, SAVED, "light-wide")


@pytest.mark.usefixtures("asked_by_owner")
def test_chosen_rows_are_an_address_and_four_at_most() -> None:
    search, kept, note = called("choose_rows", 1, ["PAY", "HRS"], SAVED)
    assert (search, kept, note) == ("?rows=PAY,HRS&period=2y", ["PAY", "HRS"], [])
    search, kept, note = called("choose_rows", 1, ["a", "b", "c", "d", "e", 7], SAVED)
    assert kept == ["a", "b", "c", "d"]
    assert "4 rows fit" in sent(note)
    with pytest.raises(PreventUpdate):
        called("choose_rows", None, ["PAY"], SAVED)


@pytest.mark.usefixtures("asked_by_owner")
def test_the_download_is_the_picture_in_numbers() -> None:
    file = called("download_rows", 1, SAVED)
    assert file["filename"] == "seamline-F01-release-42.csv"
    assert "F01,HRS," in file["content"]
    with pytest.raises(PreventUpdate):
        called("download_rows", None, SAVED)


@pytest.mark.parametrize("name", ["select_action", "redraw_picture", "choose_rows", "download_rows", "picture_to_keep"])
def test_no_callback_answers_a_stranger(name: str) -> None:
    with pytest.raises(PreventUpdate):
        called(name, None, "a5", SAVED, "light-wide")


@pytest.mark.usefixtures("asked_by_owner")
@pytest.mark.parametrize(
    ("path", "name", "current"),
    [("/app/timeline/F01", "Meghdal Knit Works", 1), ("/app/timeline/F99", "Factories", 0), ("/app/", "Factories", 1),
     (None, "Factories", 0), ("/app/timeline/F01/x", "Factories", 0)],
)  # fmt: skip
def test_the_navigation_follows_the_address(path: Any, name: str, current: int) -> None:
    links, menu, scope, notice = called("show_way", path, module="pages.navigation")
    assert name in sent(scope)
    assert sent(links).count('"aria-current": "page"') == current
    assert sent(links) == sent(menu)
    assert notice == []


def test_a_factory_in_an_address_is_decoded() -> None:
    assert navigation.factory_of("/app/overview/a%20b") == "a b"
    assert navigation.factory_of("/elsewhere/overview/x") is None


@pytest.mark.usefixtures("asked_by_owner")
def test_an_unknown_address_says_so_and_leads_home() -> None:
    text = sent(not_found.layout())
    assert "There is no page at this address" in text
    assert '"href": "/app/"' in text


def test_the_portal_takes_the_pages_and_loads_our_assets_in_order() -> None:
    server = Flask(__name__)
    app = Dash("portal", server=server, url_base_pathname="/app/", use_pages=True, pages_folder="",
               suppress_callback_exceptions=True, enable_mcp=False, assets_folder=ASSETS,
               index_string=shell.index_string("/app/assets/"))  # fmt: skip
    registry.attach(app)
    app.layout = lambda: shell.layout(Role.OWNER, "ME", sample.STAMP, page_container)
    html = server.test_client().get("/app/timeline/F01").text
    order = [html.index(name) for name in ("bootstrap.min.css", "inter.css", "10-tokens.css", "20-portal.css")]
    assert order == sorted(order)
    assert "plotly-cartesian.min.js" in html
    assert "https://" not in html.split("_dash-config")[0]
    assert html.index("view/10-look.js") < html.index("</head>")
