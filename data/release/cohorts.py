"""NGO benchmarks: how the scores of factories spread in a country, a sector, both, or all. Frozen month by month.

The scores are those of the month's last day, by the same SQL as everywhere. Percentiles are told in whole points:
of five factories p25, p50 and p75 are three of the five scores, and a score with its digits could be recognised.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.engine import Engine
from data.release.run import Run
from data.release.suppression import Members, shown_cohorts
from data.vault.store import change

OVERALL = "overall"
HALF_LIFE = 90.0
"""Days after which an answer counts half: the method's default (scoring.method)."""
RHO, RHO_C = 0.37, 0.27
"""Only ranges depend on these, and benchmarks have none."""
FOR_ENDS = 20
"""Factories from which on the tenth and the ninetieth percentile are told."""
PERCENTILES = (10, 25, 50, 75, 90)
NOT_ENOUGH = "not_enough"
COLUMNS = (
    "cohort", "country", "sector", "codebook", "theme", "month", "factories", "answers", "p10", "p25", "p50", "p75",
    "p90", "reason",
)  # fmt: skip

Flags = npt.NDArray[np.bool_]
Row = dict[str, object]


@dataclass(frozen=True)
class Spread:
    """One cohort of one theme: who is in it, and the scores of those with one."""

    cohort: str
    country: str | None
    sector: str | None
    group: Flags
    shown: bool


def freeze_cohorts(engine: Engine, run: Run) -> None:
    """Freezes the months that are over, and copies all frozen months into the release that is being written.

    The release's cells, factories and reach must be in it already.
    """
    for month in months_to_freeze(engine, run.through):
        rows = month_rows(engine, month)
        with change(engine):
            if rows:
                engine.offer(
                    "cohorts_now", {name: np.array([row[name] for row in rows], dtype=object) for name in COLUMNS}
                )
                engine.do("cohorts_frozen")
            engine.do("cohort_month_frozen", month=month, release=run.release)
    engine.do("cohorts_released")


def months_to_freeze(engine: Engine, through: date) -> list[date]:
    """The months over by `through` and not frozen yet, from that of the first cell on; oldest first."""
    return [month for (month,) in engine.rows("cohort_months_due", through=through)]


def month_rows(engine: Engine, month: date) -> list[Row]:
    """Every cohort of every theme as it stood on a month's last day."""
    on = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    engine.connection.execute("USE release")
    try:
        scores = engine.frame(
            "plain_scores", on=on, half_life=HALF_LIFE, rho=RHO, rho_c=RHO_C, level=None, factories=None
        )  # fmt: skip
        answers = engine.frame("cohort_answers", on=on, half_life=HALF_LIFE, overall=OVERALL)
        factories = engine.frame("cohort_factories")
    finally:
        engine.connection.execute("USE vault")
    scores = scores[scores["level"].isin(["factory", "theme"])]
    scores = scores.assign(theme=scores["theme"].where(scores["level"] == "theme", OVERALL))
    scores = scores[["codebook", "theme", "factory_id", "score"]]
    scored = scores.merge(answers, on=["codebook", "theme", "factory_id"], how="left")
    scored = scored.merge(factories, on="factory_id", how="left")
    countries = sorted(factories["country"].dropna().unique())
    sectors = sorted(factories["sector"].dropna().unique())
    return [
        {"codebook": codebook, "theme": theme, "month": month} | row
        for (codebook, theme), rows in scored.groupby(["codebook", "theme"])
        for row in theme_rows(rows[rows["score"].notna()], countries, sectors)
    ]


def theme_rows(scored: pd.DataFrame, countries: list[str], sectors: list[str]) -> list[Row]:
    """Every cohort of one theme; `scored` has one row a factory with a score."""
    members = Members(
        country=pd.Categorical(scored["country"], countries).codes.astype(np.int64),
        sector=pd.Categorical(scored["sector"], sectors).codes.astype(np.int64),
        owner=pd.factorize(scored["owner_id"])[0].astype(np.int64),
        answers=scored["answers"].to_numpy(dtype=np.int64),
    )
    score = scored["score"].to_numpy(dtype=np.float64)
    return [
        {"cohort": one.cohort, "country": one.country, "sector": one.sector} | told(one, score, members.answers)
        for one in spreads(members, countries, sectors)
    ]


def spreads(members: Members, countries: list[str], sectors: list[str]) -> list[Spread]:
    """All cohorts: everybody, each country, each sector, each country × sector, whether anybody is in it or not."""
    shown = shown_cohorts(members)
    everybody = np.ones(members.country.size, dtype=bool)
    found = [Spread("all", None, None, everybody, shown.everybody)]
    for c, country in enumerate(countries):
        found.append(Spread("country", country, None, members.country == c, c in shown.countries))
    for s, sector in enumerate(sectors):
        found.append(Spread("sector", None, sector, members.sector == s, s in shown.sectors))
    for c, country in enumerate(countries):
        for s, sector in enumerate(sectors):
            group = (members.country == c) & (members.sector == s)
            found.append(Spread("country_sector", country, sector, group, (c, s) in shown.both))
    return found


def told(one: Spread, score: npt.NDArray[np.float64], answers: npt.NDArray[np.int64]) -> Row:
    """What is told of a cohort: rounded, or only that there is not enough."""
    names = [f"p{p}" for p in PERCENTILES]
    if not one.shown:
        return {"factories": None, "answers": None} | dict.fromkeys(names) | {"reason": NOT_ENOUGH}
    count = int(one.group.sum())
    points = np.floor(np.percentile(score[one.group], PERCENTILES) + 0.5)
    values: Row = {name: float(value) for name, value in zip(names, points, strict=True)}
    if count < FOR_ENDS:
        values |= {"p10": None, "p90": None}
    held = nearest_5(int(answers[one.group].sum()))
    return {"factories": nearest_5(count), "answers": held} | values | {"reason": None}


def nearest_5(count: int) -> int:
    """The count to the nearest 5."""
    return 5 * ((2 * count + 5) // 10)
