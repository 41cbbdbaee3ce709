"""Which encoding a text file has that is not UTF-8: by what its letters look like."""

import re
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes

from data.readers.decoding import BROKEN, NAMES, Encoding, decoded
from data.readers.formats import Unreadable

MOST_LOOKED_AT = 16_384
"""So many bytes of lines with letters beyond ASCII are enough to tell an encoding."""
TRIED = [
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
    *("koi8_r", "cp1251", "cp866", "cp874", "cp1256", "cp1253", "cp1255"),
    *("cp1258", "cp1252", "cp1254", "cp1250", "cp1257"),
]
LATIN = {
    "cp1252": ("äöüßéèêëàâçñáíóúîïôûùœæøåãõìò", "áéíóúýþæöð"),
    "cp1254": ("çğıöşüâîûİ",),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýžäľĺŕô", "áéíóöőúüű", "âăîşţ", "čćđšž"),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äöüõšž"),
    "cp1258": ("àáâãèéêìíòóôõùúýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2))),),
}
"""The letters of the languages that each encoding is used for; the commoner encoding stands further up."""
ENOUGH = 100
"""So many bytes beyond ASCII tell encodings of whole scripts apart; with fewer, others that fit are asked about."""
LIKELY = 0.9
"""The share of a file's letters that a language must have, for its encoding to be worth asking about."""
TYPOGRAPHY = "–—‘’‚“”„†•…€«»°§©®™ ·×½¼¾²³"


def guessed_encoding(path: Path) -> Encoding:
    """The likeliest encoding of a file that is not UTF-8. Raises Unreadable where nothing reads it."""
    if (damaged := damaged_utf8(path)) is not None:
        return damaged
    lines = telling_lines(path)
    found = from_bytes(lines, cp_isolation=TRIED, enable_fallback=False, preemptive_behaviour=False)
    ranked = [match.encoding for match in found if match.encoding not in LATIN and reads(path, match.encoding)]
    latin = latin_encodings(path, lines)
    little = sum(byte > 127 for byte in lines) < ENOUGH
    best = found.best()
    if best is not None and best.encoding not in LATIN and not little and ranked:
        return Encoding(NAMES.get(ranked[0], ranked[0]))
    if latin and (little or not ranked or (best is not None and best.encoding in LATIN)):
        likely = [name for name, share in latin if share == latin[0][1]]
        if little and latin[0][1] < LIKELY:
            likely = [*ranked, *likely]
        elif little and not stand_alone(lines):
            likely += ranked
        return told_apart(likely, lines)
    if not ranked:
        raise Unreadable(f"{path.name} is not text in any encoding that was tried. Save it as UTF-8 and send it again.")
    return told_apart(ranked, lines)


def stand_alone(lines: bytes) -> bool:
    """True where most bytes beyond ASCII have ASCII on both sides, as accented letters have."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", lines)]
    return sum(run == 1 for run in runs) * 2 > sum(runs)


def told_apart(names: list[str], lines: bytes) -> Encoding:
    """The first of these encodings, and the others that make another text of the file."""
    texts = {name: unicodedata.normalize("NFC", lines.decode(name, "ignore")) for name in names}
    others = [NAMES.get(name, name) for name in names[1:] if texts[name] != texts[names[0]]]
    return Encoding(NAMES.get(names[0], names[0]), tuple(others))


def latin_encodings(path: Path, lines: bytes) -> list[tuple[str, float]]:
    """The encodings of Latin letters that read the file, the likeliest first, and the share of letters that fit."""
    shares: list[tuple[str, float]] = []
    for name, languages in LATIN.items():
        if reads(path, name):
            text = unicodedata.normalize("NFC", lines.decode(name, "ignore"))
            beyond = [sign for sign in text if not sign.isascii() and sign not in TYPOGRAPHY]
            fitting = [sum(sign.lower() in letters or sign in letters for sign in beyond) for letters in languages]
            shares.append((name, max(fitting) / len(beyond) if beyond else 1.0))
    return sorted(shares, key=lambda item: -item[1])


def reads(path: Path, name: str) -> bool:
    """True where the whole file can be read in this encoding."""
    try:
        for _ in decoded(path, Encoding(name)):
            pass
    except Unreadable:
        return False
    return True


def damaged_utf8(path: Path) -> Encoding | None:
    """UTF-8 where more signs beyond ASCII are whole than broken; None where it is another encoding."""
    whole = broken = 0
    for chunk in decoded(path, Encoding("utf-8", damaged=True)):
        bad = len(BROKEN.findall(chunk))
        broken += bad
        whole += len(chunk) - sum(map(len, re.findall(r"[\x00-\x7f]+", chunk))) - bad
    return Encoding("utf-8", damaged=True) if whole > broken else None


def telling_lines(path: Path) -> bytes:
    """Some lines that hold bytes beyond ASCII, as only they can tell encodings apart."""
    held = bytearray()
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(MOST_LOOKED_AT), b""):
            if not line.isascii():
                held += line
            if len(held) >= MOST_LOOKED_AT:
                break
    return bytes(held[:MOST_LOOKED_AT]).rpartition(b"\n")[0] or bytes(held[:MOST_LOOKED_AT])
