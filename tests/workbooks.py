"""Reads a workbook back, by its parts, with nothing of what wrote it."""

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY_ZERO = date(1899, 12, 30)

Cell = str | float | None


def parts(content: bytes) -> dict[str, str]:
    """Every part of the workbook by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def sheets(content: bytes) -> dict[str, list[list[Cell]]]:
    """Every sheet by its name: its rows, text as text and numbers as numbers, None where a cell is empty."""
    found = parts(content)
    names = [one.attrib["name"] for one in tree(found["xl/workbook.xml"]).iter(f"{SPREADSHEET}sheet")]
    texts = [
        "".join(piece.text or "" for piece in one.iter(f"{SPREADSHEET}t"))
        for one in tree(found["xl/sharedStrings.xml"]).iter(f"{SPREADSHEET}si")
    ]
    return {
        name: [rowed(row, texts) for row in tree(found[f"xl/worksheets/sheet{number}.xml"]).iter(f"{SPREADSHEET}row")]
        for number, name in enumerate(names, 1)
    }


def tree(text: str) -> ElementTree.Element:
    """One part, parsed."""
    return ElementTree.fromstring(text)  # noqa: S314  # a workbook that the test itself had made


def rowed(row: ElementTree.Element, texts: list[str]) -> list[Cell]:
    """The cells of one row, each at its place."""
    cells: list[Cell] = []
    for one in row.iter(f"{SPREADSHEET}c"):
        cells += [None] * (place_of(one.attrib["r"]) - len(cells))
        value = one.findtext(f"{SPREADSHEET}v") or ""
        cells.append(texts[int(value)] if one.get("t") == "s" else float(value))
    return cells


def place_of(reference: str) -> int:
    """The column of a cell by its reference: 0 for A1, 26 for AA7."""
    place = 0
    for letter in re.match("[A-Z]+", reference).group():  # type: ignore[union-attr]  # each begins with letters
        place = 26 * place + ord(letter) - 64
    return place - 1


def day_of(number: Cell) -> date:
    """The day that a number in a cell of days stands for."""
    assert isinstance(number, float)
    return DAY_ZERO + timedelta(days=number)


def active_parts(content: bytes) -> list[str]:
    """Whatever in a workbook would compute, link or run: formulas, hyperlinks, outside links, macros."""
    found = parts(content)
    inside = [
        name for name, text in found.items() if re.search(r"<(f|hyperlink|externalReference|oleObject)[ >/]", text)
    ]
    named = [name for name in found if re.search(r"vba|externalLink|connections|embeddings", name)]
    return inside + named
