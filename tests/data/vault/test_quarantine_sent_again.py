"""A quarantine file says what was wrong, is safe to open, and is taken once a person has mended it."""

import csv
import stat
from pathlib import Path

from data.vault.outcome import Outcome
from tests.data.vault.place import HEADER, Place, counts, quarantined

ROWS = [
    "F1,2026-06-08,GRV-02,4,app,woman,s1",
    'F1,2026-06-08,GRV-02,44,app,"two\nlines",s2',
    "F1,08.06.2026,GRV-02,4,app,=HYPERLINK(1),s3",
    "",
    "F1,2026-06-31,GRV-02,4,app,-,s4",
    "F9,2026-06-08,GRV-02,4,app,'s,s5",
]


def mended(outcome: Outcome) -> Path:
    """The quarantine file after a person wrote what was meant."""
    rows = quarantined(outcome)
    for row in rows:
        row |= {"factory_id": "F1", "date": "2026-06-08", "value": "4"}
    path = Path(outcome.quarantine or "").with_name("mended.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_it_holds_line_reason_and_the_rows_own_columns(place: Place) -> None:
    outcome = place.answers(ROWS)
    assert counts(outcome) == (1, 4, 0)
    rows = quarantined(outcome)
    assert list(rows[0])[:2] == ["line", "reason"]
    assert set(HEADER.split(",")) < set(rows[0])
    assert [row["line"] for row in rows] == ["3", "5", "7", "8"]
    assert rows[0]["gender"] == "two\nlines"
    assert (rows[3]["factory_id"], rows[3]["submission_id"]) == ("F9", "s5")


def test_nobody_else_may_read_it_and_no_cell_is_a_formula(place: Place) -> None:
    outcome = place.answers(ROWS)
    assert stat.S_IMODE(Path(outcome.quarantine or "").stat().st_mode) == 0o600
    assert [row["gender"] for row in quarantined(outcome)][1:] == ["'=HYPERLINK(1)", "'-", "''s"]


def test_mended_and_sent_again_it_is_accepted_as_it_was_meant(place: Place) -> None:
    report = place.load(mended(place.answers(ROWS)), "answers")
    assert report.warnings == ()
    assert counts(report.outcomes[0]) == (4, 0, 0)
    found = place.ask("SELECT gender FROM answers ORDER BY 1")
    assert found == [("'s",), ("-",), ("=HYPERLINK(1)",), ("two\nlines",), ("woman",)]


def test_the_whole_file_mended_at_its_source_brings_only_what_was_missing(place: Place) -> None:
    nameless = [row.rpartition(",")[0] + "," for row in ROWS[:3]]
    assert counts(place.answers(nameless)) == (1, 2, 0)
    whole = [row.replace(",44,", ",4,").replace("08.06.2026", "2026-06-08") for row in nameless]
    assert counts(place.answers(whole)) == (2, 0, 1)


def test_a_row_of_another_length_is_kept_as_it_stood(place: Place) -> None:
    [row] = quarantined(place.answers(["F1,2026-06-08,GRV-02"]))
    assert (row["reason"], row["row"]) == ("the row has 3 fields, the header names 7", "F1 | 2026-06-08 | GRV-02")


def test_further_segments_stand_in_it(place: Place) -> None:
    outcome = place.answers(["F1,2026-06-08,GRV-02,9,,,s1,night"], f"{HEADER},seg_shift")
    assert quarantined(outcome)[0]["seg_shift"] == "night"


def test_without_a_rejected_row_there_is_no_file(place: Place) -> None:
    assert place.answers(ROWS[:1]).quarantine is None
    assert list(place.home.quarantine.iterdir()) == []
