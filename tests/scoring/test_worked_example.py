"""The worked example of the guide (A3), number by number, to a thousandth."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring.measures import variance_of_level, variance_of_one
from scoring.method import METHOD
from scoring.pooling import half_width, steadied
from scoring.scorebook import Level, scores_on
from tests.scoring.releases import Adjusted, Asked, CellRow, Made, Reached, Site, opened
from tests.scoring.worlds import ON, QUARTERS

N, S, Q = (40, 40, 40, 40), (2400, 2600, 2800, 3000), (180000, 205000, 225000, 250000)
AGES = (0, 30, 90, 180)
WOMEN, MEN = (0.7, 0.5, 61.0, -2.0), (0.3, 0.5, 69.0, 2.0)
"""Share of the workforce, share of answers, mean, and how far the group lies from the mean everywhere."""


def weighted(sums: tuple[float, ...]) -> float:
    """A sum by age, each weighted by 2^(−age / 90)."""
    return sum(2 ** (-age / 90) * one for age, one in zip(AGES, sums, strict=True))


def post_stratified() -> tuple[float, float]:
    """The adjustment and d_w of two groups (A2.3, A2.4); a release fixes them (tests/data/release/test_adjust.py)."""
    n, m = weighted(N), weighted(S) / weighted(N)
    points, up, down = 0.0, 0.0, 0.0
    for work, told, mean, delta in (WOMEN, MEN):
        wn = told * n
        cell = (wn * mean + 50 * (m + delta)) / (wn + 50)
        points += (work - told) * cell
        g = 1 + (work - told) / told * wn / (wn + 50)
        up, down = up + told * g * g, down + told * g
    return points, up / down**2


@pytest.fixture
def level(tmp_path: Path) -> Level:
    """The questions of a release that holds just that."""
    points, d_w = post_stratified()
    cells = [
        CellRow("F1", "Q1", ON - timedelta(days=age), ON - timedelta(days=age), *sums)
        for age, *sums in zip(AGES, N, S, Q, strict=True)
    ]
    made = Made(
        cells, [Asked("Q1", "T1")], [Site("F1", headcount=240)],
        reach=[Reached("F1", QUARTERS[-1], 80, 60, 160)],
        adjust=[Adjusted("F1", "Q1", quarter, points, d_w) for quarter in QUARTERS],
        variances={("book", "Q1"): 900.0}, likeness={("rho", "book"): 0.37},
    )  # fmt: skip
    book = scores_on(opened(tmp_path, made), ON, 90.0, METHOD).books["book"]
    assert book.measured.n_eff[0, 0] == pytest.approx(133.2416, abs=1e-3)
    assert book.measured.people[0, 0] == pytest.approx(60.0)
    assert book.measured.d_w[0, 0] == pytest.approx(1.0407, abs=1e-4)
    return book.questions


def test_its_sums() -> None:
    n, m = weighted(N), weighted(S) / weighted(N)
    assert n == pytest.approx(101.7480, abs=1e-3)
    assert m == pytest.approx(65.0, abs=1e-3)
    assert weighted(Q) / n - m * m == pytest.approx(863.1442, abs=1e-3)
    assert post_stratified() == pytest.approx((-1.2035, 1.0407), abs=1e-4)


def test_its_variance() -> None:
    one = variance_of_one(np.array(863.1442), np.array(133.2416), np.array(900.0), METHOD.prior_answers)
    assert one == pytest.approx(871.8035, abs=1e-3)
    v = variance_of_level(one, np.array(1.0407), np.array(60.0), np.array(133.2416), 0.37)
    assert v == pytest.approx(9.8848, abs=1e-3)


def test_its_level_from_a_release(level: Level) -> None:
    assert level.plain[0, 0] == pytest.approx(65.0, abs=1e-3)
    assert level.level[0, 0] == pytest.approx(63.7965, abs=1e-3)
    assert level.sd[0, 0] ** 2 == pytest.approx(871.8035, abs=1e-3)
    assert level.variance[0, 0] == pytest.approx(9.8848, abs=1e-3)
    assert level.allowance[0, 0] == pytest.approx(3.3675, abs=1e-3)


def test_its_score_and_both_ranges(level: Level) -> None:
    mu, of_mu, tau, free = np.array([[55.0]]), np.array([[4.0]]), np.array([80.0]), np.array([120])
    found = steadied(level.level, level.variance, mu, of_mu, tau, free)
    assert found.pull[0, 0] == pytest.approx(0.1100, abs=1e-3)
    assert found.score[0, 0] == pytest.approx(62.829, abs=1e-3)
    assert found.variance[0, 0] == pytest.approx(8.8617, abs=1e-3)
    assert (found.low[0, 0], found.high[0, 0]) == pytest.approx((56.935, 68.723), abs=1e-3)
    pooled = replace(
        level.pooled, score=found.score, variance=found.variance, low=found.low, high=found.high,
        quantile=found.quantile,
    )  # fmt: skip
    low, high = replace(level, pooled=pooled).outer
    assert (low[0, 0], high[0, 0]) == pytest.approx((53.930, 71.728), abs=1e-3)


def test_a_range_never_takes_more_than_the_level_alone_would(level: Level) -> None:
    """The one rule of ours beyond the guide: with three factories t is 4.3, and says more of them than of the score."""
    mu, of_mu, tau = np.array([[55.0]]), np.array([[4.0]]), np.array([80.0])
    found = steadied(level.level, level.variance, mu, of_mu, tau, np.array([2]))
    alone = 1.959964 * np.sqrt(level.variance) + abs(level.level - found.score)
    assert found.high - found.score == pytest.approx(alone, abs=1e-3)
    wide = half_width(level.level, level.variance, found.score, found.variance, found.quantile, 3.3675)
    assert wide == pytest.approx(alone + 1.959964 * (np.sqrt(level.variance + 3.3675**2) - np.sqrt(level.variance)))
