"""Small files for the readers' tests, and what a table of them holds."""

from pathlib import Path

import pytest

from data.readers.formats import UPLOAD, FileFormat, Limits
from data.readers.opening import opened_table
from data.readers.table import Table
from tests.conftest import ROOT

REAL = ROOT.parent / "shared" / "data"


def real(name: str) -> Path:
    """A real file of ../shared/data; the test is skipped where that folder is absent."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real files are not beside the repository: {name}")
    return path


def written(folder: Path, body: str | bytes, name: str = "some.csv") -> Path:
    """A file with this body."""
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def opened(path: Path, limits: Limits = UPLOAD, **said: object) -> Table:
    """The file as a table, read as an upload, with what is said of its format."""
    return opened_table(path, FileFormat.model_validate(said), limits)


def rows(table: Table) -> list[tuple[int, list[str]]]:
    """Every row with its line."""
    return [
        (line, [column[i] for column in batch.columns])
        for batch in table.batches()
        for i, line in enumerate(batch.lines)
    ]


def values(table: Table) -> list[list[str]]:
    """Every row without its line."""
    return [fields for _, fields in rows(table)]


def refused(table: Table) -> list[tuple[int, int | None, str]]:
    """The first line, last line and reason of every row that is refused."""
    return [(row.line, row.last, row.reason) for batch in table.batches() for row in batch.ragged]


def passed(table: Table) -> list[tuple[int, int, str]]:
    """The lines passed over, with why."""
    return [(one.line, one.last, one.why) for one in table.passed_over()]
