"""Decoding: which single answers become certain for somebody who knows who answered which question when.

Two sources. What a cell tells (how many answers of each value), less what colluders say. And when it closed: a cell
that was looked at before and did not close held nearly the same answer from everybody until then, so that whoever came
after that look differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from data.codebook.scales import fifths
from tests.disclosure.attacks.figures import (
    EPS,
    LEAST_PEOPLE,
    Attacker,
    Figure,
    Recovery,
    people_of_best_quarter,
)
from tests.disclosure.attacks.worlds import BOOK, Floats, Ints

Counts = tuple[int, ...]
Rule = Literal["evening", "patient"]
LEAST_DIFFERENT = 2


@dataclass(frozen=True, eq=False)
class Part:
    """Answers of a cell that cannot be told apart, with every histogram they may have (over the scale's levels)."""

    ids: Ints
    levels: Floats
    may_be: tuple[Counts, ...]

    @property
    def possible(self) -> Floats:
        """The answers that any of them may have given."""
        return self.levels[np.array(self.may_be).sum(axis=0) > 0]

    def bounds(self, count: int) -> tuple[float, float]:
        """The least and the most that the sum of any `count` of them may be."""
        drawn = [np.sort(np.repeat(self.levels, counts)) for counts in self.may_be]
        return min(float(d[:count].sum()) for d in drawn), max(float(d[d.size - count :].sum()) for d in drawn)


def histograms(figure: Figure, levels: Floats) -> list[Counts]:
    """Every number of answers per level that agrees with the fifths, the sum and the squares that a cell tells."""
    assert figure.fifths is not None
    which = fifths(levels)
    ways = [compositions(count, int((which == i).sum())) for i, count in enumerate(figure.fifths)]
    order = np.argsort(which, kind="stable")
    found = []
    for chosen in product(*ways):
        counts = np.zeros(levels.size, dtype=np.int64)
        counts[order] = [n for part in chosen for n in part]
        near = figure.low - EPS <= counts @ levels <= figure.high + EPS
        if near and (figure.squares is None or abs(counts @ levels**2 - figure.squares) < 1e-3):
            found.append(tuple(int(n) for n in counts))
    return found


def compositions(total: int, places: int) -> list[Counts]:
    """Every way to write a total as so many counts (at most two levels share a fifth)."""
    if places == 0:
        return [()] if total == 0 else []
    if places == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in compositions(total - first, places - 1)]


def nearly_alike(counts: Counts, size: int) -> Iterator[Counts]:
    """Every histogram of `size` of these answers of which at most one differs from the commonest."""
    for most in range(len(counts)):
        for other in range(len(counts)):
            held = [0] * len(counts)
            held[most] += size if other == most else size - 1
            held[other] += 0 if other == most else 1
            if all(h <= c for h, c in zip(held, counts, strict=True)):
                yield tuple(held)


def looks(attacker: Attacker, ids: Ints, rule: Rule) -> list[int]:
    """The days at whose end the answers of a cell were looked at: enough of them by then, by the rule of closing.

    "evening": on every day from ten answers by ten people on. "patient": only after ten more people each time.
    """
    days = attacker.world.seen.day[ids]
    found: list[int] = []
    since = int(days.min())
    for day in np.unique(days):
        waiting = ids[(days >= since) & (days <= day)]
        if waiting.size >= LEAST_PEOPLE and people_of_best_quarter(attacker.world, waiting) >= LEAST_PEOPLE:
            found.append(int(day))
            since = int(day) + 1 if rule == "patient" else since
    return found


def rule_of(attacker: Attacker, figures: list[Figure]) -> Rule:
    """By which rule these cells closed, as far as their days tell: every one of them on a day of a look."""
    days = attacker.world.seen.day
    told = [figure for figure in figures if figure.fifths is not None]
    patient = all(int(days[f.ids].max()) in looks(attacker, f.ids, "patient") for f in told)
    return "patient" if patient else "evening"


def parts_of(attacker: Attacker, figure: Figure, rule: Rule | None) -> list[Part]:
    """The unknown answers of a cell in parts that nobody can tell apart further, also by when it closed."""
    levels = BOOK[int(attacker.world.seen.question[figure.ids[0]])].levels
    told = histograms(figure, levels)
    failed = looks(attacker, figure.ids, rule)[:-1] if rule else []
    if not failed:
        return [part_left(attacker, figure.ids, levels, told)]
    by_then = attacker.world.seen.day[figure.ids] <= failed[-1]
    early, late = figure.ids[by_then], figure.ids[~by_then]
    split = [(held, less(counts, held)) for counts in told for held in set(nearly_alike(counts, early.size))]
    # A colluder's answer rules out the splits that cannot hold it, in either half.
    mine = [known_counts(attacker, ids, levels) for ids in (early, late)]
    split = [pair for pair in split if all(min(less(h, m)) >= 0 for h, m in zip(pair, mine, strict=True))]
    return [
        part_left(attacker, ids, levels, sorted({pair[i] for pair in split})) for i, ids in enumerate((early, late))
    ]


def less(counts: Counts, taken: Counts) -> Counts:
    """The counts without those taken."""
    return tuple(c - t for c, t in zip(counts, taken, strict=True))


def known_counts(attacker: Attacker, ids: Ints, levels: Floats) -> Counts:
    """How many of these answers colluders gave, per level."""
    said = attacker.world.said[ids[attacker.known[ids]]]
    return tuple(int(n) for n in (np.abs(said[:, None] - levels) < EPS).sum(axis=0))


def part_left(attacker: Attacker, ids: Ints, levels: Floats, told: list[Counts]) -> Part:
    """The answers that no colluder gave, with the histograms that are left for them."""
    mine = known_counts(attacker, ids, levels)
    left = [rest for rest in (less(counts, mine) for counts in told) if min(rest) >= 0]
    return Part(attacker.unknown(ids), levels, tuple(left))


@dataclass(frozen=True)
class Decoded:
    """What decoding gave. `owed` are answers that became certain by colluders: where only they differed, all others
    are told, and a rule that counts two who differ cannot prevent it."""

    answers: int
    owed: int
    recoveries: tuple[Recovery, ...]

    @property
    def certain(self) -> int:
        """How many answers of others became certain without colluders having mixed the cell."""
        return sum(hit.answers for hit in self.recoveries)


def decoded(attacker: Attacker, figures: list[Figure], rule: Rule | None = None) -> Decoded:
    """The small groups and single answers in cells that become certain; with a rule, also by when cells closed."""
    answers, owed, found = 0, 0, []
    for figure in (f for f in figures if f.fifths is not None):
        mixed = differing(attacker, attacker.unknown(figure.ids)) >= LEAST_DIFFERENT
        for part in parts_of(attacker, figure, rule):
            answers += part.ids.size
            hit = recovery_of(attacker, figure, part, "closing" if rule else "decoding")
            if hit is None:
                continue
            if not attacker.colluders or (mixed and attacker.is_small(part.ids)):
                found.append(hit)
            else:
                owed += part.ids.size
    return Decoded(answers, owed, tuple(found))


def differing(attacker: Attacker, ids: Ints) -> int:
    """How many of these answers differ from the commonest."""
    if not ids.size:
        return 0
    return ids.size - int(np.unique(attacker.world.said[ids], return_counts=True)[1].max())


def recovery_of(attacker: Attacker, figure: Figure, part: Part, name: str) -> Recovery | None:
    """The recovery when all answers of a part are certain, or the sum of a small part is, to less than one step."""
    size = part.ids.size
    if not size:
        return None
    low, high = part.bounds(size)
    certain = part.possible.size == 1
    step = float(np.diff(np.sort(part.levels)).min())
    if not certain and not (attacker.is_small(part.ids) and high - low < step - EPS):
        return None
    told = "" if certain else "the sum of "
    what = f"{figure.label}: {told}{size} of {figure.ids.size} answers"
    return Recovery(name, what, attacker.people(part.ids), size, low / size, high / size)
