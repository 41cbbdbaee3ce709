"""`python -m bench.truth`: how scores do on simulated worlds whose truth is known, pooled over seeds.

Each world is loaded and released as anybody's data would be; scores come from the release alone. The truth of a
factory, theme or question is its mean level over ALL workers, weighted by age as the method weighs, from the
factory's first cell on. `--tie` is the log-odds of taking part per worker standard deviation: below 0 the unhappy
answer more. A naive mean of the same answers, with the range of a mean of independent answers, stands beside it.
"""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from bench.__main__ import bench_home
from data.demo.world import Plan
from data.home import Home
from data.release.publish import release
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load
from scoring.method import METHOD, METHODS
from scoring.scores import day_of, scores

LEVELS = ("factory", "theme", "indicator")
KEYS = ["factory_id", "theme", "indicator_id"]

NAIVE = """
    SELECT factory_id, theme, indicator_id, count(*) AS n, avg(x) AS score, stddev_samp(x) AS sd
      FROM (SELECT w.factory_id, w.indicator_id, w.date, a.theme,
                   CASE WHEN a.polarity = 1 THEN y ELSE 100 - y END AS x
              FROM read_parquet($path) AS w
              JOIN asked AS a ON a.key = w.indicator_id,
           LATERAL (SELECT CASE WHEN a.scale = 'yesno' THEN 100 * w.value ELSE 25 * (w.value - 1) END AS y) AS v)
     WHERE CAST(date AS DATE) > CAST($on AS DATE) - 180
     GROUP BY ALL HAVING count(*) > 1
"""
"""The mean of the answers of half a year; the demo world asks on two scales."""
MANY = (700, 1400)
"""About a thousand answers of a factory to one question, in that half year."""


@dataclass(frozen=True)
class Study:
    """Scores beside the truth: one row per world, method, level, factory, theme and indicator that may be shown."""

    rows: pd.DataFrame
    shown: float
    """The share of factories with an overall score."""


def main() -> None:
    """Prints one table a method and level, and the worst single question."""
    parser = argparse.ArgumentParser(prog="bench.truth", description="Bias, RMSE, coverage and rank against the truth.")
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--factories", type=int, default=100)
    parser.add_argument("--weeks", type=int, default=78)
    parser.add_argument("--tie", type=float, default=0.0)
    parser.add_argument("--activity", type=float, default=1.0)
    chosen = parser.parse_args()
    found = [studied(planned(seed, chosen)) for seed in chosen.seeds]
    rows = pd.concat([one.rows for one in found])
    print(
        f"shown {np.mean([one.shown for one in found]):.2f} of factories; tie {chosen.tie:+.2f}; seeds {chosen.seeds}"
    )
    print("method      level      scores   bias   rmse  covered  outer  rank  half-width")
    for (way, level), group in rows.groupby(["way", "level"], sort=False):
        print(f"{way:<10}  {level:<9}  {summary(group)}")
    answered = rows[(rows["way"] == "naive mean") & (rows["level"] == "indicator") & rows["n"].between(*MANY)]
    many = rows.merge(answered[["world", *KEYS]], on=["world", *KEYS])
    for way, group in many[many["level"] == "indicator"].groupby("way", sort=False):
        share = covered(group, "low", "high")
        print(f"{way:<10}  about 1,000 answers to a question: {len(group):,} scores, covered {share:.3f}")
    print(moved(rows))
    worst = rows[(rows["way"] == METHOD.version) & (rows["level"] == "indicator")].groupby("indicator_id")
    lowest = worst.apply(lambda one: covered(one, "low", "high"), include_groups=False).sort_values()
    print(f"least covered question: {lowest.index[0]} {lowest.iloc[0]:.3f}")


def planned(seed: int, chosen: argparse.Namespace) -> Plan:
    """The plan of one world: nobody is coached, and a tie below 0 has the unhappy answer more."""
    return Plan(
        seed=seed, factories=chosen.factories, weeks=chosen.weeks, anomalies=False, activity=chosen.activity,
        unhappy_answer_more=-chosen.tie,
    )  # fmt: skip


def studied(plan: Plan) -> Study:
    """One world, loaded, released, scored by every method, and held beside its truth."""
    with bench_home(plan) as (home, settings, state, world):
        opened, on = released(home, settings, state, world)
        truth = true_levels(opened, world.parent / "truth", on)
        tables = [scores(opened, on, method=method).assign(way=method.version) for method in METHODS]
        tables.append(naive(world, opened, on))
        whole = tables[-2]
    rows = pd.concat(tables)
    rows = rows[rows["score"].notna()].assign(world=plan.seed)
    for name in ("theme", "indicator_id"):
        rows[name] = rows[name].fillna("")
        truth[name] = truth[name].fillna("")
    rows = rows.merge(truth, on=[*KEYS, "level"])
    factories = whole[whole["level"] == "factory"]
    return Study(rows, float(factories["score"].notna().mean()))


def released(home: Home, settings: Settings, state: State, world: Path) -> tuple[OpenRelease, date]:
    """The release of a world, and the day scores speak of."""
    load(home, settings, state, LoadRequest(world))
    release(home, settings, state)
    opened = Releases(home, settings).current()
    assert opened is not None
    return opened, day_of(opened)


def true_levels(opened: OpenRelease, truth: Path, on: date) -> pd.DataFrame:
    """The true levels of questions, themes and factories, weighted by age like scores."""
    engine = opened.cells.engine
    first = engine.connection.execute("SELECT factory_id, min(opened) AS first FROM cells GROUP BY ALL").df()
    asked = engine.connection.execute(
        "SELECT indicator_id, theme FROM indicators WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette"
    ).df()
    with duckdb.connect() as connection:
        connection.register("first", first)
        connection.register("asked", asked)
        questions = connection.execute(
            "SELECT l.factory_id, a.theme, l.indicator_id, sum(w * level) / sum(w) AS truth FROM "
            "(SELECT *, pow(2, -date_diff('day', CAST(date AS DATE), $on) / $half) AS w FROM read_parquet($path)) AS l "
            "JOIN first AS f ON f.factory_id = l.factory_id AND l.date >= f.first "
            "JOIN asked AS a ON a.indicator_id = l.indicator_id "
            "WHERE date_diff('day', CAST(l.date AS DATE), $on) BETWEEN 0 AND 4 * $half GROUP BY ALL",
            {"on": on, "half": METHOD.half_life, "path": str(truth / "levels.parquet")},
        ).df()
    themes = questions.groupby(["factory_id", "theme"], as_index=False)["truth"].mean()
    whole = themes.groupby("factory_id", as_index=False)["truth"].mean()
    tables = (questions.assign(level="indicator"), themes.assign(level="theme"), whole.assign(level="factory"))
    return pd.concat(tables, ignore_index=True).reindex(columns=[*KEYS, "level", "truth"])


def naive(world: Path, opened: OpenRelease, on: date) -> pd.DataFrame:
    """The plain mean of each factory's answers over the same days, as if each were of somebody else."""
    with duckdb.connect() as connection:
        asked = opened.cells.engine.connection.execute(
            "SELECT indicator_id AS key, scale, polarity, theme FROM indicators "
            "WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette"
        ).df()
        connection.register("asked", asked)
        rows = connection.execute(NAIVE, {"path": str(world / "answers.parquet"), "on": on}).df()
    half = 1.96 * rows["sd"] / np.sqrt(rows["n"])
    shown = rows.assign(low=rows["score"] - half, high=rows["score"] + half, level="indicator", way="naive mean")
    return pd.concat([shown, naive_whole(rows)], ignore_index=True)


def naive_whole(rows: pd.DataFrame) -> pd.DataFrame:
    """The overall score made of naive means: themes count the same, answers as if independent."""
    rows = rows.assign(v=rows["sd"] ** 2 / rows["n"])
    themes = rows.groupby(["factory_id", "theme"], as_index=False).agg(
        score=("score", "mean"), v=("v", "sum"), k=("v", "size"), n=("n", "sum")
    )
    themes["v"] = themes["v"] / themes["k"] ** 2
    whole = themes.groupby("factory_id", as_index=False).agg(
        score=("score", "mean"), v=("v", "sum"), k=("v", "size"), n=("n", "sum")
    )
    half = 1.96 * np.sqrt(whole["v"]) / whole["k"]
    return whole.assign(low=whole["score"] - half, high=whole["score"] + half, level="factory", way="naive mean")


def moved(rows: pd.DataFrame) -> str:
    """How many factories the method in force moves, beside the one before."""
    before, now = (METHODS[-2].version, METHODS[-1].version)
    whole = rows[rows["level"] == "factory"].pivot(index=["world", "factory_id"], columns="way", values="score")
    points = (whole[now].astype(float) - whole[before].astype(float)).abs().dropna()
    told = ", ".join(f"{(points >= least).mean():.0%} by {least} or more" for least in (1, 2, 3))
    return f"from {before} to {now} overall scores move: {told}; most {points.max():.1f} points"


def covered(rows: pd.DataFrame, low: str, high: str) -> float:
    """The share of rows whose range holds the truth."""
    return float(((rows[low].astype(float) <= rows["truth"]) & (rows["truth"] <= rows[high].astype(float))).mean())


def summary(rows: pd.DataFrame) -> str:
    """One line: how many, bias, root mean square error, coverage, outer coverage, rank, half the width."""
    error = rows["score"].astype(float) - rows["truth"]
    outer = covered(rows, "outer_low", "outer_high") if rows["outer_low"].notna().any() else np.nan
    by_key = rows.groupby(["world", "theme", "indicator_id"])
    rank = np.mean([one["score"].astype(float).corr(one["truth"], method="spearman") for _, one in by_key])
    width = (rows["high"].astype(float) - rows["low"].astype(float)).mean() / 2
    return (
        f"{len(rows):>7,}  {error.mean():>5.2f}  {np.sqrt((error**2).mean()):>5.2f}  "
        f"{covered(rows, 'low', 'high'):>7.3f}  {outer:>5.3f}  {rank:>4.3f}  {width:>10.2f}"
    )


if __name__ == "__main__":
    main()
