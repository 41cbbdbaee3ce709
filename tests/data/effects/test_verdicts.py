"""False discoveries as published, and every word at its boundary."""

import numpy as np
import numpy.testing as npt
import pytest
from scipy.stats import false_discovery_control

from data.effects import verdicts
from data.effects.exposures import Floats


def test_q_values_are_those_of_scipy() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        p = np.round(rng.beta(0.4, 2.0, int(rng.integers(1, 200))), 3)
        npt.assert_allclose(verdicts.q_values(p), false_discovery_control(p, method="bh"), atol=1e-14)
        npt.assert_allclose(verdicts.q_values(p, dependent=True), false_discovery_control(p, method="by"), atol=1e-14)


def test_what_cannot_be_told_counts_neither_for_nor_against() -> None:
    p = np.array([0.03, np.nan, 0.01, np.nan])
    npt.assert_allclose(verdicts.q_values(p), [0.03, np.nan, 0.02, np.nan])
    assert np.isnan(verdicts.q_values(np.array([np.nan]))).all()
    assert verdicts.q_values(np.array([])).size == 0


def test_simes_by_hand() -> None:
    assert verdicts.simes(np.array([0.20, 0.01, 0.04])) == pytest.approx(min(0.01 * 3, 0.04 * 3 / 2, 0.20))
    assert verdicts.simes(np.array([0.30, 0.31, 0.32])) == pytest.approx(0.32), "none alone, but all together"
    assert verdicts.simes(np.array([0.30, np.nan])) == pytest.approx(0.30)
    assert np.isnan(verdicts.simes(np.array([np.nan])))


def word(
    effect: float = 2.0, reach90: float = 5.0, q_bh: float = 0.5, q_by: float = 1.0, *, sloping: bool = False,
    few: bool = False,
) -> str:  # fmt: skip
    """The word for one effect."""
    columns: list[Floats] = [np.array([value]) for value in (effect, reach90, q_bh, q_by)]
    return verdicts.verdicts(*columns, np.array([sloping]), np.array([few]))[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("clear", {"effect": 1.0, "q_by": 0.0099, "q_bh": 0.01}),
        ("clear", {"effect": -1.0, "q_by": 0.0099, "q_bh": 0.01}),
        ("likely", {"effect": 1.0, "q_by": 0.01, "q_bh": 0.01}),
        ("likely", {"effect": 0.999, "q_by": 0.001, "q_bh": 0.01}),
        ("likely", {"effect": 1.5, "q_by": 0.001, "q_bh": 0.01, "sloping": True}),
        ("likely", {"effect": -0.5, "q_bh": 0.0999}),
        ("unclear", {"effect": 0.499, "q_bh": 0.0999}),
        ("unclear", {"effect": 0.5, "q_bh": 0.1}),
        ("no_effect_seen", {"effect": 0.4, "reach90": 0.6}),
        ("no_effect_seen", {"effect": -0.4, "reach90": 0.6}),
        ("unclear", {"effect": 0.4, "reach90": 0.601}),
        ("unclear", {"effect": -0.4, "reach90": 0.601}),
        ("likely", {"effect": 0.6, "reach90": 0.3, "q_bh": 0.05}),
        ("too_few_events", {"effect": 3.0, "q_by": 0.001, "q_bh": 0.001, "few": True}),
        ("too_few_events", {"effect": np.nan, "reach90": np.nan, "q_bh": np.nan, "q_by": np.nan}),
    ],
)
def test_each_word_begins_at_its_boundary(said: str, told: dict[str, float]) -> None:
    assert word(**told) == said
