"""Warnings: each kind from its threshold on, and not below."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.data.release.flagged import (
    BEST,
    DAY,
    INTEGRITY,
    MONDAY,
    WEEK,
    FlagVault,
    calm,
    lined,
    many,
    ordinary,
    sitting,
    some,
)

LATER = MONDAY + 10 * WEEK
"""The Monday after ten calm weeks."""
END = LATER + 6 * DAY


@pytest.fixture
def vault() -> Iterator[FlagVault]:
    made = FlagVault()
    yield made
    made.close()


@pytest.mark.parametrize(("hits", "of", "told"), [(2, 10, False), (3, 10, True), (2, 4, False), (9, 9, False)])
def test_straight_lining(vault: FlagVault, hits: int, of: int, told: bool) -> None:
    vault.tell(some(hits, of, lined(3)))
    vault.release(END)
    assert vault.found() == ([(1, "straightline", "same", LATER, LATER, 1)] if told else [])


def test_consistent_answers_are_no_straight_lining(vault: FlagVault) -> None:
    """All of them four, and the question asked the other way round two: that is one opinion."""
    vault.tell(some(20, 30, {1: 4, 2: 4, 3: 4, 4: 4, 5: 2, 6: 0}))
    vault.tell(some(20, 30, {1: 4, 2: 4, 3: 4, 4: 4, 6: 0}, LATER + WEEK))
    vault.release(END + WEEK)
    assert vault.found("straightline") == []


@pytest.mark.parametrize(
    ("hits", "of", "band"), [(11, 30, None), (12, 30, 2), (16, 60, None), (19, 60, 1), (9, 9, None)]
)
def test_coached_answers(vault: FlagVault, hits: int, of: int, band: int | None) -> None:
    vault.tell(some(hits, of, BEST))
    vault.release(END)
    assert vault.found("coached") == ([(1, "coached", "best", LATER, LATER, band)] if band is not None else [])


def test_short_sittings_show_nothing(vault: FlagVault) -> None:
    vault.tell(some(30, 30, {q: BEST[q] for q in (1, 2, 3, 6)}))
    vault.release(END)
    assert vault.found() == []
    assert vault.table("flag_shares") == []


@pytest.mark.parametrize(("calm_weeks", "hits", "told"), [(0, 8, False), (0, 9, True), (8, 5, False), (8, 6, True)])
def test_people_who_say_that_they_were_told_what_to_answer(
    vault: FlagVault, calm_weeks: int, hits: int, told: bool
) -> None:
    for week in range(calm_weeks):
        vault.tell(some(0, 12, {}, MONDAY + week * WEEK), integrity(0, 12, MONDAY + week * WEEK, 5000 + 100 * week))
    vault.tell(integrity(hits, 10, LATER, 9000))
    vault.release(END)
    assert vault.found() == ([(1, "coached", "told", LATER, LATER, 2)] if told else [])


def integrity(hits: int, of: int, start: date, first: int) -> Iterator[tuple]:
    """So many who say that they were told what to answer, of so many who were asked."""
    for number in range(of):
        day = start + number % 5 * DAY
        yield from sitting(first + number, day, {INTEGRITY: int(number < hits)}, person=number)


def test_a_factory_where_many_always_say_so_is_told_of_every_time(vault: FlagVault) -> None:
    for week in range(12):
        vault.tell(integrity(20, 30, MONDAY + week * WEEK, 100 * week))
    vault.release(END + 10 * WEEK)
    assert len(vault.found("coached")) == 12


def test_what_is_usual_at_a_factory_is_no_warning(vault: FlagVault) -> None:
    """Forty of a hundred give the best answers every week: told until the median is known, and then no more."""
    for week in range(10):
        vault.tell(some(40, 100, BEST, MONDAY + week * WEEK))
    vault.release(END)
    assert [row[3] for row in vault.found("coached")] == [MONDAY + week * WEEK for week in range(4)]


def test_nine_people_wait_for_a_tenth_and_the_warning_covers_both_weeks(vault: FlagVault) -> None:
    vault.tell(*(sitting(n, LATER, lined(n), person=n) for n in range(9)))
    vault.tell(sitting(5001, LATER, lined(2), person=1), sitting(5002, LATER, lined(2), person=2))
    vault.release(END)
    assert vault.found("straightline") == []
    vault.tell(sitting(6001, LATER + WEEK, ordinary(1), person=77))
    vault.release(END + WEEK)
    assert vault.found("straightline") == [(1, "straightline", "same", LATER, LATER + WEEK, 2)]


def test_people_of_two_quarters_are_not_added_up(vault: FlagVault) -> None:
    """Keys rotate: seven before and seven after may be the same seven."""
    for start, first in ((date(2026, 3, 24), 0), (date(2026, 4, 1), 100)):
        vault.tell(*(sitting(first + n, start, lined(n)) for n in range(7)))
    vault.release(date(2026, 4, 12))
    assert vault.found("straightline") == []


@pytest.mark.parametrize(
    ("usual", "extra", "days", "told"),
    [(9, 40, 1, True), (9, 38, 1, False), (9, 40, 7, True), (10, 40, 7, False), (14, 40, 1, True), (14, 39, 1, False)],
)
def test_a_burst_of_a_day_or_a_week(vault: FlagVault, usual: int, extra: int, days: int, told: bool) -> None:
    vault.tell(calm(10, usual), many(1, extra, LATER, days=days))
    vault.release(END)
    assert vault.found() == ([(1, "burst", "burst", LATER, LATER, 0)] if told else [])


def test_a_factory_that_always_answers_on_one_day_has_no_burst(vault: FlagVault) -> None:
    vault.tell(*(many(1000 * week, 50, MONDAY + week * WEEK, days=1) for week in range(11)))
    vault.release(END)
    assert vault.found() == []


def test_the_first_answers_and_those_after_a_pause_are_no_burst(vault: FlagVault) -> None:
    vault.tell(calm(6, 60), many(1, 70, LATER + 4 * WEEK))
    vault.release(END + 4 * WEEK)
    assert vault.found("burst") == []


@pytest.mark.parametrize(("copies", "of", "told"), [(3, 20, False), (4, 20, True), (4, 9, False), (9, 10, True)])
def test_the_very_same_answers(vault: FlagVault, copies: int, of: int, told: bool) -> None:
    vault.tell(*(sitting(n, LATER, ordinary(433 if n < copies else n)) for n in range(of)))
    vault.release(END)
    assert vault.found() == ([(1, "duplicates", "duplicates", LATER, LATER, 0)] if told else [])


def test_the_same_answers_on_other_days_or_to_four_questions_are_no_copies(vault: FlagVault) -> None:
    vault.tell(*(sitting(n, LATER + n % 7 * DAY, ordinary(433)) for n in range(21)))
    vault.tell(*(sitting(100 + n, LATER + WEEK, {1: 3, 2: 4, 3: 2, 6: 1}) for n in range(30)))
    vault.release(END + WEEK)
    assert vault.found() == []


@pytest.mark.parametrize(
    ("each", "heads", "told"), [(41, 100, True), (40, 100, False), (41, 164, False), (41, 163, True)]
)
def test_more_sittings_than_people(each: int, heads: int, told: bool) -> None:
    vault = FlagVault(heads=heads)
    vault.tell(calm(10, 5), *(many(1000 * week, each, LATER + week * WEEK) for week in range(4)))
    vault.release(END + 3 * WEEK)
    weeks = [row[3] for row in vault.found("implausible")]
    assert weeks == ([LATER + week * WEEK for week in range(4)] if told else [])
    vault.close()


@pytest.mark.parametrize(("weeks", "told"), [(3, False), (4, True), (7, True)])
def test_silence(vault: FlagVault, weeks: int, told: bool) -> None:
    vault.tell(calm(10, 20), calm(2, 20, LATER + weeks * WEEK))
    vault.release(END + (weeks + 1) * WEEK)
    assert [row[3] for row in vault.found("silence")] == [LATER + w * WEEK for w in range(weeks if told else 0)]


def test_few_and_none_are_silence_alike(vault: FlagVault) -> None:
    """Nobody can tell from the warning whether somebody answered."""
    other = FlagVault()
    for one in (vault, other):
        one.tell(calm(10, 20))
    other.tell(many(1, 9, LATER), many(20, 4, LATER + 4 * WEEK))
    for one in (vault, other):
        for week in range(6):
            one.release(END + week * WEEK)
    assert vault.found() == other.found() != []
    other.close()


@pytest.mark.parametrize(("most", "told"), [(39, False), (40, True)])
def test_a_factory_where_few_answer_is_never_silent(vault: FlagVault, most: int, told: bool) -> None:
    vault.tell(calm(10, 5), many(1, most - 20, LATER - WEEK + 2 * DAY, days=3))
    vault.release(END - WEEK)
    before = vault.found("silence")
    vault.release(END + 10 * WEEK)
    assert before == []
    assert bool(vault.found("silence")) == told
