"""The vault forgets keys, sittings and identities when it is time, and their bytes leave the disk."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.release.files import newest_release
from data.vault import residue
from data.vault.residue import IDENTITY_DAYS, forgotten
from data.vault.store import vault
from tests.data.vault.place import Place, counts

HEADER = "factory_id,date,indicator_id,value,channel,gender,submission_id,respondent_key"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC).replace(tzinfo=None)
FIRST = date(2026, 1, 5)


def answers(start: date, days: int, *, keys: int = 14, name: str = "") -> list[str]:
    """Rows of F1: every day each of half the keys says three things in one sitting."""
    rows = []
    for offset in range(days):
        day = start + timedelta(days=offset)
        quarter = f"{day.year}q{(day.month + 2) // 3}"
        for worker in range(offset % 2, keys, 2):
            told = f"{day},{{}},{{}},app,woman,sitting-{name}{day}-{worker:03d},person-{name}{quarter}-{worker:03d}"
            for indicator, value in (("FRE-02", worker == 3), ("HRS-01", worker % 2), ("GRV-02", 1 + worker % 5)):
                rows.append(f"F1,{told.format(indicator, int(value))}")
    return rows


@pytest.fixture
def filled(place: Place) -> Place:
    """A place with three quarters of answers, the last one running, released."""
    place.answers(answers(FIRST, 230), header=HEADER)
    place.release()
    return place


def forget(place: Place, now: datetime = NOW) -> list[str]:
    return forgotten(place.home, place.settings, newest_release(place.home), now)


def keys_of(place: Place, column: str) -> dict[str, int]:
    """How many distinct keys are left, by quarter; "somebody" and nobody are none."""
    return dict(
        place.ask(
            f"SELECT strftime(date_trunc('quarter', day), '%Y-%m'), count(DISTINCT nullif({column}, 0)) "
            "FROM vault.answers GROUP BY 1 ORDER BY 1"
        )
    )


def searched(root: Path, needles: dict[str, bytes]) -> dict[str, set[str]]:
    """In which files below the folder each needle's bytes are."""
    found: dict[str, set[str]] = {name: set() for name in needles}
    for path in root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for name, needle in needles.items():
                if needle in content:
                    found[name].add(str(path.relative_to(root)))
    return found


def test_keys_and_sittings_go_once_their_quarter_is_over(filled: Place) -> None:
    assert keys_of(filled, "person") == {"2026-01": 14, "2026-04": 14, "2026-07": 14}
    sittings = keys_of(filled, "sitting")
    lines = forget(filled)
    assert [line.split(",")[0] for line in lines] == ["Forgotten: respondent keys", "Forgotten: sittings"]
    assert keys_of(filled, "person") == {"2026-01": 0, "2026-04": 0, "2026-07": 14}
    assert keys_of(filled, "sitting") == {"2026-01": 0, "2026-04": 0, "2026-07": sittings["2026-07"]}
    assert forget(filled) == []


def test_they_wait_for_the_end_of_their_last_week(place: Place) -> None:
    """The quarter ends on a Tuesday; warnings about its last days are found when the week is over, on Sunday."""
    place.answers(answers(FIRST, 120), header=HEADER)
    place.release(date(2026, 4, 4))
    assert forget(place) == []
    place.release(date(2026, 4, 5))
    assert keys_of(place, "sitting")["2026-01"] > 500
    assert forget(place)
    assert keys_of(place, "sitting")["2026-01"] == keys_of(place, "person")["2026-01"] == 0
    assert keys_of(place, "sitting")["2026-04"] > 100


def test_nothing_goes_before_the_release_is_published(filled: Place) -> None:
    assert forgotten(filled.home, filled.settings, 0, NOW) == []
    assert keys_of(filled, "person")["2026-01"] == 14


def test_an_empty_home_has_nothing_to_forget(place: Place) -> None:
    assert forget(place) == []


def test_late_answers_lose_their_keys_once_they_are_published(filled: Place) -> None:
    forget(filled)
    filled.answers(answers(FIRST, 3, name="late"), header=HEADER)
    assert forget(filled) == []
    assert keys_of(filled, "person")["2026-01"] == 14
    filled.release()
    assert forget(filled)
    assert keys_of(filled, "person")["2026-01"] == 0


def test_a_factory_that_shows_nothing_keeps_its_keys_a_quarter_longer(place: Place) -> None:
    place.answers(answers(FIRST, 230, keys=6), header=HEADER)
    assert place.release().cells == 0
    forget(place)
    assert keys_of(place, "person") == {"2026-01": 0, "2026-04": 6, "2026-07": 6}
    assert keys_of(place, "sitting")["2026-01"] == 0
    assert keys_of(place, "sitting")["2026-04"] > 100


def test_wiped_people_never_count_as_many(place: Place) -> None:
    """Six people answer all year. With keys as NULL every sitting would count, and a cell would close."""
    rows = answers(FIRST, 230, keys=6)
    place.answers(rows, header=HEADER)
    place.release()
    forget(place)
    place.answers(answers(FIRST + timedelta(days=230), 40, keys=6), header=HEADER)
    assert place.release().cells == 0


def test_closing_goes_on_as_if_nothing_had_been_wiped(tmp_path: Path) -> None:
    wiped, whole = Place.at(tmp_path / "wiped"), Place.at(tmp_path / "whole")
    start = FIRST
    for step in (40, 55, 90, 20, 80, 30):
        rows = answers(start, step, keys=11 + step % 3)
        start += timedelta(days=step)
        for place in (wiped, whole):
            place.answers(rows, header=HEADER)
            place.release()
        forget(wiped)
    assert wiped.cells() == whole.cells()
    assert len(wiped.cells()) > 50
    for table in ("reach", "adjust", "leads", "slices", "open_counts", "flags", "flag_weeks", "flag_shares"):
        query = f"SELECT * FROM vault.{table} ORDER BY ALL"
        assert wiped.ask(query) == whole.ask(query)
    query = (
        "SELECT quarter, repeated, paired, round(within_squares, 6), round(products, 6) FROM vault.likeness ORDER BY 1"
    )
    assert wiped.ask(query) == whole.ask(query)
    assert keys_of(wiped, "person") != keys_of(whole, "person")
    for place in (wiped, whole):
        place.state.close()


def test_identities_go_after_ninety_days(filled: Place) -> None:
    loaded = filled.ask("SELECT max(loaded_at) FROM vault.loads")[0][0]
    forget(filled, loaded + timedelta(days=IDENTITY_DAYS, minutes=-1))
    assert filled.kept()["identities"] > 0
    lines = forget(filled, loaded + timedelta(days=IDENTITY_DAYS, minutes=1))
    assert [line.split(",")[0] for line in lines] == ["Forgotten: row identities"]
    assert filled.kept()["identities"] == 0
    assert filled.kept()["files"] > 0


def test_a_forgotten_file_is_known_by_its_hash(filled: Place) -> None:
    rows = answers(FIRST, 230)
    forget(filled, datetime.now(UTC).replace(tzinfo=None) + timedelta(days=IDENTITY_DAYS + 1))
    before = filled.kept()["answers"]
    report = filled.load(filled.files(answers="\n".join((HEADER, *rows)) + "\n"))
    assert counts(filled.of("answers", report)) == (0, 0, len(rows))
    assert any("This very file came more than 90 days ago, with load 1" in line for line in report.warnings)
    assert filled.kept()["answers"] == before


def test_another_source_of_a_forgotten_file_is_another_file(filled: Place) -> None:
    rows = answers(FIRST, 230)
    forget(filled, datetime.now(UTC).replace(tzinfo=None) + timedelta(days=IDENTITY_DAYS + 1))
    outcome = filled.answers(rows, header=HEADER, source="branch office")
    assert counts(outcome) == (len(rows), 0, 0)


def test_rows_that_can_no_longer_be_recognised_are_told_of(filled: Place) -> None:
    forget(filled, datetime.now(UTC).replace(tzinfo=None) + timedelta(days=IDENTITY_DAYS + 1))
    rows = answers(FIRST, 1)
    report = filled.load(filled.files(answers="\n".join((HEADER, *rows)) + "\n"))
    assert counts(filled.of("answers", report)) == (len(rows), 0, 0)
    assert any(line.startswith(f"{len(rows)} answers were taken as new") for line in report.warnings)
    fresh = answers(FIRST + timedelta(days=300), 1)
    report = filled.load(filled.files(answers="\n".join((HEADER, *fresh)) + "\n"))
    assert not any("taken as new" in line for line in report.warnings)


def test_no_byte_of_what_was_wiped_is_left(filled: Place) -> None:
    """Hashes as the file holds them, eight or sixteen bytes; and no raw key, wiped or not, is ever on the disk."""
    people = [row[0] for row in filled.ask("SELECT DISTINCT person FROM vault.answers WHERE day < '2026-07-01'")]
    sittings = [row[0] for row in filled.ask("SELECT DISTINCT sitting FROM vault.answers WHERE day < '2026-04-01'")]
    identities = [row[0] for row in filled.ask("SELECT identity FROM vault.identities")]
    kept = [row[0] for row in filled.ask("SELECT DISTINCT person FROM vault.answers WHERE day >= '2026-07-01'")]
    needles = {f"wiped {value}": int(value).to_bytes(8, "little") for value in [*people, *sittings]}
    needles |= {f"wiped {value}": int(value).to_bytes(16, "little") for value in identities}
    needles |= {f"kept {value}": int(value).to_bytes(8, "little") for value in kept}
    needles |= {"raw person": b"person-2026", "raw sitting": b"sitting-2026"}
    found = searched(filled.home.root, needles)
    assert sum(bool(files) for name, files in found.items() if name.startswith("wiped")) > 100, "the search is blind"
    forget(filled, datetime.now(UTC).replace(tzinfo=None) + timedelta(days=IDENTITY_DAYS + 1))
    found = searched(filled.home.root, needles)
    assert {name: files for name, files in found.items() if files and not name.startswith("kept")} == {}
    assert any(files for name, files in found.items() if name.startswith("kept"))
    assert not filled.home.vault.with_name("vault.duckdb.wal").exists()


def test_the_vault_stays_private_and_whole(filled: Place) -> None:
    before = filled.kept()
    rows = filled.ask("SELECT factory, question, day, level, gender, load FROM vault.answers")
    forget(filled)
    assert filled.ask("SELECT factory, question, day, level, gender, load FROM vault.answers") == rows
    after = filled.kept()
    assert after.pop("wipes") == 2
    assert before.pop("wipes") == 0
    assert after.pop("open_people") <= before.pop("open_people")
    assert after == before
    assert filled.home.vault.stat().st_mode & 0o777 == 0o600
    assert not list(filled.home.root.glob("vault.draft*"))
    filled.answers(answers(FIRST + timedelta(days=230), 20), header=HEADER)
    assert filled.release().closed_now > 0


@pytest.mark.parametrize("cut", ["put_in_place", "sync_folder", "copy"])
def test_cut_off_at_any_moment_nothing_is_lost_and_the_next_night_finishes(
    filled: Place, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    class CutOffError(Exception):
        """The power went."""

    def cut_off(*_: object) -> None:
        raise CutOffError

    rows = filled.ask("SELECT count(*), sum(level) FROM vault.answers")
    with monkeypatch.context() as patch:
        if cut == "copy":
            patch.setattr(residue, "attach", cut_off)
        else:
            patch.setattr(residue, cut, cut_off)
        with pytest.raises(CutOffError):
            forget(filled)
    if cut != "sync_folder":
        (filled.home.root / "vault.draft").write_bytes(b"half a file")
    assert filled.ask("SELECT count(*), sum(level) FROM vault.answers") == rows
    forget(filled)
    with vault(filled.home, filled.settings, "a test") as engine:
        assert engine.rows("wipes_open") == []
    assert not (filled.home.root / "vault.draft").exists()
    assert filled.ask("SELECT count(*), sum(level) FROM vault.answers") == rows
    assert keys_of(filled, "person")["2026-01"] == 0


def test_the_vault_is_not_replaced_while_a_log_lies_beside_it(tmp_path: Path) -> None:
    draft, file = tmp_path / "vault.draft", tmp_path / "vault.duckdb"
    draft.write_bytes(b"new")
    file.write_bytes(b"old")
    (tmp_path / "vault.duckdb.wal").write_bytes(b"log")
    with pytest.raises(OSError, match="still there"):
        residue.put_in_place(draft, file)
    assert file.read_bytes() == b"old"
    os.unlink(tmp_path / "vault.duckdb.wal")
    residue.put_in_place(draft, file)
    assert file.read_bytes() == b"new"


def test_every_rule_says_what_when_and_why() -> None:
    assert [rule.what for rule in residue.RULES] == ["respondent keys", "sittings", "row identities"]
    assert all(rule.when and rule.why for rule in residue.RULES)
