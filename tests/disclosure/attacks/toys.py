"""Surfaces that leak on purpose, one a mistake: each attack must recover something from its toy.

The rules are those that people propose first, and that portals have used. `Cells` is a model of our own closing with
each part of the rule a choice, to show what the part is for.
"""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from data.codebook.scales import fifths
from tests.disclosure.attacks.figures import LEAST_PEOPLE, Figure, Flags, people_of_best_quarter
from tests.disclosure.attacks.worlds import BOOK, DIMS, Ints, Tick, World

ASKED = 2
"""The place in the book of the question that most toys tell about: its answers are mixed."""
ANY = "any"


def people(world: World, ids: Ints) -> int:
    """How many people gave these answers."""
    return int(np.unique(world.seen.worker[ids]).size)


def plain(world: World, tick: int, label: str, family: str, ids: Ints) -> Figure:
    """The exact sum of these answers."""
    total = float(world.said[ids].sum())
    return Figure(label, family, tick, ids, total, total)


def told_so_far(moment: Tick, question: int = ASKED, factory: int = 0) -> Ints:
    """All answers to a question up to this tick."""
    seen = moment.world.seen
    return np.flatnonzero((seen.tick <= moment.tick) & (seen.question == question) & (seen.factory == factory))


def filters(world: World, ids: Ints) -> list[tuple[str, Flags]]:
    """Every filter that a page with one choice a segment offers, with the answers it lets through."""
    workers = world.workers.iloc[world.seen.worker[ids]]
    found = []
    for chosen in product(*((ANY, *levels) for levels, _ in DIMS.values())):
        mask = np.ones(ids.size, dtype=bool)
        for name, level in zip(DIMS, chosen, strict=True):
            mask &= (workers[name] == level).to_numpy() if level != ANY else True
        found.append((", ".join(chosen), mask))
    return found


@dataclass(frozen=True)
class LiveFilter:
    """A filter over live answers that shows whatever at least ten people said."""

    name: str = "minimum size only"

    def figures(self, moment: Tick) -> list[Figure]:
        world, ids = moment.world, told_so_far(moment)
        return [
            plain(world, moment.tick, label, label, ids[mask])
            for label, mask in filters(world, ids)
            if self.may_show(world, ids[mask], ids[~mask])
        ]

    def may_show(self, world: World, shown: Ints, rest: Ints) -> bool:
        """Ten people, and nothing else is asked."""
        return people(world, shown) >= LEAST_PEOPLE


@dataclass(frozen=True)
class Remainder(LiveFilter):
    """The same, where what is left of the whole must be ten people too, or nobody."""

    name: str = "minimum and remainder"

    def may_show(self, world: World, shown: Ints, rest: Ints) -> bool:
        return people(world, shown) >= LEAST_PEOPLE and people(world, rest) not in range(1, LEAST_PEOPLE)


@dataclass(frozen=True)
class Rounded(LiveFilter):
    """Minimum size, the number of answers to the nearest 5, the mean to a tenth of a step of five."""

    name: str = "rounding only"

    def figures(self, moment: Tick) -> list[Figure]:
        found = []
        for figure in super().figures(moment):
            size = figure.ids.size
            mean = 2.5 * round(figure.low / size / 2.5)
            low, high = ((mean + off) * size for off in (-1.25, 1.25))
            found.append(Figure(figure.label, figure.family, figure.tick, figure.ids, low, high, loose=2.5))
        return found


@dataclass(frozen=True)
class Tiny:
    """Every combination of segments, however few people are in it."""

    name: str = "no minimum"

    def figures(self, moment: Tick) -> list[Figure]:
        world, ids = moment.world, told_so_far(moment)
        return [plain(world, moment.tick, label, label, ids[mask]) for label, mask in filters(world, ids) if mask.any()]


@dataclass(frozen=True)
class FreshNoise:
    """The mean of every combination of segments, with noise drawn anew at each question."""

    name: str = "fresh noise"
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    def figures(self, moment: Tick) -> list[Figure]:
        found = []
        for figure in Tiny().figures(moment):
            noise = float(self.random.normal(0, 15)) * figure.ids.size
            low = high = figure.low + noise
            found.append(Figure(figure.label, figure.family, figure.tick, figure.ids, low, high))
        return found


@dataclass(frozen=True)
class LoneHidden:
    """One-way tables of exact sums; a level of fewer than ten people is hidden, and so is the whole."""

    name: str = "one-way, a lone hidden level"

    def figures(self, moment: Tick) -> list[Figure]:
        world, ids = moment.world, told_so_far(moment)
        one_way = [(label, mask) for label, mask in filters(world, ids) if label.count(ANY) == len(DIMS) - 1]
        shown = [(label, ids[mask]) for label, mask in one_way if people(world, ids[mask]) >= LEAST_PEOPLE]
        names = {level: name for name, (levels, _) in DIMS.items() for level in levels}
        family = {label: names[next(part for part in label.split(", ") if part != ANY)] for label, _ in shown}
        return [plain(world, moment.tick, label, family[label], inside) for label, inside in shown]


@dataclass(frozen=True)
class HiddenLevel(LoneHidden):
    """The same, with the whole shown."""

    name: str = "a hidden level beside the whole"

    def figures(self, moment: Tick) -> list[Figure]:
        whole = plain(moment.world, moment.tick, "everybody", "whole", told_so_far(moment))
        return [*super().figures(moment), whole]


@dataclass(frozen=True)
class OwnSchedules:
    """Exact sums of the whole and of each gender, each closed as soon as it holds ten people, by itself."""

    name: str = "slices on schedules of their own"

    def figures(self, moment: Tick) -> list[Figure]:
        world, ids = moment.world, told_so_far(moment)
        found = []
        wanted = [f"{level}, any, any" for level in ("any", *DIMS["gender"][0])]
        for label, mask in filters(world, ids):
            if label in wanted:
                pieces = closed_pieces(world, ids[mask])
                found += [plain(world, moment.tick, f"{label} {i}", label, piece) for i, piece in enumerate(pieces)]
        women, men = (
            sorted((f for f in found if f.family == name), key=lambda f: int(f.ids[-1])) for name in wanted[1:]
        )
        return found + summed(world, moment.tick, women, men)


def summed(world: World, tick: int, women: list[Figure], men: list[Figure]) -> list[Figure]:
    """Both genders up to each pair of dates, as a reader with a pencil adds them up."""
    found = []
    for w, m in product(range(1, len(women) + 1), range(1, len(men) + 1)):
        ids = np.sort(np.concatenate([f.ids for f in (*women[:w], *men[:m])]))
        found.append(plain(world, tick, f"{w} of women and {m} of men", f"pencil {w} {m}", ids))
    return found


def closed_pieces(world: World, ids: Ints, least: int = LEAST_PEOPLE) -> list[Ints]:
    """The answers in pieces, each closed at the end of the day by which it holds ten people."""
    pieces: list[Ints] = []
    held = ids[:0]
    for day in np.unique(world.seen.day[ids]):
        held = np.concatenate([held, ids[world.seen.day[ids] == day]])
        if people(world, held) >= least:
            pieces.append(held)
            held = ids[:0]
    return pieces


@dataclass(frozen=True)
class WeightedSums:
    """Exact sums of ten people's answers, each weighted by how old it is and by the worker's segments."""

    name: str = "exact weighted sums"

    def figures(self, moment: Tick) -> list[Figure]:
        world, found = moment.world, []
        for piece in closed_pieces(world, told_so_far(moment)):
            age = world.seen.day.max() - world.seen.day[piece]
            weights = 2.0 ** (-age / 90) * (1 + 0.013 * world.seen.worker[piece] ** 0.7)
            total = float(weights @ world.said[piece])
            label = f"piece from answer {piece[0]}"
            found.append(Figure(label, "pieces", moment.tick, piece, total, total, weights))
        return found


@dataclass(frozen=True)
class LiveLeads:
    """Whether anybody reported harassment in the running quarter: "none" or "some", renewed at every tick."""

    name: str = "leads renewed at every tick"

    def figures(self, moment: Tick) -> list[Figure]:
        ids = told_so_far(moment, question=len(BOOK) - 1)
        if people(moment.world, ids) < LEAST_PEOPLE:
            return []
        best = 100.0 * ids.size
        none = float(moment.world.said[ids].sum()) == best
        return [Figure("harassed", "harassed", moment.tick, ids, best if none else 0.0, best if none else best - 100)]


@dataclass(frozen=True)
class Cells:
    """A model of closing. `different`: how many must differ from the commonest. `patient`: that is only looked at
    once ten more people answered since the last look; otherwise every evening."""

    different: int = 2
    patient: bool = False
    name: str = "cells"

    def figures(self, moment: Tick) -> list[Figure]:
        world, seen = moment.world, moment.world.seen
        found = []
        for factory, question in product(range(world.plan.factories), range(len(BOOK) - 1)):
            ids = np.flatnonzero((seen.factory == factory) & (seen.question == question) & (seen.tick <= moment.tick))
            for closed in self.closed(world, ids):
                label = f"cells of F{factory + 1} {BOOK[question].name} from answer {closed[0]}"
                x = world.said[closed]
                told = tuple(int(n) for n in np.bincount(fifths(x), minlength=5))
                total, squares = float(x.sum()), float(x @ x)
                found.append(
                    Figure(label, label.split(" from")[0], moment.tick, closed, total, total, None, told, squares)
                )
        return found

    def closed(self, world: World, ids: Ints) -> list[Ints]:
        """The answers of every closed cell."""
        cells: list[Ints] = []
        held, fresh = ids[:0], ids[:0]
        for day in np.unique(world.seen.day[ids]):
            today = ids[world.seen.day[ids] == day]
            held, fresh = np.concatenate([held, today]), np.concatenate([fresh, today])
            waits = fresh if self.patient else held
            if waits.size == 0 or people_of_best_quarter(world, waits) < LEAST_PEOPLE:
                continue
            fresh = ids[:0]
            if held.size - np.unique(world.said[held], return_counts=True)[1].max() >= self.different:
                cells.append(held)
                held = ids[:0]
        return cells
