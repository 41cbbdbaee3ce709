"""A release of thirty factories with actions and a true effect, for what is told of the cascade."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from access.roles import Role
from access.viewer import Viewer
from data.release.reader import OpenRelease
from tests.scoring.releases import Asked, CellRow, Made, Site, action_row, opened

FACTORIES = tuple(f"F{place:02d}" for place in range(30))
BUYERS = tuple(f"B{place}" for place in range(8))
WEEKS = 70
BEGUN = date(2025, 2, 24)
LAST = BEGUN + timedelta(days=7 * WEEKS - 1)
DROP = -8.0
"""Points that every rush order takes from both questions of theme T0 for thirteen weeks."""
QUESTIONS = (Asked("Q0", "T0"), Asked("Q1", "T0"), Asked("Q2", "T1"), Asked("Q3", "T1"))
OWNER = Viewer(1, Role.OWNER, "O1", frozenset({"F00"}))
OPERATOR = Viewer(2, Role.OPERATOR, "", frozenset())


def buyer(name: str, *factories: str) -> Viewer:
    """A buyer that sees these factories."""
    return Viewer(3, Role.BUYER, name, frozenset(factories))


def actions(seed: int) -> list[dict[str, object]]:
    """A rush order and a price cut at every factory about twice; only three buyers cut prices; two rare actions."""
    rng = np.random.default_rng(seed)
    rows = []
    for place, factory in enumerate(FACTORIES):
        for number in range(2):
            day = BEGUN + timedelta(days=int(rng.integers(70 + 200 * number, 170 + 200 * number)))
            name = BUYERS[(place + number) % 8]
            rows.append(acted(f"R{place:02d}{number}", factory, day, name, "rush_order"))
            day = BEGUN + timedelta(days=int(rng.integers(20, 450)))
            rows.append(acted(f"P{place:02d}{number}", factory, day, BUYERS[place % 3], "price_cut", "price"))
    rows += [acted(f"X{n}", FACTORIES[n], BEGUN + timedelta(days=300), "B7", "rare", "other", 0) for n in range(2)]
    return rows


def acted(
    action_id: str, factory: str, day: date, name: str, kind: str, look: str = "rush", sign: int = -1
) -> dict[str, object]:
    """One action."""
    named = {"kind": kind, "kind_name": kind.replace("_", " ").capitalize(), "token": look, "sign": sign}
    who = {"buyer_id": name, "buyer_name": f"Buyer {name}", "actor_id": name}
    return action_row(action_id, factory, day, **named, **who, magnitude=10.0, unit="%")


def cells(rows: list[dict[str, object]], seed: int) -> list[CellRow]:
    """A weekly cell of twenty answers of every question and factory."""
    rng = np.random.default_rng(seed + 1)
    level = np.full((len(FACTORIES), WEEKS), 60.0) + rng.normal(0, 5, (len(FACTORIES), 1))
    pressed = np.zeros_like(level)
    for row in rows:
        if row["kind"] == "rush_order":
            away = (BEGUN + timedelta(days=7) * np.arange(WEEKS)) - row["date"]  # type: ignore[operator]  # rows hold objects
            week = np.array([gap.days for gap in away]) / 7
            share = np.clip(week + 1, 0, 1) * (week < 13)
            pressed[FACTORIES.index(str(row["factory_id"]))] += DROP * share
    made = []
    for question in QUESTIONS:
        mean = level + (pressed if question.theme == "T0" else 0) + rng.normal(0, 2, level.shape)
        for place, factory in enumerate(FACTORIES):
            for week in range(WEEKS):
                opens, x = BEGUN + timedelta(days=7 * week), float(mean[place, week])
                made.append(CellRow(factory, question.indicator_id, opens, opens + timedelta(days=6), 20, 20 * x,
                                    20 * (x * x + 600)))  # fmt: skip
    return made


def acted_release(folder: Path, seed: int = 12, without: tuple[str, ...] = ()) -> OpenRelease:
    """The release with its effects, opened, but for what some buyers did. The last factory's headcount is unknown."""
    rows = actions(seed)
    kept = [row for row in rows if row["buyer_id"] not in without]
    sites = [
        Site(factory, "BD" if place % 2 else "VN", "knit", 100 + place if place < 29 else None)
        for place, factory in enumerate(FACTORIES)
    ]
    return opened(folder, Made(cells(rows, seed), QUESTIONS, sites, actions=kept), through=LAST)
