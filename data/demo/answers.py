"""What workers answer: who sits down on which day, which questions are drawn, and what is said."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.demo.plan import Floats, Ints, Plan
from data.demo.questions import Questions
from data.demo.workforce import Factories, Workforce

Values = npt.NDArray[np.int8]

CHANNELS = ("app", "kiosk", "sms", "ivr", "paper", "web")
CHANNEL_SHARE = (0.42, 0.24, 0.1, 0.13, 0.05, 0.06)
A_WEEK = 0.052
"""Sittings per worker and week at activity 1."""
WEEKDAYS = np.array([1.15, 1.1, 1.1, 1.1, 1.1, 0.75, 0.2])
"""Monday to Sunday, beside the mean day."""
MOST = 12
"""How many questions one sitting may hold."""
BATCH = 1 << 17
"""Sittings drawn together, so that a large world needs no more memory than a small one for this step."""


@dataclass(frozen=True)
class Sittings:
    """Everything that was answered in one go, factory by factory in date order. One entry a sitting."""

    worker: Ints
    factory: Ints
    day: Ints
    questions: Ints
    channel: npt.NDArray[np.int8]
    keyless: npt.NDArray[np.bool_]
    unsaid: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Draws:
    """The questions drawn: one entry an answer, sitting by sitting."""

    sitting: npt.NDArray[np.int32]
    question: npt.NDArray[np.int8]


def turnout(plan: Plan, factories: Factories) -> Floats:
    """Factories x days: how many sittings are to be expected."""
    rng, day = plan.stream("turnout"), np.arange(plan.days)
    eager = np.exp(rng.normal(0, 0.22, factories.count))
    eager[0] = 1.35
    weekday = WEEKDAYS[(plan.first_day.weekday() + day) % 7]
    season = np.exp(0.08 * np.repeat(rng.standard_normal((factories.count, plan.weeks)), 7, axis=1))
    expected = (factories.heads * eager)[:, None] * season * weekday * (plan.activity * A_WEEK / 7)
    if plan.coached is not None and plan.settling is not None:
        first, last = plan.coached_days
        expected[plan.coached, first : last + 1] *= 1.5
        grown = (day - plan.settling_from) / max(plan.days - plan.settling_from, 1)
        expected[plan.settling] *= 0.2 + 0.9 * grown
    open_ = day >= factories.joined[:, None]
    return np.where(open_, expected, 0.0)


def sittings_of(plan: Plan, factories: Factories, workforce: Workforce, expected: Floats) -> Sittings:
    """Who sat down on which day, given how many sittings are to be expected (factories x days).

    Workers of a factory are drawn in proportion to their odds.
    """
    rng = plan.stream("sittings")
    often = rng.poisson(expected)
    factory, day = (np.repeat(column.ravel(), often.ravel()) for column in np.indices(often.shape))
    reached = np.concatenate([[0.0], np.cumsum(workforce.odds)])
    first = np.concatenate([[0], np.cumsum(factories.heads)])
    low, high = reached[first[factory]], reached[first[factory + 1]]
    worker = np.searchsorted(reached, low + rng.random(factory.size) * (high - low), side="right") - 1
    worker = np.clip(worker, first[factory], first[factory + 1] - 1)
    habit = plan.stream("channels").choice(len(CHANNELS), workforce.odds.size, p=CHANNEL_SHARE)
    other = rng.choice(len(CHANNELS), factory.size, p=CHANNEL_SHARE)
    return Sittings(
        worker=worker,
        factory=factory,
        day=day,
        questions=rng.choice([8, 9, 10, 11, 12], factory.size, p=[0.06, 0.12, 0.64, 0.12, 0.06]),
        channel=np.where(rng.random(factory.size) < 0.85, habit[worker], other).astype(np.int8),
        keyless=rng.random(factory.size) < 0.1,
        unsaid=rng.random((factory.size, 3)) < np.array([0.04, 0.03, 0.05]),
    )


def draws_of(plan: Plan, questions: Questions, sittings: Sittings) -> Draws:
    """The questions of every sitting, each at most once, the frequent ones more readily than the rare."""
    rng = plan.stream("draws")
    scale = (1 / questions.weight).astype(np.float32)
    sitting, question = [], []
    for start in range(0, sittings.questions.size, BATCH):
        wanted = sittings.questions[start : start + BATCH]
        wait = rng.standard_exponential((wanted.size, questions.count), dtype=np.float32) * scale
        soonest = np.argpartition(wait, MOST, axis=1)[:, :MOST]
        soonest = np.take_along_axis(soonest, np.argsort(np.take_along_axis(wait, soonest, 1), 1), 1)
        row, column = np.nonzero(np.arange(MOST) < wanted[:, None])
        sitting.append((row + start).astype(np.int32))
        question.append(soonest[row, column].astype(np.int8))
    none = (np.zeros(0, np.int32), np.zeros(0, np.int8))
    return Draws(np.concatenate([none[0], *sitting]), np.concatenate([none[1], *question]))


def said(rng: np.random.Generator, expected: Floats, questions: Questions, question: int) -> Values:
    """Values on the question's own scale whose recoded mean is `expected` (0..100, 100 good), one by one.

    A yes with the expected chance, or one plus the number of four chances taken: both have that mean exactly.
    """
    chance = expected / 100 if questions.polarity[question] == 1 else 1 - expected / 100
    if questions.yesno[question]:
        return (rng.random(chance.size) < chance).astype(np.int8)
    taken = (rng.random((4, chance.size)) < chance).sum(axis=0, dtype=np.int8)
    values: Values = taken + np.int8(1)
    return values


def best(questions: Questions, question: int) -> int:
    """The value that reads best on the question's own scale."""
    if questions.yesno[question]:
        return int(questions.polarity[question] == 1)
    return 5 if questions.polarity[question] == 1 else 1
