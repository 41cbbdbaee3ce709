"""The linear attack: the tightest bounds on every small group that all figures together allow.

One unknown for each value that answers of one kind may take, every figure (with its rounding) as rows, and a linear
program for the least and the most that a group's answers may sum to. It finds whatever subtraction, trackers and
overlaps find, and what no single subtraction does. The programs are relaxed (parts of answers), so that the bounds may
be wider than the truth, never narrower.

Most groups need no program of their own: any answers that agree with all figures, found on the way, show how far a
group's sum can be moved. Only where that is not far enough is the program solved for the group.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from data.codebook.scales import fifths
from tests.disclosure.attacks.figures import EPS, HALF_STEP, Attacker, Figure, Recovery
from tests.disclosure.attacks.groups import Alone, Block, Bounds, blocks, groups_of
from tests.disclosure.attacks.worlds import BOOK, Floats, Ints

STEP = 2 * HALF_STEP
MOST_POINTS = 400
"""Points that are kept to try the next groups with."""
ROOM = 1e-4
"""Points by which a program's ends may be off."""


@dataclass
class Linear:
    """What the linear attack found, of so many groups.

    A group is recovered when all figures pin its mean to ±0.5 of four steps, or its very sum to less than one step,
    while cells and every other figure by themselves leave at least twice as much open. What one lawful figure of
    ten people tells by itself, as nearly all in it answered alike, is counted apart, and so is what was nearly so.
    """

    groups: int = 0
    alike: int = 0
    """Groups that cells, or one other figure, pin by themselves."""
    near: int = 0
    """Groups that were nearly pinned by one, and are pinned by all."""
    narrowest: float = 100.0
    """The least width of a group's mean that several figures made narrower than one by itself; 100 without any."""
    recoveries: list[Recovery] = field(default_factory=list)


@dataclass
class Rows:
    """The rows of a program: low <= matrix @ unknowns <= high."""

    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, columns: Ints, values: Floats, low: float, high: float) -> None:
        """One row more; in units of about one answer, whatever it counts."""
        there = values != 0
        unit = float(np.abs(values).max()) if there.any() else 1.0
        self.row.append(np.full(int(there.sum()), len(self.low)))
        self.column.append(columns[there])
        self.value.append(values[there] / unit)
        self.low.append(low / unit)
        self.high.append(high / unit)


@dataclass(frozen=True, eq=False)
class Program:
    """The linear program of a block. `watching`: the attacker also counted how many of each kind answered."""

    attacker: Attacker
    block: Block
    ids: Ints
    kinds: Ints
    """Which kind each answer is of: same question, segments and figures, with the same weights."""
    counts: Ints
    """How many answers there are of each kind."""
    atom: Ints
    x: Floats
    """The unknowns: how many answers of kind `atom` take the value `x`."""
    rows: Rows

    @classmethod
    def of(cls, attacker: Attacker, block: Block, group: Ints | None = None, *, watching: bool = True) -> "Program":
        """The program over the answers that no colluder gave; answers of the group are kinds of their own."""
        ids = attacker.unknown(block.ids)
        shares = np.zeros((len(block.figures), ids.size))
        for row, figure in enumerate(block.figures):
            mine = ~attacker.known[figure.ids]
            shares[row, np.searchsorted(ids, figure.ids[mine])] = figure.coefficients[mine]
        inside = np.isin(ids, group) if group is not None else np.zeros(ids.size)
        seen = attacker.world.seen
        signature = np.vstack([seen.question[ids], seen.combination[ids], inside, shares])
        _, first, kinds, counts = np.unique(
            signature, axis=1, return_index=True, return_inverse=True, return_counts=True
        )
        shares = shares[:, first]
        atom, x = unknowns(block.figures, shares, seen.question[ids[first]])
        rows = Rows()
        for figure, share in zip(block.figures, shares, strict=True):
            add_figure(rows, attacker, figure, share[atom], x, exact=watching)
        if watching:
            for place, number in enumerate(counts):
                columns = np.flatnonzero(atom == place)
                rows.add(columns, np.ones(columns.size), float(number), float(number))
        elif group is not None:
            columns = np.flatnonzero(inside[first][atom] > 0)
            rows.add(columns, np.ones(columns.size), float(group.size), float(group.size))
        return cls(attacker, block, ids, kinds.ravel(), counts, atom, x, rows)

    @cached_property
    def inequalities(self) -> tuple[csr_array, Floats]:
        """The rows as matrix @ unknowns <= ends. Equal bounds get a little room, for the rounding in a file."""
        shape = (len(self.rows.low), self.x.size)
        entries = (np.concatenate(self.rows.row), np.concatenate(self.rows.column))
        matrix = csr_array((np.concatenate(self.rows.value), entries), shape=shape)
        low, high = np.array(self.rows.low), np.array(self.rows.high)
        above, below = np.isfinite(high), np.isfinite(low)
        ends = np.concatenate([high[above], -low[below]]) + EPS
        return csr_array(vstack([matrix[above], -matrix[below]])), ends

    def solution(self, goal: Floats) -> Floats:
        """The unknowns by which the goal is least."""
        matrix, ends = self.inequalities
        solved = linprog(goal, A_ub=matrix, b_ub=ends, bounds=(0, None), method="highs")
        if not solved.success:
            raise ArithmeticError(f"no answers agree with these figures: {solved.message}")
        found: Floats = solved.x
        return found

    def bounds(self, group: Ints, *, watching: bool = True) -> Bounds:
        """The least and the most that the sum of the group's answers may be."""
        own = Program.of(self.attacker, self.block, group, watching=watching)
        inside = np.zeros(own.counts.size, dtype=bool)
        inside[own.kinds[np.isin(own.ids, group)]] = True
        goal = np.where(inside[own.atom], own.x, 0.0)
        return float(goal @ own.solution(goal)), float(goal @ own.solution(-goal))

    def moves(self, points: Floats, group: Ints) -> float:
        """How far apart the group's sums are that go with these points: it is pinned no better than that."""
        low, high = np.zeros(len(points)), np.zeros(len(points))
        for place, size in zip(*np.unique(self.kinds[np.isin(self.ids, group)], return_counts=True), strict=True):
            columns = np.flatnonzero(self.atom == place)
            columns = columns[np.argsort(self.x[columns])]
            low += drawn(points[:, columns], self.x[columns], size)
            high += drawn(points[:, columns[::-1]], self.x[columns[::-1]], size)
        return float(high.max() - low.min())

    def aimed(self, group: Ints) -> Floats:
        """Two points at which kinds that the group is much of say as little, and as much, as they can."""
        share = np.bincount(self.kinds[np.isin(self.ids, group)], minlength=self.counts.size) / self.counts
        goal = share[self.atom] * self.x
        return np.array([self.solution(goal), self.solution(-goal)])

    def points(self, random: np.random.Generator, times: int) -> Floats:
        """Unknowns that agree with all figures: the ends for each combination of segments, and ends at random."""
        combination = self.attacker.world.seen.combination[self.ids]
        goals = [random.normal(size=self.x.size) * self.x for _ in range(times)]
        for value in np.unique(combination):
            inside = np.isin(np.arange(self.counts.size), self.kinds[combination == value])
            goals += [sign * np.where(inside[self.atom], self.x, 0.0) for sign in (1.0, -1.0)]
        return np.array([self.solution(goal) for goal in goals])


def unknowns(figures: list[Figure], shares: Floats, question: Ints) -> tuple[Ints, Floats]:
    """One unknown for each kind of answers and each value that its cells still allow (both ends, without a cell)."""
    atom, x = [], []
    for place in range(shares.shape[1]):
        levels = BOOK[int(question[place])].levels
        cells = [f for f, share in zip(figures, shares[:, place], strict=True) if share and f.fifths is not None]
        for figure in cells:
            levels = levels[np.array(figure.fifths)[fifths(levels)] > 0]
        levels = levels if cells else np.array([levels.min(), levels.max()])
        atom += [place] * levels.size
        x += levels.tolist()
    return np.array(atom), np.array(x)


def add_figure(rows: Rows, attacker: Attacker, figure: Figure, share: Floats, x: Floats, *, exact: bool) -> None:
    """What a figure says about the unknowns, less what colluders said. `exact`: the true number is known anyway."""
    columns, size = np.flatnonzero(share), float(figure.ids.size)
    share, x = share[columns], x[columns]
    known = attacker.known[figure.ids]
    said = attacker.world.said[figure.ids[known]]
    told = float(figure.coefficients[known] @ said)
    if not exact and figure.weights is None:
        rows.add(columns, share, size - figure.loose - said.size, size + figure.loose - said.size)
    if exact or not figure.loose or figure.weights is not None:
        rows.add(columns, share * x, figure.low - told, figure.high - told)
    else:
        for bound, sign in ((figure.low / size, 1.0), (figure.high / size, -1.0)):
            rows.add(columns, sign * (x - bound), -sign * float((said - bound).sum()), np.inf)
    for fifth, number in enumerate(figure.fifths or ()):
        left = float(number - int((fifths(said) == fifth).sum()))
        rows.add(columns, (fifths(x) == fifth).astype(float), left, left)
    if figure.squares is not None:
        left = figure.squares - float(said @ said)
        rows.add(columns, x**2, left, left)


def drawn(amounts: Floats, x: Floats, size: int) -> Floats:
    """The sum of the first `size` answers of each point, taken in the order of the columns."""
    until = np.minimum(np.cumsum(np.maximum(amounts, 0.0), axis=1), size)
    return np.diff(until, axis=1, prepend=0.0) @ x


def linear(attacker: Attacker, figures: list[Figure], *, watching: bool = True, times: int = 4) -> Linear:
    """Every small group in every block of more than one figure, bounded by all that is told."""
    made = Linear()
    for block in (b for b in blocks(figures) if not b.is_one):
        groups = groups_of(attacker, block)
        if not groups:
            continue
        made.groups += len(groups)
        alone = Alone.of(attacker, block)
        program = Program.of(attacker, block, watching=watching)
        points = program.points(np.random.default_rng(len(groups)), times) if watching else None
        for group in groups:
            if points is None or program.moves(points, group) < STEP * group.size:
                points = bound_group(made, program, alone, points, group, watching=watching)
    return made


def bound_group(
    made: Linear, program: Program, alone: Alone, points: Floats | None, group: Ints, *, watching: bool
) -> Floats | None:
    """Adds to `made` what all figures tell of a group that may be pinned, beside what one tells by itself.

    The points come back with those found on the way: what moves this group often moves the next one too.
    """
    attacker, size = program.attacker, group.size
    least, most = alone.bounds(group)
    pinned_by_one = (most - least) / size < STEP - ROOM
    made.alike += pinned_by_one
    if most - least < STEP - ROOM:
        return points
    far = STEP if pinned_by_one else STEP * size
    if points is not None:
        if program.moves(points, group) >= far:
            return points
        points = np.vstack([points, program.aimed(group)])[-MOST_POINTS:]
        if program.moves(points, group) >= far:
            return points
    low, high = program.bounds(group, watching=watching)
    if high - low < most - least - ROOM:
        made.narrowest = min(made.narrowest, (high - low) / size)
    if (high - low) / size >= STEP - ROOM and high - low >= STEP - ROOM:
        return points
    if pinned_by_one and high - low >= STEP - ROOM:
        return points
    if high - low > (most - least) / 2:
        made.near += 1
        return points
    people = attacker.people(group)
    what = f"{people} people among {len(program.block.figures)} figures such as {program.block.figures[-1].label}"
    made.recoveries.append(Recovery("linear", what, people, size, low / size, high / size))
    return points
