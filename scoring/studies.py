"""What a study of invented worlds, where the truth is known, found about each method (docs/method.md).

The numbers are kept in the file beside this one, not in code: one row a method, world, tie between answering and being
content, and level. Shares (`shown`, `covered`, `outer`, `naive_covered`) are 0..1, `bias` and `rmse` points.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

AIM = 0.95
"""How often a likely range shall hold the truth."""


@dataclass(frozen=True)
class Study:
    """One row; None where the study has no number.

    `covered` is how often the likely range held the truth (it aims at 0.95), `outer` the paler range, `naive_covered`
    the range of a plain mean; `shown` the share of scores that could be shown; `rank` how well factories are ordered.
    """

    method: str
    world: str
    tie: str
    level: str
    shown: float | None
    bias: float | None
    rmse: float | None
    covered: float | None
    outer: float | None
    rank: float | None
    naive_covered: float | None
    seeds: int | None


@cache
def studies() -> tuple[Study, ...]:
    """Every row of the file, in its order; none before the study was run."""
    text = (files("scoring") / "studies.csv").read_text(encoding="utf-8")
    return tuple(study(row) for row in csv.DictReader(text.splitlines()))


def study(row: Mapping[str, str]) -> Study:
    """One row of the file. Raises ValueError for a word where a number belongs."""

    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    return Study(
        row["method"], row["world"], row["tie"], row["level"], number("shown"), number("bias"), number("rmse"),
        number("covered"), number("outer"), number("rank"), number("naive_covered"),
        int(row["seeds"]) if row["seeds"] else None,
    )  # fmt: skip
