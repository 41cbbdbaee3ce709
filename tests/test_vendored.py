"""Third-party files are what VENDORED.md says they are, and nothing under assets reaches outside."""

import hashlib
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

ASSETS = Path(__file__).resolve().parent.parent / "assets"
VENDOR = ASSETS / "vendor"
ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<version>[^|]+) \| (?P<licence>[^|]+) \| `(?P<file>[^`]+)` \| "
                 r"[^|]+ \| `(?P<sha>[0-9a-f]{64})` \|$", re.MULTILINE)  # fmt: skip
LISTED = {row["file"]: row for row in ROW.finditer((VENDOR / "VENDORED.md").read_text())}
SHEETS = sorted(ASSETS.rglob("*.css"))
SCRIPTS = sorted(ASSETS.rglob("*.js"))

# Addresses inside the plotly bundle that no chart of ours reaches: names of formats, authors in comments, the
# cloud behind a button that `components/charts.py` switches off, and maps, which the bundle does not hold.
HARMLESS = {
    "www.w3.org", "feross.org", "getify.mit-license.org", "github.com", "plotly.com", "cloud.plotly.com",
    "cdn.plot.ly", "syntheti.cc",
}  # fmt: skip


def loaded_addresses(sheet: str) -> list[str]:
    """What a browser would fetch for a style sheet: the insides of url() and @import, without data: pictures."""
    sheet = re.sub(r"""url\("data:[^"]*"\)""", "", sheet)
    found = re.findall(r"""url\(\s*["']?([^"')\s]+)""", sheet) + re.findall(r"""@import\s+["']([^"']+)""", sheet)
    return [address for address in found if not address.startswith("data:")]


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    files = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file()} - {"VENDORED.md"}
    assert files == set(LISTED)
    for name, row in LISTED.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == row["sha"], name


def test_every_vendored_folder_holds_its_licence() -> None:
    for folder in (p for p in VENDOR.iterdir() if p.is_dir()):
        assert (folder / "LICENSE").stat().st_size > 500, folder.name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: str(p.relative_to(ASSETS)))
def test_no_style_sheet_loads_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text()
    assert "sourceMappingURL" not in text
    for address in loaded_addresses(text):
        assert not re.match(r"(https?:)?//", address), address
        assert (sheet.parent / address.split("?")[0]).is_file(), address


def test_the_check_for_addresses_bites() -> None:
    assert loaded_addresses("@import 'https://x.org/a.css'; b { src: url(//x.org/f.woff2) url(data:x) }") == [
        "//x.org/f.woff2",
        "https://x.org/a.css",
    ]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: str(p.relative_to(ASSETS)))
def test_no_script_names_an_address_elsewhere(script: Path) -> None:
    text = script.read_text()
    hosts = set(re.findall(r"https?://([\w.-]+)", text))
    assert hosts <= (HARMLESS if "plotly" in script.name else set())
    assert "sourceMappingURL" not in text


def test_style_sheets_load_in_the_order_that_the_tokens_need() -> None:
    """Dash takes folders, then files, in the order of their names."""
    names = [sheet.name for sheet in sorted(SHEETS, key=lambda p: (str(p.parent), p.name))]
    wanted = ["bootstrap.min.css", "bootstrap-icons.min.css", "inter.css", "10-tokens.css", "20-portal.css"]
    assert [name for name in names if name in wanted] == wanted


def test_the_bundle_is_the_version_that_the_plotly_package_speaks() -> None:
    assert LISTED["40-plotly/plotly-cartesian.min.js"]["version"] == get_plotlyjs_version()
