"""A question to a person about one row of a factory list, and what the person said."""

from collections.abc import Mapping
from dataclasses import dataclass

SAME, NEW, OUT = "same", "new", "out"
"""What a person may say of a row: it is that factory, it is a new one, it is no factory of ours."""


@dataclass(frozen=True)
class Decision:
    """What a person said of a row: `verdict`, the factory that it is, and those that it is not."""

    verdict: str
    factory_id: str | None = None
    others: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """A known factory that a row may be, with its chance from 0 to 1 and what speaks for and against it."""

    factory_id: str
    row: Mapping[str, str | None]
    score: float
    why: str


@dataclass(frozen=True)
class Question:
    """A row that a person has to decide about: its key, its fields, and the factories that it may be."""

    key: str
    row: Mapping[str, str | None]
    candidates: tuple[Candidate, ...]
    why: str
