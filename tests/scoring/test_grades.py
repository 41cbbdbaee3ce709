"""How sure we may be: every border of every grade, what is not known, warnings, and settling in."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring.grades import GRADES, Evidence
from scoring.scores import scores
from tests.scoring.releases import Asked, Flagged, Made, Site, opened
from tests.scoring.worlds import ON, even_cells, even_reach

DAY = timedelta(days=1)
QUESTION = Asked("Q1", "T1")
BEST = {"people": 500.0, "participation": 1.0, "covered": 1.0, "age": 0.0}


def grade(flagged: bool = False, **parts: float) -> str:
    """The grade of that evidence, the best there is where nothing else is said."""
    evidence = Evidence(*(np.array([value]) for value in (BEST | parts).values()), np.array([flagged]))
    return GRADES[int(evidence.grade()[0])]


@pytest.mark.parametrize(
    ("part", "borders"),
    [
        ("people", [(50, "A"), (49.9, "B"), (20, "B"), (19.9, "C"), (8, "C"), (7.9, "D"), (1, "D")]),
        ("participation", [(0.30, "A"), (0.299, "B"), (0.15, "B"), (0.149, "C"), (0.05, "C"), (0.049, "D"), (0, "D")]),
        ("covered", [(0.80, "A"), (0.799, "B"), (0.60, "B"), (0.599, "C"), (0.40, "C"), (0.399, "D"), (0, "D")]),
        ("age", [(0, "A"), (14, "A"), (15, "B"), (30, "B"), (31, "C"), (60, "C"), (61, "D"), (400, "D")]),
    ],
)
def test_every_part_has_its_borders(part: str, borders: list[tuple[float, str]]) -> None:
    for value, expected in borders:
        assert grade(**{part: value}) == expected, f"{part} {value}"
        evidence = Evidence(*(np.array([one]) for one in (BEST | {part: value}).values()), np.array([False]))
        assert GRADES[int(evidence.steps()[part][0])] == expected
        assert [int(step[0]) for name, step in evidence.steps().items() if name != part] == [0, 0, 0]


def test_a_grade_is_the_worst_of_its_parts() -> None:
    assert grade(people=20, participation=0.06, age=3) == "C"
    assert grade(people=20, participation=0.06, age=90) == "D"


def test_what_nobody_knows_is_not_taken_for_good() -> None:
    assert grade(participation=np.nan) == "C"
    assert grade(covered=np.nan) == "B"
    assert grade(people=np.nan) == "D"
    assert grade(age=np.nan) == "D"


def test_a_warning_lowers_it_by_one_step_and_never_below_the_last() -> None:
    assert [grade(flagged=True, people=people) for people in (50, 20, 8, 1)] == ["B", "C", "D", "D"]


def made(flags: list[Flagged], weeks: int = 40) -> Made:
    """A factory with the best evidence there is."""
    cells = even_cells("F1", QUESTION, 60, weeks=weeks)
    return Made(cells, [QUESTION], [Site("F1")], [even_reach("F1")], flags=flags)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (ON - 9 * DAY, ON, "B"),
        (ON, ON + 20 * DAY, "B"),
        (ON - 200 * DAY, ON - 91 * DAY, "B"),
        (ON - 200 * DAY, ON - 92 * DAY, "A"),
        (ON + DAY, ON + 20 * DAY, "A"),
    ],
)
def test_a_warning_counts_for_a_quarter_of_a_year(tmp_path: Path, first: date, last: date, expected: str) -> None:
    table = scores(opened(tmp_path, made([Flagged("F1", first, last)])), ON)
    assert set(table["grade"]) == {expected}


def test_a_warning_never_changes_a_score_and_two_cost_no_more_than_one(tmp_path: Path) -> None:
    flags = [Flagged("F1", ON - 9 * DAY, ON), Flagged("F1", ON - 9 * DAY, ON, "coached")]
    with_flags, without = (scores(opened(tmp_path / str(len(some)), made(some)), ON) for some in (flags, []))
    assert with_flags.drop(columns="grade").equals(without.drop(columns="grade"))
    assert set(without["grade"]) == {"A"}
    assert set(with_flags["grade"]) == {"B"}


def test_a_factory_settles_in_for_two_quarters_after_its_first_answers(tmp_path: Path) -> None:
    release = opened(tmp_path, made([]))
    begun = ON - timedelta(days=7 * 39 + 6)
    for days, expected in ((30, "settling_in"), (181, "settling_in"), (182, "settled")):
        assert set(scores(release, begun + days * DAY, level="indicator")["status"]) == {expected}


def test_evidence_is_that_of_each_score(tmp_path: Path) -> None:
    """A question whose last answer is old has a worse grade than the theme, which has newer ones."""
    other = Asked("Q2", "T1")
    cells = [*even_cells("F1", QUESTION, 60), *even_cells("F1", other, 60, ON - 40 * DAY)]
    table = scores(opened(tmp_path, Made(cells, [QUESTION, other], reach=[even_reach("F1")])), ON)
    found = dict(zip(table["indicator_id"].fillna(table["level"]), table["grade"], strict=True))
    assert found == {"Q1": "A", "Q2": "C", "theme": "A", "factory": "A"}
