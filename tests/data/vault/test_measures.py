"""Measures go in through a canonical folder or a file of their own; what is wrong with a row is told with its line."""

import csv
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from tests.data.vault.place import HEADER, Place, counts, parquet_twin, quarantined

HEAD = "factory_id,date,measure,value,unit,part,summed\n"
GOOD = HEAD + "F1,2026-06-01,Output,820,pieces,Line 1,sum\nF1,2026-06-01,Output,640.5,pieces,Line 2,sum\n"
PLENTY = 50_000


def load(place: Place, measures: str, **more: str) -> tuple[int, int, int]:
    """What became of these rows, beside F1 and F2 and no answers."""
    return counts(place.of("measures", place.load(place.files(answers=HEADER + "\n", measures=measures, **more))))


def kept(place: Place) -> int:
    """How many values the state store holds."""
    with place.state.look() as look:
        return int(look.connection.execute(text("SELECT count(*) FROM measures")).scalar_one())


def test_a_folder_twice_is_the_folder_once(place: Place) -> None:
    assert load(place, GOOD) == (2, 0, 0)
    assert load(place, GOOD) == (0, 0, 2)
    assert load(place, GOOD.replace("820", "815")) == (1, 0, 1)
    assert kept(place) == 2


def test_a_file_alone_and_its_parquet_twin_are_the_same(place: Place) -> None:
    load(place, HEAD)
    path = place.folder / "may.csv"
    path.write_text(GOOD)
    assert counts(place.of("measures", place.load(path, "measures"))) == (2, 0, 0)
    twin = parquet_twin(place.files(answers=HEADER + "\n", measures=GOOD), place.folder / "twin", {"value": "DOUBLE"})
    assert counts(place.of("measures", place.load(twin))) == (0, 0, 2)
    assert counts(place.of("measures", place.load(path, "measures", source="erp"))) == (2, 0, 0)


def test_a_dry_run_keeps_nothing(place: Place) -> None:
    folder = place.files(answers=HEADER + "\n", measures=GOOD)
    assert counts(place.of("measures", place.load(folder, dry_run=True))) == (2, 0, 0)
    assert kept(place) == 0


def test_bad_rows_are_put_aside_each_with_its_reason(place: Place) -> None:
    bad = {
        "F9,2026-06-01,Output,1,,,": "factory_id 'F9' is not declared in factories",
        "F1,7/12/1905,Output,1,,,": "date '7/12/1905' is not a date",
        "F1,,Output,1,,,": "date is empty",
        "F1,2026-06-02,,1,,,": "measure is empty",
        "F1,2026-06-02,Output,many,,,": "value 'many' is not a number",
        "F1,2026-06-02,Output,inf,,,": "value 'inf' is not a number",
        "F1,2026-06-02,Output,,,,": "value is empty",
        "F1,2026-06-02,Output,1,,,both": "summed 'both' is neither sum nor mean",
        "F1,2026-06-01,Output,700,pieces,Line 1,sum": "date, measure and part stand earlier in this file with another "
        "value or unit; part says where it was measured",
    }
    report = place.load(place.files(answers=HEADER + "\n", measures=GOOD + "\n".join(bad) + "\n"))
    outcome = place.of("measures", report)
    assert counts(outcome) == (2, len(bad), 0)
    for one, reason in zip(quarantined(outcome), bad.values(), strict=True):
        assert one["reason"].startswith(reason)
    assert [int(one["line"]) for one in quarantined(outcome)] == list(range(4, 4 + len(bad)))
    assert kept(place) == 2


def test_measures_make_no_organisation_and_no_effects_anew(place: Place) -> None:
    load(place, GOOD)
    with place.state.look() as look:
        kinds = look.connection.execute(text("SELECT DISTINCT kind FROM organisations")).scalars().all()
    assert kinds == ["owner"]
    path = place.folder / "may.csv"
    path.write_text(GOOD)
    assert not place.load(path, "measures").tells_of_actions


def test_a_long_file_is_loaded_quickly(place: Place) -> None:
    first = date(2025, 1, 1)
    rows = (f"F1,{first + timedelta(n // 100)},M{n % 10},{n},pieces,Line {n // 10 % 10},sum" for n in range(PLENTY))
    body = HEAD + "\n".join(rows) + "\n"
    for expected in ((PLENTY, 0, 0), (0, 0, PLENTY)):
        begun = time.process_time()
        assert load(place, body) == expected
        assert time.process_time() - begun < 40, "rows are handled one by one"


def test_a_real_factory_s_months_go_in_and_the_damaged_copy_reports_its_one_bad_date(
    place: Place, shared_data: Path
) -> None:
    """Team by team, as their columns say; here turned into rows by hand, as a mapping would."""
    folder = shared_data / "uci-garment-productivity"
    load(place, HEAD)
    for name, day, bad in (
        ("garments_worker_productivity.csv", "date", 0), ("garments_worker_productivity_broken_dates.csv", "year", 1),
    ):  # fmt: skip
        path = place.folder / f"long-{name}"
        path.write_text(HEAD + "\n".join(long_rows(folder / name, day)) + "\n")
        outcome = place.of("measures", place.load(path, "measures", source=name))
        assert counts(outcome) == (1197 - bad, bad, 0)
        assert [one["reason"] for one in outcome.rows] == ["date is empty"] * bad


def long_rows(path: Path, day: str) -> list[str]:
    """One line for each team and day: how productive it was. A date of another century is left empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        month, number, year = row[day].split("/")
        when = f"{year}-{int(month):02d}-{int(number):02d}" if year == "2015" else ""
        found.append(
            f"F1,{when},Productivity,{row['actual_productivity']},,{row['department'].strip()} {row['team']},mean"
        )
    return found
