"""On a world whose truth is known, scores lie where they should and their ranges hold it as often as they say."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.demo.world import Plan, Truth, make_world
from data.home import Home
from data.release.publish import release
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from scoring.scores import scores

LAST = date(2026, 6, 28)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Every overall and theme score beside the truth, of one world of twelve factories and sixty weeks."""
    folder: Path = tmp_path_factory.mktemp("truth")
    truth = make_world(folder / "world", Plan(seed=5, factories=12, weeks=60, last_day=LAST))
    home = Home(folder / "home").prepare()
    settings = Settings(home=home.root)
    state = State.open(home, settings)
    load(home, settings, state, LoadRequest(folder / "world"))
    release(home, settings, state)
    state.close()
    opened = Releases(home, settings).current()
    assert opened is not None
    table = scores(opened, LAST)
    table = table[table["reason"].isna() & table["level"].isin(["factory", "theme"])]
    table["theme"] = table["theme"].fillna("")
    return table.merge(true_levels(opened, truth), on=["factory_id", "theme"])


def true_levels(opened: OpenRelease, truth: Truth) -> pd.DataFrame:
    """The true recency-weighted level of themes and factories, from each factory's first cell on."""
    connection = opened.cells.engine.connection
    first = connection.execute("SELECT factory_id, min(opened) AS first FROM cells GROUP BY ALL").df()
    asked = connection.execute(
        "SELECT indicator_id, theme FROM indicators WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette"
    ).df()
    levels = truth.levels.astype({"factory_id": "str", "indicator_id": "str"})
    levels = levels.merge(first, on="factory_id").merge(asked, on="indicator_id")
    age = (pd.Timestamp(LAST) - levels["date"]).dt.days
    levels = levels[(age <= 360) & (levels["date"] >= levels["first"])].assign(w=2.0 ** (-age / 90))
    levels["weighted"] = levels["w"] * levels["level"]
    sums = levels.groupby(["factory_id", "theme", "indicator_id"])[["weighted", "w"]].sum()
    themes = (sums["weighted"] / sums["w"]).groupby(["factory_id", "theme"]).mean()
    whole = themes.groupby("factory_id").mean().reset_index(name="truth").assign(theme="")
    return pd.concat([whole, themes.reset_index(name="truth")])


@pytest.mark.parametrize(("level", "rows", "rmse"), [("factory", 12, 2.5), ("theme", 120, 4.0)])
def test_scores_lie_near_the_truth(told: pd.DataFrame, level: str, rows: int, rmse: float) -> None:
    here = told[told["level"] == level]
    error = here["score"].astype(float) - here["truth"]
    assert len(here) >= rows
    assert abs(error.mean()) <= 1.5
    assert np.sqrt((error**2).mean()) <= rmse


def test_likely_ranges_hold_the_truth_about_as_often_as_they_say(told: pd.DataFrame) -> None:
    themes = told[told["level"] == "theme"]
    covered = ((themes["low"] <= themes["truth"]) & (themes["truth"] <= themes["high"])).mean()
    assert covered >= 0.8
    width = (themes["high"] - themes["low"]).astype(float)
    error = (themes["score"].astype(float) - themes["truth"]).std()
    assert width.mean() / 3.92 < 2 * error, "a range that holds everything says nothing"
