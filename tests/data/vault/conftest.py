"""An empty place to load into, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.vault.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place.at(tmp_path)
    yield made
    made.state.close()
