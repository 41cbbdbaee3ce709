"""Actions that follow from orders: each rule fires and does not fire, nothing is told twice, order plays no part."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data.codebook.kinds import described, kind_of, lane_name
from data.release.derived_actions import derived_actions, found_in
from data.state import State
from data.state.organisations import record_organisations
from data.state.trade import actions_frame, order_versions_frame, orders_frame, record_actions, record_orders
from tests.data.release.homes import SmallHome
from tests.data.release.orders import MOMENT, PLAIN, THROUGH, Row, entered, order, version

BEFORE, DURING = "order_cancelled_before_production", "order_cancelled_in_production"


@pytest.fixture
def state(small: SmallHome) -> State:
    """The store of an empty home."""
    return small.state


def told(orders: list[Row], versions: list[Row] = [], actions: list[Row] = []) -> list[tuple[Any, ...]]:  # noqa: B006  # never changed
    """Kind, date and magnitude of what is found, and when it ended."""
    found = found_in(orders, versions, THROUGH, actions)
    return [(a["kind"], a["date"].isoformat(), a["magnitude"], a["end_date"]) for a in found]


def rule(orders: list[Row], versions: list[Row] = [], through: date = THROUGH) -> str:  # noqa: B006  # never changed
    [action] = found_in(orders, versions, through, [])
    return str(action["rule"])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"status": "cancelled"}, []),  # without a date, none is made up
        ({"cancelled_date": "2026-03-01"}, [(BEFORE, "2026-03-01")]),  # day 59 of 90
        ({"cancelled_date": "2026-03-02"}, [(DURING, "2026-03-02")]),  # day 60 of 90
        ({"cancelled_date": "2026-01-02", "status": "Canceled "}, [(BEFORE, "2026-01-02")]),
        ({"cancelled_date": "2026-01-02", "shipped_date": "2026-01-01"}, [(DURING, "2026-01-02")]),
        ({"cancelled_date": "2026-03-20", "due_date": None}, [(BEFORE, "2026-03-20")]),
        ({"cancelled_date": "2026-03-20", "placed_date": None}, [(BEFORE, "2026-03-20")]),
        ({"cancelled_date": "2026-01-01", "due_date": "2026-01-01"}, [(DURING, "2026-01-01")]),
        ({"cancelled_date": "2026-07-01"}, []),  # ahead of the last day
        ({"original_due_date": "2026-03-20"}, [("shipment_postponed", "2026-03-20")]),
        ({"original_due_date": "2026-04-01"}, []),
        ({"original_due_date": "2026-04-20"}, []),
        ({"original_due_date": "2026-03-20", "due_date": None}, []),
        ({"original_due_date": "2026-07-20", "due_date": "2026-07-30"}, []),
        ({"shipped_date": "2026-04-02"}, [("shipment_late", "2026-04-01")]),
        ({"shipped_date": "2026-04-01"}, []),
        ({"shipped_date": "2026-03-01"}, []),
        ({"shipped_date": "2026-07-01"}, []),
        ({"shipped_date": "2026-04-09", "original_due_date": "2026-03-20"}, [("shipment_postponed", "2026-03-20")]),
        ({"shipped_date": "2026-04-09", "due_date": None}, []),
        ({"due_date": "2026-02-01"}, []),  # long over and not shipped: perhaps nobody updates it
        ({"invoice_due_date": "2026-05-01", "paid_date": "2026-05-04"}, []),  # three days are the banks'
        ({"invoice_due_date": "2026-05-01", "paid_date": "2026-05-05"}, [("payment_late", "2026-05-02")]),
        ({"invoice_due_date": "2026-05-01", "paid_date": "2026-04-25"}, []),
        ({"invoice_due_date": "2026-05-01", "paid_date": "2026-04-24"}, [("payment_early", "2026-04-24")]),
        ({"invoice_due_date": "2026-06-27", "status": "shipped"}, []),
        ({"invoice_due_date": "2026-06-26", "status": "Shipped"}, [("payment_late", "2026-06-27")]),
        ({"invoice_due_date": "2026-05-01", "status": "open"}, []),
        ({"invoice_due_date": "2026-05-01", "status": "paid"}, []),
        ({"invoice_due_date": "2026-05-01", "paid_date": "2026-07-20"}, [("payment_late", "2026-05-02")]),
        ({"paid_date": "2026-05-05"}, []),
    ],
)  # fmt: skip
def test_each_rule_fires_where_it_should(more: Row, expected: list[tuple[str, str]]) -> None:
    assert [row[:2] for row in told([order(**more)])] == expected


def test_sizes_and_ends_are_those_of_the_order() -> None:
    late = order(invoice_due_date="2026-05-01", paid_date="2026-05-22")
    assert told([late]) == [("payment_late", "2026-05-02", 21, date(2026, 5, 22))]
    assert rule([late]) == "Paid 21 days after the invoice was due (2026-05-01)."
    unpaid = order(invoice_due_date="2026-05-01", status="shipped")
    assert told([unpaid]) == [("payment_late", "2026-05-02", 60, None)]
    assert rule([unpaid]) == "Not paid by 2026-06-30, 60 days after the invoice was due (2026-05-01)."
    ahead = order(invoice_due_date="2026-05-01", paid_date="2026-07-20")
    assert told([ahead]) == [("payment_late", "2026-05-02", 60, None)]
    assert told([order(shipped_date="2026-04-02")]) == [("shipment_late", "2026-04-01", 1, None)]
    assert "Shipped on 2026-04-02, 1 day after the due date (2026-04-01)." in rule([order(shipped_date="2026-04-02")])


def test_a_cancelled_order_is_measured_against_the_factorys_months() -> None:
    """1,200 in October and 500 in January: four months, 425 a month."""
    gone = order(cancelled_date="2026-01-20")
    before = order(order_id="P0", placed_date="2025-10-10", due_date="2026-01-10", value_usd=1200.0)
    elsewhere = order(order_id="P2", factory_id="F2", value_usd=9e9)
    longer_ago = order(order_id="P3", placed_date="2024-06-30", due_date="2024-12-01", value_usd=7.0)
    assert told([gone])[0][2] == 100
    assert told([gone, before, elsewhere])[0][2] == 118
    assert told([gone, before, longer_ago])[0][2] == 353  # twelve months now, and none of the old value
    assert told([{**gone, "value_usd": None}, before])[0][2] is None
    assert told([gone, {**before, "value_usd": None}])[0][2] is None
    assert told([{**gone, "value_usd": 0.0}])[0][2] is None
    assert told([{**gone, "placed_date": None}, before])[0][2] is None


def test_a_due_date_that_moved_is_dated_by_the_day_it_was_told() -> None:
    now = order()
    assert told([now], [version(now, due_date="2026-03-20")]) == [("shipment_postponed", "2026-03-05", 12, None)]
    assert "from 2026-03-20 to 2026-04-01, 12 days later; first told on 2026-03-05" in rule(
        [now], [version(now, due_date="2026-03-20")]
    )
    assert told([now], [version(now, due_date="2026-04-20")]) == []  # moved ahead
    assert told([now], [version(now, due_date=None)]) == []
    back = [version(now, due_date="2026-04-01"), version(now, due_date="2026-05-01")]
    assert told([now], back) == []
    twice = [version(now, due_date="2026-03-01"), version(now, MOMENT + timedelta(9), due_date="2026-03-20")]
    assert told([now], twice) == [("shipment_postponed", "2026-03-05", 31, None)]
    known = order(original_due_date="2026-03-10")
    assert told([known], [version(known, due_date="2026-03-10")]) == [("shipment_postponed", "2026-03-05", 22, None)]
    assert told([known], [version(known, status="new")]) == [("shipment_postponed", "2026-03-10", 22, None)]
    assert told([now], [version(now, datetime(2026, 7, 1, tzinfo=UTC), due_date="2026-03-20")]) == []


def earlier_orders(count: int, days: int = 100, **more: Any) -> list[Row]:
    """Orders of the autumn before, each with this lead time."""
    begun = [date(2025, 9, 1) + timedelta(days=place) for place in range(count)]
    return [
        {**order(order_id=f"E{place}", **more), "placed_date": day, "due_date": day + timedelta(days=days)}
        for place, day in enumerate(begun)
    ]


@pytest.mark.parametrize(
    ("days", "before", "size"),
    [
        (80, earlier_orders(5), 20),  # exactly a fifth
        (81, earlier_orders(5), None),
        (50, earlier_orders(4), None),
        (50, earlier_orders(5), 50),
        (50, earlier_orders(9, buyer_id="B2"), None),
        (50, earlier_orders(10, buyer_id="B2"), 50),
        (50, earlier_orders(10, factory_id="F2"), None),
        (80, earlier_orders(5) + earlier_orders(30, 40, buyer_id="B2"), 20),  # the buyer's own orders come first
        (100, earlier_orders(5), None),
        (200, earlier_orders(5), None),
        (0, earlier_orders(5), None),  # due on the day it was placed
        (-3, earlier_orders(5), None),
        (1, earlier_orders(5, 0), None),
        (75, earlier_orders(3, 91) + earlier_orders(3, 99), 21),  # the median lies between two
        (40, earlier_orders(3, 95) + earlier_orders(3, 105), 60),  # the middle half within 5 % of the median, and
        (40, earlier_orders(3, 94) + earlier_orders(3, 106), None),  # further: nothing is usual
    ],
)
def test_a_rush_is_a_fifth_less_than_usual(days: int, before: list[Row], size: float | None) -> None:
    before = [{**row, "order_id": f"E{place}"} for place, row in enumerate(before)]
    hurried = {**order(), "due_date": PLAIN["placed_date"] + timedelta(days=days)}
    found = [row for row in told([*before, hurried]) if row[1] == "2026-01-01"]
    assert found == ([] if size is None else [("rush_order", "2026-01-01", size, None)])


def test_the_usual_lead_time_is_that_of_the_year_before() -> None:
    year = [{**row, "placed_date": PLAIN["placed_date"] - timedelta(days=ago)} for ago, row in zip(
        (1, 2, 100, 300, 365), earlier_orders(5), strict=True)]  # fmt: skip
    year = [{**row, "due_date": row["placed_date"] + timedelta(days=100)} for row in year]
    hurried = {**order(), "due_date": PLAIN["placed_date"] + timedelta(days=60)}
    assert [row[0] for row in told([*year, hurried])] == ["rush_order"]
    for ago in (0, 366):
        moved = [*year[:4], {**year[4], "placed_date": PLAIN["placed_date"] - timedelta(days=ago)}]
        assert told([*moved, hurried]) == []


def test_the_agreed_due_date_counts_for_a_rush_not_the_newest() -> None:
    before = earlier_orders(5)
    later = order(original_due_date="2026-02-10")
    assert {row[0] for row in told([*before, later])} == {"rush_order", "shipment_postponed"}
    moved = [version(order(), due_date="2026-02-10")]
    assert {row[0] for row in told([*before, order()], moved)} == {"rush_order", "shipment_postponed"}


def test_other_buyers_orders_are_not_told_in_the_sentence() -> None:
    hurried = {**order(), "due_date": PLAIN["placed_date"] + timedelta(days=50)}
    assert "5 orders here in the year before had a median of 100 days" in rule([*earlier_orders(5), hurried])
    assert rule([*earlier_orders(10, 97, buyer_id="B2"), hurried]) == (
        "Ordered on 2026-01-01, due on 2026-02-20: 50 days, well under the usual lead time at this factory in the "
        "year before."
    )


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({"quantity": 950.0}, [("volume_raised", 5)]),
        ({"quantity": 953.0}, []),  # 4.9 %
        ({"quantity": 1050.0}, []),  # 4.8 %
        ({"quantity": 1250.0}, [("volume_cut", 20)]),
        ({"quantity": None}, []),
        ({"quantity": 0.0}, []),
        ({"quantity": 500.0, "due_date": "2026-04-02"}, []),
        ({"quantity": 500.0, "due_date": None}, []),
        ({"quantity": 1000.0}, []),
    ],
)
def test_volumes_swing_by_a_twentieth(before: Row, expected: list[tuple[str, float]]) -> None:
    found = told([order()], [version(order(), **before)])
    assert [(kind, size) for kind, day, size, _ in found if day == "2026-03-05"] == expected


def test_a_twentieth_is_enough() -> None:
    for now, expected in ((1050.0, "volume_raised"), (950.0, "volume_cut")):
        assert told([order(quantity=now)], [version(order(), quantity=1000.0)]) == [(expected, "2026-03-05", 5, None)]
    for now in (1049.0, 951.0):
        assert told([order(quantity=now)], [version(order(), quantity=1000.0)]) == []


def test_what_a_cancellation_takes_away_is_not_a_cut_too() -> None:
    gone = order(quantity=0.0, status="cancelled", cancelled_date="2026-03-04")
    assert [row[0] for row in told([gone], [version(order())])] == ["order_cancelled_in_production"]


def test_one_action_an_order_and_kind() -> None:
    now = order(quantity=2000.0)
    steps = [version(now, quantity=1000.0), version(now, MOMENT + timedelta(4), quantity=1500.0)]
    assert told([now], steps) == [("volume_raised", "2026-03-05", 50, None)]
    twin = {**order(invoice_due_date="2026-05-01", paid_date="2026-05-22"), "source": "erp"}
    assert len(told([{**twin, "source": ""}, twin])) == 1
    assert len(told([{**twin, "source": "", "buyer_id": "B2"}, twin])) == 2


LATE = order(invoice_due_date="2026-05-01", paid_date="2026-05-22")
MOVED = order(original_due_date="2026-03-20")


@pytest.mark.parametrize(
    ("one", "action", "kept"),
    [
        (LATE, entered("payment_late", "2026-01-01", order_id="P1"), False),
        (LATE, entered("terms_lengthened", "2026-01-01", order_id="P1"), False),  # the same lane
        (LATE, entered("payment_late", "2026-01-01", order_id="P1", buyer_id=None), False),
        (LATE, entered("payment_late", "2026-05-02", order_id="P2"), True),
        (LATE, entered("price_cut", "2026-05-02", order_id="P1"), True),
        (LATE, entered("payment_late", "2026-01-01", order_id="P1", factory_id="F2"), True),
        (LATE, entered("payment_late", "2026-05-09"), False),
        (LATE, entered("payment_late", "2026-04-25", order_id=""), False),
        (LATE, entered("payment_late", "2026-05-10"), True),
        (LATE, entered("payment_late", "2026-05-02", buyer_id="B2"), True),
        (LATE, entered("payment_late", "2026-05-02", factory_id="F2"), True),
        (LATE, entered("my own word", "2026-05-02"), True),
        (MOVED, entered("more_time_given", "2026-01-01", order_id="P1"), False),  # the same move, as the factory asked
        (MOVED, entered("stable_commitment", "2026-03-20", order_id="P1"), True),
    ],
)  # fmt: skip
def test_what_was_entered_is_not_told_again(one: Row, action: Row, kept: bool) -> None:
    assert bool(told([one], [], [action])) == kept


def test_an_action_is_whole_and_says_which_rule_fired(state: State) -> None:
    with state.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1", "name": "Alpha"}])
        rows = [{k: v for k, v in LATE.items() if k not in ("source", "buyer_name")}]
        record_orders(change, rows, "e:r%p")
        record_orders(change, [{**rows[0], "buyer_id": "B9", "shipped_date": date(2026, 4, 3), "paid_date": None}])
        told_once = {k: v for k, v in entered("spec_changed", "2026-02-01").items() if k != "source"}
        record_actions(change, [told_once])
    with state.look() as look:
        frame = actions_frame(look)
        late, shipped = sorted(derived_actions(look, THROUGH, frame), key=lambda a: a["kind"])
    assert late.keys() == {*frame[0], "rule"}
    assert (late["action_id"], late["source"]) == ("order:e%3Ar%25p:P1:payment_late", "")
    assert (late["buyer_name"], late["actor_type"], late["actor_id"]) == ("Alpha", "buyer", "B1")
    assert (shipped["buyer_name"], shipped["actor_type"], shipped["actor_id"]) == ("B9", "unknown", None)
    assert (late["order_id"], late["unit"], late["note"]) == ("P1", "days late", None)


def test_versions_of_the_store_are_read(state: State) -> None:
    base = {"order_id": "P1", "buyer_id": "B1", "factory_id": "F1", "due_date": date(2026, 4, 1), "quantity": 100}
    with state.change() as change:
        record_orders(change, [base], now=MOMENT - timedelta(days=9))
        record_orders(change, [{**base, "quantity": 150}], now=MOMENT)
    with state.look() as look:
        [raised] = derived_actions(look, THROUGH, [])
    assert (raised["kind"], raised["date"], raised["magnitude"]) == ("volume_raised", date(2026, 3, 5), 50)
    assert raised["rule"] == (
        "The quantity was raised from 100 to 150 with the due date kept (2026-04-01); told on 2026-03-05."
    )


def test_without_orders_there_is_nothing(state: State) -> None:
    with state.look() as look:
        assert derived_actions(look, THROUGH, []) == []


def test_shipping_late_has_a_name_a_lane_and_no_sign() -> None:
    kind = kind_of("shipment_late")
    assert (kind.name, kind.token, kind.sign, kind.unit) == ("Shipped late", "postpone", 0, "days late")
    assert lane_name(kind.token) == "Shipment postponed"
    assert len(described()) == 29


def test_frames_of_the_store_hold_every_column(state: State) -> None:
    with state.change() as change:
        record_orders(change, [{"order_id": "P1", "buyer_id": "B1", "factory_id": "F1"}], now=MOMENT)
        record_orders(change, [{"order_id": "P1", "buyer_id": "B1", "factory_id": "F1", "quantity": 5}], now=MOMENT)
    with state.look() as look:
        [now], [before] = orders_frame(look), order_versions_frame(look)
    assert now.keys() == PLAIN.keys()
    assert before.keys() == PLAIN.keys() - {"buyer_name"} | {"replaced_at"}
    assert (now["quantity"], before["quantity"], before["replaced_at"]) == (5, None, MOMENT)
