"""The link of an invitation: it opens once, for whom it was made, and tells nothing else."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import text

from access.roles import Role
from data.home import Home
from data.settings import Settings
from data.state.accounts import disable_account
from data.state.audit import Line, broken_at, lines
from data.state.invitations import invite, open_invitations, revoke_invitation
from tests.web.small import PASSWORD, Portal, code_now, form_token, portal_in, send_code, sign_in
from web.invitations import invitation_link, signer

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
CLOSED = "This link is not open"


def link(portal: Portal, role: Role = Role.BUYER, email: str = "anna@x.example", **more) -> str:
    """The path of a new invitation's link."""
    with portal.store.change() as change:
        made = invite(change, email=email, role=role, organisation="B1", organisation_name="Brindle & Sons",
                      now=datetime.now(UTC), **more)  # fmt: skip
    with portal.app.app_context():
        return urlsplit(invitation_link(made.invitation.id, made.nonce)).path


def accept(client, path: str, password: str = PASSWORD, again: str | None = None):
    """What came back after the form behind a link was sent."""
    token = form_token(client.get(path).text)
    fields = {"new": password, "again": password if again is None else again, "csrf_token": token}
    return client.post(path, data=fields)


def trail(portal: Portal) -> list[Line]:
    """The audit trail, newest first; it must hold."""
    with portal.store.look() as look:
        assert broken_at(look) is None
        return lines(look)


def test_a_link_shows_who_is_invited_to_what_and_opens_an_account(portal: Portal) -> None:
    path, client = link(portal), portal.client()
    page = client.get(path).text
    for words in ("anna@x.example", "Brindle &amp; Sons", "<dd>Buyer</dd>", "At least 12 characters; 15 or more"):
        assert words in page
    answer = accept(client, path)
    assert (answer.status_code, answer.location) == (302, "/app/")
    assert client.get("/account").status_code == 200
    made = portal.found("anna@x.example")
    assert (made.role, made.organisation) == (Role.BUYER, "B1")
    assert sign_in(portal.client(), "anna@x.example").location == "/app/"
    assert [one.deed for one in trail(portal)] == ["signed in", "signed in", "invitation used"]


def test_a_link_opens_once(portal: Portal) -> None:
    path = link(portal)
    accept(portal.client(), path)
    for answer in (portal.client().get(path), portal.client().head(path)):
        assert answer.status_code == 404
    assert CLOSED in portal.client().get(path).text


def test_every_link_that_opens_nothing_shows_the_same_page(portal: Portal) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        late = link(portal, email="late@x", days=7)
        clock.shift(timedelta(days=7))
        used, revoked, good = link(portal, email="used@x"), link(portal, email="back@x"), link(portal)
        accept(portal.client(), used)
        with portal.store.change() as change:
            number = change.connection.execute(text("SELECT id FROM invitations WHERE email = 'back@x'")).scalar_one()
            revoke_invitation(change, number, datetime.now(UTC))
        has_account = link(portal, email="otto@x")
        portal.account("otto@x")
        forged = good[:-3] + ("abc" if good[-3:] != "abc" else "abd")
        odd = ["/invitation/x", "/invitation/" + "x" * 3000, "/invitation/%00", "/invitation/.", forged]
        pages = {portal.client().get(path).text for path in [late, used, revoked, has_account, *odd]}
        assert len(pages) == 1
        assert CLOSED in pages.pop()
        assert portal.client().get(good).status_code == 200


def test_a_token_of_another_kind_opens_nothing(portal: Portal) -> None:
    with portal.app.app_context():
        tokens = [signer().dumps(value) for value in (None, 7, ["1", "x"], [1], [1, 2, 3], {"a": 1}, [10**30, "x"])]
    for token in tokens:
        assert portal.client().get(f"/invitation/{token}").status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", None, "at least 12 characters"),
        (PASSWORD, PASSWORD + "s", "two passwords differ"),
        ("Brindle-Sons-2026", None, "name of the organisation"),
        ("brindle & sons!!", None, "name of the organisation"),
        ("qwertyuiop123", None, "commonest"),
        ("y" + "x" * 128, None, "at most 128"),
    ],
)
def test_v6_2_1_v6_2_4_v6_2_11_a_weak_password_leaves_the_link_open(
    portal: Portal, password: str, again: str | None, said: str
) -> None:
    path, client = link(portal), portal.client()
    answer = accept(client, path, password, again)
    assert answer.status_code == 400
    assert said in answer.text
    assert password not in answer.text.replace("at least 12", "")
    assert portal.found("anna@x.example") is None
    assert accept(client, path).location == "/app/"


def test_v3_5_1_nothing_is_made_without_the_form_token(portal: Portal) -> None:
    path, client = link(portal), portal.client()
    client.get(path)
    assert client.post(path, data={"new": PASSWORD, "again": PASSWORD}).status_code == 400
    cross = {"Sec-Fetch-Site": "cross-site"}
    token = form_token(client.get(path).text)
    fields = {"new": PASSWORD, "again": PASSWORD, "csrf_token": token}
    assert client.post(path, data=fields, headers=cross).status_code == 403
    assert portal.found("anna@x.example") is None


def test_of_two_at_the_same_moment_one_gets_the_account(portal: Portal) -> None:
    path = link(portal)
    clients = [portal.client() for _ in range(4)]
    tokens = [form_token(client.get(path).text) for client in clients]
    answers: list[int] = []

    def send(client, token: str) -> None:
        fields = {"new": PASSWORD, "again": PASSWORD, "csrf_token": token}
        answers.append(client.post(path, data=fields).status_code)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404, 404, 404]


def test_an_invitation_that_is_taken_back_while_the_password_is_hashed_opens_nothing(portal: Portal) -> None:
    path, client = link(portal), portal.client()
    hashed = portal.passwords.hashed

    def slow(password: str) -> str:
        with portal.store.change() as change:
            for one in open_invitations(change, datetime.now(UTC)):
                revoke_invitation(change, one.id, datetime.now(UTC))
        return hashed(password)

    portal.passwords.hashed = slow
    assert accept(client, path).status_code == 404
    assert portal.found("anna@x.example") is None
    assert trail(portal) == []


def test_an_invited_operator_sets_up_an_app_before_anything_else(portal: Portal) -> None:
    path, client = link(portal, Role.OPERATOR), portal.client()
    assert accept(client, path).location == "/signin/setup"
    assert client.get("/account").status_code == 302
    assert send_code(client, "setup", code_now(portal, "anna@x.example")).status_code == 200
    assert client.get("/account").status_code == 200


def test_a_disabled_account_stays_closed_by_an_old_link(portal: Portal) -> None:
    path = link(portal)
    accept(portal.client(), path)
    with portal.store.change() as change:
        disable_account(change, portal.found("anna@x.example"))
    assert portal.client().get(path).status_code == 404


def test_v16_2_5_the_link_is_in_no_log_and_no_audit_line(portal: Portal, caplog) -> None:
    path = link(portal)
    token = path.rpartition("/")[2]
    with caplog.at_level(logging.DEBUG):
        portal.client().post(path)
        portal.client().put(path)
        portal.client().get(path + "x")
        accept(portal.client(), path)
    assert token[:20] not in caplog.text
    assert token[:20] not in str(trail(portal))
    assert PASSWORD not in caplog.text


def test_the_link_stands_under_the_address_of_the_settings(home: Home) -> None:
    portal = portal_in(home, Settings(home=home.root, url="https://portal.example/"))
    with portal.app.test_request_context("/", base_url="http://evil.example"):
        assert invitation_link(1, "x").startswith("https://portal.example/invitation/")
    portal.store.close()
    assert Settings(home=home.root, port=8051).address == "http://127.0.0.1:8051"


@pytest.mark.parametrize("url", ["portal.example", "ftp://a", "https://", "https://a?x=1", "javascript:alert(1)"])
def test_an_address_that_is_none_is_refused_at_the_start(home: Home, url: str) -> None:
    with pytest.raises(ValueError, match="must be an address"):
        Settings(home=home.root, url=url)
