"""`make disclosure`: the whole suite on the real release, as a table. Ends with 1 when a group was recovered."""

import argparse
import os
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.disclosure.attacks.figures import Attacker
from tests.disclosure.attacks.suite import ALL, Outcome, outcomes, told
from tests.disclosure.attacks.worlds import PACES, Plan, made_world

Row = tuple[str, int]


def main() -> int:
    """1 when a small group was recovered from the real thing, otherwise 0."""
    asked = argparse.ArgumentParser(prog="make disclosure", description=__doc__)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--ticks", type=int, default=12)
    asked.add_argument("--dissenting", action="store_true", help="colluders always answer against the rest")
    asked.add_argument("--jobs", type=int, default=os.cpu_count(), help="worlds attacked side by side")
    options = asked.parse_args()
    begun = time.monotonic()
    made: dict[Row, Outcome] = defaultdict(Outcome)
    plans = [
        Plan(seed, ticks=options.ticks, pace=PACES[seed % len(PACES)], factories=3, dissenting=options.dissenting)
        for seed in range(options.seeds)
    ]
    with ProcessPoolExecutor(options.jobs) as jobs:
        for done, world in enumerate(jobs.map(attacked, plans), 1):
            for row, found in world.items():
                made[row] = made[row] + found
            print(f"{done} of {options.seeds} worlds done after {time.monotonic() - begun:.0f} s", flush=True)
    print(table(made))
    print(f"{time.monotonic() - begun:.0f} s")
    return int(any(found.recovered for found in made.values()))


def attacked(plan: Plan) -> dict[Row, Outcome]:
    """What was made of one world, by surface and number of colluders in each factory."""
    with tempfile.TemporaryDirectory(prefix="seamline-attacks-") as folder:
        world = made_world(plan)
        heard = told(world, Path(folder))
    made = {}
    for count in (0, plan.colluders):
        attacker = Attacker(world, world.planted if count else frozenset(), count)
        made |= {(name, count): found for name, found in outcomes(attacker, heard).items()}
    return made


def table(made: dict[Row, Outcome]) -> str:
    """The figures for people to read: one line an attack, one column a surface and number of colluders."""
    columns = list(made)
    lines = [["small groups recovered by", *(f"{name}, {count} colluders" for name, count in columns)]]
    lines += [[name, *(str(len(made[column].hits[name])) for column in columns)] for name in ALL]
    lines += [
        ["figures told", *(str(made[column].figures) for column in columns)],
        ["groups bounded by programs", *(str(made[column].groups) for column in columns)],
        ["... pinned by one figure alone", *(str(made[column].alike) for column in columns)],
        ["... nearly so, and by all together", *(str(made[column].near) for column in columns)],
        ["narrowest mean, points", *(f"{made[column].narrowest:.1f}" for column in columns)],
        ["certain by colluders, %", *(f"{100 * made[c].owed / max(made[c].answers, 1):.2f}" for c in columns)],
        ["seconds", *(f"{made[column].seconds:.0f}" for column in columns)],
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    hits = [hit for found in made.values() for some in found.hits.values() for hit in some]
    shown = [f"{h.attack}: {h.what}, {h.people} people, mean {h.low:.1f}..{h.high:.1f}" for h in hits[:12]]
    return "\n".join([*text, *shown])


if __name__ == "__main__":
    raise SystemExit(main())
