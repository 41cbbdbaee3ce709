"""The buyer's room in a real browser: sort, filter, pin and compare by mouse and by keyboard; every look of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_looks import CONTROLS, LOOKS, OVERFLOW, complaints
from tests.browser.visitors import PHONE, Visitors, answers_of

NAMES = "#suppliers-grid .sl-sup-name .sl-row-link"
SCORES = "#suppliers-grid .sl-sup-score b"


def suppliers(page: Page, search: str = "") -> None:
    """Opens the suppliers and waits for their rows."""
    page.goto(f"/app/suppliers{search}")
    page.locator(NAMES).first.wait_for()


def names(page: Page) -> list[str]:
    """The names in the order in which they stand."""
    return page.locator(NAMES).all_text_contents()


def pins(page: Page) -> list[str]:
    """The identifiers of all suppliers in the list."""
    return [str(one.get_attribute("data-pin")) for one in page.locator("#suppliers-grid [data-pin]").all()]


def until_search(page: Page, part: str) -> None:
    """Waits until the address holds this."""
    page.wait_for_url(re.compile(re.escape(part)))


@pytest.fixture
def page(visitors: Visitors) -> Iterator[Page]:
    """The list of suppliers of the demo's buyer, on a desktop."""
    opened = visitors.enter("buyer")
    suppliers(opened)
    return opened


def test_the_list_is_drawn_under_our_policy_and_leads_to_overviews(page: Page) -> None:
    assert len(names(page)) == len(set(names(page))) >= 3
    assert page.locator("#suppliers-grid .sl-dw").count() == len(names(page))
    first = names(page)[0]
    page.locator(NAMES).first.click()
    page.wait_for_url("**/app/overview/**")
    expect(page.locator("#main h1")).to_have_text(first)


def test_a_head_orders_the_rows_and_turns_them_round(page: Page) -> None:
    page.locator(".sl-pick", has_text="Group by country").locator("summary").click()
    page.get_by_role("link", name="No groups").click()
    until_search(page, "group=none")
    down = [int(text) for text in page.locator(SCORES).all_text_contents()]
    assert down == sorted(down, reverse=True)
    page.get_by_role("link", name=re.compile("^Order by Score")).click()
    until_search(page, "sort=-score")
    expect(page.locator(SCORES).first).to_have_text(str(min(down)))
    assert [int(text) for text in page.locator(SCORES).all_text_contents()] == sorted(down)
    page.go_back()
    page.wait_for_url(lambda url: "sort" not in url or "/suppliers" not in url)


def test_typing_finds_and_what_finds_nobody_can_be_cleared(page: Page) -> None:
    every = names(page)
    page.locator("#suppliers-find").fill(every[-1][:6])
    until_search(page, "find=")
    expect(page.locator(NAMES)).to_have_count(sum(every[-1][:6].lower() in name.lower() for name in every))
    page.locator("#suppliers-find").fill("nobody at all")
    page.get_by_text("No supplier matches").wait_for()
    page.get_by_role("link", name="Clear the filters").click()
    expect(page.locator(NAMES)).to_have_count(len(every))
    expect(page.locator("#suppliers-find")).to_have_value("")
    page.wait_for_url("**/app/suppliers")


def test_pinned_ones_go_on_top_stay_after_a_reload_and_are_compared(page: Page) -> None:
    one, other = pins(page)[-1], pins(page)[0]
    page.locator(f"[data-pin={one}]").click()
    until_search(page, f"pin={one}")
    expect(page.locator(f"[data-pin={one}]")).to_have_attribute("aria-pressed", "true")
    assert pins(page)[0] == one
    page.locator(f"[data-pin={other}]").click()
    until_search(page, f"pin={one},{other}")
    page.reload()
    page.locator(NAMES).first.wait_for()
    assert pins(page)[:2] == [one, other]
    page.get_by_role("link", name="Compare 2 pinned").click()
    page.wait_for_url(f"**/app/compare?with={one},{other}")
    expect(page.locator("#main h1")).to_have_text("Compare two suppliers")
    page.locator("#compare-graph .main-svg").first.wait_for()
    page.get_by_role("link", name=re.compile("^Take .* out$")).first.click()
    page.wait_for_url(f"**/app/compare?with={other}")
    expect(page.get_by_text("Add another supplier, and")).to_be_visible()


def test_a_sixth_is_not_pinned(page: Page) -> None:
    found = pins(page)
    suppliers(page, f"?pin={','.join(found[:5])}")
    if len(found) > 5:
        page.locator(f"[data-pin={found[5]}]").click()
        page.wait_for_timeout(500)
        expect(page.locator(f"[data-pin={found[5]}]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#suppliers-grid [data-pin][aria-pressed=true]")).to_have_count(min(len(found), 5))


def test_everything_is_done_by_keyboard_alone(page: Page) -> None:
    one = pins(page)[0]
    page.locator("#suppliers-find").focus()
    page.keyboard.press("Tab")
    expect(page.locator("summary", has_text="Group by country")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until_search(page, "group=none")
    page.locator(f".ag-row[row-id='{one}'] .ag-cell[col-id=pin]").focus()
    page.keyboard.press("Enter")
    until_search(page, f"pin={one}")
    expect(page.locator(f"[data-pin={one}]")).to_have_attribute("aria-pressed", "true")
    page.locator(".ag-header-cell[col-id=name]").focus()
    page.keyboard.press("Enter")
    until_search(page, "sort=name")
    page.locator(f".ag-row[row-id='{one}'] .ag-cell[col-id=pin]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/app/overview/{one}")


def test_files_are_handed_out(page: Page) -> None:
    with page.expect_download() as kept:
        page.locator("#suppliers-csv").click()
    assert kept.value.suggested_filename.startswith("seamline-suppliers-release-")
    found = pins(page)
    page.goto(f"/app/compare?with={found[0]},{found[1]}")
    page.locator("#compare-graph .main-svg").first.wait_for()
    for button, name in (("csv", "compare-release"), ("year-csv", "compare-years"), ("year-png", "compare-years")):
        with page.expect_download() as kept:
            page.locator(f"#compare-{button}").click()
        assert name in kept.value.suggested_filename


@pytest.mark.parametrize("look", LOOKS)
def test_in_every_look_axe_finds_nothing_serious_and_nothing_scrolls_sideways(visitors: Visitors, look: str) -> None:
    page = visitors.enter("buyer", **LOOKS[look])
    suppliers(page)
    found = pins(page)
    problems = []
    for place in (f"suppliers?pin={found[0]}", f"compare?with={','.join(found[:4])}", "compare", "suppliers?find=zzz"):
        page.goto(f"/app/{place}")
        page.locator("#main h1").wait_for()
        page.wait_for_load_state("networkidle")
        problems += [f"{place}: {one}" for one in complaints(page)]
        if page.evaluate(OVERFLOW) != 0:
            problems.append(f"{place}: scrolls sideways")
    assert problems == []


def test_on_a_phone_a_row_is_a_card_and_can_be_pinned(visitors: Visitors) -> None:
    page = visitors.enter("buyer", width=PHONE)
    suppliers(page)
    expect(page.locator(".sl-sup-card")).to_have_count(len(pins(page)))
    one = pins(page)[-1]
    page.locator(f"[data-pin={one}]").click()
    until_search(page, f"pin={one}")
    page.set_viewport_size({"width": 1280, "height": 860})
    expect(page.locator(".sl-sup-card")).to_have_count(0)
    expect(page.locator("#suppliers-grid .sl-heat").first).to_be_visible()


def test_paper_is_light_without_controls_and_holds_every_row(visitors: Visitors) -> None:
    page = visitors.enter("buyer", dark=True)
    suppliers(page)
    many = len(names(page))
    page.set_viewport_size({"width": 688, "height": 1017})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in CONTROLS:
        expect(page.locator(f"{control} >> visible=true")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect(page.locator(NAMES)).to_have_count(many)
    page.wait_for_function(f"{OVERFLOW} === 0")
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_start_page_leads_to_the_suppliers(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    page.goto("/app/")
    page.locator("#main").get_by_role("link", name="Suppliers").click()
    page.locator(NAMES).first.wait_for()
    expect(page.locator(".sl-nav a[aria-current=page]")).to_have_text("Suppliers")


def test_only_the_list_fetches_the_grid_and_says_so_when_it_does_not_come(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    with answers_of(page) as answers:
        page.goto("/app/")
        page.locator("#main h1").wait_for()
        page.wait_for_load_state("networkidle")
    assert not [answer.url for answer in answers if "dash_ag_grid" in answer.url]
    visitors.forgiven.append("Failed to load resource")
    page.route("**/dash_ag_grid.min.js", lambda route: route.abort())
    page.goto("/app/suppliers")
    page.get_by_text("The list could not be loaded").wait_for()
    page.unroute("**/dash_ag_grid.min.js")
    suppliers(page)
