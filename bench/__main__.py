"""`make bench`: loads, closes, scores and draws a demo world, and prints how long each took."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from access.roles import Role
from access.viewer import Viewer
from bench.clock import peak_memory, timed, told
from data.demo.world import Plan, make_world
from data.home import Home
from data.release.publish import release
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from scoring.model import TimelineQuery
from scoring.scores import newest_day, scores
from scoring.service import Door

OPERATOR = Viewer(0, Role.OPERATOR, "")


@contextmanager
def bench_home(plan: Plan) -> Iterator[tuple[Home, Settings, State, Path]]:
    """A home of its own with a world and its truth lying beside it, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="seamline-bench-") as folder:
        settings = Settings(home=Path(folder) / "home")
        home = Home(settings.home).prepare()
        world = Path(folder) / "world"
        world.mkdir()
        make_world(world, plan).write(world.parent / "truth")
        state = State.open(home, settings)
        yield home, settings, state, world
        state.close()


def writing_figures(home: Home, settings: Settings, state: State, world: Path, plan: Plan) -> list[str]:
    """Loading, closing all history, and closing one day more."""
    last = plan.dated().last_day
    assert last is not None
    loaded = timed("load a canonical folder", lambda: load(home, settings, state, LoadRequest(world)), runs=1)
    history = timed(
        "close and publish all history but a day",
        lambda: release(home, settings, state, last - timedelta(days=1)),
        runs=1,
    )
    day = timed("close and publish one day more", lambda: release(home, settings, state, last), runs=1)
    return [
        told(loaded, note=f"{plan.factories} factories, vault {home.vault.stat().st_size / 2**20:.0f} MiB"),
        told(history, loaded),
        told(day, history, peak_memory()),
    ]


def reading_figures(home: Home, settings: Settings, state: State) -> list[str]:
    """Scores of all factories, and the two pages, each against a bare sum over the same cells."""
    releases = Releases(home, settings)
    now = releases.current()
    assert now is not None
    on = newest_day(now)
    assert on is not None
    door = Door(releases, state)
    factory = sorted(door.factory_ids() or ())[0]

    def bare() -> object:
        return now.cells.engine.rows("bare_sum")

    floor = timed("bare sum", bare)
    every = timed("scores of every factory, theme and question", lambda: scores(now, on))
    one = timed("scores of one factory", lambda: scores(now, on, factories=[factory]))
    overview = timed("overview of one factory", lambda: door.overview(OPERATOR, factory))
    timeline = timed("timeline of one factory", lambda: door.timeline(OPERATOR, TimelineQuery(factory)))
    cells = now.cells.engine.rows("cell_count")[0][0]
    return [told(floor, note=f"{cells:,} cells"), *(told(f, floor) for f in (every, one, overview, timeline))]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="bench", description="Times and ratios of one run on this machine.")
    parser.add_argument("--factories", type=int, default=60)
    parser.add_argument("--weeks", type=int, default=104)
    chosen = parser.parse_args()
    plan = Plan(factories=chosen.factories, weeks=chosen.weeks)
    with bench_home(plan) as (home, settings, state, world):
        for line in writing_figures(home, settings, state, world, plan):
            print(line)
        for line in reading_figures(home, settings, state):
            print(line)


if __name__ == "__main__":
    main()
