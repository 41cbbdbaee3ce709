"""`python -m bench.flags`: how many injected anomalies are found, and how many warnings a clean world gets.

Every seed makes two worlds: one with all six kinds injected, and the same plan without. An injected anomaly is found
where a warning of its kind at its factory overlaps its days.
"""

import argparse
from dataclasses import replace
from datetime import date
from typing import Literal

import pandas as pd

from bench.__main__ import bench_home
from data.demo.anomalies import DAYS
from data.demo.truth import Truth
from data.demo.world import Plan, make_world
from data.engine import Engine, reading
from data.release.publish import release
from data.vault.load import LoadRequest, load

LAST = date(2026, 6, 28)


def flags_of(plan: Plan) -> tuple[pd.DataFrame, Truth]:
    """The warnings of a released world, and the truth behind it."""
    with bench_home(plan) as (home, settings, state, world):
        load(home, settings, state, LoadRequest(world))
        made = release(home, settings, state)
        connection = reading(made.path, settings)
        try:
            flags = Engine(connection).frame("flags", factories=None)
        finally:
            connection.close()
        return flags, make_world(world, plan)


def found(flags: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """The injected anomalies of the six kinds, with whether each was found."""
    injected = truth.anomalies[truth.anomalies["kind"].isin(list(DAYS))].reset_index(names="place")
    pairs = injected.merge(flags, on=["factory_id", "kind"])
    overlap = pairs[(pairs["from"] <= pairs["last_day"]) & (pairs["to"] >= pairs["first_day"])]
    return injected.assign(found=injected["place"].isin(overlap["place"]))


def lines_of(seed: int, factories: int, weeks: int) -> list[str]:
    """What one seed shows, in words."""
    plan = Plan(seed=seed, factories=factories, weeks=weeks, last_day=LAST)
    everything: Literal["all"] = "all"
    judged = found(*flags_of(replace(plan, anomalies=everything)))
    clean, _ = flags_of(replace(plan, anomalies=False))
    told = [f"seed {seed}: {int(judged['found'].sum())} of {len(judged)} injected anomalies found; "
            f"{len(clean)} warnings in the same world without any"]  # fmt: skip
    for kind, rows in judged.groupby("kind"):
        told.append(f"  {kind:<13} {int(rows['found'].sum())} of {len(rows)}; "
                    f"{int((clean['kind'] == kind).sum())} without")  # fmt: skip
    told += [f"  missed: {row.kind} at {row.factory_id} from {row.first_day:%Y-%m-%d}"
             for row in judged[~judged["found"]].itertuples()]  # fmt: skip
    return told


def main() -> None:
    """Prints the figures of each seed."""
    parser = argparse.ArgumentParser(prog="bench.flags", description="Finds injected anomalies; counts false warnings.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--factories", type=int, default=100)
    parser.add_argument("--weeks", type=int, default=78)
    chosen = parser.parse_args()
    for seed in chosen.seeds:
        for line in lines_of(seed, chosen.factories, chosen.weeks):
            print(line, flush=True)


if __name__ == "__main__":
    main()
