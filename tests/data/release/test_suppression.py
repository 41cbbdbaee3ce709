"""Which cohorts are shown: each rule by itself, and nothing hidden follows by adding and subtracting."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.release.suppression import Members, shown_cohorts


def members(rows: list[tuple[int, int, int, int]]) -> Members:
    """Factories given as (country, sector, owner, answers)."""
    return Members(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def alike(count: int, owners: int = 5, answers: int = 50) -> list[tuple[int, int, int, int]]:
    """So many factories of one country and sector, with owners in turn."""
    return [(0, 0, place % owners, answers) for place in range(count)]


SAFE = [(0, 0, 0, 100), (0, 0, 1, 60), (0, 0, 2, 20), (0, 0, 3, 10), (0, 0, 4, 10)]
UNSAFE = {
    "four factories": alike(4),
    "two owners": alike(9, owners=2),
    "99 answers": [(0, 0, place, n) for place, n in enumerate([20, 20, 20, 20, 19])],
    "one factory over half": [(0, 0, place, n) for place, n in enumerate([101, 60, 20, 10, 9])],
    "the second works out the first": [(0, 0, place, n) for place, n in enumerate([1000, 960, 33, 33, 33])],
}


@pytest.mark.parametrize("rows", [SAFE, alike(5), alike(5, answers=20), alike(5, owners=3)])
def test_large_and_mixed_enough_is_shown(rows: list[tuple[int, int, int, int]]) -> None:
    found = shown_cohorts(members(rows))
    assert (found.everybody, found.countries, found.sectors, found.both) == (True, [0], [0], [(0, 0)])


@pytest.mark.parametrize("rows", UNSAFE.values(), ids=UNSAFE.keys())
def test_every_rule_hides(rows: list[tuple[int, int, int, int]]) -> None:
    found = shown_cohorts(members(rows))
    assert (found.everybody, found.countries, found.sectors, found.both) == (False, [], [], [])


def test_the_second_largest_is_kept_ten_percent_away() -> None:
    far = [(0, 0, place, n) for place, n in enumerate([1000, 960, 34, 33, 33])]
    assert shown_cohorts(members(far)).everybody


def test_nobody_is_hidden_too() -> None:
    assert not shown_cohorts(members([])).everybody


def test_a_lone_hidden_country_takes_another_along() -> None:
    sizes = ((0, 4), (1, 6), (2, 9))
    rows = [(country, 0, owner + 10 * country, 50) for country, count in sizes for owner in range(count)]
    assert shown_cohorts(members(rows)).countries == [2]


def test_factories_of_unknown_country_are_counted_in_everybody_alone() -> None:
    rows = alike(8) + [(-1, 0, 90 + place, 50) for place in range(3)]
    found = shown_cohorts(members(rows))
    assert found.everybody
    assert (found.countries, found.both) == ([], [])
    assert found.sectors == [0]


def test_a_sector_within_one_country_may_not_be_subtracted_from_it() -> None:
    rows = [(0, 0, place, 50) for place in range(9)]
    rows += [(1, 0, place, 50) for place in range(3)] + [(1, 1, 20 + place, 50) for place in range(8)]
    found = shown_cohorts(members(rows))
    assert not (1 in found.countries and 1 in found.sectors)


TABLES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 7), st.sampled_from([5, 30, 60, 400])),
    min_size=8,
    max_size=60,
)


@given(rows=TABLES)
@settings(max_examples=120, deadline=None)
def test_nothing_unsafe_follows_by_adding_and_subtracting(rows: list[tuple[int, int, int, int]]) -> None:
    """Every union of country × sector fields that is a sum of shown cohorts, with any factors, is safe."""
    world = members(rows)
    found = shown_cohorts(world)
    fields = sorted({(row[0], row[1]) for row in rows})
    groups = [np.ones(len(fields))] if found.everybody else []
    groups += [np.array([f[0] == c for f in fields], dtype=float) for c in found.countries]
    groups += [np.array([f[1] == s for f in fields], dtype=float) for s in found.sectors]
    groups += [np.array([f == both for f in fields], dtype=float) for both in found.both]
    if not groups:
        return
    basis = np.linalg.svd(np.array(groups), full_matrices=False)
    span = basis.Vh[basis.S > 1e-9]
    for size in range(1, len(fields) + 1):
        for chosen in combinations(range(len(fields)), size):
            wanted = np.zeros(len(fields))
            wanted[list(chosen)] = 1.0
            if np.allclose(span.T @ (span @ wanted), wanted, atol=1e-8):
                inside = [place for place, row in enumerate(rows) if (row[0], row[1]) in {fields[i] for i in chosen}]
                group = np.isin(np.arange(len(rows)), inside)
                assert world.safe(group), (found, [fields[i] for i in chosen])


@given(rows=TABLES)
@settings(max_examples=60, deadline=None)
def test_shown_pairs_are_safe_and_their_parents_shown(rows: list[tuple[int, int, int, int]]) -> None:
    world = members(rows)
    found = shown_cohorts(world)
    for country, sector in found.both:
        assert country in found.countries
        assert sector in found.sectors
        assert world.safe((world.country == country) & (world.sector == sector))
