"""What was done at a factory: who may see it, its size in words, its lanes."""

from datetime import date, timedelta

import pytest

from access.roles import Role
from access.viewer import NotAvailable, Viewer
from data.release.reader import OpenRelease
from scoring.actions import lanes, seen_actions, size_in_words
from scoring.model import Action
from tests.scoring.releases import Made, action_row, opened

DAY = date(2026, 3, 2)


def viewer(role: Role, organisation: str = "O1") -> Viewer:
    """Somebody who sees F1."""
    return Viewer(1, role, organisation, frozenset() if role is Role.OPERATOR else frozenset({"F1"}))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """A release with actions of two buyers, of nobody, and at another factory."""
    rows = [
        action_row("A2", "F1", DAY, buyer_id="B2", buyer_name="Buyer Two", magnitude=34.0, unit="% of orders"),
        action_row("A1", "F1", DAY - timedelta(days=9)),
        action_row("A3", "F1", DAY, buyer_id=None, buyer_name=None, actor_id=None, kind="strange"),
        action_row("A4", "F2", DAY),
    ]
    return opened(tmp_path_factory.mktemp("actions"), Made(actions=rows, factories=["F1", "F2"]))


def test_owners_and_operators_see_every_buyers_actions(release) -> None:
    for role in (Role.OWNER, Role.OPERATOR):
        assert [a.action_id for a in seen_actions(release, viewer(role), "F1")] == ["A1", "A2", "A3"]
    assert [a.what for a in seen_actions(release, viewer(Role.OWNER), "F1")] == ["", "34 % of orders", ""]


@pytest.mark.parametrize(
    ("organisation", "seen"), [("B1", ["A1"]), ("B2", ["A2"]), ("B9", []), ("", []), ("%", []), ("' OR 1=1 --", [])]
)
def test_a_buyer_sees_its_own(release, organisation: str, seen: list[str]) -> None:
    assert [a.action_id for a in seen_actions(release, viewer(Role.BUYER, organisation), "F1")] == seen


@pytest.mark.parametrize("role", [Role.OWNER, Role.BUYER, Role.NGO])
@pytest.mark.parametrize("factory", ["F2", "", "F1' OR '1'='1", ["F1"], 1, "f1", "F1 "])
def test_factories_out_of_reach_do_not_exist(release, role: Role, factory) -> None:
    with pytest.raises(NotAvailable):
        seen_actions(release, viewer(role), factory)


def test_no_factory_has_no_actions(release) -> None:
    assert seen_actions(release, viewer(Role.OWNER), None) == ()
    assert seen_actions(release, viewer(Role.OPERATOR), "F1' OR '1'='1") == ()


@pytest.mark.parametrize(
    ("magnitude", "unit", "words"),
    [
        (None, "days", ""),
        (34.0, "% of the month's orders", "34 % of the month's orders"),
        (-21.0, "days late", "21 days late"),
        (0.5, None, "0.5"),
        (1234567.0, "pieces", "1,234,567 pieces"),
        (0.0, " ", "0"),
    ],
)
def test_sizes_are_told_in_words(magnitude: float | None, unit: str | None, words: str) -> None:
    assert size_in_words(magnitude, unit) == words


def many(tokens: str) -> tuple[Action, ...]:
    """One action a letter, a day apart; the letter is its lane and its buyer."""
    return tuple(
        Action(f"A{i}", t, t, t, -1, DAY + timedelta(days=i), None, t, f"Buyer {t}", "", "", 1.0)
        for i, t in enumerate(tokens)
    )


@pytest.mark.parametrize("by", ["kind", "buyer"])
@pytest.mark.parametrize("tokens", ["", "a", "abcde", "abcdef", "abcdefghhhijk", "kjihgfedcba" * 3])
def test_at_most_five_lanes_hold_every_action_once(tokens: str, by: str) -> None:
    actions = many(tokens)
    found = lanes(actions, by)
    assert len(found) <= 5
    assert sorted(a.action_id for lane in found for a in lane.actions) == sorted(a.action_id for a in actions)
    for lane in found:
        assert [a.date for a in lane.actions] == sorted(a.date for a in lane.actions)
        assert lane.name
    assert len({lane.key for lane in found}) == len(found)


def test_the_busiest_lanes_are_kept_and_the_rest_goes_together() -> None:
    found = lanes(many("abcdefgggffeeddd"), "buyer")
    assert [lane.key for lane in found] == ["d", "e", "f", "g", "rest"]
    assert found[-1].name == "Other buyers"
    assert {a.buyer_id for a in found[-1].actions} == set("abc")
