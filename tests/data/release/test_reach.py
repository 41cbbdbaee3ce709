"""How many people took part: counted once, when the quarter is over, and told so that nobody stands out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd
import pytest

from data.release.quarters import next_quarter, running_quarter
from tests.data.release.quarterly import FIRST, SAID, QuarterVault, random_answers

DAY = timedelta(days=1)
Q1, Q2, Q3 = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


def slow_reach(said: pd.DataFrame) -> tuple[float, float, int]:
    """People, effective people and sittings of one factory and quarter, row by row."""
    sittings: dict[float, set[int]] = defaultdict(set)
    weeks: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in said.itertuples(index=False):
        weeks[row.day.isocalendar()[:2]].add(row.sitting)
        if not pd.isna(row.person):
            sittings[row.person].add(row.sitting)
    total = sum(len(week) for week in weeks.values())
    if not sittings:
        busiest = max(len(week) for week in weeks.values())
        return busiest, busiest, total
    often = [len(held) for held in sittings.values()]
    return len(often), sum(often) ** 2 / sum(n * n for n in often), total


def told(count: float) -> int | None:
    """To the nearest 5, nothing under 10."""
    return 5 * round(count / 5) if count >= 10 else None


def visits(people: Iterable[int], day: date, *, keys: bool = True, sitting: int = 0) -> list[tuple[object, ...]]:
    """One answer of each of these people on a day, now good, now bad."""
    return [
        (1, 1, day, 1 + 4 * (i % 2), None, None, None, sitting + 1000 * day.toordinal() + i, i + 1 if keys else None)
        for i in people
    ]


def reach_of(vault: QuarterVault) -> list[tuple[object, ...]]:
    """Factory, quarter, people, effective people and sittings, as published."""
    return [row[:5] for row in vault.table("reach")]


def said_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=SAID)


def test_finished_quarters_are_those_of_the_slow_way() -> None:
    said = random_answers(8, days=200)
    said.loc[said["factory"] == 5, "person"] = None
    vault = QuarterVault(range(1, 6))
    vault.say(said)
    vault.release(date(2026, 7, 5))
    found = {(row[0], row[1]): row[2:] for row in reach_of(vault)}
    for factory in range(1, 6):
        for first, last in ((Q1, date(2026, 3, 31)), (Q2, date(2026, 6, 30))):
            mine = said[(said["factory"] == factory) & said["day"].between(first, last)]
            assert found[factory, first] == tuple(told(count) for count in slow_reach(mine))
    assert len({row[2] for row in reach_of(vault)}) > 3
    vault.close()


def test_a_running_quarter_is_not_told_where_an_earlier_one_is() -> None:
    vault = QuarterVault([1])
    vault.say(said_of(visits(range(30), Q1) + visits(range(30), Q2)))
    for through in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 29)):
        vault.release(through)
        assert reach_of(vault) == [(1, Q1, 30, 30, 30)]
    vault.release(date(2026, 6, 30))
    assert reach_of(vault) == [(1, Q1, 30, 30, 30), (1, Q2, 30, 30, 30)]
    vault.close()


def test_a_first_quarter_is_told_in_steps_of_ten_while_it_runs() -> None:
    """Four new people a day. Whoever reads every release sees only tens of them, and a change of no fewer."""
    vault = QuarterVault([1])
    seen = []
    for offset in range(10):
        day = Q1 + offset * DAY
        vault.say(said_of(visits(range(4 * offset, 4 * offset + 4), day)))
        vault.release(day)
        seen.append([row[2] for row in reach_of(vault)])
    assert seen == [[], [], [10], [10], [20], [20], [20], [30], [30], [40]]
    vault.release(date(2026, 3, 31))
    assert reach_of(vault) == [(1, Q1, 40, 40, 40)]
    vault.close()


def test_under_ten_people_say_nothing_and_the_next_quarter_is_still_a_first_one() -> None:
    vault = QuarterVault([1])
    few = [row for day in range(6) for row in visits(range(9), Q1 + day * DAY)]
    vault.say(said_of([*few, *visits(range(13), Q2)]))
    vault.release(date(2026, 4, 20))
    assert [row[:2] + row[2:4] for row in reach_of(vault)] == [(1, Q1, None, None), (1, Q2, 10, 10)]
    vault.close()


def test_without_keys_people_are_the_sittings_of_the_busiest_week() -> None:
    vault = QuarterVault([1])
    monday = date(2026, 1, 5)
    vault.say(said_of([
        *visits(range(12), monday, keys=False), *visits(range(11), monday + 3 * DAY, keys=False),
        *visits(range(20), monday + 7 * DAY, keys=False), *visits(range(6), monday + 30 * DAY, keys=False),
    ]))  # fmt: skip
    vault.release(date(2026, 3, 31))
    assert reach_of(vault) == [(1, Q1, 25, 25, 50)]
    vault.close()


def test_answers_that_come_late_change_no_quarter_that_is_over() -> None:
    vault = QuarterVault([1])
    vault.say(said_of(visits(range(12), Q1)))
    vault.release(date(2026, 4, 1))
    before = reach_of(vault)
    vault.say(said_of(visits(range(40, 90), Q1 + 5 * DAY)))
    vault.release(date(2026, 4, 2))
    assert reach_of(vault) == before == [(1, Q1, 10, 10, 10)]
    vault.close()


def test_a_factory_whose_history_comes_late_has_all_its_quarters() -> None:
    vault = QuarterVault([1, 2])
    first = said_of(visits(range(12), Q3))
    vault.say(first)
    vault.release(Q3)
    history = said_of(visits(range(20), Q1) + visits(range(30), Q2)).assign(factory=2)
    vault.say(history)
    vault.release(Q3 + DAY)
    assert [row[:3] for row in reach_of(vault) if row[0] == 2] == [(2, Q1, 20), (2, Q2, 30)]
    vault.close()


@pytest.mark.parametrize(
    ("through", "running"),
    [
        (date(2025, 12, 30), date(2025, 10, 1)),
        (date(2025, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2024, 1, 1)),
        (date(2026, 6, 30), date(2026, 7, 1)),
    ],
)
def test_the_quarter_that_runs(through: date, running: date) -> None:
    assert running_quarter(through) == running
    assert running_quarter(next_quarter(running) - DAY) == next_quarter(running)


def test_quarters_follow_one_another() -> None:
    quarters = [FIRST]
    for _ in range(8):
        quarters.append(next_quarter(quarters[-1]))
    assert Counter(quarter.month for quarter in quarters) == {1: 3, 4: 2, 7: 2, 10: 2}
    assert quarters[-1] == date(2028, 1, 1)


def slow_covered(said: pd.DataFrame, heads: list[tuple[int, str | None, str | None, str | None, int]]) -> int:
    """The share of the workforce in groups that were heard, in steps of 20 % from below."""
    heard = sum(
        head[4]
        for head in heads
        if any(
            all(own is None or own == told for own, told in zip(head[1:4], row, strict=True))
            for row in said[["gender", "department", "tenure_band"]].itertuples(index=False)
        )
    )
    return int(heard * 5 // sum(head[4] for head in heads)) * 20


def test_the_share_that_was_heard_is_that_of_the_slow_way() -> None:
    said = random_answers(3, days=80)
    said = said[(said["gender"] != "woman") | (said["department"] != "sewing") | (said["factory"] != 2)]
    crossed = [(g, d, None, n) for g in ("woman", "man") for d, n in (("sewing", 70), ("cutting", 30), ("office", 9))]
    heads = {1: [(1, *row) for row in crossed], 2: [(2, *row) for row in crossed], 3: [(3, "woman", None, None, 5)]}
    vault = QuarterVault(range(1, 5))
    vault.count_heads([head for rows in heads.values() for head in rows])
    vault.say(said)
    vault.release(date(2026, 4, 5))
    found = {row[0]: row[5] for row in vault.table("reach") if row[1] == Q1}
    expected = {f: slow_covered(said[(said["factory"] == f) & (said["day"] < Q2)], rows) for f, rows in heads.items()}
    assert {factory: found[factory] for factory in heads} == expected
    assert len(set(expected.values())) > 1
    assert found[4] is None, "nobody counted its groups"
    vault.close()


def test_one_group_out_of_many_moves_no_step_by_itself() -> None:
    """Four groups of five are heard, or all five but a small one: both are told as 80 %."""
    told = []
    for heard in (["a", "b", "c", "d"], ["a", "b", "c", "d", "f"]):
        vault = QuarterVault([1])
        vault.count_heads([(1, None, name, None, 20) for name in "abcd"] + [(1, None, name, None, 9) for name in "ef"])
        rows = [row for i, name in enumerate(heard) for row in visits(range(12 * i, 12 * i + 12), Q1, sitting=100 * i)]
        said = said_of(rows).assign(department=[name for name in heard for _ in range(12)])
        vault.say(said)
        vault.release(date(2026, 4, 1))
        told.append(vault.table("reach")[0][5])
        vault.close()
    assert told == [80, 80]
