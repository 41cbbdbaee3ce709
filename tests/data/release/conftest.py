"""A home of its own for each test that needs files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.release.homes import SmallHome, small_home


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallHome]:
    """An empty home."""
    made = small_home(tmp_path)
    yield made
    made.state.close()
