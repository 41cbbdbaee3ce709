"""Signing in: what opens, what stays shut, and how little is told. Numbers are those of OWASP ASVS 5.0.0."""

import logging
import re
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import delete, event

from access.roles import Role
from data.state.accounts import disable_account, set_password
from data.state.audit import broken_at, lines
from data.state.models import AttemptRow
from tests.web.small import PASSWORD, Portal, call, form_token, sign_in
from web.guard import local_target
from web.signin import REFUSED
from web.tries import source

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_right_password_leads_to_the_portal(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    answer = sign_in(client, " Anna@X.example ")
    assert (answer.status_code, answer.location) == (302, "/app/")
    assert client.get("/app/").status_code == 200
    assert client.get("/").location == "/app/"
    assert client.get("/signin").location == "/app/"
    assert call(client).json["response"]["who"]["children"] == "1 ['F1', 'F2']"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("nobody@x.example", PASSWORD),
        ("anna@x.example", PASSWORD + " "),
        ("anna@x.example", ""),
        ("anna@x.example", "x" * 100_000),
        ("demo@x.example", ""),
        ("demo@x.example", PASSWORD),
        ("gone@x.example", PASSWORD),
        ("", ""),
        ("a\x00b\ud800@x", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
    ids=["unknown", "wrong", "empty", "long", "no password", "none set", "disabled", "nothing", "odd", "sql"],
)
def test_v6_3_8_every_refusal_looks_the_same(portal: Portal, email: str, password: str) -> None:
    portal.account("anna@x.example")
    portal.account("demo@x.example", password=None)
    gone = portal.account("gone@x.example")
    with portal.store.change() as change:
        disable_account(change, gone)
    client = portal.client()
    answer = sign_in(client, email.encode("utf-8", "replace").decode(), password)
    assert answer.status_code == 401
    assert REFUSED in answer.text
    assert client.get_cookie("sid") is None
    assert client.get("/app/").status_code == 302


def test_v6_3_8_an_unknown_account_costs_as_much_work_as_a_known_one(portal: Portal) -> None:
    counted = []

    class Counting(PasswordHasher):
        def verify(self, hash: str, password: str) -> bool:  # type: ignore[override]  # by name
            counted.append(password)
            return super().verify(hash, password)

    portal.passwords._hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    portal.account("anna@x.example")
    for email in ("anna@x.example", "nobody@x.example"):
        sign_in(portal.client(), email, "not the password")
    assert counted == ["not the password"] * 2


def test_v6_3_1_five_failures_close_the_account_for_a_while_even_to_its_owner(portal: Portal) -> None:
    portal.account("anna@x.example")
    with time_machine.travel(NOON, tick=False) as clock:
        refused = [sign_in(portal.client(), "anna@x.example", f"wrong {n}") for n in range(5)]
        refused.append(sign_in(portal.client(), "anna@x.example"))
        assert {(r.status_code, REFUSED in r.text) for r in refused} == {(401, True)}
        clock.shift(MINUTE)
        assert sign_in(portal.client(), "anna@x.example").status_code == 302
        assert sign_in(portal.client(), "anna@x.example", "wrong").status_code == 401
        assert sign_in(portal.client(), "anna@x.example").status_code == 302


def test_v6_3_1_an_unknown_account_is_closed_in_the_same_way(portal: Portal) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            sign_in(portal.client(), "late@x.example")
        portal.account("late@x.example")
        assert sign_in(portal.client(), "late@x.example").status_code == 401


def test_v6_3_1_thirty_failures_close_the_source_for_every_account(portal: Portal) -> None:
    portal.account("anna@x.example")
    with time_machine.travel(NOON, tick=False) as clock:
        for n in range(30):
            sign_in(portal.client(), f"guess{n}@x.example")
        assert sign_in(portal.client(), "anna@x.example").status_code == 401
        elsewhere = {"environ_base": {"REMOTE_ADDR": "10.0.0.7"}}
        assert sign_in(portal.client(), "anna@x.example", **elsewhere).status_code == 302
        clock.shift(10 * MINUTE)
        assert sign_in(portal.client(), "anna@x.example").status_code == 302


def test_v6_3_1_tries_at_the_same_moment_do_not_slip_through(portal: Portal) -> None:
    portal.account("anna@x.example")
    looked = []
    fits = portal.passwords.fits

    def slow(password_hash: str | None, password: str) -> bool:
        if password_hash is not None:  # without one the same work is done for nothing
            looked.append(password)
        time.sleep(0.05)
        return fits(password_hash, password)

    portal.passwords.fits = slow
    threads = [threading.Thread(target=sign_in, args=(portal.client(), "anna@x.example", f"no {n}")) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == 5


def test_a_password_that_changes_while_it_is_looked_at_opens_nothing(portal: Portal) -> None:
    account, fits = portal.account("anna@x.example"), portal.passwords.fits

    def overtaken(password_hash: str | None, password: str) -> bool:
        with portal.store.change() as change:
            set_password(change, account, portal.passwords.hashed("another quiet seam in red"))
        return fits(password_hash, password)

    portal.passwords.fits = overtaken
    client = portal.client()
    assert sign_in(client, "anna@x.example").status_code == 401
    assert client.get("/account").status_code == 302
    assert portal.found("anna@x.example").password_hash != account.password_hash


def test_v16_2_5_no_address_and_no_email_is_kept_with_the_tries(portal: Portal) -> None:
    sign_in(portal.client(), "secret-name@x.example", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    kept = portal.kept()
    assert b"secret-name" not in kept
    assert b"203.0.113.77" not in kept


def test_a_hash_of_weaker_parameters_is_renewed_at_sign_in(portal: Portal) -> None:
    portal.account("anna@x.example")
    before = portal.found("anna@x.example").password_hash
    portal.passwords._hasher = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    client = portal.client()
    assert sign_in(client, "anna@x.example").status_code == 302
    after = portal.found("anna@x.example").password_hash
    assert after != before
    assert "m=16,t=2" in after
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_household_is_one_source(address: str | None, key: str) -> None:
    assert source(address) == key


@pytest.mark.parametrize(
    "target",
    [
        "/app/",
        "/app/overview/F1",
        "/app/timeline/F%201?rows=a,b&action=A1",
        "/app/x?back=http://a/b",
        "/app/x#y",
    ],
)
def test_after_signing_in_one_is_where_one_wanted_to_be(portal: Portal, target: str) -> None:
    assert local_target(target) == target
    portal.account("anna@x.example")
    client = portal.client()
    page = client.get("/signin", query_string={"next": target}).text
    fields = {"email": "anna@x.example", "password": PASSWORD, "next": target, "csrf_token": form_token(page)}
    assert client.post("/signin", data=fields).location == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "/",
        "/account",
        "//evil.example/app/",
        "https://evil.example/app/",
        "/app//evil.example",
        "/app/../..//evil.example",
        "/app\\evil",
        "/app/\\evil",
        "\t/app/",
        "/app/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/app/_dash-layout",
        "/app/" + "x" * 3000,
    ],
)
def test_v3_7_2_nobody_is_sent_elsewhere_after_signing_in(portal: Portal, target: str | None) -> None:
    assert local_target(target) == "/app/"
    portal.account("anna@x.example", Role.OWNER)
    client = portal.client()
    page = client.get("/signin", query_string={"next": target or ""}).text
    token = form_token(page)
    fields = {"email": "anna@x.example", "password": PASSWORD, "next": target or "", "csrf_token": token}
    assert client.post("/signin", data=fields).location == "/app/"


def test_what_was_typed_is_never_markup_and_the_password_is_not_sent_back(portal: Portal) -> None:
    nasty = '"><script>alert(1)</script>@x'
    answer = sign_in(portal.client(), nasty, "my own secret word")
    assert "<script>alert" not in answer.text
    assert "my own secret word" not in answer.text
    page = portal.client().get("/signin", query_string={"next": "/app/x?q=" + nasty}).text
    assert "<script>alert" not in page


def test_the_page_has_no_dead_links_and_its_files_exist(portal: Portal) -> None:
    client = portal.client()
    page = client.get("/signin").text
    files = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert len(files) >= 7
    for file in files:
        answer = client.get(file, buffered=True)
        assert answer.status_code == 200, file
        assert "immutable" in answer.headers["Cache-Control"]
    assert 'href="#"' not in page
    assert "style=" not in page


def test_v6_3_8_every_refusal_takes_the_same_statements(portal: Portal) -> None:
    portal.account("anna@x.example")
    portal.account("demo@x.example", password=None)
    gone = portal.account("gone@x.example")
    with portal.store.change() as change:
        disable_account(change, gone)
    asked: list[str] = []
    event.listen(portal.store._engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    seen = {}
    for number, (email, password) in enumerate(
        [
            ("nobody@x.example", PASSWORD),
            ("anna@x.example", "wrong"),
            ("gone@x.example", PASSWORD),
            ("demo@x.example", ""),
        ]
    ):
        client = portal.client()
        token = form_token(client.get("/signin").text)
        elsewhere = {"REMOTE_ADDR": f"192.0.2.{number}"}
        asked.clear()
        fields = {"email": email, "password": password, "csrf_token": token}
        assert client.post("/signin", data=fields, environ_base=elsewhere).status_code == 401
        seen[email] = tuple(asked)
    assert len(set(seen.values())) == 1
    assert any("audit" in one for one in seen["nobody@x.example"])


def test_v16_3_1_sign_ins_and_refusals_are_written_down_without_the_address(portal: Portal, caplog) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    with caplog.at_level(logging.DEBUG):
        sign_in(portal.client(), "anna@x.example", "not the password")
        sign_in(portal.client(), "secret-name@x.example")
        sign_in(client, "anna@x.example")
        client.post("/signout", data={"csrf_token": form_token(client.get("/account").text)})
    with portal.store.look() as look:
        trail = list(reversed(lines(look)))
        assert broken_at(look) is None
    anna = portal.found("anna@x.example").id
    assert [(one.deed, one.role, one.user_id) for one in trail] == [
        ("sign-in refused", "nobody", None),
        ("sign-in refused", "nobody", None),
        ("signed in", "owner", anna),
        ("signed out", "owner", anna),
    ]
    for secretly in ("secret-name", "not the password", PASSWORD, "127.0.0.1"):
        assert secretly not in str(trail) + caplog.text
    assert caplog.text.count("a sign-in was refused") == 2


def test_v6_3_1_a_blocked_try_leaves_no_line_so_nobody_can_fill_the_trail(portal: Portal) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(9):
            sign_in(portal.client(), "anna@x.example")
    with portal.store.look() as look:
        assert len(lines(look)) == 5


def test_twenty_sign_ins_at_once_hash_two_at_a_time_and_all_get_an_answer(portal: Portal) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    class Slow(PasswordHasher):
        def verify(self, hash: str, password: str) -> bool:  # type: ignore[override]  # by name
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.03)
            with lock:
                at_once -= 1
            return super().verify(hash, password)

    portal.passwords._hasher = Slow(time_cost=1, memory_cost=8, parallelism=1)
    for number in range(10):
        portal.account(f"anna{number}@x.example")
    statuses: list[int] = []

    def enter(number: int) -> None:
        elsewhere = {"environ_base": {"REMOTE_ADDR": f"192.0.2.{number}"}}
        statuses.append(sign_in(portal.client(), f"anna{number}@x.example", **elsewhere).status_code)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2
    assert sorted(statuses) == [302] * 10 + [401] * 10


def test_v6_2_8_a_password_is_taken_to_the_letter(portal: Portal) -> None:
    whole = " Köder-Naht " + "x" * 115 + "y"
    portal.account("anna@x.example", password=whole)
    for near in (whole.strip(), whole.lower(), whole[:-1], whole[:-1] + "z", whole.replace("ö", "o")):
        assert sign_in(portal.client(), "anna@x.example", near).status_code == 401
        with portal.store.change() as change:
            change.connection.execute(delete(AttemptRow))
    assert sign_in(portal.client(), "anna@x.example", whole).status_code == 302
