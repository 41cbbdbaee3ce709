"""The parts of an address: its words and its numbers, written out and without floors."""

import re
from dataclasses import dataclass
from functools import cache

from data.registry.names import ROMAN, country_words, folded, word_list, written

LONGEST = 500
"""So much of an address is read; more is no address."""
FLOOR = frozenset({"floor", "floors", "flr", "fl", "flo", "storey", "level"})
BEFORE_FLOOR = frozenset({"and", "to", "ground", "first", "second", "third", "fourth", "fifth", "g", "gr", "top"})
NUMBER = re.compile(r"(\d{1,9})(?:st|nd|rd|th)?")


@dataclass(frozen=True)
class Address:
    """An address in its parts; both are empty where there is no address."""

    words: frozenset[str]
    numbers: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers)


@cache
def parsed_address(text: str, country: str | None = None) -> Address:
    """The address in its parts. The country's name is left out: the country stands in its own column."""
    plain = re.sub(r"['’`´ʼ]", "", folded(text[:LONGEST]).replace("&", " and "))
    words: set[str] = set()
    numbers: set[str] = set()
    for word in (word for part in re.split(r"[,;()\[\]]", plain) for word in without_floors(tokens_of(part))):
        if number := NUMBER.fullmatch(word):
            numbers.add(str(int(number.group(1))))
        elif any(sign.isdigit() for sign in word):
            numbers.add(word)
        elif word in ROMAN:
            numbers.add(ROMAN[word])
        elif len(word) == 1 and word.isascii() and word not in written("addresses"):
            numbers.add(word)
        elif word not in word_list("addresses", "nothing") and word not in country_words(country):
            words.update(written("addresses").get(word, word).split())
    return Address(frozenset(words), frozenset(numbers))


def tokens_of(part: str) -> list[str]:
    """The words and numbers of a part of an address, in order."""
    return re.findall(r"[^\W_]+", part)


def without_floors(words: list[str]) -> list[str]:
    """The words without floors ("3rd & 4th floor"), which one list gives and another leaves out."""
    kept: list[str] = []
    for word in words:
        if word in FLOOR:
            while kept and (kept[-1] in BEFORE_FLOOR or NUMBER.fullmatch(kept[-1])):
                if kept.pop() == "ground":
                    break
        else:
            kept.append(word)
    return kept
