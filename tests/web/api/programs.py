"""A home with two owners and two buyers, and programs of theirs that push data: what tests of pushing share."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from access.roles import Role
from app import create_app
from data.imports.desk import Desk
from data.settings import Settings
from data.state.accounts import add_account
from data.state.organisations import organisation_id
from data.state.tokens import add_token
from tests.data.imports.bringing import stands
from tests.data.vault.place import HEADER, Place

ORDERS = "order_id,buyer_id,factory_id,placed_date\nP1,B1,F1,2026-01-05\nP2,B2,F2,2026-01-05\nP3,B2,F1,2026-01-05\n"
ANSWER = {"factory_id": "F1", "date": "2026-06-08", "indicator_id": "GRV-02", "value": 4, "submission_id": "s1"}
ORDER = {"order_id": "N1", "buyer_id": "B1", "factory_id": "F1", "placed_date": "2026-02-03"}
ACTION = {"action_id": "A1", "buyer_id": "B1", "factory_id": "F1", "kind": "rush_order", "date": "2026-03-16"}
ROLES = {"X": Role.OPERATOR, "O1": Role.OWNER, "O2": Role.OWNER, "B1": Role.BUYER, "B2": Role.BUYER}
KEYS = itertools.count()


@dataclass
class Programs:
    """The portal of that home, and a token of each organisation."""

    place: Place
    app: Flask
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, **settings: Any) -> "Programs":
        """That home under this folder: F1 is O1's, F2 is O2's; B1 ordered at F1, B2 at both."""
        place = Place.at(root)
        place.load(place.files(answers=f"{HEADER}\n", orders=ORDERS))
        made = cls(place, create_app(Settings(home=place.home.root, **settings)))
        for who, role in ROLES.items():
            with place.state.change() as change:
                add_account(change, email=f"{who}@x.example", role=role, organisation=who)
            made.words[who] = made.token(who)
        return made

    def token(self, who: str, kinds: Sequence[str] = ("answers", "orders", "actions"), **more: Any) -> str:
        """The word of a new token of that organisation."""
        with self.place.state.change() as change:
            number = organisation_id(change, str(ROLES[who]), who)
            assert number is not None
            return add_token(change, number, "a program", kinds, more.pop("now", datetime.now(UTC)), **more)[1]

    def send(self, who: str | None, path: str, method: str = "GET", **more: Any) -> TestResponse:
        """What came back; `who` is an organisation or the word of a token."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.words.get(who, who)}"
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **more)

    def push(self, who: str | None, kind: str, body: Any, key: str | None = None, **more: Any) -> TestResponse:
        """What came back after a push under this key, or under a new one."""
        headers = {"Idempotency-Key": key or f"key-{next(KEYS)}", **more.pop("headers", {})}
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        more = {"content_type": "application/json", **more}
        return self.send(who, f"/{kind}", "POST", data=raw, headers=headers, **more)

    def told(self, who: str, answer: TestResponse) -> dict[str, Any]:
        """What the program is told of its push once the ingester took all that waits."""
        self.work()
        found: dict[str, Any] = self.send(who, answer.json["status_url"].removeprefix("/api/v1")).json
        return found

    def work(self) -> list[str]:
        """What the ingester did."""
        return Desk(self.place.home, self.place.settings, self.place.state).work()

    def brought(self, answer: TestResponse) -> Any:
        """The import as the store has it."""
        return stands(self.place, answer.json["import"])


def csv_of(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as CSV."""
    names = list(rows[0])
    return "\n".join([",".join(names), *(",".join(str(row[name]) for name in names) for row in rows)]) + "\n"
