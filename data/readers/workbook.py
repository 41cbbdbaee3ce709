"""The rows of a sheet: xls, xlsx, xlsb and ods, read by python-calamine in a process of its own."""

import json
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from data.readers import cells
from data.readers.formats import FileFormat, Limits, Unreadable
from data.readers.table import Aside, Ragged, Row, short

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
"""The entry that makes a zip a workbook."""
KEPT = 500_000
"""A sheet of so many cells is kept in memory; a larger one is read again for every look."""
ERROR_CELL = b't="e"'
BLANK = "blank row"


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: whether it holds anything, and in which rows neighbouring cells are merged."""

    name: str
    filled: bool
    merged: frozenset[int]


@dataclass(frozen=True)
class SheetRows:
    """The raw rows of one sheet, numbered from 1 as a spreadsheet does."""

    path: Path
    sheet: str
    limits: Limits
    kept: tuple[list[str], ...] | None = None

    def of(self, sheet: str) -> "SheetRows":
        """The rows of another sheet."""
        return SheetRows(self.path, sheet, self.limits)

    def last_line(self, row: Row) -> int:
        """The row itself."""
        return row[0]

    def rows(self, aside: Aside) -> Iterator[Row]:
        """Every row that is not blank. Raises Unreadable."""
        for line, fields in enumerate(self.all_rows(), start=1):
            longest = max(map(len, fields), default=0)
            if longest > self.limits.field:
                reason = f"a cell has {longest:,} characters; at most {self.limits.field:,} are read"
                aside.ragged.append(Ragged(line, reason, tuple(map(short, fields)), line))
            elif not "".join(fields).strip():
                aside.passing(line, line, BLANK)
            else:
                yield line, list(fields)

    def all_rows(self) -> Iterator[list[str]]:
        """The rows as they were kept, or read again."""
        if self.kept is not None:
            yield from self.kept
            return
        with closing(said_by_reader(self.path, self.limits, [self.sheet])) as said:
            for value in said:
                if isinstance(value, list) and (not value or isinstance(value[0], str)):
                    yield value


def refuse_bomb(path: Path, limits: Limits) -> None:
    """Raises Unreadable for a workbook that is too large, packed or unpacked, is none, or has a password."""
    size = path.stat().st_size
    if size > limits.packed_bytes:
        raise Unreadable(
            f"{path.name} has {size / 1e6:,.1f} MB; of a workbook at most {limits.packed_bytes / 1e6:,.0f} are read. "
            "Save the sheet as CSV."
        )
    with path.open("rb") as file:
        if file.read(8) == OLE:
            file.seek(0)
            if ENCRYPTED in file.read():
                raise Unreadable(f"{path.name} has a password. Save it without one and send it again.")
            return
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"{path.name} is a damaged workbook. Save it once more and send it again.") from error
    if not any(part.filename in WORKBOOKS for part in parts):
        raise Unreadable(f"{path.name} is a zip and no workbook. Send the files in it one by one.")
    grown = any(part.file_size > 1_000_000 and part.file_size > limits.ratio * part.compress_size for part in parts)
    if grown or len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unzipped_bytes:
        raise Unreadable(f"{path.name} grows beyond what is read when it is unpacked. Save the sheet as CSV.")


def opened_sheet(path: Path, form: FileFormat, limits: Limits) -> tuple[SheetRows, tuple[Sheet, ...], Sheet]:
    """The rows of the sheet that is meant, all sheets that hold anything, and that sheet. Raises Unreadable.

    Where several hold something and none is named, the first of them is taken for what is meant.
    """
    refuse_bomb(path, limits)
    with closing(said_by_reader(path, limits, [])) as said:
        sheets = tuple(Sheet(str(one["name"]), bool(one["filled"]), frozenset(one["merged"])) for one in next(said, []))
        filled = tuple(sheet for sheet in sheets if sheet.filled)
        if not filled:
            raise Unreadable(f"{path.name} has no sheet that holds anything.")
        if form.sheet is None:
            kept = kept_rows(said) if len(filled) == 1 else None
            return SheetRows(path, filled[0].name, limits, kept), filled, filled[0]
    meant = next((sheet for sheet in sheets if sheet.name.casefold() == form.sheet.casefold()), None)
    if meant is None:
        named = ", ".join(repr(sheet.name) for sheet in filled)
        raise Unreadable(f"{path.name} has no sheet {form.sheet!r}; it has {named}.")
    return SheetRows(path, meant.name, limits), filled, meant


def kept_rows(said: Iterator[Any]) -> tuple[list[str], ...] | None:
    """The rows that follow, if they are few enough to be kept."""
    rows: list[list[str]] = []
    count = 0
    for value in said:
        if isinstance(value, list):
            rows.append(value)
            count += len(value)
        if count > KEPT:
            return None
    return tuple(rows)


def all_sheets(path: Path, limits: Limits) -> dict[str, list[list[str]]]:
    """Every sheet's rows by its name, for workbooks that are forms. Raises Unreadable."""
    refuse_bomb(path, limits)
    with closing(said_by_reader(path, limits, [])) as said:
        names = [str(one["name"]) for one in next(said, []) if one["filled"]]
    found: dict[str, list[list[str]]] = {name: [] for name in names}
    name = ""
    with closing(said_by_reader(path, limits, names)) as said:
        for value in said:
            if isinstance(value, dict):
                name = str(value["sheet"])
            elif name:
                found[name].append(value)
    return found


def said_by_reader(path: Path, limits: Limits, sheets: list[str]) -> Generator[Any]:
    """What the reading process writes, line by line: the sheets, then rows. Raises Unreadable where it fails."""
    command = [sys.executable, "-I", str(cells.__file__), str(path.resolve()), str(limits.memory), str(limits.seconds)]
    reader = subprocess.Popen(  # noqa: S603  # our own script, no shell; the path is one argument
        [*command, *sheets], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    output = cast(IO[bytes], reader.stdout)
    ended = False
    try:
        for raw in output:
            value = json.loads(composed(raw.decode("utf-8")))
            if isinstance(value, dict) and "error" in value:
                raise Unreadable(refused(path, str(value["error"])))
            if value == "end":
                ended = True
                break
            yield value
        if not ended:
            raise Unreadable(
                f"{path.name} is damaged, or takes more memory or time than a workbook may. Save the sheet as CSV."
            )
    finally:
        output.close()
        if reader.poll() is None:
            reader.kill()
        reader.wait()


def refused(path: Path, error: str) -> str:
    """A sentence for what the reading process could not do."""
    if error == "password":
        return f"{path.name} has a password. Save it without one and send it again."
    if error.startswith("Cannot detect"):
        return f"{path.name} is a damaged workbook. Save it once more and send it again."
    return f"{path.name} cannot be read as a workbook: {short(error).rstrip('.')}. Save it once more, or as CSV."


def composed(line: str) -> str:
    """A line with letters and their marks as one sign each."""
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def error_cells(path: Path) -> int:
    """How many cells of an xlsx workbook hold an error such as #N/A; they are read as empty."""
    if not zipfile.is_zipfile(path):
        return 0
    count = 0
    with zipfile.ZipFile(path) as packed:
        for part in packed.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with packed.open(part) as file:
                    while piece := file.read(1 << 20):
                        count += piece.count(ERROR_CELL)
    return count
