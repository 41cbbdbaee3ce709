"""The portal's way to releases: follows CURRENT, in threads, and can reach nothing else."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import duckdb
import pytest

from data.release.files import point_to
from data.release.publish import finish_release, refresh_effects
from data.release.reader import Releases
from tests.data.release.homes import ACTION, SmallHome
from tests.data.release.test_closing import said

START = date(2026, 2, 2)
DAY = timedelta(days=1)


def test_before_the_first_release_there_is_none(small: SmallHome) -> None:
    releases = Releases(small.home, small.settings)
    assert releases.current() is None
    assert releases.kept() == []
    small.load(said(START, "1234512345"))
    small.release()
    assert releases.current().number == 1


def test_a_new_release_is_followed_and_an_old_one_can_still_be_read(small: SmallHome) -> None:
    releases = Releases(small.home, small.settings)
    small.load(said(START, "1234512345"))
    small.release()
    old = releases.current()
    assert releases.current() is old
    small.load(said(START + DAY, "1234512345", first=50))
    small.release()
    new = releases.current()
    assert (old.number, new.number) == (1, 2)
    assert old.cells.engine.rows("newest_day") == [(START,)]
    assert new.cells.engine.rows("newest_day") == [(START + DAY,)]


def test_new_actions_are_followed_within_the_same_release(small: SmallHome) -> None:
    releases = Releases(small.home, small.settings)
    small.load(said(START, "1234512345"))
    small.release()
    before = releases.current()
    small.load([], [ACTION, ACTION | {"action_id": "A2"}])
    refresh_effects(small.home, small.settings, small.state)
    after = releases.current()
    assert after.cells is before.cells
    assert len(before.effects.engine.rows("actions_at", factory="F1", buyer=None)) == 1
    assert len(after.effects.engine.rows("actions_at", factory="F1", buyer=None)) == 2


def test_while_a_release_is_being_published_the_last_one_keeps_its_actions(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    releases = Releases(small.home, small.settings)
    whole = releases.current()
    point_to(small.home.effects, "000002-ffff")
    for seen in (releases.current(), Releases(small.home, small.settings).current()):
        assert seen.effects is not None
        assert seen.effects.path == whole.effects.path


def test_the_list_of_releases_can_be_read_while_one_is_open(small: SmallHome) -> None:
    """Two connections of one process to one file share a database, and the first has locked it."""
    small.load(said(START, "1234512345"))
    small.release()
    small.load(said(START + DAY, "1234512345", first=50))
    small.release()
    releases = Releases(small.home, small.settings)
    releases.current()
    for _ in range(2):
        kept = releases.kept()
        assert [(row[0], row[2], row[3], row[4]) for row in kept] == [(2, START + DAY, 2, 1), (1, START, 1, 1)]
    assert releases.kept(most=1) == kept[:1]
    assert releases.current().cells.engine.rows("newest_day") == [(START + DAY,)]


def test_threads_see_whole_releases_while_new_ones_come(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    releases, stop, seen = Releases(small.home, small.settings), threading.Event(), []

    def read() -> int:
        rounds = 0
        while not stop.wait(0.005):
            now = releases.current()
            (cells,) = now.cells.engine.connection.execute("SELECT count(*) FROM cells").fetchone()
            actions = now.effects.engine.rows("actions_at", factory="F1", buyer=None)
            seen.append((now.number, cells, len(actions)))
            rounds += 1
        return rounds

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for week in range(1, 4):
                small.load(said(START + 7 * week * DAY, "1234512345", first=100 * week))
                small.release()
        finally:
            stop.set()
        assert all(reader.result() for reader in readers)
    assert set(seen) <= {(n, n, 1) for n in range(1, 5)}
    assert releases.current().number == 4


def test_a_current_that_names_no_file_is_an_error_and_passes(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    releases = Releases(small.home, small.settings)
    point_to(small.home.releases, "000009")
    with pytest.raises(Exception, match="000009"):
        releases.current()
    point_to(small.home.releases, "000001")
    assert releases.current().number == 1


def test_effects_of_an_earlier_version_count_as_missing_and_are_made_anew(small: SmallHome) -> None:
    small.load(said(START, "1234512345"))
    small.release()
    old = small.home.effects / "000001-0000000000000000.duckdb"
    with duckdb.connect(str(old)) as connection:
        connection.execute("CREATE TABLE actions (action_id VARCHAR)")
    point_to(small.home.effects, old.stem)
    releases = Releases(small.home, small.settings)
    assert releases.current().effects is None
    finish_release(small.home, small.settings, small.state)
    assert releases.current().effects is not None
