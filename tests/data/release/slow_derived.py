"""The rules for actions that follow from orders, once more: an order at a time, in plain Python, from their words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, timedelta
from itertools import pairwise
from math import floor
from statistics import median
from typing import Any

import numpy as np

from data.codebook.kinds import kind_of

Row = Mapping[str, Any]
Found = tuple[str, str, str, date, float | None, date | None]
"""Source, order, kind, date, magnitude and end date."""


def percent(share: float) -> float:
    """A share in whole percent."""
    return float(floor(100 * share + 0.5))


def states(order: Row, versions: list[Row]) -> list[Row]:
    """The order's versions in the order they stood, and the order as it stands."""
    mine = [v for v in versions if (v["source"], v["order_id"]) == (order["source"], order["order_id"])]
    return [*mine, order]


def replaced_on(version: Row) -> date:
    return version["replaced_at"].astimezone(UTC).date()


def word(order: Row) -> str:
    return (order["status"] or "").strip().casefold()


def agreed_due(order: Row, stood: list[Row]) -> date | None:
    told = [s["due_date"] for s in stood if s["due_date"]]
    return order["original_due_date"] or (told[0] if told else None)


def postponed(order: Row, stood: list[Row]) -> Iterable[tuple[str, date, float | None, date | None]]:
    due = order["due_date"]
    if not due:
        return
    earlier = [s["due_date"] for s in stood[:-1] if s["due_date"] and s["due_date"] < due]
    if order["original_due_date"] and order["original_due_date"] < due:
        base = order["original_due_date"]
    elif earlier:
        base = earlier[0]
    else:
        return
    day = base
    dated = [s for s in stood if s["due_date"]]
    for one, following in pairwise(dated):
        if one["due_date"] <= base < following["due_date"]:
            day = replaced_on(one)
            break
    yield "shipment_postponed", day, float((due - base).days), None


def months_of(day: date) -> int:
    return day.year * 12 + day.month


def share_of_month(order: Row, orders: list[Row]) -> float | None:
    if order["placed_date"] is None or order["value_usd"] is None:
        return None
    here = [o for o in orders if o["factory_id"] == order["factory_id"] and o["placed_date"]]
    last = months_of(order["placed_date"])
    window = [o for o in here if 0 <= last - months_of(o["placed_date"]) < 12]
    if any(o["value_usd"] is None for o in window):
        return None
    total = sum(o["value_usd"] for o in window)
    months = min(12, last - min(months_of(o["placed_date"]) for o in here) + 1)
    return percent(order["value_usd"] / (total / months)) if total > 0 else None


def cancelled(order: Row, orders: list[Row], through: date) -> Iterable[tuple[str, date, float | None, date | None]]:
    day, placed, due = order["cancelled_date"], order["placed_date"], order["due_date"]
    if day is None or day > through:
        return
    shipped = order["shipped_date"] is not None and order["shipped_date"] <= through
    far = placed is not None and due is not None and due >= placed and (day - placed) * 3 >= (due - placed) * 2
    kind = "order_cancelled_in_production" if shipped or far else "order_cancelled_before_production"
    yield kind, day, share_of_month(order, orders), None


def lead_time(order: Row, stood: list[Row]) -> int:
    due = agreed_due(order, stood)
    return (due - order["placed_date"]).days if due and order["placed_date"] else 0


def rushed(order: Row, leads: list[tuple[Row, int]]) -> Iterable[tuple[str, date, float | None, date | None]]:
    mine = next(lead for one, lead in leads if one is order)
    if mine <= 0:
        return
    day = order["placed_date"]
    before = [
        (one, lead)
        for one, lead in leads
        if lead > 0 and one["factory_id"] == order["factory_id"]
        and day - timedelta(days=365) <= one["placed_date"] < day
    ]  # fmt: skip
    own = [lead for one, lead in before if one["buyer_id"] == order["buyer_id"]]
    every = [lead for _, lead in before]
    compared = own if len(own) >= 5 else every if len(every) >= 10 else None
    if compared is None:
        return
    standard = median(compared)
    low, high = (float(np.quantile(compared, share)) for share in (0.25, 0.75))
    if mine * 5 <= standard * 4 and low * 100 >= standard * 95 and high * 100 <= standard * 105:
        yield "rush_order", day, percent((standard - mine) / standard), None


def paid(order: Row, through: date) -> Iterable[tuple[str, date, float | None, date | None]]:
    owed, day = order["invoice_due_date"], order["paid_date"]
    if owed is None:
        return
    if day is None and (word(order) != "shipped" or (order["cancelled_date"] or date.max) <= through):
        return
    open_until = min(day or through, through)
    if (open_until - owed).days > 3:
        over = day if day and day <= through else None
        yield "payment_late", owed + timedelta(days=1), float((open_until - owed).days), over
    if day and (owed - day).days >= 7:
        yield "payment_early", day, float((owed - day).days), None


def swung(stood: list[Row]) -> Iterable[tuple[str, date, float | None, date | None]]:
    told = set()
    for one, following in pairwise(stood):
        old, new = one["quantity"], following["quantity"]
        if not old or old < 0 or new is None or one["due_date"] is None or one["due_date"] != following["due_date"]:
            continue
        if following["cancelled_date"] or word(following) in ("cancelled", "canceled"):
            continue
        kind = "volume_raised" if new > old else "volume_cut"
        if abs(new - old) * 20 >= old and kind not in told:
            told.add(kind)
            yield kind, replaced_on(one), percent(abs(new - old) / old), None


def entered_already(order: Row, kind: str, day: date, entered: list[Row]) -> bool:
    token = kind_of(kind).token
    for action in entered:
        tokens = {kind_of(action["kind"]).token} | ({"postpone"} if action["kind"] == "more_time_given" else set())
        if token not in tokens or action["factory_id"] != order["factory_id"]:
            continue
        if action["order_id"]:
            if action["order_id"] == order["order_id"] and action["buyer_id"] in (None, order["buyer_id"]):
                return True
        elif action["buyer_id"] == order["buyer_id"] and abs((action["date"] - day).days) <= 7:
            return True
    return False


def slow_derived(orders: list[Row], versions: list[Row], through: date, entered: list[Row]) -> list[Found]:
    """What the rules find, sorted."""
    leads = [(order, lead_time(order, states(order, versions))) for order in orders]
    found: dict[tuple[str, str, str, str], Found] = {}
    for order in sorted(orders, key=lambda o: o["source"]):
        stood = states(order, versions)
        rows = [*cancelled(order, orders, through), *postponed(order, stood), *rushed(order, leads)]
        rows += [*paid(order, through), *swung(stood)]
        due, shipped = order["due_date"], order["shipped_date"]
        if due and shipped and due < shipped <= through and not [*postponed(order, stood)]:
            rows.append(("shipment_late", due, float((shipped - due).days), None))
        for kind, day, size, end in rows:
            if day <= through and not entered_already(order, kind, day, entered):
                key = (order["order_id"], order["buyer_id"], order["factory_id"], kind)
                found.setdefault(key, (order["source"], order["order_id"], kind, day, size, end))
    return sorted(found.values(), key=lambda f: f[:4])
