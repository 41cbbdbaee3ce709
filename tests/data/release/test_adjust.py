"""The adjustment is that of statistics A2.3, to the last digit before rounding, and then never changes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from data.release import adjust
from tests.data.release.quarterly import ASKED, QuarterVault, heads, random_answers
from tests.data.release.slow import recoded

Key = tuple[int, int]
Group = tuple[str | None, ...]
AVERAGED = {asked.question: asked for asked in ASKED if not asked.zero_tolerance}


def groups_of(factory: int) -> tuple[dict[Group, float], tuple[bool, ...]]:
    """The share of each group in the workforce, and by which of the three columns the factory counts."""
    rows = [row for row in heads() if row[0] == factory and row[4] > 0]
    by = tuple(any(row[1 + i] is not None for row in rows) for i in range(3))
    held: dict[Group, float] = defaultdict(float)
    for row in rows:
        said = tuple(row[1 + i] if by[i] else None for i in range(3))
        if all(value is not None or not by[i] for i, value in enumerate(said)):
            held[said] += row[4]
    total = sum(held.values())
    return {group: count / total for group, count in held.items()}, by


def slow_adjustments(said: pd.DataFrame, factories: range) -> dict[Key, tuple[float, float]]:
    """points and d_w before rounding, answer by answer, with the constants as they are written in DESIGN §4."""
    x: dict[Key, list[float]] = defaultdict(list)
    grouped: dict[tuple[int, int, Group], list[float]] = defaultdict(list)
    for row in said.itertuples(index=False):
        if row.question not in AVERAGED:
            continue
        value = recoded(AVERAGED[row.question], row.level)
        x[row.factory, row.question].append(value)
        shares, by = groups_of(row.factory)
        told = tuple(v if by[i] else None for i, v in enumerate((row.gender, row.department, row.tenure_band)))
        if any(by) and told in shares:
            grouped[row.factory, row.question, told].append(value)
    mean = {key: sum(values) / len(values) for key, values in x.items()}
    apart: dict[tuple[int, Group], list[float]] = defaultdict(lambda: [0.0, 0.0])
    everywhere: dict[Group, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (factory, question, group), values in grouped.items():
        for sums in (apart[factory, group], everywhere[group]):
            sums[0] += sum(values) - len(values) * mean[factory, question]
            sums[1] += len(values)
    found = {}
    for factory in factories:
        shares, _ = groups_of(factory)
        for question in AVERAGED:
            known = sum(len(grouped[factory, question, group]) for group in shares)
            if not shares or known < 30:
                continue
            m, moved, spread, level = mean[factory, question], 0.0, 0.0, 0.0
            for group, share_work in shares.items():
                values = grouped[factory, question, group]
                pooled = everywhere[group][0] / everywhere[group][1] if everywhere[group][1] else 0.0
                delta = (apart[factory, group][0] + 200 * pooled) / (apart[factory, group][1] + 200)
                gap = share_work - len(values) / known
                bare = abs(gap) * 100 / (len(values) + 50) > 0.25
                cell = m + delta if bare else (sum(values) + 50 * (m + delta)) / (len(values) + 50)
                moved += gap * cell
                if values:
                    r = len(values) / known
                    g = 1.0 if bare else 1 + gap / r * len(values) / (len(values) + 50)
                    spread, level = spread + r * g * g, level + r * g
            found[factory, question] = (min(100.0, max(0.0, m + moved)) - m, max(1.0, spread / level**2))
    return found


@pytest.fixture(scope="module")
def said() -> pd.DataFrame:
    return random_answers(4)


@pytest.fixture
def vault(said: pd.DataFrame) -> Iterator[QuarterVault]:
    made = QuarterVault(range(1, 6))
    made.count_heads(heads())
    made.say(said)
    yield made
    made.close()


def test_every_adjustment_is_that_of_the_slow_way(vault: QuarterVault, said: pd.DataFrame) -> None:
    vault.release(date(2026, 3, 31))
    found = {
        (factory, question): (points, d_w)
        for factory, question, points, d_w in vault.engine.connection.execute(
            "SELECT factory, question, points, d_w FROM adjusted"
        ).fetchall()
    }
    slow = slow_adjustments(said[said["day"] <= date(2026, 3, 31)], range(1, 6))
    assert found.keys() == slow.keys()
    assert {factory for factory, _ in found} == {1, 2, 3, 4}
    assert len(found) < 16, "where fewer than thirty say a group, nothing is adjusted"
    for key, (points, d_w) in slow.items():
        assert found[key][0] == pytest.approx(points, abs=1e-9)
        assert found[key][1] == pytest.approx(d_w, abs=1e-9)
    assert max(abs(points) for points, _ in slow.values()) > 1
    published = {(row[0], row[1]): row[3:] for row in vault.table("adjust")}
    assert published == {
        key: (round(points * 2) / 2, pytest.approx(round(d_w, 2), abs=1e-12)) for key, (points, d_w) in slow.items()
    }


def test_the_worked_example() -> None:
    """Statistics A3, with its own weights: cell means 61.9913 and 68.0087, adjustment -1.2035, d_w 1.0407."""
    vault = QuarterVault([])
    connection = vault.engine.connection
    half = 101.7480 / 2
    connection.execute(
        "CREATE TEMP TABLE strata_told AS SELECT 1 AS factory, 1 AS question, 65e0 AS m, * FROM (VALUES "
        "(CAST($half AS DOUBLE), 61 * $half, 0.7e0, 0.5e0, -2e0), "
        "(CAST($half AS DOUBLE), 69 * $half, 0.3e0, 0.5e0, 2e0)"
        ") AS t (wn, ws, share_work, share_told, delta)",
        {"half": half},
    )
    adjust.weigh_groups(vault.engine)
    points, d_w = connection.execute("SELECT points, d_w FROM adjusted").fetchall()[0]
    assert points == pytest.approx(-1.2035, abs=1e-3)
    assert d_w == pytest.approx(1.0407, abs=1e-3)
    assert points == pytest.approx(0.2 * 61.9913 - 0.2 * 68.0087, abs=1e-4)
    vault.close()


@pytest.mark.parametrize(
    ("constant", "other"),
    [
        ("DEPARTURE_PRIOR", 20.0),
        ("GROUP_PRIOR", 25.0),
        ("LEAST_ANSWERS", 20),
        ("MOST_MOVED", 0.15),
        ("POINTS_STEP", 0.1),
        ("D_W_STEP", 0.001),
    ],
)
def test_every_constant_changes_a_digit(
    vault: QuarterVault, said: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, constant: str, other: float
) -> None:
    vault.release(date(2026, 6, 30))
    as_they_are = vault.table("adjust")
    changed = QuarterVault(range(1, 6))
    changed.count_heads(heads())
    changed.say(said)
    monkeypatch.setattr(adjust, constant, other)
    changed.release(date(2026, 6, 30))
    assert changed.table("adjust") != as_they_are
    changed.close()


def test_a_share_of_the_workforce_moves_the_mean_as_it_should() -> None:
    """Women say 0 and men 100, in equal numbers; of the workforce women are the most. The mean must fall, by far."""
    vault = QuarterVault([1])
    vault.count_heads([(1, "woman", None, None, 900), (1, "man", None, None, 100)])
    rows = [
        (1, 1, date(2026, 1, 5 + i % 20), 1 if i % 2 else 5, "woman" if i % 2 else "man", None, None, i, i + 1)
        for i in range(600)
    ]
    vault.say(
        pd.DataFrame(
            rows,
            columns=["factory", "question", "day", "level", "gender", "department", "tenure_band", "sitting", "person"],
        )
    )
    vault.release(date(2026, 3, 31))
    ((_, _, _, points, d_w),) = vault.table("adjust")
    assert -40 <= points < -35
    assert d_w > 1.3
    vault.close()


def test_a_running_quarter_has_none_and_a_fixed_one_never_changes(vault: QuarterVault, said: pd.DataFrame) -> None:
    vault.release(date(2026, 3, 30))
    assert vault.table("adjust") == []
    vault.release(date(2026, 3, 31))
    first = vault.table("adjust")
    assert {row[2] for row in first} == {date(2026, 1, 1)}
    vault.say(said[said["day"] <= date(2026, 2, 1)].assign(level=1))
    vault.release(date(2026, 7, 10))
    assert [row for row in vault.table("adjust") if row[2] == date(2026, 1, 1)] == first
    assert {row[2] for row in vault.table("adjust")} == {date(2026, 1, 1), date(2026, 4, 1)}


def test_questions_that_are_not_averaged_are_not_adjusted(vault: QuarterVault) -> None:
    vault.engine.connection.execute("UPDATE vault.questions SET role = 'context' WHERE question = 1")
    vault.engine.connection.execute("UPDATE vault.questions SET is_vignette = TRUE WHERE question = 2")
    vault.release(date(2026, 3, 31))
    assert {row[1] for row in vault.table("adjust")} == {3, 6}


def test_a_question_without_a_cell_is_not_adjusted(vault: QuarterVault) -> None:
    """Everybody says the same: no cell may close, and nothing may tell that there were thirty answers."""
    vault.engine.connection.execute("UPDATE vault.answers SET level = 5 WHERE question = 1 AND factory = 2")
    vault.release(date(2026, 3, 31))
    found = {(row[0], row[1]) for row in vault.table("adjust")}
    assert (2, 1) not in found
    assert {(2, 2), (3, 1)} <= found


def test_without_a_head_count_nothing_is_adjusted(said: pd.DataFrame) -> None:
    vault = QuarterVault(range(1, 6))
    vault.say(said)
    vault.release(date(2026, 6, 30))
    assert vault.table("adjust") == []
    assert vault.table("cells") != []
    vault.close()
