"""A load can be taken out again until a release took it in: all of it, and nothing of any other."""

from pathlib import Path

import pytest

from data.vault.undo import NotUndone, Undone, undone
from tests.conftest import ROOT
from tests.data.vault.place import HEADER, Place, counts

SAMPLE = ROOT / "data" / "sample"
ORDERS = "order_id,buyer_id,factory_id,placed_date,quantity,status\n"
ANSWERS = [f"F1,2026-06-{day:02},GRV-02,{1 + day % 5},app,woman,s{day}" for day in range(1, 13)]


def undo(place: Place, load: int) -> Undone:
    return undone(place.home, place.settings, place.state, load)


def contents(place: Place) -> dict[str, int]:
    """What every table holds, but for the books of loads."""
    return {name: rows for name, rows in place.kept().items() if name not in ("loads", "state.loads", "wipes")}


def test_a_whole_folder_goes_and_comes_anew(place: Place) -> None:
    empty = dict.fromkeys(contents(place), 0)
    first = place.load(SAMPLE)
    taken = undo(place, 1)
    assert taken.rows["answers"] == sum(o.accepted for o in first.outcomes if o.file == "answers")
    left = {name: rows for name, rows in contents(place).items() if rows and name not in ("schema_version",)}
    assert left.keys() <= {"state.organisations"}, "only the names of organisations stay"
    assert empty.keys() == contents(place).keys()
    again = place.load(SAMPLE)
    anew = [(o.file, counts(o)) for o in again.outcomes if o.file != "buyers"]
    assert anew == [(o.file, counts(o)) for o in first.outcomes if o.file != "buyers"]


def test_only_that_load_goes(place: Place) -> None:
    place.answers(ANSWERS[:6])
    before = contents(place)
    place.answers(ANSWERS[3:])
    assert undo(place, 2).rows == {"answers": 6, "identities": 6, "files": 1} | {"files": 2}
    assert contents(place) == before
    assert counts(place.answers(ANSWERS)) == (6, 0, 6)


def test_factories_and_questions_that_something_else_uses_stay(place: Place) -> None:
    place.answers(ANSWERS[:6])
    place.answers(ANSWERS[6:])
    gone = undo(place, 1)
    assert gone.left > 0
    assert place.ask("SELECT count(*) FROM answers") == [(6,)]
    assert place.ask("SELECT count(*) FROM factories WHERE factory_id = 'F1'") == [(1,)]
    assert place.ask("SELECT count(*) FROM factories WHERE factory_id = 'F2'") == [(0,)]
    assert counts(place.answers(ANSWERS[:6])) == (6, 0, 0)


def test_orders_stand_again_as_before(place: Place, tmp_path: Path) -> None:
    place.answers(ANSWERS)
    file = tmp_path / "orders.csv"
    file.write_text(f"{ORDERS}A,B1,F1,2026-06-01,100,open\nB,B1,F1,2026-06-01,50,open\n")
    place.load(file, "orders")
    before = stood(place)
    file.write_text(f"{ORDERS}A,B1,F1,2026-06-01,100,shipped\nC,B1,F2,2026-06-02,70,open\n")
    assert counts(place.of("orders", place.load(file, "orders"))) == (2, 0, 0)
    with pytest.raises(NotUndone, match="A later load changed 1 orders of this one"):
        undo(place, 2)
    assert undo(place, 3).rows["orders"] == 2
    assert stood(place) == before
    undo(place, 2)
    assert stood(place) == []


def stood(place: Place) -> list[tuple[object, ...]]:
    """Every order as it stands."""
    from data.state.trade import order_versions_frame, orders_frame

    with place.state.look() as look:
        assert order_versions_frame(look) == [] or len(order_versions_frame(look)) == 1
        return [(row["order_id"], row["status"], row["quantity"]) for row in orders_frame(look)]


def test_what_was_released_stays(place: Place) -> None:
    rows = [f"F1,2026-06-{day:02},GRV-02,{1 + n % 5},app,woman,s{day}-{n}" for day in range(1, 13) for n in range(12)]
    place.answers(rows)
    place.release()
    kept = place.kept()
    with pytest.raises(NotUndone, match="Load 1 cannot be undone any more: release 1 took it in"):
        undo(place, 1)
    assert place.kept() == kept


def test_answers_of_days_that_no_release_reached_can_still_go(place: Place) -> None:
    from datetime import date

    rows = [f"F1,2026-06-{day:02},GRV-02,{1 + n % 5},app,woman,s{day}-{n}" for day in range(1, 13) for n in range(12)]
    place.answers(rows)
    place.answers([row.replace("2026-06", "2026-07") for row in (r.replace(",s", ",t") for r in rows)])
    place.release(date(2026, 6, 30))
    cells = place.cells()
    assert undo(place, 2).rows["answers"] == 144
    assert place.cells() == cells


def test_what_is_no_load_and_what_is_undone_already(place: Place) -> None:
    with pytest.raises(NotUndone, match="There is no load 1"):
        undo(place, 1)
    place.answers(ANSWERS)
    with pytest.raises(NotUndone, match="There is no load 7"):
        undo(place, 7)
    undo(place, 1)
    assert undo(place, 1).rows == {}
    assert "held nothing any more" in undo(place, 1).sentence


def test_the_bytes_of_what_was_undone_leave_the_disk(place: Place) -> None:
    from data.vault.residue import forgotten

    place.answers([f"F1,2026-06-08,GRV-02,4,app,zqneedle{n},s{n}" for n in range(40)])
    undo(place, 1)
    forgotten(place.home, place.settings, 0)
    assert b"zqneedle" not in place.home.vault.read_bytes()


def test_a_header_stays_as_it_is() -> None:
    assert HEADER.startswith("factory_id,date"), "the rows above are written for it"
