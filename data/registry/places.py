"""How much address, point and head count say for or against one factory, in log-odds fitted to the two lists.

Nobody tells us how faithful a list's addresses or points are. So each kind of evidence is sorted into a few steps,
and a step weighs how much commoner it is among pairs that are surely one factory (both names are alike in everything
and unique in their list) than among pairs drawn at random. With few sure pairs, expectations stand in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, log

import numpy as np
from rapidfuzz.distance import OSA

from data.registry.addresses import Address
from data.registry.likeness import Rarity
from data.registry.lists import Listed

DRAWN = 20_000
"""So many pairs are drawn at random to see how often a step comes about by chance."""
BELIEF = 30.0
"""As many sure pairs the expectations count for."""
STRONGEST, WEAKEST = 5.0, -4.5
"""No single evidence says more than this."""

ADDRESS = {"same": 0.40, "same town": 0.17, "much": 0.22, "some": 0.12, "little": 0.06, "other": 0.03}
POINT = {"within 300 m": 0.60, "within 2 km": 0.17, "within 10 km": 0.12, "within 40 km": 0.08, "farther": 0.03}
HEADS = {"nearly equal": 0.55, "alike": 0.33, "different": 0.12}
SECTOR = {"equal": 0.85, "other": 0.15}
"""Each step, and how often we expect it of two entries for one factory."""


@dataclass(frozen=True)
class Evidence:
    """One kind of evidence: the step that a pair has, and what each step weighs."""

    step: Callable[[int, int], str | None]
    weights: Mapping[str, float]

    def odds(self, arriving: int, known: int) -> float:
        """The log-odds of a pair; nothing where either has nothing to compare."""
        step = self.step(arriving, known)
        return 0.0 if step is None else self.weights[step]


@dataclass(frozen=True)
class Places:
    """All that is compared besides names."""

    address: Evidence
    point: Evidence
    heads: Evidence
    sector: Evidence

    def odds(self, arriving: int, known: int) -> float:
        """The log-odds of all of it for a pair.

        Address and point are two tellings of one place, often made from each other, so the weaker counts half.
        """
        place = sorted((self.address.odds(arriving, known), self.point.odds(arriving, known)), key=abs)
        return place[1] + place[0] / 2 + self.heads.odds(arriving, known) + self.sector.odds(arriving, known)


def fitted_places(known: Listed, arriving: Listed, sure: Sequence[tuple[int, int]]) -> Places:
    """What each kind of evidence weighs between these two lists; `sure` are pairs of one factory."""
    rarity = address_rarity((known, arriving))
    steps: dict[str, tuple[Callable[[int, int], str | None], Mapping[str, float]]] = {
        "address": (lambda a, k: address_step(arriving.addresses[a], known.addresses[k], rarity), ADDRESS),
        "point": (lambda a, k: point_step(kilometres(arriving, a, known, k)), POINT),
        "heads": (lambda a, k: heads_step(arriving.headcount[a], known.headcount[k]), HEADS),
        "sector": (lambda a, k: sector_step(arriving.sectors[a], known.sectors[k]), SECTOR),
    }
    draw = np.random.default_rng(len(known) * 7919 + len(arriving))
    chance = list(
        zip(
            draw.integers(0, max(len(arriving), 1), DRAWN).tolist(),
            draw.integers(0, max(len(known), 1), DRAWN).tolist(),
            strict=True,
        )
        if len(known) and len(arriving)
        else ()
    )
    return Places(**{name: evidence(step, expected, sure, chance) for name, (step, expected) in steps.items()})


def evidence(
    step: Callable[[int, int], str | None],
    expected: Mapping[str, float],
    sure: Iterable[tuple[int, int]],
    chance: Iterable[tuple[int, int]],
) -> Evidence:
    """The evidence with a weight for each step: how much commoner it is among the sure than by chance."""
    one = Counter(found for pair in sure if (found := step(*pair)) is not None)
    other = Counter(found for pair in chance if (found := step(*pair)) is not None)
    one_rows, other_rows = sum(one.values()), sum(other.values())
    weights = {}
    for name, share in expected.items():
        among_sure = (one[name] + BELIEF * share) / (one_rows + BELIEF)
        by_chance = (other[name] + 1) / (other_rows + len(expected))
        weights[name] = min(max(log(among_sure / by_chance), WEAKEST), STRONGEST)
    return Evidence(step, weights)


def address_rarity(lists: Iterable[Listed]) -> Rarity:
    """How rare the words are in the addresses of both lists together."""
    found = [address for rows in lists for address in rows.addresses if address]
    return Rarity(Counter(word for address in found for word in address.words), len(found))


def address_step(arriving: Address, known: Address, rarity: Rarity) -> str | None:
    """How alike two addresses are; None where either has no words. The shorter decides: addresses get abbreviated."""
    if not (arriving.words and known.words):
        return None
    shared = matched_words(arriving.words, known.words)
    weight = sum(rarity.of(word) for word in shared)
    least = min(sum(map(rarity.of, arriving.words)), sum(map(rarity.of, known.words)))
    part = weight / least if least > 0 else 0.0
    other_number = bool(arriving.numbers and known.numbers and arriving.numbers.isdisjoint(known.numbers))
    if part >= 0.8:
        if weight < 5 and not (arriving.numbers & known.numbers):
            return "same town"
        return "much" if other_number else "same"
    if part >= 0.55:
        return "some" if other_number else "much"
    if part >= 0.3:
        return "some"
    return "little" if part >= 0.12 else "other"


def matched_words(first: frozenset[str], second: frozenset[str]) -> set[str]:
    """The words of the first that the second has too, perhaps with a letter changed."""
    shared = set(first & second)
    left = second - shared
    for word in first - shared:
        if len(word) >= 5 and any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in left):
            shared.add(word)
    return shared


def kilometres(first: Listed, one: int, second: Listed, other: int) -> float:
    """The distance between two rows' points; NaN where either has none."""
    north = np.radians(second.latitude[other] - first.latitude[one])
    east = np.radians(second.longitude[other] - first.longitude[one])
    middle = np.radians((second.latitude[other] + first.latitude[one]) / 2)
    return float(6371 * np.hypot(north, east * np.cos(middle)))


def point_step(distance: float) -> str | None:
    """How near two points are."""
    if isnan(distance):
        return None
    for limit, name in zip((0.3, 2.0, 10.0, 40.0), POINT, strict=False):
        if distance <= limit:
            return name
    return "farther"


def heads_step(arriving: float, known: float) -> str | None:
    """How alike two head counts are."""
    if isnan(arriving) or isnan(known) or min(arriving, known) <= 0:
        return None
    ratio = max(arriving, known) / min(arriving, known)
    return "nearly equal" if ratio <= 1.25 else "alike" if ratio <= 2 else "different"


def sector_step(arriving: str | None, known: str | None) -> str | None:
    """Whether two sectors are equal."""
    return None if arriving is None or known is None else "equal" if arriving == known else "other"
