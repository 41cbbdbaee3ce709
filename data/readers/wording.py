"""When two written questions are the same one, and which known ones are near to one that nobody knows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import ftfy
from rapidfuzz import fuzz, process

SIGNS = "%‰<>=≤≥≠±+$€£¥₹৳₫₺₱₽¢"
TELLING = re.compile(f"[{SIGNS}]")
"""Signs that are no punctuation: they turn a question into another one."""
LEAST_LIKE = 75.0
"""Of 100. Below it, what two wordings share is mostly the small words of every question."""
MOST = 3
"""So many near ones are proposed."""


@lru_cache(maxsize=65_536)
def plain_wording(text: str) -> str:
    """The text without what two writings of one question differ in: case, blanks, punctuation, & for and, mojibake.

    Signs that say something stay, each a word: "Workers (%)" is not "Workers", nor is "< 10 hours" "> 10 hours".
    """
    mended = unicodedata.normalize("NFKC", ftfy.fix_text(text)).casefold().replace("&", " and ")
    told = TELLING.sub(r" \g<0> ", mended)
    return " ".join(re.sub(rf"[^\w\u0300-\u036f\u0900-\u1fff{SIGNS}]|_", " ", told).split())


def near(text: str, known: Sequence[str], most: int = MOST) -> list[tuple[str, float]]:
    """The known wordings nearest to a text, each with how alike they are (0 to 100), nearest first.

    A proposal for a person, never a match by itself: "Are you paid on time?" and "Are you not paid on time?" are
    very near.
    """
    plain = plain_wording(text)
    if not plain:
        return []
    others = [plain_wording(one) for one in known]
    # Letter by letter, or word by word in any order.
    alike = process.cdist([plain], others, scorer=fuzz.ratio)[0].clip(
        min=process.cdist([plain], others, scorer=fuzz.token_sort_ratio)[0]
    )
    best = sorted(range(len(others)), key=lambda index: -alike[index])[:most]
    return [(known[index], round(float(alike[index]))) for index in best if alike[index] >= LEAST_LIKE]


def found_columns(wanted: Iterable[str], header: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """For each wanted column the one of the header that it is, and the wanted ones that are not there.

    The very name comes first; else the one column whose plain wording is the same.
    """
    plain: dict[str, list[str]] = {}
    for name in header:
        plain.setdefault(plain_wording(name), []).append(name)
    found: dict[str, str] = {}
    missing = []
    for name in wanted:
        same = [name] if name in header else plain.get(plain_wording(name), []) if plain_wording(name) else []
        if len(same) == 1:
            found[name] = same[0]
        else:
            missing.append(name)
    return found, missing
