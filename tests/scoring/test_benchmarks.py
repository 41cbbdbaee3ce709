"""Benchmarks are read as they were frozen, by month and codebook, by those who may."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.home import Home
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state.store import State
from scoring.benchmark_query import BenchmarkQuery
from scoring.benchmarks import COLUMNS, NotFrozen, benchmark
from scoring.service import Door
from tests.scoring.releases import Asked, Made, cell_of, write_release

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def home_with(folder: Path, cohorts: list[dict[str, object]]) -> Home:
    """A home whose release holds these cohorts."""
    cells = [cell_of(f, "Q1", MAY, 5, range(10)) for f in ("F1", "F2")]
    cells.append(cell_of("F3", "Q1", MAY, 5, range(10), "a book of few"))
    home = Home(folder)
    write_release(home, Made(cells=cells, questions=(Asked("Q1", "PAY"),), factories=("F1", "F2", "F3")))
    with duckdb.connect(str(home.releases / "000001.duckdb")) as connection:
        for row in cohorts:
            names = ", ".join(f"? AS {name}" for name in row)
            connection.execute(f"INSERT INTO cohorts BY NAME SELECT {names}", list(row.values()))
    return home


def opened(folder: Path, cohorts: list[dict[str, object]]) -> OpenRelease:
    """That release."""
    home = home_with(folder, cohorts)
    found = Releases(home, Settings(home=home.root, threads=1)).current()
    assert found is not None
    return found


def cohort(month: date, p50: float | None = 60.0, codebook: str = "book", **more: object) -> dict[str, object]:
    """One cohort."""
    usual = {"cohort": "all", "theme": "overall", "factories": 25, "answers": 400, "reason": None}
    usual |= {"p25": p50, "p75": p50}
    return usual | {"codebook": codebook, "month": month, "p50": p50} | more


ROWS = [
    cohort(MAY, 50.0),
    cohort(JUNE, 61.0, theme="PAY"),
    cohort(JUNE, 60.0),
    cohort(JUNE, 70.0, codebook="a book of few", factories=10),
    cohort(JUNE, None, cohort="country", country="KE", factories=None, answers=None, reason="not_enough"),
]


def test_the_newest_month_is_told(tmp_path: Path) -> None:
    rows = benchmark(opened(tmp_path, ROWS))
    assert tuple(rows.columns) == COLUMNS
    assert rows["on"].tolist() == [date(2026, 6, 30)] * 3
    assert rows["theme"].tolist() == ["overall", "PAY", "overall"]
    assert rows["p50"].tolist()[:2] == [60.0, 61.0]


def test_any_day_names_its_month(tmp_path: Path) -> None:
    assert benchmark(opened(tmp_path, ROWS), date(2026, 5, 17))["p50"].tolist() == [50.0]


def test_another_codebook_can_be_asked_for(tmp_path: Path) -> None:
    release = opened(tmp_path, ROWS)
    assert benchmark(release, codebook="a book of few")["p50"].tolist() == [70.0]
    with pytest.raises(NotFrozen, match="There is no benchmark of 2026-05 in the codebook 'a book of few'"):
        benchmark(release, MAY, "a book of few")


def test_the_usual_codebook_is_that_of_most_factories_in_the_frozen_month(tmp_path: Path) -> None:
    """Not of today: nothing that came later is read for a month that is over."""
    turned = [cohort(MAY, 50.0, factories=10), cohort(MAY, 55.0, codebook="a book of few", factories=15)]
    assert benchmark(opened(tmp_path, turned))["p50"].tolist() == [55.0]


def test_a_hidden_cohort_is_empty(tmp_path: Path) -> None:
    hidden = benchmark(opened(tmp_path, ROWS)).iloc[2]
    assert hidden["reason"] == "not_enough"
    assert hidden[["factories", "answers", "p10", "p25", "p50", "p75", "p90"]].isna().all()


def test_what_is_not_frozen_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFrozen, match="No benchmark of 2026-07 is frozen; there are those from 2026-05 to 2026-06"):
        benchmark(opened(tmp_path / "one", ROWS), date(2026, 7, 1))
    with pytest.raises(NotFrozen, match="No benchmark is frozen yet"):
        benchmark(opened(tmp_path / "two", []))


@pytest.mark.parametrize("role", Role)
def test_ngos_and_operators_see_benchmarks(tmp_path: Path, role: Role) -> None:
    home = home_with(tmp_path, ROWS)
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    door, viewer = Door(Releases(home, settings), state), Viewer(1, role, "O1")
    try:
        if role in (Role.NGO, Role.OPERATOR):
            assert len(door.benchmark(viewer)) == 3
            assert door.benchmarks(viewer, BenchmarkQuery(month=JUNE)) is not None
        else:
            with pytest.raises(NotAvailable):
                door.benchmark(viewer)
            with pytest.raises(NotAvailable):
                door.benchmarks(viewer, BenchmarkQuery())
    finally:
        state.close()
