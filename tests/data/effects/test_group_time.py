"""Where treatment begins once and stays, the same regression gives the group-time effects that R's `did` gives.

Cohorts are kinds and a week is a period. Every cohort and lag has a column (lag −1 left out), as have the covariate in
each period, whose slopes only those never treated then settle, and the covariate about its mean in each cohort and
period. Up to the period before treatment `did` compares with the period before: a difference of two coefficients.
Its standard errors have no small-sample factor.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from data.effects.exposures import WEEK, Cells, Events, Floats, Ints, Window, touches
from data.effects.panel import absorbed
from data.effects.regression import Fit

WINDOW = Window(leads=3, lags=2, tail=0)
"""Four periods, treatment from the second, third or fourth on: three periods before to two after."""
PERIODS, COHORTS = (1, 2, 3, 4), (2, 3, 4)


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    path = shared_data / "staggered-sim-with-reference"
    if not path.is_dir():
        pytest.skip("the simulated panels with reference estimates are not among the shared data")
    return path


def exposures(table: pd.DataFrame, cells: Cells) -> Floats:
    """Cells × (cohort × lag), by the code that actions go through: lag −1 is zero throughout."""
    treated = table[(table["G"] > 0) & (table["period"] == 1)]
    kind = np.searchsorted(COHORTS, treated["G"]).astype(np.int64)
    events = Events(codes(treated["id"]), treated["G"].to_numpy(np.int64) * WEEK, kind, np.ones(kind.size))
    columns = touches(cells, events, WINDOW).matrix(cells.unit.size, len(COHORTS) * WINDOW.width).toarray()
    columns[:, WINDOW.leads - 1 :: WINDOW.width] = 0.0
    return columns


def covariates(table: pd.DataFrame) -> Floats:
    """The covariate in each period but the first, and about its mean in each cohort and period but the one before."""
    x = table["X"].to_numpy()
    columns = [x * (table["period"] == period) for period in PERIODS[1:]]
    for cohort in COHORTS:
        mine = table["G"] == cohort
        about = np.where(mine, x - table.loc[mine, "X"].mean(), 0.0)
        columns += [about * (table["period"] == period) for period in PERIODS if period != cohort - 1]
    return np.column_stack(columns)


def codes(identifiers: "pd.Series[int]") -> Ints:
    """Units from 0 on."""
    return identifiers.to_numpy(np.int64) - 1


def fitted(table: pd.DataFrame) -> Fit:
    """The regression of one simulated panel."""
    first = table["period"].to_numpy(np.int64) * WEEK
    unit = codes(table["id"])
    cells = Cells(unit, first, first + WEEK - 1, np.full(unit.size, 10.0), table["Y"].to_numpy())
    fixed = absorbed(cells, np.zeros(unit.max() + 1, dtype=np.int64))
    fit = fixed.fit(csr_array(np.column_stack([exposures(table, cells), covariates(table)])), cells.y)
    used = np.isfinite(fit.beta).sum()
    plain = 1 / np.sqrt(fixed.small_sample(int(used), fit.clusters))
    return Fit(fit.beta, fit.influence * plain, fit.residual, fit.clusters)


def told(fit: Fit, cohort: int, period: int) -> tuple[float, float]:
    """A group-time effect and its standard error."""
    weights = np.zeros(fit.beta.size)
    place = COHORTS.index(cohort) * WINDOW.width + WINDOW.leads
    for at, sign in ((period, 1.0), (period - 1 if period < cohort else cohort - 1, -1.0)):
        if at != cohort - 1:
            weights[place + at - cohort] = sign
    return float(np.nan_to_num(fit.beta) @ weights), float(np.sqrt(((fit.influence @ weights) ** 2).sum()))


@pytest.mark.parametrize("name", ["tp4_dyn", "tp4_const"])
def test_it_gives_what_did_gives(folder: Path, name: str) -> None:
    reference = pd.read_csv(folder / "ref_sim.csv")
    reference = reference[
        (reference["dataset"] == name) & (reference["control"] == "nevertreated") & (reference["est"] == "reg")
    ]
    assert len(reference) == 9
    fit = fitted(pd.read_csv(folder / f"{name}.csv"))
    for row in reference.itertuples():
        effect, error = told(fit, row.group, row.t)
        assert effect == pytest.approx(row.att, abs=1e-6), f"cohort {row.group}, period {row.t}"
        assert error == pytest.approx(row.se, rel=0.02), f"cohort {row.group}, period {row.t}"
