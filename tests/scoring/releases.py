"""Release files written table by table, so that scores can be tested on cells that nobody had to answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.effects.files import write_effects
from data.engine import Engine, attach
from data.home import Home
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
    headcount: int | None = None
    covered: int | None = None
    """Percent of the workforce in groups of which somebody answered, in steps of 20."""


@dataclass(frozen=True)
class Site:
    """One factory; a bare id stands for one in BD, of which nothing else is known."""

    factory_id: str
    country: str | None = "BD"
    sector: str | None = None
    headcount: int | None = None


@dataclass(frozen=True)
class Adjusted:
    """What makes the answers of a quarter look like the workforce, and by how much that widens the variance."""

    factory_id: str
    indicator_id: str
    quarter: date
    points: float
    d_w: float = 1.0
    codebook: str = "book"


@dataclass(frozen=True)
class Flagged:
    """A warning about a span of days."""

    factory_id: str
    first_day: date
    last_day: date
    kind: str = "burst"


@dataclass
class Made:
    """What a release shall hold."""

    cells: Sequence[CellRow] = ()
    questions: Sequence[Asked] = ()
    factories: Sequence[str | Site] = ("F1",)
    reach: Sequence[Reached] = ()
    actions: Sequence[dict[str, object]] = field(default_factory=list)
    pooled: bool = True
    adjust: Sequence[Adjusted] = ()
    flags: Sequence[Flagged] = ()
    likeness: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """ρ and ρ_c by fact ("rho", "rho_c") and codebook, where the release says them."""
    variances: Mapping[tuple[str, str], float] | None = None
    """The pooled variance by codebook and question; None: as the cells have it."""

    @property
    def sites(self) -> list[Site]:
        """Every factory, by id."""
        found = [Site(one) if isinstance(one, str) else one for one in self.factories]
        return sorted(found, key=lambda one: one.factory_id)

    @property
    def pooled_variances(self) -> Mapping[tuple[str, str], float]:
        """The pooled variance that the release says, by codebook and question."""
        if self.variances is not None:
            return self.variances
        return pooled_variances(self.cells) if self.pooled else {}


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
    named = [vars(site) | {"name": f"Mill {site.factory_id}", "owner_id": "O1"} for site in made.sites]
    fill(connection, "factories", named)
    rows = [
        {"factory_id": r.factory_id, "quarter": r.quarter, "people": r.people, "effective_people": r.effective,
         "sittings": r.sittings, "headcount": r.headcount, "covered": r.covered}
        for r in made.reach
    ]  # fmt: skip
    fill(connection, "reach", rows)
    fill(connection, "adjust", [vars(a) for a in made.adjust])
    fill(connection, "flags", [vars(f) for f in made.flags])
    fill(connection, "facts", fact_rows(made))
    meta = {"release": number, "through": through, "made_at": datetime(2026, 7, 1), "cells": len(made.cells)}  # noqa: DTZ001  # UTC, as files keep it
    fill(connection, "meta", [meta | {"closed_now": 0, "method": "1.0", "demo": False, "seamline": "0"}])
    connection.execute("DETACH release")
    name = f"{number:06d}-{len(made.actions):016x}"
    written = duckdb.connect(str(home.releases / f"{number:06d}.duckdb"), read_only=True)
    write_effects(engine, home.effects / f"{name}.duckdb", list(made.actions), Engine(written))
    written.close()
    connection.close()
    point_to(home.effects, name)
    point_to(home.releases, f"{number:06d}")


def fact_rows(made: Made) -> list[dict[str, object]]:
    """What the release says of how answers differ."""
    variances = [("pooled_variance", *key, value) for key, value in made.pooled_variances.items()]
    likeness = [(fact, book, None, value) for (fact, book), value in made.likeness.items()]
    return [dict(zip(("fact", "codebook", "indicator_id", "value"), row, strict=True)) for row in variances + likeness]


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
