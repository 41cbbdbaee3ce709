"""The owner reads: the overview first, then the timeline by mouse, by keyboard and by link."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import picture
from tests.browser.visitors import PHONE, Visitors, factories, open_overview, open_timeline

RANGE = r"\d+ *(likely )?\d+–\d+"


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """The owner's browser, with nothing open yet."""
    return visitors.enter("owner")


@pytest.fixture
def factory(page: Page) -> str:
    """The owner's first factory, the one the demo world is about."""
    return factories(page)[0]


def actions(page: Page) -> list[str]:
    """The actions of the list, the newest first."""
    links = page.locator(".sl-evt .sl-act")
    links.first.wait_for()
    return [str(link.get_attribute("data-action")) for link in links.all()]


def chosen(page: Page) -> str:
    """The action that is marked as the selected one in the list, by its id."""
    return str(page.locator(".sl-evt .sl-act[aria-current=true]").get_attribute("data-action"))


def test_the_overview_says_score_range_word_themes_and_where_to_look(page: Page, factory: str) -> None:
    open_overview(page, factory)
    hero = page.locator("section[aria-labelledby=score-title]")
    assert re.search(RANGE, hero.inner_text().replace("\n", " "))
    expect(hero.locator(".sl-words .on").first).to_have_text(re.compile("Very poor|Poor|Mixed|Good|Very good"))
    themes = page.locator("section[aria-labelledby=themes-title] tbody tr")
    assert themes.count() == 11
    assert sum(bool(re.search(RANGE, row)) for row in themes.all_inner_texts()) >= 5
    expect(page.locator("section[aria-labelledby=themes-title]")).to_contain_text("Never averaged")
    expect(page.locator("section[aria-labelledby=look-title] li").first).to_be_visible()
    expect(page.locator("footer")).to_contain_text("Release 1,")


def test_the_overview_leads_to_the_timeline_and_back(page: Page, factory: str) -> None:
    open_overview(page, factory)
    page.get_by_role("link", name="Open timeline").click()
    page.locator("#timeline-graph .main-svg").first.wait_for()
    expect(page.get_by_role("navigation", name="Main").get_by_text("Timeline")).to_have_attribute(
        "aria-current", "page"
    )
    page.get_by_role("navigation", name="Main").get_by_text("Overview").click()
    page.locator("#overview-year .main-svg").first.wait_for()
    page.go_back()
    page.locator("#timeline-graph .main-svg").first.wait_for()


def test_a_click_on_a_mark_selects_it_in_panel_picture_list_and_address(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    assert picture.shadings(picture.layout(page)) == 0
    action = actions(page)[1]
    kind = page.locator(f".sl-evt .sl-act[data-action='{action}']").inner_text()
    picture.click_mark(page, action)
    expect(page.locator("#timeline-panel h2")).to_have_text(kind)
    page.wait_for_url(f"**action={action}*")
    assert chosen(page) == action
    assert {"8 weeks before", "before"} & set(picture.shaded(page)["texts"])
    assert kind in str(page.locator("#timeline-graph-picture").get_attribute("aria-label"))


def test_the_keyboard_alone_chooses_an_action_and_keeps_its_place(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    listed = actions(page)
    focus = "document.activeElement.getAttribute('data-action')"
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    for _ in range(60):
        if page.evaluate(focus):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(focus) == listed[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focus) == listed[1]
    page.keyboard.press("End")
    assert page.evaluate(focus) == listed[-1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**action={listed[-1]}*")
    expect(page.locator(".sl-evt .sl-act[aria-current=true]")).to_be_focused()
    assert chosen(page) == listed[-1]


def test_the_steps_in_the_panel_walk_through_the_actions(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    listed = actions(page)
    page.locator(f".sl-evt .sl-act[data-action='{listed[0]}']").click()
    before, after = page.get_by_label("Action before"), page.get_by_label("Next action")
    expect(after).to_have_attribute("aria-disabled", "true")
    before.click()
    page.wait_for_url(f"**action={listed[1]}*")
    expect(before).to_be_focused()
    after.click()
    page.wait_for_url(f"**action={listed[0]}*")
    assert chosen(page) == listed[0]


def test_an_address_alone_restores_what_was_chosen(visitors: Visitors, page: Page, factory: str) -> None:
    open_timeline(page, factory)
    page.locator(".sl-evt .sl-act").nth(1).click()
    page.wait_for_url("**action=*")
    page.get_by_label("Scale").get_by_text("0–100").click()
    page.wait_for_url("**scale=full*")
    address, title = page.url, page.locator("#timeline-panel h2").inner_text()
    other = visitors.enter("owner")
    other.goto(address)
    other.locator("#timeline-graph .main-svg").first.wait_for()
    expect(other.locator("#timeline-panel h2")).to_have_text(title)
    assert picture.shaded(other)["range"] == [0, 100]
    expect(other.get_by_label("Scale").locator("[aria-current=true]")).to_have_text("0–100")


def test_period_lanes_and_scale_are_links_that_redraw_without_a_new_page(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    page.evaluate("window.sameDocument = true")
    year = picture.layout(page)["days"]
    page.get_by_label("Period").get_by_text("3 m").click()
    page.wait_for_url("**period=3m*")
    expect(page.get_by_label("Period").locator("[aria-current=true]")).to_have_text("3 m")
    picture.layout(page, lambda drawn: drawn["days"][0] > year[0])
    page.get_by_label("Lanes").get_by_text("By buyer").click()
    page.wait_for_url("**lanes=buyer*")
    expect(page.get_by_label("Lanes").locator("[aria-current=true]")).to_have_text("By buyer")
    assert "period=3m" in page.url
    page.get_by_label("Scale").get_by_text("0–100").click()
    page.wait_for_url("**scale=full*")
    expect(page.get_by_label("Scale").locator("[aria-current=true]")).to_have_text("0–100")
    picture.layout(page, lambda drawn: drawn["range"] == [0, 100])
    assert page.evaluate("window.sameDocument")


def test_rows_are_ticked_in_a_list_and_at_most_four_are_drawn(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    assert len(picture.layout(page)["axes"]) == 3
    page.locator(".sl-rows > summary").click()
    page.get_by_label("Health and safety", exact=True).check()
    page.get_by_label("Equal treatment", exact=True).check()
    page.get_by_role("button", name="Show these rows").click()
    expect(page.locator("#notice")).to_contain_text("4 rows fit")
    page.wait_for_url("**rows=*")
    expect(page.locator(".sl-rows > summary")).to_have_text("Overall score and 3 more")
    picture.layout(page, lambda drawn: len(drawn["axes"]) == 4)


def test_the_csv_holds_the_rows_of_the_picture_and_no_formula(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    assert caught.value.suggested_filename == f"seamline-{factory}-release-1.csv"
    lines = caught.value.path().read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line.startswith("#")]
    assert "Demo data" in said[-1]
    table = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert list(table[0]) == ["factory_id", "row", "name", "grain", "first_day", "last_day", "score", "low", "high"]
    assert {line["name"] for line in table} == {"Overall score", "Hours, rest and pace", "Pay"}
    assert not [cell for line in table for cell in line.values() if cell[:1] in ("=", "+", "-", "@", "\t")]
    for line in table:
        if line["score"]:
            assert 0 <= float(line["low"]) <= float(line["score"]) <= float(line["high"]) <= 100


def test_copy_link_copies_the_address_that_is_open(page: Page, factory: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_timeline(page, factory, "?period=2y")
    page.locator(".sl-evt .sl-act").first.click()
    page.wait_for_url("**action=*")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_every_picture_has_its_table_twin(page: Page, factory: str) -> None:
    open_timeline(page, factory)
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("region", name="Overall score as a table").locator("tbody tr").first).to_be_visible()
    open_overview(page, factory)
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("region", name="One year as a table").locator("tbody tr").first).to_be_visible()


def test_a_phone_shows_two_rows_and_the_menu_leads_on(visitors: Visitors, factory: str) -> None:
    page = visitors.enter("owner", width=PHONE)
    open_timeline(page, factory)
    assert len(picture.layout(page)["axes"]) == 2
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    page.get_by_label("Menu").first.click()
    page.get_by_role("navigation", name="Menu").get_by_text("Overview").click()
    page.locator("#overview-year .main-svg").first.wait_for()
    expect(page.locator("details.sl-menu[open]")).to_have_count(0)
    page.get_by_label("Menu").first.click()
    page.get_by_role("link", name="Account and sign out").click()
    expect(page.locator("h1")).to_have_text("Your account")
