"""Buyers, relations, orders and actions: checked against the factories that are declared, kept in the state."""

from datetime import date
from typing import Any

from sqlalchemy import text

from data.state.trade import actions_frame
from tests.data.vault.place import HEADER, Place, counts, quarantined

RELATIONS = "buyer_id,factory_id,share_of_capacity,since,until\n"
ORDERS = "order_id,buyer_id,factory_id,placed_date,quantity,paid_date\n"
ACTIONS = "action_id,buyer_id,factory_id,kind,date,end_date,unit\n"


def load(place: Place, **bodies: str) -> dict[str, tuple[int, int, int]]:
    """What became of each of these files, by kind, beside F1 and F2 and no answers."""
    report = place.load(place.files(answers=HEADER + "\n", **bodies))
    return {outcome.file: counts(outcome) for outcome in report.outcomes if outcome.file in bodies}


def rows(place: Place, query: str) -> list[tuple[Any, ...]]:
    """What a query answers in the state store."""
    with place.state.look() as look:
        return [tuple(row) for row in look.connection.execute(text(query))]


def test_owners_and_buyers_become_organisations(place: Place) -> None:
    load(
        place,
        buyers="buyer_id,name,home_country\nB1,Larkholm,SE\n",
        relations=RELATIONS + "B2,F1,0.4,2025-01-01,\n",
        buyer_actions=ACTIONS + "A1,B3,F1,rush_order,2026-06-01,,\n",
    )
    found = rows(place, "SELECT kind, external_id, name, home_country FROM organisations ORDER BY 1, 2")
    assert found == [
        ("buyer", "B1", "Larkholm", "SE"),
        ("buyer", "B2", None, None),
        ("buyer", "B3", None, None),
        ("owner", "O1", None, None),
        ("owner", "O2", None, None),
    ]


def test_what_speaks_of_an_undeclared_factory_is_rejected(place: Place) -> None:
    found = load(
        place,
        relations=RELATIONS + "B1,F1,,,\nB1,F9,,,\n",
        orders=ORDERS + "O1,B1,F9,2026-01-01,,\nO2,B1,F2,2026-01-01,,\n",
        buyer_actions=ACTIONS + "A1,B1,F9,rush_order,2026-06-01,,\nA2,B1,F2,rush_order,2026-06-01,,\n",
    )
    assert found == {"relations": (1, 1, 0), "orders": (1, 1, 0), "buyer_actions": (1, 1, 0)}
    assert rows(place, "SELECT factory_id FROM relations UNION ALL SELECT factory_id FROM orders") == [("F1",), ("F2",)]


def test_a_buyer_named_only_in_rejected_rows_is_not_made(place: Place) -> None:
    load(place, relations=RELATIONS + "B7,F9,,,\n")
    assert rows(place, "SELECT external_id FROM organisations WHERE kind = 'buyer'") == []


def test_an_order_that_is_told_differently_is_changed_and_its_version_kept(place: Place) -> None:
    orders = ORDERS + "O1,B1,F1,2026-01-01,100,\nO2,B1,F1,2026-01-02,50,2026-03-01\n"
    assert load(place, orders=orders) == {"orders": (2, 0, 0)}
    assert load(place, orders=orders) == {"orders": (0, 0, 2)}
    assert load(place, orders=orders.replace("100", "90").replace("2026-03-01", "")) == {"orders": (1, 0, 1)}
    assert rows(place, "SELECT order_id, quantity FROM orders ORDER BY 1") == [("O1", 90.0), ("O2", 50.0)]
    assert rows(place, "SELECT order_id, quantity FROM order_versions") == [("O1", 100.0)]
    assert rows(place, "SELECT CAST(paid_date AS VARCHAR) FROM orders WHERE order_id = 'O2'") == [("2026-03-01",)]


def test_an_order_that_moved_to_another_buyer_or_factory_is_told(place: Place) -> None:
    load(place, orders=ORDERS + "O1,B1,F1,2026-01-01,100,\nO2,B1,F1,2026-01-02,50,2026-03-01\n")
    orders = ORDERS + "O1,B1,F2,2026-01-01,90,\nO2,B2,F1,2026-01-02,50,2026-03-01\n"
    outcome = place.of("orders", place.load(place.files(answers=HEADER + "\n", orders=orders)))
    assert counts(outcome) == (0, 2, 0)
    assert [(r["line"], r["reason"]) for r in quarantined(outcome)] == [
        ("2", "order_id is already here for another factory_id, which never changes"),
        ("3", "order_id is already here for another buyer_id, which never changes"),
    ]
    assert rows(place, "SELECT count(*) FROM order_versions") == [(0,)]


def test_a_dry_run_changes_no_order(place: Place) -> None:
    load(place, orders=ORDERS + "O1,B1,F1,2026-01-01,100,\n")
    folder = place.files(answers=HEADER + "\n", orders=ORDERS + "O1,B1,F1,2026-01-01,90,\n")
    assert counts(place.of("orders", place.load(folder, dry_run=True))) == (1, 0, 0)
    assert rows(place, "SELECT quantity FROM orders") == [(100.0,)]
    assert rows(place, "SELECT count(*) FROM order_versions") == [(0,)]


def test_wrong_days_numbers_and_actors_are_told_with_their_line(place: Place) -> None:
    body = (
        ACTIONS + "A1,B1,F1,rush_order,2026-02-30,,\nA2,,F1,rush_order,2026-06-01,,\n"
        "A3,B1,F1,rush_order,2026-06-01,2026-05-01,\nA4,B1,F1,,2026-06-01,,\nA5,B1,F1,my own word,2026-06-01,,days\n"
    )
    outcome = place.of("buyer_actions", place.load(place.files(answers=HEADER + "\n", buyer_actions=body)))
    assert counts(outcome) == (1, 4, 0)
    assert [(row["line"], row["reason"]) for row in quarantined(outcome)] == [
        ("2", "date '2026-02-30' is not a date between 1950 and 2099; write YYYY-MM-DD"),
        ("3", "buyer_id is empty"),
        ("4", "end_date lies before date"),
        ("5", "kind is empty"),
    ]


def test_an_action_gets_the_unit_of_its_kind_and_its_buyer_as_actor(place: Place) -> None:
    load(place, buyer_actions=ACTIONS + "A1,B1,F1,rush_order,2026-06-01T08:00,,\n")
    with place.state.look() as look:
        [action] = actions_frame(look)
    assert (action["date"], action["actor_type"], action["actor_id"]) == (date(2026, 6, 1), "buyer", "B1")
    assert action["unit"]
