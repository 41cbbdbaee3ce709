"""`python -m bench.cascade`: how the cascade does on simulated worlds whose truth is known, world by world and pooled.

Each world is loaded and released as anybody's data would be; what is judged is the effects file alone. Seven kinds
occur, one of them without any effect (late approvals) and one that follows bad patches (AFTER_BAD_PATCH). Orders are
left out, so that every action is one that was entered. The truth of a kind and question is its profile, whatever the
ends of the scale cut off; of a theme and the whole the mean over the questions that were told of that kind.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from bench.__main__ import bench_home
from data.demo.kinds import AFTER_BAD_PATCH
from data.demo.world import Plan
from data.effects.verdicts import SLOPING
from data.engine import reading
from data.home import Home
from data.release.files import current
from data.release.publish import release
from data.settings import Settings
from data.state.store import State
from data.vault.load import LoadRequest, load

KINDS = (
    "rush_order", "order_cancelled_before_production", "payment_late", AFTER_BAD_PATCH, "spec_changed",
    "volume_raised", "approval_late",
)  # fmt: skip
LAST = date(2026, 6, 28)
LAGS, WEEK = 13, 7
LARGE = 2.0
"""Points; a true mean effect this large must not go unnoticed."""
FALSE_P = 0.05


@dataclass(frozen=True)
class Study:
    """What an effects file tells, beside the truth: a row for each kind and outcome, action and question, buyer."""

    cells: pd.DataFrame
    events: pd.DataFrame
    footprints: pd.DataFrame
    coverage: pd.DataFrame


@dataclass(frozen=True)
class World:
    """What is really so, and who works where."""

    profiles: pd.DataFrame
    actions: pd.DataFrame
    headcount: pd.Series


def main() -> None:
    """Prints the figures of each world, and of all together."""
    parser = argparse.ArgumentParser(prog="bench.cascade", description="Coverage, errors and ranks against the truth.")
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--factories", type=int, default=180)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--activity", type=float, default=1.0)
    parser.add_argument("--no-effects", action="store_true")
    chosen = parser.parse_args()
    found = []
    for seed in chosen.seeds:
        plan = planned(seed, chosen.factories, chosen.weeks, chosen.activity, effects=not chosen.no_effects)
        found.append(studied(plan))
        print("\n".join([f"seed {seed}", *figures(found[-1:]), *oddities(found[-1])]), flush=True)
    if len(found) > 1:
        print("\n".join([f"seeds {chosen.seeds} together", *figures(found)]))


def planned(seed: int, factories: int, weeks: int, activity: float = 1.0, *, effects: bool = True) -> Plan:
    """The plan of one world: nobody is coached, seven kinds occur."""
    return Plan(
        seed=seed, factories=factories, weeks=weeks, last_day=LAST, effects=effects, anomalies=False,
        activity=activity, kinds=KINDS, bad_patches=True,
    )  # fmt: skip


def studied(plan: Plan) -> Study:
    """One world, loaded, released, and its effects file held beside its truth."""
    with bench_home(plan) as (home, settings, state, folder):
        tables = published(home, settings, state, folder)
        world = world_of(folder)
    cells = with_truth(tables["kinds"], world.profiles)
    events = tables["events"][tables["events"]["level"] == "indicator"]
    found = (cells, true_events(events, world), true_footprints(tables["footprints"], cells, world), tables["coverage"])
    return Study(*(table.assign(world=plan.seed) for table in found))


def published(home: Home, settings: Settings, state: State, folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of the effects file that a world gets on the usual way."""
    (folder / "orders.csv").unlink()
    load(home, settings, state, LoadRequest(folder))
    release(home, settings, state)
    connection = reading(home.effects / f"{current(home.effects)}.duckdb", settings)
    try:
        wanted = ("kinds", "events", "footprints", "coverage")
        return {name: connection.table(name).df() for name in wanted}
    finally:
        connection.close()


def world_of(folder: Path) -> World:
    """The truth that lies beside a world, with only the kinds that occur."""
    with duckdb.connect() as connection:
        profiles, actions = (
            connection.read_parquet(str(folder.parent / "truth" / f"{name}.parquet")).df()
            for name in ("profiles", "actions")
        )
    heads = pd.read_csv(folder / "factories.csv").set_index("factory_id")["headcount"]
    return World(profiles[profiles["kind"].isin(KINDS)], actions, heads)


def with_truth(kinds: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """The estimated mean effects that are told, each with the true one."""
    told = kinds[kinds["effect"].notna()]
    true = profiles.groupby(["kind", "indicator_id"], as_index=False)["effect"].mean()
    questions = told[told["level"] == "indicator"].merge(true.rename(columns={"effect": "truth"}))
    by_theme = questions.groupby(["kind", "theme"], as_index=False)["truth"].mean()
    themes = told[told["level"] == "theme"].merge(by_theme)
    whole = told[told["level"] == "overall"].merge(themes.groupby("kind", as_index=False)["truth"].mean())
    return pd.concat([questions, themes, whole], ignore_index=True)


def true_events(events: pd.DataFrame, world: World) -> pd.DataFrame:
    """The estimates of single actions, each with its true mean over the days from it on that are over."""
    daily = world.profiles.sort_values("lag").groupby(["kind", "indicator_id"])["effect"].apply(
        lambda profile: np.cumsum(np.repeat(profile.to_numpy(), WEEK)) / np.arange(1, LAGS * WEEK + 1)
    )  # fmt: skip
    rows = events.merge(world.actions[["action_id", "kind", "date", "severity"]], on="action_id")
    over = (pd.Timestamp(LAST) - pd.to_datetime(rows["date"])).dt.days.clip(upper=LAGS * WEEK - 1)
    means = daily.loc[pd.MultiIndex.from_frame(rows[["kind", "indicator_id"]])]
    true = np.array([course[day] for course, day in zip(means, over, strict=True)])
    return rows.assign(truth=true * rows["severity"])


def true_footprints(footprints: pd.DataFrame, cells: pd.DataFrame, world: World) -> pd.DataFrame:
    """Every buyer's overall footprint of all kinds that are told, with the true one."""
    whole = cells[cells["level"] == "overall"].set_index("kind")["truth"]
    acts = world.actions[world.actions["kind"].isin(whole.index)]
    points = acts["severity"] * acts["factory_id"].map(world.headcount) * acts["kind"].map(whole) * LAGS
    true = points.groupby(acts["buyer_id"]).sum().rename("truth").reset_index()
    mine = footprints[(footprints["level"] == "overall") & footprints["kind"].isna() & ~footprints["shared"]]
    return mine.merge(true, on="buyer_id")


def figures(studies: Sequence[Study]) -> list[str]:
    """What one or more worlds show, a line a figure."""
    cells = pd.concat([one.cells for one in studies])
    asked = cells[cells["level"] == "indicator"]
    follows = asked["kind"] == AFTER_BAD_PATCH
    by_level = dict(iter(cells[cells["kind"] != AFTER_BAD_PATCH].groupby("level")))
    lines = [("kinds × questions", f"{len(asked)}, {len(by_level['indicator'])} of kinds that follow nothing")]
    lines += [(f"covered, {level}", share(covered(rows))) for level, rows in by_level.items()]
    lines += [
        ("covered, question, all kinds", share(covered(asked))),
        ("covered, question, something follows", share(covered(asked[asked["truth"] != 0]))),
        (f"covered, question, {AFTER_BAD_PATCH}", share(covered(asked[follows]))),
        *word_figures(asked, len(studies)),
        *event_figures(pd.concat([one.events for one in studies])),
        *footprint_figures([one.footprints for one in studies]),
        *width_figures(pd.concat([one.coverage for one in studies])),
    ]
    return [f"  {name:<44} {value}" for name, value in lines]


def word_figures(asked: pd.DataFrame, worlds: int) -> list[tuple[str, str]]:
    """Verdicts, flags and sizes of estimates by kind and question."""
    null, large = asked[asked["truth"] == 0], asked[asked["truth"].abs() >= LARGE]
    moved = asked[asked["truth"] != 0]
    slope = f"{np.polyfit(moved['truth'], moved['effect'], 1)[0]:.3f}" if len(moved) else "nothing followed,"
    flagged = asked[asked["pretrend_p"] < SLOPING].groupby("kind")["world"].nunique()
    innocent = flagged.drop(AFTER_BAD_PATCH, errors="ignore").sum()
    found = null[null["q_bh"] < FALSE_P], asked[asked["q_bh"] < FALSE_P]
    return [
        ("clear", f"{(asked['verdict'] == 'clear').sum()}"),
        ("clear without an effect", f"{(null['verdict'] == 'clear').sum()} of {len(null)}, in {worlds} worlds"),
        ("likely without an effect", f"{(null['verdict'] == 'likely').sum()} of {len(null)}"),
        ("q of Benjamini–Hochberg below .05, false", f"{len(found[0])} of {len(found[1])}"),
        ("p below .05 without an effect", share(null["p"] < FALSE_P)),
        (f"true {LARGE:.0f} points or more: clear, or likely", f"{(large['verdict'] == 'clear').sum()} and "
         f"{(large['verdict'] == 'likely').sum()} of {len(large)}"),
        ("estimate on truth, slope", f"{slope} over {len(moved)}"),
        (f"pre-trend of {AFTER_BAD_PATCH}", f"{flagged.get(AFTER_BAD_PATCH, 0)} of {worlds} worlds"),
        ("pre-trend of other kinds", f"{innocent} of {worlds * (len(KINDS) - 1)}"),
    ]  # fmt: skip


def event_figures(events: pd.DataFrame) -> list[tuple[str, str]]:
    """Single actions on single questions."""
    half = (events["high"] - events["low"]).median() / 2
    return [
        ("single actions: p below .05 without effect", share(events.loc[events["truth"] == 0, "p"] < FALSE_P)),
        ("single actions: covered", f"{share(covered(events))}; half the range {half:.1f} points"),
    ]


def footprint_figures(footprints: Sequence[pd.DataFrame]) -> list[tuple[str, str]]:
    """Footprints of buyers, ranked within each world."""
    moved = [one for one in footprints if one["truth"].any()]
    ranks = [one["worker_week_points"].corr(one["truth"], method="spearman") for one in moved]
    pooled = pd.concat(footprints)
    return [
        ("footprints: rank against the truth", ", ".join(f"{rank:.3f}" for rank in ranks) or "nothing followed"),
        ("footprints: covered", share(covered(pooled))),
    ]


def width_figures(coverage: pd.DataFrame) -> list[tuple[str, str]]:
    """What the estimates rest on."""
    left_out = coverage["left_out"].sum() / (coverage["left_out"] + coverage["cells"]).sum()
    days = coverage["days"].describe()
    return [
        ("median width of cells, by question", f"{days['50%']:.0f} days, {days['min']:.0f} to {days['max']:.0f}"),
        ("cells left out as too wide", f"{left_out:.1%}"),
    ]


def covered(rows: pd.DataFrame) -> pd.Series:
    """True for every row whose range holds the truth."""
    return (rows["low"] <= rows["truth"]) & (rows["truth"] <= rows["high"])


def share(hits: pd.Series) -> str:
    """The share of hits, and of how many."""
    if not len(hits):
        return "none"
    return f"{hits.mean():.3f} of {len(hits)}"


def oddities(study: Study) -> list[str]:
    """Every verdict that is wrong, the kinds flagged, and the kinds and questions least well covered."""
    asked = study.cells[study.cells["level"] == "indicator"]
    void = (asked["truth"] == 0) & asked["verdict"].isin(["clear", "likely"])
    missed = (asked["truth"].abs() >= LARGE) & ~asked["verdict"].isin(["clear", "likely"])
    told = [
        f"  {row.verdict}: {row.kind} on {row.indicator_id}, {row.effect:.2f} ({row.low:.2f} to {row.high:.2f}), "
        f"true {row.truth:.2f}, {row.events} actions"
        for row in asked[void | missed].itertuples()
    ]
    told += [f"  pre-trend: {kind}, p {p:.4f}" for kind, p in asked.groupby("kind")["pretrend_p"].first().items()]
    by_kind = asked.assign(hit=covered(asked), off=asked["effect"] - asked["truth"]).groupby("kind")
    told += [f"  {kind}: covered {rows['hit'].mean():.2f}, off by {rows['off'].mean():+.2f}" for kind, rows in by_kind]
    least = asked.assign(hit=covered(asked)).groupby("indicator_id")["hit"].mean().sort_values()[:4]
    return [*told, "  least covered: " + ", ".join(f"{name} {value:.2f}" for name, value in least.items())]


if __name__ == "__main__":
    main()
