"""How sure we may be of a score: evidence grades and status (guides: A7). Never part of the score itself.

The cut-offs are judgement, not simulated; docs/method.md says so.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring.measures import Floats, Ints

GRADES = ("A", "B", "C", "D")
LEAST_PEOPLE = (50.0, 20.0, 8.0)
LEAST_PARTICIPATION = (0.30, 0.15, 0.05)
LEAST_COVERED = (0.80, 0.60, 0.40)
MOST_AGE = (14.0, 30.0, 60.0)
"""For A, B and C; what reaches none of them is D."""
SETTLING_DAYS = 182
"""A factory settles in for its first two quarters: no rank, no publication."""
FLAG_DAYS = 91
"""Days for which a warning lowers the grade, by one step."""
SETTLING_IN, SETTLED = "settling_in", "settled"


@dataclass(frozen=True)
class Evidence:
    """What a grade rests on; arrays of one shape, NaN where something is not known."""

    people: Floats
    participation: Floats
    covered: Floats
    """The share of the workforce in groups of which somebody answered."""
    age: Floats
    """Days since the newest answer."""
    flagged: npt.NDArray[np.bool_]

    def steps(self) -> dict[str, Ints]:
        """The grade that each part alone would give: 0 for A to 3 for D.

        A participation that nobody knows earns no more than C; groups that nobody counted, no more than B.
        """
        return {
            "people": step(self.people, LEAST_PEOPLE, 3),
            "participation": step(self.participation, LEAST_PARTICIPATION, 2),
            "covered": step(self.covered, LEAST_COVERED, 1),
            "age": step(-self.age, tuple(-limit for limit in MOST_AGE), 3),
        }

    def grade(self) -> Ints:
        """The worst of the parts, one step lower after a warning."""
        worst = np.maximum.reduce(list(self.steps().values()))
        found: Ints = np.minimum(worst + self.flagged, len(GRADES) - 1)
        return found


def step(values: Floats, limits: tuple[float, ...], unknown: int) -> Ints:
    """How many of the limits a value misses, the highest first; `unknown` where there is no value."""
    missed = sum((values < limit).astype(np.int64) for limit in limits)
    found: Ints = np.where(np.isnan(values), unknown, missed)
    return found
