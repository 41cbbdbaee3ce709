"""Answers that something is wrong with, put into a demo world on request: what warnings must find.

They change who sits down and what is said, never the true level. Every kind happens at factories of its own.
"""

from dataclasses import dataclass

import numpy as np

from data.demo.answers import A_WEEK, Draws, Sittings, Values, best
from data.demo.plan import Flags, Floats, Plan
from data.demo.questions import Questions
from data.demo.workforce import Factories

DAYS = {"straightline": 56, "coached": 14, "burst": 1, "duplicates": 1, "implausible": 21, "silence": 42}
"""How long each kind lasts. Straight-lining shows in few sittings: those with ordinal questions asked both ways."""
BEFORE = 84
"""At least so many days of answers come before, so that there is something usual."""
COPIES = 12
LINED, COACHED = 0.7, 0.8
"""How many of the sittings are."""
LEAST_HEADS = {"straightline": 500}
LEAST_HEADS_ELSE = 300
"""Where fewer work, too few answer for anything to be told: of ten people in a quarter, or forty in four weeks."""


@dataclass(frozen=True)
class Anomaly:
    """One thing that goes wrong: what, at which factory (its place in the list), from which day to which."""

    kind: str
    factory: int
    first: int
    last: int


def anomalies_of(plan: Plan, factories: Factories) -> tuple[Anomaly, ...]:
    """What goes wrong in a world of a plan that asks for all kinds: each once for every 20 factories, or once.

    It goes wrong where enough people work for anything to be told; where a world has no such factory left, or is too
    short for a kind, it does not.
    """
    if plan.anomalies != "all":
        return ()
    rng, found, taken = plan.stream("anomalies"), [], {plan.coached, plan.settling}
    for kind in [*DAYS] * max(1, plan.factories // 20):
        since = np.maximum(factories.joined, 0) + BEFORE
        latest = plan.days - DAYS[kind] - 7
        fits = (since <= latest) & (factories.heads >= LEAST_HEADS.get(kind, LEAST_HEADS_ELSE))
        free = [place for place in np.flatnonzero(fits).tolist() if place not in taken]
        if free:
            place = int(rng.choice(free))
            first = int(rng.integers(since[place], latest + 1))
            found.append(Anomaly(kind, place, first, first + DAYS[kind] - 1))
            taken.add(place)
    return tuple(found)


def crowded(expected: Floats, anomalies: tuple[Anomaly, ...], factories: Factories) -> Floats:
    """The sittings to be expected (factories x days), with what goes wrong in how many there are."""
    crowd = expected.copy()
    for one in anomalies:
        days, heads = crowd[one.factory, one.first : one.last + 1], float(factories.heads[one.factory])
        if one.kind == "silence":
            days[:] = 0.0
        if one.kind == "burst":
            days += 60.0 + 10.0 * heads * A_WEEK / 7.0
        if one.kind == "duplicates":
            days += COPIES
        if one.kind == "implausible":
            days += 3.0 * heads / DAYS[one.kind]
    return crowd


def copied(anomalies: tuple[Anomaly, ...], sittings: Sittings, draws: Draws) -> tuple[Draws, dict[int, int]]:
    """The draws, some sittings of a day with the questions of another one; and of which one, by sitting."""
    twins: dict[int, int] = {}
    for one in (a for a in anomalies if a.kind == "duplicates"):
        there = np.flatnonzero((sittings.factory == one.factory) & (sittings.day == one.first))[:COPIES].tolist()
        twins |= dict.fromkeys(there[1:], there[0])
    if not twins:
        return draws, twins
    keep = ~np.isin(draws.sitting, list(twins))
    own = {first: draws.question[draws.sitting == first] for first in set(twins.values())}
    more = [np.full(own[first].size, twin, np.int32) for twin, first in twins.items()]
    sitting = np.concatenate([draws.sitting[keep], *more])
    question = np.concatenate([draws.question[keep], *(own[first] for first in twins.values())])
    order = np.argsort(sitting, kind="stable")
    return Draws(sitting[order], question[order]), twins


def hit(plan: Plan, anomalies: tuple[Anomaly, ...], kind: str, share: float, sittings: Sittings) -> Flags:
    """True for every sitting that is part of this kind: so many of those at its factory and time."""
    part = np.zeros(sittings.factory.size, bool)
    for one in (a for a in anomalies if a.kind == kind):
        part |= (sittings.factory == one.factory) & (sittings.day >= one.first) & (sittings.day <= one.last)
    chosen: Flags = part & (plan.stream(f"who is {kind}").random(part.size) < share)
    return chosen


@dataclass(frozen=True)
class Distortion:
    """What the anomalies of a world do to what is said: which sittings are coached, lined, or copies of another."""

    coached: Flags
    lined: Flags
    button: Values
    twins: dict[int, int]


def distortion_of(plan: Plan, anomalies: tuple[Anomaly, ...], sittings: Sittings, twins: dict[int, int]) -> Distortion:
    """What the anomalies do to the answers of these sittings. `button` is what each would press throughout, 1..5."""
    button = plan.stream("buttons").integers(1, 6, sittings.factory.size).astype(np.int8)
    coached = hit(plan, anomalies, "coached", COACHED, sittings)
    return Distortion(coached, hit(plan, anomalies, "straightline", LINED, sittings), button, twins)


def distorted(values: Values, book: Questions, draws: Draws, by: Distortion) -> Values:
    """The values as they are in the end."""
    ideal = np.array([best(book, question) for question in range(book.count)], np.int8)
    pressed = np.where(book.yesno[draws.question], by.button[draws.sitting] >= 3, by.button[draws.sitting])
    told = np.where(by.coached[draws.sitting], ideal[draws.question], values)
    told = np.where(by.lined[draws.sitting], pressed, told).astype(np.int8)
    for twin, first in by.twins.items():
        told[draws.sitting == twin] = told[draws.sitting == first]
    return told
