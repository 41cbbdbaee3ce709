"""One-click entry: only in a demo home, only on this machine, with nothing in between."""

import pytest

from access.roles import Role
from data.home import Home
from data.settings import Settings
from tests.web.small import Portal, form_token, portal_in

LOCAL_HOSTS = ["localhost", "localhost:8050", "127.0.0.1:8050", "[::1]:8050", "127.8.9.1", "LOCALHOST"]
OTHER_HOSTS = [
    "portal.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "10.0.0.1",
    "[::2]",
]


def entered(portal: Portal, role: str = "owner", headers: dict[str, str] | None = None, **more) -> int:
    """The status of the answer to a click, and 404 only where no button was shown either."""
    client = portal.client()
    page = client.get("/signin", headers=headers, **more).text
    fields = {"csrf_token": form_token(page)}
    answer = client.post(f"/demo-entry/{role}", data=fields, headers=headers, **more)
    shown = f'action="/demo-entry/{role}"' in page
    assert shown is (answer.status_code == 302)
    return answer.status_code


@pytest.fixture
def demo(portal: Portal) -> Portal:
    """A demo home with an account for every role, and an older disabled one."""
    portal.home.demo_mark.touch()
    for role in Role:
        portal.account(f"{role}@demo.example", role, f"{role} organisation", password=None)
    return portal


@pytest.mark.parametrize("role", list(Role))
def test_one_click_leads_in_as_each_role(demo: Portal, role: Role) -> None:
    client = demo.client()
    token = form_token(client.get("/signin").text)
    answer = client.post(f"/demo-entry/{role}", data={"csrf_token": token})
    assert answer.location == "/app/"
    assert f"{role}@demo.example" in client.get("/account").text
    assert "Change the password" not in client.get("/account").text


def test_there_is_none_outside_a_demo_home(portal: Portal) -> None:
    portal.account("anna@x.example")
    assert entered(portal) == 404


@pytest.mark.parametrize("host", LOCAL_HOSTS)
def test_a_local_name_is_let_in(demo: Portal, host: str) -> None:
    client = demo.client()
    page = client.get("/signin", headers={"Host": host}).text
    assert 'action="/demo-entry/owner"' in page


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_another_host_name_is_not(demo: Portal, host: str) -> None:
    client = demo.client()
    page = client.get("/signin", headers={"Host": host}).text
    assert "demo-entry" not in page
    fields = {"csrf_token": form_token(page)}
    assert client.post("/demo-entry/owner", data=fields, headers={"Host": host}).status_code in (400, 404)


@pytest.mark.parametrize(
    "name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "X-Real-IP", "Via"]
)
def test_a_forwarded_request_is_not(demo: Portal, name: str) -> None:
    assert entered(demo, headers={name: "127.0.0.1"}) == 404


def test_another_machine_is_not_whatever_it_calls_us(demo: Portal) -> None:
    assert entered(demo, environ_base={"REMOTE_ADDR": "192.0.2.7"}) == 404


def test_a_server_for_everybody_has_none(home: Home) -> None:
    home.demo_mark.touch()
    portal = portal_in(home, Settings(home=home.root, host="10.0.0.1"))
    portal.account("anna@x.example")
    assert entered(portal) == 404
    portal.store.close()


@pytest.mark.parametrize("role", ["nobody", "OWNER", "owner'--", "..", "%00"])
def test_an_unknown_role_is_not_there(demo: Portal, role: str) -> None:
    client = demo.client()
    fields = {"csrf_token": form_token(client.get("/signin").text)}
    assert client.post(f"/demo-entry/{role}", data=fields).status_code in (401, 404)
