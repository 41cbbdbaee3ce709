"""`python -m bench.effects`: the cascade of 1,000 factories over 104 weeks, 11 questions and 6 kinds of action.

The panel is drawn in memory, a cell a week of every question and factory, so that what is timed is the estimates and
nothing else. Each step stands beside the panel's making.
"""

import argparse
from functools import partial

import numpy as np

from bench.clock import Figure, peak_memory, timed, told
from data.effects.cascade import Cascade, cascade_of, coverage_table, kinds_table, profiles_table
from data.effects.exposures import WEEK, WINDOW, Cells, Events
from data.effects.footprints import Doers, covariances_table, footprints_table, heard_table, sums_table
from data.effects.panel import Panel, outcome_of
from data.effects.single_events import events_table

FIRST = 20_000
"""The first day, counted from 1970-01-01."""
KINDS = ("cancelled", "changed", "late", "postponed", "raised", "rushed")
COUNTRIES, BUYERS = 5, 40
A_YEAR = 1.2
"""Actions of a kind at a factory."""


def panel(factories: int, weeks: int, questions: int) -> Panel:
    """A panel in which nothing follows anything; a tenth of the cells are missing."""
    rng = np.random.default_rng(7)
    country = np.arange(factories) % COUNTRIES
    unit, week = (grid.ravel() for grid in np.indices((factories, weeks)))
    outcomes = []
    for place in range(questions):
        there = rng.random(unit.size) < 0.9
        opened = FIRST + WEEK * week[there]
        n, y = rng.integers(10, 60, opened.size).astype(float), rng.normal(60, 6, opened.size)
        cells = Cells(unit[there], opened, opened + WEEK - 1, n, y)
        outcomes.append(outcome_of(f"Q{place:02d}", f"T{place:02d}", cells, country))
    many = int(A_YEAR * len(KINDS) * factories * weeks / 52)
    day = FIRST + rng.integers(0, WEEK * weeks, many)
    events = Events(rng.integers(0, factories, many), day, rng.integers(0, 6, many), np.ones(many))
    heads = rng.integers(150, 2500, factories).astype(float)
    return Panel("book", tuple(f"F{place}" for place in range(factories)), heads, KINDS, events, tuple(outcomes))


def table_figures(cascade: Cascade, floor: Figure) -> list[Figure]:
    """How long each table takes."""
    rng = np.random.default_rng(8)
    buyers = tuple(f"B{place}" for place in range(BUYERS))
    doers = Doers(buyers, rng.integers(0, BUYERS, cascade.panel.events.day.size))
    tables = {
        "kinds": partial(kinds_table, cascade),
        "profiles": partial(profiles_table, cascade),
        "single actions": partial(events_table, cascade, alone=False),
        "single actions, each alone": partial(events_table, cascade, alone=True),
        "footprints": partial(footprints_table, cascade, doers),
        "sums": partial(sums_table, cascade),
        "covariances": partial(covariances_table, cascade),
        "actions heard": partial(heard_table, cascade),
        "coverage": partial(coverage_table, cascade),
    }
    made = []
    for name, work in tables.items():
        made.append(timed(name, work, runs=1))
        print(told(made[-1], floor), flush=True)
    return made


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="bench.effects", description="Times and memory of the cascade's estimates.")
    parser.add_argument("--factories", type=int, default=1000)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--questions", type=int, default=11)
    chosen = parser.parse_args()
    drawn: list[Panel] = []
    sizes = (chosen.factories, chosen.weeks, chosen.questions)
    floor = timed("draw the panel, fixed effects ready", lambda: drawn.append(panel(*sizes)), runs=1)
    cells = sum(one.cells.unit.size for one in drawn[0].outcomes)
    columns = len(KINDS) * WINDOW.width
    print(told(floor, note=f"{cells:,} cells, {drawn[0].events.day.size:,} actions, {columns} columns"))
    found: list[Cascade] = []
    fits = timed("every question fitted", lambda: found.append(cascade_of(drawn[0])), runs=1)
    print(told(fits, floor), flush=True)
    tables = table_figures(found[0], floor)
    whole = Figure("estimates and tables together", fits.seconds + sum(one.seconds for one in tables))
    print(told(whole, fits, peak_memory()))


if __name__ == "__main__":
    main()
