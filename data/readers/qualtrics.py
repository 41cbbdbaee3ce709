"""Qualtrics exports: three lines of header (ids, texts, ImportIds as JSON), or two in the older form."""

import re

from data.readers.formats import FileFormat
from data.readers.layout import Layout
from data.readers.table import numbered
from data.readers.tally import Tally

IMPORT_ID = re.compile(r"""\{\s*['"]ImportId['"]\s*:\s*['"](?P<id>[^'"]*)['"]""")
QUESTION = re.compile(r"QID\d", re.IGNORECASE)
NUMBERED_COLUMN = re.compile(r"V\d+")
OLDER = ("ResponseID", "ResponseSet")


def qualtrics_layout(tally: Tally, form: FileFormat) -> Layout | None:
    """The layout of a Qualtrics export; none where the rows do not begin as one."""
    head = [(line, [value.strip() for value in fields]) for line, fields in tally.head[:3]]
    if len(head) == 3 and len(head[0][1]) == len(head[1][1]) == len(head[2][1]):
        ids = [IMPORT_ID.match(value) for value in head[2][1]]
        if sum(found is not None for found in ids) * 2 > len(ids):
            names = [
                text if found is not None and QUESTION.match(found["id"]) and text else name or text
                for name, text, found in zip(head[0][1], head[1][1], ids, strict=True)
            ]
            return laid_out(tally, form, names, 3)
    if len(head) > 1 and tuple(head[1][1][:2]) == OLDER and len(head[0][1]) == len(head[1][1]):
        return laid_out(tally, form, [older_name(*pair) for pair in zip(head[0][1], head[1][1], strict=True)], 2)
    return None


def older_name(name: str, text: str) -> str:
    """The name of a column of the older form: its text, except where it has none."""
    return text if text and (text != name or NUMBERED_COLUMN.fullmatch(name)) else name


def laid_out(tally: Tally, form: FileFormat, names: list[str], rows: int) -> Layout:
    """The layout with these names and so many lines of header."""
    found = {"format": "qualtrics", "header": tally.head[0][0], "header_rows": rows, "below_header": 0}
    whole = form.model_copy(update=found | {"footer": form.footer or 0})
    heading = tuple(tuple(fields) for _, fields in tally.head[:rows])
    return Layout(whole, tuple(numbered(names)), heading)
