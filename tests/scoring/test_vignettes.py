"""Styles of answering are undone where vignettes show them, and nowhere else."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.method import METHODS
from scoring.scores import scores
from scoring.vignettes import Style, style_of
from tests.scoring.releases import Asked, Made, Site, opened
from tests.scoring.worlds import ON, even_cells, even_reach

QUESTIONS = [Asked("Q1", "T1"), Asked("Q2", "T2")]
VIGNETTES = {"V1": 20.0, "V2": 50.0, "V3": 80.0}
"""Workplaces, and how good they are."""
STYLES = {"BD": (-12.0, 0.9), "IN": (0.0, 1.0), "VN": (15.0, 0.8)}
"""How the same is answered in each country: a + b · x."""


def world(
    styles: dict[str, tuple[float, float]] = STYLES, vignettes: dict[str, float] | None = None, sites: object = ()
) -> Made:
    """Five equally good factories in every country, from 40 to 60."""
    shown = VIGNETTES if vignettes is None else vignettes
    asked = [*QUESTIONS, *(Asked(name, "V", is_vignette=True) for name in shown)]
    where = [Site(f"{country}{i}", country, "a") for country in styles for i in range(5)]
    cells = []
    for place, site in enumerate(where):
        a, b = styles[site.country]
        truth = [40 + 5 * (place % 5)] * len(QUESTIONS) + list(shown.values())
        for question, x in zip(asked, truth, strict=True):
            cells += even_cells(site.factory_id, question, a + b * x)
    every = [*where, *sites]
    return Made(cells, asked, every, [even_reach(site.factory_id) for site in every])


def told(folder: Path, made: Made, version: int = 0) -> pd.DataFrame:
    """The overall scores, factory by factory, as numbers."""
    table = scores(opened(folder, made), ON, level="factory", method=METHODS[version]).set_index("factory_id")
    return table[["score", "adjusted"]].astype(float)


def test_the_same_workplace_gets_the_same_adjusted_score_everywhere(tmp_path: Path) -> None:
    table = told(tmp_path, world())
    a, b = (np.mean([style[i] for style in STYLES.values()]) for i in (0, 1))
    for i in range(5):
        same = table.loc[[f"{country}{i}" for country in STYLES]]
        assert np.ptp(same["score"]) > 5
        assert same["adjusted"].tolist() == pytest.approx([a + b * (40 + 5 * i)] * 3, abs=1e-6)


def test_a_pooled_score_is_adjusted_the_same_way(tmp_path: Path) -> None:
    table = told(tmp_path, world(), version=1)
    a, b = (np.mean([style[i] for style in STYLES.values()]) for i in (0, 1))
    for country, (a_c, b_c) in STYLES.items():
        rows = table.loc[[f"{country}{i}" for i in range(5)]]
        line = ((rows["score"] - a_c) / b_c) * b + a
        assert rows["adjusted"].tolist() == pytest.approx(line.tolist(), abs=1e-6)


def test_every_level_is_adjusted_and_stays_on_the_scale(tmp_path: Path) -> None:
    made = world({"BD": (0.0, 0.5), "IN": (0.0, 1.0)})
    others = [cell for cell in made.cells if (cell.factory_id, cell.indicator_id) != ("BD0", "Q1")]
    made.cells = [*others, *even_cells("BD0", QUESTIONS[0], 98, n=900)]
    table = scores(opened(tmp_path, made), ON)
    adjusted = table["adjusted"].astype(float)
    assert adjusted.notna().all()
    assert adjusted.between(0, 100).all()
    assert (adjusted == 100).any()
    assert (table["level"].nunique(), set(table["indicator_id"].dropna())) == (3, {"Q1", "Q2"})


@pytest.mark.parametrize(
    ("styles", "vignettes"),
    [
        ({"BD": (-12.0, 0.9)}, VIGNETTES),
        (STYLES, {"V1": 20.0}),
        (STYLES, {"V1": 50.0, "V2": 50.0}),
        (STYLES, {}),
    ],
    ids=["one country", "one vignette", "two vignettes alike", "no vignette"],
)
def test_without_something_to_compare_there_is_no_adjusted_score(
    tmp_path: Path, styles: dict[str, tuple[float, float]], vignettes: dict[str, float]
) -> None:
    table = told(tmp_path, world(styles, vignettes), version=1)
    assert table["score"].notna().all()
    assert table["adjusted"].isna().all()


def test_a_country_that_hardly_tells_vignettes_apart_has_none(tmp_path: Path) -> None:
    table = told(tmp_path, world({"BD": (45.0, 0.1), "IN": (0.0, 1.0), "VN": (0.0, 1.0)}))
    flat = table.index.str.startswith("BD")
    assert table["adjusted"][flat].isna().all()
    assert table["adjusted"][~flat].notna().all()


def test_a_factory_without_a_country_has_none_and_changes_nobodys(tmp_path: Path) -> None:
    usual, lost = world(), Site("X", None)
    made = world(sites=[lost])
    for question, x in zip(made.questions, (50, 50, 90, 10, 40), strict=True):
        made.cells = [*made.cells, *even_cells("X", question, x)]
    table = told(tmp_path / "one", made)
    assert np.isnan(table.loc["X", "adjusted"])
    pd.testing.assert_frame_equal(table.drop(index="X"), told(tmp_path / "two", usual))


def test_factories_of_a_country_count_the_same(tmp_path: Path) -> None:
    """However many cells one of them has."""
    made = world({"BD": (0.0, 1.0), "IN": (10.0, 0.8)})
    for vignette in made.questions[2:]:
        extra = even_cells("BD0", vignette, VIGNETTES[vignette.indicator_id], n=900)
        made.cells = [*made.cells, *extra]
    one, other = told(tmp_path / "one", made), told(tmp_path / "two", world({"BD": (0.0, 1.0), "IN": (10.0, 0.8)}))
    assert one["adjusted"].tolist() == pytest.approx(other["adjusted"].tolist())


@settings(deadline=None)
@given(
    a=st.floats(-40, 40), b=st.floats(0.21, 3), seed=st.integers(0, 2**32 - 1), count=st.integers(2, 8),
    missing=st.booleans(),
)  # fmt: skip
def test_the_line_of_a_country_is_found(a: float, b: float, seed: int, count: int, missing: bool) -> None:
    x = np.linspace(10, 90, count) + np.random.default_rng(seed).uniform(-2, 2, count)
    y = a + b * x
    if missing and count > 2:
        y[0] = np.nan
    found = style_of(y, x)
    assert found is not None
    assert (found.a, found.b) == pytest.approx((a, b), abs=1e-6)


def test_too_little_makes_no_line() -> None:
    x = np.array([20.0, 50.0, 80.0])
    assert style_of(x, x) == Style(pytest.approx(0, abs=1e-9), pytest.approx(1))
    assert style_of(np.array([20.0, np.nan, np.nan]), x) is None
    assert style_of(np.full(3, np.nan), x) is None
    assert style_of(50 + 0.19 * x, x) is None
    assert style_of(90 - x, x) is None, "a scale turned round"
    assert style_of(x[:2], np.array([50.0, 50.0])) is None
