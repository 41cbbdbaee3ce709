"""Each role sees its own start page, and nothing that belongs to somebody else."""

from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitors, factories, open_overview, open_timeline, told_to

HEADINGS = {
    "owner": "Your factories",
    "buyer": "Suppliers that share with you",
    "ngo": "Benchmarks of whole groups",
    "operator": "All factories",
}
NOBODY = "F999"


def others(home: Path, page: Page) -> tuple[str, set[str], set[str]]:
    """A factory at which both the demo buyer and others did something; what is theirs, and the buyer's own ids."""
    file = next((home / "effects").glob("*.duckdb"))
    with duckdb.connect(str(file), read_only=True) as effects:
        did = effects.execute("SELECT factory_id, buyer_name, action_id FROM actions").fetchall()
    page.goto("/account")
    own = page.locator("dl dd").nth(2).inner_text()
    for factory in factories(page):
        theirs = [row for row in did if row[0] == factory and row[1] != own]
        mine = {row[2] for row in did if row[0] == factory and row[1] == own}
        if theirs and mine:
            return factory, {row[1] for row in did if row[1] != own} | {row[2] for row in theirs}, mine
    raise AssertionError("no factory of the demo buyer has actions of another buyer")


@pytest.mark.parametrize("role", HEADINGS)
def test_each_role_comes_home_to_its_own_start_page(visitors: Visitors, role: str) -> None:
    page = visitors.enter(role)
    page.goto("/app/")
    expect(page.locator("h1")).to_have_text(HEADINGS[role])


def test_a_buyer_sees_own_actions_and_not_even_the_name_of_another_buyer(visitors: Visitors, demo_home: Path) -> None:
    page = visitors.enter("buyer")
    factory, foreign, mine = others(demo_home, page)
    with told_to(page) as texts:
        open_overview(page, factory)
        open_timeline(page, factory, "?period=all")
        listed = [str(link.get_attribute("data-action")) for link in page.locator(".sl-evt .sl-act").all()]
        assert listed
        assert set(listed) <= mine
        page.locator(".sl-evt .sl-act").first.click()
        page.wait_for_url("**action=*")
        asked = sorted(foreign)[0]  # an action of somebody else; the address that asks for it is the visitor's own
        open_timeline(page, factory, f"?period=all&lanes=buyer&action={asked}")
        expect(page.locator("#timeline-panel")).to_contain_text("Not in this period")
    everything = "\n".join(texts) + page.content()
    assert [one for one in listed if one not in everything] == []
    assert [name for name in foreign - {asked} if name in everything] == []
    expect(page.get_by_label("Lanes")).to_have_count(0)


def test_an_owner_of_the_same_factory_does_see_the_other_buyers(visitors: Visitors, demo_home: Path) -> None:
    buyer = visitors.enter("buyer")
    _, foreign, _ = others(demo_home, buyer)
    page = visitors.enter("owner")
    factory = factories(page)[0]
    with told_to(page) as texts:
        open_timeline(page, factory, "?period=all")
    everything = "\n".join(texts)
    assert [name for name in foreign if name in everything] != []


def test_an_ngo_is_led_to_benchmarks_and_never_sees_a_factory(visitors: Visitors) -> None:
    page = visitors.enter("ngo")
    page.goto("/app/")
    expect(page.get_by_role("link", name="Open benchmarks")).to_be_visible()
    expect(page.locator(".sl-factories")).to_have_count(0)
    for place in ("overview/F001", "timeline/F001", "indicators/F001", "service"):
        page.goto(f"/app/{place}")
        expect(page.locator("#main h1")).to_have_text("This is not available")


def test_an_operator_reads_releases_and_loads(visitors: Visitors) -> None:
    page = visitors.enter("operator")
    page.goto("/app/")
    page.get_by_role("navigation", name="Main").get_by_text("Service").click()
    expect(page.locator("h1")).to_have_text("Service")
    expect(page.get_by_role("region", name="Newest releases").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("region", name="Newest loads").locator("tbody tr")).not_to_have_count(0)


def test_what_is_not_yours_looks_exactly_like_what_does_not_exist(visitors: Visitors) -> None:
    page = visitors.enter("operator")
    every = factories(page)
    owner = visitors.enter("owner")
    foreign = next(one for one in every if one not in factories(owner))
    for place in ("overview", "timeline", "indicators"):
        seen = []
        for factory in (foreign, NOBODY):
            owner.goto(f"/app/{place}/{factory}")
            expect(owner.locator("#main h1")).to_have_text("This is not available")
            owner.locator(".sl-nav a").first.wait_for()
            seen.append(owner.locator("body > #react-entry-point").inner_html().replace(factory, ""))
        assert seen[0] == seen[1]


def test_an_address_that_leads_nowhere_says_so_and_leads_home(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    page.goto("/app/no/such/page")
    expect(page.locator("#main h1")).to_have_text("There is no page at this address")
    page.get_by_role("link", name="Go to the start").click()
    expect(page.locator("#main h1")).to_have_text(HEADINGS["owner"])
