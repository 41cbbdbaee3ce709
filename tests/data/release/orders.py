"""Small orders, their versions and entered actions: what tests of derived actions share."""

from datetime import UTC, date, datetime
from typing import Any

Row = dict[str, Any]
THROUGH = date(2026, 6, 30)
PLAIN: Row = {
    "source": "", "order_id": "P1", "buyer_id": "B1", "buyer_name": "Alpha", "factory_id": "F1",
    "placed_date": date(2026, 1, 1), "due_date": date(2026, 4, 1), "quantity": 1000.0, "value_usd": 500.0,
    "status": "open", "unit_price": None, "original_due_date": None, "shipped_date": None, "invoice_due_date": None,
    "paid_date": None, "cancelled_date": None,
}  # fmt: skip
MOMENT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def order(**more: Any) -> Row:
    return PLAIN | {name: date.fromisoformat(v) if name.endswith("_date") and v else v for name, v in more.items()}


def version(before: Row, on: datetime = MOMENT, **more: Any) -> Row:
    """How the order stood until that moment."""
    named = {name: date.fromisoformat(v) if name.endswith("_date") and v else v for name, v in more.items()}
    return {**before, **named, "replaced_at": on}


def entered(kind: str, day: str, **more: Any) -> Row:
    base = {"action_id": "A1", "source": "", "buyer_id": "B1", "factory_id": "F1", "order_id": None, "kind": kind}
    return base | {"date": date.fromisoformat(day)} | more
