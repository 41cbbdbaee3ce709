"""The standards that the default codebook can be read as: their clauses, and which question stands under which.

`standards_clauses.csv` holds clauses by title and source only, never their text. `crosswalk.csv` is our own
reading of which question touches which clause; no standard has checked it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

READ_AS = (
    ("better-work", "BW", "Better Work"),
    ("eti", "ETI", "ETI"),
    ("amfori", "BSCI", "amfori"),
    ("fair-wear", "FWF", "Fair Wear"),
    ("fla", "FLA", "FLA"),
    ("slcp", "FSLM", "SLCP/Higg"),
    ("ilo", "ILO", "ILO"),
)
"""The standards that are offered, in this order: slug of the URL, id in the files, short name."""

NUMBERED = {"ETI": "ETI-", "BSCI": "BSCI-", "ILO": "ILO-"}
"""What to take off a clause's id to get the number people know it by: "6", "PA5", "C029".

The other ids are ours, or number the clauses in an order that differs between editions.
"""


class Strength(StrEnum):
    """How well a question stands for a clause: at its core, or only for a part of it or something near it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Clause:
    """One clause by its title. `section` is the title of the clause above it, empty where there is none."""

    clause_id: str
    number: str
    title: str
    section: str


@dataclass(frozen=True)
class Standard:
    """A standard with its clauses in their order; a clause that only holds others is their section."""

    slug: str
    standard_id: str
    name: str
    short_name: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Mapped:
    """One question of the default codebook under one clause."""

    indicator_id: str
    clause_id: str
    strength: Strength


@cache
def standards() -> tuple[Standard, ...]:
    """The seven standards that are offered, in their fixed order."""
    rows = tuple(rows_of("standards_clauses.csv"))
    return tuple(standard(slug, key, short, rows) for slug, key, short in READ_AS)


@cache
def crosswalk() -> Mapping[str, tuple[Mapped, ...]]:
    """The questions under each clause, by clause id: those at its core first, each kind in the codebook's order."""
    return by_clause(rows_of("crosswalk.csv"), {row["clause_id"] for row in rows_of("standards_clauses.csv")})


def standard(slug: str, key: str, short_name: str, rows: Iterable[Mapping[str, str]]) -> Standard:
    """The standard with that id, from the rows of the clause file. Raises ValueError when it has no clause."""
    own = {row["clause_id"]: row for row in rows if row["standard_id"] == key}
    if not own:
        raise ValueError(f"standards_clauses.csv has no clause of {key}")
    above = {row["parent_clause_id"] for row in own.values()}
    clauses = tuple(clause(row, own) for row in own.values() if row["clause_id"] not in above)
    return Standard(slug, key, next(iter(own.values()))["standard_name"], short_name, clauses)


def clause(row: Mapping[str, str], own: Mapping[str, Mapping[str, str]]) -> Clause:
    """One row of the clause file. Raises ValueError when the clause above it is not there."""
    parent = row["parent_clause_id"]
    if parent and parent not in own:
        raise ValueError(f"standards_clauses.csv names {parent} above {row['clause_id']}, and does not have it")
    prefix = NUMBERED.get(row["standard_id"])
    return Clause(
        clause_id=row["clause_id"],
        number=row["clause_id"].removeprefix(prefix) if prefix else "",
        title=row["clause_title"],
        section=own[parent]["clause_title"] if parent else "",
    )


def by_clause(rows: Iterable[Mapping[str, str]], known: set[str]) -> Mapping[str, tuple[Mapped, ...]]:
    """Rows of the crosswalk by clause. Raises ValueError for an unknown clause or strength."""
    found: dict[str, list[Mapped]] = {}
    for row in rows:
        if row["clause_id"] not in known:
            raise ValueError(f"crosswalk.csv names {row['clause_id']}, which standards_clauses.csv does not have")
        mapped = Mapped(row["indicator_id"], row["clause_id"], Strength(row["strength"]))
        found.setdefault(mapped.clause_id, []).append(mapped)
    core = {key: sorted(value, key=lambda m: m.strength is not Strength.PRIMARY) for key, value in found.items()}
    return MappingProxyType({key: tuple(value) for key, value in core.items()})


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this one, as text."""
    text = (files("data.codebook") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
