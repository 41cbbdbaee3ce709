"""Words in which people answer, and the step of a scale each stands for, in the languages of most surveys here."""

import re
from collections.abc import Mapping, Sequence

from data.codebook.scales import SCALES
from data.readers.wording import plain_wording

NOT_SAID = (
    "don't know", "do not know", "dont know", "not sure", "no answer", "prefer not to say", "not applicable", "n/a",
    "na", "not relevant", "refused", "ne sait pas", "no sabe", "no contesta", "no aplica", "weiß nicht", "keine angabe",
    "tidak tahu", "không biết", "জানি না", "不知道", "不适用", "bilmiyorum", "não sei",
)  # fmt: skip
"""What says that there is no answer."""

STEPS: Mapping[str, Sequence[Sequence[str]]] = {
    "yesno": (
        ("no", "n", "false", "0", "non", "nein", "não", "nao", "hayır", "không", "tidak", "না", "नहीं", "否", "不是",
         "ទេ"),
        ("yes", "y", "true", "1", "oui", "sí", "si", "ja", "sim", "evet", "có", "ya", "হ্যাঁ", "हाँ", "是", "បាទ"),
    ),
    "ordinal5": (
        ("never", "strongly disagree", "totally disagree", "very bad", "very poor", "very dissatisfied", "not at all",
         "very unfair", "very difficult", "very unsafe", "much worse", "jamais", "nunca", "nie", "không bao giờ",
         "tidak pernah", "কখনো না", "从不", "非常不同意", "hiçbir zaman"),
        ("rarely", "seldom", "disagree", "bad", "poor", "dissatisfied", "a little", "unfair", "difficult", "unsafe",
         "worse", "rarement", "raramente", "rara vez", "selten", "hiếm khi", "jarang", "很少", "不同意", "nadiren"),
        ("sometimes", "neither agree nor disagree", "neither", "neutral", "undecided", "fair", "okay", "ok", "so so",
         "somewhat", "the same", "parfois", "a veces", "às vezes", "manchmal", "thỉnh thoảng", "kadang kadang",
         "মাঝে মাঝে", "有时", "一般", "bazen"),
        ("often", "agree", "good", "satisfied", "mostly", "easy", "safe", "better", "souvent", "a menudo",
         "frequentemente", "oft", "thường xuyên", "sering", "প্রায়ই", "经常", "同意", "sık sık"),
        ("always", "strongly agree", "totally agree", "very good", "excellent", "very satisfied", "completely",
         "very fair", "very easy", "very safe", "much better", "toujours", "siempre", "sempre", "immer", "luôn luôn",
         "selalu", "সবসময়", "总是", "非常同意", "her zaman"),
    ),
}  # fmt: skip
"""For each scale its steps from the lowest up, and the words that stand for each."""

MEANT = {
    scale: {plain_wording(word): step for step, words in enumerate(steps) for word in words}
    for scale, steps in STEPS.items()
}
BESIDE_FAIR = frozenset({"unfair", "very unfair", "very fair"})
"""Beside these words "fair" is just; elsewhere, as in good, fair, poor, it is the middle."""
UNSAID = {plain_wording(word) for word in NOT_SAID}
LOWEST = {"yesno": 0, "ordinal5": 1, "scale4": 0}


def steps_of(written: Sequence[str], scale: str) -> dict[str, int | str] | None:
    """The answer that each written value stands for on a scale; None unless every one of them is understood.

    Values that are the scale's own numbers need no table: then the answer is an empty one.
    """
    values = [text for text in written if text.strip()]
    steps = MEANT.get("ordinal5" if scale == "scale4" else scale, {})
    if not BESIDE_FAIR.isdisjoint(plain_wording(text) for text in values):
        steps = steps | {"fair": 3}
    found: dict[str, int | str] = {}
    for text in values:
        plain = plain_wording(text)
        if plain in UNSAID:
            found[text] = "not_applicable"
        elif plain in steps:
            found[text] = steps[plain] + LOWEST[scale]
        else:
            return None
    answers = [step for step in found.values() if step != "not_applicable"]
    return found if answers and len(set(answers)) == len(answers) else None


def likely_scale(written: Sequence[str]) -> str | None:
    """The scale on whose words all these values are, or None."""
    return next((scale for scale in STEPS if steps_of(written, scale)), None)


def meant(written: list[str], scale: str) -> dict[str, int | str] | None:
    """The answer that each written value is: none to say where they are numbers, None where one is not understood."""
    if not all(re.fullmatch(r"\d{1,2}", text) for text in written):
        return steps_of(written, scale)
    low, high = SCALES[scale]
    return {} if all(low <= int(text) <= high for text in written) else None
