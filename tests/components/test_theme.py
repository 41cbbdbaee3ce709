"""Figures have the very colours of the style sheet, in both themes."""

import re
from pathlib import Path

import pytest

from components import theme

SHEET = (Path(__file__).resolve().parents[2] / "assets" / "view" / "10-tokens.css").read_text()


def tokens(block: str) -> dict[str, str]:
    """The hex colours that one of the two theme blocks of the style sheet sets."""
    start = SHEET.index(block)
    body = SHEET[SHEET.index("{", start) : SHEET.index("}", start)]
    return dict(re.findall(r"--sl-([\w-]+):\s*(#[0-9a-f]{6})", body))


BLOCKS = {
    "light": (":root, [data-bs-theme=light] {", theme.LIGHT),
    "dark": ("[data-bs-theme=dark] {", theme.DARK),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_colour_is_the_token_of_the_same_name(name: str) -> None:
    block, colours = BLOCKS[name]
    sheet = tokens(block)
    assert len(sheet) > 30
    assert dict(colours) == {key: sheet[key] for key in colours}


def test_both_themes_know_the_same_names() -> None:
    assert set(theme.LIGHT) == set(theme.DARK)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("token", [*theme.SYMBOLS, "audit"])
def test_text_in_a_kinds_colour_can_be_read_on_a_card(token: str, dark: bool) -> None:
    colours = theme.palette(dark)
    low, high = sorted((luminance(theme.text(colours, token)), luminance(colours["surface"])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_kind_has_a_shape_of_its_own() -> None:
    shapes = [theme.symbol(token) for token in theme.SYMBOLS]
    assert len(set(shapes)) == len(shapes) == 8


def test_a_kind_without_a_token_is_a_grey_star() -> None:
    assert theme.symbol("audit") == "star"
    assert theme.fill(theme.LIGHT, "audit") == theme.LIGHT["change"]
    assert theme.drawn_token("audit") == theme.drawn_token(None) == "other"


def test_faint_is_the_same_colour_with_transparency() -> None:
    assert theme.faint("#0072b2", 0.15) == "rgba(0, 114, 178, 0.15)"


def test_the_style_sheet_has_a_mark_for_every_token() -> None:
    sheet = (Path(__file__).resolve().parents[2] / "assets" / "view" / "20-portal.css").read_text()
    assert set(re.findall(r"^\.m-(\w+) \{", sheet, re.MULTILINE)) == {*theme.SYMBOLS, "other"}
