"""What the parts of the import form share: what was posted, and a mapping's text as plain values."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tomli_w

OPEN = "-"
"""The choice that says nothing yet; a list cannot show an empty one."""
NOT_READ, SEGMENT, QUESTION, ASKED, ANSWER, MEASURE = OPEN, "segment", "question", "asked", "answer", "measure"
FIELD = "field:"
NEW = "new:"
"""How the choice of a question begins that no codebook has; what follows is its identifier."""
MEASURED = 60
DEEPEST = 8
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
    """What a mapping's text says, as far as it is TOML and of the right types; empty otherwise.

    A person may write anything, and the page about it must open all the same.
    """
    try:
        said = tomllib.loads(text or "")
    except (ValueError, RecursionError):  # a number of thousands of digits is a ValueError too
        return {}
    return {name: value for name, value in said.items() if is_sane(name, value)} if is_shallow(said) else {}


def is_sane(name: str, value: object) -> bool:
    """True where an entry of a mapping has the type that the form counts on."""
    if name in ("name", "as", "shape"):
        return isinstance(value, str)
    if name in ("fields", "factories", "buyers", "segments"):
        return isinstance(value, dict) and all(map(is_source, value.values()))
    if name in ("questions", "measures"):
        return isinstance(value, dict) and all(isinstance(part, dict) for part in value.values())
    if name == "pairs":
        return isinstance(value, list) and all(isinstance(part, dict) for part in value)
    return True


def is_source(value: object) -> bool:
    """True for what may say where a field comes from."""
    if not isinstance(value, dict):
        return False
    forms = value.get("format", "")
    texts = [value.get(name, "") for name in ("column", "constant", "zone", "decimal")]
    texts += [one for entry in (value.get("columns", []), forms) for one in (entry if isinstance(entry, list) else [])]
    listed = isinstance(value.get("columns", []), list) and isinstance(forms, (str, list))
    return listed and all(isinstance(text, str) for text in texts)


def is_shallow(said: object) -> bool:
    """True where nothing lies deeper than any mapping needs."""
    layer: list[object] = [said]
    for _ in range(DEEPEST):
        held = [list(one.values()) if isinstance(one, dict) else one for one in layer if isinstance(one, (dict, list))]
        layer = [inner for one in held for inner in one]
    return not layer


def mapping_text(said: Mapping[str, Any]) -> str:
    """A mapping as TOML."""
    return tomli_w.dumps(said, multiline_strings=False)


def table(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One table of a mapping; empty where there is none."""
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def slug(text: str) -> str:
    """A short name made of a text: letters, digits and underscores."""
    return re.sub(r"_+", "_", re.sub(r"[^0-9a-z]+", "_", text.casefold())).strip("_")[:48] or "question" * bool(text)
