"""No group of factories follows from NGO benchmarks that would not be shown itself."""

import pytest

from data.release.suppression import shown_cohorts
from tests.disclosure.attacks.benchmarks import groups_that_follow, made_members, safe_by_themselves, unsafe_groups

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_unsafe_follows(seed: int) -> None:
    assert unsafe_groups(made_members(seed), shown_cohorts) == 0


def test_showing_whatever_is_safe_by_itself_leaks() -> None:
    assert sum(unsafe_groups(made_members(seed), safe_by_themselves) > 0 for seed in SEEDS) > len(SEEDS) / 3


def test_benchmarks_are_shown_where_there_are_factories_enough() -> None:
    shown = [sum(1 for _ in groups_that_follow(m, shown_cohorts(m))) for m in map(made_members, SEEDS)]
    assert sum(count > 0 for count in shown) > len(SEEDS) / 2
