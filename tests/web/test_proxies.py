"""Behind a proxy: as many names of X-Forwarded-For are believed as the settings say, and no more."""

from datetime import UTC, datetime

import pytest
import time_machine

from data.home import Home
from data.settings import Settings
from tests.web.small import Portal, form_token, portal_in, sign_in

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def proxied(home: Home):
    """A portal behind one proxy."""
    made = portal_in(home, Settings(home=home.root, proxies=1))
    yield made
    made.store.close()


def guesses(portal: Portal, addresses: list[str]) -> bool:
    """True when the right password still opens after thirty wrong guesses that name these addresses in turn."""
    portal.account("anna@x.example")
    with time_machine.travel(NOON, tick=False):
        for n in range(30):
            headers = {"X-Forwarded-For": addresses[n % len(addresses)]}
            sign_in(portal.client(), f"guess{n}@x.example", headers=headers)
        last = {"X-Forwarded-For": "192.0.2.99"}
        return sign_in(portal.client(), "anna@x.example", headers=last).status_code == 302


def test_v6_3_1_without_a_proxy_nobody_hides_behind_a_header(portal: Portal) -> None:
    assert not guesses(portal, [f"192.0.2.{n}" for n in range(30)])


def test_v6_3_1_behind_a_proxy_each_source_is_counted_for_itself(proxied: Portal) -> None:
    assert guesses(proxied, ["192.0.2.1", "192.0.2.2"])


def test_v6_3_1_behind_a_proxy_what_the_client_wrote_itself_is_not_believed(proxied: Portal) -> None:
    proxied.account("anna@x.example")
    with time_machine.travel(NOON, tick=False):
        for n in range(30):
            headers = {"X-Forwarded-For": f"198.51.100.{n}, 192.0.2.1"}
            sign_in(proxied.client(), f"guess{n}@x.example", headers=headers)
        same = {"X-Forwarded-For": "203.0.113.5, 192.0.2.1"}
        assert sign_in(proxied.client(), "anna@x.example", headers=same).status_code == 401


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-Proto": "http"}, {}])
def test_the_demo_entry_is_closed_behind_a_proxy(proxied: Portal, headers: dict[str, str]) -> None:
    proxied.home.demo_mark.touch()
    proxied.account("owner@demo.example", password=None)
    client = proxied.client()
    page = client.get("/signin", headers=headers).text
    assert "demo-entry" not in page
    answer = client.post("/demo-entry/owner", data={"csrf_token": form_token(page)}, headers=headers)
    assert answer.status_code == 404


def test_the_host_is_the_one_that_was_asked_for(proxied: Portal) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    answer = proxied.client().get("/app/", headers=headers)
    assert answer.location == "/signin?next=/app/"


@pytest.mark.parametrize("proxies", [-1, 10, "many"])
def test_an_odd_number_of_proxies_is_refused_at_the_start(home: Home, proxies: object) -> None:
    with pytest.raises(ValueError, match="proxies"):
        Settings(home=home.root, proxies=proxies)  # type: ignore[arg-type]  # what an environment might say
