"""The tables about buying: buyers, relations, orders and actions, as the canonical folder wants them."""

import numpy as np
import pandas as pd

from data.demo.actions import Actions, Relations
from data.demo.kinds import KINDS, PLACES
from data.demo.names import BUYERS
from data.demo.plan import Days, Flags, Floats, Ints, Plan
from data.demo.workforce import Factories

NEVER = np.iinfo(np.int64).min
"""A day that never comes; an empty date in a table."""
PRICES = np.array([4.2, 13.5])
"""About what a piece of knitwear and a pair of shoes cost a buyer, in US dollars."""


def buyer_id(buyer: int) -> str:
    """The identifier of a buyer by its place in the list."""
    return f"B{buyer + 1:02d}"


BUYER_IDS = np.array([buyer_id(place) for place in range(len(BUYERS))], dtype=object)


def dates(plan: Plan, days: Ints) -> Days:
    """The dates of days counted from the first day, empty for NEVER."""
    known = plan.dates(np.where(days == NEVER, 0, days))
    return np.where(days == NEVER, np.datetime64("NaT", "D"), known)


def buyer_table() -> pd.DataFrame:
    """`buyers.csv`."""
    names, homes = zip(*BUYERS, strict=True)
    return pd.DataFrame({"buyer_id": BUYER_IDS, "name": names, "home_country": homes})


def relation_table(plan: Plan, factories: Factories, relations: Relations) -> pd.DataFrame:
    """`relations.csv`."""
    factory, slot = np.nonzero(relations.held)
    until = relations.until[factory, slot]
    return pd.DataFrame(
        {
            "buyer_id": BUYER_IDS[relations.buyer[factory, slot]],
            "factory_id": np.array(factories.ids, dtype=object)[factory],
            "share_of_capacity": relations.share[factory, slot],
            "since": dates(plan, relations.since[factory, slot]),
            "until": dates(plan, np.where(until > plan.days, NEVER, until)),
        }
    )


def when(condition: Flags, days: Ints) -> Ints:
    """The days where the condition holds, otherwise NEVER."""
    return np.where(condition, days, NEVER)


def plain_orders(plan: Plan, relations: Relations) -> dict[str, Ints]:
    """Orders without incident: about one in five weeks from every buyer of a factory."""
    rng = plan.stream("orders")
    often = np.where(relations.held, rng.poisson(plan.days / 36, relations.held.shape), 0)
    factory, slot = (np.repeat(column.ravel(), often.ravel()) for column in np.indices(often.shape))
    placed = rng.integers(-90, plan.days, factory.size)
    keep = placed < relations.until[factory, slot]
    factory, slot, placed = factory[keep], slot[keep], placed[keep]
    due = placed + rng.integers(70, 121, placed.size)
    shipped = due - rng.integers(0, 7, due.size)
    owed = shipped + 60
    nothing = np.full(placed.size, NEVER)
    return {
        "factory": factory, "buyer": relations.buyer[factory, slot], "placed": placed, "due": due,
        "original": nothing, "shipped": shipped, "owed": owed, "paid": owed - rng.integers(-2, 6, due.size),
        "cancelled": nothing,
    }  # fmt: skip


def orders_behind(plan: Plan, actions: Actions) -> dict[str, Ints]:
    """One order for every action that comes from an order, with dates that tell the same story."""
    behind = np.array([kind.from_order for kind in KINDS])[actions.kind]
    kind, day = actions.kind[behind], actions.day[behind]
    size = np.nan_to_num(actions.magnitude[behind], nan=10.0).astype(np.int64)
    is_ = {slug: kind == place for slug, place in PLACES.items()}
    placed = day + np.array([k.placed for k in KINDS])[kind]
    due = day + np.array([k.due for k in KINDS])[kind]
    due = np.where(is_["rush_order"], placed + (90 * (100 - size)) // 100, due)
    moved = is_["shipment_postponed"] | is_["more_time_given"]
    original = when(moved, due)
    due = np.where(moved, due + size, due)
    cancelled = when(is_["order_cancelled_before_production"], day)
    shipped = due - plan.stream("shipped").integers(0, 5, due.size)
    owed = np.where(is_["payment_late"], day, np.where(is_["payment_early"], day + size, shipped + 60))
    paid = np.where(is_["payment_late"], day + size, np.where(is_["payment_early"], day, owed))
    gone = cancelled != NEVER
    return {
        "factory": actions.factory[behind], "buyer": actions.buyer[behind], "placed": placed, "due": due,
        "original": original, "shipped": when(~gone, shipped), "owed": when(~gone, owed),
        "paid": when(~gone, paid), "cancelled": cancelled,
    }  # fmt: skip


def worth(plan: Plan, factories: Factories, factory: Ints) -> tuple[Ints, Floats]:
    """Pieces and unit price of orders at these factories."""
    rng = plan.stream("worth")
    pieces = factories.heads[factory] * np.exp(rng.normal(np.log(14), 0.5, factory.size))
    price = PRICES[factories.sector[factory]] * np.exp(rng.normal(0, 0.2, factory.size))
    return (np.round(pieces / 50).astype(np.int64) + 1) * 50, price.round(2)


def order_table(plan: Plan, factories: Factories, relations: Relations, actions: Actions) -> pd.DataFrame:
    """`orders.csv`: the orders behind actions first, in the order of the actions, then all others."""
    behind, plain = orders_behind(plan, actions), plain_orders(plan, relations)
    all_ = {name: np.concatenate([behind[name], plain[name]]) for name in behind}
    pieces, price = worth(plan, factories, all_["factory"])
    over = {name: when(all_[name] < plan.days, all_[name]) for name in ("shipped", "paid")}
    status = np.select(
        [all_["cancelled"] != NEVER, over["paid"] != NEVER, over["shipped"] != NEVER],
        ["cancelled", "paid", "shipped"],
        "open",
    )
    return pd.DataFrame(
        {
            "order_id": [f"PO{place + 1:05d}" for place in range(pieces.size)],
            "buyer_id": BUYER_IDS[all_["buyer"]],
            "factory_id": np.array(factories.ids, dtype=object)[all_["factory"]],
            "placed_date": dates(plan, all_["placed"]),
            "due_date": dates(plan, all_["due"]),
            "quantity": pieces,
            "value_usd": (pieces * price).round(2),
            "status": status.astype(object),
            "unit_price": price,
            "original_due_date": dates(plan, all_["original"]),
            "shipped_date": dates(plan, over["shipped"]),
            "invoice_due_date": dates(plan, when(over["shipped"] != NEVER, all_["owed"])),
            "paid_date": dates(plan, over["paid"]),
            "cancelled_date": dates(plan, all_["cancelled"]),
        }
    )


def ends(plan: Plan, actions: Actions) -> Ints:
    """The last day of what lasts: a rush, a price, a commitment, a late payment once it is paid."""
    lasts = np.array([kind.lasts for kind in KINDS])[actions.kind]
    late = actions.kind == PLACES["payment_late"]
    owed = np.nan_to_num(actions.magnitude, nan=10.0).astype(np.int64)
    commitment = (actions.kind == PLACES["stable_commitment"]) & ~np.isnan(actions.magnitude)
    lasts = np.where(late, owed, np.where(commitment, 30 * owed, lasts))
    end = when(lasts > 0, actions.day + lasts)
    return when(~late | (end < plan.days), end)


def action_table(plan: Plan, factories: Factories, actions: Actions) -> pd.DataFrame:
    """`buyer_actions.csv`."""
    rng = plan.stream("announcements")
    kinds = [KINDS[place] for place in actions.kind]
    behind = np.array([kind.from_order for kind in kinds], dtype=bool)
    told = np.array([kind.announced for kind in kinds], dtype=bool) & (rng.random(behind.size) < 0.6)
    order = np.where(behind, np.cumsum(behind), 0)
    return pd.DataFrame(
        {
            "action_id": [f"A{place + 1:05d}" for place in range(behind.size)],
            "buyer_id": BUYER_IDS[actions.buyer],
            "factory_id": np.array(factories.ids, dtype=object)[actions.factory],
            "order_id": [f"PO{number:05d}" if number else "" for number in order],
            "kind": [kind.slug for kind in kinds],
            "date": dates(plan, actions.day),
            "magnitude": pd.array(actions.magnitude).astype("Int64"),
            "unit": [kind.unit for kind in kinds],
            "announced_date": dates(plan, when(told, actions.day - rng.integers(3, 22, behind.size))),
            "end_date": dates(plan, ends(plan, actions)),
            "note": actions.note,
        }
    )
