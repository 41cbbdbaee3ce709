"""A text file: its encoding, by its mark, as UTF-8 or by looking, and what its lines are like."""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from data.readers.decoding import CHUNK, NAMES, Encoding, decoded, is_utf8
from data.readers.formats import FileFormat, Unreadable
from data.readers.legacy_encodings import damaged_utf8, guessed_encoding

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Text:
    """A text file: its encoding and how its lines end. What follows is found by reading it through once."""

    path: Path
    encoding: Encoding
    newline: str = "\n"
    lines: int = 0
    long_lines: bool = False
    """True where a line is longer than a field may be."""
    strays: bool = False
    """True where the other sign for a line's end stands within a line."""
    composed: bool = True
    """True where letters and their marks are one sign each already (NFC)."""


def text_of(path: Path, form: FileFormat, field: int) -> Text:
    """The file as text. `field` is how long a field may be, in characters. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            start = file.read(CHUNK)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from error
    if form.encoding is not None:
        return named_text(path, form.encoding, start, field)
    if (marked := mark_of(start)) is not None:
        return read_through(path, Encoding(NAMES.get(marked, marked)), field)
    if (wide := wide_encoding(start)) is not None:
        return read_through(path, Encoding(wide), field)
    try:
        return read_through(path, Encoding("utf-8"), field)
    except Unreadable:
        return read_through(path, guessed_encoding(path), field)


def named_text(path: Path, name: str, start: bytes, field: int) -> Text:
    """The text in the encoding that was named; UTF-8 that is damaged here and there is read row by row."""
    if is_utf8(name):
        try:
            return read_through(path, Encoding("utf-8"), field)
        except Unreadable:
            if (found := damaged_utf8(path)) is None:
                raise
            return read_through(path, found, field)
    marked = mark_of(start)
    if marked is not None and codecs.lookup(marked).name == codecs.lookup(name).name.removesuffix("-le"):
        return read_through(path, Encoding(NAMES.get(marked, marked)), field)
    refuse_utf8(path, name)
    return read_through(path, Encoding(name), field)


def refuse_utf8(path: Path, name: str) -> None:
    """Nothing. Raises Unreadable for a file in UTF-8 that is to be read in an encoding in which every byte is a sign.

    Such a reading never fails, and turns each letter beyond ASCII into two or three others.
    """
    if not reads_all_bytes(name):
        return
    signs = 0
    try:
        for chunk in decoded(path, Encoding("utf-8")):
            signs += len(chunk) - sum(map(len, re.findall(r"[\x00-\x7f]+", chunk)))
    except Unreadable:
        return
    if signs:
        raise Unreadable(
            f"{path.name} is UTF-8, and the mapping reads it as {name}, which makes other letters of it. "
            "Take the encoding out of the mapping."
        )


def reads_all_bytes(name: str) -> bool:
    """True for encodings in which nearly each byte is a sign of its own."""
    try:
        text = bytes(range(0x80, 0x100)).decode(name, "ignore")
    except UnicodeError:  # codecs of host names and the like, which know no "ignore"
        return False
    return len(text) > 0x60 and not name.casefold().startswith("utf")


def mark_of(start: bytes) -> str | None:
    """The encoding that a file's first bytes name."""
    return next((name for mark, name in MARKS if start.startswith(mark)), None)


def wide_encoding(start: bytes) -> str | None:
    """UTF-16 without a mark: nearly every line end and blank has a zero on one side, and on one only."""
    even = start[: len(start) // 2 * 2][:65_536]
    if len(even) < 4 or even.count(0) < len(even) // 50:
        return None
    for name, signs in (("utf-16-le", (b"\n\0", b" \0", b",\0")), ("utf-16-be", (b"\0\n", b"\0 ", b"\0,"))):
        found = sum(even[i : i + 2] in signs for i in range(0, len(even), 2))
        whole = even.count(signs[0][:1]) if name == "utf-16-le" else even.count(signs[0][1:])
        if found and found * 20 >= whole:
            try:
                text = even.decode(name)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return name
    return None


def read_through(path: Path, encoding: Encoding, field: int) -> Text:
    """What a file's lines are like. Raises Unreadable where a byte is not of the encoding."""
    facts = Facts(field)
    for chunk in decoded(path, encoding):
        facts.note(chunk)
    lone = facts.returns - facts.pairs
    newline = "\n" if facts.feeds >= lone else "\r"
    strays = lone > 0 if newline == "\n" else facts.feeds > 0
    lines = (facts.feeds if newline == "\n" else facts.returns) + (facts.last not in ("", newline))
    return Text(path, encoding, newline, lines, facts.long, strays, facts.composed)


class Facts:
    """Counts line ends, long lines and decomposed letters while text goes by."""

    def __init__(self, field: int) -> None:
        self.field = field
        self.feeds = self.returns = self.pairs = 0
        self.longest = self.open = 0
        self.composed = True
        self.last = ""

    @property
    def long(self) -> bool:
        """True where a line is longer than a field may be."""
        return max(self.longest, self.open) > self.field

    def note(self, chunk: str) -> None:
        """Takes the next piece of text in."""
        if not chunk:
            return
        self.pairs += chunk.count("\r\n") + (self.last == "\r" and chunk[0] == "\n")
        self.feeds += chunk.count("\n")
        self.returns += chunk.count("\r")
        lengths = list(map(len, chunk.split("\n" if self.feeds >= self.returns - self.pairs else "\r")))
        lengths[0] += self.open
        self.longest = max(self.longest, *lengths)
        self.open = lengths[-1]
        if self.composed and not chunk.isascii():
            self.composed = not unicodedata.combining(chunk[0]) and unicodedata.is_normalized("NFC", chunk)
        self.last = chunk[-1]
