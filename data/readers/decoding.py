"""A text file's bytes as text, in an encoding that is known."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.readers.formats import Unreadable

CHUNK = 1 << 20
NAMES = {
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp932": "shift_jis",
    "utf-8-sig": "utf-8",
}
BROKEN = re.compile("[\udc80-\udcff]")
"""How a byte that is not UTF-8 stands in the text of a file that otherwise is."""


@dataclass(frozen=True)
class Encoding:
    """An encoding, and the others that read the file as well, to a different text."""

    name: str
    others: tuple[str, ...] = ()
    damaged: bool = False
    """True for UTF-8 with some bytes that are not; their rows are refused one by one."""

    @property
    def codec(self) -> str:
        """What Python opens the file with."""
        return "utf-8-sig" if is_utf8(self.name) else self.name

    @property
    def errors(self) -> str:
        """What becomes of bytes that are not of this encoding."""
        return "surrogateescape" if self.damaged else "strict"


def is_utf8(name: str) -> bool:
    """True for the spellings of UTF-8."""
    return codecs.lookup(name).name in ("utf-8", "utf-8-sig")


def decoded(path: Path, encoding: Encoding) -> Iterator[str]:
    """The file's text, piece by piece. Raises Unreadable."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
    with path.open("rb") as file:
        try:
            while raw := file.read(CHUNK):
                yield decoder.decode(raw)
            yield decoder.decode(b"", True)
        except UnicodeError as error:
            raise Unreadable(f"{path.name} is not {encoding.name}. {bad_byte(path, encoding)}") from error


def bad_byte(path: Path, encoding: Encoding) -> str:
    """A sentence about the first byte that is not of this encoding, with its line where lines can be told."""
    good = 0
    with path.open("rb") as file:
        for line in file if not encoding.codec.startswith(("utf-16", "utf-32", "utf_16", "utf_32")) else ():
            try:
                line.decode(encoding.codec)
            except UnicodeDecodeError as error:
                return f"Byte {line[error.start]:#04x} in line {good + 1} is not; name the encoding in a mapping."
            except UnicodeError:
                break
            good += 1
    return "Name its encoding in a mapping, or save it as UTF-8."
