"""How one score came about: the chain of the method with this number's own inputs.

One object feeds the drawer of the portal, `flask scores --explain` and the foot of an export.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from scoring.grades import GRADES, SETTLED, SETTLING_IN
from scoring.measures import Floats
from scoring.model import Standing
from scoring.positions import LEAST_FACTORIES, standing
from scoring.scorebook import Level, ScoreBook, Scores


@dataclass(frozen=True)
class Part:
    """A question of a theme, or a theme of the whole: its level before pooling, or its peers' where it has none."""

    key: str
    level: float | None
    peer_mean: float | None
    weight: float
    """How much it counts; 0 where it is missing and only its peers' mean stands in (a method that does not pool
    leaves it out altogether)."""


@dataclass(frozen=True)
class EvidenceParts:
    """The grade and what each part of it alone would give; None where something is not known."""

    grade: str
    people: str
    participation: str
    covered: str
    age: str
    flagged: bool
    participation_share: float | None
    covered_share: float | None
    days_since: int


@dataclass(frozen=True)
class Explanation:
    """Every number between the answers and a score, in points. Counts of answers and people are to the nearest 5."""

    codebook: str
    factory_id: str
    key: str
    """An indicator, a theme, or "" for the whole."""
    theme: str
    on: date
    method: str
    method_since: date
    half_life: float
    answers: int
    people: int | None
    headcount: int | None
    first_day: date
    last_day: date
    plain: float
    """The plain weighted mean."""
    level: float
    """After the adjustment and the centring on peers."""
    variance: float | None
    parts: tuple[Part, ...]
    """What the level is the mean of; empty for a question."""
    spread: float
    """The standard deviation of one answer."""
    n_eff: float | None
    """For a question: how many answers' worth the weighted mean is."""
    people_behind: float
    widened: float
    """For a question: by how much unequal turnout widens its variance (d_w); 1 otherwise."""
    rho: float
    rho_c: float
    pull: float
    """By which share the level is drawn to its peers (s)."""
    peers: int | None
    peer_country: str
    peer_sector: str
    peer_mean: float | None
    quantile: float | None
    score: float
    low: float
    high: float
    score_variance: float | None
    """Of the score, after pooling."""
    allowance: float
    outer_low: float
    outer_high: float
    evidence: EvidenceParts
    status: str
    standing: Standing | None

    @property
    def adjustment(self) -> float:
        """What making the answers look like the workforce, and centring on peers, adds."""
        return self.level - self.plain

    def told(self) -> "Explanation":
        """The same for whoever is not the operator: nothing from which another factory's score could be solved.

        Of fewer than ten peers neither their number nor their mean is told, and the own numbers in whole points, so
        that the pull does not give the mean away; of more, to a tenth and to the nearest 5. Variances stay here.
        """
        few = self.peers is None or self.peers < LEAST_FACTORIES
        digits = 0 if few else 1
        points = ("plain", "level", "score", "low", "high", "allowance", "outer_low", "outer_high")
        rounded: dict[str, Any] = {name: printed(getattr(self, name), digits) for name in points}
        parts = tuple(
            replace(
                part,
                level=None if part.level is None else printed(part.level, digits),
                peer_mean=None if few or part.peer_mean is None else printed(part.peer_mean, 1),
            )
            for part in self.parts
        )
        return replace(
            self, **rounded, parts=parts, pull=round(self.pull, 2), peers=None if few else nearest_5(self.peers or 0),
            peer_mean=None if few or self.peer_mean is None else printed(self.peer_mean, 1),
            variance=None, score_variance=None, quantile=None,
        )  # fmt: skip

    def as_numbers(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return asdict(self) | {"adjustment": self.adjustment}


def explained(found: Scores, codebook: str, factory_id: str, key: str) -> Explanation | None:
    """How the score of a question, a theme or the whole ("") came about; None where none may be shown.

    Raises KeyError for a codebook, factory or key that is not there.
    """
    book = found.books[codebook]
    level, column = book.column(key)
    at = (found.place(factory_id), column)
    if not np.isfinite(level.level[at]):
        return None
    pooled, places = level.pooled, found.places
    country, sector = found.peers.names[int(pooled.group[at])]
    outer_low, outer_high = level.outer
    is_question = level is book.questions
    answers = nearest_5(level.answers[at])
    return Explanation(
        codebook=codebook, factory_id=factory_id, key=key, theme=level.themes[column], on=found.on,
        method=found.method.version, method_since=found.method.since, half_life=found.half_life,
        answers=answers, people=count_of(np.minimum(places.people[at[0]], answers)),
        headcount=count_of(places.headcount[at[0]]), first_day=level.first_day[at].astype(object),
        last_day=level.last_day[at].astype(object), plain=float(level.plain[at]), level=float(level.level[at]),
        variance=float(level.variance[at]), parts=parts_of(found, book, level, at), spread=float(level.sd[at]),
        n_eff=float(book.measured.n_eff[at]) if is_question else None, people_behind=float(level.people[at]),
        widened=float(book.measured.d_w[at]) if is_question else 1.0, rho=book.asked.rho, rho_c=book.asked.rho_c,
        pull=float(pooled.pull[at]), peers=int(pooled.peers[at]), peer_country=country, peer_sector=sector,
        peer_mean=float(pooled.peer_mean[at]), quantile=float(pooled.quantile[column]), score=float(pooled.score[at]),
        low=float(pooled.low[at]), high=float(pooled.high[at]),
        score_variance=float(pooled.variance[at]), allowance=float(level.allowance[at]),
        outer_low=float(outer_low[at]), outer_high=float(outer_high[at]), evidence=evidence_of(found, level, at),
        status=SETTLING_IN if found.settling[at[0]] else SETTLED,
        standing=standing(found, codebook, factory_id, key),
    )  # fmt: skip


def parts_of(found: Scores, book: ScoreBook, level: Level, at: tuple[int, int]) -> tuple[Part, ...]:
    """The questions of a theme, or the themes of the whole, with how much each counts.

    The level is the mean of all their peers' means, and of how far those that are here lie from theirs.
    """
    factory, column = at
    if level is book.questions:
        return ()
    if level is book.whole:
        inner, members = book.themes, np.arange(len(book.themes.keys))
        usual = np.array([one.usual[factory] for one in book.composites[1:]])
    else:
        inner, members = book.questions, np.flatnonzero(book.asked.themes == level.keys[column])
        usual = inner.pooled.peer_mean[factory]
    weights = part_weights(inner.level[factory, members])
    here = np.isfinite(inner.level[:, members]).any(axis=0) if found.method.pools else weights > 0
    return tuple(
        Part(
            inner.keys[i],
            None if np.isnan(inner.level[factory, i]) else float(inner.level[factory, i]),
            float(usual[i] if found.method.pools else inner.pooled.peer_mean[factory, i]),
            float(weight),
        )
        for i, weight in zip(members[here], weights[here], strict=True)
    )


def part_weights(levels: Floats) -> Floats:
    """Equal weights for the parts that are here."""
    here = np.isfinite(levels)
    found: Floats = here / max(int(here.sum()), 1)
    return found


def evidence_of(found: Scores, level: Level, at: tuple[int, int]) -> EvidenceParts:
    """The grade of one score, part by part."""
    evidence = found.evidence(level)
    steps = {name: GRADES[int(values[at])] for name, values in evidence.steps().items()}
    return EvidenceParts(
        grade=GRADES[int(evidence.grade()[at])],
        **steps,
        flagged=bool(evidence.flagged[at]),
        participation_share=share_of(evidence.participation[at]),
        covered_share=share_of(evidence.covered[at]),
        days_since=int(evidence.age[at]),
    )


def printed(value: float, digits: int) -> float:
    """The value to a tenth or a whole, halves up; a tenth that would print as another whole point is one less."""
    scale = 10**digits
    found = float(np.floor(value * scale + 0.5) / scale)
    same = np.floor(found + 0.5) == np.floor(value + 0.5)
    return found if same else found - 1 / scale


def share_of(value: float) -> float | None:
    """A share, or None where it is not known."""
    return None if np.isnan(value) else float(value)


def count_of(value: float) -> int | None:
    """A count, or None where it is not known."""
    return None if np.isnan(value) else int(value)


def nearest_5(count: float) -> int:
    """The count to the nearest 5."""
    return int(5 * np.floor(count / 5 + 0.5))
