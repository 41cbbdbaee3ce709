"""An order told again with other values is changed: the newest values stand, the version before is kept."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from data.state import Change, State
from data.state.records import folded
from data.state.trade import PARTIES, order_versions_frame, orders_frame, record_orders

FIRST = datetime(2026, 3, 1, 8, tzinfo=UTC)
PARTY = ("rejected", "order_id is already here for another buyer_id, which never changes")


def order(**more: Any) -> dict[str, Any]:
    base = {"order_id": "P1", "buyer_id": "B1", "factory_id": "F1", "placed_date": date(2026, 1, 5)}
    return {**base, "due_date": date(2026, 4, 1), "quantity": 100.0, "status": "open", **more}


def tell(state: State, *rows: dict[str, Any], days: int = 0, source: str = "") -> list[Any]:
    with state.change() as change:
        return record_orders(change, rows, source, FIRST + timedelta(days=days))


def stands(state: State, *names: str) -> list[tuple[Any, ...]]:
    with state.look() as look:
        return [tuple(row[name] for name in names) for row in orders_frame(look)]


def before(state: State, *names: str) -> list[tuple[Any, ...]]:
    with state.look() as look:
        return [tuple(row[name] for name in names) for row in order_versions_frame(look)]


def test_the_life_of_an_order(state: State) -> None:
    assert tell(state, order()) == ["accepted"]
    shipped = order(status="shipped", shipped_date=date(2026, 3, 30))
    assert tell(state, shipped, days=1) == ["accepted"]
    paid = shipped | {"status": "paid", "paid_date": date(2026, 5, 2)}
    assert tell(state, paid, days=2) == ["accepted"]
    assert tell(state, paid, days=3) == ["already_present"]
    assert stands(state, "status", "shipped_date", "paid_date") == [("paid", date(2026, 3, 30), date(2026, 5, 2))]
    assert before(state, "status", "shipped_date", "replaced_at") == [
        ("open", None, FIRST + timedelta(days=1)),
        ("shipped", date(2026, 3, 30), FIRST + timedelta(days=2)),
    ]


def test_an_empty_value_wipes_nothing(state: State) -> None:
    tell(state, order())
    assert tell(state, order(quantity=None, due_date=None, status=None), days=1) == ["already_present"]
    bare = {"order_id": "P1", "buyer_id": "B1", "factory_id": "F1", "value_usd": 70.5}
    assert tell(state, bare, days=2) == ["accepted"]
    assert stands(state, "quantity", "due_date", "status", "value_usd") == [(100, date(2026, 4, 1), "open", 70.5)]
    assert before(state, "quantity", "value_usd") == [(100, None)]


@pytest.mark.parametrize(("name", "value"), [("buyer_id", "B2"), ("factory_id", "F2")])
def test_an_order_never_changes_its_parties(state: State, name: str, value: str) -> None:
    tell(state, order())
    [(word, sentence)] = tell(state, order(**{name: value, "quantity": 7}), days=1)
    assert (word, sentence) == ("rejected", f"order_id is already here for another {name}, which never changes")
    assert tell(state, order(order_id="P2"), order(**{"order_id": "P2", name: value})) == ["accepted", (word, sentence)]
    assert stands(state, "order_id", "buyer_id", "factory_id", "quantity") == [
        ("P1", "B1", "F1", 100),
        ("P2", "B1", "F1", 100),
    ]
    assert before(state, "order_id") == []


def test_of_two_rows_in_one_file_the_later_stands_and_nothing_lies_between(state: State) -> None:
    rows = [order(), order(order_id="P2"), order(quantity=120.0), order(quantity=120.0)]
    assert tell(state, *rows) == ["accepted", "accepted", "accepted", "already_present"]
    assert stands(state, "order_id", "quantity") == [("P1", 120), ("P2", 100)]
    assert before(state, "order_id") == []
    assert tell(state, *rows, days=1) == ["already_present"] * 4
    assert before(state, "order_id") == []
    assert tell(state, order(quantity=90.0), order(quantity=80.0), days=2) == ["accepted", "accepted"]
    assert before(state, "quantity") == [(120,)]


def test_each_source_tells_of_its_own_orders(state: State) -> None:
    assert tell(state, order()) == ["accepted"]
    assert tell(state, order(buyer_id="B2", quantity=5.0), source="erp") == ["accepted"]
    assert tell(state, order(quantity=6.0), source="erp", days=1) == [PARTY]
    assert stands(state, "source", "buyer_id", "quantity") == [("", "B1", 100), ("erp", "B2", 5)]


def test_thousands_of_orders_change_at_once(state: State) -> None:
    rows = [order(order_id=f"P{n:05d}") for n in range(2500)]
    assert set(tell(state, *rows)) == {"accepted"}
    changed = [row | {"quantity": 101.0} if n % 2 else row for n, row in enumerate(rows)]
    found = tell(state, *changed, days=1)
    assert (found.count("accepted"), found.count("already_present")) == (1250, 1250)
    assert {q for (q,) in stands(state, "quantity")} == {100, 101}
    assert len(before(state, "order_id")) == 1250


def test_nothing_is_kept_of_a_load_that_fails(state: State) -> None:
    tell(state, order())

    def fail_half_way() -> None:
        with state.change() as change:
            record_orders(change, [order(quantity=7.0)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert stands(state, "quantity") == [(100,)]
    assert before(state, "quantity") == []


def test_the_same_told_at_once_is_kept_once(state: State) -> None:
    tell(state, order())
    found: list[Any] = []

    def tell_it() -> None:
        found.extend(tell(state, order(quantity=200.0), days=1))

    threads = [threading.Thread(target=tell_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["accepted"] + ["already_present"] * 5
    assert before(state, "quantity") == [(100,)]


class Listener:
    """A connection that only hears what PostgreSQL would be asked."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def execute(self, query: Any, *_: Any) -> list[Any]:
        self.heard.append(str(query.compile(dialect=postgresql.dialect())))
        return []


def test_on_postgresql_the_orders_that_may_change_are_locked() -> None:
    """There two loads may look at once; the second waits for the first to end."""
    listener: Any = Listener()
    record_orders(Change(listener), [order()])
    assert listener.heard[0].startswith("SELECT orders.")
    assert listener.heard[0].endswith(" FOR UPDATE")


rows = st.lists(
    st.builds(
        lambda buyer, quantity, status: {
            "source": "", "order_id": "P1", "factory_id": "F1", "buyer_id": buyer, "quantity": quantity,
            "status": status,
        },
        st.sampled_from(["B1", "B1", "B1", "B2"]), st.sampled_from([None, 1.0, 2.0]), st.sampled_from([None, "a", "b"]),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(rows, rows)
def test_telling_the_same_rows_again_changes_nothing(first: list[dict[str, Any]], then: list[dict[str, Any]]) -> None:
    known, _ = folded(None, first, PARTIES)
    once, _ = folded(known, then, PARTIES)
    twice, outcomes = folded(once, then, PARTIES)
    assert twice == once
    assert set(outcomes) <= {"already_present", PARTIES["buyer_id"]}
    told = [row for row in then if row["buyer_id"] == known["buyer_id"]]
    for name in ("quantity", "status"):
        newest = [row[name] for row in told if row[name] is not None]
        assert once[name] == (newest[-1] if newest else known[name])
