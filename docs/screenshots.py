"""Makes the pictures in `docs/img` from a running demo: `python -m docs.screenshots [ADDRESS] [FOLDER]`.

It needs what the browser tests need (requirements-dev.txt and a Chromium), and a portal on a demo home, by default
the one that `make run` starts. Each picture is one page, entered as one demo role, in one theme and at one width.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.chromium import FLAGS, executable

ADDRESS = "http://127.0.0.1:8050"
FOLDER = Path(__file__).parent / "img"
WIDE, PHONE = 1280, 390


@dataclass(frozen=True)
class Shot:
    """One picture: its name, who looks, at which page, in which theme and at which width."""

    name: str
    role: str | None
    place: str
    dark: bool = False
    width: int = WIDE


SHOTS = (
    Shot("signin", None, "signin"),
    Shot("home-owner", "owner", "home"),
    Shot("home-buyer", "buyer", "home"),
    Shot("home-ngo", "ngo", "home"),
    Shot("home-operator", "operator", "home"),
    Shot("service", "operator", "service"),
    Shot("overview", "owner", "overview"),
    Shot("overview-dark", "owner", "overview", dark=True),
    Shot("overview-390", "owner", "overview", width=PHONE),
    Shot("timeline", "owner", "timeline"),
    Shot("timeline-dark", "owner", "timeline", dark=True),
    Shot("timeline-390", "owner", "timeline", width=PHONE),
)


def main(address: str = ADDRESS, folder: Path = FOLDER) -> None:
    """Nothing; every picture of `SHOTS` is in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        for shot in SHOTS:
            file = folder / f"{shot.name}.png"
            picture(browser, address, shot, file)
            print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB", file=sys.stderr)
        browser.close()


def picture(browser: Browser, address: str, shot: Shot, file: Path) -> None:
    """Nothing; the picture is in the file, once everything on the page has been drawn."""
    theme = "dark" if shot.dark else "light"
    page = browser.new_page(
        base_url=address,
        viewport={"width": shot.width, "height": 860},
        color_scheme=theme,
        reduced_motion="reduce",
    )
    page.goto("/signin")
    if shot.role:
        page.locator(f"form[action='/demo-entry/{shot.role}'] button").click()
        page.locator("#main h1").wait_for()
        visit(page, shot.place)
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    page.screenshot(path=file, full_page=True, animations="disabled", caret="hide")
    page.context.close()


def visit(page: Page, place: str) -> None:
    """Nothing; the page of that name is open and drawn."""
    if place == "service":
        page.goto("/app/service")
        page.locator("#releases-title").wait_for()
    elif place != "home":
        page.goto(first_overview(page))
        page.locator("#overview-year .main-svg").first.wait_for()
    if place == "timeline":
        page.goto(f"/app/timeline/{page.url.rpartition('/')[2]}")
        cancelled(page).evaluate("link => link.click()")
        page.locator("#timeline-panel h2").wait_for()
        page.wait_for_function("() => new URLSearchParams(location.search).has('action')")


def first_overview(page: Page) -> str:
    """The address of the first factory's overview, from the list on the start page."""
    return str(page.locator(".sl-factories .sl-row-link").first.get_attribute("href"))


def cancelled(page: Page) -> Locator:
    """The newest cancelled order in the list whose 13 weeks are over, else the newest action."""
    page.locator(".sl-evt .sl-act").first.wait_for()
    closed = page.locator(".sl-evt tr", has_text="cancel").filter(has_not_text="weeks in")
    return (closed if closed.count() else page.locator(".sl-evt tbody tr")).first.locator(".sl-act")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(Path, sys.argv[2:3]))
