"""Where there is nothing to tell, nothing is told, and nothing breaks."""

from dataclasses import replace

import numpy as np

from data.effects.cascade import cascade_of, coverage_table, kinds_table, profiles_table
from data.effects.exposures import Events
from data.effects.single_events import events_table
from tests.data.effects.panels import Shape, random_panel, rebuilt, thinned

SHAPE = Shape(factories=30)


def test_without_actions_nothing_follows() -> None:
    panel = random_panel(32, SHAPE)
    none = Events(*(column[:0] for column in vars(panel.events).values()))
    cascade = cascade_of(rebuilt(panel, events=none, kinds=()))
    assert kinds_table(cascade).empty
    assert coverage_table(cascade)["cells"].sum() > 0


def test_actions_that_reach_no_cell_are_too_few() -> None:
    panel = random_panel(32, SHAPE)
    nowhere = replace(panel.events, unit=np.full_like(panel.events.unit, -1))
    table = kinds_table(cascade_of(rebuilt(panel, events=nowhere)))
    assert set(table["verdict"]) == {"too_few_events"}
    assert table["effect"].isna().all()
    assert table["events"].sum() == 0


def test_without_cells_nothing_is_told() -> None:
    panel = random_panel(32, SHAPE)
    bare = tuple(thinned(one, 0, SHAPE.factories) for one in panel.outcomes)
    cascade = cascade_of(rebuilt(panel, outcomes=bare))
    assert set(kinds_table(cascade)["verdict"]) == {"too_few_events"}
    assert profiles_table(cascade).empty
    assert events_table(cascade, alone=False).empty
    assert coverage_table(cascade)["days"].isna().all()
