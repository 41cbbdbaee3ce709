"""Mappings that are kept for next time, and the first one for a file that comes for the first time."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.home import Home
from data.imports.sight import Sight
from data.readers.formats import FileFormat, Unreadable
from data.readers.kinds import KINDS
from data.readers.mapping import Mapping, mapping_of
from data.readers.suggestion import DATES, KnownQuestion, Suggestion, suggested
from data.readers.wording import found_columns
from data.state.imports import Import
from scoring.import_fields import reading
from scoring.import_parts import mapping_text, slug
from scoring.import_questions import written_in

MOST_KEPT = 200


@dataclass(frozen=True)
class Beginning:
    """How a new file is read at first: its kind, its mapping (none for a canonical file), and what is to be decided."""

    kind: str | None
    mapping: str | None
    hints: tuple[str, ...] = ()
    written: dict[str, Any] = field(default_factory=dict)
    """What is written to each question."""

    @property
    def wanted(self) -> dict[str, Any]:
        """What is kept of it with the import."""
        return {"hints": list(self.hints), "written": self.written}


def beginning(
    sight: Sight, path: Path, kinds: Sequence[str], questions: Sequence[KnownQuestion], kind: str | None = None
) -> Beginning:
    """How a file is read at first. What is not certain is left open, for a person to say."""
    if sight.problem:
        return Beginning(None, None)
    for one in sorted(kinds, key=lambda name: -len(KINDS[name].needed)) if kind is None else ():
        if sight.is_plain and set(KINDS[one].needed) <= set(sight.header):
            return Beginning(one, None)
    form = FileFormat.model_validate(sight.format)
    try:
        found = suggested(path, form, questions, kind)
        if found.kind not in kinds:
            found = suggested(path, form, questions, kinds[0])
    except Unreadable as problem:
        return Beginning(kinds[0], mapping_text({"name": slug(path.stem), "as": kinds[0]}), (str(problem),))
    text = mapping_text(said_of(found, sight, path))
    return Beginning(found.kind, text, tuple(found.notes), written_in(found.asked))


def said_of(found: Suggestion, sight: Sight, path: Path) -> dict[str, Any]:
    """A suggestion as a mapping in which what is open is empty: questions without an indicator, dates in doubt."""
    fields: dict[str, Any] = {}
    for name, column in found.fields.items():
        forms = found.dates.get(name, [DATES[0]])
        written = {} if forms[:1] == [DATES[0]] else {"format": forms[0] if len(forms) == 1 else ""}
        zone = {"zone": found.zones[name]} if name in found.zones else {}
        fields[name] = {"column": column} | written | zone | reading(name)
    questions = {
        one.text: {"indicator": one.indicator or ""} | ({"values": one.values} if one.values else {})
        for one in found.asked
    }
    parts: dict[str, Any] = {
        "name": slug(path.stem) or "import", "as": found.kind, "shape": found.shape, "file": sight.format,
        "fields": fields, "pairs": [{"question": q, "answer": a} for q, a in found.pairs], "questions": questions,
    }  # fmt: skip
    return {name: part for name, part in parts.items() if part or name == "fields"}


def as_mapping(kind: str | None, name: str, header: Sequence[str]) -> dict[str, Any]:
    """What a canonical file would say as a mapping: each column is the field of its name."""
    held = KINDS[kind or "answers"]
    named = {"question" if column == "indicator_id" else column: column for column in header if column in held.columns}
    return {
        "name": slug(Path(name).stem) or "import", "as": held.name, "shape": "long",
        "fields": {field: {"column": column} for field, column in named.items()},
    }  # fmt: skip


def shelf(home: Home, one: Import) -> Path:
    """Where the mappings of whoever brought an import are kept; the operator's are those of the command line too."""
    return home.mappings if one.organisation_kind == "operator" else home.mappings / f"of-{one.organisation_id}"


def keep(home: Home, one: Import) -> None:
    """Nothing; the mapping of an import is kept under its name for next time, and replaces an earlier one."""
    text = one.mapping or ""
    name = slug(mapping_of(text).name) or "import"
    folder = shelf(home, one)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}.draft"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(folder / f"{name}.toml")


def fitting(home: Home, one: Import, header: Sequence[str]) -> dict[str, Mapping]:
    """The kept mappings that find every column they need in this header, by name."""
    found = {}
    for path in sorted(shelf(home, one).glob("*.toml"))[:MOST_KEPT]:
        try:
            mapping = mapping_of(path.read_text(encoding="utf-8"), path.name)
        except (Unreadable, OSError, UnicodeDecodeError):
            continue
        if not found_columns(mapping.columns, header)[1] and path.stem != "":
            found[path.stem] = mapping
    return found


def kept_text(home: Home, one: Import, name: str) -> str:
    """The text of a kept mapping that fits."""
    return (shelf(home, one) / f"{name}.toml").read_text(encoding="utf-8")
