"""Visitors of a running portal: each is a browser of its own, watched for whatever no journey may cause."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    StorageState,
)

PHONE = 390
DESKTOP = 1280
TELLING = re.compile(r"/app/(?!_dash-component-suites|assets)")


@dataclass
class Visitors:
    """The visitors of one test. What they saw go wrong is in `problems`, unless `forgiven` names it.

    `keys` holds what each role's browser keeps after its one-click entry, so that a session enters once a role.
    """

    browser: Browser
    address: str
    keys: dict[str, StorageState]
    problems: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def stranger(self, *, dark: bool = False, width: int = DESKTOP, **options: Any) -> Page:
        """A page of a browser that has never been here."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 860},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        watch(context, self.note, self.address)
        return context.new_page()

    def enter(self, role: str, **look: Any) -> Page:
        """A page of a browser that is signed in as a demo role; nothing is open in it yet."""
        if role not in self.keys:
            page = self.stranger()
            one_click(page, role)
            self.keys[role] = page.context.storage_state()
        return self.stranger(storage_state=self.keys[role], **look)

    def note(self, problem: str) -> None:
        """Keeps a problem for the end of the test, unless the test said before that it would come."""
        if not any(text in problem for text in self.forgiven):
            self.problems.append(problem)

    def leave(self) -> None:
        """Closes every browser of the test."""
        for context in self.contexts:
            context.close()


def watch(context: BrowserContext, note: Callable[[str], None], address: str) -> None:
    """Reports what pages of this context write to the console, throw, or ask of anybody but the portal."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            note(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def follow(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            note(f"outside request: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: note(f"thrown: {error.error}"))
    context.on("request", follow)


def one_click(page: Page, role: str) -> None:
    """Enters the demo as that role from the sign-in page, and waits for its start page."""
    page.goto("/signin")
    page.locator(f"form[action='/demo-entry/{role}'] button").click()
    page.locator("#main h1").wait_for()


def factories(page: Page) -> list[str]:
    """The factories on this visitor's start page, the first one of the demo world first."""
    page.goto("/app/")
    page.locator(".sl-factories .sl-row-link").first.wait_for()
    links = page.locator(".sl-factories .sl-row-link").all()
    return sorted(str(link.get_attribute("href")).rpartition("/")[2] for link in links)


def open_overview(page: Page, factory: str) -> None:
    """Opens a factory's overview and waits for its picture."""
    page.goto(f"/app/overview/{factory}")
    page.locator("#overview-year .main-svg").first.wait_for()


def open_timeline(page: Page, factory: str, search: str = "") -> None:
    """Opens a factory's timeline and waits for its picture and its navigation."""
    page.goto(f"/app/timeline/{factory}{search}")
    page.locator("#timeline-graph .main-svg").first.wait_for()
    page.locator(".sl-nav a[aria-current=page]").wait_for(state="attached")


@contextmanager
def answers_of(page: Page) -> Iterator[list[Response]]:
    """Every answer that the page gets within the block."""
    found: list[Response] = []

    def keep(answer: Response) -> None:
        found.append(answer)

    page.on("response", keep)
    try:
        yield found
    finally:
        page.remove_listener("response", keep)


@contextmanager
def told_to(page: Page) -> Iterator[list[str]]:
    """The text of every answer that the portal gives this page within the block; scripts and styles are left out."""
    texts: list[str] = []

    def overhear(route: Route) -> None:
        answer = route.fetch()
        texts.append(answer.text())
        route.fulfill(response=answer)

    page.route(TELLING, overhear)
    try:
        yield texts
    finally:
        page.unroute(TELLING, overhear)
