"""What follows after actions, in a real browser: panel, weeks, footprints; by keyboard, on a phone, dark, as files."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from components import theme
from tests.browser.test_looks import LOOKS, OVERFLOW, complaints
from tests.browser.visitors import PHONE, Visitors, factories, open_timeline
from tests.live import FLASK, Live, run_flask, running

CONTROLS = (".sl-top", ".sl-bar", ".sl-acts", ".sl-link", ".sl-steps", ".btn", ".sl-why")


@pytest.fixture(scope="module")
def told(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server over a demo world that is large enough for something to be told of what usually follows."""
    folder = tmp_path_factory.mktemp("told")
    run_flask(folder / "home", "demo", "--factories", "36", "--weeks", "60")
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


def open_weeks(page: Page, factory: str) -> None:
    """Opens the weeks of a factory's most frequent kind over all the time."""
    open_timeline(page, factory, "?period=all&view=weeks")


def open_footprint(page: Page, factory: str = "", search: str = "") -> None:
    """Opens a buyer's footprint, or all actions at a factory."""
    page.goto(f"/app/footprint{f'/{factory}' if factory else ''}{search}")
    page.locator("#footprint-study .main-svg").first.wait_for()
    page.locator(".sl-nav a[aria-current=page]").wait_for(state="attached")


def reached(page: Page, wanted: Locator) -> None:
    """Goes on with the Tab key until that element has the focus."""
    for _ in range(120):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key never reached it")


def kept(page: Page, button: str, folder: Path) -> tuple[str, int, int]:
    """The name, width and height of the picture that a button gives to keep."""
    with page.expect_download() as waiting:
        page.locator(button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) > 20_000
    width, height = struct.unpack(">II", data[16:24])
    return path.name, width, height


def test_the_panel_is_reached_by_keyboard_and_tells_both_parts(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    open_timeline(page, factories(page)[0], "?period=all")
    last = page.locator(".sl-evt .sl-act").last
    reached(page, page.locator(".sl-evt .sl-act").first)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**action=*")
    expect(last).to_be_focused()
    panel = page.locator("#timeline-panel")
    parts = panel.locator("h3").all_inner_texts()
    assert parts[:2] == ["This time", "What usually follows"]
    expect(panel).to_contain_text("read both parts together")
    expect(panel.locator(".sl-chip").last).to_be_visible()
    reached(page, panel.get_by_role("link", name="How is this computed?"))
    page.keyboard.press("Enter")
    page.locator("#cascade").wait_for()
    expect(page.locator("#cascade")).to_be_focused()
    page.wait_for_function("document.getElementById('cascade').getBoundingClientRect().top < 200")


def test_a_kind_that_is_told_has_its_weeks_in_the_panel(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    open_timeline(page, factories(page)[0], "?period=all")
    page.locator(".sl-evt tr", has_text="Rush order").locator(".sl-act").first.click()
    page.wait_for_url("**action=*")
    panel = page.locator("#timeline-panel")
    drawn = panel.locator(".sl-profile")
    expect(drawn).to_be_visible()
    assert "after rush orders" in str(drawn.get_attribute("aria-label"))
    expect(panel).to_contain_text("Half of the cells behind this are")
    panel.get_by_role("link", name="Week by week").click()
    page.wait_for_url("**view=weeks**")
    expect(page.locator("#timeline-card h2").first).to_contain_text("Rush order")


def test_weeks_follow_the_kind_and_the_chosen_action_by_keyboard(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    open_timeline(page, factories(page)[0], "?period=all")
    reached(page, page.get_by_role("link", name="Weeks from the action"))
    page.keyboard.press("Enter")
    page.wait_for_url("**view=weeks**")
    page.locator(".sl-study-h").wait_for()
    expect(page.locator(".sl-study-rows li")).to_have_count(3)
    pill = page.locator(".sl-kinds > summary")
    reached(page, pill)
    page.keyboard.press("Enter")
    other = page.locator(".sl-kinds a:not([aria-current])").first
    kind = other.locator(".sl-grow").inner_text()
    reached(page, other)
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=*")
    expect(page.locator("#timeline-card h2").first).to_have_text(f"After: {kind}")
    chosen = page.locator(".sl-evt .sl-act").first
    name = chosen.inner_text()
    reached(page, chosen)
    page.keyboard.press("Enter")
    page.wait_for_url("**action=*")
    expect(page.locator("#timeline-card h2").first).to_have_text(f"After: {name}")
    expect(page.locator("#timeline-panel h2")).to_have_text(name)
    expect(page.locator("#timeline-graph .main-svg").first).to_be_visible()


def test_a_buyer_reads_its_footprint_and_chooses_kinds_by_keyboard(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    page.goto("/app/")
    page.get_by_role("navigation", name="Main").get_by_text("Footprint").click()
    page.locator("#footprint-study .main-svg").first.wait_for()
    expect(page.locator("h1")).to_have_text("Your footprint")
    expect(page.locator(".sl-fp-sum")).to_contain_text("worker-week points, 12 months")
    expect(page.locator(".sl-fp-sum")).to_contain_text("It is not a measurement of you alone.")
    other = page.locator(".fp tbody a:not([aria-current])").first
    kind = other.inner_text()
    reached(page, other)
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=*")
    expect(page.locator(".fp tbody a[aria-current]")).to_have_text(kind)
    page.get_by_label("Period").get_by_text("All").click()
    page.wait_for_url("**period=all**")
    expect(page.locator(".sl-fp-sum")).to_contain_text("all the time")
    page.locator(".sl-fp-largest a").first.click()
    page.locator("#timeline-panel h2").wait_for()


def test_an_owner_reads_all_actions_at_the_factory_and_a_buyer_does_not(visitors: Visitors) -> None:
    owner = visitors.enter("owner")
    factory = factories(owner)[0]
    open_timeline(owner, factory)
    owner.get_by_role("navigation", name="Main").get_by_text("Actions").click()
    owner.locator("#footprint-study .main-svg").first.wait_for()
    expect(owner.locator("h1")).to_have_text("All actions here")
    owner.goto("/app/footprint")
    expect(owner.locator("#main h1")).to_have_text("This is not available")
    buyer = visitors.enter("buyer")
    buyer.goto(f"/app/footprint/{factory}")
    expect(buyer.locator("#main h1")).to_have_text("This is not available")


def test_every_picture_arrives_as_a_file_of_the_same_look(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors.enter("owner", dark=True, width=PHONE)
    factory = factories(page)[0]
    open_timeline(page, factory, "?period=all")
    name, width, _ = kept(page, "#timeline-png", tmp_path)
    assert (name, width) == (f"seamline-{factory}-timeline-release-1.png", 2400)
    open_weeks(page, factory)
    name, width, _ = kept(page, "#timeline-png", tmp_path)
    assert (name, width) == (f"seamline-{factory}-weeks-release-1.png", 2400)
    open_footprint(page, factory)
    name, width, _ = kept(page, "#footprint-png", tmp_path)
    assert (name, width) == (f"seamline-footprint-{factory}-release-1.png", 2400)
    name, width, height = kept(page, "#footprint-study-png", tmp_path)
    assert (name, width) == (f"seamline-weeks-{factory}-release-1.png", 1800)
    assert kept(page, "#footprint-study-png", tmp_path)[1:] == (width, height), "a second click gives it once more"
    with page.expect_download() as waiting:
        page.locator("#footprint-csv").click()
    assert waiting.value.suggested_filename == f"seamline-footprint-{factory}-release-1.csv"


def test_turning_the_page_dark_turns_the_weeks_dark(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    open_footprint(page)
    colour = "document.querySelector('#footprint-study .js-plotly-plot').layout.font.color"
    assert page.evaluate(colour) == theme.LIGHT["ink-3"]
    page.get_by_label("Switch between light and dark").click()
    page.wait_for_function(f"() => {colour} === '{theme.DARK['ink-3']}'")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(visitors: Visitors, look: str) -> None:
    owner = visitors.enter("owner", **LOOKS[look])
    factory = factories(owner)[0]
    open_timeline(owner, factory, "?period=all")
    owner.locator(".sl-evt tr", has_text="Rush order").locator(".sl-act").first.click()
    owner.locator(".sl-profile").wait_for()
    found = seen("panel", owner)
    open_weeks(owner, factory)
    owner.locator("#timeline-card .sl-twin > summary").click()
    owner.locator(".sl-kinds > summary").click()
    found += seen("weeks", owner)
    open_footprint(owner, factory)
    found += seen("actions", owner)
    owner.goto("/app/method#cascade")
    owner.locator("#cascade").wait_for()
    found += seen("method", owner)
    buyer = visitors.enter("buyer", **LOOKS[look])
    open_footprint(buyer)
    buyer.locator(".sl-twin > summary").click()
    buyer.locator(".sl-fp-acts .sl-kinds > summary").click()
    found += seen("footprint", buyer)
    buyer.goto("/app/footprint?period=6m&row=none&kind=%3Cscript%3E")
    buyer.locator("#main h1").wait_for()
    found += seen("odd address", buyer)
    assert found == []


def seen(name: str, page: Page) -> list[str]:
    """What is wrong with a page, with its name."""
    sideways = [f"{name}: scrolls sideways"] if page.evaluate(OVERFLOW) != 0 else []
    return [f"{name}: {serious}" for serious in complaints(page)] + sideways


def test_paper_is_light_in_one_column_without_controls(visitors: Visitors) -> None:
    page = visitors.enter("buyer", dark=True)
    open_footprint(page)
    page.set_viewport_size({"width": 688, "height": 1017})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in CONTROLS:
        expect(page.locator(f"{control} >> visible=true")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.wait_for_function(f"{OVERFLOW} === 0")
    tops = [box["x"] for card in page.locator(".sl-footprint .sl-card").all() if (box := card.bounding_box())]
    assert len(set(map(round, tops))) == 1
