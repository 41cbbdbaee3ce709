"""What a quarter fixes does not depend on how often releases are made, and releases hold all of it."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from data.demo.world import Plan, make_world
from data.release.run import Closed, write_cells
from tests.data.release.quarterly import QuarterVault, heads, random_answers
from tests.data.vault.place import Place

DAY = timedelta(days=1)
LATE = date(2026, 2, 20)
"""So that a quarter ends after 40 days."""
SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample"


@pytest.mark.parametrize(("seed", "step"), [(0, 1), (1, 4), (2, 31)])
def test_day_by_day_is_all_at_once(seed: int, step: int) -> None:
    said = random_answers(seed, days=50, factories=4, first=LATE)
    whole, daily = QuarterVault(range(1, 6)), QuarterVault(range(1, 6))
    for vault in (whole, daily):
        vault.count_heads(heads())
    whole.say(said)
    whole.release(LATE + 49 * DAY)
    before = LATE - DAY
    for offset in [*range(step - 1, 49, step), 49]:
        day = LATE + offset * DAY
        daily.say(said[(said["day"] > before) & (said["day"] <= day)])
        daily.release(day)
        before = day
    for name in ("cells", "reach", "adjust", "leads", "quarters"):
        assert daily.table(name) == whole.table(name)
        assert whole.table(name)
    for one, other in zip(daily.table("likeness"), whole.table("likeness"), strict=True):
        assert one[:3] == other[:3]
        assert one[3:] == pytest.approx(other[3:], rel=1e-12)
    for vault in (whole, daily):
        vault.close()


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of a release but what says when it was made, in a fixed order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = sorted(
            {table for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()} - {"meta"}
        )
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


def test_a_release_grown_from_the_one_before_is_one_written_anew(tmp_path: Path) -> None:
    grown, anew = Place.at(tmp_path / "grown"), Place.at(tmp_path / "anew")
    last, files = date(2026, 4, 28), []
    make_world(tmp_path / "world", Plan(seed=5, factories=4, weeks=24, last_day=last))
    for place, days in ((grown, [last - 9 * i * DAY for i in reversed(range(7))]), (anew, [last])):
        place.load(tmp_path / "world")
        paths = [place.release(day).path for day in days]
        files.append(paths[-1])
        place.state.close()
    found, expected = (tables_of(path) for path in files)
    public = [[row[:-1] for row in tables.pop("factories")] for tables in (found, expected)]
    assert public[0] == public[1], "but for the public ids, which each home draws for itself"
    assert found == expected
    for name in ("cells", "reach", "adjust", "facts", "leads", "indicators"):
        assert found[name], name


def test_a_release_is_written_anew_where_the_one_before_is_not_as_it_should_be(tmp_path: Path) -> None:
    place = Place.at(tmp_path)
    place.load(SAMPLE)
    place.release(date(2026, 8, 1))
    file = place.home.releases / "000001.duckdb"
    file.chmod(0o600)
    with duckdb.connect(str(file)) as connection:
        connection.execute("ALTER TABLE cells DROP COLUMN c5")
    made = place.release(date(2026, 8, 10))
    assert len(tables_of(made.path)["cells"]) == made.cells
    file = place.home.releases / "000002.duckdb"
    file.unlink()
    made = place.release(date(2026, 8, 20))
    assert len(tables_of(made.path)["cells"]) == made.cells
    place.state.close()


def test_a_large_release_after_none_is_seen_in_the_same_transaction() -> None:
    """DuckDB 2.0 loses sight of a large insert that follows an insert of nothing."""
    vault = QuarterVault([1])
    engine = vault.engine
    series = np.array([(1 << 32) + 1])
    engine.connection.begin()
    for size in (0, 150_000):
        places, days = np.zeros(size, dtype=np.int64), np.arange(size) % 9_000
        counts = np.zeros((size, 11), dtype=np.int64)
        counts[:, 1], counts[:, 5] = 6, 6
        assert write_cells(engine, series, Closed(places, days, days, counts), 1) == size
    rows = engine.connection.execute("SELECT release, count(*) FROM vault.cells GROUP BY release").fetchall()
    assert rows == [(1, 150_000)]
    engine.connection.rollback()
    vault.close()
