"""Every page is taken away by a click: as a workbook, and as JSON that names the page it is the twin of."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitors, factories
from tests.workbooks import active_parts, sheets


def taken(page: Page, name: str) -> bytes:
    """What is kept after a click on the page's link of that name."""
    with page.expect_download() as kept:
        page.locator("#main").get_by_role("link", name=name, exact=True).first.click()
    return Path(kept.value.path()).read_bytes()


def twin(page: Page) -> dict[str, Any]:
    """The JSON twin of the open page."""
    found: dict[str, Any] = json.loads(taken(page, "JSON"))
    return found


def here(page: Page) -> str:
    """The address of the open page, within the portal."""
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def heading(page: Page) -> str:
    """The heading of the open page, once it is there."""
    page.locator("#main h1").wait_for()
    return page.locator("#main h1").inner_text()


@pytest.fixture
def owner(visitors: Visitors) -> Page:
    """The owner's browser."""
    return visitors.enter("owner")


def test_the_owner_takes_every_page_away(owner: Page) -> None:
    factory = factories(owner)[0]
    for path, book in (
        (f"/app/overview/{factory}", False),
        (f"/app/timeline/{factory}?period=all", True),
        (f"/app/timeline/{factory}?view=weeks", True),
        (f"/app/indicators/{factory}?theme=HRS", True),
        (f"/app/indicators/{factory}?as=eti", True),
        (f"/app/footprint/{factory}?period=all", False),
    ):
        owner.goto(path)
        heading(owner)
        found = twin(owner)
        assert found["address"] == path
        assert found["shown"]["factory"]["factory_id"] == factory
        if book:
            content = taken(owner, "XLSX")
            assert active_parts(content) == []
            assert len(sheets(content)["Data"]) > 1
        else:
            expect(owner.locator("#main").get_by_role("link", name="XLSX", exact=True)).to_have_count(0)


def test_the_page_and_its_twin_say_the_same_score(owner: Page) -> None:
    owner.goto(f"/app/overview/{factories(owner)[0]}")
    assert twin(owner)["shown"]["factory"]["name"] == heading(owner)
    score = owner.locator("#main .sl-display").first.inner_text()
    assert str(twin(owner)["shown"]["overall"]["estimate"]["value"]) == score


def test_the_links_follow_what_the_buyer_asks_of_the_list(visitors: Visitors) -> None:
    page = visitors.enter("buyer")
    page.goto("/app/suppliers?group=none")
    page.locator("#suppliers-grid .sl-row-link").first.wait_for()
    page.get_by_role("link", name=re.compile("^Order by Score")).click()
    page.wait_for_url(re.compile("sort=-score"))
    expect(page.locator("#suppliers-files a").last).to_have_attribute("href", re.compile("sort=-score"))
    shown = [one["factory"]["name"] for group in twin(page)["shown"]["groups"] for one in group["suppliers"]]
    assert shown == page.locator("#suppliers-grid .sl-sup-name .sl-row-link").all_text_contents()
    assert [row[1] for row in sheets(taken(page, "XLSX"))["Data"][1:]] == shown
    page.goto("/app/footprint")
    assert heading(page)
    assert twin(page)["page"] == "footprint"


def test_the_ngo_takes_the_benchmarks_with_their_licence(visitors: Visitors) -> None:
    page = visitors.enter("ngo")
    page.goto("/app/benchmarks?theme=HRS")
    heading(page)
    notes = dict(map(tuple, sheets(taken(page, "XLSX"))["Notes"]))
    assert notes["Citation"].startswith("Seamline. Hours, rest and pace")
    assert twin(page)["licence"] == "CC BY 4.0"
