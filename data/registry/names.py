"""The parts of a factory's name: its words, its numbers, and how its company is organised.

The parts are kept apart because they tell different things. Words say which factory it is, the rarer the more.
Numbers tell units of one factory from each other. A legal form and the name of the country say almost nothing, and
lists add and drop them freely.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from data.codebook.countries import country_names

ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
AFTER_UNIT = ROMAN | {"i": "1", "v": "5", "x": "10", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
EXPORTS = re.compile(
    r"\(?\b(?:100\s*(?:%|per\s?cent|pc)?\s*)?export[\s-]+oriented\b(?:\s+(?:unit|factory|industry))?\)?", re.I
)
"""As in "(100 % export oriented)", which factories of South Asia write behind their names."""
FORMER = re.compile(
    r"[\s,;-]*[(\[]\s*(?:formerly|previously|prev\.?|ex[.-]?|old name|f\.?k\.?a\.?|renamed from)\b[^)\]]*(?:[)\]]|$)"
    r"|[\s,;-]+(?:formerly|previously)(?:\s+known\s+as)?\b.*$",
    re.I,
)
"""What a factory was called before says nothing of what another one is called now."""
CODE = r"\d{5,}"
"""A number this long behind a name is a supplier's code and no unit's."""
LONGEST = 300
"""So much of a name is read; more is no name."""
LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@cache
def word_list(part: str, name: str) -> frozenset[str]:
    """A list of words from words.toml, which says what each list is for."""
    return frozenset(word_lists()[part][name])


@cache
def written(part: str) -> Mapping[str, str]:
    """The words of names, or addresses, that are written out, and as what."""
    return MappingProxyType(word_lists()[part]["written"])


@cache
def word_lists() -> dict[str, dict[str, Any]]:
    """What words.toml holds."""
    return tomllib.loads((files("data.registry") / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Name:
    """A factory's name in its parts."""

    words: tuple[str, ...]
    """What tells it from other names, in order, singular and written out."""
    numbers: frozenset[str]
    """Numbers of units and numbers that are part of the name."""
    legal: tuple[str, ...]
    weak: tuple[str, ...]
    """Words that almost any list adds or leaves out, the country's name among them."""

    @property
    def key(self) -> str:
        """The words and numbers as one text: equal for names that differ in nothing that counts."""
        return " ".join((*self.words, *sorted(self.numbers)))


def folded(text: str) -> str:
    """The text in small letters without accents, full-width forms or characters that were lost on the way."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[\u0300-\u036f\ufffd]", "", plain).translate(LETTERS)


@cache
def parsed_name(text: str, country: str | None = None) -> Name:
    """The name in its parts; `country` is the alpha-2 code whose name and abbreviation count for little."""
    words, numbers = without_units(tokens(without_remarks(text)))
    words = joined_initials(words)
    words, legal = without_legal_form(words)
    # A country's name is part of a factory's own where it leads: "Bangladesh Dresses", "BD Fashions".
    leading = written_country(words[0], country) if words else ""
    here = country_words(country)
    weak = [word for at, word in enumerate(words) if word in word_list("names", "weak") or (at and word in here)]
    kept = [leading if at == 0 else word for at, word in enumerate(words) if word not in weak]
    if not kept:  # a name of nothing but weak words is better than no name
        kept, weak = words, []
    return Name(tuple(written_out(word) for word in kept), frozenset(numbers), tuple(legal), tuple(weak))


def without_remarks(text: str) -> str:
    """The name without what lists remark in it: that all is exported, and what it was called before."""
    plain = EXPORTS.sub(" ", text[:LONGEST])
    name = FORMER.sub(" ", plain)
    return name if re.search(r"\w{2}", name) else text


def tokens(text: str) -> list[str]:
    """The text's words and numbers, in order; "&" is "and", apostrophes join, all other signs part."""
    plain = re.sub(r"['’`´ʼ]", "", folded(text[:LONGEST]).replace("&", " and ").replace("+", " and "))
    plain = re.sub(r"(股份有限公司|有限责任公司|有限公司|株式会社)", r" \1 ", plain)
    return re.findall(r"[^\W_]+", plain)


def without_units(words: list[str]) -> tuple[list[str], set[str]]:
    """The words without the numbers of units, and those numbers."""
    kept: list[str] = []
    numbers: set[str] = set()
    skip = False
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if skip:
            skip = False
        elif word in word_list("names", "unit") and (number := unit_number(after, word)):
            numbers.add(number)
            skip = True
        elif glued := re.fullmatch(r"(?:unit|u)(\d+)", word):
            numbers.add(str(int(glued.group(1))))
        elif re.fullmatch(CODE, word) and kept:
            continue
        elif ordinal := re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", word):
            numbers.add(str(int(ordinal.group(1))))
        elif at and word in ROMAN:
            numbers.add(ROMAN[word])
        else:
            kept.append(word)
    return kept, numbers


def unit_number(word: str, before: str) -> str | None:
    """The number or letter that a word after "unit" is, or None."""
    if word.isdecimal():
        return str(int(word))
    if word in AFTER_UNIT and before not in ("no", "u"):
        return AFTER_UNIT[word]
    if word in ROMAN:
        return ROMAN[word]
    letter = len(word) == 1 and word.isascii() and before in ("unit", "building", "bldg", "block", "plant")
    return word if letter else None


def joined_initials(words: list[str]) -> list[str]:
    """The words with runs of single letters joined: "h. n.", "h n" and "hn" are the same, "a & a" is "aa"."""
    joined: list[str] = []
    open_run = False
    for at, word in enumerate(words):
        between = word == "and" and open_run and at + 1 < len(words) and len(words[at + 1]) == 1
        if between:
            continue
        single = len(word) == 1 and word.isalpha() and word.isascii()
        if single and open_run:
            joined[-1] += word
        else:
            joined.append(word)
        open_run = single
    return joined


def without_legal_form(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without the legal form, and the legal form. What would leave no word stays."""
    always, at_end = word_list("names", "legal"), word_list("names", "legal_at_end")
    kept = [word for word in words if word not in always]
    legal = [word for word in words if word in always]
    while len(kept) > 1 and kept[-1] in at_end:
        legal.append(kept.pop())
    while len(kept) > 1 and kept[0] in word_list("names", "legal_at_start"):
        legal.append(kept.pop(0))
    return (kept, legal) if kept else (words, [])


def written_country(word: str, country: str | None) -> str:
    """The word, or the country's name where the word is its code: "bd" is "bangladesh"."""
    name = tokens(country_names().get(country or "", ""))
    return name[0] if len(name) == 1 and country and word == country.casefold() else word


@cache
def country_words(country: str | None) -> frozenset[str]:
    """The words of a country's name and its code, as they stand in names: "bangladesh", "bd"."""
    name = country_names().get(country or "", "")
    return frozenset(tokens(name)) | ({country.casefold()} if country and len(country) == 2 else frozenset())


@cache
def written_out(word: str) -> str:
    """The word in the singular, and written out where it is a usual abbreviation."""
    word = written("names").get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def sounded(word: str) -> str:
    """The consonants of a word as they sound, so that transliterations agree: hossain, hussein, hossen."""
    sound = re.sub(r"ph", "f", word)
    sound = re.sub(r"ck|q|c(?![eih])", "k", sound)
    sound = re.sub(r"c(?=[ei])", "s", sound)
    sound = re.sub(r"([kgjtdbp])h", r"\1", sound)
    sound = sound.replace("sh", "s").replace("ch", "c").replace("z", "j").replace("v", "b").replace("w", "b")
    first, rest = sound[:1], re.sub(r"[aeiouyh]", "", sound[1:])
    return re.sub(r"(.)\1+", r"\1", ("a" if first in "aeiouy" else first) + rest)
