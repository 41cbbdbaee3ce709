"""Equal means, what is missing, and how sure a mean is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.levels import Book, Course, Levels, estimate, levels, overall_course, theme_course
from scoring.method import PRIOR_ANSWERS, RHO_C, Z

BOOK = Book(
    codebook="book",
    indicators=("a", "b", "c", "d", "e"),
    names=("A", "B", "C", "D", "E"),
    texts=("A?", "B?", "C?", "D?", "E?"),
    themes=("one", "one", "one", "two", "two"),
    theme_names={"one": "One", "two": "Two"},
    pooled=np.full(5, 900.0),
    sensitive=np.zeros(5, dtype=bool),
    not_averaged=(),
)


def made(mean: np.ndarray, n: np.ndarray | None = None) -> Levels:
    """Levels of this mean, with the same spread everywhere; NaN where nothing is there."""
    mean = np.asarray(mean, dtype=float)
    n = np.where(np.isfinite(mean), 40.0 if n is None else n, np.nan)
    sd = np.where(np.isfinite(mean), 30.0, np.nan)
    return Levels(mean, sd**2 / n, sd, n, n)


def test_a_theme_is_the_mean_of_its_questions_and_the_whole_that_of_its_themes() -> None:
    found = made([[10, 20, 60, 80, 90], [10, 20, 60, 80, 90]])
    assert theme_course(found, BOOK.members("one")).value.tolist() == [30, 30]
    assert theme_course(found, BOOK.members("two")).value.tolist() == [85, 85]
    assert overall_course(found, BOOK).value.tolist() == [57.5, 57.5]


@given(seed=st.integers(0, 2**32 - 1))
def test_what_does_not_move_does_not_move_when_questions_are_missing(seed: int) -> None:
    """Questions differ in level; leaving some out in some stretches must not look like a change."""
    rng = np.random.default_rng(seed)
    mean = np.tile(rng.uniform(0, 100, 5), (12, 1))
    mean[rng.random((12, 5)) < 0.3] = np.nan
    found = made(mean, rng.uniform(10, 90, (12, 5)))
    for course in (theme_course(found, BOOK.members("one")), overall_course(found, BOOK)):
        there = course.value[np.isfinite(course.value)]
        assert np.ptp(there) < 1e-9 if there.size else True


def test_a_missing_question_is_taken_to_move_like_the_others() -> None:
    """Two of three questions rise by ten: the theme rises by more than if the third had stayed (two thirds of ten)."""
    found = made([[10, 20, 60, 50, 50], [20, 30, np.nan, 50, 50]])
    before, after = theme_course(found, BOOK.members("one")).value
    assert 20 / 3 < after - before <= 10


def test_half_of_the_questions_must_be_there() -> None:
    found = made([[10, 20, 60, 50, 50], [10, np.nan, np.nan, 50, np.nan], [np.nan] * 5])
    assert np.isnan(theme_course(found, BOOK.members("one")).value).tolist() == [False, True, True]
    assert np.isnan(theme_course(found, BOOK.members("two")).value).tolist() == [False, False, True]
    assert np.isnan(overall_course(found, BOOK).value).tolist() == [False, False, True]


def test_questions_that_are_never_there_are_not_waited_for() -> None:
    found = made([[10, np.nan, np.nan, np.nan, np.nan]] * 2)
    assert theme_course(found, BOOK.members("one")).value.tolist() == [10, 10]
    assert np.isnan(theme_course(found, BOOK.members("two")).value).all()
    assert overall_course(found, BOOK).value.tolist() == [10, 10]
    assert np.isnan(overall_course(made(np.full((2, 5), np.nan)), BOOK).value).all()


def test_the_variance_of_a_mean_counts_what_one_worker_says_to_several_questions() -> None:
    found = made([[10, 20, 60, 80, 90]], np.array([[10.0, 20, 40, 40, 40]]))
    weights = np.array([1 / 3] * 3)
    variance = 900 / np.array([10.0, 20, 40])
    together = (3 * 30 / 3) ** 2 - 3 * (30 / 3) ** 2
    expected = (weights**2 * variance).sum() + RHO_C / 40 * together
    assert theme_course(found, BOOK.members("one")).error[0] ** 2 == pytest.approx(expected)


def test_rows_become_matrices_and_unknown_questions_are_left_out() -> None:
    rows = {
        "place": np.array([0, 1, 1]),
        "indicator_id": np.array(["b", "d", "elsewhere"], dtype=object),
        "m": np.array([40.0, 60.0, 1.0]),
        "spread": np.array([500.0, 0.0, 1.0]),
        "n_eff": np.array([20.0, 10.0, 1.0]),
        "answers": np.array([20.0, 10.0, 1.0]),
    }
    found = levels(rows, BOOK, 3)
    assert np.argwhere(np.isfinite(found.mean)).tolist() == [[0, 1], [1, 3]]
    one = (PRIOR_ANSWERS * 900 + 20 * 500) / (PRIOR_ANSWERS - 1 + 20)
    assert found.sd[0, 1] ** 2 == pytest.approx(one)
    assert found.variance[0, 1] == pytest.approx(one / 20)
    assert found.variance[1, 3] > 0, "ten answers that are all alike are not known exactly"


def test_ranges_stay_on_the_scale() -> None:
    assert estimate(99.0, 5.0) == (found := estimate(99.0, 5.0))
    assert (found.low, found.high) == (99.0 - Z * 5.0, 100.0)
    assert estimate(1.0, 5.0).low == 0.0
    course = Course(np.array([50.0, np.nan]), np.array([1.0, np.nan]))
    assert course.estimate(0).value == 50.0
    assert course.estimate(1) is None
