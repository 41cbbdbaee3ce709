"""What a surface tells, as plain linear statements about single answers, and what counts as recovered.

A figure says: the sum of (weight x answer) over these answers lies between `low` and `high`, in points. A mean is a
sum too, for somebody who counted who answered. A histogram says besides how many answers lie in each fifth.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tests.disclosure.attacks.worlds import Floats, Ints, Tick, World

Flags = npt.NDArray[np.bool_]

LEAST_PEOPLE = 10
HALF_STEP = 12.5
"""±0.5 of the 4 steps of a five-step scale, in points."""
EPS = 1e-6


@dataclass(frozen=True, eq=False)
class Figure:
    """One number that may be read, and the answers behind it (as positions in the world)."""

    label: str
    family: str
    """Figures of one family over different answers of one kind, such as the cells of a series."""
    tick: int
    ids: Ints
    low: float
    high: float
    weights: Floats | None = None
    fifths: tuple[int, ...] | None = None
    squares: float | None = None
    loose: float = 0.0
    """How far the told number of answers may be from the true one."""

    @property
    def coefficients(self) -> Floats:
        """The weight of each answer."""
        return np.ones(self.ids.size) if self.weights is None else self.weights

    def holds(self, world: World) -> bool:
        """True when what the figure tells agrees with what was said: a false reading proves nothing."""
        total = float(self.coefficients @ world.said[self.ids])
        return self.low - EPS <= total <= self.high + EPS


class Surface(Protocol):
    """Something that can be read at every tick. The only adapter there is."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def figures(self, moment: Tick) -> list[Figure]:
        """Everything it tells now."""
        ...


@dataclass(frozen=True)
class Recovery:
    """A small group that an attack pinned: how many people and answers, and between which means."""

    attack: str
    what: str
    people: int
    answers: int
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart the bounds of the group's mean are, in points."""
        return self.high - self.low


@dataclass(frozen=True, eq=False)
class Attacker:
    """Who attacks: what was counted, which colluders' answers are known, and what groups are too small to tell."""

    world: World
    colluders: frozenset[int] = frozenset()
    each: int = 0
    """How many colluders there are in one factory."""

    @cached_property
    def known(self) -> Flags:
        """True for every answer that a colluder gave."""
        return np.isin(self.world.seen.worker, list(self.colluders))

    @property
    def smallest(self) -> int:
        """Fewer others than this are a small group: ten people, colluders among them."""
        return LEAST_PEOPLE - self.each

    def people(self, ids: Ints) -> int:
        """How many people gave these answers."""
        return int(np.unique(self.world.seen.worker[ids]).size)

    def unknown(self, ids: Ints) -> Ints:
        """Those of these answers that no colluder gave."""
        return ids[~self.known[ids]]

    def is_small(self, ids: Ints) -> bool:
        """True when fewer than ten people, colluders among them, gave these answers."""
        return 0 < self.people(ids) < self.smallest


def pinned(attacker: Attacker, attack: str, what: str, ids: Ints, low: float, high: float) -> Recovery | None:
    """The recovery when the sum of these answers, known to lie in low..high, gives a small group away.

    Colluders' answers are taken out first. A group is given away when its mean is known to better than ±0.5 of
    the four steps of a five-step scale.
    """
    others = attacker.unknown(ids)
    if not attacker.is_small(others):
        return None
    mine = float(attacker.world.said[ids].sum() - attacker.world.said[others].sum())
    least, most = max(low - mine, 0.0) / others.size, min(high - mine, 100.0 * others.size) / others.size
    if most - least >= 2 * HALF_STEP - EPS:
        return None
    return Recovery(attack, what, attacker.people(others), others.size, least, most)


def distinct(figures: Iterable[Figure]) -> list[Figure]:
    """The figures without those that tell the same again; the earliest tick is kept."""
    found: dict[tuple[object, ...], Figure] = {}
    for figure in sorted(figures, key=lambda f: f.tick):
        weights = None if figure.weights is None else figure.weights.tobytes()
        key = (figure.label, figure.ids.tobytes(), weights, figure.low, figure.high, figure.fifths)
        found.setdefault(key, figure)
    return list(found.values())


def people_of_best_quarter(world: World, ids: Ints) -> int:
    """People as the rule of closing counts them: distinct workers of the best calendar quarter."""
    dates = np.datetime64(world.day(0)) + world.seen.day[ids]
    quarter = dates.astype("datetime64[M]").astype(np.int64) // 3
    return max(int(np.unique(world.seen.worker[ids[quarter == q]]).size) for q in np.unique(quarter))
