"""PostgreSQL as the state store: how it is reached, what is said when it is not, and that a change means the same."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import exc, text

from access.roles import Role
from data.home import Home
from data.settings import Settings
from data.state import State, StateNotOpen
from data.state.accounts import account_by_email, add_account
from data.state.audit import Deed, broken_at, record
from data.state.columns import storable
from data.state.engines import address
from data.state.grants import grant, grants_of
from data.state.loads import counts
from data.state.organisations import organisation_id, record_organisations
from data.state.remarks import withdraw_remark
from data.state.trade import actions_frame, record_actions
from tests import postgres
from tests.conftest import ROOT

ALPHA = {"kind": "buyer", "external_id": "B1", "name": "Alpha", "home_country": "DE"}
BETA = {"kind": "buyer", "external_id": "B2", "name": "Beta", "home_country": "FR"}
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPEN_IT = "from data.home import Home; from data.settings import Settings; from data.state import State; import sys; "
OPEN_IT += "s = Settings(); State.open(Home(s.home), s).ping()"


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """The server of this run, with the homes of the test on it."""
    with postgres.state_on(postgres.server()):
        yield postgres.server()


def at_once(many: int, work: Callable[[], object]) -> None:
    """Returns when so many threads have all done it. What they raise fails the test."""
    failed: list[BaseException] = []

    def one() -> None:
        try:
            work()
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("told", ["postgresql://u:p%40ss@h:77/d", "postgresql+psycopg://u:p%40ss@h:77/d"])
def test_both_ways_to_write_the_address_mean_the_driver_that_is_installed(told: str) -> None:
    url = address(told)
    assert (url.drivername, url.username, url.password, url.host, url.port, url.database) == (
        "postgresql+psycopg", "u", "p@ss", "h", 77, "d",
    )  # fmt: skip
    assert address(f"{told}?connect_timeout=3").query["connect_timeout"] == "3"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("hush", "SEAMLINE_STATE_URL is no address of a database. Write it like postgresql://"),
        ("postgresql://u:hush@h:port/d", "SEAMLINE_STATE_URL is no address of a database. Write it like postgresql://"),
        ("mysql://u:hush@h/d", "names a database of the kind mysql"),
        ("postgresql://u:hush@127.0.0.1:1/d", "at 127.0.0.1:1, database d cannot be reached"),
        ("postgresql://u@127.0.0.1:1/d?password=hush", "at 127.0.0.1:1, database d cannot be reached"),
        ("postgresql://u:hush@127.0.0.1/d?option=hush", "at 127.0.0.1, database d cannot be reached"),
        ("sqlite:////nowhere/at/all.sqlite", "The state store /nowhere/at/all.sqlite cannot be opened"),
    ],
)
def test_what_cannot_be_opened_is_told_in_plain_words_without_the_password(
    tmp_path: Path, told: str, said: str
) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(StateNotOpen) as caught:
        State.open(home, Settings(home=home.root, state_url=told))
    assert said in str(caught.value)
    assert str(caught.value).endswith("."), "a whole sentence"
    assert "\n" not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_command_without_its_store_ends_with_one_sentence_and_no_trace(tmp_path: Path) -> None:
    own = {"SEAMLINE_HOME": str(tmp_path), "SEAMLINE_STATE_URL": "postgresql://u:hush@127.0.0.1:1/d"}
    for command in (("-m", "flask", "--app", "app", "user", "list"), ("app.py",)):
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
        assert "cannot be reached" in done.stderr


def test_a_schema_that_is_not_there_is_told(server: postgres.Server, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(StateNotOpen, match=r"has no schema to make tables in: make the one that its address names"):
        State.open(home, Settings(home=home.root, state_url=server.address("nobody_made_it")))


def test_a_user_who_may_not_make_tables_is_told(server: postgres.Server, tmp_path: Path) -> None:
    home, name = Home(tmp_path / "home"), "reader_of_nothing"
    server.run(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    url = server.address("public").replace("seamline@", f"{name}@")
    with pytest.raises(StateNotOpen, match=r"may not make tables there: give the user the right to create"):
        State.open(home, Settings(home=home.root, state_url=url))


def test_processes_that_open_an_empty_store_at_once_make_it_once(server: postgres.Server, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    own = {"SEAMLINE_HOME": str(home.root), "SEAMLINE_STATE_URL": server.url_of(home.root)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    processes = [
        subprocess.Popen([sys.executable, "-c", OPEN_IT], cwd=ROOT, env=os.environ | own, **pipes) for _ in range(4)
    ]
    for process in processes:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    state = State.open(home, Settings(home=home.root))
    with state.look() as look:
        assert look.connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    assert not home.state.exists()


def test_two_stores_in_one_database_never_wait_for_each_other(server: postgres.Server, tmp_path: Path) -> None:
    one, other = (State.open(Home(tmp_path / name), Settings(home=tmp_path / name)) for name in ("one", "other"))
    with one.change() as change:
        record_organisations(change, [ALPHA])
        with other.change(hasty=True) as elsewhere:
            assert counts(elsewhere).organisations == 0


def test_a_hasty_change_gives_up_within_a_second_and_the_next_one_goes_on(
    server: postgres.Server, tmp_path: Path
) -> None:
    state = State.open(Home(tmp_path / "home"), Settings(home=tmp_path / "home"))
    with state.change():
        begun = time.monotonic()
        with pytest.raises(exc.OperationalError, match="lock timeout"), state.change(hasty=True):
            pass
        assert time.monotonic() - begun < 1
    with state.change(hasty=True) as change:
        assert change.connection.execute(text("SHOW lock_timeout")).scalar_one() == "100ms"
    with state.change() as change:
        assert change.connection.execute(text("SHOW lock_timeout")).scalar_one() == "10s"


def test_a_look_cannot_write(server: postgres.Server, tmp_path: Path) -> None:
    state = State.open(Home(tmp_path / "home"), Settings(home=tmp_path / "home"))
    with state.look() as look, pytest.raises(exc.InternalError, match="read-only"):
        look.connection.execute(text("DELETE FROM attempts"))


def test_connections_that_the_server_closed_are_opened_anew(server: postgres.Server, tmp_path: Path) -> None:
    state = State.open(Home(tmp_path / "home"), Settings(home=tmp_path / "home"))
    with state.look() as look:
        mine = look.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    server.run(sql.SQL("SELECT pg_terminate_backend({})").format(sql.Literal(mine)))
    state.ping()


def test_the_server_of_a_test_run_leaves_nothing_behind() -> None:
    if postgres.programs() is None:
        pytest.skip(postgres.MISSING)
    there = postgres.started()
    folder = Path(there.address("x").split("host=")[1].split("&")[0])
    assert (folder / "data" / "postmaster.pid").exists()
    there.stop()
    assert not folder.exists()
    assert not postgres.answers(folder)


# From here on: what must mean the same on both stores.


def test_a_change_waits_for_the_one_before_it_and_sees_what_it_did(state: State) -> None:
    holds, seen = threading.Event(), []

    def first() -> None:
        with state.change() as change:
            record_organisations(change, [ALPHA])
            holds.set()
            time.sleep(0.3)

    thread = threading.Thread(target=first)
    thread.start()
    holds.wait()
    with state.change() as change:
        seen.append(organisation_id(change, "buyer", "B1"))
    thread.join()
    assert seen != [None]


def test_a_look_sees_one_moment(state: State) -> None:
    with state.look() as look:
        assert counts(look).organisations == 0
        with state.change() as change:
            record_organisations(change, [ALPHA])
        assert counts(look).organisations == 0
    with state.look() as look:
        assert counts(look).organisations == 1


def test_what_is_told_twice_at_once_is_kept_once(state: State) -> None:
    outcomes: list[object] = []

    def tell() -> None:
        with state.change() as change:
            outcomes.extend(record_organisations(change, [ALPHA, BETA]))

    at_once(6, tell)
    assert sorted(map(str, outcomes)) == ["accepted"] * 2 + ["already_present"] * 10


def test_a_grant_given_at_once_by_several_stands_once(state: State) -> None:
    with state.change() as change:
        record_organisations(change, [ALPHA])
        buyer = organisation_id(change, "buyer", "B1") or 0
    given: list[bool] = []

    def give() -> None:
        with state.change() as change:
            given.append(grant(change, "F1", buyer, now=NOW))

    at_once(6, give)
    assert sorted(given) == [False] * 5 + [True]
    with state.look() as look:
        assert [one.factory_id for one in grants_of(look, buyer, NOW.date())] == ["F1"]


def test_texts_that_no_database_keeps_are_kept_with_a_mark(state: State) -> None:
    odd = {**ALPHA, "external_id": "B\0", "name": "half \ud83d of a face é"}
    with state.change() as change:
        assert record_organisations(change, [odd]) == ["accepted"]
    with state.change() as change:
        assert record_organisations(change, [odd]) == ["already_present"]
        action = {"action_id": "A\0", "buyer_id": "B1", "factory_id": "F\udfff", "kind": "x", "date": date(2026, 1, 1)}
        assert record_actions(change, [action, action]) == ["accepted", "already_present"]
        assert record_actions(change, [action]) == ["already_present"]
    with state.look() as look:
        assert organisation_id(look, "buyer", "B\ufffd") is not None
        assert [(one["action_id"], one["factory_id"]) for one in actions_frame(look)] == [("A\ufffd", "F\ufffd")]
        assert account_by_email(look, "a\0\ud800@x.example") is None
    assert storable("plain, ünplain and 織") == "plain, ünplain and 織"


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**40, -(2**62), 10**30])
def test_a_number_that_no_row_can_have_is_just_not_there(state: State, number: int) -> None:
    with state.change() as change:
        assert not withdraw_remark(change, number, "F1", "A1", 1)


def test_small_and_capital_letters_are_different_people(state: State) -> None:
    with state.change() as change:
        for name in ("b1", "B1", "b10", "B2"):
            add_account(change, email=f"{name}-{name.isupper()}@x.example", role=Role.BUYER, organisation=name)
        numbers = [organisation_id(change, "buyer", name) for name in ("b1", "B1", "b10", "B2")]
    assert len(set(numbers)) == 4


def test_odd_texts_do_not_break_the_trail_and_nothing_takes_a_line_out(state: State) -> None:
    dhaka = timezone(timedelta(hours=6))
    with state.change() as change:
        record(change, [Deed("look", "buyer", factory_id="F\0", detail="half \ud83d of a face"), Deed("look", "buyer")])
        record(change, Deed("look", "owner"), at=NOW.astimezone(dhaka))
    with state.look() as look:
        assert broken_at(look) is None
    for deed in ("UPDATE audit SET detail = 'x'", "DELETE FROM audit"):
        with pytest.raises(exc.DBAPIError, match="audit trail"), state.change() as change:
            change.connection.execute(text(deed))
