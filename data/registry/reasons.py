"""Why a pair is one factory, may be one, or is none, in words that a person can check against the two rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.registry.linking import Pair

ADDRESS_WORDS = {
    "same": "the address is the same",
    "much": "most of the address agrees",
    "same town": "the town is the same",
    "some": "a part of the address agrees",
    "little": "the addresses have little in common",
    "other": "the address is another one",
}


def agreement(pair: "Pair") -> str:
    """What the two rows have in common and where they differ, as one sentence."""
    parts = [name_words(pair), ADDRESS_WORDS.get(pair.address or ""), distance_words(pair.kilometres)]
    if pair.same_id:
        parts.insert(0, "both have the same Open Supply Hub id")
    elif pair.other_id:
        parts.append("their Open Supply Hub ids differ")
    return sentence([part for part in parts if part])


def name_words(pair: "Pair") -> str:
    """How the two names compare."""
    names = pair.names
    if names.complete and not names.written_otherwise:
        return "the name is the same"
    if not names.same and not names.written_otherwise:
        return "the names have no word in common"
    parts = [f"“{known}” is written “{here}”" for here, known in names.written_otherwise]
    for words, whose in ((names.only_arriving, "arriving"), (names.only_known, "known")):
        if words:
            parts.append(f"only the {whose} name has {' and '.join(f'“{word}”' for word in words)}")
    if not names.numbers_agree:
        parts.append("the numbers in the names differ")
    return "the names agree but for this: " + "; ".join(parts)


def distance_words(kilometres: float) -> str | None:
    """How far the two points are from each other; None where there are not two."""
    if kilometres != kilometres:
        return None
    if kilometres < 0.3:
        return "the points are the same place"
    return (
        f"the points are {kilometres:.1f} km apart" if kilometres < 10 else f"the points are {kilometres:.0f} km apart"
    )


def sentence(parts: Sequence[str]) -> str:
    """The parts as one sentence with a capital and a full stop."""
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
