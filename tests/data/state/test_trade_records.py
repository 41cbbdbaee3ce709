"""Rows of loaded data are kept once; a contradiction is refused, row by row."""

from datetime import date

import pytest

from data.state import State
from data.state.loads import counts
from data.state.organisations import record_organisations
from data.state.trade import actions_frame, record_actions, record_orders, record_relations

REFUSED = ("rejected", "already here with another content")


def order(number: str, **more: object) -> dict[str, object]:
    return {"order_id": number, "buyer_id": "B1", "factory_id": "F1", "placed_date": date(2026, 1, 5), **more}


def action(number: str, **more: object) -> dict[str, object]:
    base = {"action_id": number, "buyer_id": "B1", "factory_id": "F1", "kind": "rush_order"}
    return {**base, "date": date(2026, 2, 1), "magnitude": 30, "unit": "%", **more}


def test_the_same_orders_again_are_already_present(state: State) -> None:
    rows = [order("1", quantity=500, value_usd=1200.5), order("2", status="open")]
    with state.change() as change:
        assert record_orders(change, rows) == ["accepted", "accepted"]
    with state.change() as change:
        assert record_orders(change, [*rows, order("3")]) == [
            "already_present",
            "already_present",
            "accepted",
        ]
    with state.look() as look:
        assert counts(look).orders == 3


def test_two_sources_may_use_the_same_numbers(state: State) -> None:
    with state.change() as change:
        assert record_actions(change, [action("A1")], source="x") == ["accepted"]
        assert record_actions(change, [action("A1", kind="price_cut")], source="y") == ["accepted"]
        assert record_actions(change, [action("A1")], source="y") == [REFUSED]


def test_more_rows_than_one_query_may_name(state: State) -> None:
    rows = [order(str(n)) for n in range(2500)]
    with state.change() as change:
        assert set(record_orders(change, rows)) == {"accepted"}
        assert set(record_orders(change, rows)) == {"already_present"}
        assert counts(change).orders == 2500


def test_relations_are_told_apart_by_the_day_they_began_even_when_unknown(state: State) -> None:
    row = {"buyer_id": "B1", "factory_id": "F1", "share_of_capacity": 0.4}
    later = {**row, "since": date(2026, 1, 1), "share_of_capacity": 0.6}
    with state.change() as change:
        assert record_relations(change, [row, later]) == ["accepted", "accepted"]
        assert record_relations(change, [row, later]) == ["already_present", "already_present"]
        assert record_relations(change, [{**row, "share_of_capacity": 0.5}]) == [REFUSED]


def test_actions_come_back_with_their_actor_and_the_buyers_name(state: State) -> None:
    programme = action("A3", buyer_id=None, actor_type="programme", actor_id="P7", factory_id="F0")
    with state.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1", "name": "Alpha"}])
        record_organisations(change, [{"kind": "owner", "external_id": "B2", "name": "Not a buyer"}])
        record_actions(change, [action("A2", buyer_id="B2"), action("A1", note="x"), programme], source="s")
    with state.look() as look:
        rows = actions_frame(look)
    assert [(r["action_id"], r["actor_type"], r["actor_id"], r["buyer_name"]) for r in rows] == [
        ("A3", "programme", "P7", None),
        ("A1", "buyer", "B1", "Alpha"),
        ("A2", "buyer", "B2", "B2"),
    ]
    assert rows[1]["date"] == date(2026, 2, 1)
    assert rows[1]["magnitude"] == 30.0
    assert rows[1]["source"] == "s"
    assert "id" not in rows[1]


def test_an_unknown_column_is_a_programming_error(state: State) -> None:
    with pytest.raises(ValueError, match="no such columns: colour"), state.change() as change:
        record_orders(change, [order("1", colour="red")])


def test_organisations_fill_in_what_was_missing_and_refuse_another_name(state: State) -> None:
    bare = {"kind": "owner", "external_id": "O1"}
    named = {**bare, "name": "Meghdal", "home_country": "BD"}
    with state.change() as change:
        assert record_organisations(change, [bare, bare]) == ["accepted", "already_present"]
        assert record_organisations(change, [named, named, bare]) == [
            "accepted",
            "already_present",
            "already_present",
        ]
        assert record_organisations(change, [{**named, "name": "Other"}]) == [REFUSED]
        assert record_organisations(change, [{**bare, "kind": "buyer"}]) == ["accepted"]
        fresh = {"kind": "ngo", "external_id": "N1"}
        assert record_organisations(change, [fresh, {**fresh, "name": "Watch"}]) == ["accepted", "accepted"]
        assert record_organisations(change, [{**fresh, "name": "Watch"}]) == ["already_present"]
        assert counts(change).organisations == 3


def test_an_organisation_of_an_unknown_kind_is_a_programming_error(state: State) -> None:
    with pytest.raises(ValueError, match="martian"), state.change() as change:
        record_organisations(change, [{"kind": "martian", "external_id": "M"}])
