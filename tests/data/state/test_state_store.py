"""The state store opens, upgrades, refuses what is newer, and keeps all of a change or nothing."""

import stat
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import exc, text

from data.home import Home
from data.settings import Settings
from data.state import NewerState, State
from data.state.loads import Counts, counts, loads, record_load
from data.state.models import Base
from data.state.organisations import organisation_id, record_organisations
from tests import postgres

# What lies in the column, whatever the zone of the database.
AS_KEPT = {"sqlite": "at || ''", "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"}
ALPHA = {"kind": "buyer", "external_id": "B1", "name": "Alpha", "home_country": "DE"}


def test_models_and_migrations_agree(state: State) -> None:
    with state.look() as look:
        context = MigrationContext.configure(
            look.connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_newer_schema_is_refused_with_one_sentence(home: Home, state: State) -> None:
    with state.change() as change:
        change.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerState, match=r"has schema 9999, this Seamline knows up to 00\d\d\. Install the newer"):
        State.open(home, Settings(home=home.root))


def test_opening_again_finds_what_was_there(home: Home, state: State) -> None:
    with state.change() as change:
        record_organisations(change, [ALPHA])
    again = State.open(home, Settings(home=home.root))
    with again.look() as look:
        assert organisation_id(look, "buyer", "B1") is not None
    again.close()


@pytest.mark.skipif(postgres.WHOLE_SUITE, reason="about SQLite")
def test_the_file_is_for_its_owner_only_and_safe(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    state = State.open(home, Settings(home=home.root))
    assert stat.S_IMODE(home.state.stat().st_mode) == 0o600
    with state.look() as look:
        found = {
            name: look.connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
    state.close()


def test_a_state_url_names_another_database(home: Home, tmp_path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"
    state = State.open(home, Settings(home=home.root, state_url=f"sqlite:///{elsewhere}"))
    state.ping()
    state.close()
    assert elsewhere.exists()
    assert not home.state.exists()


def test_two_processes_may_open_an_empty_home_at_once(home: Home) -> None:
    opened, failed = [], []

    def open_it() -> None:
        try:
            opened.append(State.open(home, Settings(home=home.root)))
        except Exception as problem:
            failed.append(problem)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for state in opened:
        state.ping()
        state.close()


def test_a_change_that_fails_leaves_nothing(state: State) -> None:
    def fail_half_way() -> None:
        with state.change() as change:
            record_organisations(change, [ALPHA])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with state.look() as look:
        assert counts(look).organisations == 0


def test_a_foreign_key_holds(state: State) -> None:
    with pytest.raises(exc.IntegrityError), state.change() as change:
        change.connection.execute(
            text(
                "INSERT INTO grants (factory_id, organisation_id, since, created_at)"
                " VALUES ('F1', 77, '2026-01-01', '2026-01-01 00:00:00.000000')"
            )
        )


def test_readers_go_on_while_somebody_writes_and_a_hasty_writer_gives_up(state: State) -> None:
    with state.change() as change:
        record_organisations(change, [ALPHA])
        with state.look() as look:
            assert counts(look).organisations == 0
        with pytest.raises(exc.OperationalError, match="lock"), state.change(hasty=True):
            pass
    with state.look() as look:
        assert counts(look).organisations == 1


def test_instants_come_back_aware_and_in_utc(state: State) -> None:
    dhaka = datetime(2026, 3, 1, 4, 30, 0, 5, tzinfo=timezone(timedelta(hours=6)))
    with state.change() as change:
        record_load(change, "folder", [], at=dhaka)
        assert loads(change)[0].at == dhaka
        assert loads(change)[0].at.tzinfo is UTC
        kept = text(f"SELECT {AS_KEPT[change.connection.dialect.name]} FROM loads")
        assert change.connection.execute(kept).scalar_one() == "2026-02-28 22:30:00.000005"
    with pytest.raises(exc.StatementError, match="time zone"), state.change() as change:
        record_load(change, "folder", [], at=dhaka.replace(tzinfo=None))


def test_loads_are_listed_newest_first_and_counted(state: State) -> None:
    files = [
        {"file": "orders", "accepted": 3, "rejected": 1, "already_present": 0, "quarantine": "q/orders.csv"},
        {"file": "answers", "accepted": 10, "rejected": 0, "already_present": 2, "quarantine": None},
    ]
    day = datetime(2026, 3, 1, tzinfo=UTC)
    with state.change() as change:
        record_load(change, "first", files, quarantine="q", at=day)
        record_load(change, "second", [], at=day + timedelta(days=1))
    with state.look() as look:
        newest, oldest = loads(look)
        assert (newest.name, newest.accepted) == ("second", 0)
        assert (oldest.accepted, oldest.rejected, oldest.already_present) == (13, 1, 2)
        assert oldest.files == tuple(files)
        assert [load.name for load in loads(look, limit=1)] == ["second"]
        assert counts(look) == Counts(0, 0, 0, 0, 0, 2)
