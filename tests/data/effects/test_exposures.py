"""What reaches into which cell, and at which lag, equals a count day by day."""

import numpy as np
import numpy.testing as npt
import pytest

from data.effects.exposures import WINDOW, Cells, Events, Touches, Window, touches
from tests.data.effects.panels import Shape, random_cells, random_events
from tests.data.effects.slow_effects import slow_exposure

TINY = Shape(factories=5, days=260, rate=2.0, widest=30)


def one_cell(opened: int, closed: int, unit: int = 0) -> Cells:
    """A single cell."""
    days = [np.array([day], dtype=np.int64) for day in (unit, opened, closed)]
    return Cells(*days, np.array([12.0]), np.array([50.0]))


def actions(*days: int, unit: int = 0, severity: float = 1.0) -> Events:
    """Actions of one kind on these days."""
    place = np.zeros(len(days), dtype=np.int64)
    return Events(place + unit, np.array(days, dtype=np.int64), place, np.full(len(days), severity))


def by_lag(found: Touches, window: Window = WINDOW) -> dict[int, float]:
    """Shares by lag, the tail as the lag after the last."""
    shares: dict[int, float] = {}
    for column, share in zip(found.column, found.share, strict=True):
        lag = int(column % window.width) - window.leads
        shares[lag] = shares.get(lag, 0.0) + float(share)
    return shares


@pytest.mark.parametrize("window", [WINDOW, Window(2, 5, 9), Window(3, 4, 0), Window(0, 1, 2), Window(6, 0, 30)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_equals_a_count_day_by_day(seed: int, window: Window) -> None:
    rng = np.random.default_rng(seed)
    cells, events = random_cells(rng, TINY), random_events(rng, TINY)
    kinds = len(TINY.kinds)
    found = touches(cells, events, window).matrix(cells.unit.size, kinds * window.width).toarray()
    slow = slow_exposure(cells, events, kinds, window)
    assert slow.any()
    npt.assert_allclose(found, slow, atol=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_add_up_to_severity_within_reach(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cells, events = random_cells(rng, TINY), random_events(rng, TINY)
    found = touches(cells, events)
    pairs: dict[tuple[int, int], float] = {}
    for cell, event, share in zip(found.cell, found.event, found.share, strict=True):
        pairs[int(cell), int(event)] = pairs.get((int(cell), int(event)), 0.0) + share
    whole = 0
    for (cell, event), share in pairs.items():
        opened, closed = cells.opened[cell] - events.day[event], cells.closed[cell] - events.day[event]
        inside = bool(opened >= -28 and closed <= 146)
        assert share <= events.severity[event] + 1e-12
        assert bool(abs(share - events.severity[event]) < 1e-12) is inside
        whole += inside
    assert 100 < whole < len(pairs)


@pytest.mark.parametrize(
    ("day", "lag"),
    [(100, 0), (94, 0), (93, 1), (101, -1), (107, -1), (108, -2), (128, -4), (129, None), (10, 12), (9, 13), (8, 13),
     (-46, 13), (-47, None)],
)  # fmt: skip
def test_a_cell_of_one_day_has_one_lag(day: int, lag: int | None) -> None:
    found = by_lag(touches(one_cell(100, 100), actions(day)))
    assert found == ({} if lag is None else {lag: 1.0})


def test_an_action_on_the_last_day_of_a_cell_reaches_that_day() -> None:
    found = by_lag(touches(one_cell(91, 100), actions(100)))
    assert found == {0: pytest.approx(0.1), -1: pytest.approx(0.7), -2: pytest.approx(0.2)}


def test_a_cell_at_the_edge_of_reach_counts_all_its_days() -> None:
    found = by_lag(touches(one_cell(100, 103), actions(102 - 146)))
    assert found == {13: pytest.approx(0.75)}, "one of its four days lies beyond the tail"


def test_two_actions_on_a_day_add_up() -> None:
    found = touches(one_cell(100, 106), actions(100, 100, severity=1.7))
    assert sorted(found.event.tolist()) == [0, 1]
    assert by_lag(found) == {0: pytest.approx(3.4)}


def test_actions_reach_only_their_own_factory() -> None:
    assert touches(one_cell(100, 106, unit=3), actions(100, unit=2)).share.size == 0
    assert touches(one_cell(100, 106, unit=0), actions(100, unit=-1)).share.size == 0
    assert touches(one_cell(0, 6, unit=0), actions(0, unit=-1)).share.size == 0


def test_without_cells_or_actions_nothing_is_touched() -> None:
    none = np.zeros(0, dtype=np.int64)
    nobody = Cells(none, none, none, none.astype(float), none.astype(float))
    assert touches(one_cell(100, 106), actions()).share.size == 0
    assert touches(nobody, actions(100)).matrix(0, WINDOW.width).shape == (0, WINDOW.width)


def test_weights_of_lags_are_means_and_sums() -> None:
    assert WINDOW.width == 18
    assert WINDOW.mean_after().tolist() == [0.0] * 4 + [1 / 13] * 13 + [0.0]
    assert WINDOW.mean_before().tolist() == [0.25] * 4 + [0.0] * 14
    assert WINDOW.sum_after().tolist() == [0.0] * 4 + [1.0] * 13 + [8.0], "the tail stands for weeks 13 to 20"
    assert Window(1, 2, 0).sum_after().tolist() == [0.0, 1.0, 1.0, 1.0]
