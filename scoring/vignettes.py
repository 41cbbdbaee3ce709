"""What a score would be if words meant the same everywhere: adjusted by anchoring vignettes (guides: A4).

A vignette describes a workplace that is the same for everybody. Where one country rates all of them lower, its
scale lies lower, and its scores are moved as its vignettes are: m_c = a_c + b_c · (their mean everywhere). That takes
two things on trust which can fail (King et al. 2004; von Davier et al. 2017), so it is shown beside the score only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.release.reader import OpenRelease
from scoring.measures import Floats, Workplaces
from scoring.method import Method

LEAST_VIGNETTES = 2
LEAST_COUNTRIES = 2
LEAST_SLOPE = 0.2
"""With a flatter line a country tells vignettes hardly apart, and dividing by it would tell nothing."""


@dataclass(frozen=True)
class Style:
    """How a country's answers lie beside those of all: a + b · x."""

    a: float
    b: float


@dataclass(frozen=True)
class Styles:
    """The style of each country, by codebook; empty where there are no vignettes."""

    by_country: Mapping[tuple[str, str], Style]

    def adjusted(self, rows: pd.DataFrame, places: Workplaces) -> npt.NDArray[np.object_]:
        """(score − a) / b for every row of the score table, within 0..100; None where no style is known."""
        country = dict(zip(places.ids, places.country, strict=True))
        keys = zip(rows["codebook"], rows["factory_id"].map(country), strict=True)
        found = [self.by_country.get((str(codebook), str(name))) for codebook, name in keys]
        a, b = (np.array([getattr(one, part, np.nan) for one in found], dtype=np.float64) for part in ("a", "b"))
        values: Floats = np.clip((rows["score"].to_numpy(dtype=np.float64, na_value=np.nan) - a) / b, 0.0, 100.0)
        told: npt.NDArray[np.object_] = values.astype(object)
        told[np.isnan(values)] = None
        return told


def styles(release: OpenRelease, on: date, half_life: float, method: Method) -> Styles:
    """The styles of all countries on a day, from the cells of vignettes."""
    rows = release.cells.engine.frame("vignette_means", on=on, half_life=half_life, oldest=method.oldest)
    found: dict[tuple[str, str], Style] = {}
    for codebook, one in rows.groupby("codebook"):
        table = one.pivot(index="indicator_id", columns="country", values="m")
        if table.shape[1] >= LEAST_COUNTRIES:
            reference = table.mean(axis=1)
            for country in table.columns:
                style = style_of(table[country].to_numpy(), reference.to_numpy())
                if style is not None:
                    found[str(codebook), str(country)] = style
    return Styles(found)


def style_of(country: Floats, everywhere: Floats) -> Style | None:
    """The line through a country's vignettes by least squares; None where they do not make one."""
    here = np.isfinite(country)
    x, y = everywhere[here], country[here]
    if x.size < LEAST_VIGNETTES or np.ptp(x) < 1e-9:
        return None
    b, a = np.polyfit(x, y, 1)
    return Style(float(a), float(b)) if b >= LEAST_SLOPE else None
