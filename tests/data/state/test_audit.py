"""The audit trail: lines follow from one another, nobody changes one, and the end is written down."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from access.roles import Role
from data.audit_heads import heads_file, note_head, noted_heads
from data.home import Home
from data.state import State
from data.state.audit import Deed, at_factory, broken_at, by_organisation, hash_of, head, lately_opened, lines, record
from data.state.organisations import organisation_id, record_organisations

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def deed(what: str = "opened the overview", **more: object) -> Deed:
    """Something that the buyer's person 3 did."""
    return Deed(what, str(Role.BUYER), **({"user_id": 3, "factory_id": "F1"} | more))  # type: ignore[arg-type]  # fields by name


def test_lines_follow_from_one_another_and_are_read_newest_first(state: State) -> None:
    with state.change() as change:
        record_organisations(change, [{"kind": "buyer", "external_id": "B1", "name": "Larkholm"}])
        number = organisation_id(change, "buyer", "B1")
        first = record(change, deed(organisation_id=number), NOW)
        record(change, [deed(factory_id="F2"), deed("shared", about_id=number, detail="themes")], NOW)
    with state.look() as look:
        assert [(line.id, line.deed, line.factory_id) for line in lines(look)] == [
            (3, "shared", "F1"), (2, "opened the overview", "F2"), (1, "opened the overview", "F1"),
        ]  # fmt: skip
        assert [line.organisation_name for line in by_organisation(look, number or 0)] == ["Larkholm"]
        assert [line.id for line in at_factory(look, "F1")] == [3, 1]
        assert at_factory(look, "F1", since=NOW + timedelta(seconds=1)) == []
        assert broken_at(look) is None
        assert hash_of(look, 1) == first.hash
        assert (hash_of(look, 0), hash_of(look, 9)) == ("", None)
        assert head(look).number == 3


def test_a_line_that_says_nothing_new_still_changes_the_end(state: State) -> None:
    with state.change() as change:
        first = record(change, deed(), NOW)
        second = record(change, deed(), NOW)
        assert record(change, [], NOW) == second
    assert first.hash != second.hash


@pytest.mark.parametrize("statement", ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_a_line(state: State, statement: str) -> None:
    with state.change() as change:
        record(change, deed(), NOW)
    with pytest.raises(DBAPIError, match="the audit trail stays"), state.change() as change:
        change.connection.execute(text(statement))
    with state.look() as look:
        assert broken_at(look) is None


def test_a_line_cannot_be_written_over(state: State) -> None:
    with state.change() as change:
        record(change, deed(), NOW)
        replacing = "OR REPLACE " if change.connection.dialect.name == "sqlite" else ""
    columns = "(id, at, role, deed, detail, hash) VALUES (1, '2026-06-01 12:00:00', 'buyer', 'nothing', '', '')"
    with pytest.raises(DBAPIError), state.change() as change:
        change.connection.execute(text(f"INSERT {replacing}INTO audit {columns}"))
    with state.look() as look:
        assert [line.deed for line in lines(look)] == ["opened the overview"]


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET factory_id = 'F9' WHERE id = 2", 2),
        ("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 4", 4),
        ("DELETE FROM audit", 1),
    ],
)
def test_what_somebody_with_the_key_to_the_database_changes_shows(state: State, statement: str, broken: int) -> None:
    with state.change() as change:
        record(change, [deed(detail=str(number)) for number in range(4)], NOW)
        unsealed(change.connection)
        change.connection.execute(text(statement))
    with state.look() as look:
        assert broken_at(look) == broken


def unsealed(connection: object) -> None:
    """Takes the triggers away, as somebody who owns the database could."""
    if connection.dialect.name == "sqlite":  # type: ignore[attr-defined]  # a connection of SQLAlchemy
        for name in ("UPDATE", "DELETE", "REPLACE"):
            connection.execute(text(f"DROP TRIGGER audit_no_{name}"))  # type: ignore[attr-defined]  # as above
    else:
        connection.execute(text("DROP TRIGGER audit_stays ON audit"))  # type: ignore[attr-defined]  # as above


def test_many_at_once_write_one_chain(state: State) -> None:
    def write() -> None:
        for _ in range(5):
            with state.change() as change:
                record(change, deed())

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with state.look() as look:
        assert head(look).number == 30
        assert broken_at(look) is None


def test_whoever_opens_the_same_again_soon_is_at_the_same_look(state: State) -> None:
    with state.change() as change:
        record(change, [deed(factory_id="F1"), deed(factory_id="F2"), deed("shared", factory_id="F3")], NOW)
    with state.look() as look:
        soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)
        assert lately_opened(look, 3, "opened the overview", soon) == {"F1", "F2"}
        assert lately_opened(look, 3, "opened the overview", later) == set()
        assert lately_opened(look, 4, "opened the overview", soon) == set()


def test_the_end_is_written_down_once_a_day(home: Home, state: State) -> None:
    home.prepare()
    assert noted_heads(home) == []
    with state.change() as change:
        end = record(change, deed(), NOW)
    assert note_head(home, state, date(2026, 6, 1))
    assert not note_head(home, state, date(2026, 6, 1))
    with heads_file(home).open("a") as file:
        file.write("2026-06-02,7")  # cut off
    assert noted_heads(home) == [(date(2026, 6, 1), end)]
