"""Makes the pictures in `docs/img` from a running demo: `python -m docs.screenshots [ADDRESS] [FOLDER]`.

It needs what the browser tests need (requirements-dev.txt and a Chromium), and a portal on a demo home, by default
the one that `make run` starts. Each picture is one page, entered as one demo role, in one theme and at one width.
Where Pillow happens to be installed, pictures are reduced to 256 colours, a third of their size.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from tests.browser.chromium import FLAGS, executable

ADDRESS = "http://127.0.0.1:8050"
FOLDER = Path(__file__).parent / "img"
WIDE, PHONE = 1280, 390
EXACT = 160  # colours of a picture that are kept as they are when it is reduced to 256
TALLEST = 1500  # of a page seen on a desktop; long lists end there


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
    Shot("indicators", "owner", "indicators"),
    Shot("method", "owner", "method"),
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
            reduce_colours(file)
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
    drawn = page.evaluate("document.documentElement.scrollHeight")
    height = drawn if shot.width == PHONE else min(drawn, TALLEST)
    clip = FloatRect(x=0, y=0, width=shot.width, height=height)
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled", caret="hide")
    page.context.close()


def reduce_colours(file: Path) -> None:
    """Nothing; the picture has 256 colours, or is as it was where Pillow is missing.

    Colour means something here, so the commonest stay exactly as they are (Pillow alone would shift the large
    surfaces), and the others are chosen to lie near every rare one (or a small mark would lose its colour).
    """
    with suppress(ImportError):
        from PIL import Image

        drawn = Image.open(file).convert("RGB")
        colours = [colour for _, colour in sorted(drawn.getcolors(1 << 24), reverse=True)]
        rare = Image.new("RGB", (len(colours[EXACT:]) or 1, 1))
        rare.putdata(colours[EXACT:])
        near = rare.quantize(256 - EXACT, Image.Quantize.MAXCOVERAGE).convert("RGB").getcolors()
        kept = colours[:EXACT] + [colour for _, colour in near]
        nearest = {colour: min(range(len(kept)), key=lambda at: distance(colour, kept[at])) for colour in colours}
        reduced = Image.new("P", drawn.size)
        reduced.putpalette([part for colour in kept for part in colour])
        reduced.putdata([nearest[colour] for colour in drawn.get_flattened_data()])
        reduced.save(file, optimize=True)


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How far two colours lie apart, as the square of the straight line between them."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def visit(page: Page, place: str) -> None:
    """Nothing; the page of that name is open and drawn."""
    if place == "service":
        page.goto("/app/service")
        page.locator("#releases-title").wait_for()
    elif place == "overview":
        page.goto(f"/app/overview/{showcase(page)}")
        page.locator("#overview-year .main-svg").first.wait_for()
    elif place == "indicators":
        page.goto(f"/app/indicators/{showcase(page)}")
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    elif place == "method":
        page.goto("/app/method")
        page.locator("#main h1").wait_for()
    elif place == "timeline":
        page.goto(f"/app/timeline/{showcase(page)}")
        telling(page).click()
        page.locator("#timeline-panel h2").wait_for()
        page.wait_for_url("**action=*")
        page.evaluate("scrollTo(0, 0)")


def showcase(page: Page) -> str:
    """The factory that the demo world is about: its first one, among those on the start page."""
    links = page.locator(".sl-factories .sl-row-link").all()
    return min(str(link.get_attribute("href")).rpartition("/")[2] for link in links)


def telling(page: Page) -> Locator:
    """The newest action in the list with a clear difference after it, a cancelled order if there is one."""
    lines = page.locator(".sl-evt tbody tr")
    lines.first.wait_for()
    cancelled, clear = lines.filter(has_text="cancelled"), lines.filter(has_text="clear")
    both = cancelled.filter(has_text="clear")
    return next(one for one in (both, cancelled, clear, lines) if one.count()).first.locator(".sl-act")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(Path, sys.argv[2:3]))
