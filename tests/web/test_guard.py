"""The guard: closed by default, whatever the spelling, deaf to other sites. Numbers are OWASP ASVS 5.0.0."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from access import policy
from access.roles import Role
from access.viewer import NotAvailable
from data.home import Home
from data.settings import Settings
from data.state.grants import grant, revoke_grants
from tests.web.small import SAY, Portal, call, portal_in, sign_in

JSON = {"Accept": "application/json"}
OPEN = {
    "/signin",
    "/signin/code",
    "/signin/setup",
    "/invitation/<token>",
    "/demo-entry/<role>",
    "/health",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/app/_favicon.ico",
    "/app/assets/<path:filename>",
    "/app/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
}


@pytest.fixture
def anna(portal: Portal):
    """A browser in which an owner is signed in and has opened the portal."""
    portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    client.get("/app/")
    return client


def test_v8_2_1_every_route_is_closed_but_the_named_ones(portal: Portal) -> None:
    swept = set()
    for rule in portal.app.url_map.iter_rules():
        path = rule.rule
        for part in ("<path:filename>", "<path:fingerprinted_path>", "<path:path>"):
            path = path.replace(part, "x.js")
        path = path.replace("<role>", "owner").replace("<string:package_name>", "dash")
        for method in rule.methods - {"OPTIONS"}:
            answer = portal.client().open(path, method=method, headers=JSON)
            opened = answer.status_code != 401
            assert opened is (rule.rule in OPEN), (rule.rule, method, answer.status_code)
            assert answer.status_code < 500
            swept.add(rule.rule)
    assert swept >= OPEN
    assert "/app/_dash-update-component" in swept


@pytest.mark.parametrize(
    "path",
    [
        "/app/_dash-layout",
        "/app/_dash-dependencies",
        "/app/_reload-hash",
        "/app/assets/../_dash-layout",
        "/app/assets/%2e%2e/_dash-layout",
        "/app//_dash-layout",
        "/app/assets//../_dash-layout",
        "/APP/_dash-layout",
        "/app/_dash-layout/",
        "/app/assetsx/y",
        "/app/_dash-component-suitesx",
        "/static/x",
        "/admin",
        "/favicon.ico",
        "/signin/",
        "//signin",
        "/health/../app/_dash-layout",
    ],
)
def test_no_spelling_gets_around_the_guard(portal: Portal, path: str) -> None:
    answer = portal.client().get(path, headers=JSON)
    assert answer.status_code in (302, 308, 401, 404)
    assert "children" not in answer.text
    assert "inputs" not in answer.text


def test_a_page_view_is_led_to_sign_in_and_data_is_refused(portal: Portal) -> None:
    client = portal.client()
    led = client.get("/app/overview/F1?on=2026-01-01&a=b")
    assert led.location == "/signin?next=/app/overview/F1%3Fon%3D2026-01-01%26a%3Db"
    assert client.get("/app/x", headers={"Accept": "*/*"}).status_code == 302
    assert client.get("/app/x", headers={"Accept": "text/html,*/*;q=0.8"}).status_code == 302
    assert client.get("/account").location == "/signin"
    assert client.get("/app/x", headers=JSON).status_code == 401
    assert client.get("/app/x", headers={"Sec-Fetch-Dest": "empty"}).status_code == 401
    answer = call(client, token=None)
    assert (answer.status_code, answer.json) == (401, {"error": "Sign in first."})
    sent = client.post("/account/password", headers={"Accept": "text/html"})
    assert sent.status_code == 401
    assert "Please sign in" in sent.text


def test_the_way_back_is_kept_through_sign_in(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    led = client.get("/app/overview/F1?on=2026-01-01&a=b")
    assert 'value="/app/overview/F1?on=2026-01-01&amp;a=b"' in client.get(led.location).text


@pytest.mark.parametrize("cookie", ["", "x", "null", "a" * 3000, "\x7f'\"", "é"])
def test_a_made_up_session_is_nobody(portal: Portal, cookie: str) -> None:
    client = portal.client()
    client.set_cookie("sid", cookie)
    client.set_cookie("remember_token", "1|" + "0" * 128)
    client.set_cookie("form", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbb")
    assert client.get("/app/").status_code == 302


def test_another_programs_remember_cookie_signs_nobody_out(anna) -> None:
    anna.set_cookie("remember_token", "1|abc")
    assert anna.get("/account").status_code == 200


def test_v8_3_1_identity_comes_from_the_session_only(anna) -> None:
    body = {**SAY, "state": [{"id": "note", "property": "data", "value": {"user": 99, "role": "operator"}}]}
    answer = call(anna, body, headers={"X-User": "99", "Authorization": "Bearer 99"})
    assert answer.json["response"]["who"]["children"] == "1 ['F1', 'F2']"


def test_v8_3_2_a_grant_and_its_end_count_from_the_next_callback(portal: Portal) -> None:
    buyer = portal.account("ben@x.example", Role.BUYER, "B1")
    client = portal.client()
    sign_in(client, "ben@x.example")
    client.get("/app/")

    def seen() -> str:
        return call(client).json["response"]["who"]["children"].split(" ", 1)[1]

    assert seen() == "[]"
    with portal.store.change() as change:
        grant(change, "F3", buyer.organisation_id)
    assert seen() == "['F3']"
    with portal.store.change() as change:
        revoke_grants(change, "F3", buyer.organisation_id)
    assert seen() == "[]"


def test_nobody_is_left_behind_after_a_request(portal: Portal, anna) -> None:
    assert call(anna).status_code == 200
    with pytest.raises(NotAvailable):
        policy.current_viewer()


def test_two_people_at_the_same_time_stay_apart(portal: Portal) -> None:
    portal.account("anna@x.example")
    portal.account("otto@x.example", Role.OWNER, "O2")
    clients = {}
    for name in ("anna", "otto"):
        clients[name] = portal.client()
        sign_in(clients[name], f"{name}@x.example")
        clients[name].get("/app/")
    said: dict[str, set[str]] = {name: set() for name in clients}

    def ask(name: str) -> None:
        for _ in range(15):
            said[name].add(call(clients[name]).json["response"]["who"]["children"])

    threads = [threading.Thread(target=ask, args=(name,)) for name in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"anna": {"1 ['F1', 'F2']"}, "otto": {"2 []"}}


@pytest.mark.parametrize("token", [None, "", "x", "ImFiYyI.aaaaaa.bbbb"])
def test_v3_5_1_a_callback_without_the_form_token_is_refused(anna, token: str | None) -> None:
    answer = call(anna, token=token)
    assert answer.status_code == 400
    assert "page was open too long" in answer.json["error"]


def test_v3_5_1_dash_finds_the_token_where_its_renderer_looks(portal: Portal, anna) -> None:
    config = anna.get("/app/").text
    assert '"csrf_token_name":"_csrf_token"' in config.replace(": ", ":")
    assert '"csrf_header_name":"X-CSRFToken"' in config.replace(": ", ":")
    assert call(anna).status_code == 200


def test_v3_5_1_somebody_elses_token_does_not_fit(portal: Portal, anna) -> None:
    portal.account("otto@x.example", Role.OWNER, "O2")
    otto = portal.client()
    sign_in(otto, "otto@x.example")
    otto.get("/app/")
    assert call(anna, token=otto.get_cookie("_csrf_token").decoded_value).status_code == 400


def test_v3_5_1_the_token_of_before_signing_in_is_worth_nothing_after(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    client.get("/signin")
    before = client.get_cookie("_csrf_token").decoded_value
    sign_in(client, "anna@x.example")
    assert call(client, token=before).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "file://localhost"}, 403),
        ({"Origin": "http://[bad"}, 403),
    ],
)
def test_v3_5_2_what_another_site_sends_is_refused(anna, headers: dict[str, str], status: int) -> None:
    assert call(anna, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/signin", "/signout", "/account/password", "/demo-entry/owner"])
def test_v3_5_1_forms_need_the_token_too(anna, path: str) -> None:
    assert anna.post(path).status_code == 400
    assert anna.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/signout", "/account/password", "/demo-entry/owner"])
def test_v3_5_3_nothing_changes_by_getting_it(anna, path: str) -> None:
    assert anna.get(path).status_code == 405
    assert anna.get("/account").status_code == 200


def test_v3_5_2_a_callback_that_is_not_json_is_refused(anna) -> None:
    token = anna.get_cookie("_csrf_token").decoded_value
    answer = anna.post(
        "/app/_dash-update-component", data="{}", content_type="text/plain", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 415


def test_the_first_request_of_a_process_may_be_a_callback(portal: Portal, anna, home: Home) -> None:
    other = portal_in(home, Settings(home=home.root))
    client = other.client()
    for name in ("sid", "form", "_csrf_token"):
        client.set_cookie(name, anna.get_cookie(name).value)
    routing = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/app/one/seam"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = call(client, routing, token=anna.get_cookie("_csrf_token").decoded_value)
    assert answer.status_code == 200
    assert "seam" in answer.text
    other.store.close()


def test_a_session_is_good_while_somebody_loads_data(portal: Portal, anna) -> None:
    with portal.store.change(), time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        assert call(anna).status_code == 200


def test_a_route_added_later_is_closed(portal: Portal) -> None:
    assert isinstance(portal.app, Flask)
    assert portal.client().get("/app-free/fails", headers=JSON).status_code == 401
