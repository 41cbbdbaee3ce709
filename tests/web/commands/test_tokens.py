"""Tokens by command: printed once, listed without their words, taken back at once."""

import json

import pytest

from access.roles import Role
from data.state.accounts import add_account
from data.state.audit import lines
from data.state.tokens import hash_of_word, is_whole
from tests.data.vault.place import HEADER, Place
from tests.web.commands.conftest import Run

ORDERS = "order_id,buyer_id,factory_id,placed_date\nP1,B1,F1,2026-01-05\n"


@pytest.fixture
def filled(place: Place) -> Place:
    """The same home with a buyer B1 and owners O1 and O2, an operator and an NGO."""
    place.load(place.files(answers=f"{HEADER}\n", orders=ORDERS))
    with place.state.change() as change:
        for who, role in (("X", Role.OPERATOR), ("N1", Role.NGO)):
            add_account(change, email=f"{who}@x.example", role=role, organisation=who)
    return place


def test_a_token_is_printed_once_listed_and_taken_back(filled: Place, run: Run) -> None:
    added = run("token", "add", "B1", "--role", "buyer", "--name", "Order  system", "--days", "30")
    assert added.exit_code == 0, added.stderr
    word = added.stdout.strip()
    assert is_whole(word)
    assert "of buyer B1 may send orders, actions for 30 days" in added.stderr
    assert word not in added.stderr
    listed = run("token", "list", "--format", "json")
    [row] = json.loads(listed.stdout)
    assert (row["name"], row["role"], row["organisation"], row["kinds"]) == (
        "Order system",
        "buyer",
        "B1",
        "orders,actions",
    )
    assert row["revoked_at"] is None
    assert word not in listed.stdout
    assert hash_of_word(word) not in listed.stdout
    gone = run("token", "revoke", str(row["id"]))
    assert (gone.exit_code, "opens nothing any more" in gone.stderr) == (0, True)
    again = run("token", "revoke", str(row["id"]))
    assert (again.exit_code, again.stderr) == (1, f"There is no open token {row['id']}.\n")
    assert json.loads(run("token", "list", "--format", "json").stdout)[0]["revoked_at"]
    with filled.state.look() as look:
        deeds = [line.deed for line in lines(look) if "token" in line.deed]
    assert deeds == ["token taken back", "token added"]


def test_kinds_may_be_fewer(filled: Place, run: Run) -> None:
    run("token", "add", "X", "--role", "operator", "--name", "Vendor", "--kinds", "answers, answers")
    assert json.loads(run("token", "list", "--format", "json").stdout)[0]["kinds"] == "answers"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("B9", "--role", "buyer", "--name", "x"),
            1,
            "There is no buyer B9. Load its data or add an account of it first.",
        ),
        (("B1", "--role", "buyer", "--name", "x", "--kinds", "answers"), 2, "buyer tokens may send orders, actions"),
        (("B1", "--role", "buyer", "--name", "x", "--kinds", ""), 2, "buyer tokens may send orders, actions"),
        (("N1", "--role", "ngo", "--name", "x"), 2, "'ngo' is not one of 'owner', 'buyer', 'operator'"),
        (("B1", "--role", "buyer", "--name", " "), 2, "must be 1 to 60 characters"),
        (("B1", "--role", "buyer", "--name", "x" * 61), 2, "must be 1 to 60 characters"),
        (("B1", "--role", "buyer", "--name", "x", "--days", "0"), 2, "--days"),
    ],
)
def test_what_cannot_be_is_refused(filled: Place, run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = run("token", "add", *arguments)
    assert (ended.exit_code, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert run("token", "list", "--format", "csv").stdout.count("\n") == 1
