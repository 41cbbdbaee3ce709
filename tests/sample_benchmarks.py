"""Frozen cohorts as a release would hold them, without a release, for tests. All of it is invented."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from scoring.benchmark_pages import benchmarks
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmark_views import BenchmarkView
from scoring.model import Stamp

APRIL, MAY, JUNE = (date(2026, number, 1) for number in (4, 5, 6))
STAMP = Stamp(42, date(2026, 7, 20), "1.2", demo=True)
TODAY = date(2026, 7, 22)
THEMES = {"HRS": "Hours, rest and pace", "PAY": "Pay"}
Row = tuple[Any, ...]


def row(
    country: str | None, sector: str | None, theme: str, month: date, p50: int | None = None, *,
    half: tuple[int, int] | None = None, ends: tuple[int, int] | None = None, factories: int = 15,
) -> Row:  # fmt: skip
    """One row as `benchmark_page.sql` answers it; without a middle it is hidden."""
    low, high = half or ((p50 - 5, p50 + 5) if p50 is not None else (None, None))
    p10, p90 = ends or (None, None)
    counts = (None, None) if p50 is None else (factories, 40 * factories)
    place = list(THEMES).index(theme) if theme in THEMES else None
    return (country, sector, theme, month, *counts, p10, low, p50, high, p90, THEMES.get(theme), place)


ROWS: tuple[Row, ...] = (
    row(None, None, "overall", APRIL, 60, ends=(48, 72), factories=60),
    row(None, None, "overall", JUNE, 62, ends=(50, 74), factories=60),
    row("KE", None, "overall", APRIL, 66),
    row("KE", None, "overall", JUNE, 68, factories=10),
    row("BD", None, "overall", JUNE, 58),
    row("ET", None, "overall", JUNE),
    row("VN", None, "overall", JUNE, 62),
    row(None, "knitwear", "overall", JUNE, 61),
    row(None, "footwear", "overall", JUNE, 63, half=(60, 66)),
    row("BD", "knitwear", "overall", JUNE, 57),
    row("BD", "footwear", "overall", JUNE, 59),
    row("KE", "knitwear", "overall", JUNE),
    row(None, None, "HRS", JUNE, 55, half=(50, 60), ends=(44, 66), factories=60),
    row(None, None, "PAY", JUNE, 70, half=(66, 74)),
    row("KE", None, "HRS", JUNE, 57),
    row("KE", None, "PAY", JUNE),
)
"""Three calendar months of which one was never frozen; Ethiopia is hidden, and so is knitwear in Kenya."""


class Engine:
    """Answers the two queries of the page from rows; whatever was asked for is in `asked`."""

    def __init__(self, books: Mapping[str, Iterable[Row]]) -> None:
        self.books = {book: list(rows) for book, rows in books.items()}
        self.asked: list[str] = []

    def rows(self, name: str, **values: Any) -> list[Row]:
        self.asked.append(name)
        if name == "benchmark_page":
            return self.books[values["codebook"]]
        return [(book, month) for month, book in sorted({(r[3], b) for b, rows in self.books.items() for r in rows})]


class Release(SimpleNamespace):
    """What the page needs of a release."""

    __hash__ = object.__hash__


def release(rows: Iterable[Row] = ROWS, **others: Iterable[Row]) -> Any:
    """A release with these cohorts in the codebook `book`."""
    return Release(cells=SimpleNamespace(engine=Engine({"book": rows, **others})))


def view(query: BenchmarkQuery | None = None, rows: Iterable[Row] = ROWS, **others: Iterable[Row]) -> BenchmarkView:
    """The page that a query asks for."""
    found = benchmarks(release(rows, **others), query or BenchmarkQuery(), STAMP, TODAY)
    assert found is not None
    return found
