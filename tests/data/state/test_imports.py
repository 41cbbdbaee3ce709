"""Imports move from stage to stage once, whoever pushes at the same time; a key brings one thing once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from access.roles import Role
from data.state import State
from data.state.accounts import add_account
from data.state.imports import (
    AT_WORK,
    AlreadyThere,
    Arrival,
    Stage,
    add_import,
    import_named,
    imports_at,
    imports_of,
    moved,
    new_public_id,
    noted,
    waiting_count,
)

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def owner(state: State) -> int:
    """The number of an organisation that brings files."""
    with state.change() as change:
        return add_account(change, email="o@x.example", role=Role.OWNER, organisation="O1").organisation_id


def arrived(state: State, owner: int, name: str = "a.csv", at: datetime = NOW, **more: object) -> str:
    public_id = new_public_id()
    with state.change() as change:
        add_import(change, Arrival(owner, name, 10, "hash", **more), public_id, at)  # type: ignore[arg-type]  # told
    return public_id


def test_an_import_comes_back_as_it_was_told(state: State, owner: int) -> None:
    public_id = arrived(state, owner, kind="answers", source="web", mapping="name = 'x'", wanted={"a": [1]})
    with state.look() as look:
        found = import_named(look, public_id)
        assert import_named(look, "0" * 32) is None
    assert found is not None
    assert (found.organisation_kind, found.organisation, found.stage) == ("owner", "O1", Stage.DRAFT)
    assert (found.kind, found.source, found.mapping, found.wanted) == ("answers", "web", "name = 'x'", {"a": [1]})
    assert (found.created_at, found.changed_at, found.load, found.report) == (NOW, NOW, None, None)


def test_a_stage_is_left_once(state: State, owner: int) -> None:
    public_id = arrived(state, owner)
    won: list[bool] = []

    def push() -> None:
        with state.change() as change:
            won.append(moved(change, public_id, (Stage.DRAFT,), Stage.CHECKING))

    threads = [threading.Thread(target=push) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_what_is_noted_for_a_stage_that_is_over_is_not_kept(state: State, owner: int) -> None:
    public_id = arrived(state, owner)
    with state.change() as change:
        assert moved(change, public_id, (Stage.DRAFT,), Stage.CHECKING)
        assert noted(change, public_id, Stage.CHECKING, done=5, total=9)
        assert moved(change, public_id, AT_WORK, Stage.CANCELLED)
        assert not noted(change, public_id, Stage.CHECKING, done=7)
        assert not moved(change, public_id, (Stage.CHECKING,), Stage.CHECKED, said="too late")
        found = import_named(change, public_id)
    assert found is not None
    assert (found.stage, found.done, found.said) == (Stage.CANCELLED, 5, "")


def test_lists_are_newest_first_and_of_one_organisation(state: State, owner: int) -> None:
    first = arrived(state, owner, "first.csv")
    second = arrived(state, owner, "second.csv", NOW + timedelta(hours=1))
    with state.change() as change:
        other = add_account(change, email="p@x.example", role=Role.OWNER, organisation="O2").organisation_id
    foreign = arrived(state, other, "foreign.csv", NOW + timedelta(hours=2))
    with state.change() as change:
        moved(change, foreign, (Stage.DRAFT,), Stage.CHECKING, NOW + timedelta(hours=5))
        moved(change, first, (Stage.DRAFT,), Stage.CHECKING, NOW + timedelta(hours=6))
        moved(change, second, (Stage.DRAFT,), Stage.WAITING)
        assert [one.public_id for one in imports_of(change, None)] == [foreign, second, first]
        assert [one.public_id for one in imports_of(change, owner)] == [second, first]
        assert [one.public_id for one in imports_at(change, AT_WORK)] == [foreign, first], "who asked first"
        assert [one.public_id for one in imports_at(change, AT_WORK, NOW + timedelta(hours=6))] == [foreign]
        assert waiting_count(change) == 1


def test_a_key_of_a_token_brings_one_import(state: State, owner: int) -> None:
    first = arrived(state, owner, token_id=3, idempotency="k")
    with pytest.raises(AlreadyThere) as there:
        arrived(state, owner, token_id=3, idempotency="k")
    assert (there.value.public_id, there.value.body_hash) == (first, "hash")
    for more in ({"token_id": 4, "idempotency": "k"}, {"token_id": 3, "idempotency": "l"}, {}, {}):
        arrived(state, owner, **more)
    with state.look() as look:
        assert len(imports_of(look, owner)) == 5
