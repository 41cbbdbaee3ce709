"""What is seen in a file before anything is loaded: how it was recognised, its columns, its first rows, its questions.

It is looked at once and kept beside the file, for as long as the file is.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.home import Home
from data.imports.lodging import SIGHT, bytes_of, folder_of, written
from data.readers.formats import FileFormat, Unreadable
from data.readers.layout import Ask
from data.readers.recognition import Recognition, recognised

__all__ = ["Ask", "Sight", "answered", "seen", "sight_of"]

SHOWN_TEXT = 200
LOOKING = threading.Lock()
"""One file is looked at at a time, so that several large ones do not fill the memory together."""
NUMBERS = ("header", "footer")


@dataclass(frozen=True)
class Sight:
    """A file as it was recognised. `problem` says why it could not be read, and then there is nothing else.

    `asks` are what a person must say first; `said` is what was said, as entries of the format.
    """

    format: dict[str, Any]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int | None
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """True for UTF-8, commas and a header in the first line: as files of the canonical folder are."""
        usual = {"format": "delimited", "delimiter": ",", "header": 1, "header_rows": 1}
        same = all(self.format.get(name, value) == value for name, value in usual.items())
        apart = ("below_header", "footer", "until", "lines", "columns")
        plain = str(self.format.get("encoding", "utf-8")).casefold() in ("utf-8", "utf_8", "ascii", "utf-8-sig")
        return same and plain and not self.asks and not any(self.format.get(name) for name in apart)


def sight_of(home: Home, public_id: str, name: str) -> Sight | None:
    """What is seen in the file of an import; None where its bytes are gone."""
    path = bytes_of(home, public_id, name)
    if not path.is_file():
        return None
    kept = folder_of(home, public_id) / SIGHT
    if kept.is_file():
        return read_back(json.loads(kept.read_text(encoding="utf-8")))
    return looked(home, public_id, path, {})


def answered(home: Home, public_id: str, name: str, answers: Mapping[str, str]) -> Sight | None:
    """What is seen once a person has answered some of what was asked; None where the bytes are gone."""
    before = sight_of(home, public_id, name)
    if before is None:
        return None
    said = dict(before.said)
    for ask in before.asks:
        if answers.get(ask.what) in ask.choices:
            said |= entry(ask.what, answers[ask.what], len(before.header))
    return looked(home, public_id, bytes_of(home, public_id, name), said)


def entry(what: str, answer: str, width: int) -> dict[str, Any]:
    """An answer as an entry of the format."""
    if what in NUMBERS:
        return {what: int(answer)}
    if what == "lines":
        first, _, last = answer.partition("-")
        return {what: [int(first), int(last)]}
    if what == "columns":
        line = answer.removeprefix("header = ")
        return {"header": int(line)} if line.isdigit() else {what: [f"Column {n + 1}" for n in range(width)]}
    return {what: answer}


def looked(home: Home, public_id: str, path: Path, said: dict[str, Any]) -> Sight:
    """What is seen in the file now, and kept."""
    with LOOKING:
        found = seen(path, said)
    written(home, public_id, SIGHT, json.dumps(asdict(found), ensure_ascii=False))
    return found


def read_back(told: dict[str, Any]) -> Sight:
    """A sight as it was kept."""
    return Sight(
        told["format"], tuple(told["header"]), tuple(tuple(row) for row in told["rows"]), told["total"],
        tuple(Ask(one["what"], one["sentence"], tuple(one["choices"])) for one in told["asks"]),
        tuple(told["notes"]), told["problem"], told["said"],
    )  # fmt: skip


def seen(path: Path, said: dict[str, Any]) -> Sight:
    """What is seen in a file of which so much was said."""
    try:
        found: Recognition = recognised(path, form=FileFormat.model_validate(said))
    except Unreadable as problem:
        return Sight({}, (), (), None, problem=str(problem), said=said)
    except ValidationError:
        return Sight({}, (), (), None, problem="What was said of this file does not go together.", said=said)
    rows = tuple(tuple(map(short, row)) for row in found.rows)
    form = found.format.model_dump(mode="json", exclude_none=True)
    return Sight(form, found.header, rows, found.total_rows, found.asks, found.notes, said=said)


def short(text: str) -> str:
    """The beginning of a text, long enough to know it by."""
    return text if len(text) <= SHOWN_TEXT else text[: SHOWN_TEXT - 1] + "…"
