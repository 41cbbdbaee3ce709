"""One closing run in the vault: takes what came in, closes cells, and carries what stays open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypedDict

import numpy as np

from data.codebook.scales import LEVELS, fifths, points
from data.engine import Columns, Engine
from data.release.closing import NONE, Accumulators, Closed, Ints, as_ints, closed_cells, day_rows, days_of

BEGINNING = date(1970, 1, 1)
WIDEST = 1 << 32
"""Keeps factory and question apart in one number."""


class Arrived(TypedDict):
    """Which answers a run takes in: those after `before` or of a later load, up to `through`."""

    before: date
    last_load: int
    through: date
    release: int


class NothingToClose(Exception):
    """There is nothing to release, or the release would go back in time. The message says which."""


@dataclass(frozen=True)
class Run:
    """One closing run, as the vault notes it."""

    release: int
    through: date
    last_load: int
    cells: int
    closed_now: int


def closing_run(engine: Engine, through: date | None) -> Run:
    """Closes the days up to `through` (default: the last day loaded). Raises NothingToClose.

    Must run inside one transaction of the vault.
    """
    before, last_load = last_run(engine)
    through = through or last_day(engine)
    if through < before:
        raise NothingToClose(
            f"Days up to {before.isoformat()} are closed already; a release through {through.isoformat()} would go "
            "back."
        )
    number = next_release(engine)
    arrived = Arrived(before=before, last_load=last_load, through=through, release=number)
    closed_now = early_cells(engine, arrived)
    take_rows(engine, arrived, early=False)
    series, held = carried(engine)
    closed_now += write_cells(engine, series, fold(engine, held, series, through), number)
    write_open(engine, series, held)
    return note_run(engine, number, through, closed_now)


def take_rows(engine: Engine, arrived: Arrived, *, early: bool) -> None:
    """Makes the answers that arrived ready for the fold: early ones, or all others."""
    engine.do("closing_rows", **arrived, early=early)
    engine.do("carried_people", early=early)


def early_cells(engine: Engine, arrived: Arrived) -> int:
    """How many cells closed from answers older than their factory's first cell, by their own days."""
    take_rows(engine, arrived, early=True)
    series = np.unique(key_of(engine.run("series_here")))
    closed = fold(engine, Accumulators.empty(series.size), series, arrived["through"])
    return write_cells(engine, series, closed, arrived["release"])


def last_run(engine: Engine) -> tuple[date, int]:
    """Through which day, and up to which load, the last run closed."""
    found = engine.connection.execute(
        "SELECT through, last_load FROM vault.releases ORDER BY release DESC LIMIT 1"
    ).fetchone()
    return (found[0], int(found[1])) if found else (BEGINNING, 0)


def last_day(engine: Engine) -> date:
    """The last day on which anybody answered. Raises NothingToClose when nobody ever did."""
    found = engine.connection.execute("SELECT max(day) FROM vault.answers").fetchone()
    if not found or found[0] is None:
        raise NothingToClose("No answers are loaded yet. Load some with `flask load`, then release.")
    newest: date = found[0]
    return max(newest, last_run(engine)[0])


def next_release(engine: Engine) -> int:
    """The number of the release that is about to be made."""
    found = engine.connection.execute("SELECT coalesce(max(release), 0) + 1 FROM vault.releases").fetchone()
    return int(found[0]) if found else 1


def carried(engine: Engine) -> tuple[Ints, Accumulators]:
    """The keys of all series that take part (factory and question in one number), and what they hold."""
    rows = engine.run("carried_series")
    counts = engine.run("carried_counts")
    here = engine.run("series_here")
    series = np.unique(np.concatenate([key_of(rows), key_of(here)]))
    held = Accumulators.empty(series.size)
    at = np.searchsorted(series, key_of(rows))
    for name in ("since", "opened", "last", "quarter", "best", "people"):
        getattr(held, name)[at] = as_ints(rows[name])
    held.counts[np.searchsorted(series, key_of(counts)), as_ints(counts["level"])] = as_ints(counts["n"])
    return series, held


def key_of(rows: Columns) -> Ints:
    """Factory and question as one number."""
    return as_ints(rows["factory"]) * WIDEST + as_ints(rows["question"])


def fold(engine: Engine, held: Accumulators, series: Ints, through: date) -> Closed:
    """Walks over the days that came in and closes what may be closed."""
    sums = engine.run("day_sums")
    people = engine.run("day_people")
    keyless = engine.run("day_keyless")
    days = np.unique(days_of(sums["fold_day"]))
    at = {id(rows): np.searchsorted(series, key_of(rows)) for rows in (sums, people, keyless)}
    return closed_cells(
        held,
        day_rows(days, sums, at[id(sums)], ("level", "n", "first_day", "last_day", "quarter")),
        day_rows(days, people, at[id(people)], ("before", "quarter")),
        day_rows(days, keyless, at[id(keyless)], ("people", "quarter")),
        (through - BEGINNING).days,
    )


def write_cells(engine: Engine, series: Ints, closed: Closed, number: int) -> int:
    """Appends the closed cells with their plain sums; how many there were comes back.

    DuckDB 2.0 loses sight of a large insert that follows an insert of no row in one transaction, until the file
    is opened again; so nothing is inserted where nothing closed.
    """
    keys = series[closed.series]
    if not keys.size:
        return 0
    question = keys % WIDEST
    described = {
        key: points(scale, polarity)
        for key, scale, polarity in engine.connection.execute(
            "SELECT question, scale, polarity FROM vault.questions"
        ).fetchall()
    }
    asked, which = np.unique(question, return_inverse=True)
    table = np.array([described[int(key)] for key in asked]).reshape(-1, LEVELS)
    x = np.nan_to_num(table)[which]
    fifth = np.array([fifths(row) for row in table]).reshape(-1, LEVELS)[which]
    cells = {
        "factory": keys // WIDEST,
        "question": question,
        "opened": closed.opened.astype("datetime64[D]").astype("datetime64[s]"),
        "closed": closed.closed.astype("datetime64[D]").astype("datetime64[s]"),
        "n": closed.counts.sum(axis=1),
        "s1": (closed.counts * x).sum(axis=1),
        "s2": (closed.counts * x * x).sum(axis=1),
    }
    cells |= {f"c{i + 1}": (closed.counts * (fifth == i)).sum(axis=1) for i in range(5)}
    engine.offer("new_cells", cells)
    engine.do("cells_written", release=number)
    return int(keys.size)


def write_open(engine: Engine, series: Ints, held: Accumulators) -> None:
    """Replaces what is carried by what stays open now."""
    engine.script("open_emptied")
    still = np.flatnonzero(held.opened != NONE)
    keys = series[still]
    frame = {"factory": keys // WIDEST, "question": keys % WIDEST}
    days = {
        n: getattr(held, n)[still].astype("datetime64[D]").astype("datetime64[s]")
        for n in ("since", "opened", "last", "quarter")
    }
    engine.offer("open_now", frame | days | {"best": held.best[still], "people": held.people[still]})
    engine.do("open_series_written")
    row, level = np.nonzero(held.counts[still])
    engine.offer(
        "open_counts_now",
        {
            "factory": frame["factory"][row],
            "question": frame["question"][row],
            "level": level,
            "n": held.counts[still][row, level],
        },
    )
    engine.do("open_counts_written")
    engine.do("open_people_written")


def note_run(engine: Engine, number: int, through: date, closed_now: int) -> Run:
    """Notes the run in the vault's list of releases."""
    found = engine.connection.execute(
        "SELECT (SELECT coalesce(max(load), 0) FROM vault.loads), (SELECT count(*) FROM vault.cells)"
    ).fetchall()
    last_load, cells = (int(value) for value in found[0])
    engine.connection.execute(
        "INSERT INTO vault.releases VALUES ($release, $through, $last_load, $made_at, $cells, $closed_now)",
        {
            "release": number,
            "through": through,
            "last_load": last_load,
            "cells": cells,
            "closed_now": closed_now,
            "made_at": datetime.now(UTC).replace(tzinfo=None),
        },
    )
    return Run(number, through, last_load, cells, closed_now)
