"""What dimensions and groups of people are called on a page."""

import re

DIMENSIONS = {"gender": "Gender", "department": "Department", "tenure_band": "Time here"}
KNOWN = {"female": "women", "male": "men"}
OR = " or "


def dimension_name(key: str) -> str:
    """The name of a dimension: "Time here" for `tenure_band`; others as they are written."""
    return DIMENSIONS.get(key) or capital(key.replace("_", " "))


def group_name(level: str) -> str:
    """The name of a group, with those that are told together: "Women or not said"."""
    joined = OR.join(KNOWN.get(part, part) for part in level.split(OR))
    return capital(re.sub(r"(?<=\d)-(?=\d)", "–", joined))


def capital(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]


def group_order(level: str) -> tuple[int, str]:
    """Where a group stands in its list: bands from under to over, others by name, those who did not say last."""
    word = level.split(" ")[0].lower()
    place = {"under": 0, "less": 0, "over": 2, "more": 2, "not": 3}.get(word, 1)
    return place, level
