"""Consent: nobody decides or answers for somebody else, and what is not shared is not there, whatever is posted."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from access.levels import Level
from access.roles import Role
from data.state.audit import broken_at
from data.state.grants import consents_of, grant, revoke_grants
from data.state.organisations import organisation_id
from data.state.requests import requests_at
from tests.disclosure.tenants import (
    ACTIONS,
    CONSENT_BUTTONS,
    GRANTS,
    OWNERS,
    REQUESTS,
    SIGNED,
    Tenants,
    body,
    canary,
    factory_word,
    plausible,
    posted,
    tenants,
)

BUYERS = ("B1", "B2", "B3", "B9")
TRADING = {*ACTIONS, *REQUESTS, *GRANTS}


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """The portal of several tenants."""
    made = tenants(tmp_path_factory.mktemp("consent"))
    yield made
    made.state.close()


def kept(home: Tenants) -> list[Any]:
    """Every grant and request that the store holds, and that the trail is whole."""
    with home.state.look() as look:
        assert broken_at(look) is None
        grants = [(f, c.organisation, c.level, c.revoked_at is None) for f in OWNERS for c in consents_of(look, f)]
        return [
            *grants,
            *((r.id, r.factory_id, r.organisation, r.answer) for f in OWNERS for r in requests_at(look, f)),
        ]


def press(home: Tenants, account: str, page: str, deed: str, /, **values: Any) -> Any:
    """What the callback of that page answers to a press of that button, with these values in the fields."""
    [name] = [name for name in home.callbacks() if name.startswith(f"sharing-{page}.")]
    filled = next(plausible("F1", "A")) | {(CONSENT_BUTTONS, "n_clicks"): (deed,)}
    filled |= {(f"sharing-{field.replace('_', '-')}", "data" if field == "factory" else "value"): value
               for field, value in values.items()}  # fmt: skip
    answer = posted(home.browsers[account], body(name, home.callbacks()[name], filled, None))
    assert answer.status_code in (200, 204, 401), answer.text[:200]
    return answer


def test_nobody_decides_for_another_factory(home: Tenants) -> None:
    before = kept(home)
    numbers = [row[0] for row in before if len(row) == 4 and isinstance(row[0], int)]
    for who, role in SIGNED:
        for factory, owner in OWNERS.items():
            if role is Role.OWNER and owner == who:
                continue
            for deed in ("share", "ask", *(f"stop-{b}" for b in BUYERS), *(f"decline-{n}" for n in numbers),
                         *(f"unask-{n}" for n in numbers)):  # fmt: skip
                told = press(home, who, "body", deed, factory=factory, who="B1", ask_who="B1").text
                assert factory_word(factory) not in told
    assert kept(home) == before


def test_nobody_asks_or_answers_for_another_buyer(home: Tenants) -> None:
    before = kept(home)
    requests = [row for row in before if isinstance(row[0], int)]
    for who, role in SIGNED:
        for number, _, buyer, _ in requests:
            if role is Role.BUYER and buyer == who:
                continue
            for deed in (f"withdraw-{number}", f"agree-{number}", f"decline-{number}", f"end-{number}"):
                press(home, who, "requests", deed)
        if role is not Role.BUYER:
            press(home, who, "requests", "ask", who="F1", level="score")
    press(home, "B1", "requests", "ask", who="F9", level="score")
    assert kept(home) == before


@pytest.mark.parametrize("odd", [None, "", 7, True, [], {"a": 1}, ["B1"], "x" * 4000, "B1\x00", "-1", "1e9"])
def test_odd_fields_change_nothing(home: Tenants, odd: Any) -> None:
    before = kept(home)
    for field in ("who", "level", "ask_who", "note", "factory"):
        deed = "ask" if field in ("ask_who", "note") else "share"
        if not (field == "note" and not odd):
            press(home, "O1", "body", deed, **({"who": "B3", "ask_who": "B9"} | {field: odd}))
        press(home, "B2", "requests", "ask", **({"who": "F9"} | ({field: odd} if field in ("who", "note") else {})))
    for deed in (f"stop-{odd}", f"decline-{odd}", f"unask-{odd}", f"agree-{odd}", str(odd)):
        press(home, "O1", "body", deed)
        press(home, "B1", "requests", deed)
    assert kept(home) == before


def test_a_page_that_is_open_ends_with_the_grant_and_deepens_with_it(home: Tenants) -> None:
    told = {}
    for level in (Level.SCORE, Level.THEMES, Level.FULL, Level.ACTIONS, None):
        with home.state.change() as change:
            number = organisation_id(change, "buyer", "B1") or 0
            revoke_grants(change, "F1", number)
            if level:
                grant(change, "F1", number, level=level)
        told[level] = "".join(
            posted(home.browsers["B1"], body(name, callback, values, None)).text
            for name, callback in home.callbacks().items()
            if "callback" in callback and any(s["property"] == "pathname" for s in callback["inputs"])
            for values in plausible("F1", f"{canary('id', 'F1', 'B1')}-0")
            if values["url", "pathname"].endswith("/F1")
        )
    seen = {level: {word for word in ("Theme t1", "Question q1", canary("note", "F1", "B1")) if word in text}
            for level, text in told.items()}  # fmt: skip
    assert seen[None] == seen[Level.SCORE] == set()
    assert seen[Level.THEMES] == {"Theme t1"}
    assert seen[Level.FULL] == {"Theme t1", "Question q1"}
    assert seen[Level.ACTIONS] == {"Theme t1", "Question q1", canary("note", "F1", "B1")}
    assert factory_word("F1") in told[Level.SCORE]
    assert factory_word("F1") not in told[None]


def form(browser: FlaskClient, path: str, **fields: str) -> Any:
    """What came back after a form of this portal was sent."""
    cookie = browser.get_cookie("_csrf_token")
    token = cookie.decoded_value if cookie else ""
    return browser.post(path, data={**fields, "csrf_token": token})


def test_only_the_owner_looks_as_a_buyer_would_and_only_at_its_own(home: Tenants) -> None:
    for who, role in SIGNED:
        for factory, owner in OWNERS.items():
            for buyer in BUYERS:
                fields = {"factory": factory, "with": buyer, "level": "score"}
                may = role is Role.OWNER and owner == who and (factory, buyer) in TRADING
                status = home.browsers[who].get("/preview", query_string=fields).status_code
                assert status == (200 if may else 404), (who, fields)
                if not may:
                    assert form(home.browsers[who], "/preview", **fields).status_code == 404
    assert form(home.browsers["O1"], "/preview", factory="F1", **{"with": "B1", "level": "all"}).status_code == 404


def test_an_owner_who_looks_as_a_buyer_sees_no_more_and_can_go_back(home: Tenants) -> None:
    browser, before = home.browsers["O1"], kept(home)
    assert form(browser, "/preview", factory="F1", **{"with": "B1", "level": "themes"}).status_code == 302
    texts = "".join(
        posted(browser, body(name, callback, values, None)).text
        for name, callback in home.callbacks().items()
        if "callback" in callback
        for values in list(plausible("F1", f"{canary('id', 'F1', 'B2')}-0"))
    )
    assert factory_word("F1") in texts
    assert "Theme t1" in texts
    for word in (factory_word("F3"), canary("note", "F1", "B1"), canary("note", "F1", "B2"), canary("owner", "O1"),
                 canary("ask", "F1", "B3"), canary("ask", "F2", "B1")):  # fmt: skip
        assert word not in texts
    press(home, "O1", "body", "stop-B1", factory="F1")
    press(home, "O1", "requests", "ask", who="F1", level="score")
    assert kept(home) == before
    assert form(browser, "/preview/end").status_code == 302
    assert (
        canary("ask", "F1", "B3") in browser.get("/app/").text or browser.get("/download/looks/F1").status_code == 200
    )


def test_the_owner_does_decide(home: Tenants) -> None:
    assert ("F1", "B3", Level.THEMES, True) not in kept(home)
    told = press(home, "O1", "body", "share", factory="F1", who="B3", level="themes", until="1y").text
    assert "sees it from now on" in told
    assert ("F1", "B3", Level.THEMES, True) in kept(home)
    assert "no longer sees it" in press(home, "O1", "body", "stop-B3", factory="F1").text
    assert ("F1", "B3", Level.THEMES, True) not in kept(home)
    assert {(f, b) for f, b, _, live in [r for r in kept(home) if isinstance(r[0], str)] if live} == set(GRANTS)
