"""The attacks that need no linear program. Each takes what was told and gives back the small groups it pinned."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from tests.disclosure.attacks.figures import EPS, HALF_STEP, Attacker, Figure, Recovery, pinned
from tests.disclosure.attacks.worlds import BOOK, Ints

Ask = Callable[[], list[Figure]]


def direct(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Figures over fewer than ten people."""
    few = [figure for figure in figures if attacker.people(figure.ids) < 10]
    return [
        Recovery("direct", f.label, attacker.people(f.ids), f.ids.size, f.low / f.ids.size, f.high / f.ids.size)
        for f in few
    ]


def nested_pairs(figures: list[Figure]) -> Iterable[tuple[Figure, Figure]]:
    """Every pair of plain sums (the larger first) of which one lies wholly inside the other."""
    plain = [figure for figure in figures if figure.weights is None and figure.ids.size]
    if not plain:
        return
    rows = np.repeat(np.arange(len(plain)), [figure.ids.size for figure in plain])
    ids = np.concatenate([figure.ids for figure in plain])
    inside = csr_array((np.ones(ids.size), (rows, ids)))
    shared = (inside @ inside.T).tocoo()
    sizes = np.array([figure.ids.size for figure in plain])
    nested = (shared.data == sizes[shared.col]) & (sizes[shared.row] > sizes[shared.col])
    for large, small in zip(shared.row[nested], shared.col[nested], strict=True):
        yield plain[large], plain[small]


def subtracted(attacker: Attacker, name: str, pairs: Iterable[tuple[Figure, Figure]]) -> list[Recovery]:
    """What is left of the larger figure without the smaller one, where it gives a small group away."""
    found = {}
    for large, small in pairs:
        rest = np.setdiff1d(large.ids, small.ids, assume_unique=True)
        hit = pinned(attacker, name, f"{large.label}, less {small.label}", rest, *apart(large, small))
        if hit is not None:
            found[rest.tobytes()] = hit
    return list(found.values())


def apart(large: Figure, small: Figure) -> tuple[float, float]:
    """The bounds of the larger sum less the smaller one."""
    return large.low - small.high, large.high - small.low


def subtraction(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Two figures of one tick, one inside the other: nested filters, complements, all but one."""
    return subtracted(attacker, "subtraction", (p for p in nested_pairs(figures) if p[0].tick == p[1].tick))


def two_dates(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """A figure today less a figure of an earlier tick."""
    return subtracted(attacker, "two dates", (p for p in nested_pairs(figures) if p[0].tick != p[1].tick))


def two_releases(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Figures of one name that changed between two ticks: who came in or went out between them."""
    named: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        named[figure.label].append(figure)
    found = []
    for told in named.values():
        for before, after in pairwise(told):
            moved = np.setxor1d(before.ids, after.ids)
            # With the same answers a frozen figure tells the same; if not, the smaller part of it moved.
            if moved.size == 0 and (before.low, before.high) != (after.low, after.high):
                found.append(Recovery("two releases", f"{after.label} changed", 0, 0, after.low, after.high))
            elif np.setdiff1d(before.ids, after.ids).size == 0:
                found.append(pinned(attacker, "two releases", after.label, moved, *apart(after, before)))
    return [hit for hit in found if hit is not None]


def levels_against_whole(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """The whole less all its levels that are shown, at one tick."""
    inside: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    wholes: dict[tuple[int, str], Figure] = {}
    for whole, level in nested_pairs(figures):
        if whole.tick == level.tick:
            inside[id(whole), level.family].append(level)
            wholes[id(whole), level.family] = whole
    found = []
    for key, levels in inside.items():
        joined = union(levels)
        if joined is not None:
            rest = np.setdiff1d(wholes[key].ids, joined.ids, assume_unique=True)
            what = f"{wholes[key].label}, less {key[1]}"
            found.append(pinned(attacker, "levels", what, rest, *apart(wholes[key], joined)))
    return [hit for hit in found if hit is not None]


def union(figures: list[Figure]) -> Figure | None:
    """Figures that share no answer as one; None when there is nothing to join, or some overlap."""
    if not figures:
        return None
    ids = np.sort(np.concatenate([figure.ids for figure in figures]))
    if np.unique(ids).size < ids.size:
        return None
    return replace(
        figures[0],
        ids=ids,
        low=sum(figure.low for figure in figures),
        high=sum(figure.high for figure in figures),
        fifths=None,
        squares=None,
    )


def overlap(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Families that close on schedules of their own: all of one up to a date, less all of another up to another."""
    grown: dict[str, list[Figure]] = defaultdict(list)
    families: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.weights is None and figure.ids.size:
            families[figure.family].append(figure)
    for family, told in families.items():
        order = sorted(told, key=lambda f: (int(f.ids[-1]), f.tick))
        for end in range(1, len(order) + 1):
            joined = union(order[:end])
            if joined is None:
                break
            grown[family].append(replace(joined, label=f"{family} up to the {end}. figure"))
    return subtracted(attacker, "overlap", nested_pairs([figure for told in grown.values() for figure in told]))


def averaging(attacker: Attacker, ask: Ask, times: int = 200) -> list[Recovery]:
    """The same question asked again and again: figures that answer otherwise each time give their mean away."""
    first, again = ask(), ask()
    moving = [a for a, b in zip(first, again, strict=True) if (a.low, a.high) != (b.low, b.high)]
    if not moving:
        return []
    total: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for figure in ask():
            total[figure.label].append((figure.low + figure.high) / 2)
    found = []
    for figure in moving:
        size, told = figure.ids.size, np.array(total[figure.label]) / figure.ids.size
        error = 3 * float(told.std()) / np.sqrt(times)
        if error < HALF_STEP:
            mean = float(told.mean())
            found.append(
                Recovery("averaging", figure.label, attacker.people(figure.ids), size, mean - error, mean + error)
            )
    return found


def unanimity(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Figures by which every answer of a group can be told: the mean lies at one end, or all are in one place."""
    found = []
    for figure in (f for f in figures if f.weights is None and f.ids.size):
        size = figure.ids.size
        bottom, top = ends(attacker, figure.ids)
        at_end = figure.high <= bottom * size + EPS or figure.low >= top * size - EPS
        one_place = (
            figure.fifths is not None and max(figure.fifths) == size and np.isclose(bottom_step(attacker, figure), 25)
        )
        if at_end or one_place:
            people = attacker.people(figure.ids)
            found.append(Recovery("unanimity", figure.label, people, size, figure.low / size, figure.high / size))
    return found


def ends(attacker: Attacker, ids: Ints) -> tuple[float, float]:
    """The least and the most that can be answered to any of the questions."""
    asked = [BOOK[int(q)].levels for q in np.unique(attacker.world.seen.question[ids])]
    return min(float(levels.min()) for levels in asked), max(float(levels.max()) for levels in asked)


def bottom_step(attacker: Attacker, figure: Figure) -> float:
    """How far apart the values of the figure's question lie."""
    return float(np.diff(np.sort(BOOK[int(attacker.world.seen.question[figure.ids[0]])].levels)).min())


def weighted(attacker: Attacker, figures: list[Figure]) -> list[Recovery]:
    """Exact sums with a weight of its own for each answer: only one set of answers adds up to them."""
    found = []
    for figure in (f for f in figures if f.weights is not None and f.ids.size <= 12):
        sure = only_solution(figure, [BOOK[int(q)].levels for q in attacker.world.seen.question[figure.ids]])
        for place in np.flatnonzero(np.isfinite(sure)):
            value = float(sure[place])
            found.append(Recovery("weights", f"{figure.label}: one answer", 1, 1, value, value))
    return found


def only_solution(figure: Figure, levels: list[np.ndarray]) -> np.ndarray:
    """The answers by which a weighted sum comes about, NaN where several do. Meets in the middle."""
    half = len(levels) // 2
    left, right = (
        np.array(np.meshgrid(*part, indexing="ij")).reshape(len(part), -1) for part in (levels[:half], levels[half:])
    )
    sums = np.sort(figure.coefficients[half:] @ right), np.argsort(figure.coefficients[half:] @ right)
    rest = figure.low - figure.coefficients[:half] @ left
    near = np.searchsorted(sums[0], rest - EPS), np.searchsorted(sums[0], rest + EPS, side="right")
    solutions = [
        np.concatenate([left[:, i], right[:, sums[1][j]]])
        for i in np.flatnonzero(near[1] > near[0])
        for j in range(near[0][i], near[1][i])
    ]
    if not solutions:
        return np.full(len(levels), np.nan)
    table = np.array(solutions)
    return np.where(np.ptp(table, axis=0) < EPS, table[0], np.nan)
