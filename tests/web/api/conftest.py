"""The home of several programs, anew for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.programs import Programs


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    """That home."""
    made = Programs.at(tmp_path)
    yield made
    made.place.state.close()


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """One home for all tests of what is refused, which nobody asks too often."""
    made = Programs.at(tmp_path_factory.mktemp("refusing"), pushes_a_minute=10**6, pushes_an_hour=10**6)
    yield made
    made.place.state.close()
