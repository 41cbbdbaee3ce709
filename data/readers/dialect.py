"""Which sign stands between the fields of a text file, and which around them."""

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypedDict

import clevercsv

from data.readers.encoding import Text
from data.readers.formats import FileFormat

USUAL = (",", ";", "\t", "|")
RARE = (":", "^", "~", "\x01", "\x1f", "!", "#", "*")
SAMPLE = 65_536
"""So many characters of a file are looked at."""
CLEVER_SAMPLE = 6_000
"""So many of them where the cheap look does not decide; clevercsv takes some tenths of a second for them."""
CLEAR = 0.8
"""The share of rows that must be equally wide."""
NAMED = re.compile(r'^"?sep=(?P<sign>[^"\r\n])"?\r?\n?$', re.IGNORECASE)
"""The line by which a spreadsheet names the delimiter."""


class Reading(TypedDict, total=False):
    """What csv.reader is told."""

    delimiter: str
    quotechar: str | None
    escapechar: str | None
    doublequote: bool
    skipinitialspace: bool
    strict: bool
    quoting: Literal[0, 3]


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote, escape, how wide most rows are, and the other delimiters that would do as well."""

    delimiter: str
    quote: str = '"'
    escape: str = ""
    width: int = 1
    others: tuple[str, ...] = ()

    def reading(self, strict: bool) -> Reading:
        """The arguments for csv.reader."""
        return Reading(
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape or None,
            doublequote=not self.escape,
            skipinitialspace=self.delimiter != " ",
            strict=strict,
        )


def found_dialect(text: Text, form: FileFormat) -> Dialect:
    """The dialect of a text file; what the format says is not looked for."""
    lines = sample_lines(text)
    if form.lines is not None:
        lines = lines[form.lines[0] - 1 : form.lines[1]] or lines
    if form.delimiter is None and lines and (named := NAMED.match(lines[0])):
        form = form.model_copy(update={"delimiter": named["sign"]})
    quote = form.quote if form.quote is not None else likely_quote(lines)
    escape = form.escape if form.escape is not None else likely_escape(lines, quote)
    if form.delimiter is not None:
        found = Dialect(form.delimiter, quote, escape)
        return with_width(found, lines)[1]
    return likely_dialect(lines, quote, escape)


def sample_lines(text: Text) -> list[str]:
    """The first lines of the file, whole ones only unless it has one line."""
    with text.path.open(encoding=text.encoding.codec, errors=text.encoding.errors, newline=text.newline) as file:
        held = unicodedata.normalize("NFC", file.read(SAMPLE))
    lines = [line + text.newline for line in held.split(text.newline)]
    return lines[:-1] if len(lines) > 1 and (len(held) == SAMPLE or lines[-1] == text.newline) else lines


def with_width(dialect: Dialect, lines: list[str]) -> tuple[float, Dialect]:
    """The share of rows that are as wide as most, and the dialect with that width."""
    widths: Counter[int] = Counter()
    try:
        for fields in islice(csv.reader(lines, **dialect.reading(strict=False)), 2_000):
            if any(fields):
                widths[len(fields)] += 1
    except csv.Error:
        pass  # A field beyond every limit: what was read until there decides.
    if not widths:
        return 0.0, dialect
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / widths.total()
    return share, Dialect(dialect.delimiter, dialect.quote, dialect.escape, width, dialect.others)


def likely_dialect(lines: list[str], quote: str, escape: str) -> Dialect:
    """The delimiter by which most rows are equally wide; clevercsv decides between several."""
    tried = [with_width(Dialect(sign, quote, escape), lines) for sign in USUAL]
    fitting = sorted(((share, d.width, d) for share, d in tried if share >= CLEAR and d.width > 1), key=lambda t: t[:2])
    if not fitting:
        return rare_dialect(lines, quote, escape, [d for _, d in tried])
    share, _, best = fitting[-1]
    rivals = [d for other, _, d in fitting[:-1] if other == share]
    if not rivals:
        return best
    clever = clever_delimiter(lines, (best.delimiter, *(d.delimiter for d in rivals)))
    chosen = next((d for d in (best, *rivals) if d.delimiter == clever), best)
    others = () if clever == best.delimiter else tuple(d.delimiter for d in (best, *rivals) if d is not chosen)
    return Dialect(chosen.delimiter, quote, escape, chosen.width, others)


def rare_dialect(lines: list[str], quote: str, escape: str, usual: list[Dialect]) -> Dialect:
    """A delimiter that few use, where every row fits it; else the usual one that most rows have."""
    clever = clever_delimiter(lines, RARE)
    if clever is not None and len(lines) > 2:
        share, dialect = with_width(Dialect(clever, quote, escape), lines)
        if share == 1 and dialect.width > 1:
            return dialect
    # Tables of several widths, or one column: the sign that parts most lines, a comma where none does.
    parted = {d.delimiter: sum(d.delimiter in line for line in lines) for d in usual}
    most = max(usual, key=lambda d: (parted[d.delimiter], d.width))
    return most if parted[most.delimiter] * 2 > len(lines) else usual[0]


def clever_delimiter(lines: list[str], signs: tuple[str, ...]) -> str | None:
    """Which of these signs clevercsv takes for the delimiter, on a sample that bounds its time."""
    sample = "".join(lines)[:CLEVER_SAMPLE].rpartition("\n")[0]
    if not any(sign in sample for sign in signs):
        return None
    try:
        found = clevercsv.Detector().detect(sample, delimiters=list(signs))
    except (clevercsv.exceptions.Error, ValueError, IndexError, RecursionError):
        return None
    return found.delimiter if found is not None and found.delimiter in signs else None


def likely_quote(lines: list[str]) -> str:
    """An apostrophe where most lines have fields between apostrophes and none between quotes; else the quote."""
    if any('"' in line for line in lines):
        return '"'
    wrapped = sum(re.search(r"(?:^|[,;\t|])'[^']*'(?:[,;\t|]|\s*$)", line) is not None for line in lines)
    return "'" if lines and wrapped * 2 > len(lines) else '"'


def likely_escape(lines: list[str], quote: str) -> str:
    """A backslash where quotes inside fields stand after one."""
    inside = re.compile(rf"\\{re.escape(quote)}(?!\s*(?:[,;\t|]|$))") if quote else None
    return "\\" if inside is not None and any(inside.search(line) for line in lines) else ""
