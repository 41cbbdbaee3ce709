"""What follows from the demo world's orders never tells again what its actions tell."""

from datetime import date
from typing import Any

from data.codebook.kinds import kind_of
from data.release.derived_actions import SAME_THING, found_in
from tests.data.demo.conftest import Made


def rows(made: Made, name: str, **more: object) -> list[dict[str, Any]]:
    """The rows of a table, typed as the state store gives them."""
    days = ("date", "since", "until")

    def typed(column: str, value: str) -> Any:
        if value == "":
            return None
        if column.endswith("date") or column in days:
            return date.fromisoformat(value)
        return float(value) if column in ("quantity", "value_usd", "unit_price", "magnitude") else value

    records = made.table(name).to_dict("records")
    return [{str(k): typed(str(k), v) for k, v in row.items()} | more for row in records]


def test_what_is_entered_is_not_derived_again(small_world: Made) -> None:
    orders = [row | {"buyer_name": row["buyer_id"]} for row in rows(small_world, "orders", source="")]
    entered = rows(small_world, "buyer_actions", source="")
    through = small_world.plan.last_day
    found = found_in(orders, [], through, entered)
    told = {(row["order_id"], kind_of(row["kind"]).token) for row in entered if row["order_id"]}
    told |= {(row["order_id"], SAME_THING[row["kind"]]) for row in entered if row["kind"] in SAME_THING}
    assert not [a for a in found if (a["order_id"], kind_of(a["kind"]).token) in told]
    alone = {(a["order_id"], kind_of(a["kind"]).token) for a in found_in(orders, [], through, [])}
    assert len(alone & told) >= 10, "the orders do tell what was entered, so that leaving it out is seen"
