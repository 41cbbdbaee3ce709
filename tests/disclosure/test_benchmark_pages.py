"""What the benchmark page and its files tell is what is frozen, to the number: nothing hidden, and nothing live."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from access.roles import Role
from access.viewer import Viewer
from components.benchmark_file import benchmark_csv, benchmark_json
from components.benchmark_page import benchmark_page
from components.look import Look
from data.demo.world import Plan, make_world
from data.home import Home
from data.release.publish import release
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from scoring.benchmark_query import BenchmarkQuery, Cohort
from scoring.benchmark_views import BenchmarkView
from scoring.service import Door
from tests.rendered import having, kinds, nodes, text_of

NGO = Viewer(0, Role.NGO, "N1")
FIGURES = ["factories", "answers", "p10", "p25", "p50", "p75", "p90"]
KEY = ["cohort", "country", "sector", "theme", "on"]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A door to a world of forty factories in four countries, some fields of which are hidden."""
    root = tmp_path_factory.mktemp("frozen")
    home = Home(root / "home").prepare()
    settings = Settings(home=home.root, threads=1)
    state = State.open(home, settings)
    make_world(root / "world", Plan(seed=5, factories=40, weeks=22))
    load(home, settings, state, LoadRequest(root / "world"))
    release(home, settings, state)
    yield Door(Releases(home, settings), state)
    state.close()


def queries(door: Door) -> list[BenchmarkQuery]:
    """Each sort of choice with every value that there is."""
    view = shown(door, BenchmarkQuery())
    found = [BenchmarkQuery(theme=choice.key, month=month) for choice in view.themes for month in view.months[-2:]]
    found += [BenchmarkQuery(country=c, sector=s) for c in (None, *view.countries) for s in (None, *view.sectors)]
    compare = (Cohort(), Cohort(view.countries[0], view.sectors[0]))
    return [*found, *(BenchmarkQuery(country=c, compare=compare) for c in view.countries)]


def shown(door: Door, query: BenchmarkQuery) -> BenchmarkView:
    """The page of a query."""
    view = door.benchmarks(NGO, query)
    assert view is not None
    return view


def plain(value: Any) -> str:
    """A value of the table or of a file as text; what is missing is empty."""
    if value is None or pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, (int, float)) else str(value)


def frozen(door: Door, view: BenchmarkView) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every row that `flask benchmark` prints of the codebook, month by month."""
    found = {}
    for month in view.months:
        for row in door.benchmark(NGO, month, view.codebook).to_dict("records"):
            found[tuple(plain(row[name]) for name in KEY)] = tuple(plain(row[name]) for name in FIGURES)
    return found


def test_some_of_it_is_hidden_and_some_is_not(door: Door) -> None:
    """Or the tests below would see nothing."""
    figures = frozen(door, shown(door, BenchmarkQuery())).values()
    assert any(not any(row) for row in figures)
    assert any(all(row[3:6]) for row in figures)


def test_every_row_of_both_files_is_a_row_of_the_table(door: Door) -> None:
    table = frozen(door, shown(door, BenchmarkQuery()))
    seen = set()
    for query in queries(door):
        view = shown(door, query)
        lines = csv.DictReader(line for line in io.StringIO(benchmark_csv(view)) if not line.startswith("#"))
        twin = json.loads(benchmark_json(view))["rows"]
        for line, same in zip(lines, twin, strict=True):
            key, figures = tuple(line[name] for name in KEY), tuple(line[name] for name in FIGURES)
            assert figures == table.get(key, ("",) * len(FIGURES)), key
            assert figures == tuple(plain(same[name]) for name in FIGURES)
            assert line["reason"] == ("" if any(figures) else "not_enough")
            seen.add(key)
    assert len(seen & table.keys()) > len(table) / 4


def test_the_page_draws_no_number_that_the_files_lack(door: Door) -> None:
    for query in queries(door):
        view = shown(door, query)
        drawn = benchmark_page(view, Look())
        told = {one.cohort: one.told for one in view.spreads() if (one.theme, one.on) == (view.theme.key, view.on)}
        fields = [told[one.cohort] for row in view.both for one in row]
        linked = [text_of(one) for one in having(drawn, "sl-bm-field")]
        assert len(linked) == (sum(1 for one in fields if one) if len(view.sectors) > 1 else 0)
        dots = {node.style["--v"] for node in having(drawn, "sl-dw") if "role" in node.to_plotly_json()["props"]}
        assert dots <= {str(one.told.p50) for one in view.spreads() if one.told}
        (picture,) = [node for node in nodes(drawn) if type(node).__name__ == "Graph"]
        points = {y for trace in picture.figure["data"] for y in trace["y"]}
        ends = [(one.told.p25, one.told.p50, one.told.p75) for course in view.courses for one in course if one.told]
        assert points == {end for three in ends for end in three}


def test_nothing_names_a_factory_or_an_owner(door: Door, tmp_path: Path) -> None:
    names = door._releases.current().cells.engine.rows("factories_named", factories=None)
    view = shown(door, BenchmarkQuery())
    said = text_of(benchmark_page(view, Look())) + benchmark_csv(view) + benchmark_json(view)
    words = {word for row in names for word in (row[0], row[1], row[6]) if word}
    assert words
    assert [word for word in words if word in said] == []


def test_what_happens_after_a_month_changes_nothing_of_it(door: Door, tmp_path: Path) -> None:
    """The page is the same to the letter where cells, factories and slices of the release are gone."""
    current = door._releases.current()
    assert current is not None
    bare = Home(tmp_path / "home").prepare()
    target = bare.releases / current.cells.path.name
    target.write_bytes(current.cells.path.read_bytes())
    with duckdb.connect(str(target)) as connection:
        for table in ("cells", "factories", "slices", "reach", "adjust", "flags", "leads"):
            connection.execute(f"DELETE FROM {table}")
    (bare.releases / "CURRENT").write_text((current.cells.path.parent / "CURRENT").read_text())
    settings = Settings(home=bare.root, threads=1)
    state = State.open(bare, settings)
    try:
        emptied = Door(Releases(bare, settings), state)
        for query in queries(door)[::5]:
            assert emptied.benchmarks(NGO, query) == door.benchmarks(NGO, query)
        assert kinds(benchmark_page(shown(emptied, BenchmarkQuery()), Look()), "Graph")
    finally:
        state.close()
