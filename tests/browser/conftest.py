"""A real Chromium against a real server: the demo world, the portal and the ingester, in processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.browser import chromium
from tests.browser.visitors import Visitors
from tests.live import FLASK, Live, run_flask, running

HERE = Path(__file__).parent
expect.set_options(timeout=15_000)  # milliseconds; a busy machine is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder, so that `-m "not browser"` leaves the slow ring out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of the machine's Chromium; skips with one sentence when there is none."""
    path = chromium.executable()
    if path is None:
        pytest.skip(chromium.MISSING)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    """How pytest-playwright starts the browser: the machine's own Chromium, without calls home."""
    return {**browser_type_launch_args, "executable_path": chromium_path, "args": list(chromium.FLAGS)}


@pytest.fixture(scope="session")
def demo_home(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds a small demo world. Made only where a browser can look at it."""
    home = tmp_path_factory.mktemp("demo") / "home"
    run_flask(home, "demo", "--factories", "12", "--weeks", "60")
    return home


@pytest.fixture(scope="session")
def server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The real server over the demo world, until the last test has ended."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    with running([*FLASK, "serve"], demo_home, log) as live:
        yield live


@pytest.fixture(scope="session")
def keys() -> dict[str, StorageState]:
    """What the browser of each demo role keeps once it has entered; filled by the first who needs it."""
    return {}


@pytest.fixture
def visitors(browser: Browser, server: Live, keys: dict[str, StorageState]) -> Iterator[Visitors]:
    """The visitors of one test. It fails when one of them met a console message or an outside request."""
    here = Visitors(browser, server.address, keys)
    yield here
    here.leave()
    assert here.problems == []
