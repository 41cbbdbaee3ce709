"""Methods are named, dated and never lost."""

from dataclasses import FrozenInstanceError, asdict, fields

import pytest

from data.release.files import METHOD as IN_RELEASES
from scoring.method import METHOD, METHODS, Method, UnknownMethod, method_of
from tests.scoring.slow_scores import RULES, Rules


def test_every_method_can_be_asked_for_by_name() -> None:
    assert [method_of(one.version) for one in METHODS] == list(METHODS)
    assert len({one.version for one in METHODS}) == len(METHODS)


def test_the_newest_method_is_in_force() -> None:
    assert METHOD is METHODS[-1]
    assert [one.since for one in METHODS] == sorted(one.since for one in METHODS)


@pytest.mark.parametrize("version", ["", "2", "1.10", "1.1 ", "1,1", "' or 1=1"])
def test_an_unknown_method_says_which_there_are(version: str) -> None:
    with pytest.raises(UnknownMethod, match=r"there are 1\.0, 1\.1\.$"):
        method_of(version)


@pytest.mark.parametrize("version", sorted(RULES))
def test_its_constants_are_those_that_it_came_into_force_with(version: str) -> None:
    """A changed constant is a new method: history could not be computed again otherwise."""
    method = asdict(method_of(version))
    assert {name: method[name] for name in asdict(RULES[version])} == asdict(RULES[version])


def test_the_slow_way_knows_every_constant() -> None:
    named = {"version", "since", "codebook"}
    assert {one.name for one in fields(Method)} - named == {one.name for one in fields(Rules)}
    assert set(RULES) == {one.version for one in METHODS}


def test_a_method_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        METHOD.rho = 0.0  # type: ignore[misc]  # frozen, as is tested


def test_releases_name_the_method_in_force() -> None:
    """The vault cannot ask scoring, so it holds the version a second time."""
    assert METHOD.version == IN_RELEASES
