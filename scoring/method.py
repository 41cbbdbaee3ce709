"""Methods: named, dated sets of every constant that a score depends on (docs/method.md).

Scores are computed when asked for, so the history of every factory can be computed under any method. A change of
any constant is a new method; the old ones stay here.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Method:
    """One method. Names in the guide's notation are given behind each constant."""

    version: str
    since: date
    """The day on which it came into force."""
    codebook: str
    """The version of the default codebook that it was made with."""
    half_life: float = 90.0
    """Days after which an answer counts half (H)."""
    oldest: float = 4.0
    """Half-lives after which an answer counts no more."""
    rho: float = 0.45
    """How alike one worker's answers to one question are (ρ), where a release does not say."""
    rho_c: float = 0.27
    """How alike one worker's answers to different questions are (ρ_c), where a release does not say."""
    prior_answers: float = 10.0
    """How many answers' worth of the pooled variance a factory borrows."""
    answers_per_person: float = 4.0
    """How many answers stand for one person where nobody can be told apart."""
    adjusts: bool = True
    """Whether answers are made to look like the workforce (post-stratification)."""
    pools: bool = True
    """Whether scores are steadied by similar factories (partial pooling)."""
    least_variance: float = 1.0
    """The least variance between factories that pooling assumes (τ²)."""
    least_peers: int = 3
    """Factories that a country and sector needs to be a group of its own; fewer join their country, then all."""
    finite: bool = True
    """Whether themes and the whole count how much of the workforce answered: nothing is left to chance of who did,
    when everybody did (ADR 0010)."""
    kappa: float = 0.25
    """How differently those who did not answer may feel, in standard deviations of workers (κ)."""
    least_questions: float = 1 / 2
    """The share of a theme's questions that it needs."""
    least_themes: float = 2 / 3
    """The share of the themes that the overall score needs."""
    least_people: int = 30
    """How many people must have taken part for an overall score."""


METHODS = (
    Method(
        "1.0", date(2026, 11, 21), "1", rho=0.37, adjusts=False, pools=False, least_questions=0, least_themes=0,
        least_people=0, kappa=0.0, finite=False,
    ),
    Method("1.1", date(2026, 11, 22), "1"),
)  # fmt: skip
"""Every method, oldest first. 1.0: plain means of plain means, with ranges that count people."""

METHOD = METHODS[-1]
"""The method in force."""

HALF_LIFE = METHOD.half_life
PRIOR_ANSWERS = METHOD.prior_answers
RHO, RHO_C = METHODS[0].rho, METHOD.rho_c
"""How alike answers are, for the short stretches that charts draw."""
Z = 1.96
"""Half the width of a likely range, in standard errors."""
WEEKS_BEFORE = 8
WEEKS_AFTER = 13
"""The stretches compared around an action."""
LEAST_SHARE = 0.5
"""The share of a theme's questions, or of the themes, that a drawn point must rest on."""


class UnknownMethod(Exception):
    """There is no method of that version. The message says which there are."""


def method_of(version: str) -> Method:
    """The method of a version. Raises UnknownMethod."""
    for method in METHODS:
        if method.version == version:
            return method
    raise UnknownMethod(f"There is no method {version!r}; there are {', '.join(one.version for one in METHODS)}.")
