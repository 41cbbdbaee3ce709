"""Programs of every tenant ask for everything that any of them sent: no one reads what is another's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from access.roles import Role
from data.imports.desk import Desk
from data.state.organisations import organisation_id
from data.state.tokens import add_token, new_word
from data.state.trade import actions_frame
from tests.disclosure.tenants import (
    ACTIONS,
    EVERY,
    OWNERS,
    SIGNED,
    Tenants,
    allowed,
    canary,
    tenants,
    text_in,
)

SENDERS = [(who, role) for who, role in SIGNED if role is not Role.NGO]
KINDS = ("answers", "orders", "actions")
HOSTILE: list[Any] = [
    None, True, 7, "", "x", [], [[]], [None], [{}], {"rows": {}}, {"rows": [1], "source": []},
    [{"order_id": {"$ne": 1}}],
    [{"factory_id": "' OR 1=1 --", "order_id": "x" * 3000, "buyer_id": "B2", "placed_date": "9999-99-99"}],
]  # fmt: skip


@dataclass
class Sent:
    """The home, a token of each organisation, and what each sent: name of the import, and its own words."""

    home: Tenants
    words: dict[str, str] = field(default_factory=dict)
    imports: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, who: str, path: str, method: str = "GET", **more: Any) -> TestResponse:
        """What comes back to that organisation's program."""
        headers = {"Authorization": f"Bearer {self.words[who]}", **more.pop("headers", {})}
        return self.home.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **more)

    def push(self, who: str, kind: str, body: Any, key: str) -> TestResponse:
        """What comes back after a push."""
        more = {"data": json.dumps(body), "content_type": "application/json", "headers": {"Idempotency-Key": key}}
        return self.ask(who, f"/{kind}", "POST", **more)


def word(who: str) -> str:
    """The word in everything that this organisation sends."""
    return canary("sent", who)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """Every organisation sent an action and an order at every factory, with its own word, under the same key."""
    made = Sent(tenants(tmp_path_factory.mktemp("pushes"), pushes_a_minute=10**6, pushes_an_hour=10**6))
    for who, role in SENDERS:
        with made.home.state.change() as change:
            number = organisation_id(change, str(role), who)
            assert number is not None
            kinds = KINDS if role is not Role.BUYER else KINDS[1:]
            made.words[who] = add_token(change, number, f"program {word(who)}", kinds, datetime.now(UTC))[1]
        named = who if role is Role.BUYER else "B1"
        actions = [
            {"action_id": f"{word(who)}-{f}", "buyer_id": named, "factory_id": f, "kind": "rush_order",
             "date": "2026-03-02", "note": word(who)}
            for f in [*OWNERS, "F9"]
        ]  # fmt: skip
        orders = [
            {"order_id": f"{word(who)}-{f}", "buyer_id": named, "factory_id": f, "placed_date": word(who)}
            for f in OWNERS
        ]
        answers = [made.push(who, kind, rows, kind) for kind, rows in (("actions", actions), ("orders", orders))]
        assert [answer.status_code for answer in answers] == [202, 202]
        made.imports[who] = [answer.json["import"] for answer in answers]
    Desk(made.home.home, made.home.settings, made.home.state).work()
    yield made
    made.home.state.close()


def foreign(who: str, role: Role, text: str) -> set[str]:
    """The words in an answer that this program may not see: others' data, and what others sent."""
    others = {word(other) for other, _ in SENDERS if other != who}
    return {one for one in (EVERY - allowed(who, role)) | others if one in text}


@pytest.mark.parametrize(("who", "role"), SENDERS)
def test_no_program_reads_what_is_anothers(sent: Sent, who: str, role: Role) -> None:
    seen = ""
    for other, names in sent.imports.items():
        for name in names:
            for path in (f"/imports/{name}", f"/imports/{name}/left-out.csv"):
                answer = sent.ask(who, path)
                assert answer.status_code < 500
                assert other == who or answer.status_code == 404
                text = text_in(answer.data)
                assert not foreign(who, role, text), (path, foreign(who, role, text))
                seen += text
    assert word(who) in seen, "own words must be seen, or the sweep sees nothing"


@pytest.mark.parametrize(("who", "role"), SENDERS)
def test_nothing_posted_makes_a_server_error_or_tells_anything(sent: Sent, who: str, role: Role) -> None:
    names = [name for other, several in sent.imports.items() if other != who for name in several]
    for kind in KINDS:
        for number, body in enumerate(HOSTILE):
            answer = sent.push(who, kind, body, f"hostile-{kind}-{number}")
            assert answer.status_code < 500, (kind, body)
            assert not foreign(who, role, answer.text)
    for name in [*names, "x", "..", "%00", "0" * 32]:
        for path, method in ((f"/imports/{name}", "DELETE"), (f"/imports/{name}/load", "POST")):
            answer = sent.ask(who, path, method)
            assert answer.status_code in (404, 405, 308), (path, answer.status_code)
            assert not foreign(who, role, answer.text)


@pytest.mark.parametrize("who", ["B1", "B2", "B3"])
def test_a_buyers_program_meets_only_factories_that_name_it(sent: Sent, who: str) -> None:
    told = sent.ask(who, f"/imports/{sent.imports[who][0]}").json
    traded = {factory for factory, buyer in ACTIONS if buyer == who}
    assert told["counts"] == {"accepted": len(traded), "rejected": 4 - len(traded), "already_present": 0}
    left = sent.ask(who, f"/imports/{sent.imports[who][0]}/left-out.csv").text
    for factory in {*OWNERS, "F9"} - traded:
        assert f"factory_id '{factory}' is not declared in factories" in left


def test_what_a_program_sent_is_kept_as_its_organisations(sent: Sent) -> None:
    """A buyer's actions are kept as its own, under a source of its own."""
    with sent.home.state.look() as look:
        found = {(row["action_id"], row["source"]) for row in actions_frame(look) if row["note"] == word("B1")}
    assert found == {(f"{word('B1')}-{f}", "buyer B1") for f, b in ACTIONS if b == "B1"}


def test_a_token_of_nobody_opens_nothing_that_was_sent(sent: Sent) -> None:
    sent.words["nobody"] = new_word()
    answers = {sent.ask("nobody", f"/imports/{name}").text for names in sent.imports.values() for name in names}
    assert len(answers) == 1
