"""Zero-tolerance answers show as bands of finished quarters, and nowhere else."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.data.release.quarterly import SAID, QuarterVault
from tests.data.release.vaults import Question

DAY = timedelta(days=1)
Q1, Q2 = date(2026, 1, 1), date(2026, 4, 1)
LEAD, OTHER = 4, 1
QUESTIONS = (
    Question(OTHER),
    Question(LEAD, "yesno", -1, zero_tolerance=True),
    Question(7, "yesno", 1, zero_tolerance=True),
)


def told(
    people: int, signs: int, *, question: int = LEAD, day: date = Q1, keys: bool = True, first: int = 0
) -> pd.DataFrame:
    """One answer each of so many people, of which so many are a sign."""
    bad = 1 if question == LEAD else 0
    rows = [
        (1, question, day + (i % 5) * DAY, bad if i < signs else 1 - bad, None, None, None, first + i + 1,
         first + i + 1 if keys else None)
        for i in range(people)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=SAID)


@pytest.fixture
def vault() -> Iterator[QuarterVault]:
    made = QuarterVault([1], QUESTIONS)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("people", "signs", "band"),
    [
        (9, 0, None), (9, 9, None), (10, 0, "none_seen"), (10, 1, "some"), (10, 2, "some"), (10, 3, "many"),
        (10, 10, "many"), (40, 8, "some"), (40, 9, "many"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", [LEAD, 7])
def test_bands(vault: QuarterVault, question: int, people: int, signs: int, band: str | None) -> None:
    vault.say(told(people, signs, question=question))
    vault.release(date(2026, 3, 31))
    assert vault.table("leads") == ([(1, question, Q1, band)] if band else [])
    assert vault.table("cells") == []


def test_ten_answers_of_nine_people_are_not_enough(vault: QuarterVault) -> None:
    vault.say(told(9, 0))
    vault.say(told(1, 0, day=Q1 + 30 * DAY))
    vault.release(date(2026, 3, 31))
    assert vault.table("leads") == []


def test_without_keys_people_are_those_of_the_busiest_week(vault: QuarterVault) -> None:
    monday = date(2026, 1, 5)
    for week in range(5):
        vault.say(told(4, 0, day=monday + 7 * week * DAY, keys=False))
    vault.release(date(2026, 3, 31))
    assert vault.table("leads") == []
    vault.say(told(10, 1, day=date(2026, 4, 6), keys=False))
    vault.release(date(2026, 6, 30))
    assert vault.table("leads") == [(1, LEAD, Q2, "some")]


def test_a_running_quarter_has_no_band_whatever_was_said(vault: QuarterVault) -> None:
    """One reports near the end: no release before the quarter's end differs from the one before."""
    vault.say(told(30, 0))
    for day in (5, 30, 59, 60, 61, 75, 87, 88):
        if day == 60:
            vault.say(told(1, 1, day=Q1 + 60 * DAY, first=100))
        vault.release(Q1 + day * DAY)
        assert vault.table("leads") == []
    vault.release(date(2026, 3, 31))
    assert vault.table("leads") == [(1, LEAD, Q1, "some")]


def test_a_band_stays_whatever_comes_later(vault: QuarterVault) -> None:
    vault.say(told(12, 0))
    vault.release(date(2026, 3, 31))
    vault.say(told(50, 50, first=500))
    vault.release(date(2026, 4, 20))
    assert vault.table("leads") == [(1, LEAD, Q1, "none_seen")]


def test_a_quarter_that_was_too_small_stays_without_a_band_once_the_factory_shows_cells(vault: QuarterVault) -> None:
    vault.say(pd.concat([told(9, 0), told(40, 20, question=OTHER).assign(level=lambda rows: 1 + rows.index % 5)]))
    assert vault.release(date(2026, 3, 31)).cells > 0
    vault.say(told(5, 5, first=500))
    vault.release(date(2026, 4, 1))
    assert vault.table("leads") == []


def test_zero_tolerance_answers_are_in_no_cell_and_no_adjustment(vault: QuarterVault) -> None:
    vault.count_heads([(1, "woman", None, None, 10), (1, "man", None, None, 10)])
    said = pd.concat([told(200, 60), told(200, 60, question=OTHER).assign(level=lambda rows: 1 + rows.index % 5)])
    vault.say(said.assign(gender=["woman", "man"] * 200))
    vault.release(date(2026, 3, 31))
    assert {row[1] for row in vault.table("cells")} == {OTHER}
    assert {row[1] for row in vault.table("adjust")} == {OTHER}
    assert {row[1] for row in vault.table("leads")} == {LEAD}
