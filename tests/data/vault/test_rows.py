"""Every row of answers ends as accepted, rejected or present: judged by a second, plain judge in Python."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.vault.place import HEADER, Place, counts, folder_of, quarantined

GOOD = ["F1", "2026-06-08", "GRV-02", "4", "app", "woman", ""]
SCALES = {"GRV-02": (1, 5), "GRV-01": (0, 1), "FRE-01": (0, 1)}
FIELDS = {
    0: ["F1", "F2", " F1 ", "F9", "", "f1", "F1\u2028", "F\x001"],
    1: ["2026-06-08", "2026-06-08T23:59:59+06:00", "2026-06-08 07:00", "2026-02-30", "08.06.2026", "2026-6-8", "",
        "২০২৬-০৬-০৮", "1987-01-01", "2999-01-01", "2026-06-08x"],
    2: ["GRV-02", "GRV-01", "FRE-01", "grv-02", "XYZ", "", "GRV-02\nGRV-01"],
    3: ["4", " 4 ", "4.0", "1", "0", "6", "-1", "3.5", "৪", "four", "", "NA", "nan", "inf", "1e0", "4,0"],
    4: ["app", "WEB", "carrier pigeon", "", 'said "hello"\nand left', "=1+1"],
    5: ["woman", "", "ডান\u2028হাত", "a\rb", "x" * 5000, "-", "'s"],
}  # fmt: skip


def fault(row: list[str]) -> bool:
    """True when something is wrong with a row of answers, judged the slow way."""
    while len(row) > 7 and row[-1] == "":
        row = row[:-1]
    if len(row) != 7:
        return True
    factory, day, indicator, value = (field.strip(" ") for field in row[:4])
    if factory not in ("F1", "F2") or indicator not in SCALES or not readable_day(day):
        return True
    low, high = SCALES[indicator]
    try:
        number = float(value) if value.isascii() else float("nan")
    except ValueError:
        return True
    return not (low <= number <= high and number == int(number))


def readable_day(day: str) -> bool:
    """True for an ISO day from 2000 to a year from now."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?", day):
        return False
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return False
    return date(2000, 1, 1) <= found <= datetime.now(UTC).date() + timedelta(days=366)


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """A row of answers, good or damaged; sometimes with fields too few or too many, sometimes blank."""
    row = list(GOOD)
    for place in draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=3)):
        row[place] = draw(st.sampled_from(FIELDS[place]))
    damage = draw(st.sampled_from(["none"] * 6 + ["fewer", "more", "commas", "blank"]))
    if damage == "fewer":
        return row[: draw(st.integers(1, 6))]
    if damage == "more":
        return [*row, *draw(st.lists(st.sampled_from(["", "x"]), min_size=1, max_size=3))]
    return {"none": row, "commas": [""] * 7, "blank": []}[damage]


def spelled(table: list[list[str]], ending: str, *, quoted: bool) -> tuple[str, list[int]]:
    """The rows as CSV, and the physical line on which each begins."""
    text, starts = HEADER + ending, []
    for row in table:
        starts.append(1 + len(re.findall(r"\r\n|\r|\n", text)))
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerow(row)
        text += line.getvalue().removesuffix("\r\n") + ending
    return text, starts


@pytest.fixture(scope="module")
def long_place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One place for all examples; each comes from a source of its own, so that none is present before."""
    return Place.at(tmp_path_factory.mktemp("rows"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(rows(), min_size=1, max_size=12),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
    quoted=st.booleans(),
    cut=st.booleans(),
)
def test_every_row_is_accounted_for(
    long_place: Place, table: list[list[str]], ending: str, mark: str, quoted: bool, cut: bool
) -> None:
    body, starts = spelled(table, ending, quoted=quoted)
    body = mark + (body.removesuffix(ending) if cut else body)
    report = long_place.load(
        folder_of(long_place.folder / "drop", answers=body), source=str(long_place.ask("SELECT count(*) FROM loads"))
    )
    outcome = long_place.of("answers", report)
    there = [(line, row) for line, row in zip(starts, table, strict=True) if row]
    bad = [line for line, row in there if fault(row)]
    assert sum(counts(outcome)) == len(there)
    assert outcome.already_present == 0
    rejected = quarantined(outcome) if outcome.quarantine else []
    assert [int(row["line"]) for row in rejected] == bad
    assert all(row["reason"] for row in rejected)
    assert long_place.ask(
        "SELECT coalesce(max(accepted), 0) FROM loads WHERE load = (SELECT max(load) FROM loads)"
    ) == [(len(there) - len(bad),)]
    assert long_place.ask("SELECT count(*) FROM answers") == long_place.ask("SELECT count(*) FROM identities")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("F9,2026-06-08,GRV-02,4,,,", "factory 'F9' is not declared in factories"),
        (",2026-06-08,GRV-02,4,,,", "factory_id is empty"),
        ("F1,2026-02-30,GRV-02,4,,,", "date '2026-02-30' is not a date; write YYYY-MM-DD"),
        ("F1,,GRV-02,4,,,", "date is empty"),
        ("F1,1999-12-31,GRV-02,4,,,", "date '1999-12-31' is not a day on which anybody can have answered"),
        ("F1,2026-06-08,GRV-99,4,,,", "indicator 'GRV-99' is in no codebook that is known here"),
        ("F1,2026-06-08,,4,,,", "indicator_id is empty"),
        ("F1,2026-06-08,GRV-02,,,,", "value is empty"),
        ("F1,2026-06-08,GRV-02,four,,,", "value 'four' is not a number"),
        ("F1,2026-06-08,GRV-02,6,,,", "value '6' is off the scale ordinal5, 1 to 5"),
        ("F1,2026-06-08,GRV-02,2.5,,,", "value '2.5' is off the scale ordinal5, 1 to 5"),
        ("F1,2026-06-08,GRV-02", "the row has 3 fields, the header names 7"),
        ("F1,2026-06-08,GRV-02,4,,,,,x", "the row has 9 fields, the header names 7"),
    ],
)
def test_a_reason_is_a_plain_sentence_with_the_value(place: Place, row: str, reason: str) -> None:
    outcome = place.answers([",".join(GOOD), row])
    assert counts(outcome) == (1, 1, 0)
    assert [(r["line"], r["reason"]) for r in quarantined(outcome)] == [("3", reason)]


def test_values_are_whole_numbers_however_they_are_written(place: Place) -> None:
    written = ["4", " 4 ", "4.0", "4e0", '"4"']
    assert counts(place.answers([f"F1,2026-06-08,GRV-02,{value},,,s{i}" for i, value in enumerate(written)])) == (
        5,
        0,
        0,
    )
    assert place.ask("SELECT DISTINCT level FROM answers") == [(4,)]


def test_a_time_after_the_day_is_cut_off(place: Place) -> None:
    days = ["2026-06-08", "2026-06-08 23:59", "2026-06-08T00:30:00+06:00"]
    place.answers([f"F1,{day},GRV-02,4,,,s{i}" for i, day in enumerate(days)])
    assert place.ask("SELECT DISTINCT CAST(day AS VARCHAR) FROM answers") == [("2026-06-08",)]


def test_a_value_of_great_length_is_told_briefly_and_kept_whole(place: Place) -> None:
    outcome = place.answers([f"F1,2026-06-08,GRV-02,{'9' * 100_000},,,"])
    [row] = quarantined(outcome)
    assert len(row["reason"]) < 200
    assert len(row["value"]) == 100_000


def test_channels_nobody_described_are_kept_and_named(place: Place) -> None:
    report = place.load(
        place.files(answers=f"{HEADER}\nF1,2026-06-08,GRV-02,4,Pigeon,,\nF1,2026-06-08,GRV-02,4,SMS,,\n")
    )
    assert counts(place.of("answers", report)) == (2, 0, 0)
    assert ["'pigeon'" in warning for warning in report.warnings] == [True]


def test_columns_nobody_knows_are_named_and_ignored(place: Place) -> None:
    report = place.load(place.files(answers=f"{HEADER},mood,weather\nF1,2026-06-08,GRV-02,4,,,,good,rain\n"))
    assert report.warnings == ("answers.csv: the columns mood, weather are not known and were ignored.",)
    assert counts(place.of("answers", report)) == (1, 0, 0)


def test_further_segments_are_kept_with_the_answer(place: Place, tmp_path: Path) -> None:
    place.answers(["F1,2026-06-08,GRV-02,4,,,s1,night, 3 "], f"{HEADER},seg_shift,seg_line")
    assert place.ask("SELECT others FROM answers") == [({"seg_shift": "night", "seg_line": "3"},)]
