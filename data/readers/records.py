"""Records of JSON: a list of objects, an object that holds one, or an object a line. They become rows of text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.readers.decoding import decoded
from data.readers.encoding import text_of
from data.readers.formats import FileFormat, Limits, Unreadable
from data.readers.layout import Ask
from data.readers.table import Gathered, Passed, Ragged, Row, numbered, short
from data.readers.tally import too_many_rows

BETWEEN = "; "
"""Stands between the values of a list."""
HALF = re.compile("[\ud800-\udfff]")
DEEP = 3
"""So deep lists of records are looked for."""
Flat = dict[str, str]
Numbered = tuple[int, Any]
"""A record after its number, or the line it stands on."""


@dataclass(frozen=True)
class Document:
    """A JSON file: its one value, or the values of its lines with those lines that are none."""

    path: Path
    value: Any = None
    lines: tuple[Numbered, ...] = ()
    by_line: bool = False
    ragged: tuple[Ragged, ...] = ()
    passed: tuple[Passed, ...] = ()


class TwiceNamed(ValueError):
    """An object that has one name twice."""


def document_of(path: Path, form: FileFormat, limits: Limits) -> Document:
    """What a JSON file holds; numbers stay as they are written. Raises Unreadable."""
    size = path.stat().st_size
    if size > limits.packed_bytes:
        raise Unreadable(
            f"{path.name} has {size / 1e6:,.1f} MB; of JSON at most {limits.packed_bytes / 1e6:,.0f} MB are read. "
            "Send it as CSV."
        )
    text = "".join(decoded(path, text_of(path, form, limits.field).encoding))
    if sum(map(text.count, "{[,")) > limits.nodes:
        raise Unreadable(f"{path.name} holds more than {limits.nodes:,} values. Send it in parts, or as CSV.")
    try:
        return Document(path, parsed(text))
    except json.JSONDecodeError as error:
        if by_line := lines_of(path, text):
            return by_line
        raise Unreadable(
            f"{path.name} is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except TwiceNamed as error:
        raise Unreadable(f"{path.name} has an object that names {str(error)!r} twice. Keep one of them.") from error
    except RecursionError as error:
        raise too_deep(path) from error


def too_deep(path: Path) -> Unreadable:
    """The refusal of a file whose objects hold one another too deeply."""
    return Unreadable(f"{path.name} has objects within objects, deeper than is read.")


def parsed(text: str) -> Any:
    """The value of a JSON text: numbers as text, as they are written; what is no number as empty."""
    return json.loads(
        text,
        parse_int=str,
        parse_float=str,
        parse_constant=lambda _: "",
        object_pairs_hook=distinctly_named,
    )


def distinctly_named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refused where it names something twice: one of the two would be lost unseen."""
    names = [whole(name) for name, _ in pairs]
    made = dict(zip(names, (value for _, value in pairs), strict=True))
    if len(made) < len(pairs):
        raise TwiceNamed(next(name for name in names if names.count(name) > 1))
    return made


def lines_of(path: Path, text: str) -> Document | None:
    """A file with a JSON object on each line; none where most lines are no objects."""
    good: list[Numbered] = []
    ragged: list[Ragged] = []
    passed: list[Passed] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if not line.strip():
            passed.append(Passed(number, number, "blank line"))
            continue
        try:
            value = parsed(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            good.append((number, value))
        else:
            ragged.append(Ragged(number, "the line is no JSON object", (short(line),), number))
    if len(good) <= len(ragged):
        return None
    return Document(path, None, tuple(good), True, tuple(ragged), tuple(passed))


def records_table(document: Document, form: FileFormat, limits: Limits) -> tuple[Gathered, FileFormat, tuple[Ask, ...]]:
    """The records as a table, the format with what was found, and what is to be asked. Raises Unreadable."""
    if document.by_line:
        whole = form.model_copy(update={"format": "json"})
        table = gathered(document.path, list(document.lines), limits, document.ragged, document.passed)
        return table, whole, ()
    records, where, asks = chosen_records(document, form)
    numbers = list(enumerate(records, start=1))
    ragged = tuple(
        Ragged(n, "it is no object", (short(as_text(value)),), n) for n, value in numbers if not isinstance(value, dict)
    )
    table = gathered(document.path, [pair for pair in numbers if isinstance(pair[1], dict)], limits, ragged)
    return table, form.model_copy(update={"format": "json", "records": where}), asks


def chosen_records(document: Document, form: FileFormat) -> tuple[list[Any], str, tuple[Ask, ...]]:
    """The list of records, the path to it, and the question which one is meant. Raises Unreadable."""
    found = dict(record_lists(document.value, "", DEEP))
    if form.records is not None:
        if form.records not in found:
            raise Unreadable(
                f"{document.path.name} has no list of records at {form.records!r}"
                + (f"; there is one at {', '.join(map(repr, found))}." if found else ".")
            )
        return found[form.records], form.records, ()
    if not found:
        raise Unreadable(f"{document.path.name} holds no list of records, that is of objects with names and values.")
    where = max(found, key=lambda path: len(found[path]))
    if len(found) == 1:
        return found[where], where, ()
    said = "; ".join(f"{path!r} ({len(records):,})" for path, records in found.items())
    return found[where], where, (Ask("records", f"There are several lists of records: {said}. Which?", tuple(found)),)


def record_lists(value: Any, path: str, deep: int) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects in a value, with their paths."""
    if isinstance(value, list):
        if any(isinstance(one, dict) for one in value):
            yield path, value
    elif isinstance(value, dict) and deep:
        for name, inner in value.items():
            yield from record_lists(inner, f"{path}.{name}" if path else name, deep - 1)


def gathered(
    path: Path,
    records: list[Numbered],
    limits: Limits,
    ragged: tuple[Ragged, ...] = (),
    passed: tuple[Passed, ...] = (),
) -> Gathered:
    """The table of these records. Raises Unreadable where it is larger than is read."""
    flat: list[tuple[int, Flat]] = []
    for number, record in records:
        flat += [(number, row) for row in flat_rows(record, limits)]
        if len(flat) > limits.rows:
            raise Unreadable(too_many_rows(path.name, limits))
    names = list(dict.fromkeys(name for _, row in flat for name in row))
    return filled_table(path, names, flat, limits, ragged, passed)


def filled_table(
    path: Path,
    names: list[str],
    flat: list[tuple[int, Flat]],
    limits: Limits,
    ragged: tuple[Ragged, ...] = (),
    passed: tuple[Passed, ...] = (),
) -> Gathered:
    """The table with these columns; rows with a value too long go aside. Raises Unreadable where it is too large."""
    if not names:
        raise Unreadable(f"{path.name} has no records that hold anything.")
    if len(names) > limits.columns or len(names) * len(flat) > limits.cells:
        raise Unreadable(
            f"{path.name} makes {len(flat):,} rows of {len(names):,} columns, which is more than is read. "
            "Perhaps its names are values."
        )
    rows: list[Row] = []
    long: list[Ragged] = []
    for number, row in flat:
        fields = [row.get(name, "") for name in names]
        longest = max(map(len, fields))
        if longest > limits.field:
            reason = f"a value has {longest:,} characters; at most {limits.field:,} are read"
            long.append(Ragged(number, reason, tuple(map(short, fields)), number))
        else:
            rows.append((number, fields))
    return Gathered(path, tuple(numbered(names)), rows, (*ragged, *long), passed)


def flat_rows(record: Mapping[str, Any], limits: Limits, depth: int | None = None) -> list[Flat]:
    """The rows of a record: one, or one for each object of the lists of objects in it, with what is above them."""
    own: Flat = {}
    repeats: list[tuple[str, list[Any]]] = []
    deep = limits.depth if depth is None else depth
    flatten(record, "", own, repeats, deep)
    rows: list[Flat] = []
    for path, items in repeats:
        for item in items:
            under = item if isinstance(item, dict) else {"": item}
            named = {within(path, name): value for name, value in under.items()}
            rows += [own | row for row in flat_rows(named, limits, deep - 1)]
            if len(rows) > limits.rows:
                return rows
    return rows or [own]


def flatten(value: Any, path: str, own: Flat, repeats: list[tuple[str, list[Any]]], deep: int) -> None:
    """Puts a value's texts into `own`, each at its path, and its lists of objects into `repeats`.

    Raises RecursionError where it is deeper than is read.
    """
    if deep <= 0:
        raise RecursionError
    if isinstance(value, dict):
        for name, inner in value.items():
            flatten(inner, within(path, name), own, repeats, deep - 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        repeats.append((path, value))
    elif isinstance(value, list):
        own[path] = BETWEEN.join(text for text in map(as_text, value) if text)
    else:
        own[path] = as_text(value)


def within(path: str, name: str) -> str:
    """The path of a name in an object; Kobo writes whole paths already."""
    if not path or name.startswith(f"{path}/"):
        return name
    return f"{path}/{name}" if name else path


def as_text(value: Any) -> str:
    """A value as text: nothing for null, JSON for what has parts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return whole(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def whole(text: str) -> str:
    """The text with a sign for each half of a pair that stands alone, as JSON may escape it: no encoding has it."""
    return text if text.isascii() else HALF.sub("\ufffd", text)
