"""A fresh state store for each test, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.home import Home
from data.settings import Settings
from data.state import State


@pytest.fixture
def home(store: str, tmp_path: Path) -> Home:
    """An empty home, with its state in either store."""
    return Home(tmp_path / "home")


@pytest.fixture
def state(home: Home) -> Iterator[State]:
    """Its state store, closed after the test."""
    opened = State.open(home, Settings(home=home.root))
    yield opened
    opened.close()
