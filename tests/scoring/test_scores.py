"""Scores are what the method says, to the last digit, and tell few from none nowhere."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app import create_app
from data.home import Home
from data.settings import Settings
from scoring.scores import COLUMNS, newest_day, overall_of, scores
from tests.scoring.releases import Asked, CellRow, Made, Reached, cell_of, opened, write_release
from tests.scoring.slow_scores import Key, Method, Told, slow_scores

ON = date(2026, 6, 20)
DAY = timedelta(days=1)
FORMAT = [
    "level", "codebook", "factory_id", "theme", "indicator_id", "dim", "segment", "on", "score", "low", "high",
    "outer_low", "outer_high", "raw", "adjusted", "n", "people", "grade", "status", "first_day", "last_day", "reason",
]  # fmt: skip


def random_release(seed: int) -> Made:
    """Two codebooks, factories with many cells, few, or none; questions that are not averaged among them."""
    rng = np.random.default_rng(seed)
    questions = [
        Asked(f"Q{i}", f"T{i % 3}", codebook=book, role=role, zero_tolerance=zero, is_vignette=vignette)
        for book in ("book", "other")
        for i, (role, zero, vignette) in enumerate(
            [("scored", False, False)] * 6
            + [("context", False, False), ("scored", True, False), ("scored", False, True)]
        )
    ]
    factories = [f"F{i}" for i in range(6)]
    cells = []
    for place, factory in enumerate(factories[:5]):
        for q in questions:
            if q.codebook == ("other" if place == 4 else "book") or place == 3:
                closed = date(2025, 1, 5) + timedelta(days=int(rng.integers(0, 300)))
                while closed < date(2026, 6, 30) and rng.random() < 0.95:
                    width = int(rng.integers(1, 60))
                    x = rng.choice([0, 25, 50, 75, 100], int(rng.integers(10, 30)), p=rng.dirichlet(np.ones(5)))
                    cells.append(cell_of(factory, q.indicator_id, closed + DAY, width, x, q.codebook))
                    closed += timedelta(days=width + int(rng.integers(0, 20)))
    quarters = [
        date(2025, 1, 1),
        date(2025, 4, 1),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
        date(2026, 4, 1),
    ]
    reach = [
        Reached(factory, quarter, *(int(5 * v) if rng.random() < 0.8 else None for v in rng.integers(2, [40, 30, 200])))
        for factory in factories[1:]
        for quarter in quarters
    ]
    return Made(cells, questions, factories, reach, pooled=bool(rng.random() < 0.8))


def shown(table: pd.DataFrame) -> dict[Key, Told]:
    """The rows that hold a score, as the slow way has them; answers to the nearest 5."""
    rows = table[table["reason"].isna()].to_dict("records")

    def blank(value: object) -> object:
        return None if value is None or value is pd.NA or value != value else value

    return {
        (r["level"], r["codebook"], r["factory_id"], blank(r["theme"]), blank(r["indicator_id"])): Told(
            r["score"], r["low"], r["high"], r["n"], r["first_day"], r["last_day"]
        )
        for r in rows
    }


def plain(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows, with None for whatever is missing."""
    return table.astype("object").where(table.notna(), None).to_dict("records")


def close(one: dict[Key, Told], other: dict[Key, Told], within: float = 1e-9) -> bool:
    """True when both have the same rows with the same numbers."""
    if one.keys() != other.keys():
        return False
    numbers = [[[t.score, t.low, t.high] for _, t in sorted(rows.items(), key=str)] for rows in (one, other)]
    return np.allclose(*numbers, rtol=0, atol=within)


@pytest.mark.parametrize("seed", range(8))
def test_scores_are_those_of_the_slow_way(tmp_path: Path, seed: int) -> None:
    made = random_release(seed)
    release = opened(tmp_path, made)
    for on, half_life in ((ON, 90.0), (ON - 200 * DAY, 90.0), (ON, 30.0), (date(2026, 7, 30), 400.0)):
        table = scores(release, on, half_life=half_life)
        slow = slow_scores(made, on, Method(half_life=half_life))
        fast = shown(table)
        assert close(fast, slow)
        assert slow
        for key, row in slow.items():
            assert fast[key].answers == 5 * round(row.answers / 5)
            assert (fast[key].first, fast[key].last) == (row.first, row.last)
        assert (table["on"] == on).all()


@pytest.mark.parametrize("changed", ["half_life", "rho", "rho_c", "prior", "cut", "z"])
def test_every_constant_changes_a_digit(tmp_path: Path, changed: str) -> None:
    made = random_release(1)
    fast, method = shown(scores(opened(tmp_path, made), ON)), Method()
    assert close(fast, slow_scores(made, ON, method))
    assert not close(fast, slow_scores(made, ON, replace(method, **{changed: getattr(method, changed) * 1.1})), 1e-3)


def test_the_worked_example_of_the_guide(tmp_path: Path) -> None:
    """A3: answers of ages 0, 30, 90 and 180 days; its mean, spread and n_eff, before any adjustment."""
    cells = [
        CellRow("F1", "Q1", ON - age * DAY, ON - age * DAY, 40, s1, s2)
        for age, s1, s2 in ((0, 2400, 180000), (30, 2600, 205000), (90, 2800, 225000), (180, 3000, 250000))
    ]
    release = opened(tmp_path, Made(cells, [Asked("Q1", "T1")], pooled=False))
    row = scores(release, ON, level="indicator").iloc[0]
    n_eff, spread = 133.2416, 863.1442
    s2f = (10 * 900 + n_eff * spread) / (9 + n_eff)
    assert s2f == pytest.approx(871.8035, abs=1e-3)
    assert row["score"] == pytest.approx(65.0, abs=1e-9)
    half = 1.96 * np.sqrt(s2f * (0.37 / (n_eff / 4) + 0.63 / n_eff))
    assert row["high"] - row["score"] == pytest.approx(half, abs=1e-3)


def test_a_day_before_the_first_cell_has_no_score(tmp_path: Path) -> None:
    release = opened(tmp_path, Made([cell_of("F1", "Q1", ON, 1, [0, 50] * 5)], [Asked("Q1", "T1")]))
    table = scores(release, ON - DAY)
    assert table["reason"].tolist() == ["not_enough"] * 3
    numbers = ["score", "low", "high", "raw", "n", "people", "first_day", "last_day"]
    assert table[numbers].isna().all(axis=None)
    assert scores(release, ON)["reason"].isna().all()


def test_a_day_in_the_past_uses_cells_closed_by_then(tmp_path: Path) -> None:
    cells = [cell_of("F1", "Q1", ON, 1, [100] * 8 + [50] * 2), cell_of("F1", "Q1", ON + DAY, 30, [0] * 8 + [50] * 2)]
    release = opened(tmp_path, Made(cells, [Asked("Q1", "T1")]))
    assert scores(release, ON + 29 * DAY)["score"].tolist() == [90.0] * 3
    assert scores(release, ON + 30 * DAY)["score"].max() < 60
    assert newest_day(release) == ON + 30 * DAY


def test_old_cells_are_left_out(tmp_path: Path) -> None:
    made = Made([cell_of("F1", "Q1", ON, 1, [0, 50] * 5)], [Asked("Q1", "T1")])
    release = opened(tmp_path, made)
    assert scores(release, ON + 360 * DAY)["reason"].isna().all()
    assert scores(release, ON + 361 * DAY)["reason"].tolist() == ["not_enough"] * 3
    assert scores(release, ON + 61 * DAY, half_life=15)["reason"].tolist() == ["not_enough"] * 3


def test_nothing_tells_few_from_none(tmp_path: Path) -> None:
    """Of three factories without a cell one may have nine answers: its people are not told either."""
    made = Made(
        [cell_of("F1", "Q1", ON, 1, [0, 50] * 5)],
        [Asked("Q1", "T1"), Asked("Q2", "T2")],
        ["F1", "F2", "F3"],
        [Reached("F2", date(2026, 4, 1), None, None, None), Reached("F1", date(2026, 4, 1), 20, 20, 40)],
    )
    table = scores(opened(tmp_path, made), ON)
    few, none = (
        table[table["factory_id"] == f].drop(columns="factory_id").reset_index(drop=True) for f in ("F2", "F3")
    )
    pd.testing.assert_frame_equal(few, none)
    assert set(few["reason"]) == {"not_enough"}
    assert len(few) == 5
    own = table[(table["factory_id"] == "F1") & (table["theme"] == "T2")]
    assert own["reason"].tolist() == ["not_enough"] * 2
    assert own[["n", "people"]].isna().all(axis=None), "a theme without a cell tells nothing of who took part"


def test_factories_levels_and_codebooks_can_be_chosen(tmp_path: Path) -> None:
    made = random_release(2)
    release = opened(tmp_path, made)
    whole = scores(release, ON)
    assert list(whole.columns) == list(COLUMNS) == FORMAT
    for level in ("factory", "theme", "indicator"):
        chosen = scores(release, ON, level=level, factories=["F0", "F3"])
        expected = whole[(whole["level"] == level) & whole["factory_id"].isin(["F0", "F3"])].reset_index(drop=True)
        assert plain(chosen) == plain(expected)
    assert set(scores(release, ON, level="segment")["reason"]) == {"not_enough"}
    assert scores(release, ON, factories=[]).empty
    assert scores(release, ON, factories=["no such factory", "1 or 1=1"]).empty
    both = whole[(whole["factory_id"] == "F3") & (whole["level"] == "factory")]
    assert both["codebook"].tolist() == ["book", "other"]
    assert not whole["indicator_id"].isin(["Q6", "Q7", "Q8"]).any(), "only scored questions are averaged"
    best = overall_of(whole)
    assert sorted(best) == [f"F{i}" for i in range(6)]
    assert best["F3"]["n"] == both["n"].max()


def test_a_release_without_cells_lists_nothing(tmp_path: Path) -> None:
    release = opened(tmp_path, Made((), [Asked("Q1", "T1")], ["F1"]))
    assert scores(release, ON).empty
    assert newest_day(release) is None
    assert overall_of(scores(release, ON)) == {}


def answered(folder: Path, *arguments: str) -> str:
    """What `flask scores` prints about a random release."""
    home = Home(folder / "home")
    if not home.root.exists():
        write_release(home, random_release(3))
    app = create_app(Settings(home=home.root, threads=1))
    done = app.test_cli_runner().invoke(args=["scores", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_command_answers_with_the_columns_of_the_format(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(answered(tmp_path, "--format", "csv"))))
    objects = json.loads(answered(tmp_path, "--format", "json"))
    assert list(rows[0]) == FORMAT
    assert all(list(row) == FORMAT for row in objects)
    assert len(rows) == len(objects)
    for row, told in zip(rows, objects, strict=True):
        assert {k: "" if v is None else str(v) for k, v in told.items()} == row
        assert (row["reason"] == "not_enough") == (row["score"] == "" == row["low"] == row["n"] == row["people"])
        assert row["n"] == "" or int(row["n"]) % 5 == 0
        assert not any(
            row[name] for name in ("dim", "segment", "outer_low", "outer_high", "adjusted", "grade", "status")
        )
        assert row["raw"] == row["score"]


def test_the_command_takes_day_half_life_level_and_factory(tmp_path: Path) -> None:
    plain = json.loads(answered(tmp_path, "--format", "json", "--level", "factory"))
    newest = {row["on"] for row in plain}
    assert newest == {max(row["last_day"] for row in plain if row["last_day"])}
    asked = ["--format", "json", "--level", "theme", "--factory", "F1", "--on", "2026-03-01", "--half-life", "30"]
    rows = json.loads(answered(tmp_path, *asked))
    slow = slow_scores(random_release(3), date(2026, 3, 1), Method(half_life=30))
    found = {(r["theme"]): r["score"] for r in rows if r["score"] is not None}
    expected = {k[3]: v.score for k, v in slow.items() if k[0] == "theme" and k[2] == "F1"}
    assert found == pytest.approx(expected)
    assert {(r["level"], r["factory_id"], r["on"]) for r in rows} == {("theme", "F1", "2026-03-01")}
