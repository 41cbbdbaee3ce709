"""Who buys where, and what buyers did: the relations and the actions, before they become tables."""

from dataclasses import dataclass

import numpy as np

from data.demo.kinds import KINDS, PLACES
from data.demo.names import BUYERS
from data.demo.plan import Flags, Floats, Ints, Plan

SLOTS = 4
"""At most so many buyers at one factory."""
SCHEDULE = (
    (338, "stable_commitment", 9, 1, "Volume by month agreed in writing until autumn."),
    (287, "rush_order", 34, 2, "Repeat of a style that sold out."),
    (231, "payment_late", 38, 0, "Two invoices open past their due date."),
    (152, "order_cancelled_before_production", 21, 0, "Season plan changed; yarn was already bought."),
    (118, "shipment_postponed", 16, 1, "Warehouse full; goods stay at the factory."),
    (83, "payment_early", 24, 3, "Paid at shipment, asked for by the factory."),
    (49, "rush_order", 48, 0, "Needed for a promotion; no surcharge agreed."),
    (20, "spec_changed", 3, 2, "Colour and trim changed after cutting had begun."),
)
"""The showcase factory's last year: days before the end, kind, magnitude, buyer's slot, note."""


@dataclass(frozen=True)
class Relations:
    """Factories x slots: which buyer it is, its share of capacity, since when and until when it buys.

    Days count from the first day; `until` lies beyond the last day where buying goes on. `held` is False for
    slots that stay empty.
    """

    buyer: Ints
    share: Floats
    since: Ints
    until: Ints
    held: Flags


@dataclass(frozen=True)
class Actions:
    """What buyers did, in date order. `kind` is a place in KINDS; an unknown magnitude is NaN, severity 1."""

    factory: Ints
    buyer: Ints
    kind: Ints
    day: Ints
    magnitude: Floats
    severity: Floats
    note: tuple[str, ...]


def relations_of(plan: Plan) -> Relations:
    """Two to four buyers at every factory, the biggest first."""
    rng, count = plan.stream("relations"), plan.factories
    popular = np.linspace(1.0, 0.45, len(BUYERS))
    buyer = np.argsort(rng.exponential(size=(count, len(BUYERS))) / popular, axis=1)[:, :SLOTS]
    held = np.arange(SLOTS) < rng.integers(2, SLOTS + 1, count)[:, None]
    buyer[0], held[0] = np.arange(SLOTS), True
    weight = np.sort(rng.uniform(0.2, 1.0, (count, SLOTS)), axis=1)[:, ::-1] * held
    share = weight / weight.sum(axis=1, keepdims=True) * rng.uniform(0.7, 0.97, (count, 1))
    since = -rng.integers(200, 2900, (count, SLOTS))
    until = np.full((count, SLOTS), 2 * plan.days + 366)
    ends = held[:, 2] & (rng.random(count) < 0.15)
    ends[0] = False
    last_slot = held.sum(axis=1) - 1
    until[ends, last_slot[ends]] = (plan.days * rng.uniform(0.4, 0.95, count)).astype(np.int64)[ends]
    return Relations(buyer=buyer, share=share.round(2), since=since, until=until, held=held)


def severity_of(kind: Ints, magnitude: Floats) -> Floats:
    """|magnitude| over the median of its kind, within 0.25 and 4; 1 where the magnitude is unknown."""
    severity = np.ones(kind.size)
    for place in np.unique(kind):
        known = (kind == place) & ~np.isnan(magnitude)
        if known.any():
            severity[known] = np.abs(magnitude[known]) / np.median(np.abs(magnitude[known]))
    return np.clip(severity, 0.25, 4.0)


def occurring(plan: Plan) -> Flags:
    """True for every kind, by its place in KINDS, that occurs in the world of a plan. Raises ValueError."""
    chosen = PLACES if plan.kinds is None else plan.kinds
    unknown = [slug for slug in chosen if slug not in PLACES]
    if unknown:
        raise ValueError(f"No kind of action in the demo world is called {unknown[0]!r}.")
    return np.isin(np.arange(len(KINDS)), [PLACES[slug] for slug in chosen])


def happened_by_chance(plan: Plan) -> tuple[Ints, Ints, Ints]:
    """Factory, kind and day of every action but the scheduled ones; timing follows from nothing else."""
    rng = plan.stream("actions")
    rate = np.array([kind.rate for kind in KINDS]) * plan.days / 365.25
    often = rng.poisson(rate * rng.gamma(12, 1 / 12, (plan.factories, 1)))
    factory, kind = (np.repeat(column.ravel(), often.ravel()) for column in np.indices(often.shape))
    day = rng.integers(0, plan.days, factory.size)
    free = ((factory != 0) | (day < plan.days - 365)) & occurring(plan)[kind]
    return factory[free], kind[free], day[free]


def chosen_slots(plan: Plan, relations: Relations, factory: Ints, day: Ints) -> Ints:
    """The slot of the buyer behind each action: bigger buyers more often, none after it stopped buying."""
    chance = plan.stream("slots").random(factory.size)
    held = relations.held[factory].sum(axis=1)
    slot = np.minimum((held * chance**1.4).astype(np.int64), held - 1)
    return np.where(relations.until[factory, slot] > day, slot, 0)


def note(kind: int, which: float) -> str:
    """One of the notes of that kind, `which` (0..1) of them."""
    notes = KINDS[kind].notes
    return notes[int(which * len(notes))]


def actions_of(plan: Plan, relations: Relations) -> Actions:
    """Everything that buyers did, the showcase factory's schedule included."""
    factory, kind, day = happened_by_chance(plan)
    slot = chosen_slots(plan, relations, factory, day)
    rng = plan.stream("magnitudes")
    size, low, high = (np.array([getattr(k, name) for k in KINDS])[kind] for name in ("size", "low", "high"))
    magnitude = np.clip(np.round(size * np.exp(rng.normal(0, 0.42, kind.size))), low, high)
    magnitude[rng.random(kind.size) < 0.03] = np.nan
    said, which = rng.random(kind.size) < 0.4, rng.random(kind.size)
    notes = [note(k, w) if s else "" for k, s, w in zip(kind, said, which, strict=True)]
    occurs = occurring(plan)
    fixed = [line for line in SCHEDULE if line[0] <= plan.days and occurs[PLACES[line[1]]]]
    factory = np.concatenate([factory, np.zeros(len(fixed), np.int64)])
    kind = np.concatenate([kind, np.array([PLACES[line[1]] for line in fixed], np.int64)])
    day = np.concatenate([day, np.array([plan.days - line[0] for line in fixed], np.int64)])
    slot = np.concatenate([slot, np.array([line[3] for line in fixed], np.int64)])
    magnitude = np.concatenate([magnitude, np.array([float(line[2]) for line in fixed])])
    notes += [line[4] for line in fixed]
    order = np.lexsort((kind, factory, day))
    return Actions(
        factory=factory[order], buyer=relations.buyer[factory, slot][order], kind=kind[order], day=day[order],
        magnitude=magnitude[order], severity=severity_of(kind, magnitude)[order],
        note=tuple(notes[place] for place in order),
    )  # fmt: skip
