"""Closing is what DESIGN §4 says, whoever answered when and whenever it arrived."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.release.run import NothingToClose
from tests.data.release.slow import SlowVault, apart, people
from tests.data.release.vaults import QUESTIONS, Answer, SmallVault
from tests.data.release.worlds import World, random_world

SEEDS = st.integers(0, 2**32 - 1)
DAY = timedelta(days=1)
START = date(2026, 2, 2)


def same(rows, others) -> None:
    """Asserts that cells are equal: days and counts exactly, sums to rounding."""
    assert [row[:5] + row[7:] for row in rows] == [row[:5] + row[7:] for row in others]
    assert np.allclose([row[5:7] for row in rows], [row[5:7] for row in others], rtol=1e-12, atol=1e-6)


def ticks_of(world: World, seed: int, most: int = 7) -> list[date]:
    """Days on which a release is made, in order; some twice, the last beyond all days."""
    rng = np.random.default_rng(seed)
    offsets = sorted(rng.integers(0, world.days, int(rng.integers(1, most))).tolist())
    return [world.first + timedelta(days=o) for o in offsets] + [world.last + 30 * DAY]


def both(world: World, ticks: list[date]):
    """The world closed at these ticks by the vault, and slowly."""
    vault, slow = SmallVault(world.factories), SlowVault(QUESTIONS)
    loaded = closed = date.min
    for place, tick in enumerate(ticks):
        # Some releases close the day before only, so that answers are there before their day is due.
        closed = max(closed, tick - DAY if place % 2 else tick)
        for target in (vault, slow):
            target.load(world.arrived(loaded, tick))
            target.release(closed)
        loaded = tick
    return vault, slow


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, late=st.booleans())
def test_cells_are_those_of_the_slow_way(seed: int, late: bool) -> None:
    world = random_world(seed, late=late)
    vault, slow = both(world, ticks_of(world, seed))
    same(vault.cells(), slow.rows())
    for cells in slow.cells.values():
        for cell in cells:
            assert len(cell.answers) >= 10
            assert people(list(cell.answers)) >= 10
            assert apart(list(cell.answers)) >= 2
    taken = [id(a) for cells in slow.cells.values() for cell in cells for a in cell.answers]
    assert len(taken) == len(set(taken))
    vault.close()


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_closing_day_by_day_is_closing_all_at_once(seed: int) -> None:
    world = random_world(seed, days=32)
    whole, daily = SmallVault(world.factories), SmallVault(world.factories)
    whole.load(world.arrived(date.min, world.last))
    whole.release(world.last)
    for offset in range(world.days):
        day = world.first + timedelta(days=offset)
        daily.load(world.arrived(day - DAY, day))
        daily.release(day)
    assert daily.cells() == whole.cells()
    assert whole.cells()
    daily.close()
    whole.close()


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_factories_that_send_in_batches_get_the_same_cells(seed: int) -> None:
    """A factory that sends a fortnight at once, after others have moved on, is not late in its own order."""
    world = random_world(seed)
    whole, batches = SmallVault(world.factories), SmallVault(world.factories)
    whole.load(world.arrived(date.min, world.last))
    whole.release(world.last)
    for tick in range(13, world.days + 14, 14):
        for factory in world.factories:
            until = world.first + timedelta(days=min(tick, world.days - 1))
            arrived = world.arrived(until - timedelta(days=14 if tick < world.days else world.days % 14), until)
            batches.load([a for a in arrived if a.factory == factory])
            batches.release(until)
    assert batches.cells() == whole.cells()
    batches.close()
    whole.close()


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_every_cell_recounts_from_its_answers(seed: int) -> None:
    world = random_world(seed)
    vault = SmallVault(world.factories)
    vault.load(world.arrived(date.min, world.last))
    for tick in ticks_of(world, seed):
        vault.release(tick)
    by_series = defaultdict(list)
    for _, answer in world.answers:
        by_series[answer.factory, answer.question].append(answer)
    for factory, question, opened, closed, n, s1, s2, *fifths in vault.cells():
        assert question != 4, "a zero-tolerance answer was averaged"
        mine = [a for a in by_series[factory, question] if opened <= a.day <= closed]
        assert len(mine) == n == sum(fifths) >= 10
        assert {opened, closed} <= {a.day for a in mine}
        assert people(mine) >= 10
        assert apart(mine) >= 2
        assert 0 <= s1 <= 100 * n
        assert s2 <= 100 * s1 + 1e-6
    vault.close()


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_closed_cells_never_change_and_never_overlap(seed: int) -> None:
    world = random_world(seed, late=True)
    vault, before, held = SmallVault(world.factories), date.min, Counter()
    for tick in ticks_of(world, seed):
        vault.load(world.arrived(before, tick))
        made = vault.release(tick)
        now = Counter(vault.cells())
        assert not held - now
        assert sum(now.values()) == made.cells == sum(held.values()) + made.closed_now
        assert all(row[3] <= tick for row in now)
        held, before = now, tick
    for one, other in pairwise(sorted(held)):
        if one[:2] == other[:2]:
            assert one[2] <= one[3] < other[2]
    assert sum(row[4] for row in held) <= sum(a.question != 4 for _, a in world.answers)
    vault.close()


def said(day: date, levels: str, *, first: int = 0, question: int = 1, factory: int = 1) -> list[Answer]:
    """One answer for each digit, each by a person of its own."""
    return [Answer(factory, question, day, int(v), first + i) for i, v in enumerate(levels)]


def days_of(vault: SmallVault) -> list[tuple[date, date, int]]:
    """Span and size of every cell."""
    return [row[2:5] for row in vault.cells()]


@pytest.mark.parametrize(
    ("levels", "closes"),
    [
        ("4444444422", True),
        ("4444444442", False),
        ("444444442", False),
        ("1234512345", True),
        ("44444444444444442", False),
    ],
)
def test_ten_answers_of_which_two_differ(levels: str, closes: bool) -> None:
    vault = SmallVault([1])
    vault.load(said(START, levels))
    assert vault.release(START).closed_now == closes


def test_who_comes_few_after_a_look_does_not_close_a_cell() -> None:
    """Eleven alike, then two who differ: whoever saw the two come would know what they said (ADR 0009)."""
    vault = SmallVault([1])
    vault.load([*said(START, "44444444444"), *said(START + DAY, "55", first=20), *said(START + 2 * DAY, "5555555")])
    assert vault.release(START + 2 * DAY).closed_now == 0
    vault.load(said(START + 3 * DAY, "5", first=30))
    assert vault.release(START + 3 * DAY).closed_now == 1
    assert days_of(vault) == [(START, START + 3 * DAY, 21)]


def test_ten_answers_by_nine_people_wait() -> None:
    vault = SmallVault([1])
    vault.load([*said(START, "123451234"), *said(START + DAY, "55")])
    assert vault.release(START + DAY).closed_now == 0
    vault.load(said(START + 2 * DAY, "3", first=50))
    vault.release(START + 2 * DAY)
    assert days_of(vault) == [(START, START + 2 * DAY, 12)]


def test_keys_of_two_quarters_are_not_added_up() -> None:
    vault = SmallVault([1])
    march, april = date(2026, 3, 31), date(2026, 4, 1)
    vault.load([*said(march, "12345"), *said(april, "12345", first=100)])
    assert vault.release(april).closed_now == 0
    vault.load(said(april + DAY, "12345", first=200))
    assert vault.release(april + DAY).closed_now == 1


def test_without_keys_each_sitting_is_somebody() -> None:
    vault = SmallVault([1])
    vault.load([Answer(1, 1, START, 1 + i % 5, None) for i in range(10)])
    assert vault.release(START).closed_now == 1


def test_a_late_answer_joins_what_is_open_and_is_dated_after_the_last_cell() -> None:
    vault = SmallVault([1])
    vault.load(said(START, "1234512345"))
    vault.release(START + 7 * DAY)
    vault.load(said(START - DAY, "12345") + said(START, "12345", first=20))
    assert vault.release(START + 7 * DAY).closed_now == 1
    assert days_of(vault) == [(START, START, 10), (START + DAY, START + DAY, 10)]


def test_a_cell_never_lies_after_the_last_closed_day() -> None:
    vault = SmallVault([1])
    vault.load(said(START, "1234512345"))
    vault.release(START)
    vault.load(said(START, "1234512345", first=20))
    assert vault.release(START).closed_now == 0
    vault.load(said(START + DAY, "12345", first=40))
    vault.release(START + DAY)
    assert days_of(vault) == [(START, START, 10), (START + DAY, START + DAY, 15)]


def test_history_that_comes_after_the_first_release_is_closed_by_its_own_days() -> None:
    vault = SmallVault([1])
    vault.load(said(START, "1234512345") + said(START + DAY, "123", first=30))
    vault.release(START + DAY)
    old = START - timedelta(days=60)
    vault.load(
        [a for week in range(5) for a in said(old + 7 * week * DAY, "123451234512", first=100)]
        + said(old + 40 * DAY, "5")
    )
    vault.release(START + DAY)
    assert [opened for opened, _, _ in days_of(vault)] == [*(old + 7 * week * DAY for week in range(5)), START]
    vault.load(said(START + 2 * DAY, "123456"[:5] + "1", first=60))
    vault.release(START + 2 * DAY)
    assert days_of(vault)[-1] == (START + DAY, START + 2 * DAY, 10), "what was left of the history joins"


def test_history_of_a_question_that_is_open_already_joins_it() -> None:
    vault = SmallVault([1])
    vault.load(said(START - 10 * DAY, "123", question=5) + said(START, "1234512345"))
    vault.release(START)
    vault.load(said(START - 5 * DAY, "1234012340", question=5, first=20))
    vault.release(START)
    assert days_of(vault)[1:] == [(START - 10 * DAY, START - 5 * DAY, 13)]


def test_a_factory_without_a_cell_is_all_history() -> None:
    vault = SmallVault([1])
    vault.load(said(START + 5 * DAY, "123"))
    vault.release(START + 5 * DAY)
    vault.load(said(START, "1234512345", first=20))
    vault.release(START + 5 * DAY)
    assert days_of(vault) == [(START, START, 10)]
    vault.load(said(START + 6 * DAY, "1234512", first=40))
    vault.release(START + 6 * DAY)
    assert days_of(vault)[1:] == [(START + 5 * DAY, START + 6 * DAY, 10)]


def test_days_beyond_the_release_wait_for_theirs() -> None:
    vault = SmallVault([1])
    vault.load(said(START, "1234512345") + said(START + DAY, "1234512345"))
    vault.release(START)
    assert days_of(vault) == [(START, START, 10)]
    vault.release()
    assert days_of(vault) == [(START, START, 10), (START + DAY, START + DAY, 10)]


def test_a_release_never_goes_back() -> None:
    vault = SmallVault([1])
    with pytest.raises(NothingToClose, match="No answers are loaded yet"):
        vault.release()
    vault.load(said(START, "1234512345"))
    vault.release(START)
    with pytest.raises(NothingToClose, match="would go back"):
        vault.release(START - DAY)
    again = vault.release(START)
    assert (again.release, again.closed_now, again.cells) == (2, 0, 1)


def test_a_day_far_ahead_does_not_stop_the_others() -> None:
    """A wrong clock moves the last closed day; answers that are in order in their own series still close."""
    vault = SmallVault([1, 2])
    vault.load(said(START, "1234512345") + said(START + timedelta(days=300), "5", question=2))
    vault.release()
    for week in range(1, 4):
        vault.load(said(START + week * 7 * DAY, "1234512345"))
        vault.release()
    assert len(days_of(vault)) == 4
    assert days_of(vault)[-1][:2] == (START + 21 * DAY, START + 21 * DAY)
