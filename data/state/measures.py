"""Production measures: what factories told of their own work (output, overtime…), and how it went day by day.

A measure is context beside what workers said. It enters no score and no effect.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, case, func, select

from data.state.measure_models import MeasureRow, MeasureVersionRow
from data.state.models import LoadRow
from data.state.records import Outcome, Rejected, record_living
from data.state.store import Change, Look

KEY = ("factory_id", "measure", "date", "part", "source")
"""What says which value is meant."""
TWICE: Rejected = (
    "rejected",
    "date, measure and part stand earlier in this file with another value or unit; part says where it was measured",
)
NAMELESS: Rejected = ("rejected", "measure is empty")
NAMES = ("measure", "unit", "part")
"""Texts that people type: blanks around and between their words mean nothing."""

# So many rows are looked up and written at once; memory stays small however long a file is.
CHUNK = 20_000


@dataclass(frozen=True)
class Told:
    """One measure of a factory as one source tells it in one unit, with the days it is told for, both included.

    Values in another unit or of another source are another measure: adding them up would be a wrong number.
    `summed` says how the parts of a day make the day, as told last: "sum" or "mean"; None where nobody said.
    `parted` is True where it was measured at parts of the factory, not only at the whole.
    """

    measure: str
    unit: str | None
    source: str
    first: date
    last: date
    parted: bool
    summed: str | None


def record_measures(
    change: Change, rows: Iterable[Mapping[str, Any]], source: str = "", now: datetime | None = None
) -> list[Outcome]:
    """One outcome for each row, in order.

    Factory, day, measure, part and source say which value is meant. Told again with another value it is a correction:
    it is accepted, the newest stands, and the value before is kept with the moment it was replaced. Twice in one file
    with different values nobody knows which is right, so the later one is rejected.
    """
    told = [named({**row, "source": source}) for row in rows]
    outcomes: list[Outcome] = [TWICE if row["measure"] else NAMELESS for row in told]
    clear = clear_places(told)
    moment = now or datetime.now(UTC)
    for start in range(0, len(clear), CHUNK):
        places = clear[start : start + CHUNK]
        chunk = [told[place] for place in places]
        days = [row["date"] for row in chunk]
        near = MeasureRow.date.between(min(days), max(days))
        found = record_living(change, MeasureRow, MeasureVersionRow, chunk, KEY, {}, moment, near)
        for place, outcome in zip(places, found, strict=True):
            outcomes[place] = outcome
    return outcomes


def named(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its names without needless blanks; an empty part is the factory as a whole."""
    names = {name: " ".join((row.get(name) or "").split()) or None for name in NAMES}
    return {**row, **names, "part": names["part"] or ""}


def clear_places(rows: list[dict[str, Any]]) -> list[int]:
    """The places of rows that name their measure and that no earlier row contradicts."""
    first: dict[tuple[Any, ...], Any] = {}
    content = [(row["value"], row["unit"]) for row in rows]
    return [
        place
        for place, row in enumerate(rows)
        if row["measure"] and first.setdefault(tuple(row[name] for name in KEY), content[place]) == content[place]
    ]


def measures_of(look: Look, factory_id: str) -> list[Told]:
    """Every measure that is told of a factory, by name, unit and source."""
    row = MeasureRow
    summed, mean = (func.max(case((row.summed == way, row.date))) for way in ("sum", "mean"))
    query = (
        select(
            row.measure, row.unit, row.source, func.min(row.date), func.max(row.date), func.max(row.part), summed, mean
        )
        .where(row.factory_id == factory_id)
        .group_by(row.measure, row.unit, row.source)
    )
    found = [
        Told(name, unit, source, first, last, part != "", said_last(*ways))
        for name, unit, source, first, last, part, *ways in look.connection.execute(query)
    ]
    # Sorted here: databases differ on how words are sorted, and on where nothing is.
    return sorted(found, key=lambda one: (one.measure.casefold(), one.measure, one.unit or "", one.source))


def state_of_measures(look: Look, factory_id: str) -> tuple[int | None, ...]:
    """Numbers of which one changes whenever a measure of the factory is told, corrected or taken back.

    They cost a fraction of reading what there is, which takes longer the longer a factory has told.
    """
    counts = [
        select(select(func.count()).where(model.factory_id == factory_id).scalar_subquery(), func.max(model.id))
        for model in (MeasureRow, MeasureVersionRow)
    ]
    found = [tuple(look.connection.execute(query).one()) for query in (*counts, select(func.max(LoadRow.id)))]
    return tuple(number for numbers in found for number in numbers)


def said_last(summed: date | None, mean: date | None) -> str | None:
    """Whether a sum or a mean was asked for on the newer day; None where nobody said."""
    if summed is None and mean is None:
        return None
    return "sum" if mean is None or (summed is not None and summed >= mean) else "mean"


def daily(look: Look, factory_id: str, told: Told, first: date, last: date) -> list[tuple[date, float]]:
    """The value of each day from `first` to `last` for which one is told, in order.

    Parts are added up or averaged as the measure says; where nobody said, they are averaged. A value of the factory
    as a whole stands before its parts, which would count the same work twice.
    """
    row = MeasureRow
    parts = func.sum(row.value) if told.summed == "sum" else func.avg(row.value)
    whole = func.max(case((row.part == "", row.value)))
    unit = row.unit.is_(None) if told.unit is None else row.unit == told.unit
    mine = and_(row.factory_id == factory_id, row.measure == told.measure, row.source == told.source, unit)
    days = row.date.between(first, last)
    query = select(row.date, func.coalesce(whole, parts)).where(mine, days).group_by(row.date).order_by(row.date)
    return [(day, float(value)) for day, value in look.connection.execute(query)]
