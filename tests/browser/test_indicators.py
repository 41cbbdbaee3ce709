"""The owner drills down: themes, questions, groups and days, the drawer behind every number, the method."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from components import theme
from tests.browser.visitors import PHONE, Visitors, factories

COLOUR = """() => {
  const chart = document.querySelector("#indicators-days .js-plotly-plot");
  return chart && chart.layout ? chart.layout.font.color : null;
}"""
RANGE = r"\d+ *(likely )?\d+–\d+"


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """The owner's browser, with nothing open yet."""
    return visitors.enter("owner")


@pytest.fixture
def factory(page: Page) -> str:
    """The owner's first factory, the one the demo world is about."""
    return factories(page)[0]


def open_indicators(page: Page, factory: str, search: str = "") -> None:
    """Opens a factory's indicators and waits for the picture of days."""
    page.goto(f"/app/indicators/{factory}{search}")
    page.locator("#indicators-days .main-svg").first.wait_for()


def test_the_overview_leads_from_a_theme_to_its_questions(page: Page, factory: str) -> None:
    page.goto(f"/app/overview/{factory}")
    page.locator("section[aria-labelledby=themes-title]").get_by_role("link", name="Pay", exact=True).click()
    expect(page.locator("#theme-title")).to_have_text("Pay")
    expect(page.get_by_role("navigation", name="Main").get_by_text("Indicators")).to_have_attribute(
        "aria-current", "page"
    )
    rows = page.locator(".sl-questions tbody tr")
    assert rows.count() >= 3
    assert sum(bool(re.search(RANGE, row)) for row in rows.all_inner_texts()) >= 3


def test_another_theme_and_period_stay_on_the_page_and_in_the_address(page: Page, factory: str) -> None:
    open_indicators(page, factory)
    page.locator(".sl-theme-list a").filter(has_text="Hours").click()
    expect(page.locator("#theme-title")).to_have_text("Hours, rest and pace")
    page.get_by_role("group", name="Period").get_by_text("3 m").click()
    expect(page.locator(".sl-questions thead")).to_contain_text("Three months")
    assert page.url.endswith("?theme=HRS&period=3m")
    expect(page.locator("section[aria-labelledby=leads-title]")).to_contain_text("stay out of every score")
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("region", name="Day to day as a table").locator("tbody tr").first).to_be_visible()
    page.go_back()
    expect(page.locator(".sl-questions thead")).to_contain_text("One year")


def test_the_keyboard_opens_the_drawer_stays_in_it_and_comes_back(page: Page, factory: str) -> None:
    open_indicators(page, factory, "?theme=HRS")
    opener = page.locator(".sl-theme-head .sl-why")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("h2")).to_have_text(re.compile(r"How is \d+ computed\?"))
    expect(dialog.get_by_label("Close")).to_be_focused()
    assert "explain=HRS" in page.url
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('.sl-top, .sl-end, .sl-indicators')")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    assert "explain" not in page.url
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_a_link_opens_the_drawer_and_the_scrim_closes_it(page: Page, factory: str) -> None:
    page.goto(f"/app/overview/{factory}?explain=overall")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Close")).to_be_focused()
    assert len(dialog.locator("ol > li").all()) == 5
    page.mouse.click(40, 400)
    expect(dialog).to_have_count(0)
    assert "explain" not in page.url


def test_back_does_not_open_a_closed_drawer_again(page: Page, factory: str) -> None:
    open_indicators(page, factory, "?theme=HRS")
    dialog = page.get_by_role("dialog")
    for close in ("Escape", "click"):
        page.locator(".sl-theme-head .sl-why").click()
        expect(dialog).to_be_visible()
        if close == "click":
            dialog.get_by_label("Close").click()
        else:
            page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert page.url.endswith("?theme=HRS")
    page.go_back()
    expect(page.locator("#theme-title")).to_be_visible()
    page.wait_for_timeout(300)
    expect(dialog).to_have_count(0)
    assert "explain" not in page.url


def test_every_theme_of_the_overview_and_clause_question_says_how_it_is_computed(page: Page, factory: str) -> None:
    page.goto(f"/app/overview/{factory}")
    page.locator(".sl-themes .sl-why").first.click()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(re.compile(r"How is \d+ computed\?"))
    page.goto(f"/app/indicators/{factory}?as=eti")
    page.locator(".sl-clauses .sl-why").first.click()
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(re.compile(r"How is \d+ computed\?"))
    assert "as=eti" in page.url


@pytest.mark.parametrize("width", [818, 390])
def test_the_study_fits_the_screen(visitors: Visitors, width: int) -> None:
    page = visitors.enter("owner", width=width)
    page.goto("/app/method")
    table = page.get_by_role("region", name="What the study found")
    expect(table).to_contain_text("Plain mean" if width > 640 else "score")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert table.evaluate(
        "box => Array.from(box.querySelectorAll('td.n')).every(one => one.scrollWidth <= one.clientWidth + 1)"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_forged_choices_give_the_page_and_no_drawer(page: Page, factory: str) -> None:
    open_indicators(page, factory, "?theme=%3Cscript%3E&period=9y&as=../x&explain=FRE-01")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".sl-questions")).to_be_visible()


def test_the_numbers_can_be_taken_away(page: Page, factory: str) -> None:
    open_indicators(page, factory, "?theme=HRS&explain=HRS")
    with page.expect_download() as caught:
        page.get_by_role("link", name="These numbers (JSON)").click()
    numbers = json.loads(caught.value.path().read_text(encoding="utf-8"))
    assert numbers["key"] == "HRS"
    assert numbers["low"] <= numbers["score"] <= numbers["high"]
    page.keyboard.press("Escape")
    with page.expect_download() as caught:
        page.locator(".sl-ind-acts").get_by_role("link", name="CSV").click()
    lines = caught.value.path().read_text(encoding="utf-8").splitlines()
    assert sum(",cell,HRS," in line for line in lines) > 20
    assert "How scores are made" not in lines[-1]
    assert lines[-1].startswith("# ")


def test_the_page_is_read_as_another_standard_and_back(page: Page, factory: str) -> None:
    open_indicators(page, factory)
    page.locator(".sl-reading > summary").click()
    page.get_by_role("group", name="Read as").get_by_text("ETI Base Code").click()
    expect(page.locator("#clauses-title")).to_have_text("Read as ETI Base Code")
    assert page.url.endswith("&as=eti")
    assert page.locator(".sl-clauses tr.grp").count() == 10
    page.reload()
    page.locator(".sl-reading > summary").click()
    page.get_by_role("group", name="Read as").get_by_text("Our themes").click()
    expect(page.locator("#themes-title")).to_be_visible()


def test_the_theme_button_redraws_the_days(page: Page, factory: str) -> None:
    open_indicators(page, factory)
    assert page.evaluate(COLOUR) == theme.LIGHT["ink-3"]
    page.get_by_label("Switch between light and dark").click()
    for _ in range(100):
        if page.evaluate(COLOUR) == theme.DARK["ink-3"]:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(COLOUR) == theme.DARK["ink-3"]


def test_the_method_is_one_link_away_for_everybody(visitors: Visitors) -> None:
    for role in ("owner", "ngo"):
        page = visitors.enter(role)
        page.goto("/app/")
        page.get_by_role("link", name="How scores are made").click()
        expect(page.locator("#main h1")).to_have_text("How scores are made")
        expect(page.get_by_role("region", name="Constants of the method")).to_contain_text("Half-life")


def test_a_buyer_reads_no_bands_of_leads(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    page.goto(f"/app/indicators/{factories(page)[0]}")
    card = page.locator("section[aria-labelledby=leads-title]")
    expect(card).to_contain_text("told to the factory alone")
    expect(card.locator(".sl-chip")).to_have_count(0)


def test_a_phone_has_everything_in_one_column(visitors: Visitors, factory: str) -> None:
    page = visitors.enter("owner", width=PHONE)
    open_indicators(page, factory, "?theme=HRS")
    places = [page.locator(f"#{name}-title").bounding_box() for name in ("themes", "theme", "groups", "days", "leads")]
    tops = [place["y"] for place in places if place]
    assert tops == sorted(tops)
    assert len(tops) == 5
    page.locator(".sl-theme-head .sl-why").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box
    assert box["width"] == PHONE
