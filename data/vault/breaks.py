"""Breaks: questions whose answers jump where a file, a column or a wording changes, which may be no change at all.

A question that moves to another column in September looks exactly like an effect. So the answers to each question are
compared before and after every place in the file, between wordings, and with earlier files, always within the same
factories: another mix of factories is no break. And where two questions jump at one place so that each then looks as
the other did, they may have changed places.

The comparison is the generalised Cochran-Mantel-Haenszel statistic of a 2 x k table over factories (Landis, Heyman and
Koch 1978, International Statistical Review 46, 237-254); its p-value is divided by all places and questions looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy
from scipy.stats import chi2

from data.engine import Engine
from data.vault.findings import Finding

PARTS = 60
"""A file is looked at in so many parts of as many lines: a break is told to within one of them."""
LEAST_MOVED = 0.2
"""So much of the answers must lie elsewhere. What buyers do moves less of them (docs/cascade.md)."""
LEAST_ANSWERS = 30
"""On either side."""
SURE = 1e-6
LEAST_SWAPPED = 20.0
"""Logarithm of the odds, before any of thousands of pairs and places is looked at; answers come in clusters."""
MUCH_NEARER = 0.6

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Jump:
    """Answers that differ on two sides: how much of them lies elsewhere (0 to 1), how surely, and how they were given.

    `before` and `after` are the shares of each answer, standardised to the same factories.
    """

    moved: float
    p: float
    before: Array
    after: Array

    @property
    def stands(self) -> bool:
        """True where this is a break and not chance, nor a change as it happens in factories."""
        return self.moved >= LEAST_MOVED and self.p < SURE


def breaks(engine: Engine, wordings: dict[str, str], *, alone: bool = False) -> list[Finding]:
    """The breaks of the judged file. `wordings` are the questions' texts by indicator.

    `alone`, the file is compared with nothing that is here already.
    """
    counted = engine.frame("breaks/counted", parts=PARTS)
    if counted.empty:
        return []
    found = list(places(counted, wordings)) + list(variants(counted, wordings))
    return found if alone else found + list(files(counted, engine.frame("breaks/earlier"), wordings))


def places(counted: pd.DataFrame, wordings: dict[str, str]) -> Iterator[Finding]:
    """A finding for each question whose answers jump somewhere in the file, and for two that change places there."""
    first_lines = counted.groupby("part")["first_line"].min()
    books = {str(name): tensor(rows, "part", first_lines.index) for name, rows in counted.groupby("indicator_id")}
    jumps = {name: best_jump(counts, len(books)) for name, counts in books.items()}
    swapped = exchanged(books)
    for name, other, part in swapped:
        yield moved_finding(wordings, name, other, int(first_lines.iloc[part]))
    told = {name for pair in swapped for name in pair[:2]}
    for name, (part, jump) in jumps.items():
        if jump is not None and jump.stands and name not in told:
            where = f"From about line {first_lines.iloc[part]} on"
            yield jump_finding(wordings, name, jump, where, {"line": int(first_lines.iloc[part])})


def tensor(rows: pd.DataFrame, side: str, sides: "pd.Index[int]") -> Array:
    """Counts of a question as factories x sides x answers."""
    factories, held = pd.factorize(rows["factory"])
    levels = rows["level"].to_numpy(dtype=np.int64)
    counts = np.zeros((len(held), len(sides), int(levels.max()) + 1))
    np.add.at(counts, (factories, sides.get_indexer(pd.Index(rows[side])), levels), rows["n"].to_numpy())
    return counts


def best_jump(counts: Array, questions: int) -> tuple[int, Jump | None]:
    """The part from which on the answers to a question differ most surely, and how."""
    before = np.cumsum(counts, axis=1)[:, :-1, :]
    after = counts.sum(axis=1, keepdims=True) - before
    tries = questions * max(before.shape[1], 1)
    found = [jump_between(before[:, part, :], after[:, part, :], tries) for part in range(before.shape[1])]
    sure = [(part + 1, jump) for part, jump in enumerate(found) if jump is not None]
    return min(sure, key=lambda one: (one[1].p, -one[1].moved)) if sure else (0, None)


def jump_between(before: Array, after: Array, tries: int) -> Jump | None:
    """How answers differ on two sides, within factories (rows) that have answers on both; None where too few have."""
    n_before, n_after = before.sum(axis=1), after.sum(axis=1)
    both = (n_before > 0) & (n_after > 0)
    n_before, n_after, before, after = n_before[both], n_after[both], before[both], after[both]
    if n_before.sum() < LEAST_ANSWERS or n_after.sum() < LEAST_ANSWERS:
        return None
    whole = n_before + n_after
    share = (before + after) / whole[:, None]
    distance = (after - n_after[:, None] * share).sum(axis=0)
    weight = n_before * n_after / np.maximum(whole - 1, 1)
    variance = np.diag((weight[:, None] * share).sum(axis=0)) - np.einsum("f,fi,fj->ij", weight, share, share)
    degrees = int(np.linalg.matrix_rank(variance, tol=1e-9))
    if degrees == 0:
        return None
    statistic = float(distance @ np.linalg.pinv(variance, rcond=1e-9) @ distance)
    even = n_before * n_after / whole
    left, right = ((even / n) @ side / even.sum() for n, side in ((n_before, before), (n_after, after)))
    p = min(1.0, float(chi2.sf(statistic, degrees)) * tries)
    return Jump(float(np.abs(right - left).sum() / 2), p, left, right)


def exchanged(books: dict[str, Array]) -> list[tuple[str, str, int]]:
    """Pairs of questions that look exchanged from one part on, each question in one pair at most, the surest first.

    Either each question kept one distribution of answers, or each has after the place the one that the other had
    before it: the second must be far likelier. And both must have moved, and lie far nearer to the other's former
    answers than to their own, as a file in the order of factories moves from one to the next too.
    """
    names = list(books)
    width = max(counts.shape[2] for counts in books.values())
    held = np.stack([np.pad(books[n].sum(axis=0), ((0, 0), (0, width - books[n].shape[2]))) for n in names])
    before = np.cumsum(held, axis=1)[:, :-1, :]
    after = held.sum(axis=1, keepdims=True) - before
    enough = (before.sum(axis=2) >= LEAST_ANSWERS) & (after.sum(axis=2) >= LEAST_ANSWERS)
    own = np.abs(shares(before) - shares(after)).sum(axis=2) / 2
    enough &= own >= LEAST_MOVED / 2
    kept = likelihood(held.sum(axis=1))
    surest, places_of = np.full((len(names), len(names)), -np.inf), np.zeros((len(names), len(names)), dtype=np.int64)
    for at in range(len(names) - 1 if before.shape[1] else 0):  # one by one: all pairs at once would fill the memory
        rest = slice(at + 1, None)
        cross, back = (
            np.abs(shares(one) - shares(other)).sum(axis=2) / 2
            for one, other in ((before[at], after[rest]), (before[rest], after[at]))
        )
        near = np.maximum(cross, back) <= MUCH_NEARER * np.minimum(own[at], own[rest])
        surer = likelihood(before[at] + after[rest]) + likelihood(before[rest] + after[at])
        surer = np.where(enough[at] & enough[rest] & near, surer - (kept[at] + kept[rest])[:, None], -np.inf)
        surest[at, rest], places_of[at, rest] = surer.max(axis=1), surer.argmax(axis=1)
    return chosen_pairs(names, surest, places_of)


def shares(counts: Array) -> Array:
    """The share of each answer, along the last axis; zero where there are none."""
    found: Array = counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1)
    return found


def likelihood(counts: Array) -> Array:
    """The largest log-likelihood of answers drawn from one distribution, along the last axis."""
    found: Array = xlogy(counts, shares(counts)).sum(axis=-1)
    return found


def chosen_pairs(names: Sequence[str], surest: Array, places_of: npt.NDArray[np.int64]) -> list[tuple[str, str, int]]:
    """The surest pairs that are sure enough, each with its part of the file, no question twice."""
    pairs: list[tuple[str, str, int]] = []
    surest = surest.copy()
    while surest.size and (best := float(surest.max())) >= LEAST_SWAPPED:
        first, second = (int(i) for i in np.argwhere(surest == best)[0])
        pairs.append((names[first], names[second], int(places_of[first, second]) + 1))
        for index in (first, second):
            surest[index, :] = surest[:, index] = -np.inf
    return pairs


def variants(counted: pd.DataFrame, wordings: dict[str, str]) -> Iterator[Finding]:
    """A finding for each question whose answers jump with its wording, or with the column in which it stands."""
    questions = counted["indicator_id"].nunique()
    for name, rows in counted.groupby("indicator_id"):
        for what in ("wording", "place"):
            sides = rows.groupby(what)["n"].sum().sort_values(ascending=False).index
            if len(sides) < 2:
                continue
            counts = tensor(rows, what, sides)
            for place in range(1, len(sides)):
                jump = jump_between(counts[:, 0, :], counts[:, place, :], questions * len(sides))
                if jump is not None and jump.stands:
                    where = {"wording": "Where it is worded ", "place": "In the column "}[what] + repr(sides[place])
                    yield jump_finding(wordings, str(name), jump, where, {what: str(sides[place])})


def files(counted: pd.DataFrame, earlier: pd.DataFrame, wordings: dict[str, str]) -> Iterator[Finding]:
    """A finding for each question whose answers differ from those of earlier files; no figure of those is told."""
    questions = max(counted["indicator_id"].nunique(), 1)
    new = counted.groupby(["indicator_id", "factory", "level"], as_index=False)["n"].sum().assign(side=1)
    rows = pd.concat([earlier.assign(side=0), new], ignore_index=True)
    for name in sorted(set(earlier["indicator_id"])):
        counts = tensor(rows[rows["indicator_id"] == name], "side", pd.Index([0, 1]))
        jump = jump_between(counts[:, 0, :], counts[:, 1, :], questions)
        if jump is not None and jump.stands:
            text = wordings.get(str(name), str(name))
            said = (
                f"The answers to {text!r} differ sharply from those of earlier files, at the same factories. "
                "Look whether the question, its scale or its column changed."
            )
            yield Finding("break", str(name), said, serious=True, details={"where": "earlier files"})


def moved_finding(wordings: dict[str, str], name: str, other: str, line: int) -> Finding:
    """What is told of two questions that look exchanged from a line on."""
    first, second = (wordings.get(one, one) for one in (name, other))
    said = (
        f"From about line {line} on, the answers to {first!r} look as those to {second!r} did before, and the other "
        "way round. The two columns may have changed places."
    )
    return Finding("break", name, said, serious=True, details={"line": line, "exchanged_with": other})


def jump_finding(
    wordings: dict[str, str], name: str, jump: Jump, where: str, details: dict[str, int] | dict[str, str]
) -> Finding:
    """What is told of a question whose answers jump."""
    level = int(np.argmax(np.abs(jump.after - jump.before)))
    said = (
        f"{where}, the answers to {wordings.get(name, name)!r} differ sharply: {100 * jump.before[level]:.0f} % were "
        f"{level} before, {100 * jump.after[level]:.0f} % after. Look whether the question, its scale or its column "
        "changed there."
    )
    return Finding("break", name, said, serious=True, details={**details, "moved": round(jump.moved, 2)})
