"""The questions of a form: which indicator each is, and what every value that is written to it means."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data.codebook.scales import SCALES
from data.readers.answer_words import meant
from data.readers.formats import FileFormat, Unreadable
from data.readers.mapping import NOT_APPLICABLE
from data.readers.suggestion import Asked, KnownQuestion, Suggestion, ask, ask_texts, different, first_rows
from scoring.import_parts import LONGEST, NEW, OPEN, Posted, slug, table

Written = Mapping[str, Mapping[str, Any]]
"""What is written to each question: its `values`, the commonest first, and the `scale` that they look like."""
MOST_WRITTEN = 24
"""With more values than these a question has no choices, and its values are told as text."""
LEFT_OUT = "x"
"""The choice that a written value does not count."""


def set_questions(made: dict[str, Any], posted: Posted, written: Written) -> None:
    """Nothing; each question has the indicator and the values that were chosen for it."""
    questions = table(made, "questions")
    fresh = False
    for index, (text, part) in enumerate(list(questions.items())):
        found = dict(part)
        if posted.text(f"question-{index}-text") == text.strip():
            found = with_choices(found, text, posted, index)
            found = with_values(found, posted, index, written.get(text, {}))
        questions[text] = found
        fresh = fresh or bool(found.get("scale"))
    made["questions"] = questions
    if fresh:
        made.setdefault("codebook", {"name": made["name"]})
    else:
        made.pop("codebook", None)


def with_choices(part: dict[str, Any], text: str, posted: Posted, index: int) -> dict[str, Any]:
    """A question with what was chosen for it."""
    found = dict(part)
    choice = posted.text(f"question-{index}") if posted.has(f"question-{index}") else str(part.get("indicator", ""))
    if choice.startswith(NEW):
        found["indicator"] = choice.removeprefix(NEW) or slug(text)
        found |= {"text": str(part.get("text") or text), "scale": posted.text(f"scale-{index}") or "ordinal5"}
        theme = posted.text(f"theme-{index}")[:LONGEST]
        if not part.get("theme") or theme != (part.get("theme_name") or part["theme"]):
            found |= {"theme": slug(theme) or "other", "theme_name": theme or "Other"}
        polarity = -1 if posted.text(f"polarity-{index}") == "-1" else 1
        if polarity != part.get("polarity", 1):
            found["polarity"] = polarity
    elif posted.has(f"question-{index}"):
        found["indicator"] = choice = "" if choice == OPEN else choice
        if choice != part.get("indicator"):
            found = {key: value for key, value in found.items() if key in ("indicator", "values", "optional", "after")}
    return found


def with_values(part: dict[str, Any], posted: Posted, index: int, written: Mapping[str, Any]) -> dict[str, Any]:
    """A question with what each written value was said to mean: chosen one by one, or told as text."""
    values = dict(part["values"]) if isinstance(part.get("values"), dict) else {}
    if posted.has(f"values-{index}"):
        values = dict(read_values(posted.text(f"values-{index}")))
    for place, value in enumerate(written.get("values", ())):
        if posted.has(f"value-{index}-{place}"):
            values.pop(value, None)
            choice = posted.text(f"value-{index}-{place}")
            if choice == LEFT_OUT or re.fullmatch(r"[0-9]{1,2}", choice):
                values[value] = NOT_APPLICABLE if choice == LEFT_OUT else int(choice)
    found = {key: value for key, value in part.items() if key != "values"}
    return found | ({"values": values} if values else {})


def asked_in(path: Path, made: Mapping[str, Any], questions: Sequence[KnownQuestion]) -> list[Asked]:
    """What the beginning of a file shows of the questions that a mapping names, or that its columns of texts ask."""
    if made.get("as") != "answers":
        return []
    found = Suggestion("answers")
    try:
        sheet = first_rows(path, FileFormat.model_validate(made.get("file", {})))
        if made.get("shape") == "wide":
            for text in table(made, "questions"):
                if text in sheet:
                    ask(found, text, different(sheet[text]), questions)
        else:
            texts, values = texts_and_values(made, sheet)
            ask_texts(found, texts, values, questions)
    except (Unreadable, ValueError):  # what cannot be looked at is told by the check
        return []
    return found.asked


def texts_and_values(made: Mapping[str, Any], sheet: pd.DataFrame) -> "tuple[pd.Series[str], pd.Series[str]]":
    """What was asked and what was answered, in the columns that hold them; empty where none is chosen."""
    fields = table(made, "fields")
    pairs = [(pair.get("question"), pair.get("answer")) for pair in made.get("pairs", [])]
    pairs = pairs or [(fields.get("question", {}).get("column"), fields.get("value", {}).get("column"))]
    there = [(asked, given) for asked, given in pairs if asked in sheet and given in sheet]
    nothing = pd.Series([], dtype="str")
    texts = pd.concat([sheet[asked] for asked, _ in there], ignore_index=True) if there else nothing
    return texts, pd.concat([sheet[given] for _, given in there], ignore_index=True) if there else nothing


def completed(made: dict[str, Any], asked: Sequence[Asked], known: Mapping[str, KnownQuestion], posted: Posted) -> None:
    """Nothing; a question that the form did not show yet is what its very wording says, and its values what they say.

    One whose scale was just chosen has its written values read on that scale, where every one is understood.
    """
    questions = table(made, "questions")
    shown = {value for name, value in posted.values.items() if name.startswith("question-") and name.endswith("-text")}
    for one in asked:
        part = questions.setdefault(one.text, {"indicator": ""})
        if one.text not in shown and not part.get("indicator") and one.indicator:
            part["indicator"] = one.indicator
        scale = part.get("scale") or (known[part["indicator"]].scale if part.get("indicator") in known else one.scale)
        values = part.get("values") if isinstance(part.get("values"), dict) else None
        understood = meant(list(one.written), str(scale))
        if understood and not (values and on_scale(values, str(scale))):
            part["values"] = understood
    made["questions"] = questions


def on_scale(values: Mapping[str, object], scale: str) -> bool:
    """True where every value is a step of the scale, or does not count."""
    low, high = SCALES.get(scale, (0, -1))
    return all(value == NOT_APPLICABLE or value in range(low, high + 1) for value in values.values())


def written_in(asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """What is written to each question, as it is kept with the import; none where there are many values."""
    return {
        one.text: {"values": list(one.written), "scale": one.scale} for one in asked if len(one.written) <= MOST_WRITTEN
    }


def values_text(values: object) -> str:
    """What each written value means, a line each: "Yes = 1", "Don't know = does not count"."""
    pairs = values.items() if isinstance(values, dict) else ()
    return "\n".join(f"{text} = {'does not count' if v == NOT_APPLICABLE else v}" for text, v in pairs)


def read_values(text: str) -> dict[str, int | str]:
    """The values of such lines; a number is an answer, everything else counts as not applicable."""
    found: dict[str, int | str] = {}
    for line in text.splitlines():
        written, equals, means = line.rpartition("=")
        if not equals or not written.strip():
            continue
        number = means.strip()
        found[written.strip()] = int(number) if re.fullmatch(r"-?[0-9]{1,3}", number) else NOT_APPLICABLE
    return found
