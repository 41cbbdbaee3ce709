"""`flask user` and `flask grant`: data to standard output, words to standard error, honest exit codes."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from access.roles import Role
from data.state.audit import broken_at, lines
from data.state.grants import grants_of
from data.state.organisations import record_organisations
from tests.web.small import PASSWORD, Portal, sign_in, sign_in_operator

ADD = ["user", "add", "Anna@X.example", "--role", "owner", "--org", "O1"]
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def no_midnight() -> Iterator[None]:
    """Nothing here may see one day become the next."""
    with time_machine.travel(NOON):
        yield


def run(portal: Portal, *arguments: str, given: str | None = None):
    """What the command left behind."""
    return portal.app.test_cli_runner().invoke(args=list(arguments), input=given)


def test_v6_3_2_there_is_no_account_until_one_is_added(portal: Portal) -> None:
    answer = run(portal, "user", "list", "--format", "json")
    assert (answer.exit_code, json.loads(answer.stdout)) == (0, [])


def test_an_account_is_added_with_a_typed_password(portal: Portal) -> None:
    answer = run(portal, *ADD, "--org-name", "Meghdal", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert answer.exit_code == 0
    assert answer.stdout == ""
    assert "anna@x.example may now sign in as owner of O1." in answer.stderr
    assert PASSWORD not in answer.stderr
    assert portal.found("anna@x.example").organisation_name == "Meghdal"
    assert sign_in(portal.client(), "anna@x.example").status_code == 302


def test_an_account_is_added_with_a_piped_password(portal: Portal) -> None:
    answer = run(portal, *ADD, "--password-stdin", given=f" {PASSWORD} \r\nsecond line\n")
    assert answer.exit_code == 0
    assert sign_in(portal.client(), "anna@x.example", f" {PASSWORD} ").status_code == 302


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "A password needs at least 12 characters."),
        ("", "A password needs at least 12 characters."),
        ("x" * 129, "A password may have at most 128 characters."),
        (
            "anna@x.example",
            "The password must not be the e-mail address or the name of the organisation, with a little added. "
            "Please take another one.",
        ),
        ("password123456", "This is one of the commonest passwords. Please take another one."),
    ],
)
def test_a_weak_password_is_refused_with_one_sentence(portal: Portal, password: str, sentence: str) -> None:
    answer = run(portal, *ADD, "--password-stdin", given=password + "\n")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", sentence + "\n")
    assert portal.found("anna@x.example") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ["user", "add", "anna@x.example", "--role", "king", "--org", "O1"],
        ["user", "add", "anna@x.example", "--role", "owner"],
        ["user", "add", "anna@x.example", "--role", "owner", "--org", " "],
        ["user", "add", "anna", "--role", "owner", "--org", "O1"],
        ["user", "add", "anna@@x", "--role", "owner", "--org", "O1"],
        ["user", "add", "an na@x", "--role", "owner", "--org", "O1"],
        ["user", "add", "a@" + "x" * 300, "--role", "owner", "--org", "O1"],
        ["user", "list", "--format", "xml"],
        ["user", "disable"],
        ["grant", "F1"],
        ["grant", "F1", "B1", "--until", "tomorrow"],
        ["grant", "F1", "B1", "--until", "2020-01-01"],
        ["grant", "F1", "B1", "--until", "2099-01-01", "--revoke"],
    ],
)
def test_a_usage_error_ends_with_2(portal: Portal, arguments: list[str]) -> None:
    answer = run(portal, *arguments, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "Traceback" not in answer.stderr


def test_the_same_address_twice_and_another_organisation_name_are_refused(portal: Portal) -> None:
    assert run(portal, *ADD, "--org-name", "A", "--password-stdin", given=PASSWORD).exit_code == 0
    again = run(portal, *ADD, "--password-stdin", given=PASSWORD)
    assert (again.exit_code, again.stderr) == (1, "There is already an account for anna@x.example.\n")
    other = ["user", "add", "b@x", "--role", "owner", "--org", "O1", "--org-name", "B", "--password-stdin"]
    answer = run(portal, *other, given=PASSWORD)
    assert answer.exit_code == 1
    assert answer.stderr == "The organisation O1 is already known under another name.\n"
    assert portal.found("b@x") is None


def test_accounts_are_listed_without_their_hashes(portal: Portal) -> None:
    portal.account("anna@x.example")
    portal.account("=cmd@x.example", Role.NGO, "-N1")
    table = run(portal, "user", "list")
    assert table.exit_code == 0
    assert "anna@x.example" in table.stdout
    rows = list(csv.DictReader(io.StringIO(run(portal, "user", "list", "--format", "csv").stdout)))
    assert [row["email"] for row in rows] == ["anna@x.example", "'=cmd@x.example"]
    assert rows[1]["organisation"] == "'-N1"
    assert rows[0]["active"] == "true"
    objects = json.loads(run(portal, "user", "list", "--format", "json").stdout)
    assert objects[1]["email"] == "=cmd@x.example"
    assert objects[0]["active"] is True
    assert objects[0]["disabled_at"] is None
    assert datetime.fromisoformat(objects[0]["created_at"]).tzinfo is not None
    assert "argon2" not in table.stdout + str(rows) + str(objects)


def test_v7_4_2_disabling_ends_sessions_at_once(portal: Portal) -> None:
    portal.account("anna@x.example")
    client = portal.client()
    sign_in(client, "anna@x.example")
    answer = run(portal, "user", "disable", "ANNA@x.example")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert answer.stderr == "anna@x.example can no longer sign in; one session ended.\n"
    assert client.get("/account").status_code == 302
    assert sign_in(portal.client(), "anna@x.example").status_code == 401
    missing = run(portal, "user", "disable", "no@x")
    assert (missing.exit_code, missing.stderr) == (1, "There is no account for no@x.\n")


def test_an_invitation_prints_its_link_and_nothing_else(portal: Portal) -> None:
    answer = run(portal, "user", "invite", "New@X.example", "--role", "buyer", "--org", "B7", "--org-name", "Tuvendal")
    assert answer.exit_code == 0
    assert answer.stderr == "Send it to new@x.example. It opens once, until 2026-06-22 12:00+00:00.\n"
    link = answer.stdout.strip()
    assert link.startswith("http://127.0.0.1:8050/invitation/")
    assert "Tuvendal" in portal.client().get(urlsplit(link).path).text
    short = run(portal, "user", "invite", "b@x", "--role", "ngo", "--org", "N1", "--days", "1")
    assert "until 2026-06-16" in short.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["anna", "--role", "owner", "--org", "O1"], 2, "not an e-mail"),
        (["a@x", "--role", "king", "--org", "O1"], 2, "king"),
        (["a@x", "--role", "owner", "--org", " "], 2, "empty"),
        (["a@x", "--role", "owner", "--org", "O1", "--days", "0"], 2, "days"),
        (["a@x", "--role", "owner", "--org", "O1", "--days", "31"], 2, "days"),
        (["anna@x.example", "--role", "owner", "--org", "O1"], 1, "already an account"),
        (["a@x", "--role", "owner", "--org", "O1", "--org-name", "B"], 1, "another name"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(portal: Portal, arguments: list[str], code: int, said: str) -> None:
    run(portal, *ADD, "--org-name", "A", "--password-stdin", given=PASSWORD)
    answer = run(portal, "user", "invite", *arguments)
    assert (answer.exit_code, answer.stdout) == (code, "")
    assert said in answer.stderr


def test_a_disabled_account_is_enabled_again(portal: Portal) -> None:
    portal.account("anna@x.example")
    run(portal, "user", "disable", "anna@x.example")
    assert run(portal, "user", "enable", "ANNA@x.example").stderr == "anna@x.example may sign in again.\n"
    assert sign_in(portal.client(), "anna@x.example").status_code == 302
    again = run(portal, "user", "enable", "anna@x.example")
    assert (again.exit_code, again.stderr) == (1, "anna@x.example was not disabled.\n")


def test_v7_4_5_sessions_are_listed_and_ended(portal: Portal) -> None:
    portal.account("anna@x.example")
    clients = [portal.client(), portal.client()]
    for client in clients:
        sign_in(client, "anna@x.example")
    listed = json.loads(run(portal, "user", "sessions", "--format", "json").stdout)
    assert [(row["email"], row["open_sessions"]) for row in listed] == [("anna@x.example", 2)]
    answer = run(portal, "user", "sessions", "--end", "anna@x.example")
    assert (answer.stdout, answer.stderr) == ("", "anna@x.example is signed out everywhere; 2 sessions ended.\n")
    assert [client.get("/account").status_code for client in clients] == [302, 302]
    assert json.loads(run(portal, "user", "sessions", "--format", "json").stdout)[0]["open_sessions"] == 0


def test_a_lost_app_is_forgotten_and_set_up_anew(portal: Portal) -> None:
    portal.account("otto@x.example", Role.OPERATOR, "S")
    client = portal.client()
    sign_in_operator(portal, client, "otto@x.example")
    answer = run(portal, "user", "reset-code", "otto@x.example")
    assert answer.stderr == "otto@x.example sets up a new app at the next sign-in.\n"
    assert client.get("/account").status_code == 302
    assert sign_in(portal.client(), "otto@x.example").location == "/signin/setup"
    portal.account("anna@x.example")
    none = run(portal, "user", "reset-code", "anna@x.example")
    assert (none.exit_code, none.stderr) == (1, "anna@x.example has no app set up.\n")


@pytest.mark.parametrize("command", [["enable", "no@x"], ["sessions", "--end", "no@x"], ["reset-code", "no@x"]])
def test_an_account_that_is_not_there_ends_the_command(portal: Portal, command: list[str]) -> None:
    answer = run(portal, "user", *command)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", "There is no account for no@x.\n")


def test_every_command_leaves_a_line_in_the_trail(portal: Portal) -> None:
    run(portal, *ADD, "--password-stdin", given=PASSWORD)
    run(portal, "user", "invite", "b@x", "--role", "buyer", "--org", "B1")
    for command in (["disable"], ["enable"], ["sessions", "--end"]):
        run(portal, "user", *command, "anna@x.example")
    with portal.store.look() as look:
        assert broken_at(look) is None
        trail = [(one.deed, one.role, one.user_id) for one in reversed(lines(look))]
    done = ("account added", "invited", "account disabled", "account enabled", "sessions ended")
    assert trail == [(deed, "operator", None) for deed in done]


def granted(portal: Portal) -> dict[str, object]:
    """What the first organisation was granted, and until when."""
    with portal.store.look() as look:
        return {g.factory_id: g.until for g in grants_of(look, 1, TODAY)}


def test_a_grant_is_given_until_a_day_and_taken_away(portal: Portal) -> None:
    with portal.store.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1"}])
    until = TODAY + timedelta(days=30)
    assert run(portal, "grant", "F1", "B1").stderr == "B1 may now see F1.\n"
    assert run(portal, "grant", "F1", "B1").stderr == "B1 could already see F1.\n"
    assert granted(portal) == {"F1": None}
    assert run(portal, "grant", "F1", "B1", "--until", str(until)).stderr == f"B1 may now see F1 until {until}.\n"
    assert granted(portal) == {"F1": until}
    assert run(portal, "grant", "F1", "B1", "--revoke").stderr == "B1 no longer sees F1.\n"
    assert granted(portal) == {}
    answer = run(portal, "grant", "F1", "B1", "--revoke")
    assert (answer.exit_code, answer.stderr) == (1, "B1 has no access to F1.\n")


@pytest.mark.parametrize(
    ("factory", "buyer", "sentence"),
    [
        ("F9", "B1", "There is no factory F9 in the newest release.\n"),
        ("F1", "B9", "There is no buyer B9.\n"),
    ],
)
def test_a_grant_needs_a_factory_and_a_buyer(portal: Portal, factory: str, buyer: str, sentence: str) -> None:
    with portal.store.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1"}])
        record_organisations(change, [{"kind": "owner", "external_id": "B9"}])
    answer = run(portal, "grant", factory, buyer)
    assert (answer.exit_code, answer.stderr) == (1, sentence)
