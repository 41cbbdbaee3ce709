"""The factories and everybody who works in them: where, in which group, and how each worker sees things."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo.names import COUNTRIES, SECTORS, country_of, factory_name, owner_id, owner_of
from data.demo.plan import Floats, Ints, Plan
from data.demo.questions import Questions

GENDERS = ("female", "male")
DEPARTMENTS = ("cutting", "sewing", "finishing", "packing")
TENURES = ("under 1 year", "1-3 years", "over 3 years")
CELLS = len(GENDERS) * len(DEPARTMENTS) * len(TENURES)
DEPARTMENT_SHARE = np.array([[0.12, 0.58, 0.17, 0.13], [0.27, 0.37, 0.16, 0.20]])
TENURE_SHARE = np.array([0.3, 0.38, 0.32])
SHOWCASE_HEADS, COACHED_HEADS, SETTLING_HEADS = 2140, 940, 1180
COMMON = 0.73
"""Share of a worker's departure from the factory's mean that is the same for every question."""


@dataclass(frozen=True)
class Factories:
    """The factories as columns. `joined` counts days from the first day and may lie before it."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    country: Ints
    sector: Ints
    heads: Ints
    joined: Ints
    latitude: Floats
    longitude: Floats

    @property
    def count(self) -> int:
        """How many factories there are."""
        return len(self.ids)


@dataclass(frozen=True)
class Workforce:
    """Everybody who works somewhere, factory by factory. One entry a worker, unless said otherwise.

    `heads` is factories x groups. `outlook` is in standard deviations, above 0 for the content. `odds` says
    how readily a worker takes part, beside the others of the same factory.
    """

    heads: Ints
    factory: Ints
    group: Ints
    outlook: Floats
    odds: Floats


def factories_of(plan: Plan) -> Factories:
    """The factories of a plan. The first is the showcase, and large."""
    rng, count = plan.stream("factories"), plan.factories
    numbers = range(count)
    country = np.array([COUNTRIES.index(country_of(f)) for f in numbers])
    sector = (rng.random(count) < 0.5).astype(np.int64)
    heads = np.clip(np.exp(rng.normal(np.log(600), 0.68, count)), 150, 2500).round().astype(np.int64)
    joined = rng.integers(-420, -20, count)
    late = rng.random(count) < 0.12
    joined[late] = (rng.uniform(0.1, 0.5, count) * plan.days).astype(np.int64)[late]
    heads[0], joined[0] = SHOWCASE_HEADS, -230
    if plan.coached is not None and plan.settling is not None:
        heads[plan.coached], joined[plan.coached] = COACHED_HEADS, -160
        heads[plan.settling], joined[plan.settling] = SETTLING_HEADS, plan.settling_from
    towns = np.array([COUNTRIES[c].towns[t] for c, t in zip(country, rng.integers(0, 3, count), strict=True)])
    towns = (towns + rng.normal(0, 0.06, towns.shape)).round(2)
    return Factories(
        ids=tuple(f"F{f + 1:03d}" for f in numbers),
        names=tuple(factory_name(f, int(sector[f])) for f in numbers),
        country=country, sector=sector, heads=heads, joined=joined,
        latitude=towns[:, 0], longitude=towns[:, 1],
    )  # fmt: skip


def factory_table(plan: Plan, factories: Factories) -> pd.DataFrame:
    """`factories.csv` of the canonical folder."""
    countries = [COUNTRIES[c] for c in factories.country]
    return pd.DataFrame(
        {
            "factory_id": factories.ids,
            "name": factories.names,
            "country": [c.code for c in countries],
            "sector": [SECTORS[s] for s in factories.sector],
            "headcount": factories.heads,
            "latitude": factories.latitude,
            "longitude": factories.longitude,
            "joined_date": plan.dates(factories.joined),
            "os_id": "",
            "owner_id": [owner_id(owner_of(f)) for f in range(factories.count)],
            "timezone": [c.timezone for c in countries],
        }
    )


def group_shares(plan: Plan, factories: Factories) -> Floats:
    """Factories x groups: the share of the workforce in each gender x department x length of service."""
    rng = plan.stream("groups")
    women = np.array([c.share_women for c in COUNTRIES])[factories.country]
    women = np.clip(women + rng.normal(0, 0.06, factories.count), 0.25, 0.9)
    gender = np.stack([women, 1 - women], axis=1)
    department = DEPARTMENT_SHARE[factories.sector] * np.exp(rng.normal(0, 0.15, (factories.count, 4)))
    by_gender = np.array([[0.8, 1.15, 1.0, 0.95], [1.3, 0.8, 1.0, 1.05]])
    tenure = TENURE_SHARE * np.exp(rng.normal(0, 0.25, (factories.count, 3)))
    cells = gender[:, :, None, None] * (department[:, None] * by_gender)[..., None] * tenure[:, None, None]
    flat = cells.reshape(factories.count, CELLS)
    shares: Floats = flat / flat.sum(axis=1, keepdims=True)
    return shares


def workforce_of(plan: Plan, factories: Factories) -> Workforce:
    """Everybody who works at the factories of a plan."""
    rng = plan.stream("workers")
    heads = rng.multinomial(factories.heads, group_shares(plan, factories))
    code = np.repeat(np.arange(heads.size), heads.ravel())
    group = code % CELLS
    outlook = rng.standard_normal(code.size)
    habit = rng.gamma(0.9, 1 / 0.9, code.size)
    leaning = np.array([-0.6, 0.6])[:, None, None] + np.array([0.5, -0.9, 0.4, 1.1])[:, None]
    leaning = (leaning + np.array([0.7, 0.0, -0.7])).ravel()
    uneven = plan.uneven * leaning / leaning.std()
    odds = habit * np.exp(uneven[group] - plan.unhappy_answer_more * outlook)
    return Workforce(heads=heads, factory=code // CELLS, group=group, outlook=outlook, odds=odds)


def headcount_table(factories: Factories, workforce: Workforce) -> pd.DataFrame:
    """`headcount.csv` of the canonical folder: every group of every factory, empty ones too."""
    group = np.tile(np.arange(CELLS), factories.count)
    return pd.DataFrame(
        {
            "factory_id": np.repeat(np.array(factories.ids, dtype=object), CELLS),
            "gender": np.array(GENDERS, dtype=object)[group // 12],
            "department": np.array(DEPARTMENTS, dtype=object)[group // 3 % 4],
            "tenure_band": np.array(TENURES, dtype=object)[group % 3],
            "headcount": workforce.heads.ravel(),
        }
    )


def departures(plan: Plan, questions: Questions, workforce: Workforce, question: int) -> Floats:
    """How far each worker lies from the factory's level on one question, in points before the ends.

    Three parts: the group a worker belongs to (by theme, partly the same everywhere, partly the factory's
    own), the worker's outlook on everything, and the worker's view of this question alone.
    """
    theme = int(questions.theme[question])
    rng = plan.stream(f"groups of theme {theme}")
    everywhere = rng.normal(0, 2.2, (2, 1, 1)) + rng.normal(0, 2.6, (1, 4, 1)) + rng.normal(0, 2.0, (1, 1, 3))
    own = rng.normal(0, 2.4, (len(workforce.heads), 1, 4, 1))
    by_group = (everywhere + own).reshape(-1, CELLS)[workforce.factory, workforce.group]
    view = plan.stream(f"views of question {question}").standard_normal(workforce.outlook.size)
    personal = np.sqrt(COMMON) * workforce.outlook + np.sqrt(1 - COMMON) * view
    spread: Floats = by_group + questions.spread[question] * personal
    return spread
