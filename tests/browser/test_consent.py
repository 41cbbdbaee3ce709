"""Consent in a real browser: sharing, looking as a buyer would, and a grant that ends under an open page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitors, open_timeline

FACTORY = "F001"


def open_sharing(page: Page) -> None:
    """Opens the owner's page of sharing."""
    page.goto(f"/app/sharing/{FACTORY}")
    page.locator("#shares-title").wait_for()


def decided(page: Page, said: str) -> None:
    """Waits until the page says what was done."""
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


@pytest.fixture
def buyer_name(visitors: Visitors) -> Iterator[str]:
    """What the demo buyer is called; it sees everything again after the test."""
    page = visitors.enter("buyer")
    page.goto("/account")
    name = page.locator("dl dd").nth(2).inner_text()
    yield name
    owner = visitors.enter("owner")
    open_sharing(owner)
    share(owner, name, "Also their own actions")


def options(owner: Page) -> list[str]:
    """The buyers with whom the owner may share."""
    return owner.get_by_label("With", exact=True).locator("option").all_inner_texts()


def share(owner: Page, name: str, level: str) -> None:
    """The owner shares with a buyer at a level, by the form."""
    owner.get_by_label("With", exact=True).select_option(next(o for o in options(owner) if o.startswith(name)))
    owner.get_by_label(level).check()
    owner.get_by_role("button", name="Share", exact=True).click()
    decided(owner, f"{name} sees it from now on")


def test_a_grant_that_ends_closes_an_open_page_at_its_next_click(visitors: Visitors, buyer_name: str) -> None:
    buyer, owner = visitors.enter("buyer"), visitors.enter("owner")
    open_timeline(buyer, FACTORY, "?period=all")
    before = buyer.locator("#timeline-panel").inner_text()
    open_sharing(owner)
    owner.get_by_role("button", name=f"Stop sharing with {buyer_name}").click()
    decided(owner, f"{buyer_name} no longer sees it")
    buyer.locator(".sl-evt .sl-act").last.click()
    expect(buyer.get_by_role("alert")).to_contain_text("This is not available")
    assert buyer.locator("#timeline-panel").inner_text() == before
    buyer.reload()
    expect(buyer.locator("h1")).to_have_text("This is not available")


def test_a_lower_level_hides_actions_and_themes_at_once(visitors: Visitors, buyer_name: str) -> None:
    buyer, owner = visitors.enter("buyer"), visitors.enter("owner")
    open_sharing(owner)
    share(owner, buyer_name, "Score only")
    buyer.goto(f"/app/overview/{FACTORY}")
    expect(buyer.locator("[aria-labelledby=themes-title]")).to_contain_text("Not shared with you")
    expect(buyer.get_by_role("link", name="Indicators")).to_have_count(0)
    buyer.get_by_role("link", name="Ask for more").click()
    expect(buyer.locator("h1")).to_have_text("Access")
    buyer.get_by_label("Questions and groups too").check()
    buyer.get_by_role("button", name="Ask", exact=True).click()
    decided(buyer, "The factory decides")
    open_sharing(owner)
    owner.get_by_role("button", name="Decline").last.click()
    decided(owner, "Nothing is shared")


def test_the_owner_sees_what_they_would_see_and_comes_back(visitors: Visitors, buyer_name: str) -> None:
    owner = visitors.enter("owner")
    open_sharing(owner)
    owner.get_by_role("link", name=f"See what {buyer_name} sees").click()
    owner.get_by_label("Score and themes").check()
    owner.get_by_role("button", name="Look").click()
    ribbon = owner.get_by_label("Looking as a buyer")
    expect(ribbon).to_contain_text(f"You see this factory as {buyer_name} would.")
    expect(owner.locator("#themes-title")).to_be_visible()
    expect(owner.get_by_role("link", name="Sharing")).to_have_count(0)
    owner.goto(f"/app/sharing/{FACTORY}")
    expect(owner.locator("h1")).to_have_text("This is not available")
    ribbon.get_by_role("link", name="Back to your own view").click()
    owner.get_by_role("button", name="Back to your own view").click()
    expect(owner.locator("h1")).to_have_text("Sharing")
    expect(ribbon).to_have_count(0)


def test_who_looked_is_told_and_handed_out(visitors: Visitors, buyer_name: str) -> None:
    buyer = visitors.enter("buyer")
    buyer.goto(f"/app/overview/{FACTORY}")
    buyer.locator("#score-title").wait_for()
    owner = visitors.enter("owner")
    open_sharing(owner)
    expect(owner.locator(".sl-looks")).to_contain_text("Opened the overview")
    expect(owner.locator(".sl-look-dots")).to_contain_text(buyer_name)
    with owner.expect_download() as started:
        owner.locator("[aria-labelledby=looked-title]").get_by_role("link", name="CSV").click()
    assert started.value.suggested_filename == "seamline-looks.csv"
