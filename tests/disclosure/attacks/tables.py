"""The release file, table by table, as figures: which answers stand behind each row, and what it tells about them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from data.engine import reading
from tests.disclosure.attacks.figures import EPS, Figure
from tests.disclosure.attacks.worlds import BOOK, Floats, Ints, Moment, World

PLACES = {question.name: place for place, question in enumerate(BOOK)}
Row = dict[str, Any]
WIDEST = 91
"""Cells of more days than this say nothing of a month, and are in no slice."""


def rows_of(moment: Moment, table: str) -> list[Row]:
    """Every row of one table of the release file, with exact digits."""
    connection = reading(moment.path, moment.settings)
    try:
        found = connection.table(table)
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.close()


def answers_between(world: World, factory_id: str, indicator_id: str, first: date, last: date) -> Ints:
    """The answers to a question at a factory on those days."""
    seen = world.seen
    days = (seen.day >= world.number(first)) & (seen.day <= world.number(last))
    return np.flatnonzero(days & (seen.factory == place_of(factory_id)) & (seen.question == PLACES[indicator_id]))


def place_of(factory_id: str) -> int:
    """The number of a factory."""
    return int(factory_id[1:]) - 1


@lru_cache(maxsize=2)
def cells(moment: Moment) -> list[Figure]:
    """One figure for each cell."""
    found = []
    for row in rows_of(moment, "cells"):
        ids = answers_between(moment.world, row["factory_id"], row["indicator_id"], row["opened"], row["closed"])
        assert ids.size == row["n"], row
        family = f"cells of {row['factory_id']} {row['indicator_id']}"
        told = tuple(int(row[f"c{i}"]) for i in range(1, 6))
        label = f"{family} {row['opened']}..{row['closed']}"
        found.append(Figure(label, family, moment.tick, ids, row["s1"], row["s1"], None, told, row["s2"]))
    return found


def slices(moment: Moment) -> list[Figure]:
    """One figure for each slice: the mean of a level over the cells that it splits, by its rounding."""
    world, found = moment.world, []
    closed: dict[tuple[str, str], int] = {}
    rows = list({tuple(row.values()): row for row in rows_of(moment, "slices")}.values())
    spans = sorted({(r["last_day"], r["first_day"], r["factory_id"], r["dim"], r["unit"]) for r in rows})
    for last, first, factory_id, dim, unit in spans:
        whole = np.sort(np.concatenate([world.seen.day[:0], *split_cells(moment, closed, factory_id, dim, unit, last)]))
        for row in rows:
            mine = (row["last_day"], row["first_day"], row["factory_id"], row["dim"], row["unit"])
            if mine == (last, first, factory_id, dim, unit):
                found.append(slice_figure(moment, row, whole))
    return found


def split_cells(
    moment: Moment, closed: dict[tuple[str, str], int], factory_id: str, dim: str, unit: str, last: date
) -> Iterable[Ints]:
    """The answers of the cells that a slice splits: of its unit, by its last month, in none of the dimension yet."""
    month = last.year * 12 + last.month
    for cell in cells(moment):
        question = BOOK[int(moment.world.seen.question[cell.ids[0]])]
        if cell.family != f"cells of {factory_id} {question.name}" or unit not in (question.theme, "overall"):
            continue
        days = moment.world.seen.day[cell.ids]
        day = moment.world.day(int(days[-1]))
        if days[-1] - days[0] > WIDEST:
            continue
        done = closed.get((f"{factory_id} {dim}", question.theme), 0)
        if done < day.year * 12 + day.month <= month:
            yield cell.ids
    for question in BOOK:
        if unit in (question.theme, "overall"):
            closed[f"{factory_id} {dim}", question.theme] = month


def slice_figure(moment: Moment, row: Row, whole: Ints) -> Figure:
    """The figure of one slice of these answers. A merged level names all its levels."""
    said = moment.world.workers[row["dim"]].to_numpy()[moment.world.seen.worker[whole]]
    ids = whole[np.isin(said, row["level"].split(" or "))]
    assert abs(ids.size - row["n"]) <= 2.5, (row, ids.size)
    half = 5.0 if row["n"] < 60 else 2.5 if row["n"] < 200 else 1.0 if row["n"] < 500 else 0.5
    low = 0.0 if row["mean"] <= 10 else row["mean"] - half
    high = 100.0 if row["mean"] >= 90 else row["mean"] + half
    family = f"{row['unit']} by {row['dim']} at {row['factory_id']} {row['first_day']}..{row['last_day']}"
    label = f"{family}: {row['level']}"
    return Figure(label, family, moment.tick, ids, low * ids.size, high * ids.size, loose=2.5)


def quarter_answers(world: World, quarter: date, factory: int | None = None) -> Ints:
    """The averaged answers of a calendar quarter, of one factory or all."""
    following = date(quarter.year + (quarter.month > 9), (quarter.month + 2) % 12 + 1, 1)
    day, averaged = world.seen.day, np.array([not question.zero_tolerance for question in BOOK])
    inside = (day >= world.number(quarter)) & (day < world.number(following)) & averaged[world.seen.question]
    return np.flatnonzero(inside if factory is None else inside & (world.seen.factory == factory))


def adjusted(moment: Moment) -> list[Figure]:
    """One figure for each adjustment, to half a point: a weighted sum of the quarter's answers to a question.

    Whoever attacks is taken to know exactly what each group's departure over all questions adds.
    """
    world, found = moment.world, []
    for row in rows_of(moment, "adjust"):
        here = quarter_answers(world, row["quarter"], place_of(row["factory_id"]))
        ids = here[world.seen.question[here] == PLACES[row["indicator_id"]]]
        weights, constant = adjustment(world, ids, here, quarter_answers(world, row["quarter"]))
        label = f"adjust {row['factory_id']} {row['indicator_id']} {row['quarter']}"
        low, high = (row["points"] + off - constant for off in (-0.25, 0.25))
        found.append(Figure(label, "adjust", moment.tick, ids, low, high, weights))
    return found


def adjustment(world: World, ids: Ints, here: Ints, everywhere: Ints) -> tuple[Floats, float]:
    """How much each answer weighs in the adjustment of a question, and what does not hang on these answers."""
    group, size = world.seen.combination, int(world.seen.combination.max()) + 1
    workers = world.workers[world.workers["factory"] == world.seen.factory[ids[0]]]
    heads = np.bincount(workers["combination"], minlength=size) / len(workers)
    n = np.bincount(group[ids], minlength=size).astype(float)
    apart_here, n_here = departures(world, here, size)
    apart_all, n_all = departures(world, everywhere, size)
    delta = (apart_here + 200.0 * apart_all / np.maximum(n_all, 1)) / (n_here + 200.0)
    more = np.where(heads > 0, heads - n / ids.size, 0.0)
    bare = np.abs(more) * 100.0 / (n + 50.0) > 0.25
    expected = more * np.where(bare, 1.0, 50.0 / (n + 50.0))
    own = np.where(bare, 0.0, more / (n + 50.0))
    return own[group[ids]] + expected.sum() / ids.size, float(expected @ delta)


def departures(world: World, ids: Ints, size: int) -> tuple[Floats, Floats]:
    """By group, how far answers lie from the mean of their factory's question, summed; and how many there are."""
    series = world.seen.factory[ids] * len(BOOK) + world.seen.question[ids]
    means = np.bincount(series, world.said[ids]) / np.maximum(np.bincount(series), 1)
    apart = np.bincount(world.seen.combination[ids], world.said[ids] - means[series], minlength=size)
    return apart, np.bincount(world.seen.combination[ids], minlength=size).astype(float)


def leads(moment: Moment) -> list[Figure]:
    """One figure for each band of a zero-tolerance question: how many of the quarter's answers are a sign."""
    world, found = moment.world, []
    for row in rows_of(moment, "leads"):
        quarter = row["quarter"]
        following = date(quarter.year + (quarter.month > 9), (quarter.month + 2) % 12 + 1, 1)
        days = (world.seen.day >= world.number(quarter)) & (world.seen.day < world.number(following))
        here = (world.seen.factory == place_of(row["factory_id"])) & (
            world.seen.question == PLACES[row["indicator_id"]]
        )
        ids = np.flatnonzero(days & here)
        few = {"none_seen": (0.0, 0.0), "some": (1.0, 0.2 * ids.size), "many": (0.2 * ids.size + EPS, ids.size)}
        least, most = few[row["band"]]
        label = f"leads {row['factory_id']} {row['indicator_id']} {quarter}"
        low, high = 100.0 * (ids.size - most), 100.0 * (ids.size - least)
        found.append(Figure(label, "leads", moment.tick, ids, low, high))
    return found
