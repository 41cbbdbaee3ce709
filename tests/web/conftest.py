"""A small real portal for each test."""

from collections.abc import Iterator
from pathlib import Path

import dash
import pytest

from data.home import Home
from data.settings import Settings
from tests.web.small import Portal, portal_in


@pytest.fixture(autouse=True)
def no_pages_left() -> Iterator[None]:
    """Dash keeps its pages for the whole process; every test starts with none and leaves what was there."""
    before = dict(dash.page_registry)
    dash.page_registry.clear()
    yield
    dash.page_registry.clear()
    dash.page_registry.update(before)


@pytest.fixture
def home(store: str, tmp_path: Path) -> Home:
    """An empty home, with its state in either store."""
    return Home(tmp_path / "home").prepare()


@pytest.fixture
def portal(home: Home) -> Iterator[Portal]:
    """A portal on plain HTTP, on loopback."""
    made = portal_in(home, Settings(home=home.root))
    yield made
    made.store.close()


@pytest.fixture
def tls(home: Home) -> Iterator[Portal]:
    """A portal behind TLS."""
    made = portal_in(home, Settings(home=home.root, https=True, host="10.0.0.1"))
    yield made
    made.store.close()
