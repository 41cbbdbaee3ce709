"""Actions that follow from orders: cancelled, postponed, shipped late, rushed, paid late or early, volumes swung.

The rules are those of `data/codebook/buyer_actions.csv` as far as an order tells what they ask for (`docs/actions.md`
says each, and what it cannot know). They are SQL over all orders at once, in `data/sql/derived/`. Nothing is kept:
what follows from the orders known is found anew whenever actions are written.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

import pandas as pd

from data.codebook.kinds import SHIPPED_LATE, kind_of
from data.engine import Engine, in_memory
from data.state.store import Look
from data.state.trade import order_versions_frame, orders_frame

BANK_DAYS = 3
"""A transfer between banks of two countries takes up to three days; so much later is not yet paid late."""
EARLY_DAYS = 7
"""Less than a week ahead is how payment runs fall."""
LEAST_CUT = 20
"""Percent of the usual lead time: where the reference's "major" begins. Shorter cuts are ordinary ups and downs."""
OWN_ORDERS, ALL_ORDERS = 5, 10
"""From so many orders on there is a usual lead time: of the buyer at the factory, or of all buyers there."""
MOST_SPREAD = 5
"""Percent of the median, within which the middle half must lie, or no lead time is usual. Of lead times between 70 and
120 days, drawn at random, one in eight is a fifth shorter than the median, and nothing was rushed."""
LEAST_SWING = 5
"""Percent of the quantity: where the reference begins to count errors of a forecast."""
NEAR_DAYS = 7
"""An action entered without its order, this near, is taken to be the same thing."""

UNITS = {
    "order_cancelled_before_production": kind_of("order_cancelled_before_production").unit,
    "order_cancelled_in_production": kind_of("order_cancelled_in_production").unit,
    "shipment_postponed": kind_of("shipment_postponed").unit,
    SHIPPED_LATE: kind_of(SHIPPED_LATE).unit,
    "rush_order": kind_of("rush_order").unit,
    "payment_late": "days late",
    "payment_early": "days early",
    "volume_raised": kind_of("volume_raised").unit,
    "volume_cut": kind_of("volume_cut").unit,
}
"""What each kind is measured in. Of payments the reference also names the invoice's value, which no order tells."""

SAME_THING = {"more_time_given": kind_of("shipment_postponed").token}
"""Kinds that tell of an order's change in another light, with the token of what it would be taken for."""

RULES = {
    "cancelled_shipped": "Cancelled on {date}; the order is recorded as shipped on {earlier}.",
    "cancelled_advanced": "Cancelled on {date}, when two thirds or more of the time from the order ({earlier}) to its "
    "due date ({later}) had passed. When production began is not recorded.",
    "cancelled_early": "Cancelled on {date}, before two thirds of the time from the order ({earlier}) to its due date "
    "({later}) had passed. When production began is not recorded.",
    "cancelled_undated": "Cancelled on {date}. When production began is not recorded, and the order’s dates do not "
    "tell how far it was.",
    "postponed": "Due on {later}, {days} after the original due date ({earlier}). When it was moved is not recorded.",
    "moved": "The due date was moved from {earlier} to {later}, {days} later; first told on {date}.",
    "shipped_late": "Shipped on {later}, {days} after the due date ({earlier}). Whose doing it was is not recorded.",
    "rushed": "Ordered on {earlier}, due on {later}: {days}, where this buyer’s {after} orders here in the year before "
    "had a median of {before} days.",
    "rushed_here": "Ordered on {earlier}, due on {later}: {days}, well under the usual lead time at this factory in "
    "the year before.",
    "paid_late": "Paid {days} after the invoice was due ({earlier}).",
    "unpaid": "Not paid by {later}, {days} after the invoice was due ({earlier}).",
    "paid_early": "Paid {days} before the invoice was due ({earlier}).",
    "raised": "The quantity was raised from {before} to {after} with the due date kept ({earlier}); told on {date}.",
    "cut": "The quantity was cut from {before} to {after} with the due date kept ({earlier}); told on {date}.",
}
"""What is said of a finding. What other buyers ordered is never said, as the buyer reads it too."""

ORDER = (
    "source", "order_id", "buyer_id", "buyer_name", "factory_id", "placed_date", "due_date", "quantity", "value_usd",
    "status", "original_due_date", "shipped_date", "invoice_due_date", "paid_date", "cancelled_date",
)  # fmt: skip
VERSION = ("source", "order_id", "place", "due_date", "quantity", "status", "cancelled_date", "replaced_on")
ACTION = ("factory_id", "buyer_id", "order_id", "token", "date")


def derived_actions(look: Look, through: date, entered: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What follows from the orders known, up to a day, by factory and date: rows as of `actions_frame`, and `rule`.

    `entered` are the rows of `actions_frame`: what they tell is not told again. `rule` says which rule fired, with
    the order's own dates and figures. An `action_id` stays the same as long as its order and kind do.
    """
    return found_in(orders_frame(look), order_versions_frame(look), through, entered)


def found_in(
    orders: Sequence[Mapping[str, Any]],
    versions: Iterable[Mapping[str, Any]],
    through: date,
    entered: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The same of orders and their versions as `data.state.trade` gives them; their order does not matter,
    but for that of one order's versions.
    """
    if not orders:
        return []
    stood = [
        {**row, "place": place, "replaced_on": row["replaced_at"].astimezone(UTC).date()}
        for place, row in enumerate(versions)
    ]
    tokens = [{"kind": slug, "token": kind_of(slug).token} for slug in UNITS]
    with in_memory("fresh") as engine:
        offer(engine, "told_orders", orders, ORDER)
        offer(engine, "told_versions", stood, VERSION)
        offer(engine, "told_actions", with_tokens(entered), ACTION)
        offer(engine, "kind_token", tokens, ("kind", "token"))
        engine.do("derived/orders", through=through)
        for name in ("states", "dues", "found", "cancelled", "shipments"):
            engine.do(f"derived/{name}")
        engine.do(
            "derived/rushed", least_cut=LEAST_CUT, most_spread=MOST_SPREAD, own_orders=OWN_ORDERS, all_orders=ALL_ORDERS
        )
        engine.do("derived/payments", bank_days=BANK_DAYS, early_days=EARLY_DAYS)
        engine.do("derived/volumes", least_swing=LEAST_SWING)
        found = engine.rows("derived/kept", near_days=NEAR_DAYS)
    return [action_of(*row) for row in found]


def offer(engine: Engine, name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Makes rows readable as a table of text, whatever is missing in them; SQL gives each column its type."""
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype="object")
    for column in columns:
        frame[column] = frame[column].map(lambda v: v.isoformat() if isinstance(v, date) else v)
    engine.connection.register(name, frame.astype("str").where(frame.notna(), None))


def with_tokens(entered: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was entered, with the token of its kind; once more with another one where it tells of the same thing."""
    rows = [{**row, "order_id": row["order_id"] or None, "token": kind_of(row["kind"]).token} for row in entered]
    return rows + [{**row, "token": SAME_THING[row["kind"]]} for row in rows if row["kind"] in SAME_THING]


def action_of(
    source: str, order_id: str, kind: str, day: date, magnitude: float | None, end: date | None, how: str,
    earlier: date | None, later: date | None, days: int | None, before: float | None, after: float | None,
    buyer_id: str, buyer_name: str, factory_id: str,
) -> dict[str, Any]:  # fmt: skip
    """One finding as an action. Nobody knows whose doing late shipping was; everything else was the buyer's."""
    mine = source.replace("%", "%25").replace(":", "%3A")
    by_buyer = kind != SHIPPED_LATE
    said = {"date": day, "earlier": earlier, "later": later, "days": in_days(days)}
    rule = RULES[how].format(**said, before=figure(before), after=figure(after))
    return {
        "action_id": f"order:{mine}:{order_id}:{kind}", "source": "", "buyer_id": buyer_id, "buyer_name": buyer_name,
        "factory_id": factory_id, "order_id": order_id, "kind": kind, "date": day, "magnitude": magnitude,
        "unit": UNITS[kind], "announced_date": None, "end_date": end, "note": None,
        "actor_type": "buyer" if by_buyer else "unknown", "actor_id": buyer_id if by_buyer else None, "rule": rule,
    }  # fmt: skip


def in_days(days: int | None) -> str:
    """A number of days in words."""
    return "" if days is None else f"{days:,} day{'' if days == 1 else 's'}"


def figure(value: float | None) -> str:
    """A quantity or a median as people write it."""
    return "" if value is None else f"{value:,.10g}"
