"""The regression equals pyfixest's and a dense one with every dummy, on uneven panels of several countries."""

import warnings

import numpy as np
import numpy.testing as npt
import pandas as pd
import pyfixest
import pytest
from pyfixest.demeaners import MapDemeaner
from scipy.sparse import csr_array

from data.effects.exposures import WINDOW, Floats, touches
from data.effects.panel import Outcome, absorbed
from data.effects.regression import Absorbed, Fit
from tests.data.effects.panels import Shape, country_of, random_cells, random_events, random_panel
from tests.data.effects.slow_effects import dense_fit

KINDS = ("cut", "late", "never", "rush")
SHAPE = Shape(factories=30, kinds=KINDS)
SEEDS = range(5)


def columns_of(seed: int) -> tuple[Outcome, Floats]:
    """A question with its exposures: kind `never` reaches nobody, and the last column repeats two others."""
    panel = random_panel(seed, SHAPE)
    keep = panel.events.kind != KINDS.index("never")
    events = type(panel.events)(
        *(column[keep] for column in vars(panel.events).values()),
    )
    outcome = panel.outcomes[0]
    touched = touches(outcome.cells, events)
    exposure = touched.matrix(outcome.cells.unit.size, len(KINDS) * WINDOW.width).toarray()
    return outcome, np.column_stack([exposure, exposure[:, 5] + 2 * exposure[:, 6]])


def fit_of(outcome: Outcome, columns: Floats) -> Fit:
    """The fit by the code in question."""
    return outcome.absorbed.fit(csr_array(columns), outcome.cells.y)


def by_pyfixest(outcome: Outcome, columns: Floats) -> pd.DataFrame:
    """Coefficient and standard error of each column that pyfixest keeps."""
    names = [f"x{place}" for place in range(columns.shape[1])]
    table = pd.DataFrame(columns, columns=names).assign(
        y=outcome.cells.y, factory=outcome.cells.unit, country_week=outcome.absorbed.period,
        weight=outcome.absorbed.weight,
    )  # fmt: skip
    with warnings.catch_warnings():
        # Its way of calling pandas, and its word on the columns that it leaves out.
        warnings.filterwarnings("ignore", "The inplace keyword in", DeprecationWarning)
        warnings.filterwarnings("ignore", r"\s+\d+ variables dropped due to multicollinearity", UserWarning)
        fit = pyfixest.feols(
            f"y ~ {' + '.join(names)} | factory + country_week", table, weights="weight", vcov={"CRV1": "factory"},
            fixef_rm="none", demeaner=MapDemeaner(fixef_tol=1e-14, fixef_maxiter=100_000),
        )  # fmt: skip
    return pd.DataFrame({"beta": fit.coef(), "error": fit.se()})


@pytest.mark.parametrize("seed", SEEDS)
def test_it_equals_pyfixest(seed: int) -> None:
    outcome, columns = columns_of(seed)
    mine, theirs = fit_of(outcome, columns), by_pyfixest(outcome, columns)
    places = [int(name[1:]) for name in theirs.index]
    assert places == np.flatnonzero(np.isfinite(mine.beta)).tolist()
    assert len(places) == 3 * WINDOW.width, "neither what reaches nobody nor what repeats others is estimated"
    npt.assert_allclose(mine.beta[places], theirs["beta"], atol=1e-8)
    npt.assert_allclose(np.sqrt(mine.covariance.diagonal())[places], theirs["error"], atol=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_equals_least_squares_with_every_dummy(seed: int) -> None:
    outcome, columns = columns_of(seed)
    cells, fixed = outcome.cells, outcome.absorbed
    mine = fit_of(outcome, columns)
    dense = dense_fit(columns, cells.y, fixed.weight, cells.unit, fixed.period, SHAPE.factories)
    npt.assert_allclose(mine.beta, dense.beta, atol=1e-8)
    npt.assert_allclose(mine.influence, dense.influence, atol=1e-8)
    npt.assert_allclose(mine.covariance, dense.covariance, atol=1e-8)
    npt.assert_allclose(mine.residual, dense.residual, atol=1e-8)
    assert mine.clusters == SHAPE.factories


def test_weights_and_fixed_effects_are_those_of_the_method() -> None:
    cells = random_cells(np.random.default_rng(1), SHAPE)
    fixed = absorbed(cells, country_of(SHAPE.factories))
    npt.assert_allclose(fixed.weight, cells.n)
    week = (cells.opened + cells.closed) // 2 // 7
    country = country_of(SHAPE.factories)[cells.unit]
    told = {(int(c), int(w)): int(p) for c, w, p in zip(country, week, fixed.period, strict=True)}
    assert len(set(told.values())) == len(told), "one period for each country and week"
    assert len(told) == np.unique(fixed.period).size


def test_levels_of_factories_and_country_weeks_leave_no_trace() -> None:
    outcome, columns = columns_of(1)
    rng = np.random.default_rng(2)
    lifted = outcome.cells.y + 100 * rng.normal(size=SHAPE.factories)[outcome.cells.unit]
    lifted += 100 * rng.normal(size=outcome.absorbed.shared.shape[1])[outcome.absorbed.period]
    before, after = fit_of(outcome, columns), outcome.absorbed.fit(csr_array(columns), lifted)
    npt.assert_allclose(after.beta, before.beta, atol=1e-8)
    npt.assert_allclose(after.influence, before.influence, atol=1e-8)


def test_the_order_of_columns_and_cells_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    cells = random_cells(rng, SHAPE)
    events = random_events(rng, SHAPE)
    country = country_of(SHAPE.factories)
    columns = touches(cells, events).matrix(cells.unit.size, len(KINDS) * WINDOW.width).toarray()
    order, shuffled = rng.permutation(columns.shape[1]), rng.permutation(cells.unit.size)
    straight = absorbed(cells, country).fit(csr_array(columns), cells.y)
    mixed = absorbed(cells.at(shuffled), country).fit(csr_array(columns[shuffled][:, order]), cells.y[shuffled])
    npt.assert_allclose(mixed.beta, straight.beta[order], atol=1e-8)
    npt.assert_allclose(mixed.influence, straight.influence[:, order], atol=1e-8)
    npt.assert_allclose(mixed.residual, straight.residual[shuffled], atol=1e-8)


def test_codes_that_no_observation_has_are_allowed() -> None:
    outcome, columns = columns_of(0)
    cells, fixed = outcome.cells, outcome.absorbed
    block = country_of(SHAPE.factories)[cells.unit]
    wider = Absorbed(cells.unit + 3, fixed.period + 5, block + 1, fixed.weight, SHAPE.factories + 9, 5000)
    mine, plain = wider.fit(csr_array(columns), cells.y), fit_of(outcome, columns)
    npt.assert_allclose(mine.beta, plain.beta, atol=1e-10)
    npt.assert_allclose(mine.influence[3 : 3 + SHAPE.factories], plain.influence, atol=1e-10)
    assert mine.clusters == plain.clusters
