"""Footprints: actions × severity × heads × what usually follows their kind, in worker-week points.

Computed when asked, for any period, from what the effects file says: c'β over weeks 0..20, with the range from c'Vc
(`guides/statistics.md` B1). One point lower for one worker for one week is −1. What helped counts too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from data.release.reader import OpenRelease
from scoring.effects import engine_of
from scoring.model import Estimate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Charges:
    """What was done and how many it met: one row an action, with `headcount` and `charge` (severity × heads).

    `charge` is NaN where the headcount of the factory is unknown.
    """

    actions: pd.DataFrame

    def by_kind(self, kinds: Sequence[str]) -> Floats:
        """The sum of charges of each kind."""
        summed = self.actions.groupby("kind")["charge"].sum()
        return summed.reindex(list(kinds), fill_value=0.0).to_numpy(float)

    def of_kinds(self, kinds: Sequence[str]) -> "Charges":
        """Only actions of these kinds that can be charged."""
        there = self.actions["kind"].isin(list(kinds)) & self.actions["charge"].notna()
        return Charges(self.actions[there])

    @property
    def factories(self) -> int:
        """At how many factories."""
        return int(self.actions["factory_id"].nunique())


@dataclass(frozen=True)
class Sums:
    """One outcome's effects summed over weeks 0..20, by kind, with their covariance and degrees of freedom."""

    level: str
    kinds: tuple[str, ...]
    points: Floats
    covariance: Floats
    freedom: int

    def ranges(self, charge: Floats) -> tuple[Floats, Floats]:
        """The footprints of charges (… × kinds) and half their 95 % ranges."""
        error = np.sqrt(np.maximum(((charge @ self.covariance) * charge).sum(axis=-1), 0.0))
        return charge @ self.points, float(student.ppf(0.975, self.freedom)) * error

    def of(self, charge: Floats) -> Estimate:
        """The footprint of these charges, one a kind."""
        value, reach = (float(part) for part in self.ranges(charge))
        return Estimate(value, value - reach, value + reach)

    def only(self, kinds: frozenset[str] | None) -> "Sums":
        """The same for some kinds; None: all."""
        kept = np.array([kinds is None or kind in kinds for kind in self.kinds], dtype=bool)
        names = tuple(kind for kind, here in zip(self.kinds, kept, strict=True) if here)
        return Sums(self.level, names, self.points[kept], self.covariance[np.ix_(kept, kept)], self.freedom)


def charges(
    release: OpenRelease, first: date | None, last: date, buyer: str | None = None,
    factories: Sequence[str] | None = None,
) -> Charges:  # fmt: skip
    """What buyers did from `first` to `last`, newest first: one buyer or all, at some factories or everywhere.

    To a buyer, what follows from its orders counts as of usual size: its true size may be a share of what others order.
    """
    reach = None if factories is None else list(factories)
    done = engine_of(release).frame("effects/done", first=first, last=last, buyer=buyer, factories=reach)
    rows = release.cells.engine.rows("factories_named", factories=reach)
    heads = pd.Series({row[0]: row[4] for row in rows}, dtype=float)
    if buyer is not None:
        done.loc[done["rule"] != "", "severity"] = 1.0
    done["headcount"] = done["factory_id"].map(heads).astype(float)
    done["charge"] = done["severity"] * done["headcount"]
    return Charges(done)


def sums(release: OpenRelease, codebook: str, outcomes: Sequence[str] | None = None) -> Mapping[str, Sums]:
    """The summed effects of some outcomes, or of all, by outcome (a question, a theme, "overall")."""
    asked = {"codebook": codebook, "outcomes": None if outcomes is None else list(outcomes)}
    points = engine_of(release).frame("effects/told_sums", **asked)
    pairs = engine_of(release).frame("effects/told_covariances", **asked)
    matrices = dict(tuple(pairs.groupby("outcome", sort=False)))
    return {str(key): summed(rows, matrices[key]) for key, rows in points.groupby("outcome", sort=False)}


def summed(rows: pd.DataFrame, pairs: pd.DataFrame) -> Sums:
    """One outcome of `sums`."""
    kinds = tuple(rows["kind"])
    square = pairs.pivot(index="kind", columns="other", values="covariance").loc[list(kinds), list(kinds)]
    freedom = max(int(rows["compared"].iloc[0]) - 1, 1)
    return Sums(str(rows["level"].iloc[0]), kinds, rows["points"].to_numpy(float), square.to_numpy(float), freedom)
