"""The owner replies with a photo, a buyer reads it beside the score, and what is withdrawn is gone for everybody."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.visitors import Visitors, factories, open_overview, open_timeline

TEXT = "We hired twelve sewers in May. The second canteen line is open since June."
SECRET = "zqplacezq"


@pytest.fixture
def owner(visitors: Visitors) -> Iterator[Page]:
    """The owner's page; whatever it said is withdrawn after the test, so that tests do not read each other."""
    page = visitors.enter("owner")
    yield page
    factory = factories(page)[0]
    page.goto(f"/app/overview/{factory}?reply=row.overall")
    page.get_by_label("What you want to say").wait_for()
    buttons = page.locator(".sl-reply-box .sl-link", has_text="Withdraw")
    for _ in range(buttons.count()):
        left = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)


def large_photo() -> FilePayload:
    """A phone's picture: larger than the portal takes, lying on its side, with the place in it."""
    picture = Image.effect_noise((4000, 3000), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, 6
    written = BytesIO()
    picture.save(written, "JPEG", quality=95, exif=exif)
    assert len(written.getvalue()) > 2 * 1024 * 1024
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def choose(page: Page, file: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a photo…").click()
    chooser.value.set_files(file)


def write(page: Page, factory: str, text: str, file: FilePayload | None = None) -> None:
    """The owner's reply to the overall score, from the link on the overview; the drawer stays open."""
    open_overview(page, factory)
    page.get_by_role("link", name="Write a reply").click()
    page.get_by_label("What you want to say").fill(text)
    if file is not None:
        choose(page, file)
        page.locator("#replies-photo[src]").wait_for()
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".sl-reply-box [role=status]").first).to_have_text(re.compile("^Sent"))


def test_a_reply_with_a_photo_is_read_by_a_buyer_and_ends_when_it_is_withdrawn(owner: Page, visitors: Visitors) -> None:
    factory = factories(owner)[0]
    write(owner, factory, TEXT, large_photo())
    assert owner.get_by_label("What you want to say").input_value() == ""
    owner.keyboard.press("Escape")
    said = owner.locator(".sl-score-replies")
    expect(said).to_contain_text(TEXT)
    expect(owner.get_by_role("link", name="Write a reply")).to_be_focused()

    buyer = visitors.enter("buyer")
    assert factory in factories(buyer)
    open_overview(buyer, factory)
    read = buyer.locator(".sl-score-replies")
    expect(read).to_contain_text(TEXT)
    expect(buyer.get_by_role("link", name="Write a reply")).to_have_count(0)
    picture = read.locator("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalHeight > one.naturalWidth"), "it stands upright"
    address = str(picture.get_attribute("src"))
    answer = buyer.request.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    assert SECRET.encode() not in answer.body()
    open_timeline(buyer, factory)
    expect(buyer.locator(".sl-tl-said")).to_contain_text(TEXT)

    owner.goto(f"/app/overview/{factory}?reply=row.overall")
    owner.locator(".sl-reply-box .sl-link", has_text="Withdraw").click()
    expect(owner.locator(".sl-reply-box [role=status]").first).to_have_text(re.compile("^Withdrawn"))
    open_overview(buyer, factory)
    expect(buyer.locator(".sl-score-replies")).not_to_contain_text(TEXT)
    assert buyer.request.get(address).status == 404
    assert visitors.enter("ngo").request.get(address).status == 404


def test_a_file_that_is_no_picture_is_told_beside_the_field(owner: Page) -> None:
    factory = factories(owner)[0]
    owner.goto(f"/app/overview/{factory}?reply=row.overall")
    choose(owner, {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"})
    expect(owner.locator("#replies-photo-said")).to_contain_text("This file is no picture that can be read.")
    expect(owner.locator("#replies-photo-box")).to_be_hidden()
    owner.get_by_role("button", name="Send reply").click()
    expect(owner.locator("#replies-error")).to_have_text("Write something first.")


def test_a_chosen_photo_can_be_dropped_and_chosen_again(owner: Page) -> None:
    factory = factories(owner)[0]
    owner.goto(f"/app/overview/{factory}?reply=row.overall")
    written = BytesIO()
    Image.new("RGB", (30, 20), "red").save(written, "PNG")
    small: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": written.getvalue()}
    for _ in range(2):
        choose(owner, small)
        expect(owner.locator("#replies-photo")).to_be_visible()
        owner.get_by_role("button", name="Remove the photo").click()
        expect(owner.locator("#replies-photo-box")).to_be_hidden()
        expect(owner.get_by_role("button", name="Add a photo…")).to_be_focused()
    owner.get_by_label("What you want to say").fill("Without one")
    owner.get_by_role("button", name="Send reply").click()
    expect(owner.locator(".sl-reply-thread")).to_contain_text("Without one")
    expect(owner.locator(".sl-reply-thread img")).to_have_count(0)


def test_at_phone_width_the_form_fits_and_what_else_may_be_answered_is_listed(visitors: Visitors) -> None:
    page = visitors.enter("owner", width=390, dark=True)
    factory = factories(page)[0]
    page.goto(f"/app/overview/{factory}?reply=row.overall")
    page.get_by_text("Reply to something else").click()
    links = page.locator(".sl-reply-picker li a")
    assert links.count() >= 12
    name = links.nth(3).inner_text()
    links.nth(3).click()
    expect(page.locator(".sl-drawer-sub")).to_contain_text(f"To {name}.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.locator("[data-drawer]")).to_have_count(0)
