"""What a buyer lets an owner see in return: one number over other suppliers, and nothing of a few."""

from pathlib import Path

import pytest

from data.release.reader import OpenRelease
from scoring.footprints import charges, sums
from scoring.model import OVERALL
from scoring.openings import LEAST_FACTORIES, opened
from tests.scoring.acted import BUYERS, LAST, acted_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories with actions, opened once."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def where(release: OpenRelease, buyer: str) -> list[str]:
    """The factories at which a buyer did something that is told and can be charged."""
    told = sums(release, "book", [OVERALL])[OVERALL]
    return sorted(charges(release, None, LAST, buyer).of_kinds(told.kinds).actions["factory_id"].unique())


def test_it_is_the_footprint_over_all_suppliers_but_the_own(release: OpenRelease) -> None:
    told = sums(release, "book", [OVERALL])[OVERALL]
    places = where(release, "B0")
    found, all_of_it = opened(release, "B0", frozenset(places[:1])), opened(release, "B0", frozenset())
    done = charges(release, None, LAST, "B0", places[1:]).of_kinds(told.kinds)
    assert found.total is not None
    assert all_of_it.total is not None
    assert found.total.value == pytest.approx(told.of(done.by_kind(told.kinds)).value)
    assert found.total.value != pytest.approx(all_of_it.total.value)
    assert (found.actions % 5, found.factories % 5) == (0, 0)


def test_of_fewer_than_five_others_nothing_is_told(release: OpenRelease) -> None:
    places = where(release, "B0")
    assert opened(release, "B0", frozenset(places[LEAST_FACTORIES:])).total is not None
    assert opened(release, "B0", frozenset(places[LEAST_FACTORIES - 1 :])).total is None


def test_without_effects_or_actions_nothing_is_told(release: OpenRelease, tmp_path: Path) -> None:
    assert opened(release, "B9", frozenset()).total is None
    bare = acted_release(tmp_path, without=BUYERS)
    assert opened(bare, "B0", frozenset()).total is None
