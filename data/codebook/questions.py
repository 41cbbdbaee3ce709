"""The questions of the default codebook, with what a release does not carry: severity, cadence, labels, safeguards."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

DEFAULT_CODEBOOK = "seamline-1"
"""The key under which releases keep these questions; every other codebook was brought by a data set."""


class Severity(StrEnum):
    """How grave a bad answer is. It orders and explains; no score is weighted by it."""

    ZERO_TOLERANCE = "zero_tolerance"
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    NOT_SCORED = "not_scored"


class Cadence(StrEnum):
    """How often one worker may be asked."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Role(StrEnum):
    """What the answers are for: a score (or a lead, with zero tolerance), context, or trust in the answers."""

    SCORED = "scored"
    CONTEXT = "context"
    INTEGRITY = "integrity"


@dataclass(frozen=True)
class Question:
    """One question as it is asked. `low_label` and `high_label` are the words at the ends of its scale.

    `polarity` is −1 where a high answer is bad. `recall_days` is how far back it asks; 0 is this moment.
    """

    indicator_id: str
    theme: str
    theme_name: str
    short_name: str
    text: str
    scale: str
    low_label: str
    high_label: str
    polarity: int
    severity: Severity
    cadence: Cadence
    recall_days: int
    role: Role
    zero_tolerance: bool
    zero_tolerance_basis: str
    event_sensitive: bool
    not_applicable_allowed: bool
    sensitive: bool

    @property
    def is_lead(self) -> bool:
        """True for a question whose answers are never averaged."""
        return self.role is Role.SCORED and self.zero_tolerance

    @property
    def is_averaged(self) -> bool:
        """True for a question with a score."""
        return self.role is Role.SCORED and not self.zero_tolerance


def questions_of(codebook: str) -> Mapping[str, Question]:
    """The questions of a codebook by id, in its order; none for one that a data set brought.

    Of those a release knows the wording, and nobody told the rest.
    """
    return default_questions() if codebook == DEFAULT_CODEBOOK else MappingProxyType({})


@cache
def default_questions() -> Mapping[str, Question]:
    """Every question of the file beside this one, by id, in its order."""
    text = (files("data.codebook") / "indicators.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["indicator_id"]: question(row) for row in rows})


def question(row: Mapping[str, str]) -> Question:
    """One row of the file as a question. Raises ValueError for a word or number that the file may not hold."""
    words = (
        "indicator_id", "theme", "theme_name", "short_name", "text", "scale", "low_label", "high_label",
        "zero_tolerance_basis",
    )  # fmt: skip
    return Question(
        **{name: row[name] for name in words},
        polarity=int(row["polarity"]),
        severity=Severity(row["severity"]),
        cadence=Cadence(row["cadence"]),
        recall_days=int(row["recall_days"]),
        role=Role(row["role"]),
        zero_tolerance=truth(row["zero_tolerance"]),
        event_sensitive=truth(row["event_sensitive"]),
        not_applicable_allowed=truth(row["not_applicable_allowed"]),
        sensitive=truth(row["sensitive"]),
    )


def truth(word: str) -> bool:
    """True for "true", False for "false". Raises ValueError for anything else."""
    if word not in ("true", "false"):
        raise ValueError(f"{word!r} is neither true nor false")
    return word == "true"
