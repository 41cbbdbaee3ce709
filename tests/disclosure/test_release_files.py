"""What a release file holds cannot be taken apart: every difference of two things is nothing, or ten answers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.data.release.homes import small_home
from tests.data.release.slow import recoded
from tests.data.release.vaults import LOWEST_HIGHEST, QUESTIONS
from tests.data.release.worlds import random_world

TICKS = 6
ASKED = {f"Q{q.question}": q for q in QUESTIONS}


@pytest.fixture(scope="module", params=[3, 11])
def ticks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, list[dict[str, Any]]]]:
    """Every table of every release of a random world, in the order of its ticks."""
    world = random_world(request.param, late=True)
    small = small_home(tmp_path_factory.mktemp("ticks"))
    found, before = [], date.min
    for tick in range(1, TICKS + 1):
        until = world.first + timedelta(days=world.days * tick // TICKS)
        small.load(world.arrived(before, until))
        found.append(tables(small.release(until).path))
        before = until
    small.state.close()
    return found


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table of a release file, as rows."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SHOW TABLES").fetchall()]
        return {name: rows_of(connection.execute(f"FROM {name}")) for name in names}


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What a query answered, as rows by column."""
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def series_of(cells: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The cells of each factory and question."""
    found = defaultdict(list)
    for cell in cells:
        found[cell["factory_id"], cell["indicator_id"]].append(cell)
    return iter(found.values())


def test_two_cells_of_all_releases_are_the_same_or_share_no_day(ticks) -> None:
    whole = [cell for tick in ticks for cell in tick["cells"]]
    assert whole
    for series in series_of(whole):
        distinct = list({tuple(cell.items()): cell for cell in series}.values())
        for one, other in combinations(distinct, 2):
            assert one["closed"] < other["opened"] or other["closed"] < one["opened"], (one, other)


def test_what_a_release_adds_is_whole_cells_of_ten_answers(ticks) -> None:
    for earlier, later in combinations(ticks, 2):
        held, now = ({tuple(c.items()) for c in tick["cells"]} for tick in (earlier, later))
        assert held <= now
        for cell in now - held:
            assert dict(cell)["n"] >= 10


def test_sums_over_any_days_differ_by_nothing_or_by_ten_answers(ticks) -> None:
    """An attacker may add up cells from any day to any day, in any release, and subtract: no small rest is left."""
    for series in series_of([cell for tick in ticks for cell in tick["cells"]]):
        n = sorted({(c["opened"], c["n"]) for c in series})
        totals = np.concatenate([[0], np.cumsum([size for _, size in n])])
        gained = {int(b - a) for a, b in combinations(totals, 2)}
        assert min(gained) >= 10
        rests = {abs(a - b) for a in totals for b in totals}
        assert not {int(rest) for rest in rests} & set(range(1, 10))


def test_no_cell_says_what_all_but_one_said(ticks) -> None:
    """On scales of five values at most a fifth is one value; two answers must differ from the commonest."""
    for cell in ticks[-1]["cells"]:
        counts = [cell[f"c{i}"] for i in range(1, 6)]
        assert sum(counts) == cell["n"] >= 10
        if ASKED[cell["indicator_id"]].scale != "scale10":
            assert cell["n"] - max(counts) >= 2
        else:
            assert not all_but_one(cell) or max(counts) < cell["n"] - 1


def all_but_one(cell: dict[str, Any]) -> bool:
    """True when the sums fit a cell in which all but one gave the same value."""
    asked = ASKED[cell["indicator_id"]]
    low, high = LOWEST_HIGHEST[asked.scale]
    x = [recoded(asked, level) for level in range(low, high + 1)]
    n = cell["n"]
    return any(
        abs((n - 1) * a + b - cell["s1"]) < 1e-6 and abs((n - 1) * a * a + b * b - cell["s2"]) < 1e-3
        for a in x
        for b in x
    )


def test_zero_tolerance_answers_are_in_no_sum(ticks) -> None:
    zero = {name for name, asked in ASKED.items() if asked.zero_tolerance}
    assert zero
    assert not zero & {cell["indicator_id"] for tick in ticks for cell in tick["cells"]}
    assert not zero & {fact["indicator_id"] for tick in ticks for fact in tick["facts"]}


def test_people_are_told_in_fives_from_ten_on(ticks) -> None:
    for tick in ticks:
        first = {}
        for cell in tick["cells"]:
            first[cell["factory_id"]] = min(cell["opened"], first.get(cell["factory_id"], cell["opened"]))
        for row in tick["reach"]:
            assert row["factory_id"] in first, "a factory without a cell has no row"
            opened = first[row["factory_id"]]
            assert row["quarter"] >= opened.replace(month=(opened.month - 1) // 3 * 3 + 1, day=1)
            for name in ("people", "effective_people", "sittings"):
                assert row[name] is None or (row[name] >= 10 and row[name] % 5 == 0)


def test_nothing_in_a_file_names_a_person_a_sitting_or_a_segment(ticks) -> None:
    for tick in ticks:
        for name, rows in tick.items():
            for column in rows[0] if rows else ():
                assert not {"person", "key", "sitting", "submission", "gender", "channel", "weight"} & set(
                    column.split("_")
                ), name
