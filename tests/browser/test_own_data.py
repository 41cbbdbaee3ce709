"""A portal that holds its own data: entered by password, followed from release to release, honest when it fails."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitors import Visitors, one_click, open_timeline
from tests.live import FLASK, ROOT, Live, environment, run_flask, running
from tests.postgres import copy_state

SAMPLE = ROOT / "data" / "sample"
EMAIL, PASSWORD = "owner@palash.example", "seven quiet looms at noon"
PERMALINK = "/app/timeline/S1?period=6m&action=SA1"


@pytest.fixture(scope="module")
def own(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server over the sample data, with one account for the owner of two of its factories."""
    folder = tmp_path_factory.mktemp("own")
    home = folder / "home"
    run_flask(home, "load", str(SAMPLE))
    run_flask(home, "release")
    command = [*FLASK, "user", "add", EMAIL, "--role", "owner", "--org", "SO1", "--password-stdin"]
    subprocess.run(command, cwd=ROOT, env=environment(home), input=f"{PASSWORD}\n", text=True, check=True)
    with running([*FLASK, "serve"], home, folder / "server.log") as live:
        yield live


@pytest.fixture
def visitors(browser: Browser, own: Live) -> Iterator[Visitors]:
    """The visitors of one test, at the server with its own data."""
    here = Visitors(browser, own.address, {})
    yield here
    here.leave()
    assert here.problems == []


def later_answers(folder: Path, weeks: int) -> Path:
    """A canonical folder with the sample's answers once more, given that many weeks later by the same people."""
    folder.mkdir()
    shutil.copy(SAMPLE / "factories.csv", folder)
    with (SAMPLE / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        for row in rows:
            day = date.fromisoformat(row["date"]) + timedelta(weeks=weeks)
            writer.writerow({**row, "date": day.isoformat(), "submission_id": f"later-{row['submission_id']}"})
    return folder


def sign_in(page: Page) -> None:
    """Fills the form of the sign-in page that is open, and sends it."""
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def test_a_permalink_leads_through_the_sign_in_page_to_the_same_picture(visitors: Visitors) -> None:
    page = visitors.stranger()
    page.goto(PERMALINK)
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("form[action^='/demo-entry']")).to_have_count(0)
    sign_in(page)
    page.locator("#timeline-graph .main-svg").first.wait_for()
    assert page.url == f"{visitors.address}{PERMALINK}"
    expect(page.locator("#timeline-panel h2")).to_have_text("Order cancelled before production starts")
    expect(page.locator(".sl-ribbon")).to_have_count(0)


def test_an_open_page_follows_a_new_release_without_a_restart(visitors: Visitors, own: Live, tmp_path: Path) -> None:
    page = visitors.stranger()
    page.goto("/app/")
    sign_in(page)
    expect(page.locator("footer")).to_contain_text("Release 1, 29 Aug 2026")
    open_timeline(page, "S1", "?period=all")
    run_flask(own.home, "load", str(later_answers(tmp_path / "later", 12)))
    run_flask(own.home, "release")
    page.get_by_label("Period").get_by_text("1 y").click()
    newer = re.compile(r"release [2-9]")  # the ingester may have published once more meanwhile
    expect(page.locator(".sl-src").first).to_contain_text(newer)
    page.get_by_role("navigation", name="Main").get_by_text("Overview").click()
    expect(page.locator(".sl-src").first).to_contain_text(re.compile(r"release [2-9], 21 Nov 2026"))
    page.reload()
    expect(page.locator("footer")).to_contain_text(re.compile("Release [2-9], 21 Nov 2026"))


def broken_copy(home: Path, copy: Path) -> Path:
    """A copy of a home whose release can be opened, but has lost its table of cells."""
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("vault*", "*-wal", "*-shm"))
    copy_state(home, copy)
    file = copy / "releases" / "000001.duckdb"
    file.chmod(0o600)
    with duckdb.connect(str(file)) as release:
        release.execute("DROP TABLE cells")
    return copy


def test_a_page_that_fails_says_a_number_that_the_log_knows(browser: Browser, demo_home: Path, tmp_path: Path) -> None:
    with running([*FLASK, "serve"], broken_copy(demo_home, tmp_path / "broken"), tmp_path / "log") as live:
        visitors = Visitors(browser, live.address, {})
        page = visitors.stranger()
        one_click(page, "owner")
        page.goto("/app/overview/F001")
        said = page.get_by_role("alert")
        expect(said).to_contain_text("Nothing is lost")
        number = re.search(r"number ([0-9A-Z]{3}-[0-9A-Z]{3})", said.inner_text())
        assert number
        assert f"reference {number[1]}" in live.log.read_text()
        assert "Traceback" not in page.content()
        assert "duckdb" not in page.content().lower()
        page.get_by_role("link", name="Try again").click()
        page.wait_for_function("old => !document.body.innerText.includes(old)", arg=number[1])
        expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
        visitors.leave()
        assert visitors.problems == []


def test_a_release_file_that_is_none_gives_a_plain_page_with_a_number(
    browser: Browser, own: Live, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(own.home, home, ignore=shutil.ignore_patterns("vault*", "*-wal", "*-shm"))
    copy_state(own.home, home)
    (home / "releases" / "000009.duckdb").write_bytes(b"this is no release")
    with running([*FLASK, "serve"], home, tmp_path / "log") as live:
        visitors = Visitors(browser, live.address, {}, forgiven=["status of 500"])
        page = visitors.stranger()
        page.goto("/signin")
        (home / "releases" / "CURRENT").write_text("000009\n")
        sign_in(page)
        expect(page.locator("h1")).to_have_text("Something went wrong")
        number = page.get_by_text(re.compile("^Reference")).inner_text().split()[1]
        assert f"reference {number}" in live.log.read_text()
        (home / "releases" / "CURRENT").write_text("000001\n")
        page.get_by_role("link", name="Try again").click()
        expect(page.locator("#main h1")).to_have_text("Your factories")
        visitors.leave()
        assert visitors.problems == []
