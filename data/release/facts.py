"""How alike one worker's answers are: ρ and ρ_c (statistics A2.4, A2.5), from quarters that are over.

Both need respondent keys, which are wiped after their quarter; so each quarter leaves sums over all factories
that can be added up. They are told to two digits, from at least a hundred workers, for a codebook as a whole.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from data.engine import Engine

LEAST_ANSWERS = 20
"""Keyed answers to a question at a factory in a quarter; with fewer its variance is too uncertain to divide by."""
LEAST_WORKERS = 100
"""Workers who answered a question twice, or two questions; with fewer nothing is estimated."""
RHO = 0.45
RHO_C = 0.27
"""What counts where nothing can be estimated (statistics A2.4, A2.5)."""


@dataclass(frozen=True)
class Alike:
    """How alike one worker's answers are in one codebook: to one question again, and to two questions."""

    codebook: str
    rho: float
    rho_c: float


def fix_likeness(engine: Engine, quarter: date, release: int) -> None:
    """Nothing; the vault holds the sums of a quarter that is over, from `quarter_rows` and `fixing`."""
    engine.do("worker_sums")
    engine.do("likeness_fixed", quarter=quarter, least_answers=LEAST_ANSWERS, release=release)


def likeness(engine: Engine) -> list[Alike]:
    """ρ and ρ_c of every codebook in the vault, as they are published: from its newest four quarters."""
    rows = engine.frame("likeness_told").to_dict("records")
    return [Alike(str(sums["codebook"]), rho(sums), rho_c(sums)) for sums in rows]


def rho(sums: Mapping[Hashable, float]) -> float:
    """The share of variance that lies between workers, by one-way analysis of variance; to two digits."""
    if sums["repeated"] < LEAST_WORKERS:
        return RHO
    within = sums["within_squares"] / sums["within_free"]
    between = max(0.0, (sums["between_squares"] - sums["between_free"] * within) / sums["between_size"])
    return round(between / (between + within), 2)


def rho_c(sums: Mapping[Hashable, float]) -> float:
    """The mean product of two standard scores of one worker, of different questions; to two digits."""
    if sums["paired"] < LEAST_WORKERS:
        return RHO_C
    return round(min(1.0, max(0.0, sums["products"] / sums["pairs"])), 2)


def tell_facts(engine: Engine) -> None:
    """Nothing; the open release holds ρ and ρ_c, and the pooled variance of each question (A2.2)."""
    found = likeness(engine)
    engine.offer(
        "likeness_now",
        {
            "fact": ["rho"] * len(found) + ["rho_c"] * len(found),
            "codebook": [one.codebook for one in found] * 2,
            "value": [one.rho for one in found] + [one.rho_c for one in found],
        },
    )
    engine.do("facts_written")
    engine.do("pooled_variance")
