"""Which rows of an arriving list are factories that are known: certain, unsure, or new, each with its reason.

The score is the chance that a pair is one factory. It comes from log-odds (Fellegi and Sunter): what the names say,
weighted by how rare their words are in these lists, what address, point and head count say, and how many others
could be meant. Rules come on top, as sister factories differ in little: see `verdict`. docs/registry.md says more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

import pandas as pd

from data.registry.candidates import candidate_pairs
from data.registry.likeness import Likeness, likeness, name_rarity
from data.registry.lists import Listed, listed
from data.registry.origin import with_countries
from data.registry.places import Places, fitted_places, kilometres
from data.registry.reasons import agreement

CERTAIN, UNSURE, NEW = "certain", "unsure", "new"
SURE = 0.93
"""The chance from which a pair counts as certain, if no rule holds it back."""
WORTH_ASKING = 0.05
"""The chance from which a person is asked."""
OVERLAP = 0.7
"""The part of an arriving list that we expect to know already, before anything is compared."""


OTHER_ID = 5.0
"""The odds against two rows that have different Open Supply Hub ids."""
NEAR, FAR = 5.0, 40.0
"""Kilometres: within NEAR two points may be one place told roughly, beyond FAR they are two places."""
NO_NAME = 3.0
"""The odds that names must give; an address alone makes no factory the same, as it may have moved in there since."""


@dataclass(frozen=True)
class Pair:
    """One comparison of an arriving row with a known one, by their places in the lists."""

    arriving: int
    known: int
    odds: float
    names: Likeness
    same_id: bool
    other_id: bool
    address: str | None
    kilometres: float
    at_one_address: bool
    """True where both addresses are the same to the house number."""

    @property
    def elsewhere(self) -> bool:
        """True where the two stand in different places, whatever they are called."""
        far = self.kilometres > FAR and self.address not in ("same", "much")
        return far or (self.address == "other" and not self.kilometres <= NEAR)


@dataclass(frozen=True)
class Linking:
    """Two lists and every comparison between them that was worth making."""

    known: pd.DataFrame
    arriving: pd.DataFrame
    arriving_rows: Listed
    pairs: dict[int, list[Pair]]
    """The comparisons of each arriving row, the likeliest first."""
    chances: dict[tuple[int, int], float]


def linked(known: pd.DataFrame, arriving: pd.DataFrame) -> pd.DataFrame:
    """A row for each arriving row: `arriving` (its label), `known` (a label, or None), `verdict`, `score`, `why`.

    Both frames have any of the columns name, address, country (alpha-2), latitude, longitude, os_id, sector and
    headcount. Of an unsure row `known` is the likeliest; `alternatives` says which others may be meant.
    """
    return verdicts(linking(known, arriving))


def linking(known: pd.DataFrame, arriving: pd.DataFrame) -> Linking:
    """The two lists, compared."""
    there, here = (listed(frame) for frame in with_countries(known, arriving))
    rarity = name_rarity(there, here)
    names = {(a, k): likeness(there.names[k], here.names[a], rarity) for a, k in candidate_pairs(there, here).tolist()}
    places = fitted_places(there, here, sure_pairs(there, here, names))
    pairs: dict[int, list[Pair]] = defaultdict(list)
    for (a, k), likeness_of_names in names.items():
        pairs[a].append(compared(there, here, a, k, likeness_of_names, places))
    found = chances([pair for row in pairs.values() for pair in row], there, here)
    for row in pairs.values():
        row.sort(key=lambda pair: (-pair.same_id, -found[pair.arriving, pair.known], -pair.odds, pair.known))
    return Linking(known, arriving, here, dict(pairs), found)


def sure_pairs(known: Listed, arriving: Listed, names: Mapping[tuple[int, int], Likeness]) -> list[tuple[int, int]]:
    """The pairs whose names are the same, and the only ones of that name in their lists."""
    there = Counter(name.key for name in known.names)
    here = Counter(name.key for name in arriving.names)
    return [
        (a, k)
        for (a, k), said in names.items()
        if said.complete
        and not said.written_otherwise
        and there[known.names[k].key] == 1
        and here[arriving.names[a].key] == 1
    ]


def compared(known: Listed, arriving: Listed, a: int, k: int, names: Likeness, places: Places) -> Pair:
    """One pair with everything that is said for and against it."""
    ids = (arriving.os_ids[a], known.os_ids[k])
    other_id = None not in ids and ids[0] != ids[1]
    addresses = (arriving.addresses[a], known.addresses[k])
    return Pair(
        arriving=a,
        known=k,
        odds=names.odds + places.odds(a, k) - (OTHER_ID if other_id else 0.0),
        names=names,
        same_id=None not in ids and not other_id,
        other_id=other_id,
        address=places.address.step(a, k),
        kilometres=kilometres(arriving, a, known, k),
        at_one_address=addresses[0] == addresses[1] and bool(addresses[0].words and addresses[0].numbers),
    )


def chances(pairs: Iterable[Pair], known: Listed, arriving: Listed) -> dict[tuple[int, int], float]:
    """The chance of each pair to be one factory, given every other that its two rows could belong to."""
    prior = log(OVERLAP / (1 - OVERLAP) / max(len(known), 1))
    weights = {(pair.arriving, pair.known): exp(min(pair.odds + prior, 60.0)) for pair in pairs}
    row: dict[int, float] = defaultdict(float)
    column: dict[int, float] = defaultdict(float)
    named: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (a, k), weight in weights.items():
        row[a] += weight
        column[k] += weight
        named[k, arriving.names[a].key].append(a)
    found = {}
    for (a, k), weight in weights.items():
        again = sum(weights[at, k] for at in named[k, arriving.names[a].key] if at != a and twice(arriving, a, at))
        found[a, k] = weight / (1 + row[a] + max(column[k] - weight - again, 0.0))
    return found


def twice(rows: Listed, one: int, other: int) -> bool:
    """True where two rows of a list are the same entry twice, so that both may be the same factory."""
    addresses = (rows.addresses[one], rows.addresses[other])
    apart = kilometres(rows, one, rows, other)
    return (
        rows.names[one].key == rows.names[other].key
        and (addresses[0] == addresses[1] or not all(addresses))
        and not apart > NEAR
        and (rows.os_ids[one] == rows.os_ids[other] or None in (rows.os_ids[one], rows.os_ids[other]))
    )


def verdicts(found: Linking) -> pd.DataFrame:
    """The verdict of each arriving row, in the list's order."""
    taken = {pairs[0].known for pairs in found.pairs.values() if pairs and not objection(found, pairs)}
    rows = [verdict(found, at, taken) for at in range(len(found.arriving))]
    answer = pd.DataFrame(rows, columns=["known", "verdict", "score", "why"])
    labels = [None if at is None else found.known.index[at] for at, *_ in rows]
    answer["known"] = pd.Series(labels, dtype="object", index=answer.index)
    answer.insert(0, "arriving", found.arriving.index)
    return answer


def verdict(found: Linking, at: int, taken: set[int]) -> tuple[int | None, str, float, str]:
    """The known row, the verdict, the score and the reason for one arriving row."""
    pairs = found.pairs.get(at, [])
    if not pairs:
        return None, NEW, 0.0, "No known factory has a name, an address or an id like this."
    best = pairs[0]
    chance = 1.0 if best.same_id else found.chances[at, best.known]
    held = objection(found, pairs)
    if not held:
        return best.known, CERTAIN, chance, agreement(best)
    if chance >= WORTH_ASKING or best.same_id:
        return best.known, UNSURE, chance, f"{agreement(best)} {held}"
    moved = [pair for pair in pairs if pair.at_one_address and pair.known not in taken and pair.names.numbers_agree]
    if len(moved) == 1:
        return moved[0].known, UNSURE, chance, f"{agreement(moved[0])} It may have been given another name."
    return None, NEW, chance, f"The nearest known factory is another one. {agreement(best)}"


def objection(found: Linking, pairs: list[Pair]) -> str:
    """What keeps the likeliest pair of a row from being certain; empty where nothing does."""
    best = pairs[0]
    chance = found.chances[best.arriving, best.known]
    if best.same_id:
        again = sum(pair.same_id for pair in pairs) > 1
        return "Several known factories have this id." if again else ""
    if best.other_id:
        return "Two ids mean two factories, unless one of them was given twice."
    if best.names.contradicts:
        return "Sister factories differ like that."
    if not best.names.complete:
        return "A word more may mean another factory of the same group."
    if best.elsewhere:
        return "A factory of this name may stand elsewhere too."
    if best.names.odds < NO_NAME:
        return "Such a name says too little."
    rivals = [pair for pair in pairs[1:] if found.chances[pair.arriving, pair.known] > chance / 50]
    if chance < SURE and rivals:
        return "Another known factory is nearly as likely."
    if chance < SURE:
        return "That is not enough to be certain."
    return ""
