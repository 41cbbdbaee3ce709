"""The ISO 3166 alpha-2 code of a country, from the names and codes that people write in many languages.

Names in many languages and codes of three letters or digits come from Babel (the Unicode Common Locale Data
Repository); spellings of lists, such as "Korea, Dem. People's Rep.", from data/codebook/country_spellings.csv.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pandas as pd
from babel import Locale
from babel.core import get_global

from data.codebook.countries import country_names

LANGUAGES = (
    "en", "fr", "es", "pt", "de", "it", "nl", "da", "sv", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "bg", "sr",
    "hr", "sl", "el", "lt", "lv", "et", "uk", "ru", "tr", "az", "ka", "hy", "he", "ar", "fa", "ur", "ps", "hi",
    "bn", "pa", "gu", "mr", "ta", "te", "kn", "ml", "si", "ne", "my", "km", "lo", "th", "vi", "id", "ms", "fil",
    "zh", "zh_Hant", "ja", "ko", "mn", "kk", "uz", "sw", "am", "so", "ha", "yo", "zu", "af", "mg", "ca",
)  # fmt: skip
"""Languages of the countries where goods are made and bought."""
OF = (
    "former",
    "republic",
    "kingdom",
    "state",
    "states",
    "commonwealth",
    "federation",
    "union",
    "islamic",
    "democratic",
)
"""Words that lists of countries put behind a comma, as in "Korea, Republic of"."""
TWINS = ("CD", "CG", "MF", "SX")
"""Countries that share the first word of their names."""
FORMAL = re.compile(r"(?:[\w']+ ){0,3}(?:republic|kingdom|state|principality|sultanate|commonwealth|union) of (.+)")
"""A country's formal name, such as the People's Republic of Bangladesh, and the name within it."""


def country_code(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The alpha-2 code of each text, missing where the text is empty or names no country that we know.

    Never a guess: a text that may mean two countries ("Korea") and a typing error stay unknown, so that the
    caller can show the text. Namibia is "NA", which is a code and no gap.
    """
    codes = {text: code_of(str(text)) for text in texts.dropna().unique()}
    return texts.astype("object").map(codes).astype("str")


@cache
def code_of(text: str) -> str | None:
    """The code of one written country, or None."""
    if len(text) > 120:
        return None
    known = spellings()
    for form in forms(text):
        code = known.get(form)
        # A name put together otherwise may have lost what tells one twin from the other.
        if code and (form == plain(text) or code not in TWINS):
            return code
    return None


@cache
def spellings() -> Mapping[str, str]:
    """Every spelling we know, plain, with its code."""
    known = local_names()
    for alias, codes in get_global("territory_aliases").items():
        if len(codes) == 1 and codes[0] in country_names():
            known[plain(alias)] = codes[0]
    known |= {plain(name): code for code, name in country_names().items()}
    text = (files("data.codebook") / "country_spellings.csv").read_text(encoding="utf-8")
    known |= {plain(row["spelling"]): row["code"] for row in csv.DictReader(text.splitlines())}
    return MappingProxyType(known | {code.casefold(): code for code in country_names()})


def local_names() -> dict[str, str]:
    """What countries are called in our languages, plain, with their codes; a name of two countries is none."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in country_names() or code == "XK":
                found.setdefault(plain(name), set()).add(code)
    # "Congo" alone may be either; and of Saint Martin, what stands in brackets says which part is meant.
    return {
        name: code
        for name, (code, *others) in found.items()
        if not others and (code not in TWINS or len(name.split()) > 1)
    }


def forms(text: str) -> list[str]:
    """The plain text, and how else the same name is put together: turned at its comma, without a bracket."""
    found = [plain(text)]
    if number := re.fullmatch(r"\s*0*([0-9]{1,3})(?:\.0)?\s*", text):
        found.append(number.group(1).zfill(3))
    before, comma, after = text.partition(",")
    if comma and plain(after).split(" ")[0] in OF:
        found.append(plain(f"{after} {before}"))
    if formal := FORMAL.fullmatch(found[0]):
        found.append(plain(formal.group(1)))
    without = re.sub(r"[(\[].*?[)\]]", " ", text)
    if without != text:
        found.append(plain(without))
    return [form for form in found if form]


@cache
def plain(text: str) -> str:
    """A name without what people write differently: case, accents, punctuation, articles, & for and."""
    folded = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    # Only accents on Latin, Greek and Cyrillic letters go: in Bengali or Hindi such marks are vowels.
    bare = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f]", "", folded)).replace("ı", "i")
    bare = re.sub(r"(?<=\b\w)\.(?=\w\b)|['’ʼ`]", "", bare)
    words = re.sub(r"[^\w\u0300-\u036f\u0900-\u1fff]|_", " ", bare).split()
    while len(words) > 1 and words[0] in ("the", "le", "la", "les", "el", "los", "las"):
        words = words[1:]
    while len(words) > 1 and words[-1] in ("the", "le", "la", "les", "el", "los", "las", "l"):
        words = words[:-1]
    return " ".join(words)
