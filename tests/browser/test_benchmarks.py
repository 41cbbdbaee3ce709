"""Benchmarks in a real browser: an NGO finds, chooses, compares, cites and takes away; dark, on a phone, on paper."""

import csv
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components import theme
from components.benchmark_course_figure import BOTTOM, ROW, TITLE
from tests.browser.test_looks import LOOKS, OVERFLOW, complaints
from tests.browser.visitors import PHONE, Visitors
from tests.live import FLASK, Live, run_flask, running

CONTROLS = (".sl-top", ".sl-bar", ".sl-acts", ".sl-link", ".sl-src a", ".btn", ".sl-why", ".sl-bm-beside")
HIDDEN = "hidden to protect people"
HEIGHT = "document.querySelector('#benchmarks-course .js-plotly-plot')._fullLayout.height"


@pytest.fixture(scope="module")
def told(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server over a demo world with factories enough for some countries and fields to be shown, and not all."""
    folder = tmp_path_factory.mktemp("told")
    run_flask(folder / "home", "demo", "--factories", "40", "--weeks", "26")
    with running([*FLASK, "serve"], folder / "home", folder / "server.log") as live:
        yield live


@pytest.fixture(scope="module")
def told_keys() -> dict[str, object]:
    """What each role's browser keeps once it has entered that server."""
    return {}


@pytest.fixture
def visitors(browser: Browser, told: Live, told_keys: dict[str, object]) -> Iterator[Visitors]:
    """The visitors of one test."""
    here = Visitors(browser, told.address, told_keys)  # type: ignore[arg-type]  # filled by the visitors themselves
    yield here
    here.leave()
    assert here.problems == []


def open_benchmarks(page: Page, search: str = "") -> None:
    """Opens the page and waits for its picture and its navigation."""
    page.goto(f"/app/benchmarks{search}")
    page.locator("#benchmarks-course .main-svg").first.wait_for(state="attached")
    page.locator(".sl-nav a[aria-current=page]").wait_for(state="attached")


def card(name: str) -> str:
    """The place of a card."""
    return f"section[aria-labelledby=bm-{name}-title]"


def shown_country(page: Page) -> str:
    """The name of a country that is shown."""
    rows = page.locator(f"{card('country')} .sl-bm tbody tr:not(.sl-bm-whole):not(:has(.sl-few))")
    return rows.first.locator("a").inner_text()


def test_an_ngo_finds_a_country_and_its_address_keeps_it(visitors: Visitors) -> None:
    page = visitors.enter("ngo")
    page.goto("/app/")
    page.get_by_role("link", name="Open benchmarks").click()
    page.wait_for_url("**/app/benchmarks")
    page.locator("#benchmarks-course .main-svg").first.wait_for()
    name = shown_country(page)
    page.locator(f"{card('country')} .sl-bm a", has_text=name).click()
    page.wait_for_url("**country=**")
    expect(page.locator("#bm-theme-title")).to_have_text(f"Themes side by side: {name}")
    expect(page.locator("#bm-sector-title")).to_have_text(f"Overall score, by sector in {name}")
    page.locator(f"{card('theme')} .sl-bm a", has_text="Pay").click()
    page.wait_for_url("**theme=PAY**")
    expect(page.locator("#bm-course-title")).to_have_text("Pay over time")
    page.reload()
    expect(page.locator("#bm-course-title")).to_have_text("Pay over time")
    expect(page.locator("#bm-theme-title")).to_have_text(f"Themes side by side: {name}")
    page.go_back()
    expect(page.locator("#bm-course-title")).to_have_text("Overall score over time")


def test_months_are_chosen_by_keyboard_and_cohorts_stand_beside_one_another(visitors: Visitors) -> None:
    page = visitors.enter("ngo")
    open_benchmarks(page)
    month = page.locator(".sl-bm-bar summary", has_text="Month: ")
    newest = month.inner_text()
    month.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**month=**")
    expect(page.locator(".sl-bm-bar summary", has_text="Month: ")).not_to_have_text(newest)
    for number in (1, 2):
        page.locator(f"{card('course')} summary", has_text="Compare with").click()
        page.locator(f"{card('course')} .sl-menu-box a").first.click()
        expect(page.locator(".sl-bm-off")).to_have_count(number)
    page.wait_for_function(f"() => {HEIGHT} === 3 * {ROW + TITLE} + {BOTTOM}")
    expect(page.locator(f"{card('course')} summary", has_text="Compare with")).to_have_count(0)
    page.locator(".sl-bm-off").first.click()
    expect(page.locator(".sl-bm-off")).to_have_count(1)


def test_what_is_hidden_is_hidden_alike_and_comes_last(visitors: Visitors) -> None:
    page = visitors.enter("operator")
    open_benchmarks(page)
    fields = page.locator(".sl-bm-fields td:has(.sl-few)")
    assert fields.count() > 0
    assert {text.strip() for text in fields.all_inner_texts()} == {HIDDEN}
    open_benchmarks(page, "?theme=PAY")
    for name in ("country", "sector", "theme"):
        rows = page.locator(f"{card(name)} .sl-bm tbody tr:not(.sl-bm-whole)").all()
        hidden = [row.locator(".sl-few").count() == 1 for row in rows]
        assert hidden == sorted(hidden)


def test_the_citation_is_copied_by_one_button(visitors: Visitors) -> None:
    page = visitors.enter("ngo", permissions=["clipboard-read", "clipboard-write"])
    open_benchmarks(page, "?theme=PAY")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator("[data-copy-text]")).to_contain_text("Citation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#benchmarks-citation").inner_text()
    for part in ("Seamline. Pay: benchmarks by country and sector", "CC BY 4.0", "Release 1", "Read on"):
        assert part in copied
    expect(page.get_by_role("button", name="Copy citation")).to_be_visible()


def test_files_and_pictures_arrive_with_licence_and_name(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors.enter("ngo", dark=True, width=PHONE)
    open_benchmarks(page, "?theme=PAY")
    kept = {}
    for name in ("CSV with notes", "JSON"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        kept[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept[name])
    text = kept["CSV with notes"].read_text(encoding="utf-8")
    lines = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    twin = json.loads(kept["JSON"].read_text(encoding="utf-8"))
    assert twin["citation"] in text
    assert len(lines) == len(twin["rows"]) > 0
    for part in ("country", "sector", "theme", "course"):
        with page.expect_download() as waiting:
            page.locator(f"#benchmarks-{part}-png").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        data = file.read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">I", data[16:20]) == (2400,)
        assert file.name.startswith("seamline-benchmarks-")


def test_turning_the_page_dark_turns_the_months_dark(visitors: Visitors) -> None:
    page = visitors.enter("ngo")
    open_benchmarks(page)
    colour = "document.querySelector('#benchmarks-course .js-plotly-plot').layout.font.color"
    assert page.evaluate(colour) == theme.LIGHT["ink-3"]
    page.get_by_label("Switch between light and dark").click()
    page.wait_for_function(f"() => {colour} === '{theme.DARK['ink-3']}'")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(visitors: Visitors, look: str) -> None:
    page = visitors.enter("ngo", **LOOKS[look])
    page.goto("/app/")
    page.get_by_role("link", name="Open benchmarks").wait_for()
    found = seen("start", page)
    open_benchmarks(page)
    found += seen("benchmarks", page)
    for name in ("country", "course", "theme"):
        page.locator(f"{card(name)} .sl-twin > summary").click()
    page.locator(".sl-bm-bar summary").first.click()
    found += seen("tables and a list", page)
    open_benchmarks(page, "?country=KE&sector=knitwear&compare=BD~,~footwear&theme=HRS")
    found += seen("compared", page)
    open_benchmarks(page, "?theme=%3Cscript%3E&country=XX&month=1999-13&compare=~~~&codebook=none")
    found += seen("odd address", page)
    assert found == []


def seen(name: str, page: Page) -> list[str]:
    """What is wrong with a page, with its name."""
    sideways = [f"{name}: scrolls sideways"] if page.evaluate(OVERFLOW) != 0 else []
    return [f"{name}: {serious}" for serious in complaints(page)] + sideways


@pytest.mark.parametrize("role", ["owner", "buyer"])
def test_owners_and_buyers_do_not_find_it(visitors: Visitors, role: str) -> None:
    page = visitors.enter(role)
    page.goto("/app/benchmarks")
    expect(page.locator("#main h1")).to_have_text("This is not available")
    expect(page.get_by_role("navigation", name="Main").get_by_text("Benchmarks")).to_have_count(0)


def test_paper_is_light_in_one_column_without_controls(visitors: Visitors) -> None:
    page = visitors.enter("ngo", dark=True)
    open_benchmarks(page, "?theme=PAY")
    page.set_viewport_size({"width": 688, "height": 1017})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in CONTROLS:
        expect(page.locator(f"{control} >> visible=true")).to_have_count(0)
    expect(page.locator("#benchmarks-citation")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.wait_for_function(f"{OVERFLOW} === 0")
    lefts = [box["x"] for one in page.locator(".sl-benchmarks .sl-card").all() if (box := one.bounding_box())]
    assert len(set(map(round, lefts))) == 1
