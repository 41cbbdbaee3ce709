"""Warnings over time: found once, when the week is over, and then for good; day by day as at once; told in spans."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from data.engine import in_memory
from data.release.flags import SENTENCES, SHARES, tell_flags
from tests.data.release.flagged import (
    BEST,
    DAY,
    MONDAY,
    WEEK,
    FlagVault,
    calm,
    lined,
    many,
    ordinary,
    sitting,
    some,
    troubled,
)
from tests.data.release.slow_flags import shares_of, sittings, slow_flags

LATER = MONDAY + 10 * WEEK
"""The Monday after ten calm weeks."""
END = LATER + 6 * DAY


@pytest.fixture
def vault() -> Iterator[FlagVault]:
    made = FlagVault()
    yield made
    made.close()


def test_nothing_is_told_before_the_week_is_over(vault: FlagVault) -> None:
    vault.tell(calm(10, 9), some(30, 40, lined(3)), many(600, 40, LATER + DAY, days=1))
    vault.release(END - DAY)
    assert vault.found() == []
    vault.release(END)
    assert {row[1] for row in vault.found()} == {"straightline", "burst", "duplicates"}


def test_what_was_found_stays_and_answers_that_come_late_are_looked_at_once(vault: FlagVault) -> None:
    vault.tell(some(12, 30, BEST))
    vault.release(END)
    found = vault.found()
    assert found
    vault.tell(many(700, 300, LATER))
    vault.release(END + DAY)
    assert vault.found() == found
    vault.tell(*(sitting(2000 + n, LATER + DAY, ordinary(433)) for n in range(12)))
    vault.release(END + 2 * DAY)
    assert [row[1] for row in vault.found()] == ["coached", "duplicates"]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_warning_is_that_of_the_slow_way(seed: int) -> None:
    said = troubled(seed)
    vault = FlagVault(range(1, 5), heads=120)
    vault.say(said)
    vault.release(MONDAY + 41 * WEEK + 2 * DAY)
    expected = slow_flags(said, MONDAY + 41 * WEEK + 2 * DAY, 120)
    assert set(vault.found()) == expected
    assert len(vault.found()) == len(expected)
    assert {row[1] for row in expected} >= {"straightline", "coached", "burst", "duplicates", "silence"}
    vault.close()


def test_every_kind_is_found_in_troubled_worlds() -> None:
    kinds = {row[1] for seed in (1, 2, 3, 4) for row in slow_flags(troubled(seed), date(2026, 12, 31), 120)}
    assert kinds == {"straightline", "coached", "burst", "duplicates", "implausible", "silence"}


@pytest.mark.parametrize("pace", [1, 5, 17])
def test_day_by_day_finds_what_is_found_at_once(pace: int) -> None:
    said, last = troubled(5, weeks=26, factories=3), MONDAY + 27 * WEEK
    whole, steps = (FlagVault(range(1, 4), heads=120) for _ in range(2))
    whole.say(said)
    whole.release(last)
    before, until = date.min, MONDAY + pace * DAY
    while before < last:
        arrived = said[(said["day"] >= before) & (said["day"] < until)]
        steps.say(arrived)
        steps.release(min(until - DAY, last))
        before, until = until, until + pace * DAY
    steps.release(last)
    assert whole.found() == steps.found() != []
    for table in ("flag_weeks", "flag_shares"):
        assert whole.table(table) == steps.table(table)
    whole.close()
    steps.close()


def test_nothing_of_earlier_quarters_waits(vault: FlagVault) -> None:
    vault.say(troubled(6, weeks=13, factories=1))
    vault.release(date(2026, 4, 4))
    quarters = "SELECT DISTINCT quarter FROM vault.flag_waiting"
    assert vault.engine.connection.execute(quarters).fetchall() == [(date(2026, 1, 1),)]
    vault.release(date(2026, 4, 5))
    assert set(vault.engine.connection.execute(quarters).fetchall()) <= {(date(2026, 4, 1),)}


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_people_stand_behind_every_share_and_no_sitting_behind_two(seed: int) -> None:
    said = troubled(seed)
    vault = FlagVault(range(1, 5))
    vault.say(said)
    vault.release(MONDAY + 41 * WEEK)
    expected = []
    for factory, rows in said.groupby("factory"):
        shares = shares_of(sittings(rows))
        expected += [(factory, s.sign, *s.weeks, s.value) for s in shares]
        for sign in ("same", "best", "told"):
            parts = [id(one) for s in shares if s.sign == sign for one in s.parts]
            assert len(parts) == len(set(parts))
        for share in shares:
            keys = [one.person for one in share.parts]
            assert len(set(keys) - {None}) + keys.count(None) >= 10
    assert sorted(vault.table("flag_shares")) == sorted(expected)
    vault.close()


def released(rows: list[tuple]) -> list[tuple]:
    """What a release tells of these rows of the vault."""
    with in_memory("release") as engine:
        engine.connection.execute("ATTACH ':memory:' AS vault")
        engine.connection.execute(
            "CREATE TABLE vault.flags (factory INTEGER, kind VARCHAR, sign VARCHAR, first_week DATE, last_week DATE, "
            "band INTEGER, release INTEGER)"
        )
        engine.connection.execute("CREATE TEMP TABLE known_factories AS SELECT 1 AS factory, 'F1' AS factory_id")
        for row in rows:
            engine.connection.execute("INSERT INTO vault.flags VALUES (1, ?, ?, ?, ?, ?, 1)", [*row])
        engine.script("release_tables")
        tell_flags(engine)
        return engine.connection.execute("FROM release.flags").fetchall()


def test_weeks_that_follow_each_other_are_one_span() -> None:
    weeks = [MONDAY + week * WEEK for week in (0, 1, 3, 4)]
    told = released([("burst", "burst", week, week, 0) for week in weeks])
    assert [row[2:4] for row in told] == [
        (MONDAY, MONDAY + 13 * DAY), (MONDAY + 3 * WEEK, MONDAY + 5 * WEEK - DAY),
    ]  # fmt: skip


def test_a_span_says_what_holds_for_all_of_it_and_for_every_sign() -> None:
    told = released(
        [
            ("coached", "best", MONDAY, MONDAY + WEEK, 2), ("coached", "best", MONDAY + 2 * WEEK, MONDAY + 2 * WEEK, 1),
            ("coached", "told", MONDAY + WEEK, MONDAY + WEEK, 2), ("burst", "burst", MONDAY, MONDAY, 0),
        ]
    )  # fmt: skip
    assert [row[:4] for row in told] == [
        ("F1", "burst", MONDAY, MONDAY + 6 * DAY), ("F1", "coached", MONDAY, MONDAY + 20 * DAY),
    ]  # fmt: skip
    assert told[1][4] == f"{SENTENCES['best'].format(share='a fifth')} {SENTENCES['told'].format(share='a third')}"


def test_sentences_hold_no_figure_and_nothing_of_everybody() -> None:
    for sentence in SENTENCES.values():
        assert not re.search(r"\d|because|!", sentence)
        assert sentence.endswith(".")
    assert SHARES[-1] == "a third"


def test_a_day_within_a_week_costs_nothing(vault: FlagVault) -> None:
    """No answer is read until a week is over."""
    vault.tell(calm(10, 30))
    vault.release(LATER - DAY)
    vault.tell(many(1, 30, LATER, days=3))
    vault.release(LATER + 2 * DAY)
    assert vault.engine.rows("flags/taken_any") == []
    vault.release(LATER + timedelta(days=6))
    assert vault.engine.connection.execute("SELECT count(DISTINCT day) FROM flag_taken").fetchall() == [(3,)]
