"""The real app's commands, over an empty home."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from data.settings import Settings
from tests.data.vault.place import Place

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty home, and room for files beside it."""
    return Place.at(tmp_path)


@pytest.fixture
def run(place: Place) -> Run:
    """Runs a command as `flask …` does; what it wrote and how it ended come back."""
    runner = create_app(Settings(home=place.home.root, vault_wait=0.2)).test_cli_runner()
    return lambda *arguments: runner.invoke(args=[str(a) for a in arguments], catch_exceptions=False)
