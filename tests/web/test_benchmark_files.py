"""Benchmarks as files: for NGOs, with what the address asks; a plain refusal for everybody else."""

import csv
import io
import json

import pytest

from access.policy import check
from access.roles import Role
from access.viewer import Viewer
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView
from scoring.model import NoRelease
from tests import sample_benchmarks as sample
from tests.web.small import Portal, sign_in

PATHS = ("/download/benchmarks.csv", "/download/benchmarks.json")


class FakeDoor:
    """A door to the sample cohorts, by the policy; it remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[BenchmarkQuery] = []
        self.error: Exception | None = None
        self.frozen = True

    def benchmarks(self, viewer: Viewer, query: BenchmarkQuery) -> BenchmarkView | None:
        check(viewer, "benchmarks.view")
        self.asked.append(query)
        if self.error:
            raise self.error
        return sample.view(query) if self.frozen else None


@pytest.fixture
def door(portal: Portal) -> FakeDoor:
    """The door behind the portal."""
    made = FakeDoor()
    portal.app.extensions["seamline.door"] = made
    return made


@pytest.fixture
def enter(portal: Portal, door: FakeDoor):
    """Signs a browser in as a role."""

    def entered(role: Role):
        email = f"{role}@x.example"
        portal.account(email, role)
        browser = portal.client()
        assert sign_in(browser, email).status_code == 302
        return browser

    return entered


def test_the_page_comes_as_csv_with_what_the_address_asks(enter, door: FakeDoor) -> None:
    answer = enter(Role.NGO).get("/download/benchmarks.csv?theme=HRS&country=KE&x=1")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    name = 'attachment; filename="seamline-benchmarks-HRS-2026-06-release-42.csv"'
    assert answer.headers["Content-Disposition"] == name
    assert door.asked == [BenchmarkQuery("HRS", "KE")]
    assert "# Citation: Seamline. Hours" in answer.text
    lines = list(csv.DictReader(line for line in io.StringIO(answer.text) if not line.startswith("#")))
    assert {"HRS", "overall", "PAY"} == {one["theme"] for one in lines}


def test_the_page_comes_as_json(enter) -> None:
    answer = enter(Role.NGO).get("/download/benchmarks.json?month=2026-04")
    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('overall-2026-04-release-42.json"')
    twin = json.loads(answer.text)
    assert twin["licence"] == "CC BY 4.0"
    assert {one["country"] for one in twin["rows"]} == {None, "KE"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_owners_and_buyers_do_not_get_them(enter, role: Role, path: str) -> None:
    allowed = role is Role.NGO
    answer = enter(role).get(path)
    assert answer.status_code == (200 if allowed else 404)
    assert ("Content-Disposition" in answer.headers) is allowed


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_sent_to_the_sign_in_page(portal: Portal, door: FakeDoor, path: str) -> None:
    assert portal.client().get(path).status_code in (302, 401)
    assert door.asked == []


@pytest.mark.parametrize("path", PATHS)
def test_before_there_is_anything_there_is_no_file(enter, door: FakeDoor, path: str) -> None:
    browser = enter(Role.NGO)
    door.frozen = False
    assert browser.get(path).status_code == 404
    door.error = NoRelease()
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("query", ["month=2026-99", "country=%00", "theme=%0d%0aX-Y:1", "compare=%FF~,~~", "codebook="])
def test_odd_addresses_fall_back(enter, query: str) -> None:
    browser = enter(Role.NGO)
    for path in PATHS:
        answer = browser.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "seamline-benchmarks-overall-2026-06" in answer.headers["Content-Disposition"]
