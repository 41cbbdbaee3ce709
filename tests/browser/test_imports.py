"""From a dropped file to its report, as operator and as owner; by keyboard, on a phone, in the dark."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visitors import PHONE, Visitors
from tests.conftest import ROOT

SURVEY = ROOT / "docs" / "examples" / "survey.csv"
MAPPING = ROOT / "docs" / "examples" / "survey.toml"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SLOW = 60_000
"""Milliseconds that the ingester may take to come round."""
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, {type: "text/csv"}));
  const zone = document.querySelector("[data-drop]");
  for (const kind of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
  }
}"""


def sound(page: Page, name: str) -> None:
    """Nothing, when the page has no sideways scroll and nothing that assistive technology stumbles over."""
    assert page.evaluate(OVERFLOW) <= 0, name
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def bring(page: Page, file: Path) -> None:
    """Chooses a file by keyboard and waits for its page."""
    page.goto("/app/imports")
    page.locator(".sl-nav a[aria-current=page], .sl-menu").first.wait_for(state="attached")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file…").press("Enter")
    chooser.value.set_files(str(file))
    page.wait_for_url(re.compile("/app/imports/[0-9a-f]{32}$"))
    expect(page.get_by_role("heading", name="What was recognised")).to_be_visible()


def headcounts(folder: Path, factory: str) -> Path:
    """A file of head counts, one of which is none."""
    file = folder / "head counts.csv"
    file.write_text(f"factory_id,headcount,gender\n{factory},90,woman\n{factory},many,man\n")
    return file


@pytest.mark.parametrize("look", [{}, {"dark": True, "width": PHONE}], ids=["light", "dark phone"])
def test_an_operator_says_what_each_column_is_and_reads_what_the_check_found(
    visitors: Visitors, look: dict[str, object]
) -> None:
    page = visitors.enter("operator", **look)  # type: ignore[arg-type]  # two of the visitor's own options
    page.goto("/app/imports")
    expect(page.get_by_role("heading", name="All imports")).to_be_visible()
    sound(page, "list")
    bring(page, SURVEY)
    expect(page.get_by_text("Say which column holds: Day.")).to_be_visible()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which column holds: Day.")
    page.get_by_label("What Asked on is").select_option(label="Day")
    page.get_by_role("button", name="Keep", exact=True).click()
    days = page.get_by_label("How days are written")
    expect(days).to_have_value("%d.%m.%Y")
    expect(days.locator("option:checked")).to_have_text("31.12.2026 (day, month, year)")
    for legend in ("drinking water", "paid on the agreed day", "supervisor treat you"):
        page.get_by_role("group", name=re.compile(legend)).get_by_label("It is").select_option(label="A new question")
    treat = page.get_by_role("group", name=re.compile("supervisor treat you"))
    for word, step in (("Very unfair", "1"), ("Unfair", "2"), ("Neither", "3"), ("Fair", "4"), ("Very fair", "5")):
        treat.get_by_label(f"What “{word}” means").select_option(step)
    expect(treat.get_by_text("Worded alike")).to_be_visible()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("to decide")).to_have_count(0)
    sound(page, "form")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What the check found")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("60 rows:")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("left out, as CSV")).click()
    assert "line,reason" in taken.value.path().read_text()
    sound(page, "report")
    page.get_by_role("link", name="Text (TOML)").click()
    page.wait_for_url(re.compile(r"\?as=text$"))
    text = page.get_by_role("textbox", name="The mapping", exact=True)
    expect(text).to_have_value(re.compile("%d.%m.%Y"))
    text.fill("name = [")
    page.get_by_role("button", name="Keep this text").click()
    expect(page.get_by_text("is not TOML")).to_be_visible()
    text = page.get_by_role("textbox", name="The mapping", exact=True)
    text.fill(MAPPING.read_text())
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text(re.compile("can be loaded"))).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("This home holds the demo world, which takes no other data.").first).to_be_visible(
        timeout=SLOW
    )
    page.get_by_role("button", name=re.compile("Cancel")).click()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()


def test_an_owner_sends_answers_to_the_operator_who_says_why_not(visitors: Visitors, tmp_path: Path) -> None:
    owner = visitors.enter("owner")
    owner.goto("/app/imports")
    expect(owner.get_by_text("Somebody who could put invented answers beside real ones")).to_be_visible()
    body = "factory_id,date,indicator_id,value\nF001,2026-06-08,GRV-02,4\n"
    owner.evaluate(DROP, ["answers of june.csv", body])
    owner.wait_for_url(re.compile("/app/imports/[0-9a-f]{32}$"))
    owner.get_by_role("button", name="Check the file").click()
    send = owner.get_by_role("button", name="Send to the operator")
    expect(send).to_be_visible(timeout=SLOW)
    expect(owner.get_by_role("button", name="Load", exact=True)).to_have_count(0)
    sound(owner, "owner, checked")
    send.click()
    expect(owner.get_by_text("It is with the operator")).to_be_visible()
    operator = visitors.enter("operator")
    operator.goto("/app/imports")
    operator.get_by_role("link", name="answers of june.csv").first.click()
    operator.get_by_label("Why not").fill("Nobody was asked in June.")
    sound(operator, "operator, waiting")
    operator.get_by_role("button", name="Refuse").click()
    expect(operator.get_by_text("Refused; the owner reads why.")).to_be_visible()
    owner.reload()
    expect(owner.get_by_text("Nobody was asked in June.")).to_be_visible()


def test_without_scripts_a_file_is_brought_by_a_plain_form(visitors: Visitors, tmp_path: Path) -> None:
    visitors.forgiven.append("status of 400")
    page = visitors.enter("operator", java_script_enabled=False)
    page.goto("/imports/new")
    page.get_by_label("File", exact=True).set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b""})
    page.get_by_role("button", name="Bring it").click()
    expect(page.get_by_role("alert")).to_have_text("The file is empty. Choose another one.")
    page.get_by_label("File", exact=True).set_input_files(str(headcounts(tmp_path, "F001")))
    page.get_by_role("button", name="Bring it").click()
    page.wait_for_url(re.compile("/app/imports/[0-9a-f]{32}$"))


def test_a_picture_is_no_table_and_says_so(visitors: Visitors, tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page = visitors.enter("operator")
    page.goto("/app/imports")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file…").click()
    chooser.value.set_files(str(file))
    expect(page.get_by_role("heading", name="This file could not be read")).to_be_visible()
    sound(page, "no table")
