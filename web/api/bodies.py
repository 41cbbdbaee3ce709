"""What a program sends, as a canonical CSV file: JSON and newline-delimited JSON written as one, CSV as it came."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.readers.delimited import LONGEST_FIELD
from data.readers.formats import UPLOAD
from data.readers.kinds import Kind
from data.readers.quarantine import ADDED, is_quarantine
from data.state.columns import NO_CHARACTER
from web.api.problems import Problem
from web.api.rows import Json, Lines

JSON, LINES, CSV = "application/json", "application/x-ndjson", "text/csv"
MEDIA = (JSON, LINES, CSV)
KEY = re.compile(r"[!-~]{1,200}")
SOURCE = re.compile(r"[A-Za-z0-9._-]{1,60}")
SEGMENT = re.compile(r"seg_[A-Za-z0-9_]{1,60}")
MOST_SEGMENTS = 40
LEFT_OUT = (*ADDED, "file")
"""What stands before the columns of rows that were left out, mended and sent again."""
NOTHING = "There are no rows in what was sent."
MANY = f"These are more than {UPLOAD.rows:,} rows, the most that one push may hold. Send them in several."


@dataclass(frozen=True)
class Accepted:
    """What one kind of push may hold: the kind, and those of its columns that its sender may use."""

    kind: Kind
    columns: tuple[str, ...]

    def knows(self, name: str) -> bool:
        """True for a column that may be there."""
        return name in self.columns or (self.kind.segments and SEGMENT.fullmatch(name) is not None)

    def refuse_unknown(self, names: Sequence[str]) -> None:
        """Nothing, when every name is known and segments are few. Raises Problem."""
        unknown = [name for name in names if not self.knows(name)]
        if unknown:
            raise Problem(422, f"Not known here: {quoted(unknown)}. Known are {', '.join(self.columns)}.")
        if len(names) - len(set(names) & set(self.columns)) > MOST_SEGMENTS:
            raise Problem(422, f"There are more than {MOST_SEGMENTS} columns that begin with seg_.")

    def refuse_missing(self, names: Sequence[str]) -> None:
        """Nothing, when every column that is needed is there. Raises Problem."""
        missing = [name for name in self.kind.needed if name not in names]
        if missing:
            raise Problem(422, f"No row has {quoted(missing)}. Every row needs {', '.join(self.kind.needed)}.")


def quoted(names: Sequence[str]) -> str:
    """The first of some names, quoted and cut short."""
    return ", ".join(repr(name[:60]) for name in names[:10]) + (" and more" if len(names) > 10 else "")


def canonical(body: bytes, media: str, accepted: Accepted) -> tuple[bytes, object]:
    """The file, and the source that stood in the body if one did. Raises Problem."""
    text = text_of(body)
    if media == CSV:
        check_csv(text, accepted)
        return body, None
    rows = Json(text) if media == JSON else Lines(text)
    columns = columns_in(rows, accepted)
    return written(rows, columns), rows.source


def text_of(body: bytes) -> str:
    """The body as text. Raises Problem."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = body.count(b"\n", 0, problem.start) + 1
        said = f"The body is not UTF-8: byte {problem.start + 1}, in line {line}."
        raise Problem(400, said, line=line) from None
    if "\0" in text:
        raise Problem(422, "The body holds a NUL sign, which no value has.")
    return text


def columns_in(rows: Json | Lines, accepted: Accepted) -> list[str]:
    """The columns that any row names, in the order of the format, segments last. Raises Problem."""
    found: dict[str, None] = {}
    count = 0
    for number, row in rows:
        count += 1
        if count > UPLOAD.rows:
            raise Problem(413, MANY)
        values = checked_row(number, row)
        if not values.keys() <= found.keys():
            accepted.refuse_unknown([name for name in values if name not in found])
            found |= dict.fromkeys(values)
            accepted.refuse_unknown(list(found))
    if not count:
        raise Problem(422, NOTHING)
    accepted.refuse_missing(list(found))
    return [name for name in accepted.columns if name in found] + sorted(found.keys() - set(accepted.columns))


def checked_row(number: int, row: object) -> dict[str, str | None]:
    """The row, when it is a flat object of texts and numbers. Raises Problem."""
    if not isinstance(row, dict):
        raise Problem(422, f"Row {number} is not an object.", row=number)
    for name, value in row.items():
        if value is None:
            continue
        if not isinstance(value, str):
            said = f"Row {number}: {name[:60]} must be a text, a number or null."
            raise Problem(422, said, row=number)
        if len(value) > UPLOAD.field:
            said = f"Row {number}: {name[:60]} is longer than {UPLOAD.field:,} characters."
            raise Problem(422, said, row=number)
        if NO_CHARACTER.search(value):
            raise Problem(422, f"Row {number}: {name[:60]} holds NUL or half of a character.", row=number)
    return row


def written(rows: Json | Lines, columns: Sequence[str]) -> bytes:
    """The rows as CSV; what a row does not name is empty."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for _, row in rows:
        values = row if isinstance(row, dict) else {}
        writer.writerow([values.get(name) for name in columns])
    return buffer.getvalue().encode()


def check_csv(text: str, accepted: Accepted) -> None:
    """Nothing, when the header names known columns, each once, and there are rows, not too many. Raises Problem."""
    csv.field_size_limit(LONGEST_FIELD)  # as whoever reads the file later sets it, for the whole process
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not header:
            raise Problem(422, NOTHING)
        repeated = [name for name in dict.fromkeys(header) if header.count(name) > 1]
        if repeated:
            raise Problem(422, f"The header names {quoted(repeated)} twice.")
        names = [name for name in header if name not in LEFT_OUT] if is_quarantine(header) else header
        accepted.refuse_unknown(names)
        accepted.refuse_missing(names)
        count = 0
        for fields in reader:
            count += bool(fields)
            if count > UPLOAD.rows:
                raise Problem(413, MANY)
    except csv.Error as problem:
        said = f"The body is not right in line {reader.line_num}: {problem}."
        raise Problem(400, said, line=reader.line_num) from None
    if not count:
        raise Problem(422, NOTHING)
