"""What is regressed on what: the cells of a release as observations, and the actions that may have moved them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.effects.exposures import WEEK, Cells, Events, Floats, Ints
from data.effects.regression import Absorbed
from data.engine import Engine

WIDEST = 91
"""Days: a wider cell says nothing of when. Not less, as cells in which nearly all agree are wide
(docs/adr/0013-cells-of-an-effect.md)."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """One question: its cells of at most 91 days, how many were wider, and its fixed effects."""

    indicator_id: str
    theme: str
    cells: Cells
    left_out: int
    absorbed: Absorbed
    days: float
    """The median width of all its cells, in days."""


@dataclass(frozen=True, eq=False)
class Panel:
    """A codebook's questions over the same factories, and everything that was done at them."""

    codebook: str
    factory_ids: tuple[str, ...]
    headcount: Floats
    kinds: tuple[str, ...]
    events: Events
    outcomes: tuple[Outcome, ...]

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The themes of its questions, in their order."""
        return tuple(dict.fromkeys(outcome.theme for outcome in self.outcomes))


def codebooks(engine: Engine) -> tuple[str, ...]:
    """The codebooks that a release has cells of, the largest first."""
    return tuple(row[0] for row in engine.rows("effects/books"))


def panel_of(engine: Engine, codebook: str, actions: pd.DataFrame) -> Panel:
    """The panel of a codebook. `actions` has factory_id, day (from 1970-01-01), kind and severity.

    Events are in the order of the actions; one at a factory that the release does not know keeps unit −1 and
    reaches nowhere.
    """
    units = engine.rows("effects/units")
    factory_ids = tuple(row[0] for row in units)
    country = np.unique([row[1] for row in units], return_inverse=True)[1]
    headcount = np.array([np.nan if row[2] is None else row[2] for row in units], dtype=float)
    kinds = tuple(sorted(actions["kind"].unique()))
    events = Events(
        unit=pd.Index(factory_ids).get_indexer(actions["factory_id"]).astype(np.int64),
        day=actions["day"].to_numpy(np.int64),
        kind=pd.Index(kinds).get_indexer(actions["kind"]).astype(np.int64),
        severity=actions["severity"].to_numpy(float),
    )
    found = engine.run("effects/observations", codebook=codebook)
    question, opened, closed = (found[name].astype(np.int64) for name in ("question", "opened", "closed"))
    cells = Cells(found["unit"].astype(np.int64), opened, closed, found["n"].astype(float), found["y"].astype(float))
    outcomes = []
    for place, (indicator_id, theme) in enumerate(engine.rows("effects/questions", codebook=codebook)):
        begin, end = np.searchsorted(question, [place, place + 1])
        outcomes.append(outcome_of(indicator_id, theme, cells.at(np.arange(begin, end)), country))
    return Panel(codebook, factory_ids, headcount, kinds, events, tuple(outcomes))


def outcome_of(indicator_id: str, theme: str, cells: Cells, country: npt.NDArray[np.int64]) -> Outcome:
    """One question with the effects of factory and of country × week."""
    width = cells.closed - cells.opened + 1
    narrow = cells.at(width <= WIDEST)
    days = float(np.median(width)) if width.size else np.nan
    return Outcome(indicator_id, theme, narrow, int((width > WIDEST).sum()), absorbed(narrow, country), days)


def absorbed(cells: Cells, country: Ints) -> Absorbed:
    """The fixed effects of factory and of country × week, the week being that of the cell's midpoint.

    A cell weighs as many answers as it has: only so does it not matter that cells close by what is said in them.
    """
    week = cells.middle // WEEK
    first = int(week.min()) if week.size else 0
    weeks = int(week.max()) - first + 1 if week.size else 0
    block = country[cells.unit]
    blocks = int(country.max()) + 1 if country.size else 0
    return Absorbed(cells.unit, block * weeks + week - first, block, cells.n, country.size, blocks * weeks)
