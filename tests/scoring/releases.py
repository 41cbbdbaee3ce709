"""Release files written table by table, so that scores can be tested on cells that nobody had to answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.engine import Engine, attach
from data.home import Home
from data.release.effects import write_effects
from data.release.files import point_to
from data.release.reader import OpenRelease, Releases
from data.settings import Settings

THROUGH = date(2026, 6, 30)


@dataclass(frozen=True)
class CellRow:
    """One cell, as a release has it."""

    factory_id: str
    indicator_id: str
    opened: date
    closed: date
    n: int
    s1: float
    s2: float
    codebook: str = "book"


@dataclass(frozen=True)
class Asked:
    """One question of a codebook."""

    indicator_id: str
    theme: str
    role: str = "scored"
    zero_tolerance: bool = False
    is_vignette: bool = False
    event_sensitive: bool = False
    codebook: str = "book"


@dataclass(frozen=True)
class Reached:
    """How many took part in a quarter."""

    factory_id: str
    quarter: date
    people: int | None
    effective: int | None
    sittings: int | None


@dataclass
class Made:
    """What a release shall hold."""

    cells: Sequence[CellRow] = ()
    questions: Sequence[Asked] = ()
    factories: Sequence[str] = ("F1",)
    reach: Sequence[Reached] = ()
    actions: Sequence[dict[str, object]] = field(default_factory=list)
    pooled: bool = True


def cell_of(
    factory: str, indicator: str, opened: date, days: int, x: Iterable[float], codebook: str = "book"
) -> CellRow:
    """The cell of these answers, recoded to 0..100."""
    values = np.asarray(list(x), dtype=float)
    closed = opened + timedelta(days=days - 1)
    return CellRow(factory, indicator, opened, closed, values.size, values.sum(), (values * values).sum(), codebook)


def pooled_variances(cells: Sequence[CellRow]) -> dict[tuple[str, str], float]:
    """The pooled variance of each question, from its cells."""
    found: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for c in cells:
        found.setdefault((c.codebook, c.indicator_id), []).append((c.s2 - c.s1**2 / c.n, c.n - 1))
    return {key: sum(a for a, _ in rows) / max(sum(b for _, b in rows), 1) for key, rows in found.items()}


def write_release(home: Home, made: Made, number: int = 1, through: date = THROUGH) -> None:
    """Writes a release with its effects and makes it the current one."""
    home.prepare()
    connection = duckdb.connect(config={"threads": 1})
    engine = Engine(connection)
    attach(connection, home.releases / f"{number:06d}.duckdb", "release")
    engine.script("release_tables")
    fill(connection, "cells", [vars(c) for c in made.cells])
    fill(connection, "indicators", [asked_row(q, place) for place, q in enumerate(made.questions)])
    named = [{"factory_id": f, "name": f"Mill {f}", "country": "BD", "owner_id": "O1"} for f in made.factories]
    fill(connection, "factories", named)
    rows = [
        {"factory_id": r.factory_id, "quarter": r.quarter, "people": r.people, "effective_people": r.effective,
         "sittings": r.sittings}
        for r in made.reach
    ]  # fmt: skip
    fill(connection, "reach", rows)
    facts = [
        {"fact": "pooled_variance", "codebook": book, "indicator_id": indicator, "value": value}
        for (book, indicator), value in pooled_variances(made.cells).items()
    ]
    fill(connection, "facts", facts if made.pooled else [])
    meta = {"release": number, "through": through, "made_at": datetime(2026, 7, 1), "cells": len(made.cells)}  # noqa: DTZ001
    fill(connection, "meta", [meta | {"closed_now": 0, "method": "1.0", "demo": False, "seamline": "0"}])
    connection.execute("DETACH release")
    name = f"{number:06d}-{len(made.actions):016x}"
    write_effects(engine, home.effects / f"{name}.duckdb", list(made.actions))
    connection.close()
    point_to(home.effects, name)
    point_to(home.releases, f"{number:06d}")


def asked_row(asked: Asked, place: int) -> dict[str, object]:
    """A question as the release has it."""
    more = {"theme_name": f"Theme {asked.theme}", "short_name": f"Question {asked.indicator_id}", "text": "?"}
    return vars(asked) | more | {"scale": "ordinal5", "polarity": 1, "place": place}


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    """Appends rows to a table of the release; columns that are not named stay empty."""
    if not rows:
        return
    connection.register("rows_now", pd.DataFrame(rows).astype("object"))
    connection.execute(f"INSERT INTO release.{table} BY NAME FROM rows_now")
    connection.unregister("rows_now")


def opened(folder: Path, made: Made, through: date = THROUGH) -> OpenRelease:
    """A new home with this release, opened."""
    home = Home(folder)
    write_release(home, made, through=through)
    found = Releases(home, Settings(home=home.root, threads=1)).current()
    assert found is not None
    return found


def action_row(action_id: str, factory: str, day: date, **more: object) -> dict[str, object]:
    """An action as the effects file takes it."""
    row: dict[str, object] = {
        "action_id": action_id, "kind": "rush_order", "kind_name": "Rush order", "token": "rush", "sign": -1,
        "factory_id": factory, "buyer_id": "B1", "buyer_name": "Buyer B1", "order_id": None, "date": day,
        "announced_date": None, "end_date": None, "magnitude": None, "unit": None, "note": None,
        "actor_type": "buyer", "actor_id": "B1",
    }  # fmt: skip
    return row | more
