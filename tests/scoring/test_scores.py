"""Scores are what the method says, to the last digit, and tell few from none nowhere."""

from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.release.reader import OpenRelease
from scoring.method import METHOD, METHODS, Method, method_of
from scoring.scores import COLUMNS, day_of, newest_day, overall_of, scores
from tests.scoring.releases import THROUGH, Asked, Flagged, Made, Reached, cell_of, opened
from tests.scoring.slow_scores import RULES, Key, Rules, Told, slow_scores
from tests.scoring.worlds import ON, even_cells, even_reach, random_release

DAY = timedelta(days=1)
DAYS = ((ON, 90.0), (ON - 200 * DAY, 90.0), (ON, 30.0), (date(2026, 7, 30), 400.0))
FORMAT = [
    "level", "codebook", "factory_id", "theme", "indicator_id", "dim", "segment", "on", "score", "low", "high",
    "outer_low", "outer_high", "raw", "adjusted", "n", "people", "grade", "status", "first_day", "last_day", "reason",
]  # fmt: skip
ALWAYS = ["level", "codebook", "factory_id", "theme", "indicator_id", "on", "reason"]
CHANGES: dict[str, object] = {
    "half_life": 30.0, "oldest": 1.5, "rho": 0.9, "rho_c": 0.9, "prior_answers": 60.0, "answers_per_person": 1.5,
    "adjusts": False, "pools": False, "finite": False, "least_variance": 400.0, "least_peers": 5, "kappa": 0.6,
    "least_questions": 1.0, "least_themes": 1.0, "least_people": 75,
}  # fmt: skip
"""Another value for every constant of a method."""
NAMES = ("version", "since", "codebook")
"""What names a method; no number rests on it."""


def plain(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows, with None for whatever is missing."""
    return table.astype("object").where(table.notna(), None).to_dict("records")


def shown(table: pd.DataFrame) -> dict[Key, Told]:
    """The rows that hold a score, as the slow way has them; answers and people to the nearest 5."""
    names = [one.name for one in fields(Told)]
    return {
        (r["level"], r["codebook"], r["factory_id"], r["theme"], r["indicator_id"]): Told(**{n: r[n] for n in names})
        for r in plain(table)
        if r["reason"] is None
    }


def rounded(row: Told) -> dict[str, object]:
    """A slow row as the table tells it."""
    people = None if row.people is None else 5 * round(row.people / 5)
    return asdict(replace(row, n=5 * round(row.n / 5), people=people))


def differences(fast: dict[Key, Told], slow: dict[Key, Told], within: float = 1e-9) -> list[object]:
    """Where the two tell something else."""
    apart: list[object] = sorted(map(str, fast.keys() ^ slow.keys()))
    for key in fast.keys() & slow.keys():
        for name, expected in rounded(slow[key]).items():
            told = asdict(fast[key])[name]
            same = (
                told is not None and abs(told - expected) <= within if isinstance(expected, float) else told == expected
            )
            if not same:
                apart.append((key, name, told, expected))
    return apart


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("version", list(RULES))
def test_scores_are_those_of_the_slow_way(tmp_path: Path, seed: int, version: str) -> None:
    made = random_release(seed)
    release = opened(tmp_path, made)
    for on, half_life in DAYS:
        table = scores(release, on, half_life=half_life, method=method_of(version))
        slow = slow_scores(made, on, RULES[version], half_life)
        assert differences(shown(table), slow) == []
        assert {key[0] for key in slow} == {"factory", "theme", "indicator"}
        assert (table["on"] == on).all()


def test_random_releases_hold_everything_that_a_score_depends_on() -> None:
    """Otherwise agreement says little."""
    rows = [row for seed in range(8) for row in slow_scores(random_release(seed), ON, RULES["1.1"]).values()]
    assert {row.grade for row in rows} == {"A", "B", "C", "D"}
    assert {row.status for row in rows} == {"settled", "settling_in"}
    for some in (
        [row.adjusted for row in rows],
        [row.people for row in rows],
    ):
        assert any(one is None for one in some)
        assert any(one is not None for one in some)
    assert any(row.raw != pytest.approx(row.score, abs=1.0) for row in rows)


@pytest.mark.parametrize("name", [one.name for one in fields(Method) if one.name not in NAMES])
def test_every_constant_changes_a_digit(tmp_path: Path, name: str) -> None:
    """And the same one as the slow way."""
    made = random_release(1)
    made.likeness = {}
    release = opened(tmp_path, made)
    other = {name: CHANGES[name]}
    usual, changed = (shown(scores(release, ON, method=one)) for one in (METHOD, replace(METHOD, **other)))
    assert differences(changed, slow_scores(made, ON, replace(Rules(), **other))) == []
    assert differences(usual, slow_scores(made, ON, Rules())) == []
    assert differences(changed, slow_scores(made, ON, Rules()), within=1e-3)


def test_what_the_release_says_of_likeness_goes_before_the_method(tmp_path: Path) -> None:
    made = random_release(1)
    made.likeness = {("rho", "book"): 0.2, ("rho_c", "book"): 0.6}
    told = shown(scores(opened(tmp_path / "told", made), ON))
    made.likeness = {}
    usual = shown(scores(opened(tmp_path / "usual", made), ON))
    for level in ("indicator", "theme", "factory"):
        pairs = [(told[key].low, usual[key].low) for key in told if key[0] == level and key[1] == "book"]
        assert pairs
        assert any(one != other for one, other in pairs)
    assert all(told[key] == usual[key] for key in told if key[1] == "other")


def test_whatever_is_not_shown_looks_alike(tmp_path: Path) -> None:
    for seed in range(4):
        release = opened(tmp_path / str(seed), random_release(seed))
        for method in METHODS:
            table = scores(release, ON, method=method)
            hidden = table[table["reason"].notna()]
            assert len(hidden)
            assert set(hidden["reason"]) == {"not_enough"}
            assert hidden.drop(columns=ALWAYS).isna().all(axis=None)
            here = table[table["reason"].isna()]
            assert here[["score", "low", "high", "raw", "n", "grade", "status", "first_day"]].notna().all(axis=None)
            assert ((here["low"] <= here["score"]) & (here["score"] <= here["high"])).all()
            outer = here[["outer_low", "outer_high"]].astype(float)
            if method.kappa:
                assert ((outer["outer_low"] <= here["low"]) & (here["high"] <= outer["outer_high"])).all()
                assert outer.min(axis=None) >= 0
                assert outer.max(axis=None) <= 100
            else:
                assert outer.isna().all(axis=None)
            assert not any(count % 5 for name in ("n", "people") for count in here[name].dropna())


def test_nothing_tells_few_from_none(tmp_path: Path) -> None:
    """Of three factories without a cell one may have nine answers: its people are not told either."""
    made = Made(
        [cell_of("F1", "Q1", ON, 1, [0, 50] * 5)],
        [Asked("Q1", "T1"), Asked("Q2", "T2")],
        ["F1", "F2", "F3"],
        [Reached("F2", date(2026, 4, 1), None, None, None), Reached("F1", date(2026, 4, 1), 20, 20, 40)],
        flags=[Flagged("F2", ON - 9 * DAY, ON)],
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


def test_an_overall_score_needs_thirty_people(tmp_path: Path) -> None:
    question = Asked("Q1", "T1")
    for people, reasons in ((25, ["not_enough"]), (30, [None])):
        made = Made(even_cells("F1", question, 60), [question], reach=[even_reach("F1", people)])
        table = scores(opened(tmp_path / str(people), made), ON)
        assert table[table["level"] == "factory"]["reason"].tolist() == reasons
        assert table[table["level"] != "factory"]["reason"].isna().all(), "themes and questions need cells only"


def test_a_day_before_the_first_cell_has_no_score(tmp_path: Path) -> None:
    made = Made([cell_of("F1", "Q1", ON, 1, [0, 50] * 5)], [Asked("Q1", "T1")], reach=[Reached("F1", ON, 30, 30, 30)])
    release = opened(tmp_path, made)
    table = scores(release, ON - DAY)
    assert table["reason"].tolist() == ["not_enough"] * 3
    assert table.drop(columns=ALWAYS).isna().all(axis=None)
    assert scores(release, ON)["reason"].isna().all()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.version)
def test_a_day_in_the_past_uses_cells_closed_by_then(tmp_path: Path, method: Method) -> None:
    cells = [cell_of("F1", "Q1", ON, 1, [100] * 8 + [50] * 2), cell_of("F1", "Q1", ON + DAY, 30, [0] * 8 + [50] * 2)]
    made = Made(cells, [Asked("Q1", "T1")], reach=[Reached("F1", date(2026, 4, 1), 30, 30, 30)])
    release = opened(tmp_path, made)
    assert scores(release, ON + 29 * DAY, method=method)["score"].tolist() == [90.0] * 3
    assert scores(release, ON + 30 * DAY, method=method)["score"].max() < 60
    assert newest_day(release) == ON + 30 * DAY == day_of(release)


def test_old_cells_are_left_out(tmp_path: Path) -> None:
    made = Made(
        [cell_of("F1", "Q1", ON, 1, [0, 50] * 5)],
        [Asked("Q1", "T1")],
        reach=[Reached("F1", date(2026, 4, 1), 30, 30, 30)],
    )
    release = opened(tmp_path, made)
    assert scores(release, ON + 360 * DAY)["reason"].isna().all()
    assert scores(release, ON + 361 * DAY)["reason"].tolist() == ["not_enough"] * 3
    assert scores(release, ON + 61 * DAY, half_life=15)["reason"].tolist() == ["not_enough"] * 3


def chosen(table: pd.DataFrame, level: str, factories: list[str]) -> list[dict[str, object]]:
    """The rows of one level and some factories."""
    return plain(table[(table["level"] == level) & table["factory_id"].isin(factories)])


def test_factories_levels_and_codebooks_can_be_chosen(tmp_path: Path) -> None:
    """Whatever is chosen, scores are steadied by all factories: the numbers are those of the whole table."""
    release = opened(tmp_path, random_release(2))
    whole = scores(release, ON)
    assert list(whole.columns) == list(COLUMNS) == FORMAT
    for level in ("factory", "theme", "indicator"):
        for factories in (["F00", "F03"], ["F12"]):
            assert plain(scores(release, ON, level=level, factories=factories)) == chosen(whole, level, factories)
    both = whole[(whole["factory_id"] == "F03") & (whole["level"] == "factory")]
    assert both["codebook"].tolist() == ["book", "other"]
    assert sorted(whole["indicator_id"].dropna().unique()) == [f"Q{i}" for i in range(9)], "only these are averaged"
    best = overall_of(whole)
    assert sorted(best) == [f"F{i:02}" for i in range(16)]
    assert best["F03"]["n"] == both["n"].max()


def test_segments_are_plain_means_by_any_method(tmp_path: Path) -> None:
    release = opened(tmp_path, random_release(2))
    table = scores(release, ON, level="segment")
    assert list(table.columns) == FORMAT
    assert set(table["reason"]) == {"not_enough"}
    assert "segment" not in set(scores(release, ON)["level"])


@pytest.mark.parametrize("factories", [[], ["no such factory", "1 or 1=1"], [""]])
def test_nobody_has_no_rows(tmp_path: Path, factories: list[str]) -> None:
    table = scores(opened(tmp_path, random_release(2)), ON, factories=factories)
    assert table.empty
    assert list(table.columns) == FORMAT


def empty(folder: Path, **more: object) -> OpenRelease:
    """A release without a cell."""
    return opened(folder, Made((), **{"questions": [Asked("Q1", "T1")], "factories": ["F1"]} | more))


def test_a_release_without_cells_lists_nothing(tmp_path: Path) -> None:
    release = empty(tmp_path / "one")
    for method in METHODS:
        assert scores(release, ON, method=method).empty
    assert newest_day(release) is None
    assert day_of(release) == THROUGH
    assert overall_of(scores(release, ON)) == {}
    for more in ({"questions": []}, {"factories": []}, {"questions": [], "factories": []}):
        table = scores(empty(tmp_path / "-".join(more), **more), ON)
        assert table.empty
        assert list(table.columns) == FORMAT


def test_a_codebook_of_questions_that_are_not_averaged_has_no_rows(tmp_path: Path) -> None:
    question = Asked("Q1", "T1", role="context")
    assert scores(opened(tmp_path, Made(even_cells("F1", question, 60), [question])), ON).empty
