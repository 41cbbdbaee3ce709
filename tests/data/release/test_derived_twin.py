"""The rules for actions that follow from orders, against their slow twin, on random orders in any order of rows."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from data.codebook.kinds import described
from data.release.derived_actions import found_in
from tests.data.release.orders import PLAIN, THROUGH, Row, entered
from tests.data.release.slow_derived import slow_derived


def random_day(dice: random.Random, first: date, days: int, missing: float = 0.2) -> date | None:
    return None if dice.random() < missing else first + timedelta(days=dice.randrange(days))


def random_order(dice: random.Random, number: int) -> Row:
    begun = date(2025, 3, 1) + timedelta(days=dice.randrange(400))
    usual = dice.random() < 0.85  # else no lead time would be usual, and none shorter
    due = begun + timedelta(days=dice.choice([88, 90, 90, 91] if usual else [0, 30, 60, 72, 110]))
    return {
        **PLAIN, "order_id": f"P{number}", "source": dice.choice(["", "", "erp"]),
        "buyer_id": dice.choice(["B1", "B2"]), "factory_id": dice.choice(["F1", "F1", "F2"]),
        "placed_date": None if dice.random() < 0.05 else begun, "due_date": None if dice.random() < 0.05 else due,
        "original_due_date": random_day(dice, due - timedelta(days=30), 60, 0.9),
        "quantity": dice.choice([None, 0.0, 100.0, 100.0, 104.0, 200.0]),
        "value_usd": None if dice.random() < 0.005 else float(dice.randrange(1, 900)),
        "status": dice.choice(["open", "Shipped", "shipped", "paid", "CANCELLED", "canceled", None]),
        "shipped_date": random_day(dice, due - timedelta(days=10), 20, 0.5),
        "invoice_due_date": random_day(dice, due + timedelta(days=30), 30),
        "paid_date": random_day(dice, due + timedelta(days=20), 60, 0.4),
        "cancelled_date": random_day(dice, begun, 100, 0.8),
    }  # fmt: skip


def random_versions(dice: random.Random, orders: list[Row]) -> list[Row]:
    found = []
    for one in orders:
        moment = datetime(2026, 1, 1, 23, tzinfo=UTC)
        for _ in range(dice.choice([0, 0, 1, 2, 3])):
            moment += timedelta(days=dice.randrange(1, 80))
            due = one["due_date"]
            moved = due and due - timedelta(days=dice.choice([0, 0, 0, 14, -14, 3]))
            told = {"due_date": moved, "quantity": dice.choice([None, 95.0, 100.0, 105.0, 150.0]), "status": "open"}
            found.append({**one, **told, "cancelled_date": None, "replaced_at": moment})
    return found


def random_entered(dice: random.Random, orders: list[Row]) -> list[Row]:
    kinds = [*described(), "my own word"]
    return [
        entered(dice.choice(kinds), (date(2025, 6, 1) + timedelta(days=dice.randrange(400))).isoformat(),
                order_id=dice.choice([None, "", dice.choice(orders)["order_id"]]),
                buyer_id=dice.choice(["B1", "B2", None]), factory_id=dice.choice(["F1", "F2"]))
        for _ in range(40)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_rules_equal_their_slow_twin_in_any_order_of_rows(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # not for secrets
    orders = [random_order(dice, number) for number in range(120)]
    orders += [{**one, "source": "other", "paid_date": None} for one in dice.sample(orders, 10)]
    versions, actions = random_versions(dice, orders), random_entered(dice, orders)
    found = found_in(orders, versions, THROUGH, actions)
    keys = [a["action_id"].split(":") for a in found]
    quick = [(source, name, a["kind"], a["date"], a["magnitude"], a["end_date"]) for a, (_, source, name, _) in zip(
        found, keys, strict=True)]  # fmt: skip
    assert sorted(quick, key=lambda f: f[:4]) == slow_derived(orders, versions, THROUGH, actions)
    assert len({kind for _, _, kind, *_ in quick}) == 9, "a sweep that never fires shows nothing"
    assert len({a["action_id"] for a in found}) == len(found)
    assert len({(a["order_id"], a["buyer_id"], a["factory_id"], a["kind"]) for a in found}) == len(found)
    dice.shuffle(orders)
    dice.shuffle(actions)
    mixed = sorted(versions, key=lambda v: (v["replaced_at"], v["order_id"]))
    assert found_in(orders, mixed, THROUGH, actions) == found


def test_later_days_tell_the_same_of_days_gone_by_and_more() -> None:
    """What is found stays found with the same id and date as time goes on; only open sums grow."""
    dice = random.Random(5)  # noqa: S311  # not for secrets
    orders = [random_order(dice, number) for number in range(150)]
    early = {a["action_id"]: a["date"] for a in found_in(orders, [], date(2026, 3, 31), [])}
    late = {a["action_id"]: a["date"] for a in found_in(orders, [], THROUGH, [])}
    gone = {a for a in early if a not in late}
    assert len(early) > 50
    assert {late[a] for a in early if a in late} >= {early[a] for a in early if a in late}
    assert {name.rsplit(":", 1)[1] for name in gone} <= {"payment_late", "order_cancelled_before_production"}
