"""Everything that is computed of one codebook on one day, for all factories at once: what scores are read from."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from data.engine import Columns
from data.release.reader import OpenRelease
from scoring.composites import Composite, overall_composite, theme_composite
from scoring.grades import FLAG_DAYS, SETTLING_DAYS, Evidence
from scoring.measures import (
    Days,
    Flags,
    Floats,
    Ints,
    Measures,
    Questions,
    Workplaces,
    measures,
    questions_by_codebook,
    workplaces,
)
from scoring.method import METHOD, Method
from scoring.pooling import Peers, Pooled, half_width, peers_of, pooled


@dataclass(frozen=True)
class Level:
    """One displayed level of a codebook: factories × columns (one question, theme, or the whole each)."""

    keys: tuple[str, ...]
    """Indicators, themes, or "" for the whole."""
    themes: tuple[str, ...]
    """The theme of each column; "" for the whole."""
    level: Floats
    plain: Floats
    """Before anything is adjusted, centred or pooled."""
    variance: Floats
    """Of the level, before pooling."""
    sd: Floats
    """Of one answer."""
    pooled: Pooled
    allowance: Floats
    """The standard deviation allowed for those who did not answer."""
    answers: Floats
    first_day: Days
    last_day: Days
    people: Floats
    """How many people's worth of answers."""

    @property
    def outer(self) -> tuple[Floats, Floats]:
        """The paler range: what the score may be if those who did not answer feel differently (A2.7)."""
        steady = self.pooled
        half = half_width(self.level, self.variance, steady.score, steady.variance, steady.quantile, self.allowance)
        return np.clip(steady.score - half, 0.0, 100.0), np.clip(steady.score + half, 0.0, 100.0)


@dataclass(frozen=True)
class ScoreBook:
    """The scores of one codebook: `whole`, `themes` and `questions`, each factories × columns."""

    asked: Questions
    measured: Measures
    composites: tuple[Composite, ...]
    """The whole, then each theme."""
    whole: Level
    themes: Level
    questions: Level

    def column(self, key: str) -> tuple[Level, int]:
        """Where a question, a theme or the whole ("") stands. Raises KeyError for anything else."""
        for level in (self.whole, self.themes, self.questions):
            if key in level.keys:
                return level, level.keys.index(key)
        raise KeyError(key)


@dataclass(frozen=True)
class Scores:
    """All codebooks of a release on a day."""

    on: date
    method: Method
    half_life: float
    places: Workplaces
    peers: Peers
    flagged: Flags
    """Factories with a warning that still lowers the grade."""
    books: dict[str, ScoreBook]
    listed: dict[str, Ints]
    """The factories listed under each codebook: those ever asked by it, and those not asked by any yet."""

    def place(self, factory_id: str) -> int:
        """The place of a factory in all arrays. Raises KeyError."""
        found = np.flatnonzero(self.places.ids == factory_id)
        if not found.size:
            raise KeyError(factory_id)
        return int(found[0])

    @property
    def settling(self) -> Flags:
        """Factories in their first two quarters."""
        found: Flags = np.datetime64(self.on, "D") - self.places.begun < np.timedelta64(SETTLING_DAYS, "D")
        return found

    def evidence(self, level: Level) -> Evidence:
        """What the grades of a level rest on."""
        shape = level.level.shape
        age = (np.datetime64(self.on, "D") - level.last_day).astype(np.float64)
        age[np.isnat(level.last_day)] = np.nan
        return Evidence(
            level.people,
            np.broadcast_to(self.places.participation[:, None], shape),
            np.broadcast_to(self.places.covered[:, None], shape),
            age,
            np.broadcast_to(self.flagged[:, None], shape),
        )


@lru_cache(maxsize=6)
def scores_on(release: OpenRelease, on: date, half_life: float, method: Method = METHOD) -> Scores:
    """Every score of a day, kept for as long as it is asked for: a release never changes."""
    return computed(release, on, half_life, method)


def computed(release: OpenRelease, on: date, half_life: float, method: Method) -> Scores:
    """Every score of a day, computed from the release. Pooling needs all factories, whoever asks."""
    engine = release.cells.engine
    asked = engine.frame("score_books")
    places = workplaces(engine, on, method, half_life, asked.groupby("factory_id")["begun"].min())
    peers = peers_of(places.country, places.sector)
    sums = engine.run("indicator_sums", on=on, half_life=half_life, oldest=method.oldest)
    every = questions_by_codebook(engine, method)
    lists = listed(asked, places, on)
    books = {code: book(sums, every[code], places, peers, method) for code in lists if code in every}
    number = {factory: i for i, factory in enumerate(places.ids)}
    flagged = np.zeros(places.ids.size, dtype=bool)
    for (factory,) in engine.rows("factories_flagged", on=on, days=FLAG_DAYS):
        flagged[number[factory]] = True
    return Scores(on, method, half_life, places, peers, flagged, books, lists)


def listed(asked: pd.DataFrame, places: Workplaces, on: date) -> dict[str, Ints]:
    """The places of the factories listed under each codebook in use: those that it was asked of by that day.

    A factory without cells is listed under every codebook: nothing tells few answers from none.
    """
    by_then = asked[asked["closed"] <= pd.Timestamp(on)]
    ids = pd.Index(places.ids)
    never = ~ids.isin(by_then["factory_id"])
    return {
        str(codebook): np.flatnonzero(never | ids.isin(by_then.loc[by_then["codebook"] == codebook, "factory_id"]))
        for codebook in sorted(asked["codebook"].unique())
    }


def book(sums: Columns, asked: Questions, places: Workplaces, peers: Peers, method: Method) -> ScoreBook:
    """The scores of one codebook."""
    found = measures(sums, asked, places, method)
    steadied = pooled(found.level, found.variance, peers, method)
    centre = steadied.peer_mean if method.pools else np.zeros_like(found.level)
    names = tuple(dict.fromkeys(asked.themes))
    members: list[Flags] = [asked.themes == name for name in names]
    themes = [theme_composite(found, centre, one, asked, places, method) for one in members]
    whole = overall_composite(found, centre, themes, members, asked, places, method)
    questions = Level(
        tuple(asked.indicators), tuple(asked.themes), found.level, found.mean, found.variance, found.sd,
        steadied,
        allowance(found.sd, asked.rho, places, method), found.answers, found.first_day, found.last_day, found.people,
    )  # fmt: skip
    everything = np.ones(asked.indicators.size, dtype=bool)
    return ScoreBook(
        asked, found, (whole, *themes),
        composed([whole], [everything], ("",), found, asked, places, peers, method),
        composed(themes, members, names, found, asked, places, peers, method),
        questions,
    )  # fmt: skip


def composed(
    parts: list[Composite], members: list[Flags], names: tuple[str, ...], found: Measures, asked: Questions,
    places: Workplaces, peers: Peers, method: Method,
) -> Level:  # fmt: skip
    """Some composites as one level, each a column, pooled by itself."""
    shape = (places.ids.size, len(parts))
    level, variance, plain, sd = (
        np.column_stack([getattr(one, name) for one in parts]) if parts else np.zeros(shape)
        for name in ("level", "variance", "plain", "sd")
    )
    answers = np.column_stack([np.nansum(found.answers[:, one], axis=1) for one in members])
    first = np.column_stack([span(found.first_day[:, one], np.fmin) for one in members])
    last = np.column_stack([span(found.last_day[:, one], np.fmax) for one in members])
    guess = np.max(np.nan_to_num(found.people), axis=1, initial=0.0)
    known = np.where(np.isnan(places.effective), guess, places.effective)
    behind = np.column_stack([np.nansum(found.people[:, one], axis=1) for one in members])
    return Level(
        names, names, level, plain, variance, sd, pooled(level, variance, peers, method),
        allowance(sd, asked.rho_c, places, method), answers, first, last, np.minimum(known[:, None], behind),
    )  # fmt: skip


def span(days: Days, end: np.ufunc) -> Days:
    """The first or last of some days, factory by factory; NaT where there is none."""
    found: Days = end.reduce(days, axis=1)
    return found


def allowance(sd: Floats, rho: float, places: Workplaces, method: Method) -> Floats:
    """κ (1 − p) √ρ sd: how far off silence may put a score. Where participation is not known, p is 0 (A2.7)."""
    silent = 1.0 - np.nan_to_num(places.participation)
    found: Floats = method.kappa * silent[:, None] * np.sqrt(rho) * sd
    return found
