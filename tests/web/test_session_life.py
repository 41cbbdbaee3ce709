"""A session from sign-in to its end. Numbers are those of OWASP ASVS 5.0.0."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from data.state.accounts import disable_account, set_password
from tests.web.small import CHEAP, PASSWORD, Portal, call, form_token, sign_in

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def sid(client) -> str | None:
    cookie = client.get_cookie("sid")
    return cookie.value if cookie else None


def test_v7_2_3_the_session_is_a_random_cookie_and_only_its_hash_is_kept(portal: Portal) -> None:
    portal.account("anna@x.example")
    tokens = set()
    for _ in range(3):
        client = portal.client()
        sign_in(client, "anna@x.example")
        tokens.add(sid(client))
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    kept = portal.kept()
    assert not any(token.encode() in kept for token in tokens)


def test_v7_2_4_signing_in_makes_a_new_session_and_ends_the_old_one(portal: Portal) -> None:
    portal.account("anna@x.example")
    client, thief = portal.client(), portal.client()
    client.set_cookie("sid", "chosen-by-somebody-else")
    page = client.get("/signin").text
    sign = {"email": "anna@x.example", "password": PASSWORD, "csrf_token": form_token(page)}
    client.post("/signin", data=sign)
    first = sid(client)
    assert first != "chosen-by-somebody-else"
    thief.set_cookie("sid", first)
    assert thief.get("/account").status_code == 200
    client.get("/app/")
    token = client.get_cookie("_csrf_token").decoded_value
    client.post("/signin", data={**sign, "csrf_token": token})
    assert sid(client) != first
    assert thief.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_v7_3_1_half_an_hour_without_a_request_ends_the_session(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, "anna@x.example")
        for _ in range(3):
            clock.shift(29 * MINUTE)
            assert client.get("/account").status_code == 200
        clock.shift(30 * MINUTE)
        assert client.get("/account").status_code == 302


def test_v7_3_2_twelve_hours_end_the_session_however_busy(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, "anna@x.example")
        for _ in range(35):
            clock.shift(20 * MINUTE)
            assert client.get("/account").status_code == 200
        clock.shift(20 * MINUTE)
        assert client.get("/account").status_code == 302


def test_v7_4_1_signing_out_ends_the_session_on_the_server(portal: Portal) -> None:
    portal.account("anna@x.example")
    client, copy = portal.client(), portal.client()
    sign_in(client, "anna@x.example")
    copy.set_cookie("sid", sid(client))
    token = form_token(client.get("/account").text)
    answer = client.post("/signout", data={"csrf_token": token})
    assert answer.location == "/signin"
    assert sid(client) is None
    assert copy.get("/account").status_code == 302


@pytest.mark.parametrize("what", ["disabled", "password"])
def test_v7_4_2_v8_3_2_losing_the_account_counts_from_the_next_callback(portal: Portal, what: str) -> None:
    account = portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    client.get("/app/")
    assert call(client).status_code == 200
    with portal.store.change() as change:
        if what == "disabled":
            disable_account(change, account)
        else:
            set_password(change, account, CHEAP.hash("another quiet seam"))
    answer = call(client)
    assert answer.status_code == 401
    assert answer.json == {"error": "Sign in first."}


def test_v3_3_1_to_v3_3_4_cookies_behind_tls(tls: Portal) -> None:
    tls.account("anna@x.example")
    client = tls.client()
    answer = sign_in(client, "anna@x.example", base_url="https://portal.example")
    (cookie,) = (c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-sid="))
    assert "Domain" not in cookie
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    page = client.get("/app/", base_url="https://portal.example")
    kept = {c.split("=")[0]: c for c in page.headers.getlist("Set-Cookie")}
    assert kept.keys() == {"_csrf_token", "__Host-form"}
    assert "HttpOnly" not in kept["_csrf_token"]
    assert all("Secure" in c and "SameSite=Lax" in c for c in kept.values())
    same = {"headers": {"Sec-Fetch-Site": "same-origin"}, "base_url": "https://portal.example"}
    assert call(client, **same).status_code == 200
