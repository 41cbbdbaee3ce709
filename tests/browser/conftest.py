"""A real Chromium against a real server: the demo world, the portal and the ingester, in processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser import chromium
from tests.live import FLASK, Live, run_flask, running

HERE = Path(__file__).parent


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
def browser_context_args(browser_context_args: dict[str, Any], server: Live) -> dict[str, Any]:
    """Contexts in which `page.goto("/app/")` means the live server."""
    return {**browser_context_args, "base_url": server.address}


@pytest.fixture
def outside_requests(page: Page, server: Live) -> list[str]:
    """Every address asked for in this test that is not the server's own. It should stay empty."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((f"{server.address}/", "data:", "blob:")):
            seen.append(request.url)

    page.context.on("request", note)
    return seen


@pytest.fixture
def console_errors(page: Page) -> list[str]:
    """Every error that a page of this test wrote to the console or threw. It should stay empty."""
    seen: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.append(f"{message.text} ({message.location.get('url', '')})")

    page.context.on("console", note)
    page.context.on("weberror", lambda error: seen.append(str(error.error)))
    return seen
