"""Which figures hang together, which small groups are looked at, and what one figure by itself tells about a group."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tests.disclosure.attacks.decoding import Part, histograms, part_left
from tests.disclosure.attacks.figures import EPS, Attacker, Figure
from tests.disclosure.attacks.worlds import BOOK, DIMS, Ints

Bounds = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Block:
    """Figures that hang together by shared answers, and those answers; nothing outside bears on them."""

    ids: Ints
    figures: list[Figure]

    @property
    def is_one(self) -> bool:
        """True when all its figures are about the same answers, so that there is nothing to combine."""
        return len({figure.ids.tobytes() for figure in self.figures}) == 1


def blocks(figures: list[Figure]) -> Iterator[Block]:
    """The figures in blocks that share no answer."""
    if not figures:
        return
    ids = np.concatenate([figure.ids for figure in figures])
    rows = np.repeat(np.arange(len(figures)), [figure.ids.size for figure in figures])
    size = int(ids.max()) + 1
    links = coo_array((np.ones(ids.size), (rows, ids + len(figures))), shape=(len(figures) + size,) * 2)
    _, of = connected_components(links, directed=False)
    for component in np.unique(of[: len(figures)]):
        inside = [figure for figure, block in zip(figures, of, strict=False) if block == component]
        yield Block(np.flatnonzero(of[len(figures) :] == component), inside)


def groups_of(attacker: Attacker, block: Block) -> list[Ints]:
    """Every small group looked at: workers, combinations of segments, levels and days, within each of the spans.

    Spans are the block, its calendar months, and each of its cells.
    """
    seen, workers = attacker.world.seen, attacker.world.workers
    ids = attacker.unknown(block.ids)
    marks: list[Ints] = [seen.worker, seen.combination, seen.day]
    for name, (levels, _) in DIMS.items():
        marks.append(np.searchsorted(np.sort(np.array(levels)), workers[name].to_numpy(dtype=str))[seen.worker])
    spans = [ids, *(attacker.unknown(figure.ids) for figure in block.figures)]
    found: dict[bytes, Ints] = {}
    for mark in marks:
        for span in spans:
            order = np.argsort(mark[span], kind="stable")
            for group in np.split(span[order], np.flatnonzero(np.diff(mark[span][order])) + 1):
                if attacker.is_small(group):
                    found[np.sort(group).tobytes()] = np.sort(group)
    return list(found.values())


@dataclass(frozen=True, eq=False)
class Alone:
    """What each figure of a block tells by itself."""

    attacker: Attacker
    others: list[Figure]
    cell_of: dict[int, int]
    parts: list[Part]

    @classmethod
    def of(cls, attacker: Attacker, block: Block) -> "Alone":
        """The cells as histograms of unknown answers, and all other figures."""
        cells = [figure for figure in block.figures if figure.fifths is not None]
        parts = []
        for figure in cells:
            levels = BOOK[int(attacker.world.seen.question[figure.ids[0]])].levels
            parts.append(part_left(attacker, figure.ids, levels, histograms(figure, levels)))
        cell_of = {int(i): place for place, figure in enumerate(cells) for i in figure.ids}
        return cls(attacker, [figure for figure in block.figures if figure.fifths is None], cell_of, parts)

    def bounds(self, group: Ints) -> Bounds:
        """The tightest bounds on a group's sum by its cells, or by any other figure taken by itself."""
        where = np.array([self.cell_of.get(int(i), -1) for i in group])
        low, high = 0.0, 100.0 * int((where < 0).sum())
        for place, count in zip(*np.unique(where[where >= 0], return_counts=True), strict=True):
            least, most = self.parts[place].bounds(int(count))
            low, high = low + least, high + most
        for figure in self.others:
            least, most = self.bounds_by(figure, group)
            low, high = max(low, least), min(high, most)
        return low, high

    def bounds_by(self, figure: Figure, group: Ints) -> Bounds:
        """The bounds on a group's sum by one figure that tells a plain sum; weighted ones are left to programs."""
        weights = figure.coefficients
        if np.ptp(weights) > EPS or weights[0] <= 0:
            return 0.0, 100.0 * group.size
        mine, known = np.isin(figure.ids, group), self.attacker.known[figure.ids]
        told = np.array([figure.low, figure.high]) / weights[0] - self.attacker.world.said[figure.ids[known]].sum()
        inside, others = int(mine.sum()), 100.0 * int((~mine & ~known).sum())
        outside = 100.0 * (group.size - inside)
        return max(0.0, float(told[0]) - others), min(100.0 * inside, float(told[1])) + outside
