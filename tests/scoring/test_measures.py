"""What the answers to one question say, and how sure: people count, answers alone do not."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.measures import Workplaces, people_behind, variance_of_level, variance_of_one
from scoring.method import METHOD
from scoring.scorebook import ScoreBook, scores_on
from tests.scoring.releases import Adjusted, Asked, Made, Reached, Site, opened
from tests.scoring.worlds import ON, even_cells

QUESTION = Asked("Q1", "T1")


def workplace(effective: float = np.nan, sittings: float = np.nan, headcount: float = np.nan) -> Workplaces:
    """One factory of which that is known."""
    name, number = np.array([""], dtype=object), np.array([np.nan])
    return Workplaces(
        name, name, name, np.array([headcount]), number, np.array([effective]), np.array([sittings]), number,
        np.array(["2026-01-01"], dtype="datetime64[D]"),
    )  # fmt: skip


def behind(n_eff: float, answers: float, place: Workplaces) -> float:
    """How many people's worth of answers one question has."""
    return float(people_behind(np.array([[n_eff]]), np.array([[answers]]), place, METHOD)[0, 0])


def book(folder: Path, made: Made) -> ScoreBook:
    """The scores of the only codebook."""
    return scores_on(opened(folder, made), ON, 90.0, METHOD).books["book"]


def test_people_behind_a_question() -> None:
    """1 / (1/K + (1 − p) / n_eff), p = answers / sittings."""
    assert behind(100, 120, workplace(40, 120)) == pytest.approx(40), "everybody answered it"
    assert behind(100, 60, workplace(40, 120)) == pytest.approx(1 / (1 / 40 + 0.5 / 100))
    assert behind(100, 60, workplace(40)) == pytest.approx(40), "sittings are not told"
    assert behind(100, 500, workplace(40, 120)) == pytest.approx(40), "more answers than sittings, as cells reach back"
    assert behind(30, 60, workplace(40, 60)) == pytest.approx(30), "never more people than answers' worth"
    assert behind(100, 100, workplace()) == pytest.approx(25), "nobody can be told apart: four answers a person"
    assert behind(2, 2, workplace()) == 1.0


@settings(deadline=None)
@given(
    n_eff=st.floats(1, 5000), answers=st.integers(1, 5000), more=st.floats(1, 20), k=st.floats(1, 900),
    sittings=st.integers(1, 9000), rho=st.floats(0, 1),
)  # fmt: skip
def test_more_people_never_make_a_level_less_sure(
    n_eff: float, answers: int, more: float, k: float, sittings: int, rho: float
) -> None:
    few, many = (behind(n_eff, answers, workplace(people, sittings)) for people in (k, k * more))
    assert 1 <= few <= many <= n_eff
    one, d_w = np.array(900.0), np.array(1.0)
    unsure, sure = (variance_of_level(one, d_w, np.array(p), np.array(n_eff), rho) for p in (few, many))
    assert sure <= unsure


def test_a_thousand_answers_of_ten_people_are_worth_less_than_of_a_thousand() -> None:
    one, n_eff = np.array(900.0), np.array(1000.0)
    ten, thousand = (variance_of_level(one, np.array(1.0), np.array(k), n_eff, METHOD.rho) for k in (10.0, 1000.0))
    assert thousand == pytest.approx(0.9)
    assert ten > 900 * METHOD.rho / 10


def test_few_answers_borrow_the_usual_variance() -> None:
    spread, pooled = np.array([0.0, 0.0]), np.array([900.0, 900.0])
    few, many = variance_of_one(spread, np.array([10.0, 10000.0]), pooled, METHOD.prior_answers)
    assert few == pytest.approx(9000 / 19)
    assert many < 1


def test_an_adjustment_moves_the_level_within_the_scale(tmp_path: Path) -> None:
    quarters = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
    for points, d_w, level in ((-8.0, 1.5, 87.0), (8.0, 1.5, 100.0), (0.0, 0.8, 95.0)):
        adjust = [Adjusted("F1", "Q1", quarter, points, d_w) for quarter in quarters]
        made = Made(even_cells("F1", QUESTION, 95, spread=100), [QUESTION], adjust=adjust)
        found = book(tmp_path / str(points), made).measured
        assert found.mean[0, 0] == pytest.approx(95)
        assert found.level[0, 0] == pytest.approx(level)
        assert found.d_w[0, 0] == pytest.approx(max(d_w, 1.0)), "it never narrows a range"


def test_a_running_quarter_takes_the_adjustment_of_the_last_one_fixed(tmp_path: Path) -> None:
    """And a quarter in which none was fixed takes none, nor does another question or codebook."""
    last, other = Adjusted("F1", "Q1", date(2026, 1, 1), 6.0, 1.2), Asked("Q1", "T1", codebook="other")
    cells = [*even_cells("F1", QUESTION, 50, weeks=11), *even_cells("F1", other, 50, weeks=11)]
    found = scores_on(opened(tmp_path / "one", Made(cells, [QUESTION, other], adjust=[last])), ON, 90.0, METHOD)
    assert found.books["book"].measured.level[0, 0] == pytest.approx(56.0)
    assert found.books["other"].measured.level[0, 0] == pytest.approx(50.0)
    elsewhere = [last, Adjusted("F2", "Q1", date(2026, 4, 1), 1.0)]
    made = Made(cells, [QUESTION, other], ["F1", "F2"], adjust=elsewhere)
    assert book(tmp_path / "two", made).measured.level[0, 0] == pytest.approx(50.0)


def test_a_level_takes_the_adjustments_of_its_quarters_by_weight(tmp_path: Path) -> None:
    adjust = [Adjusted("F1", "Q1", date(2026, 1, 1), 10.0, 2.0), Adjusted("F1", "Q1", date(2026, 4, 1), 0.0, 1.0)]
    old = even_cells("F1", QUESTION, 50, date(2026, 3, 29), weeks=1)
    new = even_cells("F1", QUESTION, 50, date(2026, 6, 14), weeks=1)
    found = book(tmp_path, Made([*old, *new], [QUESTION], adjust=adjust)).measured
    weight = {day: 2 ** (-((ON - day).days + 3) / 90) for day in (date(2026, 3, 29), date(2026, 6, 14))}
    share = weight[date(2026, 3, 29)] / sum(weight.values())
    assert found.level[0, 0] == pytest.approx(50 + 10 * share)
    assert found.d_w[0, 0] == pytest.approx(1 + share)


def test_participation_is_known_only_where_people_and_workforce_are() -> None:
    assert workplace(30, 60, 120).participation.tolist() == [0.25]
    assert workplace(300, 600, 120).participation.tolist() == [1.0]
    assert np.isnan([workplace(30).participation, workplace(headcount=120).participation]).all()


def test_the_best_of_the_quarters_that_count_says_who_took_part(tmp_path: Path) -> None:
    """Keys rotate with the quarter, so that people of two quarters may be the same ones. Old quarters do not count."""
    reach = [
        Reached("F1", date(2024, 1, 1), 500, 500, 500, 500, 100),
        Reached("F1", date(2026, 1, 1), 40, 35, 70, 100, 60),
        Reached("F1", date(2026, 4, 1), 30, None, 50, None, 80),
        Reached("F1", date(2026, 7, 1), 900, 900, 900, 900, 100),
    ]
    made = Made(even_cells("F1", QUESTION, 50), [QUESTION], [Site("F1", headcount=120), "F2"], reach)
    places = scores_on(opened(tmp_path, made), ON, 90.0, METHOD).places
    told = [places.people, places.effective, places.sittings, places.headcount, places.covered]
    assert [float(one[0]) for one in told] == [40, 35, 120, 100, 0.8]
    assert np.isnan([float(one[1]) for one in told]).all()
