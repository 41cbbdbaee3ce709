"""Production measures of a timeline: which there are, and how the chosen ones went week by week.

They belong to the factory: its owner sees them, and the operator. Nobody else learns whether there are any.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from access.policy import reaches
from access.viewer import Viewer
from data.state.measures import Told, daily, measures_of, state_of_measures
from data.state.store import Look, State
from scoring.courses import stretches
from scoring.measure_views import Measure, MeasureLine, MeasurePoint
from scoring.query import TimelineQuery
from scoring.views import TimelineView

WEEK = 7
HOW = {"sum": "parts added up", "mean": "parts averaged"}


@dataclass(frozen=True)
class Picked:
    """The measures that a viewer may choose from, by key, and the keys of those that were chosen."""

    told: Mapping[str, Told]
    keys: tuple[str, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of which a chosen measure is told; None where none is chosen."""
        chosen = [self.told[key] for key in self.keys]
        return (min(one.first for one in chosen), max(one.last for one in chosen)) if chosen else None


def picked_measures(state: State, viewer: Viewer, query: TimelineQuery) -> Picked:
    """What a query chooses of what the factory told. For who may not see it, it told nothing."""
    if not reaches(viewer, "measures.view", query.factory):
        return Picked({}, ())
    with state.look() as look:
        as_of = state_of_measures(look, query.factory)
    told = {key_of(one): one for one in told_at(state, query.factory, as_of)}
    return Picked(told, tuple(key for key in query.measures if key in told))


def with_measures(view: TimelineView, state: State, picked: Picked) -> TimelineView:
    """The timeline with the measures that may be chosen, and the chosen ones along the calendar.

    Its query names no others. In weeks from the action none is drawn.
    """
    choices = {one.key: one for one in measures(picked.told)}
    factory, drawn = view.factory.factory_id, picked.keys if view.query.view == "time" else ()
    query = replace(view.query, measures=picked.keys)
    lines: tuple[MeasureLine, ...] = ()
    if drawn:
        with state.look() as look:
            lines = tuple(
                MeasureLine(choices[key], points(look, factory, picked.told[key], view.first, view.last))
                for key in drawn
            )
    return replace(view, query=query, measures=tuple(choices.values()), measure_lines=lines)


@lru_cache(maxsize=256)
def told_at(state: State, factory: str, _as_of: tuple[int | None, ...]) -> tuple[Told, ...]:
    """The measures of a factory, kept until they change: finding them reads every value there is."""
    with state.look() as look:
        return tuple(measures_of(look, factory))


def key_of(told: Told) -> str:
    """What stands for a measure in an address: names may hold any sign, and be long."""
    said = "\0".join((told.measure, told.unit or "", told.source))
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def measures(told: Mapping[str, Told]) -> list[Measure]:
    """The measures as they are named; the source only where several tell of the same thing."""
    often = Counter((one.measure, one.unit) for one in told.values())
    return [
        Measure(
            key, one.measure, one.unit or "", one.source if often[one.measure, one.unit] > 1 else "",
            one.first, one.last, HOW[one.summed or "mean"] if one.parted else "",
        )
        for key, one in told.items()
    ]  # fmt: skip


def points(look: Look, factory: str, told: Told, first: date, last: date) -> tuple[MeasurePoint, ...]:
    """The mean day of each week that has a value, in the weeks in which the rows above are drawn.

    A mean of the days that were told, so that a holiday or the running week does not look like a fall.
    """
    cut = stretches(first, last, WEEK)
    found = daily(look, factory, told, first, last)
    # Weeks end on the last day drawn, so a day's place is counted from there.
    weeks = groupby(found, key=lambda one: len(cut.lasts) - 1 - (last - one[0]).days // WEEK)
    return tuple(mean_day(cut.firsts[place], cut.lasts[place], [value for _, value in days]) for place, days in weeks)


def mean_day(first: date, last: date, values: Sequence[float]) -> MeasurePoint:
    """The mean of a week's days."""
    return MeasurePoint(first, last, sum(values) / len(values), len(values))
