"""`python -m bench.cells`: how much of a demo world may be shown, and how wide its cells are, by factory size."""

import argparse

from bench.__main__ import bench_home
from data.demo.world import Plan
from data.release.publish import release
from data.release.reader import Releases
from data.vault.load import LoadRequest, load


def main() -> None:
    """Prints one line per size of factory, pooled over the seeds."""
    parser = argparse.ArgumentParser(prog="bench.cells", description="Factories shown, cells per answer, median span.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8, 9])
    parser.add_argument("--activity", type=float, default=1.0)
    chosen = parser.parse_args()
    print("seed  size              factories  shown  answers per factory-week  answers per cell  median span, days")
    for seed in chosen.seeds:
        plan = Plan(seed=seed, activity=chosen.activity)
        with bench_home(plan) as (home, settings, state, world):
            load(home, settings, state, LoadRequest(world))
            release(home, settings, state)
            now = Releases(home, settings).current()
            assert now is not None
            rows = now.cells.engine.rows("cells_by_size", weeks=plan.weeks)
        for size, factories, shown, weekly, per_cell, span in rows:
            counts = f"{seed:>4}  {size:<16}  {factories:>9}  {shown:>5.0%}  {weekly:>24,.0f}"
            print(f"{counts}  {per_cell:>16.1f}  {span:>17.0f}")


if __name__ == "__main__":
    main()
