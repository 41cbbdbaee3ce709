"""Production measures as a timeline draws them: what a factory told of its own work, beside what workers said.

They are context. No score, no comparison and no effect knows them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Measure:
    """One measure of a factory that may be chosen; `key` stands for it in addresses.

    `first` and `last` bound the days it is told for. `how` says in words how the parts of a day make the day, empty
    where it has no parts. `source` is empty unless several sources tell of the same thing.
    """

    key: str
    name: str
    unit: str
    source: str
    first: date
    last: date
    how: str

    @property
    def full_name(self) -> str:
        """What tells it from all others: "Output (pieces)", "Output (pieces), from erp"."""
        unit = f" ({self.unit})" if self.unit else ""
        return f"{self.name}{unit}{f', from {self.source}' if self.source else ''}"


@dataclass(frozen=True)
class MeasurePoint:
    """The mean day of one stretch, both days included, and of how many days with a value."""

    first: date
    last: date
    value: float
    days: int


@dataclass(frozen=True)
class MeasureLine:
    """The course of one measure over the drawn period, week by week. A week without a value has no point."""

    measure: Measure
    points: tuple[MeasurePoint, ...]

    def runs(self) -> list[list[MeasurePoint]]:
        """The points in unbroken runs: weeks that follow one another. What lies between two runs is a gap."""
        found: list[list[MeasurePoint]] = []
        for point in self.points:
            if found and (point.first - found[-1][-1].last).days == 1:
                found[-1].append(point)
            else:
                found.append([point])
        return found
