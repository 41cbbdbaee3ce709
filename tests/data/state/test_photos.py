"""One photo stands beside one remark, as it was kept, and its size comes with the remark."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import exc

from access.roles import Role
from data.state import State
from data.state.accounts import add_account
from data.state.photos import Photo, add_photo, photo_beside
from data.state.remarks import RemarksFull, add_remark, remark_numbered, remarks_at, withdraw_remark

AT = datetime(2026, 6, 3, 9, tzinfo=UTC)
PHOTO = Photo(bytes(range(256)) * 9, 1600, 900)


@pytest.fixture
def owner(state: State) -> int:
    """The number of an organisation that remarks."""
    with state.change() as change:
        return add_account(change, email="o@x.example", role=Role.OWNER, organisation="O1").organisation_id


def said(state: State, owner: int, about: str, topic: str, photo: Photo | None = None, most: int = 20) -> int:
    with state.change() as change:
        number = add_remark(
            change, factory_id="F1", action_id=about, organisation=owner, user_id=None, kind="note", text=about,
            most=most, topic=topic, now=AT,
        )  # fmt: skip
        if photo is not None:
            add_photo(change, number, photo)
        return number


def test_a_photo_comes_back_as_it_was_kept_and_only_beside_its_remark(state: State, owner: int) -> None:
    with_it, without = said(state, owner, "overall", "row", PHOTO), said(state, owner, "t1", "row")
    with state.look() as look:
        assert photo_beside(look, with_it) == PHOTO.content
        assert photo_beside(look, without) is None
        assert photo_beside(look, 10**30) is None
        found = {one.id: (one.width, one.height) for one in remarks_at(look, "F1", topics=("row",))}
        one = remark_numbered(look, with_it)
        assert remark_numbered(look, 10**30) is None
    assert found == {with_it: (1600, 900), without: (None, None)}
    assert one is not None
    assert (one.factory_id, one.topic, one.action_id, one.width) == ("F1", "row", "overall", 1600)


def test_there_is_one_photo_a_remark_and_none_without_one(state: State, owner: int) -> None:
    number = said(state, owner, "overall", "row", PHOTO)
    with pytest.raises(exc.IntegrityError), state.change() as change:
        add_photo(change, number, PHOTO)
    with pytest.raises(exc.IntegrityError), state.change() as change:
        add_photo(change, number + 1, PHOTO)


def test_a_topic_keeps_what_is_said_of_the_same_name_apart(state: State, owner: int) -> None:
    """An action, a theme and a warning may be called the same; the limit and a withdrawal are of one of them."""
    numbers = {topic: said(state, owner, "overall", topic, most=1) for topic in ("action", "row", "flag")}
    with pytest.raises(RemarksFull):
        said(state, owner, "overall", "flag", most=1)
    with state.change() as change:
        assert not withdraw_remark(change, numbers["row"], "F1", "overall", owner)
        assert withdraw_remark(change, numbers["row"], "F1", "overall", owner, topic="row")
    with state.look() as look:
        assert [one.id for one in remarks_at(look, "F1")] == [numbers["action"]]
        found = {one.id for one in remarks_at(look, "F1", "overall", ("row", "flag"))}
        assert found == {numbers["row"], numbers["flag"]}
