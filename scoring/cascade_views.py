"""What the pages of the cascade are drawn from: pooled effects, single actions beside them, footprints."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.model import Action, Choice, Estimate, Factory, Stamp
from scoring.query import FootprintQuery


class Sureness(StrEnum):
    """What may be said of a pooled effect (FORMATS §3), and why none is shown."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNCLEAR = "unclear"
    NO_EFFECT_SEEN = "no_effect_seen"
    TOO_FEW_EVENTS = "too_few_events"
    NOT_SHARED = "not_shared"
    """Fewer than five other buyers stand behind it: told to no buyer."""


@dataclass(frozen=True)
class LagEffect:
    """The pooled effect in one week from the action (0: its first seven days), in points at usual severity."""

    lag: int
    estimate: Estimate


@dataclass(frozen=True)
class Usual:
    """What usually follows a kind of action in one row (the whole, a theme or a question).

    `effect` is the mean over weeks 0..12 for an action of usual size; None where it may not be told. `events` and
    `factories` are counts in words ("about 145", "20 or more"). `moved_before`: what workers said moved before such
    actions already, over all questions. `profile` holds the weeks −4..12.
    """

    kind: str
    kind_name: str
    token: str
    row: str
    row_name: str
    effect: Estimate | None
    sureness: Sureness
    events: str
    factories: str
    moved_before: bool
    profile: tuple[LagEffect, ...]


@dataclass(frozen=True)
class EventLine:
    """One action's own course in a row: points above or below its eight weeks before, in fortnights from it.

    `points` are (week, points): the week is the middle of the fortnight. Stretches without a cell are left out.
    """

    action: Action
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Study:
    """One row of the event study: the pooled effect and a thin line for each action of that kind that is seen."""

    usual: Usual
    lines: tuple[EventLine, ...]


@dataclass(frozen=True)
class Coverage:
    """How fine the cells behind the effects are: median days of a cell, and the share left out as wider than 91."""

    days: float
    left_out: float


@dataclass(frozen=True)
class FootprintRow:
    """One kind of action in a footprint: how often, and worker-week points after it (None where not told)."""

    kind: str
    kind_name: str
    token: str
    sign: int
    actions: int
    points: Estimate | None
    sureness: Sureness


@dataclass(frozen=True)
class Charged:
    """One action with its part of the footprint; `factory` and `seen` say where, and whether its page may be opened."""

    action: Action
    factory_id: str
    factory: str
    points: float
    seen: bool


@dataclass(frozen=True)
class FootprintView:
    """What followed a buyer's own actions, or all actions at one factory, added up (worker-week points).

    `factory` is set for a factory's page. `total` and `rows` are in worker-week points: minus is worse. Rows are
    ordered by points, the worst first, those without points last. `actions` and `factories` are what is counted in
    `total`; `left_out` actions are at factories of unknown headcount. `largest` are single actions by size of points.
    `study` is the chosen kind's, in the chosen row (`query.row`).
    """

    query: FootprintQuery
    factory: Factory | None
    buyer: str
    stamp: Stamp
    first: date
    last: date
    row_name: str
    total: Estimate | None
    actions: int
    factories: int
    left_out: int
    rows: tuple[FootprintRow, ...]
    largest: tuple[Charged, ...]
    study: Study | None
    choices: tuple[Choice, ...]
    coverage: Coverage | None
