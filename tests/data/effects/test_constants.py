"""Every constant of the cascade is used: another value and some figure is another."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.effects import cascade, footprints, panel, single_events, verdicts
from data.effects.cascade import cascade_of, coverage_table, kinds_table, profiles_table
from data.effects.exposures import WINDOW, Window
from data.effects.footprints import Doers, footprints_table
from data.effects.panel import Panel, outcome_of
from data.effects.single_events import events_table
from tests.data.effects.panels import Shape, country_of, random_panel

SHAPE = Shape(
    factories=30, effects=(-4.0, 0.0, 0.7), questions=(("A1", "A"), ("A2", "A"), ("B1", "B"), ("C1", "C")), widest=30
)


def shaped() -> Panel:
    """A panel with one question of few cells, made under the constants of the moment."""
    made = random_panel(32, SHAPE)
    few = made.outcomes[0]
    sparse = outcome_of("A1", "A", few.cells.at(np.arange(few.cells.unit.size) % 4 == 0), country_of(SHAPE.factories))
    return replace(made, outcomes=(sparse, *made.outcomes[1:]))


def told(window: Window = WINDOW) -> str:
    """Everything that is told of the panel."""
    found = cascade_of(shaped(), window)
    doers = Doers(tuple("BCDEFGHI"), np.random.default_rng(1).integers(-1, 8, found.panel.events.day.size))
    tables = [
        kinds_table(found), profiles_table(found), coverage_table(found), footprints_table(found, doers),
        events_table(found, alone=False),
    ]  # fmt: skip
    return "\n".join(str(pd.util.hash_pandas_object(table.round(6), index=False).sum()) for table in tables)


@pytest.fixture(scope="module")
def before() -> str:
    """What is told with the constants as they are."""
    return told()


def test_the_same_again_is_told_the_same(before: str) -> None:
    assert told() == before


@pytest.mark.parametrize("window", [Window(3, 12, 20), Window(4, 11, 20), Window(4, 12, 19)])
def test_each_edge_of_the_window_changes_a_figure(before: str, window: Window) -> None:
    assert told(window) != before


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (panel, "WIDEST", 27),
        (cascade, "LEAST_SHARE", 0.6),
        (cascade, "CELLS_EACH", 0.5),
        (verdicts, "CLEAR_Q", 0.0),
        (verdicts, "CLEAR_POINTS", 9.0),
        (verdicts, "LIKELY_Q", 0.0),
        (verdicts, "LIKELY_POINTS", 9.0),
        (verdicts, "SMALL", 0.0),
        (verdicts, "SLOPING", 1.1),
        (verdicts, "LEAST_EVENTS", 10_000),
        (verdicts, "LEAST_SITES", 10_000),
        (verdicts, "LEAST_FACTORIES", 31),
        (footprints, "OTHERS", 9),
        (single_events, "BEFORE", 49),
        (single_events, "AFTER", 84),
        (single_events, "SOONEST", 56),
        (single_events, "APART", 7),
        (single_events, "LEAST_PLACEBOS", 100_000),
        (single_events, "COMPANY", 9),
    ],
)
def test_each_constant_changes_a_figure(
    before: str, monkeypatch: pytest.MonkeyPatch, module: object, name: str, value: float
) -> None:
    monkeypatch.setattr(module, name, value)
    assert told() != before
