"""How alike one worker's answers are: recomputed by hand, and held against the truth of the demo world."""

from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.demo.world import Plan, make_world
from data.release import facts
from data.release.facts import LEAST_WORKERS, Alike, likeness
from tests.data.release.quarterly import ASKED, SAID, QuarterVault, random_answers
from tests.data.release.slow import recoded
from tests.data.vault.place import Place

AVERAGED = {asked.question: asked for asked in ASKED if not asked.zero_tolerance}
Q1_END = date(2026, 3, 31)


def slow_likeness(said: pd.DataFrame) -> tuple[float, float]:
    """ρ and ρ_c of keyed answers, by standard scores, groups and pairs of single answers."""
    groups: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for row in said.dropna(subset="person").itertuples(index=False):
        if row.question in AVERAGED:
            groups[row.factory, row.question].append((row.person, recoded(AVERAGED[row.question], row.level)))
    within = within_free = between = between_free = size = 0.0
    scores: dict[tuple[int, float], list[tuple[int, float]]] = defaultdict(list)
    for (factory, question), rows in groups.items():
        x = np.array([value for _, value in rows])
        if len(x) < 20:
            continue
        z = (x - x.mean()) / x.std(ddof=1)
        workers: dict[float, list[float]] = defaultdict(list)
        for (person, _), score in zip(rows, z, strict=True):
            workers[person].append(score)
            scores[factory, person].append((question, score))
        within += sum(float(np.var(held) * len(held)) for held in workers.values())
        within_free += len(z) - len(workers)
        between += sum(float(np.mean(held) ** 2 * len(held)) for held in workers.values())
        between_free += len(workers) - 1
        size += len(z) - sum(len(held) ** 2 for held in workers.values()) / len(z)
    inner = within / within_free
    outer = max(0.0, (between - between_free * inner) / size)
    pairs = [
        one * two
        for held in scores.values()
        for (question, one), (other, two) in combinations(held, 2)
        if question != other
    ]
    return outer / (outer + inner), float(sum(pairs) / len(pairs))


def exact(vault: QuarterVault) -> tuple[float, float]:
    """What the vault's sums say before rounding."""
    (sums,) = vault.engine.frame("likeness_told").to_dict("records")
    within = sums["within_squares"] / sums["within_free"]
    between = (sums["between_squares"] - sums["between_free"] * within) / sums["between_size"]
    return between / (between + within), sums["products"] / sums["pairs"]


def test_both_are_those_of_the_slow_way() -> None:
    said = random_answers(12, days=120, workers=50)
    vault = QuarterVault(range(1, 6))
    vault.say(said)
    vault.release(Q1_END)
    slow = slow_likeness(said[said["day"] <= Q1_END])
    assert exact(vault) == pytest.approx(slow, abs=1e-9)
    assert min(slow) > 0.02
    assert likeness(vault.engine) == [Alike("book", round(slow[0], 2), round(slow[1], 2))]
    vault.close()


def test_workers_who_always_say_the_same_are_fully_alike() -> None:
    rows = [
        (1, question, date(2026, 1, 1 + day), 1 + person % 5, None, None, None, 1000 * day + person + 1, person + 1)
        for person in range(150)
        for day in range(3)
        for question in (1, 6)
    ]
    said = pd.DataFrame(rows, columns=SAID)
    said.loc[said["question"] == 6, "level"] = 5 - said["level"]
    vault = QuarterVault([1])
    vault.say(said)
    vault.release(Q1_END)
    assert likeness(vault.engine) == [Alike("book", 1.0, 1.0)]
    vault.close()


def test_with_few_workers_the_guide_s_figures_stand_in() -> None:
    vault = QuarterVault([1])
    assert likeness(vault.engine) == [Alike("book", 0.45, 0.27)]
    vault.say(random_answers(3, factories=1, workers=LEAST_WORKERS // 2))
    vault.release(Q1_END)
    assert vault.table("likeness") != []
    assert likeness(vault.engine) == [Alike("book", 0.45, 0.27)]
    vault.close()


def test_four_quarters_count_and_a_running_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    said = random_answers(12, days=100, workers=50)
    vault = QuarterVault(range(1, 6))
    monkeypatch.setattr(facts, "LEAST_WORKERS", 1)
    vault.say(said)
    vault.release(date(2026, 3, 30))
    assert vault.table("likeness") == []
    for year in range(2026, 2028):
        for quarter in range(4):
            moved = said[said["day"] <= Q1_END]
            moved = moved.assign(
                day=[
                    day.replace(year=year, month=day.month + 3 * quarter, day=min(day.day, 28)) for day in moved["day"]
                ]
            )
            vault.say(moved.assign(person=moved["person"] + 10_000_000 * (quarter + 4 * year), level=moved["level"]))
    vault.release(date(2027, 12, 31))
    sums = vault.engine.frame("likeness_told")
    held = vault.engine.connection.execute(
        "SELECT sum(pairs) FROM vault.likeness WHERE quarter >= DATE '2027-01-01'"
    ).fetchall()
    assert sums["pairs"].tolist() == [held[0][0]]
    assert len(vault.table("likeness")) == 8
    vault.close()


def test_the_demo_world_is_as_alike_as_it_was_made(tmp_path: Path) -> None:
    """Seen on three worlds: ρ .40 to .42, ρ_c .25; the world is made with 73 % of a worker's departure in common."""
    place = Place.at(tmp_path)
    make_world(tmp_path / "world", Plan(seed=5, factories=12, weeks=16, last_day=date(2026, 6, 30), anomalies=False))
    place.load(tmp_path / "world")
    made = place.release()
    with duckdb.connect(str(made.path), read_only=True) as connection:
        told = dict(connection.execute("SELECT fact, value FROM facts WHERE fact <> 'pooled_variance'").fetchall())
        pooled = connection.execute(
            "SELECT count(*), min(value) > 0 FROM facts WHERE fact = 'pooled_variance'"
        ).fetchall()
    assert 0.36 <= told["rho"] <= 0.46
    assert 0.21 <= told["rho_c"] <= 0.29
    assert pooled == [(40, True)]
    place.state.close()
