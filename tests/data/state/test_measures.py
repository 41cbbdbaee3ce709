"""Production measures are kept once, corrected by whoever told them, and added up as they say."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from data.state import State
from data.state import measures as module
from data.state.loads import record_load
from data.state.measure_models import MeasureRow, MeasureVersionRow
from data.state.measures import NAMELESS, TWICE, Told, daily, measures_of, record_measures, state_of_measures

MOMENT = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAY = date(2026, 2, 2)


def row(value: float = 100.0, part: str | None = None, days: int = 0, **more: Any) -> dict[str, Any]:
    base = {"factory_id": "F1", "date": DAY + timedelta(days=days), "measure": "Output", "value": value, "part": part}
    return {**base, **more}


def tell(state: State, *rows: dict[str, Any], source: str = "", days: int = 0) -> list[Any]:
    with state.change() as change:
        return record_measures(change, rows, source, MOMENT + timedelta(days=days))


def values(state: State, number: int = 0, factory: str = "F1") -> dict[date, float]:
    with state.look() as look:
        told = measures_of(look, factory)[number]
        return dict(daily(look, factory, told, DAY - timedelta(days=30), DAY + timedelta(days=30)))


def kept(state: State, model: type[MeasureRow] | type[MeasureVersionRow], *names: str) -> list[tuple[Any, ...]]:
    with state.look() as look:
        table = model.__table__
        query = select(*(table.c[name] for name in names)).order_by(table.c.id)
        return [tuple(found) for found in look.connection.execute(query)]


def test_the_same_again_is_already_present(state: State) -> None:
    rows = [row(part=f"Line {n}", days=day, unit="pieces", summed="sum") for n in range(3) for day in range(4)]
    assert tell(state, *rows) == ["accepted"] * 12
    assert tell(state, *rows, days=1) == ["already_present"] * 12
    assert tell(state, *rows, source="elsewhere") == ["accepted"] * 12
    assert len(kept(state, MeasureRow, "id")) == 24
    assert kept(state, MeasureVersionRow, "id") == []


def test_another_value_is_a_correction_and_the_one_before_is_kept(state: State) -> None:
    tell(state, row(100), row(7, days=1))
    assert tell(state, row(90), row(7, days=1), days=1) == ["accepted", "already_present"]
    assert tell(state, row(95), days=2) == ["accepted"]
    assert kept(state, MeasureRow, "value") == [(95.0,), (7.0,)]
    assert kept(state, MeasureVersionRow, "value", "replaced_at") == [
        (100.0, MOMENT + timedelta(days=1)),
        (90.0, MOMENT + timedelta(days=2)),
    ]


def test_two_values_for_one_thing_in_one_file_are_no_correction(state: State) -> None:
    assert tell(state, row(1), row(2), row(1)) == ["accepted", TWICE, "already_present"]
    assert tell(state, row(1, days=1, unit="pieces"), row(1, days=1, unit="dozens")) == ["accepted", TWICE]
    assert tell(state, row(1), row(2), row(1), days=1) == ["already_present", TWICE, "already_present"]
    assert kept(state, MeasureRow, "value") == [(1.0,), (1.0,)]


def test_a_row_that_leaves_unit_and_way_empty_wipes_neither(state: State) -> None:
    tell(state, row(unit="pieces", summed="sum"))
    assert tell(state, row(), days=1) == ["already_present"]
    assert kept(state, MeasureRow, "unit", "summed") == [("pieces", "sum")]


def test_blanks_in_names_mean_nothing_and_a_nameless_measure_is_refused(state: State) -> None:
    odd = row(part=" finishing\u00a0 ", measure="\tOver   time ")
    assert tell(state, odd, row(part="finishing", measure="Over time")) == ["accepted", "already_present"]
    assert kept(state, MeasureRow, "measure", "part") == [("Over time", "finishing")]
    assert tell(state, row(measure="\u00a0\t"), row(measure="a\x00b")) == [NAMELESS, "accepted"]


def test_parts_are_added_up_or_averaged_as_they_say_and_averaged_where_nobody_said(state: State) -> None:
    for way in ("sum", "mean", None):
        name = f"by {way}"
        tell(state, *(row(v, part=f"L{v}", measure=name, summed=way) for v in (2, 4, 9)))
    tell(state, row(8, measure="whole"))
    with state.look() as look:
        found = {told.measure: told for told in measures_of(look, "F1")}
        days = {name: daily(look, "F1", told, DAY, DAY) for name, told in found.items()}
    assert days == {"by sum": [(DAY, 15.0)], "by mean": [(DAY, 5.0)], "by None": [(DAY, 5.0)], "whole": [(DAY, 8.0)]}
    assert [(told.parted, told.summed) for told in found.values()] == [
        (True, "mean"), (True, None), (True, "sum"), (False, None),
    ]  # fmt: skip


def test_a_value_of_the_whole_factory_stands_before_its_parts(state: State) -> None:
    tell(state, row(50), row(20, part="Line 1"), row(25, part="Line 2"), row(20, part="Line 1", days=1, summed="sum"))
    assert values(state) == {DAY: 50.0, DAY + timedelta(days=1): 20.0}


def test_what_was_said_last_of_the_way_counts(state: State) -> None:
    tell(state, *(row(v, part=str(v), summed="mean") for v in (1, 3)))
    tell(state, *(row(v, part=str(v), days=1, summed="sum") for v in (1, 3)))
    assert values(state) == {DAY: 4.0, DAY + timedelta(days=1): 4.0}


def test_units_and_sources_are_never_mixed(state: State) -> None:
    tell(state, row(12, unit="pieces"), row(1, days=1, unit="dozens"))
    tell(state, row(12, unit="pieces"), source="erp")
    with state.look() as look:
        found = measures_of(look, "F1")
        assert [(told.unit, told.source, told.first, told.last) for told in found] == [
            ("dozens", "", DAY + timedelta(days=1), DAY + timedelta(days=1)),
            ("pieces", "", DAY, DAY),
            ("pieces", "erp", DAY, DAY),
        ]
        assert [daily(look, "F1", told, DAY, DAY + timedelta(days=9))[0][1] for told in found] == [1.0, 12.0, 12.0]


def test_other_factories_and_days_are_left_out(state: State) -> None:
    tell(state, row(1), row(2, factory_id="F2"), row(3, days=40))
    assert values(state) == {DAY: 1.0}
    assert values(state, factory="F2") == {DAY: 2.0}
    with state.look() as look:
        assert measures_of(look, "F3") == []
        assert daily(look, "F1", Told("nothing", None, "", DAY, DAY, False, None), DAY, DAY) == []


def test_a_long_file_is_written_in_chunks_alike(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 7)
    rows = [row(n, part=f"L{n % 5}", days=n // 5) for n in range(60)]
    assert tell(state, *rows, rows[3], row(99, part="L0")) == [*["accepted"] * 60, "already_present", TWICE]
    assert tell(state, *reversed(rows), days=1) == ["already_present"] * 60
    assert tell(state) == []


def test_numbers_tell_when_anything_of_a_factory_s_measures_changed(state: State) -> None:
    def now() -> tuple[int | None, ...]:
        with state.look() as look:
            return state_of_measures(look, "F1")

    seen = [now()]
    for rows in ([row(1), row(2, days=1)], [row(3, days=2)], [row(9)], [row(8, days=1)]):
        tell(state, *rows)
        seen.append(now())
    with state.change() as change:
        change.connection.execute(delete(MeasureVersionRow).where(MeasureVersionRow.value == 1))
    seen.append(now())
    with state.change() as change:
        change.connection.execute(delete(MeasureRow).where(MeasureRow.value == 9))
    seen.append(now())
    with state.change() as change:
        record_load(change, "measures.csv", [])
    seen.append(now())
    assert len(set(seen)) == len(seen)
    assert now() == seen[-1]
