"""Reads the cells of a workbook in a process of its own, so that a file made to harm ends that process and no other.

Run as a script: path, memory in bytes, seconds, then the sheets to read (none: the only one that holds anything).
Writes one JSON value a line: first the sheets, then for each sheet its name and its rows as text, at last "end".
"""

import contextlib
import datetime
import json
import resource
import sys
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def text_of_cell(cell: Cell) -> str:
    """A cell as text: days and times in ISO form, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return str(int(cell)) if abs(cell) < 1e15 and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time():
            return cell.date().isoformat()
        return cell.isoformat(sep=" ", timespec="auto" if cell.microsecond else "seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def outline(workbook: CalamineWorkbook) -> list[dict[str, object]]:
    """What each sheet of cells is called, whether it holds anything, and in which rows neighbours are merged."""
    found: list[dict[str, object]] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            cells = workbook.get_sheet_by_name(sheet.name)
            merged = sorted(merged_rows(cells))
            found.append({"name": sheet.name, "filled": cells.start is not None, "merged": merged})
    return found


def merged_rows(sheet: CalamineSheet) -> set[int]:
    """The rows, counted from 1, in which a cell stands for several columns."""
    return {top + 1 for (top, left), (_, right) in sheet.merged_cell_ranges or [] if right > left}


def write(value: object) -> None:
    """Writes one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def write_sheet(sheet: CalamineSheet) -> None:
    """Writes the rows of a sheet from its first one on, each a list of text; a blank one is an empty list."""
    write({"sheet": sheet.name})
    for row in sheet.iter_rows():
        cells = [text_of_cell(cell) for cell in row]
        write(cells if any(cells) else [])


def main(path: str, memory: int, seconds: int, sheets: list[str]) -> None:
    """Writes what the workbook holds."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # a real stream here
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        # By what is in it: an upload has a name of our own, and what it ends in may be wrong anyway.
        workbook = CalamineWorkbook.from_filelike(Path(path).open("rb"))  # noqa: SIM115  # open until the process ends
        found = outline(workbook)
        write(found)
        filled = [str(sheet["name"]) for sheet in found if sheet["filled"]]
        for name in sheets or (filled if len(filled) == 1 else []):
            write_sheet(workbook.get_sheet_by_name(name))
        write("end")
    except PasswordError:
        write({"error": "password"})
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        write({"error": str(error)})


if __name__ == "__main__":
    # A reader who has seen enough closes the pipe.
    with contextlib.suppress(BrokenPipeError):
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
        sys.stdout.flush()
