"""Panels made up for tests: cells of uneven width, several countries, and what was done at their factories."""

from dataclasses import dataclass, fields, replace

import numpy as np

from data.effects.exposures import Cells, Events, Floats, Ints
from data.effects.panel import Outcome, Panel, outcome_of

FIRST = 20_000
"""The first day of a panel, counted from 1970-01-01."""
QUESTIONS = (("A1", "A"), ("A2", "A"), ("A3", "A"), ("B1", "B"), ("B2", "B"), ("C1", "C"))


@dataclass(frozen=True)
class Shape:
    """How large a panel shall be, and what truly follows: `effects` are points a kind in weeks 0..12; () is nothing."""

    factories: int = 36
    days: int = 420
    kinds: tuple[str, ...] = ("cut", "late", "rush")
    rate: float = 2.5
    effects: tuple[float, ...] = ()
    questions: tuple[tuple[str, str], ...] = QUESTIONS
    widest: int = 16


def country_of(factories: int) -> Ints:
    """Three countries, the last with one factory."""
    country = np.arange(factories) % 2
    country[-1] = 2
    return country.astype(np.int64)


def random_cells(rng: np.random.Generator, shape: Shape) -> Cells:
    """Cells of one question: gaps, widths from a day on, and one factory (the first) with one cell only."""
    unit, opened, closed = [], [], []
    for factory in range(shape.factories):
        day = FIRST + int(rng.integers(0, 40))
        while day < FIRST + shape.days:
            width = int(rng.integers(1, shape.widest + 1))
            unit.append(factory)
            opened.append(day)
            closed.append(day + width - 1)
            day += width + int(rng.integers(0, 4))
            if factory == 0:
                break
    n = rng.integers(10, 60, len(unit)).astype(float)
    y = rng.normal(60, 5, shape.factories)[unit] + rng.normal(0, 4, len(unit))
    return Cells(*(np.array(column, dtype=np.int64) for column in (unit, opened, closed)), n, y)


def random_events(rng: np.random.Generator, shape: Shape) -> Events:
    """Actions at random, about `rate` a factory and kind, some on the same day at the same factory."""
    count = int(shape.rate * shape.factories * len(shape.kinds))
    unit = rng.integers(0, shape.factories, count)
    day = FIRST + rng.integers(-30, shape.days + 10, count)
    unit[1], day[1] = unit[0], day[0]
    kind = rng.integers(0, len(shape.kinds), count)
    return Events(unit, day, kind, rng.choice([0.25, 0.5, 1.0, 1.7, 4.0], count))


def moved(cells: Cells, events: Events, effects: Floats) -> Cells:
    """The cells, each moved by the mean over its own days of what follows in the 13 weeks from each action on."""
    days = cells.closed - cells.opened + 1
    y = cells.y.copy()
    for unit, day, kind, severity in zip(events.unit, events.day, events.kind, events.severity, strict=True):
        inside = np.minimum(cells.closed, day + 90) - np.maximum(cells.opened, day) + 1
        y += (cells.unit == unit) * np.clip(inside, 0, None) / days * severity * effects[kind]
    return replace(cells, y=y)


def random_panel(seed: int, shape: Shape = Shape()) -> Panel:
    """A panel of that shape; every question is moved the same."""
    rng = np.random.default_rng(seed)
    events = random_events(rng, shape)
    country = country_of(shape.factories)
    outcomes = []
    for indicator_id, theme in shape.questions:
        cells = random_cells(rng, shape)
        cells = moved(cells, events, np.array(shape.effects)) if shape.effects else cells
        outcomes.append(outcome_of(indicator_id, theme, cells, country))
    heads = rng.integers(150, 900, shape.factories).astype(float)
    ids = tuple(f"F{place:03d}" for place in range(shape.factories))
    return Panel("book", ids, heads, shape.kinds, events, tuple(outcomes))


def rebuilt(panel: Panel, **changes: object) -> Panel:
    """The panel with other parts."""
    return Panel(**{f.name: getattr(panel, f.name) for f in fields(panel)} | changes)  # type: ignore[arg-type]  # fields by name


def thinned(one: Outcome, keep: int, factories: int) -> Outcome:
    """The question with only its first cells."""
    return outcome_of(one.indicator_id, one.theme, one.cells.at(np.arange(keep)), country_of(factories))
