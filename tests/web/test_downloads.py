"""Files: for those who may see the page, and a plain refusal for everybody and everything else."""

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from scoring.explanations import Explanation
from scoring.model import NoRelease
from scoring.query import IndicatorsQuery
from scoring.views import ExplainedView, IndicatorsView
from tests import sample_indicators as sample
from tests.web.small import Portal

PASSWORD = "a quiet seam in blue"


class FakeDoor:
    """A door that knows one factory, f1, for an owner who has F1 and F2; it remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.error: Exception | None = None

    def indicators(self, viewer: Viewer, query: IndicatorsQuery) -> IndicatorsView:
        self.asked.append(query)
        if self.error:
            raise self.error
        if query.factory not in viewer.factories:
            raise NotAvailable
        return replace(sample.indicators(), query=query)

    def explained(self, viewer: Viewer, factory: str, key: str) -> ExplainedView | None:
        self.asked.append(key)
        return sample.explained("hours")

    def explanation(self, viewer: Viewer, factory: str, key: str) -> Explanation | None:
        self.asked.append(key)
        if self.error or factory not in viewer.factories or key == "nope":
            raise self.error or NotAvailable
        return None if key == "few" else sample.explained().explanation


@pytest.fixture
def door(portal: Portal) -> FakeDoor:
    """The door behind the portal."""
    made = FakeDoor()
    portal.app.extensions["seamline.door"] = made
    return made


@pytest.fixture
def owner(portal: Portal, door: FakeDoor) -> FlaskClient:
    """The browser of an owner who has signed in."""
    portal.account("owner@x.example", Role.OWNER)
    browser = portal.client()
    token = browser.get("/signin").text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    sent = {"email": "owner@x.example", "password": PASSWORD, "csrf_token": token}
    assert browser.post("/signin", data=sent).status_code == 302
    return browser


def test_the_page_comes_as_csv_with_what_the_address_asks(owner: FlaskClient, door: FakeDoor) -> None:
    answer = owner.get("/download/indicators/F1?theme=hours&period=3m&x=1")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="seamline-indicators-f1-release-42.csv"'
    assert door.asked == [IndicatorsQuery("F1", "hours", "3m"), "hours"]
    assert "# How Meghdal Knit Works" in answer.text


def test_the_chain_comes_as_the_numbers_that_the_command_prints(owner: FlaskClient, door: FakeDoor) -> None:
    answer = owner.get("/download/explanation/F1?key=overall")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="seamline-F1-overall.json"'
    numbers = json.loads(answer.text)
    assert numbers == json.loads(json.dumps(sample.explained().explanation.as_numbers(), default=str))
    assert numbers["adjustment"] == pytest.approx(-0.8)


@pytest.mark.parametrize(
    "path", ["indicators/F9", "explanation/F9", "explanation/F1?key=nope", "explanation/F1?key=few"]
)
def test_what_is_not_there_or_not_ours_is_not_available(owner: FlaskClient, path: str) -> None:
    answer = owner.get(f"/download/{path}")
    assert answer.status_code == 404
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("path", ["indicators/F1", "explanation/F1"])
def test_before_the_first_release_there_is_no_file(owner: FlaskClient, door: FakeDoor, path: str) -> None:
    door.error = NoRelease()
    assert owner.get(f"/download/{path}").status_code == 404


@pytest.mark.parametrize("path", ["indicators/F1", "explanation/F1"])
def test_a_stranger_is_sent_to_the_sign_in_page(portal: Portal, door: FakeDoor, path: str) -> None:
    answer = portal.client().get(f"/download/{path}")
    assert answer.status_code in (302, 401)
    assert door.asked == []


@pytest.mark.parametrize("name", ["a%22b", "a%0d%0aX-Y:1", "%2e%2e%2fF2", "é"])
def test_no_name_gets_into_a_header(owner: FlaskClient, name: str) -> None:
    assert owner.get(f"/download/indicators/{name}").status_code in (404, 400)
