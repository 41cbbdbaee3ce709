"""The account page: who one is, and a new password. Numbers are those of OWASP ASVS 5.0.0."""

import pytest

from access.roles import Role
from tests.web.small import CHEAP, PASSWORD, Portal, form_token, sign_in
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
        ({"new": "anna@x.example"}, "must not be the e-mail"),
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
