"""From questions to themes to the whole: equal means, centred on peers, and how sure they are (guides: A2.5).

A question that a factory has no cell for is compared with what it is at its peers, and never dropped: a theme is the
peers' mean of all its questions plus how far, on average, those that are here lie from theirs. Otherwise a factory
would gain by not being asked what goes badly.
"""

from dataclasses import dataclass

import numpy as np

from scoring.measures import Flags, Floats, Measures, Questions, Workplaces
from scoring.method import Method


@dataclass(frozen=True)
class Composite:
    """One theme or the whole: arrays over factories; NaN where too little of it is here."""

    level: Floats
    variance: Floats
    plain: Floats
    """The same of plain means, before anything is adjusted or centred."""
    sd: Floats
    """The mean standard deviation of one answer."""
    weights: Floats
    """Factories × questions: how much each counts; the rows of factories with a level add up to 1."""
    usual: Floats
    """What the peers' means make of it: what it is centred on, and what stands in where it is missing."""


def theme_composite(
    found: Measures, centre: Floats, members: Flags, asked: Questions, places: Workplaces, method: Method
) -> Composite:
    """The equal mean of a theme's questions, where enough of them are here."""
    ever = members & np.isfinite(found.level).any(axis=0)
    here = np.isfinite(found.level) & ever
    count = here.sum(axis=1)
    enough = (count > 0) & (count >= method.least_questions * ever.sum())
    weights = np.where(here & enough[:, None], 1.0 / np.maximum(count, 1)[:, None], 0.0)
    usual = np.nanmean(np.where(ever, centre, np.nan), axis=1) if ever.any() else np.zeros(count.size)
    return composite(found, centre, weights, usual, enough, asked, places, method)


def overall_composite(
    found: Measures, centre: Floats, themes: list[Composite], members: list[Flags], asked: Questions,
    places: Workplaces, method: Method,
) -> Composite:  # fmt: skip
    """The equal mean of the themes, where enough of them are here and enough people took part."""
    ever = [i for i, theme in enumerate(themes) if np.isfinite(theme.level).any()]
    here = np.array([np.isfinite(themes[i].level) for i in ever]).reshape(len(ever), places.ids.size)
    count = here.sum(axis=0)
    people = np.nan_to_num(places.people) >= method.least_people
    enough = (count > 0) & (count >= method.least_themes * len(ever) - 1e-9) & people
    share = np.where(enough, 1.0 / np.maximum(count, 1), 0.0)
    weights = np.zeros_like(found.level)
    usual = np.zeros(places.ids.size)
    for row, i in enumerate(ever):
        weights += np.where(here[row] & enough, share, 0.0)[:, None] * themes[i].weights
        in_theme = members[i] & np.isfinite(found.level).any(axis=0)
        usual += np.nanmean(np.where(in_theme, centre, np.nan), axis=1) / len(ever)
    return composite(found, centre, weights, usual, enough, asked, places, method)


def composite(
    found: Measures, centre: Floats, weights: Floats, usual: Floats, enough: Flags, asked: Questions,
    places: Workplaces, method: Method,
) -> Composite:  # fmt: skip
    """The weighted mean of questions, centred on peers, with the variance of A2.5.

    What workers have in common over questions counts by the share of the workforce that did not answer: a score
    speaks of these very workers, and those who did answer are known (ADR 0010).
    """
    from_peers = np.where(weights > 0, found.level - centre, 0.0)
    level = np.clip(usual + (weights * from_peers).sum(axis=1), 0.0, 100.0)
    plain = (weights * np.where(weights > 0, found.mean, 0.0)).sum(axis=1)
    sd = weights * np.where(weights > 0, found.sd, 0.0)
    alone = (weights**2 * np.where(weights > 0, found.variance, 0.0)).sum(axis=1)
    people = np.max(np.where(weights > 0, found.people, 1.0), axis=1, initial=1.0)
    people = np.fmax(np.where(np.isnan(places.effective), people, places.effective), 1.0)
    together = sd.sum(axis=1) ** 2 - (sd**2).sum(axis=1)
    unheard = 1.0 - np.nan_to_num(places.participation) if method.finite else 1.0
    variance = alone + asked.rho_c / people * unheard * together

    def shown(values: Floats) -> Floats:
        return np.where(enough, values, np.nan)

    return Composite(shown(level), shown(variance), shown(plain), shown(sd.sum(axis=1)), weights, usual)
