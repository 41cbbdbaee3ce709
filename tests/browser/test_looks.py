"""Light, dark, on a phone and on paper: readable, whole, and in order for assistive technology."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components import theme
from tests.browser import picture
from tests.browser.visitors import PHONE, Visitors, factories, open_overview, open_timeline

LOOKS = {"light": {}, "dark": {"dark": True}, "phone": {"width": PHONE}}
ROLES = ("owner", "buyer", "ngo", "operator")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTROLS = (".sl-top", ".sl-bar", ".sl-ribbon", ".sl-link", ".sl-steps", ".sl-twin", ".btn")


def every_page(visitors: Visitors, look: str) -> Iterator[tuple[str, Page]]:
    """Every kind of page in one look, opened and drawn, with its name."""
    stranger = visitors.stranger(**LOOKS[look])
    stranger.goto("/signin")
    yield "signin", stranger
    for role in ROLES:
        page = visitors.enter(role, **LOOKS[look])
        page.goto("/app/")
        page.locator("#main h1").wait_for()
        yield f"start of {role}", page
    page.goto("/app/service")
    page.locator("#releases-title").wait_for()
    yield "service", page
    page.goto("/app/accounts")
    page.locator("#people-title").wait_for()
    yield "accounts", page
    owner = visitors.enter("owner", **LOOKS[look])
    factory = factories(owner)[0]
    open_overview(owner, factory)
    yield "overview", owner
    open_timeline(owner, factory)
    yield "timeline", owner
    owner.locator(".sl-evt .sl-act").nth(1).click()
    owner.wait_for_url("**action=*")
    owner.locator(".sl-rows > summary").click()
    yield "timeline with an action", owner
    owner.goto(f"/app/indicators/{factory}")
    owner.locator("#indicators-days .main-svg").first.wait_for()
    yield "indicators", owner
    owner.goto(f"/app/sharing/{factory}")
    owner.locator("#shares-title").wait_for()
    yield "sharing", owner
    owner.goto("/app/looks")
    owner.locator("#looks-title").wait_for()
    yield "looks", owner
    buyer = visitors.enter("buyer", **LOOKS[look])
    buyer.goto("/app/requests")
    buyer.locator("#suppliers-title").wait_for()
    yield "requests", buyer
    for where in (f"indicators/{factory}?theme=HRS&explain=HRS", f"overview/{factory}?explain=overall"):
        owner.goto(f"/app/{where}")
        owner.get_by_role("dialog").wait_for()
        yield f"the drawer of {where}", owner
    owner.goto(f"/app/indicators/{factory}?as=better-work")
    owner.locator("#clauses-title").wait_for()
    yield "another standard", owner
    for name, place in (("method", "method"), ("not available", "overview/F999"), ("no page", "nowhere")):
        owner.goto(f"/app/{place}")
        owner.locator("#main h1").wait_for()
        yield name, owner
    owner.goto("/account")
    yield "account", owner


@pytest.mark.parametrize("look", LOOKS)
def test_on_every_page_axe_finds_nothing_serious_and_nothing_scrolls_sideways(visitors: Visitors, look: str) -> None:
    found = []
    for name, page in every_page(visitors, look):
        found += [f"{name}: {serious}" for serious in complaints(page)]
        if page.evaluate(OVERFLOW) != 0:
            found.append(f"{name}: scrolls sideways")
    assert found == []


def complaints(page: Page) -> list[str]:
    """What axe-core holds to be serious or critical on the page that is open, with the first place of each."""
    violations = Axe().run(page).response["violations"]
    serious = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}, {one['nodes'][0]['html'][:160]}" for one in serious]


def test_axe_does_see_a_fault(visitors: Visitors) -> None:
    page = visitors.stranger()
    page.goto("/signin")
    assert complaints(page) == []
    page.evaluate("document.querySelector('label[for=email]').remove()")
    assert complaints(page) != []


def test_the_theme_button_turns_page_and_picture_dark_and_they_stay_so(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    factory = factories(page)[0]
    open_timeline(page, factory)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert picture.layout(page)["font"]["color"] == theme.LIGHT["ink-3"]
    page.get_by_label("Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    picture.layout(page, lambda drawn: drawn["font"]["color"] == theme.DARK["ink-3"])
    page.reload()
    page.locator("#timeline-graph .main-svg").first.wait_for()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert picture.layout(page)["font"]["color"] == theme.DARK["ink-3"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.locator(".sl-evt .sl-act").first.click()
    picture.layout(page, lambda drawn: drawn["font"]["color"] == theme.DARK["ink-3"] and picture.shadings(drawn) == 2)
    page.goto("/account")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_a_window_made_narrow_redraws_the_picture_for_a_phone(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    open_timeline(page, factories(page)[0])
    assert len(picture.layout(page)["axes"]) == 3
    page.set_viewport_size({"width": PHONE, "height": 860})
    picture.layout(page, lambda drawn: len(drawn["axes"]) == 2)
    page.wait_for_function(f"{OVERFLOW} === 0")


def test_paper_is_light_without_controls_and_nothing_is_cut_off(visitors: Visitors) -> None:
    page = visitors.enter("owner", dark=True)
    open_timeline(page, factories(page)[0])
    page.locator(".sl-evt .sl-act").first.click()
    picture.shaded(page)
    page.set_viewport_size({"width": 688, "height": 1017})  # what A4 leaves between its margins
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in CONTROLS:
        expect(page.locator(f"{control} >> visible=true")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.wait_for_function(f"{OVERFLOW} === 0")
    assert picture.width(page) <= 688
    assert page.evaluate("getComputedStyle(document.querySelector('.sl-figure')).filter") != "none"
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.pdf(format="A4").startswith(b"%PDF")
