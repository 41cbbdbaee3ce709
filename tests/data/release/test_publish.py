"""Publishing: whole files or none, never changed, finished after any cut, kept as long as promised."""

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.effects import files as effects
from data.release import files, publish, run
from data.release.files import current, point_to, release_name, remove_superseded
from data.release.publish import finish_release, refresh_effects
from data.release.reader import Releases
from data.release.run import NothingToClose
from data.vault.store import vault
from tests.data.release.homes import ACTION, SmallHome
from tests.data.release.test_closing import said

START = date(2026, 2, 2)
DAY = timedelta(days=1)


class Cut(BaseException):
    """The power went off."""


def cut(*_args: object) -> None:
    """Nothing; whoever calls it gets no further."""
    raise Cut


def cells_in(small: SmallHome) -> int:
    """How many cells the portal sees."""
    seen = Releases(small.home, small.settings).current()
    return len(seen.cells.engine.connection.execute("FROM cells").fetchall())


def seen_number(small: SmallHome) -> int | None:
    """Which release the portal sees."""
    seen = Releases(small.home, small.settings).current()
    return seen.number if seen else None


def test_a_release_holds_the_tables_of_the_design(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    made = small.release()
    assert (made.release, made.cells, made.closed_now) == (1, 1, 1)
    assert made.path == small.home.releases / "000001.duckdb"
    seen = Releases(small.home, small.settings).current()
    assert (seen.number, seen.through, seen.demo) == (1, START, False)
    connection = seen.cells.engine.connection
    tables = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert tables == {
        "cells", "adjust", "reach", "slices", "facts", "flags", "leads", "cohorts", "factories", "indicators", "meta",
    }  # fmt: skip
    columns = [row[0] for row in connection.execute("DESCRIBE cells").fetchall()]
    assert columns == [
        "factory_id", "indicator_id", "opened", "closed", "n", "s1", "s2", "c1", "c2", "c3", "c4", "c5", "codebook",
    ]  # fmt: skip
    assert connection.execute("FROM cells").fetchall() == [
        ("F1", "Q1", START, START, 10, 500.0, 37500.0, 2, 2, 2, 2, 2, "book")
    ]
    assert connection.execute("SELECT count(*) FROM reach").fetchall() == [(1,)]


def test_files_are_read_only_and_keep_every_byte(small: SmallHome) -> None:
    first = (small.load(said(START, "1234512345")), small.release())[1].path
    before = first.read_bytes()
    for week in range(1, 4):
        small.load(said(START + 7 * week * DAY, "1234512345", first=100 * week))
        small.release()
    assert first.read_bytes() == before
    for path in [*small.home.releases.glob("*.duckdb"), *small.home.effects.glob("*.duckdb")]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o440, path
    assert not list(small.home.root.rglob("*.draft*"))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (publish, "write_release"),
        (files, "settle_file"),
        (publish, "publish_effects"),
        (effects, "settle_file"),
        (effects, "point_to"),
        (publish, "point_to"),
        (publish, "remove_superseded"),
    ],
)
def test_what_was_cut_off_is_finished(small: SmallHome, monkeypatch, module, name: str) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    small.load(said(START + DAY, "1234512345", first=50))

    with monkeypatch.context() as patched:
        patched.setattr(module, name, cut)
        with pytest.raises(Cut):
            small.release()
    whole = name == "remove_superseded"
    assert (seen_number(small), cells_in(small)) == ((2, 2) if whole else (1, 1))
    finish_release(small.home, small.settings, small.state)
    assert (seen_number(small), cells_in(small)) == (2, 2)
    assert not list(small.home.root.rglob("*.draft*"))
    before = (small.home.releases / "000002.duckdb").stat().st_mtime_ns
    finish_release(small.home, small.settings, small.state)
    assert (small.home.releases / "000002.duckdb").stat().st_mtime_ns == before


def test_a_cut_before_the_commit_leaves_nothing(small: SmallHome, monkeypatch) -> None:
    small.load(said(START, "1234512345"))
    with monkeypatch.context() as patched:
        patched.setattr(run, "note_run", cut)
        with pytest.raises(Cut):
            small.release()
    finish_release(small.home, small.settings, small.state)
    assert seen_number(small) is None
    assert small.release().release == 1
    assert cells_in(small) == 1


def test_the_next_release_finishes_the_one_before(small: SmallHome, monkeypatch) -> None:
    small.load(said(START, "1234512345"))
    with monkeypatch.context() as patched:
        patched.setattr(publish, "publish", cut)
        with pytest.raises(Cut):
            small.release()
    with pytest.raises(NothingToClose):
        small.release(START - DAY)
    assert seen_number(small) == 1


def test_leftovers_of_a_killed_run_are_removed(small: SmallHome) -> None:
    for name in ("000001.draft", "000001.draft.wal", "000000.draft"):
        (small.home.releases / name).write_bytes(b"half a file")
    (small.home.effects / "000001-0000.draft.wal").write_bytes(b"half a log")
    small.load(said(START, "1234512345"))
    small.release()
    assert seen_number(small) == 1
    assert not list(small.home.root.rglob("*.draft*"))


def test_before_anything_is_loaded_there_is_nothing_to_finish(small: SmallHome) -> None:
    finish_release(small.home, small.settings, small.state)
    assert not small.home.vault.exists()
    refresh_effects(small.home, small.settings, small.state)
    assert current(small.home.effects) is None


def test_a_later_release_holds_every_earlier_cell(small: SmallHome) -> None:
    held: set[tuple] = set()
    for week in range(3):
        small.load(said(START + 7 * week * DAY, "1234512345", first=100 * week))
        small.release()
        seen = Releases(small.home, small.settings).current()
        now = set(seen.cells.engine.connection.execute("FROM cells").fetchall())
        assert held < now
        held = now


def test_the_effects_file_is_named_after_its_actions(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    first = current(small.home.effects)
    refresh_effects(small.home, small.settings, small.state)
    assert current(small.home.effects) == first
    assert first.startswith("000001-")
    assert len(list(small.home.effects.glob("*.duckdb"))) == 1
    small.load([], [ACTION, ACTION | {"action_id": "A2"}])
    refresh_effects(small.home, small.settings, small.state)
    second = current(small.home.effects)
    assert second != first
    small.load(said(START + DAY, "1234512345", first=50))
    small.release()
    third = current(small.home.effects)
    assert third.startswith("000002-")
    assert third[7:] == second[7:], "the same actions have the same name"


def test_severity_is_how_large_an_action_was_beside_its_kind(small: SmallHome) -> None:
    sizes = {"A1": "10", "A2": "-20", "A3": "40", "A4": "4000", "A5": "0.1", "A6": ""}
    small.load(
        said(START, "1234512345"),
        [
            ACTION | {"action_id": name, "date": START.isoformat(), "magnitude": size, "unit": "%"}
            for name, size in sizes.items()
        ]
        + [ACTION | {"action_id": "A7", "kind": "something_else", "magnitude": "0", "unit": ""}],
    )
    small.release()
    seen = Releases(small.home, small.settings).current()
    found = dict(seen.effects.engine.connection.execute("SELECT action_id, severity FROM actions").fetchall())
    assert found == {"A1": 0.5, "A2": 1.0, "A3": 2.0, "A4": 4.0, "A5": 0.25, "A6": 1.0, "A7": 1.0}


def test_fourteen_releases_and_month_ends_are_kept(small: SmallHome) -> None:
    with vault(small.home, small.settings, "test") as engine:
        for number in range(1, 101):
            through = START + timedelta(days=number - 1)
            engine.connection.execute(
                "INSERT INTO vault.releases VALUES (?, ?, 0, now()::TIMESTAMP, 0, 0)", [number, through]
            )
            (small.home.releases / f"{release_name(number)}.duckdb").touch()
            (small.home.effects / f"{release_name(number)}-aa.duckdb").touch()
        remove_superseded(engine, small.home)
    kept = {int(path.stem) for path in small.home.releases.glob("*.duckdb")}
    ends = {number for number in range(1, 101) if (START + timedelta(days=number)).day == 1}
    assert kept == set(range(87, 101)) | ends
    assert {int(path.stem[:6]) for path in small.home.effects.glob("*.duckdb")} == kept


def test_current_names_a_file_in_one_step(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    point_to(tmp_path, "000001")
    point_to(tmp_path, "000002")
    assert current(tmp_path) == "000002"
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]
    (tmp_path / "CURRENT").write_text("")
    assert current(tmp_path) is None
