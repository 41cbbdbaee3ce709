"""How much the likeness of two names says that they are one factory, in log-odds, and what differs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from rapidfuzz.distance import OSA

from data.registry.lists import Listed
from data.registry.names import Name, sounded, word_list

MISSING = 2.7
"""Odds against a word that only one of the names has: about one name in fifteen loses or gains such a word."""
LETTER, OTHER_BEGINNING, SOUND, CUT_SHORT = 1.8, 1.5, 0.7, 1.5
"""What a word loses that is written another way: for each letter, for the first one besides, for each letter where
the sounds stay, and where only the beginning of a word of the trade is left ("comp." for composite)."""
WHOLE, WHOLE_NEARLY = 3.5, 1.5
"""For a name that leaves nothing over on either side, to the letter or nearly. One in two entries for one factory does;
of different factories in a list of four thousand, one in a hundred has a name to the letter, one in twenty nearly."""
USUAL = 5
"""Words that so many known names have are words of the trade. Two such words are never one word misspelt."""
LEGAL_MISSPELT = 0.7
"""What a misspelt legal form costs, as "ltyd": it says no more than the right one."""


@dataclass(frozen=True)
class Likeness:
    """What the comparison of two names came to."""

    odds: float
    same: tuple[str, ...]
    written_otherwise: tuple[tuple[str, str], ...]
    only_arriving: tuple[str, ...]
    only_known: tuple[str, ...]
    numbers_agree: bool

    @property
    def contradicts(self) -> bool:
        """True where each name has a word that the other lacks: sister factories differ like that."""
        return bool(self.only_arriving and self.only_known) or not self.numbers_agree

    @property
    def complete(self) -> bool:
        """True where no word is left over and the numbers agree."""
        return not self.only_arriving and not self.only_known and self.numbers_agree


@dataclass(frozen=True)
class Rarity:
    """How rare words are in the names, or addresses, of the lists themselves: the fewer, the more they tell."""

    counts: Mapping[str, int]
    rows: int
    trade: frozenset[str] = frozenset()
    """Words of the trade: each of them is a word of its own, and never another one misspelt."""

    def of(self, word: str) -> float:
        """The log-odds that a shared word gives."""
        return log((self.rows + 1) / (self.counts.get(word, 0) + 0.5)) if self.rows else 0.0


def name_rarity(known: Listed, arriving: Listed) -> Rarity:
    """How rare the words are in the two lists. Words of the trade are those of the known list, and the usual ones."""
    there, here = (Counter(word for name in rows.names for word in set(name.words)) for rows in (known, arriving))
    trade = {word for word, count in there.items() if count >= USUAL} | word_list("names", "trade")
    return Rarity(there | here, max(len(known), len(arriving)), frozenset(trade))


def likeness(known: Name, arriving: Name, rarity: Rarity) -> Likeness:
    """What two names say together."""
    left, right = joined_alike(list(arriving.words), list(known.words))
    odds, same, otherwise = 0.0, [], []
    for word in list(left):
        if word in right:
            left.remove(word)
            right.remove(word)
            same.append(word)
            odds += rarity.of(word)
    for arriving_word, known_word, cost in near_words(left, right, rarity):
        left.remove(arriving_word)
        right.remove(known_word)
        otherwise.append((arriving_word, known_word))
        odds += max(min(rarity.of(arriving_word), rarity.of(known_word)) - cost, 0.0)
    for words in (left, right):
        for word in [word for word in words if legal_misspelt(word) and word not in rarity.trade]:
            words.remove(word)
            odds -= LEGAL_MISSPELT
    odds -= MISSING * (len(left) + len(right))
    agree = known.numbers == arriving.numbers
    if known.numbers and agree:
        odds += 2.0
    if not agree:
        odds -= 3.0 if not (known.numbers and arriving.numbers) else 5.0
    if not left and not right and agree:
        odds += WHOLE_NEARLY if otherwise else WHOLE
    return Likeness(odds, tuple(same), tuple(otherwise), tuple(left), tuple(right), agree)


def joined_alike(first: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    """Both lists of words, two neighbours joined where the other list writes them as one: "knit wear"."""
    return joined_as_in(first, second), joined_as_in(second, first)


def joined_as_in(words: list[str], other: list[str]) -> list[str]:
    """The words, with neighbours joined that the other list has as one word and this one has not."""
    at = 0
    while at + 1 < len(words):
        both = words[at] + words[at + 1]
        if both not in words and both in other:
            words = [*words[:at], both, *words[at + 2 :]]
        at += 1
    return words


def near_words(left: list[str], right: list[str], rarity: Rarity) -> list[tuple[str, str, float]]:
    """Pairs of words left over that are one word written in two ways, the nearest first, each word once."""
    found = sorted(
        (cost, a, b)
        for a in set(left)
        for b in set(right)
        if (cost := spelling_cost(a, b, rarity.trade)) is not None and not (a in rarity.trade and b in rarity.trade)
    )
    taken: list[tuple[str, str, float]] = []
    used: set[tuple[int, str]] = set()
    for cost, a, b in found:
        if (0, a) not in used and (1, b) not in used:
            used |= {(0, a), (1, b)}
            taken.append((a, b, cost))
    return taken


@cache
def legal_misspelt(word: str) -> bool:
    """True for what is one letter away from the commonest legal forms, or two from the longer ones."""
    return any(
        OSA.distance(word, form, score_cutoff=most) <= most
        for form, most in (("ltd", 1), ("pvt", 1), ("limited", 2), ("private", 2))
    )


def spelling_cost(first: str, second: str, trade: frozenset[str]) -> float | None:
    """The odds that a word loses by being written as another, or None where they are two words."""
    for short, whole in ((first, second), (second, first)):
        if whole in trade and short not in trade and len(short) >= 2 and whole.startswith(short):
            return CUT_SHORT
    return letters_cost(*sorted((first, second)))


@cache
def letters_cost(first: str, second: str) -> float | None:
    """The odds for the letters in which two words differ, or None where those are too many."""
    if min(len(first), len(second)) < 3 or any(sign.isdigit() for sign in first + second):
        return None
    distance = OSA.distance(first, second, score_cutoff=3)
    if distance <= 3 and len(sounded(first)) >= 3 and sounded(first) == sounded(second):
        return SOUND * (1 + distance)
    shorter = min(len(first), len(second))
    if distance > (0 if shorter < 4 else 1 if shorter < 7 else 2):
        return None
    return LETTER * distance + (OTHER_BEGINNING if first[0] != second[0] else 0.0)
