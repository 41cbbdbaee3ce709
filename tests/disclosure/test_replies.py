"""Replies and their photos, asked for and forged by everybody: only who sees what they answer reads them."""

from collections.abc import Iterator
from typing import Any

import pytest

from data.state.remarks import Said, remarks_at
from tests.disclosure.tenants import (
    OWNERS,
    REPLIES,
    REPLY_BUTTONS,
    SIGNED,
    Tenants,
    allowed,
    body,
    canary,
    plausible,
    posted,
    tenants,
)
from tests.disclosure.test_forged_requests import nothing_drawn, told_to

ROLES = dict(SIGNED)
EVERYBODY = [*ROLES, "nobody"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenants]:
    """The portal of several tenants."""
    made = tenants(tmp_path_factory.mktemp("tenants"))
    yield made
    made.state.close()


def photo_words(home: Tenants, who: str) -> tuple[set[str], list[int]]:
    """The words in all photos that this reader gets, by asking for every number; and the status of each answer."""
    numbers = [one.id for one in all_said(home)] + [0, 1, 2]
    answers = [home.browsers[who].get(f"/photo/{number}") for number in numbers]
    return {answer.text for answer in answers if answer.status_code == 200}, [a.status_code for a in answers]


def all_said(home: Tenants) -> list[Said]:
    """Every remark and reply that the store holds, with its text."""
    with home.state.look() as look:
        return [one for f in OWNERS for one in remarks_at(look, f, topics=("action", "row", "flag"))]


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_photo_is_for_whoever_may_read_the_reply_and_gone_once_it_is_withdrawn(home: Tenants, who: str) -> None:
    mine = allowed(who, ROLES[who]) if who in ROLES else set()
    may = {canary("photo", f, *subject) for f in OWNERS for subject in (*REPLIES, ("row", "gone"))} & mine
    if who == "X":
        may -= {canary("photo", f, "row", "gone") for f in OWNERS}
    found, statuses = photo_words(home, who)
    assert found == may
    assert {status for status in statuses if status != 200} == ({302} if who == "nobody" else {404})


def reply_post(home: Tenants, who: str, target: Any, deed: str, text: Any, photo: Any = None) -> str:
    """What the callback of replies answers to this press of a button."""
    [name] = [name for name in home.callbacks() if name.startswith("replies-box.")]
    values = next(plausible("F1", "none")) | {
        (REPLY_BUTTONS, "n_clicks"): (deed,), ("replies-target", "data"): target, ("replies-text", "value"): text,
        ("replies-photo", "src"): photo,
    }  # fmt: skip
    sent = posted(home.browsers[who], body(name, home.callbacks()[name], values, None))
    assert sent.status_code in (200, 204, 401)
    return sent.text


def test_nobody_replies_or_withdraws_for_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every account presses every button on everything that may be replied to at factories that are not its own."""
    home = tenants(tmp_path_factory.mktemp("replies"))
    before = all_said(home)
    for who in EVERYBODY:
        foreign_factories = [f for f, owner in OWNERS.items() if owner != who]
        for factory in foreign_factories:
            for subject in ("row.overall", "row.t1", "flag.burst", "row.gone", "action.x"):
                for deed in ("send", *(f"withdraw-{one.id}" for one in before if one.topic != "action")):
                    told = reply_post(home, who, {"factory": factory, "reply": subject}, deed, "taken")
                    assert nothing_drawn(told), (who, factory, subject, deed)
    for deed in [f"withdraw-{one.id}" for one in before if one.organisation != "O1"]:
        assert nothing_drawn(reply_post(home, "O1", {"factory": "F1", "reply": "row.overall"}, deed, ""))
    for subject in ("row.t3", "row.q1", "flag.coached", "row.", "", "lead.z1"):
        assert nothing_drawn(reply_post(home, "O1", {"factory": "F1", "reply": subject}, "send", "taken"))
    assert all_said(home) == before
    home.state.close()


def test_a_fresh_reply_is_read_where_the_factory_is_seen(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tenants(tmp_path_factory.mktemp("fresh"))
    target = {"factory": "F1", "reply": "row.overall"}
    assert "Write something first." in reply_post(home, "O1", target, "send", {"odd": 1})
    assert "no picture" in reply_post(home, "O1", target, "send", "x", "data:image/png;base64,AAAA")
    assert "fresh from the owner" in reply_post(home, "O1", target, "send", " fresh from the owner\x00 ")
    for who in EVERYBODY:
        told = told_to(home, who)
        assert any("fresh from the owner" in text for text in told) == (who in ("O1", "B1", "B2", "X")), who
    home.state.close()
