"""On a world whose truth is known, the effects file tells it: `bench/cascade.py` in small."""

import pandas as pd
import pytest

from bench.cascade import Study, covered, planned, studied
from data.demo.kinds import AFTER_BAD_PATCH


@pytest.fixture(scope="module")
def study() -> Study:
    """A world of 40 factories and 60 weeks, loaded, released and estimated."""
    return studied(planned(6, 40, 60))


@pytest.fixture(scope="module")
def questions(study: Study) -> pd.DataFrame:
    """The effects told on single questions, each with the true one."""
    return study.cells[study.cells["level"] == "indicator"]


def test_ranges_hold_the_truth(study: Study, questions: pd.DataFrame) -> None:
    assert len(questions) > 60
    assert covered(questions).mean() > 0.8
    assert covered(study.cells[study.cells["level"] == "theme"]).mean() > 0.75
    error = (questions["effect"] - questions["truth"]).std()
    assert (questions["high"] - questions["low"]).mean() / 3.92 < 2 * error, (
        "a range that holds everything says nothing"
    )


def test_large_effects_are_seen_and_none_is_clear_without_one(questions: pd.DataFrame) -> None:
    large = questions[questions["truth"].abs() >= 2]
    assert len(large) >= 10
    assert large["verdict"].isin(["clear", "likely"]).mean() > 0.85
    null = questions[questions["truth"] == 0]
    assert len(null) >= 40
    assert (null["verdict"] == "clear").sum() <= 1


def test_estimates_grow_with_the_truth(questions: pd.DataFrame) -> None:
    moved = questions[questions["truth"] != 0]
    slope = moved["effect"].cov(moved["truth"]) / moved["truth"].var()
    assert 0.7 < slope < 1.3


def test_the_kind_that_follows_bad_patches_is_flagged(questions: pd.DataFrame) -> None:
    p = questions.groupby("kind")["pretrend_p"].first()
    assert p[AFTER_BAD_PATCH] < 0.05
    assert (p.drop(AFTER_BAD_PATCH) < 0.05).sum() <= 2


def test_single_actions_are_rarely_taken_for_what_they_are_not(study: Study) -> None:
    null = study.events[study.events["truth"] == 0]
    assert len(null) > 1000
    assert 0.02 < (null["p"] < 0.05).mean() < 0.09
    assert 0.9 < covered(study.events).mean() < 0.99


def test_footprints_rank_buyers_by_what_truly_followed(study: Study) -> None:
    found = study.footprints
    assert len(found) >= 10
    assert found["worker_week_points"].corr(found["truth"], method="spearman") > 0.7
