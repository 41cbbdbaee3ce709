"""Warnings, watched from release to release by somebody who knows who answered when: ten stand behind each."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.release.flags import SENTENCES, SHARES
from tests.data.release.flagged import DAY, MONDAY, WEEK, FlagVault, troubled
from tests.data.release.homes import small_home
from tests.data.release.vaults import Answer

WEEKS = 26


@pytest.fixture(scope="module", params=[7, 9])
def watched(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, list[tuple[date, set]]]:
    """Who answered, and what was told by the end of each day."""
    said = troubled(request.param, weeks=WEEKS, factories=3)
    vault = FlagVault(range(1, 4), heads=120)
    told = []
    for offset in range(7 * WEEKS + 7):
        day = MONDAY + offset * DAY
        vault.say(said[said["day"] == day])
        vault.release(day)
        told.append((day, set(vault.found())))
    vault.close()
    return said, told


def changes(told: list[tuple[date, set]]) -> Iterator[tuple[date, set]]:
    """What each day added."""
    before: set = set()
    for day, found in told:
        assert before <= found, "what was told stays"
        yield day, found - before
        before = found


def test_what_a_day_adds_is_of_weeks_that_ended_on_it(watched: tuple) -> None:
    """Silence and crowds show in four weeks together, all others at the end of their last one."""
    added = [(day, flag) for day, new in changes(watched[1]) for flag in new]
    assert len(added) > 10
    for day, (_, kind, _, first, last, _) in added:
        assert day.weekday() == 6
        weeks = 4 if kind in ("silence", "implausible") else 1
        assert first <= last
        assert last + 6 * DAY <= day < last + (7 * weeks) * DAY


def test_ten_stand_behind_what_a_day_adds(watched: tuple) -> None:
    """Ten people where it is about what was said, ten sittings where it is about how many; silence: fewer."""
    said, told = watched
    for _, new in changes(told):
        for factory, kind, sign, first, last, _ in new:
            there = said[(said["factory"] == factory) & (said["day"] >= first) & (said["day"] <= last + 6 * DAY)]
            loose = int(there["sitting"].isna().any())
            people = there["person"].nunique() + there[there["person"].isna()]["sitting"].nunique()
            if kind == "silence":
                assert there["sitting"].nunique() < 10
            elif kind in ("straightline", "coached"):
                assert people + loose >= 10, (kind, sign)
            else:
                assert there["sitting"].nunique() + loose >= 10, (kind, sign)


def test_release_files_tell_of_whole_weeks_that_are_over_and_never_take_back(tmp_path: Path) -> None:
    """A burst in the eleventh week, then silence; another factory goes on."""
    small, told = small_home(tmp_path), []
    for week in range(18):
        count = {10: 120}.get(week, 20) if week < 12 else 0
        small.load(
            Answer(factory, question, MONDAY + week * WEEK + n % 7 * DAY, 1 + (n + question) % 4 % 2, n,
                   factory * 100_000 + week * 1000 + n)
            for factory, heads in ((1, count), (2, 20))
            for n in range(heads)
            for question in (1, 3)
        )  # fmt: skip
        through = MONDAY + (week + 1) * WEEK - (1 + week % 3) * DAY
        with duckdb.connect(str(small.release(through).path), read_only=True) as connection:
            told.append((through, connection.execute("FROM flags").fetchall()))
    small.state.close()
    assert {(row[0], row[1]) for row in told[-1][1]} == {("F1", "burst"), ("F1", "silence")}
    sentences = {said.format(share=share) for said in SENTENCES.values() for share in SHARES}
    for (_, earlier), (through, later) in pairwise(told):
        for factory, kind, first, last, detail in later:
            assert (first.weekday(), last.weekday()) == (0, 6)
            assert last <= through
            assert detail in sentences
            assert factory == "F1", kind
        for factory, kind, first, last, _ in earlier:
            assert any(row[:3] == (factory, kind, first) and row[3] >= last for row in later)
