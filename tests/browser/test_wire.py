"""What goes over the wire: how much, from where, and what pages are allowed to run."""

import re

from playwright.sync_api import Page

from tests.browser.visitors import Visitors, answers_of, factories, open_timeline

MOST_BYTES = 6_000_000
MOST_SENT = 2_000_000


def policies(page: Page, *places: str) -> list[str]:
    """The content security policy of each of these pages."""
    found = []
    for place in places:
        answer = page.goto(place)
        assert answer is not None
        found.append(answer.headers["content-security-policy"])
    return found


def test_a_cold_timeline_is_light_enough_for_a_weak_line(visitors: Visitors) -> None:
    factory = factories(visitors.enter("owner"))[0]
    page = visitors.enter("owner")
    with answers_of(page) as answers:
        open_timeline(page, factory)
        page.wait_for_load_state("networkidle")
    plain = sum(len(answer.body()) for answer in answers if answer.status == 200)
    sent = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    print(f"cold timeline: {len(answers)} answers, {plain / 1e6:.2f} MB, {sent / 1e6:.2f} MB as sent")
    assert 100_000 < sent < MOST_SENT
    assert sent < plain < MOST_BYTES


def test_no_page_may_run_inline_scripts_or_load_from_elsewhere(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    for policy in policies(page, "/app/", "/app/overview/F001", "/account"):
        scripts = re.findall(r"script-src ([^;]*)", policy)
        assert len(scripts) == 1
        assert "'unsafe" not in scripts[0]
        assert "http" not in policy
        assert "default-src 'self'" in policy


def test_the_policy_bites_a_planted_inline_script(visitors: Visitors) -> None:
    visitors.forgiven.append("Content Security Policy")
    page = visitors.enter("owner")
    page.goto("/app/")
    page.evaluate(
        "() => { const planted = document.createElement('script'); planted.textContent = 'window.ran = true';"
        " document.body.append(planted); }"
    )
    assert page.evaluate("window.ran") is None


def test_no_chart_offers_to_send_itself_anywhere(visitors: Visitors) -> None:
    page = visitors.enter("owner")
    open_timeline(page, factories(page)[0])
    page.locator("#timeline-graph").hover()
    assert page.locator(".modebar-btn").count() == 0
    kept = page.evaluate("document.querySelector('.js-plotly-plot')._context")
    assert (kept["showSendToCloud"], kept["plotlyServerURL"]) == (False, "")
    assert "Share" not in page.content()
