"""What each factory's answers to each question say: level, spread and how sure, as matrices (guides: A2.1–A2.4).

The heavy sums over cells are SQL (`indicator_sums`); what follows is closed-form algebra over factories × questions.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.engine import Columns, Engine
from scoring.method import Method

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]
Days = npt.NDArray[np.datetime64]

USUAL_VARIANCE = 900.0
"""The variance of one answer where a release does not know it."""


@dataclass(frozen=True)
class Workplaces:
    """The factories of a release, by id, and who took part; arrays run over factories, NaN where nothing is told."""

    ids: Words
    country: Words
    sector: Words
    headcount: Floats
    people: Floats
    """The most people of one quarter that the answers are from."""
    effective: Floats
    """K: the same, people counted by how evenly they took part."""
    sittings: Floats
    covered: Floats
    """The share of the workforce in groups of which somebody answered."""
    begun: Days
    """The first day of the first cell ever; NaT without any."""

    @property
    def participation(self) -> Floats:
        """p = K / headcount, at most 1; NaN where either is not known."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.minimum(self.effective / self.headcount, 1.0)


@dataclass(frozen=True)
class Questions:
    """The averaged questions of a codebook that any factory was ever asked by; arrays run over questions."""

    codebook: str
    first: int
    """The place of its first question among those of all codebooks."""
    indicators: Words
    themes: Words
    pooled: Floats
    """How much one answer differs from another at the same factory, over all factories (s2pool)."""
    rho: float
    rho_c: float


@dataclass(frozen=True)
class Measures:
    """Factories × questions, in points; NaN where there is no cell."""

    mean: Floats
    """m: the weighted mean of the answers."""
    level: Floats
    """y: the same, made to look like the workforce."""
    d_w: Floats
    """By how much that widens the variance."""
    answers: Floats
    n_eff: Floats
    people: Floats
    """K_i: how many people's worth of answers."""
    sd: Floats
    """Of one answer."""
    variance: Floats
    """Of the level."""
    first_day: Days
    last_day: Days


def workplaces(engine: Engine, on: date, method: Method, half_life: float, begun: pd.Series) -> Workplaces:
    """Every factory of the release, by id, with what is told of who took part by that day.

    `begun` says by id when a factory's first cell opened.
    """
    rows = engine.frame("score_factories", on=on, half_life=half_life, oldest=method.oldest)

    def numbers(name: str) -> Floats:
        return rows[name].to_numpy(dtype=np.float64, na_value=np.nan)

    def words(name: str) -> Words:
        return rows[name].fillna("").to_numpy(dtype=object)

    return Workplaces(
        words("factory_id"), words("country"), words("sector"), numbers("headcount"), numbers("people"),
        numbers("effective"), numbers("sittings"), numbers("covered"),
        begun.reindex(rows["factory_id"]).to_numpy(dtype="datetime64[D]"),
    )  # fmt: skip


def questions_by_codebook(engine: Engine, method: Method) -> dict[str, Questions]:
    """The averaged questions of every codebook of the release, in its own order."""
    rows = engine.frame("score_questions", usual=USUAL_VARIANCE, rho=method.rho, rho_c=method.rho_c)
    return {
        str(codebook): Questions(
            str(codebook),
            int(one.index[0]),
            one["indicator_id"].to_numpy(dtype=object),
            one["theme"].to_numpy(dtype=object),
            one["pooled"].to_numpy(dtype=np.float64),
            float(one["rho"].iloc[0]),
            float(one["rho_c"].iloc[0]),
        )
        for codebook, one in rows.groupby("codebook", sort=True)
    }


def measures(sums: Columns, asked: Questions, places: Workplaces, method: Method) -> Measures:
    """The rows of `indicator_sums` of one codebook as matrices, each with the variance of its level."""
    mine = np.flatnonzero((sums["question"] >= asked.first) & (sums["question"] < asked.first + asked.indicators.size))
    row, column = sums["factory"][mine], sums["question"][mine] - asked.first
    shape = (places.ids.size, asked.indicators.size)

    def matrix(name: str) -> Floats:
        filled = np.full(shape, np.nan)
        filled[row, column] = np.ma.filled(sums[name][mine].astype(np.float64), np.nan)
        return filled

    def days(name: str) -> Days:
        filled = np.full(shape, np.datetime64("NaT", "D"))
        filled[row, column] = sums[name][mine].astype("datetime64[D]")
        return filled

    mean, n_eff, answers = matrix("m"), matrix("n_eff"), matrix("answers")
    spread = np.maximum(matrix("q") - mean * mean, 0.0)
    level, d_w = mean, np.where(np.isnan(mean), np.nan, 1.0)
    if method.adjusts:
        level, d_w = np.clip(mean + matrix("points"), 0.0, 100.0), np.maximum(matrix("d_w"), 1.0)
    people = people_behind(n_eff, answers, places, method)
    one = variance_of_one(spread, n_eff, asked.pooled, method.prior_answers)
    variance = variance_of_level(one, d_w, people, n_eff, asked.rho)
    return Measures(
        mean, level, d_w, answers, n_eff, people, np.sqrt(one), variance, days("first_day"), days("last_day")
    )


def people_behind(n_eff: Floats, answers: Floats, places: Workplaces, method: Method) -> Floats:
    """K_i = 1 / (1/K + (1 − p) / n_eff), p = answers / sittings, between 1 and n_eff (DESIGN §4).

    Where nobody can be told apart, some answers stand for one person.
    """
    known, sittings = places.effective[:, None], places.sittings[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.minimum(answers / np.fmax(sittings, answers), 1.0)
        keyed = 1.0 / (1.0 / known + (1.0 - share) / n_eff)
    found = np.where(np.isnan(known), n_eff / method.answers_per_person, keyed)
    return np.maximum(np.minimum(found, n_eff), 1.0)


def variance_of_one(spread: Floats, n_eff: Floats, pooled: Floats, prior: float) -> Floats:
    """s2f: the variance of one answer, some answers' worth of it borrowed from all factories (A2.4)."""
    found: Floats = (prior * pooled + n_eff * spread) / (prior + n_eff - 1.0)
    return found


def variance_of_level(one: Floats, d_w: Floats, people: Floats, n_eff: Floats, rho: float) -> Floats:
    """v = s2f · d_w · (ρ / K_i + (1 − ρ) / n_eff): a hundred answers of ten people are worth less than of a hundred."""
    found: Floats = one * d_w * (rho / people + (1.0 - rho) / n_eff)
    return found
