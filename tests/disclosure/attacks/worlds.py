"""Small planted factories of which everything is known: who answered which question on which day, and what.

A world is fed through the real load and the real release, tick by tick. Attackers see the `Seen` half of it (who
answered what when); what was said stays in `World.said`, to judge by whether an attack was right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codebook.scales import SCALES, points
from data.home import Home
from data.release.publish import release
from data.release.reader import Releases
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from scoring.service import Door

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FIRST_DAY = date(2025, 1, 1)
PACES = (14, 7, 20, 1, 10)
"""Days between two releases, by seed: slices and adjustments come out once a quarter is over."""
DIMS = {
    "gender": (("female", "male"), (0.72, 0.28)),
    "department": (("cutting", "sewing", "packing"), (0.2, 0.6, 0.2)),
    "tenure_band": (("under 1 year", "1-3 years", "over 3 years"), (0.3, 0.4, 0.3)),
}
ENDS = {"mixed": (0.2, 0.45), "lopsided": (0.8, 1.0), "alike": (0.97, 1.0)}
"""The share of answers at one end of the scale, drawn for each factory and question."""


@dataclass(frozen=True)
class Question:
    """One question of the planted codebook, and how its answers lie."""

    name: str
    theme: str
    scale: str
    polarity: int
    shape: str
    zero_tolerance: bool = False

    @property
    def values(self) -> Ints:
        """The values that may be answered."""
        low, high = SCALES[self.scale]
        return np.arange(low, high + 1)

    @property
    def levels(self) -> Floats:
        """x of each value, 0..100."""
        return points(self.scale, self.polarity)[self.values]


BOOK = (
    Question("pay_fair", "pay", "ordinal5", 1, "lopsided"),
    Question("pay_late", "pay", "yesno", -1, "lopsided"),
    Question("pay_clear", "pay", "ordinal5", -1, "mixed"),
    Question("voice_heard", "voice", "scale4", 1, "mixed"),
    Question("voice_asked", "voice", "scale10", 1, "lopsided"),
    Question("voice_safe", "voice", "ordinal5", 1, "alike"),
    Question("harassed", "harm", "yesno", -1, "lopsided", zero_tolerance=True),
)


@dataclass(frozen=True)
class Plan:
    """What a world is made from. `dissenting`: the planted colluders always answer against the rest."""

    seed: int
    ticks: int = 12
    pace: int = 7
    factories: int = 6
    heads: tuple[int, int] = (60, 140)
    sittings: float = 0.6
    """Sittings per worker and week."""
    asked: float = 0.55
    """Share of the questions drawn for one sitting."""
    keyless: float = 0.0
    colluders: int = 5
    dissenting: bool = False

    @property
    def days(self) -> int:
        """How many days the world lasts."""
        return self.ticks * self.pace


@dataclass(frozen=True, eq=False)
class Seen:
    """What somebody who counted everybody knows: one entry an answer, in the order of days."""

    factory: Ints
    worker: Ints
    question: Ints
    day: Ints
    tick: Ints
    combination: Ints
    """Gender x department x tenure, as one number."""


@dataclass(frozen=True, eq=False)
class World:
    """A planted world. `said` is x (0..100) of every answer, `values` as it was typed."""

    plan: Plan
    workers: pd.DataFrame
    seen: Seen
    said: Floats
    values: Ints
    sittings: Ints
    keyed: npt.NDArray[np.bool_]
    planted: frozenset[int]

    @cached_property
    def levels(self) -> tuple[Floats, ...]:
        """What may be said to each question, as x."""
        return tuple(question.levels for question in BOOK)

    def day(self, number: int) -> date:
        """The date of a day of this world."""
        return FIRST_DAY + timedelta(days=number)

    def number(self, day: date) -> int:
        """The day of this world that a date is."""
        return (day - FIRST_DAY).days


def factory_name(factory: int) -> str:
    """The id of a factory."""
    return f"F{factory + 1}"


def made_world(plan: Plan) -> World:
    """The world of a plan: the same for the same plan."""
    rng = np.random.default_rng([plan.seed, 20250101])
    workers = made_workers(plan, rng)
    sits = rng.random((len(workers), plan.days)) < plan.sittings / 7
    sitting_worker, sitting_day = np.nonzero(sits)
    order = np.lexsort((rng.random(sitting_day.size), sitting_day))
    sitting_worker, sitting_day = sitting_worker[order], sitting_day[order]
    sitting, question = np.nonzero(rng.random((order.size, len(BOOK))) < plan.asked)
    worker, day = sitting_worker[sitting], sitting_day[sitting]
    factory = workers["factory"].to_numpy()[worker]
    planted = frozenset(
        int(w)
        for f in range(plan.factories)
        for w in rng.permutation(workers.index[workers["factory"] == f].to_numpy())[: plan.colluders]
    )
    against = np.isin(worker, list(planted)) & plan.dissenting
    place = answered(rng, plan, factory, question, against)
    seen = Seen(factory, worker, question, day, day // plan.pace, workers["combination"].to_numpy()[worker])
    x = np.array([BOOK[q].levels[p] for q, p in zip(question, place, strict=True)])
    values = np.array([BOOK[q].values[p] for q, p in zip(question, place, strict=True)])
    keyed = (rng.random(order.size) >= plan.keyless)[sitting]
    return World(plan, workers, seen, x, values, sitting, keyed, planted)


def made_workers(plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """One row a worker: factory, level of each segment, and all of them as one number."""
    heads = np.linspace(*plan.heads, plan.factories).round().astype(np.int64)
    factory = np.repeat(np.arange(plan.factories), heads)
    table = pd.DataFrame({"factory": factory, "combination": 0})
    for name, (levels, shares) in DIMS.items():
        code = rng.choice(len(levels), factory.size, p=shares)
        table[name] = np.array(levels, dtype=object)[code]
        table["combination"] = table["combination"] * len(levels) + code
    return table


def answered(
    rng: np.random.Generator, plan: Plan, factory: Ints, question: Ints, against: npt.NDArray[np.bool_]
) -> Ints:
    """Which value each answer takes, by its place on the scale. Dissent is mostly one step, at times far."""
    place = np.zeros(factory.size, dtype=np.int64)
    for q, item in enumerate(BOOK):
        for f in range(plan.factories):
            mine = np.flatnonzero((question == q) & (factory == f))
            share, top = rng.uniform(*ENDS[item.shape]), item.values.size - 1
            end = top if rng.random() < 0.5 else 0
            away = np.minimum(rng.geometric(0.5, mine.size), top)
            away = np.where(rng.random(mine.size) < share, 0, away)
            away = np.where(against[mine], top, away)
            place[mine] = np.abs(end - away)
    return place


@dataclass(frozen=True)
class Tick:
    """A world up to the end of one tick."""

    world: World
    tick: int


@dataclass(frozen=True)
class Moment(Tick):
    """A world after one tick: the newest release file, and the door over it."""

    through: date
    home: Home
    settings: Settings
    path: Path
    door: Door


@contextmanager
def home_in(folder: Path) -> Iterator[tuple[Home, Settings, State]]:
    """An empty home with its stores."""
    settings = Settings(home=folder / "home")
    home = Home(settings.home).prepare()
    state = State.open(home, settings)
    yield home, settings, state
    state.close()


def lived(world: World, folder: Path) -> Iterator[Moment]:
    """The world, fed through the real load and release: one moment after each tick."""
    with home_in(folder) as (home, settings, state):
        door = Door(Releases(home, settings), state)
        rows = answer_rows(world)
        for tick in range(world.plan.ticks):
            canonical = folder / f"tick-{tick:02d}"
            canonical.mkdir()
            write_folder(world, canonical, rows[world.seen.tick == tick])
            report = load(home, settings, state, LoadRequest(canonical))
            assert not any(outcome.rejected for outcome in report.outcomes), report
            through = world.day((tick + 1) * world.plan.pace - 1)
            made = release(home, settings, state, through)
            yield Moment(world, tick, through, home, settings, made.path, door)


def answer_rows(world: World) -> pd.DataFrame:
    """`answers.csv` of the whole world. A worker keeps a key for a calendar quarter."""
    seen, workers = world.seen, world.workers
    day = pd.Series([world.day(int(d)) for d in seen.day])
    quarter = pd.PeriodIndex(pd.to_datetime(day), freq="Q").astype(str)
    key = pd.Series([f"k{w}-{q}" for w, q in zip(seen.worker, quarter, strict=True)])
    said = {name: workers[name].to_numpy()[seen.worker] for name in DIMS}
    return pd.DataFrame(
        {
            "factory_id": [factory_name(f) for f in seen.factory],
            "date": day,
            "indicator_id": [BOOK[q].name for q in seen.question],
            "value": world.values,
            "channel": "app",
            **said,
            "submission_id": [f"s{s}" for s in world.sittings],
            "respondent_key": key.where(world.keyed, ""),
        }
    )


def write_folder(world: World, folder: Path, answers: pd.DataFrame) -> None:
    """A canonical folder with these answers."""
    workers = world.workers
    heads = workers.groupby("factory").size()
    ids = [factory_name(f) for f in heads.index]
    factories = pd.DataFrame({"factory_id": ids, "name": ids, "country": "BD", "sector": "apparel"})
    factories["headcount"] = heads.to_numpy()
    factories["owner_id"] = [f"O{f % 4 + 1}" for f in heads.index]
    factories.to_csv(folder / "factories.csv", index=False)
    cross = workers.groupby(["factory", *DIMS]).size().rename("headcount").reset_index()
    cross.insert(0, "factory_id", cross.pop("factory").map(factory_name))
    cross.to_csv(folder / "headcount.csv", index=False)
    book = pd.DataFrame([vars(question) for question in BOOK]).rename(columns={"name": "indicator_id"})
    book = book.drop(columns="shape").assign(
        text=book["indicator_id"], is_vignette=0, codebook="planted", theme_name=book["theme"]
    )
    book.assign(zero_tolerance=book["zero_tolerance"].astype(int)).to_csv(folder / "indicators.csv", index=False)
    answers.to_csv(folder / "answers.csv", index=False)
