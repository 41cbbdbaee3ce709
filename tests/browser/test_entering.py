"""Entering and leaving: one click in the demo, a wrong password, a session that is really over."""

import json

from playwright.sync_api import Playwright, expect

from tests.browser.visitors import Visitors, factories, one_click, open_timeline

REFUSED = "That did not work. Check the e-mail and the password."


def test_one_click_enters_the_demo_as_owner_and_says_that_it_is_a_demo(visitors: Visitors) -> None:
    page = visitors.stranger()
    one_click(page, "owner")
    expect(page).to_have_url(f"{visitors.address}/app/")
    expect(page.locator("h1")).to_have_text("Your factories")
    expect(page.get_by_role("complementary", name="Demo data")).to_be_visible()
    assert len(factories(page)) >= 1


def test_a_stranger_is_led_to_the_sign_in_page_and_the_way_back_is_kept(visitors: Visitors) -> None:
    page = visitors.stranger()
    page.goto("/app/timeline/F001?period=2y&action=A1")
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.locator("input[name=next]").input_value() == "/app/timeline/F001?period=2y&action=A1"
    page.goto("/signin?next=https://elsewhere.example/")
    assert page.locator("input[name=next]").input_value() == "/app/"


def test_a_wrong_password_says_one_thing_and_keeps_the_address(visitors: Visitors) -> None:
    visitors.forgiven.append("status of 401")
    page = visitors.stranger()
    page.goto("/signin")
    page.get_by_label("E-mail").fill("owner@demo-owner.example")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(REFUSED)
    assert page.get_by_label("E-mail").input_value() == "owner@demo-owner.example"
    assert page.get_by_label("Password", exact=True).input_value() == ""
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_the_eye_shows_the_password_and_hides_it_again(visitors: Visitors) -> None:
    page = visitors.stranger()
    page.goto("/signin")
    field, eye = page.locator("#password"), page.get_by_role("button", name="Show password")
    field.fill("a long secret")
    for kind, pressed in (("text", "true"), ("password", "false")):
        eye.click()
        expect(field).to_have_attribute("type", kind)
        expect(eye).to_have_attribute("aria-pressed", pressed)
        expect(field).to_have_value("a long secret")


def test_after_signing_out_the_open_page_leads_to_the_sign_in_page(visitors: Visitors) -> None:
    visitors.forgiven.append("status of 401")
    page = visitors.stranger()
    one_click(page, "owner")
    factory = factories(page)[0]
    open_timeline(page, factory)
    elsewhere = page.context.new_page()
    elsewhere.goto("/account")
    elsewhere.get_by_role("button", name="Sign out").click()
    expect(elsewhere.locator("h1")).to_have_text("Sign in")
    page.get_by_label("Period").get_by_text("2 y").click()
    page.wait_for_url(f"**/signin?next=%2Fapp%2Ftimeline%2F{factory}%3Fperiod%3D2y*")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_signing_out_ends_the_session_and_not_only_the_cookie(visitors: Visitors, playwright: Playwright) -> None:
    page = visitors.stranger()
    with page.expect_request(lambda request: "_dash-update-component" in request.url) as caught:
        one_click(page, "owner")
    sent = caught.value
    kept = {"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())}
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "_csrf_token")
    same = playwright.request.new_context(
        base_url=visitors.address, extra_http_headers=kept | {"X-CSRFToken": token, "Accept": "application/json"}
    )
    again = {"data": json.loads(sent.post_data or "{}")}
    assert same.post("/app/_dash-update-component", **again).status in (200, 204)
    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signin")
    assert same.post("/app/_dash-update-component", **again).status == 401
    assert same.get("/app/_dash-layout").status == 401
    same.dispose()
