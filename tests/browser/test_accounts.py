"""From an invitation to an account, with and without a code; and a session that an operator ends."""

import re
import time
from urllib.parse import urlsplit

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visitors import PHONE, Visitors

PASSWORD = "seven quiet looms at noon"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def open_accounts(visitors: Visitors) -> Page:
    """The page of accounts, as the demo operator has it open."""
    page = visitors.enter("operator")
    page.goto("/app/accounts")
    page.locator("#people-title").wait_for()
    return page


def invite(page: Page, email: str, to: str) -> str:
    """The link of a new invitation, on this server."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Role and organisation").select_option(to)
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text(f"Send this link to {email}")).to_be_visible()
    expect(page.get_by_role("button", name=f"Take back: {email}")).to_be_visible()
    parts = urlsplit(page.get_by_label("Link", exact=True).input_value())
    return parts.path


def accept(page: Page, link: str) -> None:
    """Chooses a password on the page behind a link."""
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def sound(page: Page, name: str) -> None:
    """Nothing, when the page has no sideways scroll and nothing that assistive technology stumbles over."""
    assert page.evaluate(OVERFLOW) <= 0, name
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def test_an_invited_buyer_is_in_until_an_operator_says_otherwise(visitors: Visitors) -> None:
    visitors.forgiven += ["status of 404", "status of 401"]
    operator = open_accounts(visitors)
    link = invite(operator, "bo@buyer.example", "buyer:B01")
    buyer = visitors.stranger(width=PHONE)
    buyer.goto(link)
    expect(buyer.locator("dl")).to_contain_text("bo@buyer.example")
    sound(buyer, "invitation")
    accept(buyer, link)
    expect(buyer.locator("#main h1")).to_have_text(re.compile("Suppliers"))
    other = visitors.stranger()
    other.goto(link)
    expect(other.locator("h1")).to_have_text("This link is not open")
    operator.reload()
    operator.get_by_role("button", name="Sign out: bo@buyer.example").click()
    expect(operator.get_by_role("status")).to_contain_text("Signed out in every browser.")
    expect(operator.get_by_role("button", name="Sign out: bo@buyer.example")).to_have_count(0)
    buyer.goto("/app/")
    expect(buyer.locator("h1")).to_have_text("Sign in")


def test_an_invitation_that_is_taken_back_opens_nothing(visitors: Visitors) -> None:
    visitors.forgiven.append("status of 404")
    operator = open_accounts(visitors)
    link = invite(operator, "late@buyer.example", "buyer:B01")
    operator.get_by_role("button", name="Take back: late@buyer.example").click()
    expect(operator.get_by_role("status")).to_contain_text("The invitation is taken back.")
    page = visitors.stranger()
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link is not open")


@pytest.mark.parametrize("look", [{}, {"dark": True, "width": PHONE}], ids=["light", "dark phone"])
def test_an_invited_operator_sets_up_an_app_and_needs_it_from_then_on(
    visitors: Visitors, look: dict[str, object]
) -> None:
    visitors.forgiven.append("status of 401")
    operator = open_accounts(visitors)
    email = f"{len(look)}@operator.example"
    link = invite(operator, email, "operator:demo-operator")
    page = visitors.stranger(**look)  # type: ignore[arg-type]  # two of the visitor's own options
    accept(page, link)
    expect(page.locator("h1")).to_have_text("Protect the service")
    sound(page, "setup")
    secret = page.locator("#key").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.locator("#codes li")).to_have_count(8)
    sound(page, "codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("#main h1")).to_have_text("All factories")
    again = visitors.stranger(**look)  # type: ignore[arg-type]  # as above
    again.goto("/signin")
    again.get_by_label("E-mail").fill(email)
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.keyboard.press("Enter")
    expect(again.locator("h1")).to_have_text("One more step")
    sound(again, "code")
    again.get_by_role("textbox", name="Code").fill("000 000")
    again.keyboard.press("Enter")
    expect(again.get_by_role("alert")).to_contain_text("That code did not work")
    again.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).at(int(time.time()) + 30))
    again.keyboard.press("Enter")
    expect(again.locator("#main h1")).to_have_text("All factories")


def test_the_page_of_accounts_is_sound_with_a_link_and_with_a_refusal(visitors: Visitors) -> None:
    page = open_accounts(visitors)
    invite(page, "sound@buyer.example", "buyer:B01")
    sound(page, "accounts with a link")
    page.get_by_label("E-mail").fill("not an address")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Give an e-mail address")
    assert page.get_by_label("E-mail").input_value() == "not an address"
    page.get_by_label("Role and organisation").select_option("new:ngo")
    expect(page.get_by_label("Name of the new organisation")).to_be_visible()
    page.get_by_label("Role and organisation").select_option("buyer:B01")
    expect(page.get_by_label("Name of the new organisation")).to_be_hidden()
    page.get_by_role("navigation", name="Which accounts").get_by_text("Buyers").click()
    page.wait_for_url("**/app/accounts?role=buyer")
    expect(page.locator("table.ppl")).not_to_contain_text("Factory owner")
