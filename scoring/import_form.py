"""The form in which a person says how a file is read, and the mapping that it makes: the same TOML, either way."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from data.imports.sight import Sight
from data.readers.kinds import KINDS
from scoring.import_fields import CONSTANTS, said_twice, set_declared, set_fields
from scoring.import_parts import (
    ANSWER,
    ASKED,
    FIELD,
    LONGEST,
    MEASURE,
    MEASURED,
    NOT_READ,
    QUESTION,
    SEGMENT,
    Posted,
    table,
)
from scoring.import_questions import Written, set_questions

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


SAME_THROUGHOUT = " Where no column does, say further down what it is in every row."


class Twice(ValueError):
    """Several columns are said to be one thing. The message names them, and nothing was changed."""


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
        if source.get("column") == column or (name == "address" and column in source.get("columns", [])):
            return f"{FIELD}{name}"
    if any(source.get("column") == column for source in table(said, "segments").values()):
        return SEGMENT
    for pair in said.get("pairs", []):
        if column in (pair.get("question"), pair.get("answer")):
            return ASKED if column == pair.get("question") else ANSWER
    if said.get("shape") == "wide" and column in table(said, "questions"):
        return QUESTION
    return MEASURE if column in table(said, "measures") else NOT_READ


def filled(said: Mapping[str, Any], sight: Sight, posted: Posted, written: Written | None = None) -> dict[str, Any]:
    """The mapping after a form was filled in. What the form does not show stays as it was. Raises Twice."""
    made = deepcopy(dict(said))
    kind = posted.text("kind", str(said.get("as", "answers")))
    kind = kind if kind in KIND_NAMES else "answers"
    shape = posted.text("shape", str(said.get("shape", "")))
    shape = shape if shape in shapes_of(kind) else shapes_of(kind)[0]
    made |= {"name": posted.text("name")[:LONGEST] or str(said.get("name") or "import"), "as": kind, "shape": shape}
    roles = {column: chosen(posted, index, said, column, kind, shape) for index, column in enumerate(sight.header)}
    if twice := said_twice(kind, roles):
        named = " and ".join(map(repr, twice[1]))
        raise Twice(f"The columns {named} are both said to be: {field_name(twice[0])}. Choose one of them.")
    set_fields(made, roles, posted, sight)
    known = {role.removeprefix(FIELD) for role in roles_of(kind, shape)}
    made["fields"] = {name: source for name, source in made["fields"].items() if name in known}
    set_declared(made, posted, sight)
    set_columns(made, roles)
    if kind == "answers":
        set_questions(made, posted, written or {})
    else:
        for name in ("questions", "pairs", "codebook"):
            made.pop(name, None)
    if kind != "factories":
        made.pop("link", None)
    return {name: value for name, value in made.items() if value not in ({}, [])} | {"fields": table(made, "fields")}


def chosen(posted: Posted, index: int, said: Mapping[str, Any], column: str, kind: str, shape: str) -> str:
    """What a column was said to be; one that the form does not show stays what it was."""
    role = posted.text(f"column-{index}") if posted.has(f"column-{index}") else role_of(said, column)
    return role if role in roles_of(kind, shape) else NOT_READ


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


def missing_fields(said: Mapping[str, Any]) -> str:
    """What every row needs and a mapping does not name yet, as a sentence; empty where nothing is missing."""
    kind, shape = said.get("as", "answers"), said.get("shape", "long")
    if kind not in KIND_NAMES:
        return ""
    needed = list(KINDS[kind].needed)
    if kind == "answers":
        needed = ["factory_id", "date", *(["question", "value"] if shape == "long" else [])]
    if (kind, shape) == ("measures", "wide"):
        needed = ["factory_id", "date"]
    there = table(said, "fields")
    spared = {"factory_id"} if "link" in said else {"buyer_id"} if "actor_type" in there else set()
    lacking = [name for name in needed if name not in there and name not in spared]
    if not lacking:
        return ""
    same = SAME_THROUGHOUT if set(lacking) & set(CONSTANTS[kind]) else ""
    return f"Say which column holds: {', '.join(map(field_name, lacking))}.{same}"
