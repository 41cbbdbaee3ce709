"""From questions to themes to the whole: equal means, and how sure they are (guides: A2.4, A2.5).

A question that is missing in a stretch is taken to have moved from where it usually is as the others of its
theme did, so that a theme does not move only because other questions were answered.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.engine import Columns
from scoring.method import LEAST_SHARE, PRIOR_ANSWERS, RHO_C, Z
from scoring.model import Estimate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Book:
    """The averaged questions of a codebook, in its order. Arrays run over questions."""

    codebook: str
    indicators: tuple[str, ...]
    names: tuple[str, ...]
    """What a question is called beside a chart."""
    texts: tuple[str, ...]
    """What was asked, in full."""
    themes: tuple[str, ...]
    """The theme of each question."""
    theme_names: dict[str, str]
    pooled: Floats
    sensitive: npt.NDArray[np.bool_]
    not_averaged: tuple[str, ...]
    """Names of themes of which no question is averaged."""

    def members(self, theme: str) -> npt.NDArray[np.int64]:
        """The places of a theme's questions."""
        return np.flatnonzero(np.array(self.themes) == theme)


@dataclass(frozen=True)
class Levels:
    """Levels by place (row) and question (column), in points; NaN where there is no cell."""

    mean: Floats
    variance: Floats
    """Of the mean."""
    sd: Floats
    """Of one answer."""
    n: Floats
    answers: Floats


def levels(rows: Columns, book: Book, places: int) -> Levels:
    """The rows of `series` or `windows` as matrices, each with the variance of its mean."""
    where = {indicator: i for i, indicator in enumerate(book.indicators)}
    column = np.array([where.get(str(i), -1) for i in rows["indicator_id"]], dtype=np.int64)
    known = column >= 0
    row = np.asarray(rows["place"], dtype=np.int64)[known]
    column = column[known]

    def matrix(values: npt.ArrayLike) -> Floats:
        filled = np.full((places, len(book.indicators)), np.nan)
        filled[row, column] = np.asarray(values, dtype=np.float64)[known]
        return filled

    mean, spread, n = matrix(rows["m"]), matrix(rows["spread"]), matrix(rows["n_eff"])
    one = (PRIOR_ANSWERS * book.pooled + n * spread) / (PRIOR_ANSWERS - 1.0 + n)
    return Levels(mean, one / n, np.sqrt(one), n, matrix(rows["answers"]))


@dataclass(frozen=True)
class Course:
    """One row over places: value and standard error, NaN where too little stands behind it."""

    value: Floats
    error: Floats

    def estimate(self, place: int) -> Estimate | None:
        """The estimate at a place, or None."""
        if np.isnan(self.value[place]):
            return None
        return estimate(float(self.value[place]), float(self.error[place]))


def estimate(value: float, error: float) -> Estimate:
    """A value with its likely range, kept within 0..100."""
    return Estimate(value, max(0.0, value - Z * error), min(100.0, value + Z * error))


def theme_course(found: Levels, members: npt.NDArray[np.int64]) -> Course:
    """The equal mean of some questions, place by place."""
    return equal_mean(found, [members])


def overall_course(found: Levels, book: Book) -> Course:
    """The equal mean of the themes, place by place."""
    return equal_mean(found, [book.members(theme) for theme in dict.fromkeys(book.themes)])


def equal_mean(found: Levels, groups: list[npt.NDArray[np.int64]]) -> Course:
    """The equal mean over groups of the equal mean over their questions (one group: a theme)."""
    ever = [group[np.isfinite(found.mean[:, group]).any(axis=0)] for group in groups]
    ever = [group for group in ever if group.size]
    places = found.mean.shape[0]
    if not ever:
        return Course(np.full(places, np.nan), np.full(places, np.nan))
    weights = np.zeros((places, found.mean.shape[1]))
    usual = 0.0
    shown = np.zeros(places)
    for group in ever:
        here = np.isfinite(found.mean[:, group])
        count = here.sum(axis=1)
        enough = count >= LEAST_SHARE * group.size
        shown += enough
        weights[:, group] = np.where(enough[:, None] & here, 1.0 / np.maximum(count, 1)[:, None], 0.0)
        usual += float(np.nanmean(usual_level(found)[group]))
    weights /= np.maximum(shown, 1)[:, None]
    moved = np.nansum(weights * (np.nan_to_num(found.mean) - np.nan_to_num(usual_level(found))), axis=1)
    enough = shown >= max(1.0, LEAST_SHARE * len(ever))
    value = np.where(enough, np.clip(usual / len(ever) + moved, 0.0, 100.0), np.nan)
    return Course(value, np.where(enough, np.sqrt(variance_of(found, weights)), np.nan))


def usual_level(found: Levels) -> Floats:
    """Where each question usually is: its mean over all places, weighted by answers; NaN without any."""
    n = np.nan_to_num(found.n)
    total = n.sum(axis=0)
    mean = (n * np.nan_to_num(found.mean)).sum(axis=0) / np.maximum(total, 1e-12)
    return np.where(total > 0, mean, np.nan)


def variance_of(found: Levels, weights: Floats) -> Floats:
    """The variance of a weighted mean of questions; answers of one worker to several questions go together."""
    sd = weights * np.nan_to_num(found.sd)
    alone = (weights * weights * np.nan_to_num(found.variance)).sum(axis=1)
    people = np.maximum(np.nanmax(np.where(weights > 0, found.n, 1.0), axis=1), 1.0)
    together = sd.sum(axis=1) ** 2 - (sd * sd).sum(axis=1)
    out: Floats = alone + RHO_C / people * together
    return out
