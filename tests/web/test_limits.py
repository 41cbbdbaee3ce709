"""Files are counted for each account: the 61st within a minute is refused, and nothing else ever is."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from access.roles import Role
from access.viewer import NotAvailable
from data.home import Home
from data.settings import Settings
from tests.web.small import Portal, call, portal_in, sign_in

FILE = "/download/json/overview/F9"
KINDS = (FILE, "/download/indicators/F9", "/download/xlsx/timeline/F9", "/download/benchmarks.csv",
         "/download/explanation/F9", "/download/looks/F9")  # fmt: skip
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class NoDoor:
    """A door behind which nothing is for anybody."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        def refused(*_args: object) -> None:
            raise NotAvailable

        return refused


def entered(portal: Portal, email: str, *, new: bool = True) -> FlaskClient:
    """A signed-in browser."""
    if new:
        portal.account(email, Role.OWNER)
    browser = portal.client()
    assert sign_in(browser, email).status_code == 302
    return browser


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, which stands still unless it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def portal(home: Home) -> Iterator[Portal]:
    """A portal with the limits that it has unless told otherwise."""
    made = portal_in(home, Settings(home=home.root))
    made.app.extensions["seamline.door"] = NoDoor()
    yield made
    made.store.close()


def test_the_61st_file_of_a_minute_is_refused_with_our_own_page(portal: Portal, clock: time_machine.Traveller) -> None:
    browser = entered(portal, "one@x.example")
    assert {browser.get(KINDS[turn % len(KINDS)]).status_code for turn in range(60)} == {404}
    refused = browser.get(FILE, headers={"Accept": "text/html"})
    assert refused.status_code == 429
    assert "Too many requests" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert browser.get(FILE, headers={"Accept": "application/json"}).json["error"].startswith("Too many requests")
    assert browser.head(FILE).status_code == 429
    assert browser.get("/download/benchmarks.json").status_code == 429, "all kinds of files count together"


def test_another_account_at_the_same_address_is_not(portal: Portal, clock: time_machine.Traveller) -> None:
    first, second = entered(portal, "one@x.example"), entered(portal, "two@x.example")
    assert [first.get(FILE).status_code for _ in range(61)][-1] == 429
    assert second.get(FILE).status_code == 404


def test_another_browser_or_address_of_the_account_is(portal: Portal, clock: time_machine.Traveller) -> None:
    first = entered(portal, "one@x.example")
    assert [first.get(FILE).status_code for _ in range(61)][-1] == 429
    again = entered(portal, "one@x.example", new=False)
    assert again.get(FILE, environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 429


def test_pages_and_callbacks_are_not_counted(portal: Portal, clock: time_machine.Traveller) -> None:
    browser = entered(portal, "one@x.example")
    for _ in range(70):
        assert browser.get("/app/").status_code == 200
        assert call(browser).status_code == 200
    assert browser.get(FILE).status_code == 404
    assert [browser.get(FILE).status_code for _ in range(60)][-1] == 429
    assert browser.get("/app/").status_code == 200
    assert call(browser).status_code == 200
    assert browser.get("/account").status_code == 200
    assert "Retry-After" not in browser.get("/app/").headers


def test_after_a_minute_files_come_again(portal: Portal, clock: time_machine.Traveller) -> None:
    browser = entered(portal, "one@x.example")
    assert [browser.get(FILE).status_code for _ in range(61)][-1] == 429
    clock.shift(timedelta(seconds=61))
    assert browser.get(FILE).status_code == 404


def test_the_601st_file_of_an_hour_is_refused(home: Home, clock: time_machine.Traveller) -> None:
    """With small numbers that stand for 60 and 600: ten minutes at the most of each, and then no more."""
    made = portal_in(home, Settings(home=home.root, downloads_a_minute=6, downloads_an_hour=12))
    made.app.extensions["seamline.door"] = NoDoor()
    browser = entered(made, "one@x.example")
    for _ in range(2):
        assert {browser.get(FILE).status_code for _ in range(6)} == {404}
        clock.shift(timedelta(seconds=61))
    refused = browser.get(FILE)
    assert refused.status_code == 429
    assert 3000 < int(refused.headers["Retry-After"]) <= 3600
    made.store.close()


def test_the_numbers_are_60_and_600_unless_told_otherwise(home: Home) -> None:
    settings = Settings(home=home.root)
    assert (settings.downloads_a_minute, settings.downloads_an_hour) == (60, 600)
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Settings(home=home.root, downloads_a_minute=0)


def test_a_stranger_is_sent_to_sign_in_however_often(portal: Portal) -> None:
    browser = portal.client()
    assert {browser.get(FILE).status_code for _ in range(70)} <= {302, 401}
