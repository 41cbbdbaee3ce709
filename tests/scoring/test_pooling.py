"""A score is steadied by similar factories: by how much, by whom, and how sure it is then."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.measures import Floats
from scoring.method import METHOD, METHODS
from scoring.pooling import Peers, Pooled, Z, between, half_width, peers_of, pooled, steadied
from tests.scoring.slow_pooling import steady

SEEDS = st.integers(0, 2**32 - 1)
PLACES = [("BD", "a")] * 3 + [("BD", "b")] * 2 + [("IN", "a")] * 2 + [("IN", "b")] + [("VN", "a")] * 2


def peers(places: list[tuple[str, str]]) -> Peers:
    """The sets of these factories."""
    country, sector = (np.array([one[i] for one in places], dtype=object) for i in (0, 1))
    return peers_of(country, sector)


def names(found: Pooled, of: Peers) -> list[tuple[str, str]]:
    """By whom the first column of every factory is steadied."""
    return [of.names[i] for i in found.group[:, 0]]


def random_world(seed: int, columns: int = 3) -> tuple[Floats, Floats, list[tuple[str, str]]]:
    """Levels, variances and places of up to fifteen factories; a quarter of the levels are missing."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 16))
    level = rng.uniform(0, 100, (count, columns))
    level[rng.random(level.shape) < 0.25] = np.nan
    variance = np.where(np.isnan(level), np.nan, rng.uniform(0.2, 60, level.shape))
    places = [(str(rng.choice(["BD", "IN", "VN"])), str(rng.choice(["a", "b", ""]))) for _ in range(count)]
    return level, variance, places


def test_fewer_than_three_factories_fold_into_their_country_and_then_into_all() -> None:
    of = peers(PLACES)
    level = np.linspace(40, 60, len(PLACES))[:, None]
    found = pooled(level, np.ones_like(level), of, METHOD)
    assert names(found, of) == [("BD", "a")] * 3 + [("BD", "")] * 2 + [("IN", "")] * 3 + [("", "")] * 2
    assert found.peers[:, 0].tolist() == [3] * 3 + [5] * 2 + [3] * 3 + [10] * 2


def test_only_factories_with_a_level_make_a_group() -> None:
    of = peers(PLACES)
    level = np.linspace(40, 60, len(PLACES))[:, None]
    level[[0, 5]] = np.nan
    found = pooled(level, np.ones_like(level), of, METHOD)
    assert names(found, of) == [("BD", "")] * 5 + [("", "")] * 5
    assert found.peers[:, 0].tolist() == [4] * 5 + [8] * 5
    assert np.isnan(found.score[[0, 5], 0]).all()
    assert np.isfinite(found.peer_mean).all(), "what peers have is told of everybody: missing parts are centred on it"


def test_factories_without_a_sector_are_alike_within_their_country_only() -> None:
    of = peers([("BD", "")] * 3 + [("IN", "")] * 3)
    level = np.array([[10.0], [11], [12], [80], [81], [82]])
    found = pooled(level, np.full_like(level, 0.5), of, METHOD)
    assert found.group[0, 0] != found.group[3, 0]
    assert found.peer_mean[0, 0] < 15
    assert found.peer_mean[3, 0] > 75


@pytest.mark.parametrize("count", [0, 1])
def test_without_a_second_factory_nothing_is_pooled(count: int) -> None:
    level = np.full((count, 2), 40.0)
    found = pooled(level, np.full_like(level, 9.0), peers([("BD", "a")] * count), METHOD)
    assert found.score.tolist() == level.tolist()
    assert (found.pull == 0).all()
    assert found.low.tolist() == (level - 3 * Z).tolist()
    assert found.high.tolist() == (level + 3 * Z).tolist()


def test_a_column_that_nobody_has_stays_empty() -> None:
    level = np.full((4, 2), np.nan)
    level[:, 1] = [1.0, 2, 3, 4]
    found = pooled(level, np.where(np.isnan(level), np.nan, 1.0), peers([("BD", "a")] * 4), METHOD)
    assert np.isnan([found.score[:, 0], found.low[:, 0], found.pull[:, 0], found.peer_mean[:, 0]]).all()
    assert np.isfinite(found.score[:, 1]).all()


def test_three_factories_by_hand() -> None:
    """τ² = (Q − 2) / (S1 − S2 / S1), μ their mean, ν = 2; there is nobody else to draw μ to."""
    level, variance = np.array([[40.0], [50], [66]]), np.array([[4.0], [4], [4]])
    found = pooled(level, variance, peers([("BD", "a")] * 3), METHOD)
    squares = ((level - 52) ** 2).sum() / 4
    tau = (squares - 2) / (3 / 4 - (3 / 16) / (3 / 4))
    s = 4 / (4 + tau)
    assert found.pull[:, 0] == pytest.approx([s] * 3)
    assert found.score[:, 0] == pytest.approx(((1 - s) * level + s * 52)[:, 0])
    total = (1 - s) * 4 + s**2 * (4 + tau) / 3 + s**2 * (level - 52) ** 2
    assert found.variance[:, 0] == pytest.approx(total[:, 0])
    assert found.quantile[0] == pytest.approx(4.3027, abs=1e-4)
    assert tau == pytest.approx(172 - 4)


def test_factories_that_do_not_differ_are_taken_to_differ_a_little() -> None:
    level = np.full((5, 1), 50.0)
    tau, free = between(level, np.full_like(level, 4.0), np.zeros((5, 1), dtype=np.int64), 1, 1.0)
    assert (tau.tolist(), free.tolist()) == ([1.0], [4])


def test_what_is_known_well_stays_and_what_is_not_goes_to_its_peers() -> None:
    rng = np.random.default_rng(3)
    level = np.vstack([rng.normal(50, 8, (30, 1)), [[90.0]], [[90.0]], [[90.0]]])
    variance = np.full_like(level, 4.0)
    variance[-3:, 0] = [0.01, 60.0, 1e6]
    found = pooled(level, variance, peers([("BD", "a")] * 33), METHOD)
    sure, less, unsure = found.score[-3:, 0]
    assert sure == pytest.approx(90, abs=0.1)
    assert unsure == pytest.approx(found.peer_mean[-1, 0], abs=0.1)
    assert sure > less > unsure
    assert found.pull[-3, 0] < found.pull[-2, 0] < found.pull[-1, 0] <= 1


def test_small_groups_are_drawn_to_everybody() -> None:
    """Six groups about 50, and one of three unsure factories at 90: its mean lies between the two."""
    places = [(f"C{i}", "a") for i in range(7) for _ in range(3)]
    level = np.array([[50.0 + i % 3] for i in range(18)] + [[90.0]] * 3)
    variance = np.array([[1.0]] * 18 + [[400.0]] * 3)
    found = pooled(level, variance, peers(places), METHOD)
    assert 51 < found.peer_mean[-1, 0] < 80
    assert found.peer_mean[0, 0] == pytest.approx(51, abs=1.0)


def test_a_method_that_does_not_pool_leaves_scores_alone() -> None:
    level, variance, places = random_world(4)
    found = pooled(level, variance, peers(places), METHODS[0])
    np.testing.assert_array_equal(found.score, level)
    np.testing.assert_allclose(found.high, np.clip(level + Z * np.sqrt(variance), 0, 100))


@settings(deadline=None)
@given(seed=SEEDS)
def test_it_is_the_slow_way(seed: int) -> None:
    level, variance, places = random_world(seed)
    found = pooled(level, variance, peers(places), METHOD)
    for column in range(level.shape[1]):
        here = np.flatnonzero(np.isfinite(level[:, column]))
        levels = {str(i): (float(level[i, column]), float(variance[i, column])) for i in here}
        slow, means = steady(levels, {str(i): place for i, place in enumerate(places)}, True, 3, 1.0)
        for i in here:
            told = [found.score[i, column], found.low[i, column], found.high[i, column]]
            assert told == pytest.approx([slow[str(i)].score, *slow[str(i)].ends()], abs=1e-9)
        assert [found.peer_mean[int(i), column] for i in means] == pytest.approx(list(means.values()), abs=1e-9)


@settings(deadline=None)
@given(seed=SEEDS)
def test_a_score_lies_between_its_level_and_its_peers_and_within_its_range(seed: int) -> None:
    level, variance, places = random_world(seed)
    found = pooled(level, variance, peers(places), METHOD)
    here = np.isfinite(level)
    score, mu, own = found.score[here], found.peer_mean[here], level[here]
    assert (score >= np.minimum(own, mu) - 1e-9).all()
    assert (score <= np.maximum(own, mu) + 1e-9).all()
    assert ((found.low <= found.score) & (found.score <= found.high))[here].all()
    assert ((found.low >= 0) & (found.high <= 100))[here].all()
    assert ((found.pull >= 0) & (found.pull <= 1))[here].all()
    assert (np.isfinite(found.score) == here).all()


@settings(deadline=None)
@given(seed=SEEDS)
def test_a_range_is_never_wider_than_it_takes_to_hold_the_one_without_pooling(seed: int) -> None:
    level, variance, places = random_world(seed)
    found = pooled(level, variance, peers(places), METHOD)
    alone = Z * np.sqrt(variance)
    low, high = np.minimum(level - alone, found.score), np.maximum(level + alone, found.score)
    width = np.maximum(found.score - low, high - found.score)
    here = np.isfinite(level)
    assert (found.high - found.score <= width + 1e-9)[here].all()
    assert (found.score - found.low <= width + 1e-9)[here].all()


@settings(deadline=None)
@given(seed=SEEDS, beyond=st.floats(0, 30))
def test_allowing_for_more_never_narrows_a_range(seed: int, beyond: float) -> None:
    level, variance, places = random_world(seed)
    found = pooled(level, variance, peers(places), METHOD)
    inner, outer = (
        half_width(level, variance, found.score, found.variance, found.quantile, more) for more in (0.0, beyond)
    )
    here = np.isfinite(level)
    assert (outer >= inner)[here].all()
    assert (outer <= inner + found.quantile * beyond + 1e-9)[here].all()


@settings(deadline=None)
@given(seed=SEEDS)
def test_every_column_is_pooled_by_itself(seed: int) -> None:
    level, variance, places = random_world(seed)
    together = pooled(level, variance, peers(places), METHOD)
    for column in range(level.shape[1]):
        alone = pooled(level[:, [column]], variance[:, [column]], peers(places), METHOD)
        for name in ("score", "variance", "low", "high", "peers", "peer_mean", "pull"):
            np.testing.assert_allclose(getattr(together, name)[:, column], getattr(alone, name)[:, 0], atol=1e-9)
        assert together.quantile[column] == alone.quantile[0]


@settings(deadline=None)
@given(seed=SEEDS)
def test_the_order_of_factories_changes_nothing(seed: int) -> None:
    level, variance, places = random_world(seed)
    order = np.random.default_rng(seed).permutation(len(places))
    one = pooled(level, variance, peers(places), METHOD)
    other = pooled(level[order], variance[order], peers([places[i] for i in order]), METHOD)
    for name in ("score", "low", "high", "peers", "peer_mean"):
        np.testing.assert_allclose(getattr(one, name)[order], getattr(other, name), atol=1e-8)


@settings(deadline=None)
@given(seed=SEEDS, by=st.floats(1.01, 50))
def test_surer_levels_are_drawn_less_and_their_ranges_do_not_widen(seed: int, by: float) -> None:
    """With the same peers: what a smaller variance does to one factory alone."""
    rng = np.random.default_rng(seed)
    level, mu = rng.uniform(0, 100, (5, 1)), rng.uniform(0, 100, (5, 1))
    variance, free = rng.uniform(0.1, 80, (5, 1)), np.array([int(rng.integers(1, 200))])
    of_mu, tau = np.zeros((5, 1)), rng.uniform(1, 90, 1)
    unsure, sure = (steadied(level, v, mu, of_mu, tau, free) for v in (variance, variance / by))
    assert (sure.pull < unsure.pull).all()
    assert (np.abs(sure.score - level) <= np.abs(unsure.score - level)).all()
    assert (sure.variance <= unsure.variance + 1e-9).all()
