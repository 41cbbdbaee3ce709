"""How many took part: an independent recount of quarters that are over."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import floor

import numpy as np
import pytest

from data.release.reader import Releases
from tests.data.release.homes import SmallHome
from tests.data.release.slow import quarter
from tests.data.release.vaults import QUESTIONS, Answer

FIRST = date(2025, 10, 1)
LAST = date(2026, 3, 31)


def random_sittings(seed: int) -> list[Answer]:
    """Half a year at four factories: with keys, without, some of both, and one that hardly answers."""
    rng = np.random.default_rng(seed)
    found, sitting = [], 0
    for factory, (workers, keyless, often) in enumerate(
        [(30, 0.0, 1.2), (60, 1.0, 0.9), (25, 0.2, 1.0), (8, 0.0, 0.05)], 1
    ):
        for offset in range((LAST - FIRST).days + 1):
            for _ in range(rng.poisson(often)):
                sitting += 1
                key = None if rng.random() < keyless else int(rng.integers(workers))
                for q in rng.choice(3, int(rng.integers(1, 4)), replace=False):
                    low = 1 if QUESTIONS[q].scale in ("ordinal5", "scale10") else 0
                    day = FIRST + timedelta(days=offset)
                    found.append(
                        Answer(factory, QUESTIONS[q].question, day, int(rng.integers(low, low + 2)), key, sitting)
                    )
    return found


def nearest(value: float) -> int | None:
    """To the nearest 5, halves upwards; nothing under ten."""
    return None if value < 10 else 5 * floor(value / 5 + 0.5)


def recount(answers: list[Answer]) -> tuple[int | None, int | None, int | None]:
    """People, effective people and sittings of one quarter at one factory."""
    by_key: dict[int, set[int | None]] = defaultdict(set)
    by_week: dict[tuple[int, int], set[int | None]] = defaultdict(set)
    for answer in answers:
        by_week[answer.day.isocalendar()[:2]].add(answer.sitting)
        if answer.person is not None:
            by_key[answer.person].add(answer.sitting)
    weeks = [len(sat) for sat in by_week.values()]
    k = [len(sat) for sat in by_key.values()]
    people = len(k) if k else max(weeks)
    effective = sum(k) ** 2 / sum(n * n for n in k) if k else max(weeks)
    return nearest(people), nearest(effective), nearest(sum(weeks))


@pytest.mark.parametrize("seed", [1, 2])
def test_quarters_that_are_over_recount_from_their_sittings(small: SmallHome, seed: int) -> None:
    answers = random_sittings(seed)
    small.load(answers)
    small.release(LAST)
    seen = Releases(small.home, small.settings).current().cells.engine.connection
    rows = seen.execute("SELECT factory_id, quarter, people, effective_people, sittings FROM reach").fetchall()
    first = dict(seen.execute("SELECT factory_id, min(opened) FROM cells GROUP BY ALL").fetchall())
    found = {(f, quarter(day)): (people, effective, sittings) for f, day, people, effective, sittings in rows}
    by_quarter = defaultdict(list)
    for answer in answers:
        by_quarter[f"F{answer.factory}", quarter(answer.day)].append(answer)
    expected = {(f, q): recount(mine) for (f, q), mine in by_quarter.items() if f in first and q >= quarter(first[f])}
    assert {key: value for key, value in found.items() if key[1] <= quarter(LAST)} == expected
    assert Counter(f for f, _ in expected) == {"F1": 2, "F2": 2, "F3": 2}
    assert all(value == (None, None, None) for key, value in found.items() if key[1] > quarter(LAST))
