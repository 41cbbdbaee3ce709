"""Twins and workbooks over HTTP: the same question as the page asks of the same door, as a file for whoever may."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from access.policy import check
from access.roles import Role
from access.viewer import NotAvailable, Viewer
from components.workbook import XLSX_TYPE
from scoring.cascade_views import FootprintView
from scoring.model import NoRelease, TimelineQuery
from scoring.query import FootprintQuery, IndicatorsQuery
from scoring.replies import Reply, Subject
from scoring.supplier_views import CompareQuery, ComparisonView, SuppliersView
from scoring.views import ExplainedView, IndicatorsView, OverviewView, TimelineView
from tests import sample_cascade, sample_indicators, sample_overview, sample_suppliers, sample_timeline
from tests.web.small import Portal, sign_in
from tests.workbooks import active_parts, sheets

SAID = Reply(7, Subject("row", "overall", "the overall score"), "O1", "A new line began.",
             datetime(2026, 11, 2, 9, 0, tzinfo=UTC), True, False, None, True)  # fmt: skip
TO_THEME = replace(SAID, subject=Subject("row", "hours", "Hours, rest and pace"), text="More people came.")
OWNERS = ("json/overview/F1", "json/timeline/F1", "json/indicators/F1", "json/footprint/F1", "xlsx/indicators/F1",
          "xlsx/timeline/F1")  # fmt: skip
BUYERS = ("json/footprint", "json/suppliers", "json/compare", "xlsx/suppliers")


class FakeDoor:
    """A door to the samples, by the policy; it remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.error: Exception | None = None

    def met(self, viewer: Viewer, permission: str, factory: str | None, query: object) -> None:
        check(viewer, permission, factory)
        self.asked.append(query)
        if self.error:
            raise self.error

    def overview(self, viewer: Viewer, factory: str) -> OverviewView:
        self.met(viewer, "overview.view", factory, factory)
        return sample_overview.overview()

    def replies(self, viewer: Viewer, factory: str) -> tuple[Reply, ...]:
        check(viewer, "overview.view", factory)
        return (SAID, TO_THEME)

    def timeline(self, viewer: Viewer, query: TimelineQuery) -> TimelineView:
        self.met(viewer, "timeline.view", query.factory, query)
        made = sample_cascade.weeks() if query.view == "weeks" else sample_timeline.view()
        return replace(made, query=query)

    def indicators(self, viewer: Viewer, query: IndicatorsQuery) -> IndicatorsView:
        self.met(viewer, "indicators.view", query.factory, query)
        return replace(sample_indicators.indicators(), query=query)

    def explained(self, viewer: Viewer, factory: str, key: str) -> ExplainedView | None:
        check(viewer, "indicators.view", factory)
        return sample_indicators.explained(key)

    def footprint(self, viewer: Viewer, query: FootprintQuery) -> FootprintView:
        self.met(viewer, "footprint.view", query.factory, query)
        if query.factory is None and viewer.role is not Role.BUYER:
            raise NotAvailable
        return replace(sample_cascade.footprint(), query=query)

    def suppliers(self, viewer: Viewer) -> SuppliersView:
        self.met(viewer, "suppliers.view", None, "suppliers")
        return sample_suppliers.view()

    def comparison(self, viewer: Viewer, query: CompareQuery) -> ComparisonView:
        self.met(viewer, "suppliers.view", None, query)
        return sample_suppliers.comparison()


@pytest.fixture
def door(portal: Portal) -> FakeDoor:
    """The door behind the portal."""
    made = FakeDoor()
    portal.app.extensions["seamline.door"] = made
    return made


@pytest.fixture
def enter(portal: Portal, door: FakeDoor) -> Callable[[Role], FlaskClient]:
    """Signs a browser in as a role; an owner has F1 and F2."""

    def entered(role: Role) -> FlaskClient:
        email = f"{role}@x.example"
        portal.account(email, role)
        browser = portal.client()
        assert sign_in(browser, email).status_code == 302
        return browser

    return entered


def told(browser: FlaskClient, path: str) -> dict:
    """The twin at an address."""
    answer = browser.get(f"/download/{path}")
    assert answer.status_code == 200
    assert answer.content_type == "application/json; charset=utf-8"
    return json.loads(answer.text)


@pytest.mark.parametrize("path", [*OWNERS, *BUYERS])
def test_each_role_gets_its_own_files_and_no_other(enter: Callable[[Role], FlaskClient], path: str) -> None:
    for role, paths in ((Role.OWNER, OWNERS), (Role.BUYER, BUYERS), (Role.NGO, ())):
        answer = enter(role).get(f"/download/{path}")
        assert answer.status_code == (200 if path in paths else 404), role
        assert ("Content-Disposition" in answer.headers) == (path in paths)


@pytest.mark.parametrize("path", OWNERS)
@pytest.mark.parametrize("factory", ["F3", "F9", "..%2FF1", "F1%00", "'", "F1/x", "x" * 900])
def test_other_factories_and_odd_names_are_not_available(
    enter: Callable[[Role], FlaskClient], path: str, factory: str
) -> None:
    answer = enter(Role.OWNER).get(f"/download/{path.removesuffix('F1')}{factory}")
    assert answer.status_code == 404


@pytest.mark.parametrize("path", [*OWNERS, *BUYERS])
def test_a_stranger_and_who_comes_before_the_first_release_get_nothing(
    portal: Portal, door: FakeDoor, enter: Callable[[Role], FlaskClient], path: str
) -> None:
    assert portal.client().get(f"/download/{path}").status_code in (302, 401)
    assert door.asked == []
    door.error = NoRelease()
    assert enter(Role.OWNER if path in OWNERS else Role.BUYER).get(f"/download/{path}").status_code == 404


def test_the_twin_names_its_page_release_and_address(enter: Callable[[Role], FlaskClient], door: FakeDoor) -> None:
    browser = enter(Role.OWNER)
    found = told(browser, "json/timeline/F1?period=all&rows=overall,PAY&x=1")
    assert (found["page"], found["release"], found["demo"]) == ("timeline", 42, True)
    assert found["address"] == "/app/timeline/F1?rows=overall,PAY&period=all"
    assert door.asked == [TimelineQuery("F1", ("overall", "PAY"), "all")]
    assert found["notes"][-1].startswith("Demo data")
    assert found["shown"]["factory"]["name"] == "Meghdal Knit Works"
    name = browser.get("/download/json/timeline/F1").headers["Content-Disposition"]
    assert name == 'attachment; filename="seamline-timeline-F1-release-42.json"'


def test_an_action_that_is_not_there_is_not_said_back(enter: Callable[[Role], FlaskClient]) -> None:
    assert "zq1" not in enter(Role.OWNER).get("/download/json/timeline/F1?action=zq1").text


def test_weeks_say_what_their_numbers_are(enter: Callable[[Role], FlaskClient]) -> None:
    browser = enter(Role.OWNER)
    assert "After does not say because of" in told(browser, "json/timeline/F1?view=weeks")["notes"]
    assert "After does not say because of" not in told(browser, "json/timeline/F1")["notes"]
    rows = sheets(browser.get("/download/xlsx/timeline/F1?view=weeks").data)["Data"]
    assert rows[0][:4] == ["row", "name", "kind", "series"]


def test_what_the_factory_replies_stands_beside_what_it_answers(enter: Callable[[Role], FlaskClient]) -> None:
    browser = enter(Role.OWNER)
    every = told(browser, "json/overview/F1")["shown"]["replies"]
    assert [one["text"] for one in every] == ["A new line began.", "More people came."]
    assert every[0]["subject"] == {"topic": "row", "about": "overall", "name": "the overall score"}
    of_theme = told(browser, "json/indicators/F1?theme=hours")["shown"]["replies"]
    assert [one["text"] for one in of_theme] == ["More people came."]


def test_suppliers_come_in_the_order_of_the_page(enter: Callable[[Role], FlaskClient]) -> None:
    browser = enter(Role.BUYER)
    found = told(browser, "json/suppliers?group=none&sort=-score&pin=F5,F9&find=")
    assert [one["name"] for one in found["shown"]["groups"]] == ["Pinned", "All suppliers"]
    assert [one["factory"]["factory_id"] for one in found["shown"]["groups"][0]["suppliers"]] == ["F5"]
    assert found["address"] == "/app/suppliers?sort=-score&group=none&pin=F5"
    assert found["shown"]["shares"][1] == {"day": "2026-11-03", "factory_id": None}
    book = browser.get("/download/xlsx/suppliers?group=none&sort=-score").data
    assert [row[0] for row in sheets(book)["Data"]] == ["factory_id", "F3", "F1", "F5", "F2", "F4"]


def test_compare_says_every_clear_difference(enter: Callable[[Role], FlaskClient], door: FakeDoor) -> None:
    found = told(enter(Role.BUYER), "json/compare?with=F1,F2")
    assert door.asked == [CompareQuery(("F1", "F2"))]
    differences = [one for row in found["shown"]["rows"] for one in row["findings"]]
    assert len(found["shown"]["said"]) == len(differences) > 0
    assert set(differences[0]["higher"]) == {"factory_id", "name"}


@pytest.mark.parametrize("path", ["xlsx/indicators/F1", "xlsx/timeline/F1"])
def test_a_workbook_is_sent_as_one(enter: Callable[[Role], FlaskClient], path: str) -> None:
    browser = enter(Role.OWNER)
    answer = browser.get(f"/download/{path}")
    assert answer.content_type == XLSX_TYPE
    assert answer.headers["Content-Disposition"].endswith('-release-42.xlsx"')
    assert answer.headers["Cache-Control"] == "no-store"
    assert active_parts(answer.data) == []
    assert list(sheets(answer.data)) == ["Data", "Notes", "Dictionary"]
    assert browser.get(f"/download/{path}").data == answer.data


@pytest.mark.parametrize(
    "query", ["theme=%00", "period=", "rows=%FF,,,,&view=7", "with=&pin=,,,", "view=weeks&kind=%0d%0aX-Y:1", "as=&as=x"]
)
def test_odd_addresses_fall_back(enter: Callable[[Role], FlaskClient], query: str) -> None:
    owner, buyer = enter(Role.OWNER), enter(Role.BUYER)
    for browser, paths in ((owner, OWNERS), (buyer, BUYERS)):
        for path in paths:
            assert browser.get(f"/download/{path}?{query}").status_code == 200
