"""The form in which a person says how a file is read, and the mapping that it makes: the same TOML, either way."""

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import tomli_w

from data.imports.sight import Sight
from data.readers.kinds import KINDS
from data.readers.mapping import NOT_APPLICABLE

KIND_NAMES = {
    "answers": "Answers of workers", "factories": "A list of factories", "headcount": "Head counts",
    "buyers": "Buyers", "relations": "Who buys where", "orders": "Orders", "buyer_actions": "Actions of buyers",
    "measures": "Production measures",
}  # fmt: skip
SHAPES = {
    "wide": "A column is a question, a row is a person’s sitting",
    "long": "A row is one answer, its question stands in a column",
    "paired": "Each question stands in the column before its answer",
}
FIELD_NAMES = {
    "factory_id": "Factory", "date": "Day", "channel": "Channel", "gender": "Gender", "department": "Department",
    "tenure_band": "Time at the factory", "submission_id": "Sitting", "respondent_key": "Person (kept as a hash only)",
    "question": "The question", "value": "The answer", "os_id": "OS Hub ID",
}  # fmt: skip
OPEN = "-"
"""The choice that says nothing yet; a list cannot show an empty one."""
NOT_READ, SEGMENT, QUESTION, ASKED, ANSWER, MEASURE = OPEN, "segment", "question", "asked", "answer", "measure"
FIELD = "field:"
NEW = "new:"
"""How the choice of a question begins that no codebook has; what follows is its identifier."""
MEASURED = 60
LONGEST = 200


@dataclass(frozen=True)
class Posted:
    """What a form holds, by the name of each control. Anything may have been posted; only text counts."""

    values: Mapping[str, object]

    def text(self, name: str, otherwise: str = "") -> str:
        """The text of a control, without blanks around it."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else otherwise

    def has(self, name: str) -> bool:
        """True when the form has that control."""
        return isinstance(self.values.get(name), str)


def read_text(text: str | None) -> dict[str, Any]:
    """What a mapping's text says, as far as it is TOML; empty otherwise."""
    try:
        return tomllib.loads(text or "")
    except tomllib.TOMLDecodeError:
        return {}


def mapping_text(said: Mapping[str, Any]) -> str:
    """A mapping as TOML."""
    return tomli_w.dumps(said, multiline_strings=False)


def roles_of(kind: str, shape: str) -> dict[str, str]:
    """What a column of such a file can be, with the words for it."""
    names = [name for name in KINDS[kind].columns if name not in ("indicator_id",)]
    if kind == "answers":
        names = [name for name in names if name != "value"] + (["question", "value"] if shape == "long" else [])
    if (kind, shape) == ("measures", "wide"):
        names = [name for name in names if name not in ("measure", "value")]
    roles = {NOT_READ: "Not read"} | {f"{FIELD}{name}": field_name(name) for name in names}
    if KINDS[kind].segments:
        roles[SEGMENT] = "A further group"
    if kind == "answers" and shape == "wide":
        roles[QUESTION] = "A question"
    if shape == "paired":
        roles |= {ASKED: "The text of a question", ANSWER: "The answer to it"}
    if (kind, shape) == ("measures", "wide"):
        roles[MEASURE] = "A measure"
    return roles


def field_name(name: str) -> str:
    """What people call a field."""
    return FIELD_NAMES.get(name) or name.replace("_", " ").capitalize()


def shapes_of(kind: str) -> list[str]:
    """The shapes that a file of this kind may have."""
    return {"answers": ["wide", "long", "paired"], "measures": ["long", "wide"]}.get(kind, ["long"])


def role_of(said: Mapping[str, Any], column: str) -> str:
    """What a mapping takes a column for."""
    for name, source in table(said, "fields").items():
        if isinstance(source, dict) and source.get("column") == column:
            return f"{FIELD}{name}"
    if any(isinstance(s, dict) and s.get("column") == column for s in table(said, "segments").values()):
        return SEGMENT
    for pair in said.get("pairs", []) if isinstance(said.get("pairs"), list) else []:
        if isinstance(pair, dict) and column in (pair.get("question"), pair.get("answer")):
            return ASKED if column == pair.get("question") else ANSWER
    if said.get("shape") == "wide" and column in table(said, "questions"):
        return QUESTION
    return MEASURE if column in table(said, "measures") else NOT_READ


def table(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One table of a mapping; empty where there is none."""
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def filled(said: Mapping[str, Any], sight: Sight, posted: Posted) -> dict[str, Any]:
    """The mapping after a form was filled in. What the form does not show stays as it was."""
    made = deepcopy(dict(said))
    kind = posted.text("kind", str(said.get("as", "answers")))
    kind = kind if kind in KIND_NAMES else "answers"
    shape = posted.text("shape", str(said.get("shape", "")))
    shape = shape if shape in shapes_of(kind) else shapes_of(kind)[0]
    moved_on = (said.get("as", kind), said.get("shape", shape)) != (kind, shape)
    made |= {"name": posted.text("name")[:LONGEST] or str(said.get("name") or "import"), "as": kind, "shape": shape}
    roles = {column: chosen(posted, index, said, column, kind, shape) for index, column in enumerate(sight.header)}
    set_fields(made, roles, posted)
    set_columns(made, roles)
    if kind == "answers":
        set_questions(made, posted)
    if moved_on or kind != "answers":
        for name in ("questions", "pairs", "codebook") if kind != "answers" else ():
            made.pop(name, None)
    return {name: value for name, value in made.items() if value not in ({}, [])} | {"fields": table(made, "fields")}


def chosen(posted: Posted, index: int, said: Mapping[str, Any], column: str, kind: str, shape: str) -> str:
    """What a column was said to be; one that the form does not show stays what it was."""
    role = posted.text(f"column-{index}") if posted.has(f"column-{index}") else role_of(said, column)
    return role if role in roles_of(kind, shape) else NOT_READ


def set_fields(made: dict[str, Any], roles: Mapping[str, str], posted: Posted) -> None:
    """Nothing; fields and further groups come from the columns that were chosen for them, constants stay."""
    before = table(made, "fields")
    fields = {
        name: source for name, source in before.items()
        if isinstance(source, dict) and ("constant" in source or "columns" in source)
    }  # fmt: skip
    for column, role in roles.items():
        if role.startswith(FIELD):
            name = role.removeprefix(FIELD)
            known = before.get(name)
            same = isinstance(known, dict) and known.get("column") == column
            fields[name] = dict(known) if same and isinstance(known, dict) else {"column": column}
    if isinstance(fields.get("date"), dict):
        for key in ("format", "zone"):
            if posted.has(f"date-{key}"):
                fields["date"] = {k: v for k, v in fields["date"].items() if k != key}
                said = [one.strip() for one in posted.text(f"date-{key}").split("|") if one.strip()]
                if said:
                    fields["date"][key] = said[0] if len(said) == 1 else said
    made["fields"] = fields
    known = {s.get("column"): (n, s) for n, s in table(made, "segments").items() if isinstance(s, dict)}
    groups = [column for column, role in roles.items() if role == SEGMENT]
    made["segments"] = dict(known.get(column) or (slug(column), {"column": column}) for column in groups)


def set_columns(made: dict[str, Any], roles: Mapping[str, str]) -> None:
    """Nothing; questions, pairs and measures are those of the columns that were chosen."""
    if made["shape"] == "wide" and made["as"] == "answers":
        before = table(made, "questions")
        made["questions"] = {c: before.get(c) or {"indicator": ""} for c, role in roles.items() if role == QUESTION}
    if made["as"] == "measures":
        before = table(made, "measures")
        made["measures"] = {
            c: before.get(c) or {"measure": c[:MEASURED]} for c, role in roles.items() if role == MEASURE
        }
    columns = list(roles)
    answers = [column for column in columns if roles[column] == ANSWER]
    pairs = []
    for column in columns:
        if roles[column] == ASKED:
            beside = next((a for a in answers if columns.index(a) > columns.index(column)), None)
            if beside is not None:
                answers.remove(beside)
                pairs.append({"question": column, "answer": beside})
    if made["shape"] == "paired":
        made["pairs"] = pairs
    else:
        made.pop("pairs", None)


def set_questions(made: dict[str, Any], posted: Posted) -> None:
    """Nothing; each question has the indicator and the values that were chosen for it."""
    questions = table(made, "questions")
    fresh = False
    for index, (text, part) in enumerate(list(questions.items())):
        found = dict(part) if isinstance(part, dict) else {"indicator": ""}
        if posted.text(f"question-{index}-text") == text or not posted.has(f"question-{index}-text"):
            found = with_choices(found, text, posted, index)
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
        found |= {"text": str(part.get("text") or text), "theme": slug(posted.text(f"theme-{index}")) or "other"}
        found["theme_name"] = posted.text(f"theme-{index}")[:LONGEST] or "Other"
        found["scale"] = posted.text(f"scale-{index}") or "ordinal5"
        found["polarity"] = -1 if posted.text(f"polarity-{index}") == "-1" else 1
    elif posted.has(f"question-{index}"):
        found["indicator"] = choice = "" if choice == OPEN else choice
        if choice != part.get("indicator"):
            found = {key: value for key, value in found.items() if key in ("indicator", "values", "optional", "after")}
    if posted.has(f"values-{index}"):
        values = read_values(posted.text(f"values-{index}"))
        found = {key: value for key, value in found.items() if key != "values"} | ({"values": values} if values else {})
    return found


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


def slug(text: str) -> str:
    """A short name made of a text: letters, digits and underscores."""
    return re.sub(r"_+", "_", re.sub(r"[^0-9a-z]+", "_", text.casefold())).strip("_")[:48] or "question" * bool(text)


def missing_fields(said: Mapping[str, Any]) -> list[str]:
    """What people call the fields that every row needs and that a mapping does not name."""
    kind, shape = said.get("as", "answers"), said.get("shape", "long")
    if kind not in KIND_NAMES:
        return []
    needed = list(KINDS[kind].needed)
    if kind == "answers":
        needed = ["factory_id", "date", *(["question", "value"] if shape == "long" else [])]
    if (kind, shape) == ("measures", "wide"):
        needed = ["factory_id", "date"]
    there = table(said, "fields")
    return [field_name(name) for name in needed if name not in there and not (name == "factory_id" and "link" in said)]
