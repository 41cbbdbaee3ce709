"""The account page: who one is, and a new password. Numbers are those of OWASP ASVS 5.0.0."""

import re

import pytest

from access.roles import Role
from data.state.audit import lines
from tests.web.small import CHEAP, PASSWORD, Portal, form_token, sign_in, sign_in_operator
from web.passwords import COMMON, LONGEST, Passwords, refusal

NEW = "ten blue buttons on a coat"


@pytest.fixture
def anna(portal: Portal):
    """A browser in which an owner is signed in."""
    portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    return client


def change(client, current: str = PASSWORD, new: str = NEW, again: str | None = None):
    token = form_token(client.get("/account").text)
    fields = {"current": current, "new": new, "again": new if again is None else again, "csrf_token": token}
    return client.post("/account/password", data=fields)


@pytest.mark.parametrize(
    ("role", "word"),
    [("owner", "Factory owner"), ("buyer", "Buyer"), ("ngo", "NGO"), ("operator", "Operator")],
)
def test_it_says_who_one_is(portal: Portal, role: str, word: str) -> None:
    portal.account("otto@x.example", Role(role), "<b>Org</b>")
    client = portal.client()
    if role == "operator":
        sign_in_operator(portal, client, "otto@x.example")
    else:
        sign_in(client, "otto@x.example")
    page = client.get("/account").text
    assert "otto@x.example" in page
    assert f"<dd>{word}</dd>" in page
    assert "&lt;b&gt;Org" in page
    assert 'action="/signout"' in page


def test_v6_2_2_v7_4_3_a_new_password_is_set_and_every_other_browser_signed_out(portal: Portal, anna) -> None:
    other = portal.client()
    sign_in(other, "anna@x.example")
    answer = change(anna)
    assert answer.location == "/account?changed=1"
    assert "The new password is set" in anna.get(answer.location).text
    assert other.get("/account").status_code == 302
    assert sign_in(portal.client(), "anna@x.example").status_code == 401
    assert sign_in(portal.client(), "anna@x.example", NEW).status_code == 302


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"current": "wrong"}, "current password did not fit"),
        ({"again": NEW + "s"}, "two new passwords differ"),
        ({"new": "short"}, "at least 12 characters"),
        ({"new": "anna@x.example"}, "must not be the e-mail address"),
        ({"new": "qwertyuiop123"}, "commonest"),
    ],
)
def test_v6_2_3_the_old_one_stays_unless_all_is_right(portal: Portal, anna, fields, said: str) -> None:
    answer = change(anna, **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert sign_in(portal.client(), "anna@x.example").status_code == 302


def test_v6_3_1_the_current_password_cannot_be_guessed_here_either(anna) -> None:
    for n in range(5):
        change(anna, current=f"guess {n}")
    assert change(anna).status_code == 400


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("eleven char", False),
        ("twelve chars", True),
        ("x" * 64 + "y", True),
        ("y" + "x" * 127, True),
        ("y" + "x" * 128, False),
        ("zzzzzzzzzzzzzz", False),
        ("Password123456", False),
        ("correct horse battery staple", False),
        ("কারখানার সুতা নীল", True),
        ("Some.Body@X.example", False),
        ("some.body@x.exampl", True),
    ],
)
def test_v6_2_1_v6_2_4_v6_2_5_v6_2_9_which_passwords_are_taken(password: str, taken: bool) -> None:
    assert (refusal(password, "some.body@x.example") is None) is taken


def test_v6_2_4_the_list_of_common_ones_is_used_and_sound() -> None:
    assert len(COMMON) > 50
    assert all(word == word.casefold() and 12 <= len(word) <= LONGEST for word in COMMON)
    assert all(refusal(word.upper(), "a@b") for word in COMMON)


def test_v11_4_2_passwords_are_hashed_with_argon2id_of_the_advised_size() -> None:
    hashed = Passwords().hashed(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Passwords().fits(hashed, PASSWORD)
    assert not Passwords().outdated(hashed)
    assert Passwords().outdated(CHEAP.hash(PASSWORD))


def test_a_damaged_hash_opens_nothing() -> None:
    assert not Passwords(CHEAP).fits("$argon2id$damaged", PASSWORD)
    assert not Passwords(CHEAP).fits(None, "nobody has this one")


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("Meghdal2026!!", False),
        ("meghdal knit works", False),
        ("anna.seamline1", False),
        ("rahman-meghdal", False),
        ("MEGHDAL and anna.rahman", False),
        ("meghdal looms at noon", True),
        ("knitting by the window", True),
        ("seven quiet looms", True),
    ],
)
def test_v6_2_11_what_anybody_would_guess_counts_for_nothing(password: str, taken: bool) -> None:
    said = refusal(password, "anna.rahman@mill.example", "O1", None, "Meghdal Knit Works")
    assert (said is None) is taken
    assert said is None or "name of the organisation" in said


def test_v6_2_6_v6_2_7_passwords_are_masked_may_be_shown_and_may_be_pasted(anna) -> None:
    page = anna.get("/account").text
    fields = re.findall(r'<input[^>]*id="(current|new|again)"[^>]*>', page)
    assert fields == ["current", "new", "again"]
    for field in re.findall(r'<input[^>]*type="password"[^>]*>', page):
        assert 'autocomplete="' in field
        assert "off" not in re.search(r'autocomplete="([^"]+)"', field)[1]
        assert "onpaste" not in field
    assert [name for name in fields if f'data-shows="{name}"' in page] == fields


def test_v6_2_9_the_rules_are_said_before(anna) -> None:
    page = anna.get("/account").text
    for words in ("At least 12 characters; 15 or more are better", "spaces too", "Not a common password"):
        assert words in page


def test_a_new_password_is_in_the_trail_and_what_it_is_is_not(portal: Portal, anna) -> None:
    change(anna)
    with portal.store.look() as look:
        trail = lines(look)
    assert [one.deed for one in trail[:2]] == ["signed in", "password changed"]
    assert NEW not in str(trail)


def test_an_operator_changes_the_password_without_being_shut_out(portal: Portal) -> None:
    portal.account("otto@x.example", Role.OPERATOR, "S")
    client = portal.client()
    sign_in_operator(portal, client, "otto@x.example")
    last = PASSWORD
    for number in range(6):
        new = f"{NEW} number {number}"
        assert change(client, current=last, new=new).location == "/account?changed=1"
        last = new
    assert client.get("/account").status_code == 200
