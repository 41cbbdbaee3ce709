"""The whole suite: what every surface told over a world's life, and what all attacks together made of it."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.disclosure.attacks import attacks
from tests.disclosure.attacks.adapters import ReleaseFile, surfaces
from tests.disclosure.attacks.decoding import decoded, rule_of
from tests.disclosure.attacks.figures import EPS, Attacker, Figure, Recovery, distinct
from tests.disclosure.attacks.linear import linear
from tests.disclosure.attacks.worlds import World, lived

SIMPLE = {
    "direct": attacks.direct,
    "subtraction": attacks.subtraction,
    "two dates": attacks.two_dates,
    "two releases": attacks.two_releases,
    "levels": attacks.levels_against_whole,
    "overlap": attacks.overlap,
    "unanimity": attacks.unanimity,
    "weights": attacks.weighted,
}
ALL = (*SIMPLE, "averaging", "decoding", "closing", "linear")
FILE, UNION = "release file", "everything"


class FalseReading(Exception):
    """An adapter reads a figure that does not agree with what was said: the attack would prove nothing."""


@dataclass(frozen=True)
class Told:
    """What was told over a world's life, by surface, each figure once; and what changed when asked twice."""

    world: World
    figures: dict[str, list[Figure]]
    moving: tuple[Recovery, ...]
    read: int
    """How many figures were read in all, those that follow from cells included."""


@dataclass
class Outcome:
    """What all attacks made of some figures; outcomes of several worlds add up."""

    figures: int = 0
    hits: dict[str, list[Recovery]] = field(default_factory=lambda: defaultdict(list))
    answers: int = 0
    owed: int = 0
    groups: int = 0
    alike: int = 0
    near: int = 0
    narrowest: float = 100.0
    seconds: float = 0.0

    def __add__(self, other: "Outcome") -> "Outcome":
        hits = {name: self.hits[name] + other.hits[name] for name in ALL}
        return Outcome(
            self.figures + other.figures,
            defaultdict(list, hits),
            self.answers + other.answers,
            self.owed + other.owed,
            self.groups + other.groups,
            self.alike + other.alike,
            self.near + other.near,
            min(self.narrowest, other.narrowest),
            self.seconds + other.seconds,
        )

    @property
    def recovered(self) -> int:
        """How many small groups and single answers were recovered in all."""
        return sum(len(found) for found in self.hits.values())


def told(world: World, folder: Path) -> Told:
    """The world fed through the real load and release, and everything read after every tick. Raises FalseReading."""
    kept: dict[str, list[Figure]] = {}
    watched = [ReleaseFile(), *surfaces(world)]
    moving: list[Recovery] = []
    for moment in lived(world, folder):
        for surface in watched:
            kept[surface.name] = distinct([*kept.get(surface.name, []), *surface.figures(moment)])
            if moment.tick == world.plan.ticks - 1:
                moving += attacks.averaging(Attacker(world), lambda s=surface, m=moment: s.figures(m))
    every = distinct(figure for figures in list(kept.values()) for figure in figures)
    for figure in every:
        if not figure.holds(world):
            raise FalseReading(f"{figure.label}: {figure.low}..{figure.high} is not what was said")
    kept[UNION] = news(every)
    return Told(world, kept, tuple(moving), len(every))


def outcome(attacker: Attacker, figures: list[Figure], moving: tuple[Recovery, ...] = ()) -> Outcome:
    """What all attacks make of these figures."""
    begun = time.monotonic()
    made = Outcome(figures=len(figures))
    for name, attack in SIMPLE.items():
        made.hits[name] = attack(attacker, figures)
    made.hits["averaging"] = list(moving)
    made.hits["decoding"] = list(decoded(attacker, figures).recoveries)
    found = decoded(attacker, figures, rule_of(attacker, figures))
    made.hits["closing"], made.answers, made.owed = list(found.recoveries), found.answers, found.owed
    bounded = linear(attacker, figures)
    made.hits["linear"] = bounded.recoveries
    made.groups, made.alike, made.near, made.narrowest = bounded.groups, bounded.alike, bounded.near, bounded.narrowest
    made.seconds = time.monotonic() - begun
    return made


def outcomes(attacker: Attacker, heard: Told) -> dict[str, Outcome]:
    """What all attacks make of the release file, and of everything together where that is more."""
    file, union = (outcome(attacker, heard.figures[FILE], heard.moving), heard.figures[UNION])
    more = {id(figure) for figure in union} - {id(figure) for figure in heard.figures[FILE]}
    return {FILE: file, UNION: outcome(attacker, union, heard.moving) if more else file}


def news(figures: list[Figure]) -> list[Figure]:
    """The figures without those that follow from cells: sums of whole cells, of which no attack can make more."""
    cell_of: dict[int, Figure] = {int(i): f for f in figures if f.fifths is not None for i in f.ids}
    return [figure for figure in figures if figure.fifths is not None or not follows(figure, cell_of)]


def follows(figure: Figure, cell_of: dict[int, Figure]) -> bool:
    """True when a figure is a sum of whole cells, each with one weight, told no finer than the cells tell it."""
    total, left = 0.0, dict(zip(figure.ids.tolist(), figure.coefficients.tolist(), strict=True))
    while left:
        answer = next(iter(left))
        if answer not in cell_of:
            return False
        cell = cell_of[answer]
        weights = [left.pop(int(i), np.nan) for i in cell.ids]
        if not np.ptp(weights) < EPS:
            return False
        total += weights[0] * cell.low
    return figure.low - EPS <= total <= figure.high + EPS
