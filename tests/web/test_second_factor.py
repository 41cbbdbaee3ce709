"""The second step of an operator's sign-in. Numbers are those of OWASP ASVS 5.0.0."""

import logging
import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import time_machine
from sqlalchemy import text

from access.roles import Role
from data.state.accounts import disable_account, set_password
from data.state.audit import lines
from data.state.second_factors import reset_second_factor
from tests.web.small import CHEAP, PASSWORD, Portal, call, code_now, form_token, send_code, sign_in, sign_in_operator
from web.signin import REFUSED
from web.time_codes import app_address, in_groups, new_recovery_codes, new_secret, picture, step_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OTTO = "otto@x.example"
STEP = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def operator(portal: Portal) -> Portal:
    """A portal with one operator who has never signed in."""
    portal.account(OTTO, Role.OPERATOR, "service")
    return portal


def codes_in(answer) -> list[str]:
    """The recovery codes on a page."""
    return re.findall(r"<li>([0-9A-Z-]{29})</li>", answer.text)


def is_in(client) -> bool:
    """True when this browser is signed in."""
    return client.get("/account").status_code == 200


def test_the_first_sign_in_sets_up_an_app_before_anything_else(operator: Portal) -> None:
    client = operator.client()
    assert sign_in(client, OTTO).location == "/signin/setup"
    page = client.get("/signin/setup").text
    assert not is_in(client)
    assert client.get("/app/").status_code == 302
    assert client.get("/signin/code").location == "/signin"
    secret = re.search(r'id="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert 'src="data:image/svg+xml' in page
    answer = send_code(client, "setup", pyotp.TOTP(secret).now())
    assert answer.status_code == 200
    assert len(set(codes_in(answer))) == 8
    assert is_in(client)
    assert client.get("/signin/setup").location == "/signin"
    assert codes_in(client.get("/account")) == []
    assert "8 of 8 recovery codes" in client.get("/account").text


def test_later_sign_ins_ask_for_a_code_and_lead_to_the_wanted_page(operator: Portal) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_operator(operator, operator.client(), OTTO)
        clock.shift(10 * STEP)
        client = operator.client()
        page = client.get("/signin", query_string={"next": "/app/service?x=1"}).text
        fields = {"email": OTTO, "password": PASSWORD, "next": "/app/service?x=1", "csrf_token": form_token(page)}
        assert client.post("/signin", data=fields).location == "/signin/code"
        assert client.get("/signin/setup").location == "/signin"
        assert not is_in(client)
        assert call(client, token=form_token(client.get("/signin/code").text)).status_code == 401
        assert send_code(client, "code", code_now(operator, OTTO)).location == "/app/service?x=1"
        assert is_in(client)


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
def test_nobody_else_is_asked_for_a_code(portal: Portal, role: Role) -> None:
    portal.account("anna@x.example", role)
    assert sign_in(portal.client(), "anna@x.example").location == "/app/"


@pytest.mark.parametrize(("later", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_v6_5_5_a_code_is_good_for_its_step_and_one_beside_it(operator: Portal, later: int, taken: bool) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_operator(operator, operator.client(), OTTO)
        clock.shift(10 * STEP)
        client = operator.client()
        sign_in(client, OTTO)
        answer = send_code(client, "code", code_now(operator, OTTO, later))
        assert (answer.status_code == 302) is taken
        assert is_in(client) is taken


def test_v6_5_1_a_code_is_taken_once_also_the_one_of_the_set_up(operator: Portal) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_operator(operator, operator.client(), OTTO)
        client = operator.client()
        sign_in(client, OTTO)
        assert send_code(client, "code", code_now(operator, OTTO)).status_code == 401
        clock.shift(2 * STEP)
        code = code_now(operator, OTTO)
        assert send_code(client, "code", code).status_code == 302
        thief = operator.client()
        sign_in(thief, OTTO)
        assert send_code(thief, "code", code).status_code == 401
        assert not is_in(thief)


def test_v6_5_1_a_recovery_code_opens_once_and_for_its_own_account(operator: Portal) -> None:
    operator.account("other@x.example", Role.OPERATOR, "service")
    mine = codes_in(sign_in_operator(operator, operator.client(), OTTO))
    theirs = codes_in(sign_in_operator(operator, operator.client(), "other@x.example"))
    client = operator.client()
    sign_in(client, OTTO)
    assert send_code(client, "code", theirs[0]).status_code == 401
    assert send_code(client, "code", mine[0].lower().replace("-", " ")).status_code == 302
    assert "7 of 8" in client.get("/account").text
    again = operator.client()
    sign_in(again, OTTO)
    assert send_code(again, "code", mine[0]).status_code == 401


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "000000000000", "x" * 100_000, "١٢٣٤٥٦", "\x00", "' OR 1=1"])
def test_an_odd_code_opens_nothing(operator: Portal, code: str) -> None:
    client = operator.client()
    sign_in(client, OTTO)
    answer = send_code(client, "setup", code)
    assert answer.status_code == 401
    assert "That code did not work" in answer.text
    assert not is_in(client)


def test_v6_5_5_five_minutes_after_the_password_it_starts_again(operator: Portal) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = operator.client()
        sign_in(client, OTTO)
        token = form_token(client.get("/signin/setup").text)
        clock.shift(5 * MINUTE + STEP)
        assert client.get("/signin/setup").location == "/signin"
        late = client.post("/signin/setup", data={"code": code_now(operator, OTTO), "csrf_token": token})
        assert late.location == "/signin"
        assert not is_in(client)


@pytest.mark.parametrize("what", ["disabled", "password", "reset"])
def test_between_password_and_code_losing_the_account_counts(operator: Portal, what: str) -> None:
    client = operator.client()
    sign_in(client, OTTO)
    token, code = form_token(client.get("/signin/setup").text), code_now(operator, OTTO)
    account = operator.found(OTTO)
    with operator.store.change() as change:
        if what == "disabled":
            disable_account(change, account)
        elif what == "password":
            set_password(change, account, CHEAP.hash("another quiet seam"))
        else:
            reset_second_factor(change, account.id)
    assert client.post("/signin/setup", data={"code": code, "csrf_token": token}).location == "/signin"
    assert not is_in(client)


def test_a_note_that_the_portal_did_not_sign_is_worth_nothing(operator: Portal) -> None:
    client = operator.client()
    sign_in(client, OTTO)
    kept = client.get_cookie("form").value
    client.set_cookie("form", kept[:-4] + ("AAAA" if kept[-4:] != "AAAA" else "BBBB"))
    assert client.get("/signin/setup").location == "/signin"
    with client.session_transaction() as form:
        form["pending"] = {"user": "1", "at": True, "mark": 7}
    assert client.get("/signin/setup").location == "/signin"


def test_the_note_that_a_password_was_right_opens_no_page_and_no_callback(operator: Portal) -> None:
    client = operator.client()
    sign_in(client, OTTO)
    for path in ("/", "/app/", "/account", "/app/accounts", "/app/_dash-layout"):
        assert client.get(path).status_code in (302, 401)
    assert client.get_cookie("sid") is None


def test_v6_3_1_password_and_code_share_one_count_of_tries(operator: Portal) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in_operator(operator, operator.client(), OTTO)
        clock.shift(10 * STEP)
        client = operator.client()
        for _ in range(2):  # four tries: two right passwords, two wrong codes
            assert sign_in(client, OTTO).location == "/signin/code"
            assert send_code(client, "code", "000000").status_code == 401
        assert sign_in(client, OTTO).location == "/signin/code"
        assert send_code(client, "code", code_now(operator, OTTO)).status_code == 401, "the sixth try has to wait"
        assert REFUSED in sign_in(operator.client(), OTTO).text
        clock.shift(MINUTE)
        assert send_code(client, "code", code_now(operator, OTTO)).status_code == 302
        assert sign_in(operator.client(), OTTO).location == "/signin/code", "both steps together forgive all tries"


def test_one_click_into_a_demo_needs_no_code(portal: Portal) -> None:
    portal.home.demo_mark.touch()
    portal.account("operator@demo.example", Role.OPERATOR, "service", password=None)
    client = portal.client()
    token = form_token(client.get("/signin").text)
    assert client.post("/demo-entry/operator", data={"csrf_token": token}).location == "/app/"
    assert is_in(client)


def test_v3_5_1_no_code_is_taken_without_the_form_token(operator: Portal) -> None:
    client = operator.client()
    sign_in(client, OTTO)
    client.get("/signin/setup")
    assert client.post("/signin/setup", data={"code": code_now(operator, OTTO)}).status_code == 400
    assert not is_in(client)


def test_v16_2_5_secret_and_codes_are_in_no_log_and_no_audit_line(operator: Portal, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        codes = codes_in(sign_in_operator(operator, operator.client(), OTTO))
        client = operator.client()
        sign_in(client, OTTO)
        send_code(client, "code", codes[0])
    with operator.store.look() as look:
        secret = look.connection.execute(text("SELECT secret FROM second_factors")).scalar_one()
        trail = lines(look)
    assert [one.deed for one in reversed(trail)] == ["second factor set", "signed in", "signed in"]
    assert trail[0].detail == "with a recovery code"
    for secretly in (secret, *codes, PASSWORD):
        assert secretly not in caplog.text
        assert secretly not in str(trail)


def test_v6_5_2_recovery_codes_are_too_long_to_be_guessed_and_never_kept(operator: Portal) -> None:
    codes = codes_in(sign_in_operator(operator, operator.client(), OTTO))
    kept = operator.kept().decode("utf-8", "replace")
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    made = new_recovery_codes() + new_recovery_codes()
    assert len(set(made)) == 16
    assert all(len(set("".join(made))) >= 25 and len(code.replace("-", "")) == 24 for code in made)


def test_v11_5_1_the_secret_is_random_and_long() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(len(one) == 32 for one in secrets)  # 160 bits
    assert in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_app_is_told_what_the_standard_says() -> None:
    """RFC 6238, appendix B: at 59 seconds the secret "12345678901234567890" shows 94287082, of which six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    then = datetime.fromtimestamp(59, UTC)
    assert step_of(secret, "287 082", then) == 1
    assert step_of(secret, "287083", then) is None
    address = app_address(secret, "otto@x.example")
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [secret], "issuer": ["Seamline"]}
    assert picture(address).startswith("data:image/svg+xml")
    assert int(time.time()) > 59
