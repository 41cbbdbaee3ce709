"""The true level of every question at every factory on every day, and how it is spread over the workers.

The level is the mean over all workers of what each is expected to answer, on 0..100 where 100 is good. It
is set first and never estimated: a base (country, sector, factory, theme, question), a slow drift, a weekly
mood, bad patches where a plan asks for them, and the effects of what buyers did, added up and held within
LOWEST..HIGHEST. A worker's own expectation is the worker's departure plus one common shift, cut off at 0 and 100;
`shifts` finds the shift with which the mean of the cut-off expectations is the level exactly.
"""

import numpy as np

from data.demo.actions import Actions
from data.demo.kinds import AFTER_BAD_PATCH, LAGS, PLACES, profiles
from data.demo.plan import Floats, Ints, Plan
from data.demo.questions import Questions
from data.demo.workforce import Factories

LOWEST, HIGHEST = 2.0, 99.8
FAR = 10_000.0
"""More points than any departure spans, so that factories do not overlap when they are sorted together."""
PATCH_DAYS, PATCH_POINTS = 42, 3.0
"""How long a bad patch lasts before the action that follows it, and how deep it is in the middle of the scale."""


def wander(rng: np.random.Generator, shape: tuple[int, ...], keep: float) -> Floats:
    """Weekly ups and downs of standard deviation 1 along the last axis; a week keeps `keep` of the last."""
    steps = rng.standard_normal(shape)
    for week in range(1, shape[-1]):
        steps[..., week] = keep * steps[..., week - 1] + np.sqrt(1 - keep**2) * steps[..., week]
    return steps


def room(questions: Questions) -> Floats:
    """How far a question's level may sway: 1 in the middle of the scale, little near its end."""
    swing: Floats = questions.level * (100 - questions.level) / 2500
    return swing


def weekly_levels(plan: Plan, questions: Questions, factories: Factories) -> Floats:
    """Factories x questions x weeks: the level without what buyers did."""
    rng, count, theme = plan.stream("levels"), factories.count, questions.theme
    country = rng.normal(0, 2.0, (4, 1)) + rng.normal(0, 1.5, (4, questions.themes))
    sector = rng.normal(0, 1.0, (2, questions.themes))
    own = rng.normal(0, 5.5, (count, 1)) + rng.normal(0, 4.0, (count, questions.themes))
    base = (country[factories.country] + sector[factories.sector] + own)[:, theme]
    base += rng.normal(0, 4.0, questions.count) + rng.normal(0, 3.0, (count, questions.count))
    years = (np.arange(plan.weeks) - plan.weeks / 2) / 52.18
    slope = rng.normal(0, 1.8, (count, 1)) + rng.normal(0, 1.0, (count, questions.themes))
    mood = 1.3 * wander(rng, (count, 1, plan.weeks), 0.85)
    mood = mood + 0.9 * wander(rng, (count, questions.themes, plan.weeks), 0.8)
    by_theme = (slope[:, :, None] * years + mood)[:, theme]
    sway = base[:, :, None] + by_theme + 0.8 * wander(rng, (count, questions.count, plan.weeks), 0.6)
    levels: Floats = questions.level[:, None] + room(questions)[:, None] * sway
    return levels


def impact(plan: Plan, factories: Factories, actions: Actions, question: int) -> Floats:
    """Factories x days: points that what buyers did adds to one question."""
    lag = np.repeat(np.arange(LAGS), 7)
    day = actions.day[:, None] + np.arange(lag.size)
    points = actions.severity[:, None] * profiles()[actions.kind, question][:, lag]
    place = actions.factory[:, None] * plan.days + day
    within = day < plan.days
    summed: Floats = np.bincount(place[within], points[within], factories.count * plan.days).astype(float)
    return summed.reshape(factories.count, plan.days)


def bad_patches(plan: Plan, factories: Factories, actions: Actions) -> Floats:
    """Factories x days: points by which levels lie lower in bad patches, as deep before small actions as before large.

    They are over on the day of the action. Zero throughout unless the plan asks for them.
    """
    dips = np.zeros((factories.count, plan.days))
    follows = np.flatnonzero((actions.kind == PLACES[AFTER_BAD_PATCH]) & plan.bad_patches)
    for factory, day in zip(actions.factory[follows], actions.day[follows], strict=True):
        dips[factory, max(day - PATCH_DAYS, 0) : day] = PATCH_POINTS
    return dips


def held(levels: Floats) -> Floats:
    """Levels within what the scale allows, to single precision so that the truth file holds them exactly."""
    return np.clip(levels, LOWEST, HIGHEST).astype(np.float32).astype(np.float64)


def shifts(levels: Floats, departures: Floats, factory: Ints) -> Floats:
    """The shift of all at a factory with which the mean of clip(shift + departure, 0, 100) is the level.

    That mean grows with the shift along straight pieces, which bend where a worker leaves 0 or reaches 100;
    so it is known exactly at every bend and is turned around by interpolation. `levels` is factories x days,
    `departures` and `factory` have one entry a worker; all factories are done at once, FAR apart.
    """
    heads = np.bincount(factory, minlength=len(levels))
    bends = np.concatenate([-departures, 100 - departures]) + FAR * np.tile(factory, 2)
    turn = np.tile(1.0 / heads[factory], 2)
    turn[departures.size :] *= -1
    order = np.argsort(bends, kind="stable")
    bends, slope = bends[order], np.cumsum(turn[order])
    reached = np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(bends))])
    row = np.arange(len(levels))[:, None]
    shift: Floats = np.interp(levels + 100.0 * row, reached, bends) - FAR * row
    return shift
