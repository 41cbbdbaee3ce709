"""The truth of the demo world is the exact expectation of its answers, effects and surprises included."""

from dataclasses import replace

import duckdb
import numpy as np
import pytest

from data.demo.answers import said
from data.demo.kinds import KINDS, LAGS, profiles
from data.demo.levels import shifts
from data.demo.questions import questions
from data.demo.world import make_world

ERRORS = """
WITH recoded AS (
  SELECT factory_id, indicator_id, date, respondent_key, theme,
         CASE WHEN scale = 'yesno' THEN 100.0 * value ELSE 25.0 * (value - 1) END AS up, polarity
  FROM answers JOIN book USING (indicator_id) WHERE respondent_key IS NOT NULL
), errors AS (
  SELECT r.*, CASE WHEN polarity = 1 THEN up ELSE 100 - up END - level AS error
  FROM recoded AS r JOIN levels USING (factory_id, indicator_id, date)
), people AS (
  SELECT factory_id, indicator_id, date_trunc('quarter', date) AS quarter, respondent_key,
         sum(error) AS error, count(*) AS n
  FROM errors GROUP BY ALL
)
SELECT factory_id, indicator_id, quarter, sum(error) / sum(n) AS off,
       sum(error) / sqrt(sum(error * error)) AS z, sum(n) AS n
FROM people GROUP BY ALL HAVING sum(n) >= 60
"""


def trusted(world):
    """The errors by factory, question and quarter, except where they say little of sampling.

    That is at the coached factory, and where so few answer badly that an error estimates itself as none.
    """
    coached = world.truth.anomalies.set_index("kind").factory_id["coached"]
    errors = world.ask(ERRORS)
    level = world.truth.levels.groupby("indicator_id", observed=True)["level"].mean().to_dict()
    near_the_end = errors.indicator_id.map(level) > 95
    return errors[(errors.factory_id != coached) & ~near_the_end]


def test_answers_average_to_the_truth_within_sampling_error(small_world):
    errors = trusted(small_world)
    assert len(errors) > 200
    assert errors.z.abs().max() < 5
    assert np.sqrt((errors.z**2).mean()) == pytest.approx(1.0, abs=0.25)
    assert abs(np.average(errors.off, weights=errors.n)) < 1.0


def test_unhappy_people_who_answer_more_pull_the_answers_below_the_truth(small_world, tmp_path):
    plan = replace(small_world.plan, unhappy_answer_more=0.5)
    tilted = replace(small_world, folder=tmp_path, plan=plan, truth=make_world(tmp_path, plan))
    honest = trusted(small_world)
    errors = trusted(tilted)
    assert np.average(errors.off, weights=errors.n) < np.average(honest.off, weights=honest.n) - 3
    assert tilted.truth.levels.level.equals(small_world.truth.levels.level)


def test_the_mean_over_all_workers_is_the_level_exactly():
    rng = np.random.default_rng(5)
    factory = np.repeat([0, 1, 2], [150, 3, 400])
    departures = rng.normal(0, 35, factory.size)
    levels = np.clip(rng.uniform(0, 100, (3, 90)), 2, 99.8)
    found = shifts(levels, departures, factory)
    for place in range(3):
        mine = departures[factory == place]
        mean = np.clip(found[place][:, None] + mine, 0, 100).mean(axis=1)
        np.testing.assert_allclose(mean, levels[place], atol=1e-6)


@pytest.mark.parametrize("indicator", ["PAY-01", "PAY-04", "SAF-01", "SAF-05"])
def test_values_drawn_recode_to_their_expectation(indicator):
    book = questions()
    place = book.ids.index(indicator)
    for expected in (0.0, 37.0, 100.0):
        value = said(np.random.default_rng(3), np.full(40_000, expected), book, place).astype(float)
        up = 100 * value if book.yesno[place] else 25 * (value - 1)
        recoded = up if book.polarity[place] == 1 else 100 - up
        assert recoded.mean() == pytest.approx(expected, abs=1.0)


def test_levels_differ_by_the_sum_of_severity_times_profile(small_world):
    truth = small_world.truth
    effect = truth.profiles.set_index(["kind", "indicator_id", "lag"]).effect
    first = np.datetime64(small_world.plan.first_day)
    for factory, indicator in (("F001", "HRS-01"), ("F004", "PAY-02"), ("F002", "GRV-01")):
        expected = np.zeros(small_world.plan.days)
        for action in truth.actions[truth.actions.factory_id == factory].itertuples():
            start = int((np.datetime64(action.date, "D") - first).astype(int))
            for day in range(start, min(start + 7 * LAGS, expected.size)):
                expected[day] += action.severity * effect[action.kind, indicator, (day - start) // 7]
        rows = truth.levels[(truth.levels.factory_id == factory) & (truth.levels.indicator_id == indicator)]
        inside = (rows.level > 2.01) & (rows.level < 99.79)
        found = (rows.level - rows.level_without_effects).to_numpy()
        np.testing.assert_allclose(found[inside], expected[inside], atol=1e-3)
        assert bool(np.abs(expected).max() > 2) is (indicator != "GRV-01")


def test_without_effects_nothing_follows_and_all_else_stays(small_world, tmp_path):
    calm = make_world(tmp_path, replace(small_world.plan, effects=False))
    assert (calm.levels.level == calm.levels.level_without_effects).all()
    assert (calm.profiles.effect == 0).all()
    assert calm.levels.level.equals(small_world.truth.levels.level_without_effects)
    for name in ("buyer_actions.csv", "orders.csv"):
        assert (tmp_path / name).read_bytes() == (small_world.folder / name).read_bytes()
    assert (small_world.truth.levels.level != small_world.truth.levels.level_without_effects).any()


def test_what_presses_lowers_what_helps_raises_and_one_kind_does_nothing():
    effects = profiles()
    for place, kind in enumerate(KINDS):
        helps = kind.slug in ("payment_early", "more_time_given", "stable_commitment")
        if kind.slug == "approval_late":
            assert not effects[place].any()
        else:
            assert (effects[place] * (1 if helps else -1)).min() >= 0
            assert np.abs(effects[place]).max() == pytest.approx(kind.peak)
    assert len({effect.tobytes() for effect in effects}) == len(KINDS)


def test_severity_is_magnitude_over_the_median_of_its_kind(small_world):
    actions = small_world.table("buyer_actions").set_index("action_id")
    severity = small_world.truth.actions.set_index("action_id").severity
    for _, rows in actions.groupby("kind"):
        known = rows[rows.magnitude != ""].magnitude.astype(float)
        np.testing.assert_allclose(severity[known.index], (known / known.median()).clip(0.25, 4))
        assert (severity[rows.index.difference(known.index)] == 1).all()


def test_a_coached_week_shows_in_the_answers_and_not_in_the_truth(small_world):
    coached = small_world.truth.anomalies.set_index("kind").loc["coached"]
    best = small_world.ask(
        "SELECT date BETWEEN $2 AND $3 AS inside, count(*) AS n, "
        "avg((value = CASE WHEN polarity = -1 AND scale = 'yesno' THEN 0 "
        "WHEN polarity = -1 OR scale = 'yesno' THEN 1 ELSE 5 END)::INT) AS share "
        "FROM answers JOIN book USING (indicator_id) WHERE factory_id = $1 GROUP BY ALL",
        coached.factory_id,
        coached.first_day.date(),
        coached.last_day.date(),
    ).set_index("inside")
    assert (coached.last_day - coached.first_day).days == 6
    assert best.share[True] == 1.0
    assert best.n[True] > 200
    assert best.share[False] < 0.75


def test_the_settling_factory_joined_late_and_takes_part_more_and_more(small_world):
    settling = small_world.truth.anomalies.set_index("kind").loc["settling_in"]
    factories = small_world.table("factories").set_index("factory_id")
    assert factories.joined_date[settling.factory_id] == f"{settling.first_day:%Y-%m-%d}"
    weeks = small_world.ask(
        "SELECT (date - $2) // 28 AS month, count(DISTINCT submission_id) AS n "
        "FROM answers WHERE factory_id = $1 GROUP BY ALL ORDER BY month",
        settling.factory_id,
        settling.first_day.date(),
    )
    assert weeks.month.min() == 0
    assert weeks.n[2] > 1.5 * weeks.n[0]


def test_without_anomalies_there_is_none(small_world, tmp_path):
    plain = make_world(tmp_path, replace(small_world.plan, anomalies=False))
    assert plain.anomalies.empty


def test_truth_can_be_kept_as_parquet(small_world, tmp_path):
    small_world.truth.write(tmp_path / "truth")
    names = {path.stem for path in (tmp_path / "truth").iterdir()}
    assert names == {"levels", "profiles", "actions", "anomalies"}
    with duckdb.connect() as connection:
        levels = connection.read_parquet(str(tmp_path / "truth" / "levels.parquet"))
        assert [str(kind) for kind in levels.types] == ["VARCHAR", "VARCHAR", "DATE", "FLOAT", "FLOAT"]
        assert len(levels) == 8 * 48 * 182
