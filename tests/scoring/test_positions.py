"""Where a score stands: among enough factories like it, in whole points, and never which ones."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring.method import METHOD
from scoring.model import Standing
from scoring.positions import standing
from scoring.scorebook import Scores, scores_on
from tests.scoring.releases import Asked, CellRow, Made, Site, opened
from tests.scoring.worlds import ON, even_cells, even_reach

QUESTIONS = [Asked("Q1", "T1"), Asked("Q2", "T2")]


def site(place: int, country: str = "BD", sector: str | None = "a") -> Site:
    """The factory of that place."""
    return Site(f"F{place:02}", country, sector)


def cells_of(factory: str, mean: float, weeks: int = 40, weeks_ago: int = 0) -> list[CellRow]:
    """Cells of every question, the same everywhere."""
    last = ON - timedelta(days=7 * weeks_ago)
    return [cell for q in QUESTIONS for cell in even_cells(factory, q, mean, last, weeks, n=200)]


def found(folder: Path, sites: list[Site], odd: dict[str, list[CellRow]] | None = None, **more: object) -> Scores:
    """The scores of these factories: the first has 40, each next one a point and a half more."""
    odd = odd or {}
    cells = [
        cell for i, one in enumerate(sites) for cell in odd.get(one.factory_id, cells_of(one.factory_id, 40 + 1.5 * i))
    ]
    reach = [even_reach(one.factory_id) for one in sites]
    return scores_on(opened(folder, Made(cells, QUESTIONS, sites, reach, **more)), ON, 90.0, METHOD)


def overall(of: Scores, factory: str, key: str = "") -> Standing | None:
    """The standing of a factory's score."""
    return standing(of, "book", factory, key)


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_a_place_needs_ten_factories(tmp_path: Path, count: int, told: bool) -> None:
    scored = found(tmp_path, [site(i) for i in range(count)])
    assert (overall(scored, "F00") is not None) == told


def test_factories_without_a_score_do_not_count(tmp_path: Path) -> None:
    scored = found(tmp_path, [site(i) for i in range(10)], {"F09": []})
    assert overall(scored, "F00") is None


def test_it_is_the_middle_half_in_whole_points_and_a_third(tmp_path: Path) -> None:
    scored = found(tmp_path, [site(i) for i in range(13)])
    thirds = []
    for i in range(13):
        for key in ("", "T1", "Q2"):
            told = overall(scored, f"F{i:02}", key)
            level, column = scored.books["book"].column(key)
            score, low, high = (getattr(level.pooled, name)[:, column] for name in ("score", "low", "high"))
            assert told is not None
            assert (told.country, told.sector, told.factories) == ("BD", "a", 15)
            assert [told.low, told.high] == [np.floor(np.percentile(score, q) + 0.5) for q in (25, 75)]
            first, second = np.percentile(score, 100 / 3), np.percentile(score, 200 / 3)
            inside = {
                "lower": high[i] < first, "middle": first <= low[i] and high[i] <= second, "upper": low[i] > second,
            }  # fmt: skip
            assert [name for name, there in inside.items() if there] == ([told.third] if told.third else [])
            thirds.append(told.third)
    assert {"lower", "upper", None} <= set(thirds), "at both ends it is sure, between them nobody can tell"


def test_too_few_of_a_sector_are_compared_with_their_country_and_with_no_other(tmp_path: Path) -> None:
    sites = [site(i) for i in range(10)] + [site(i, sector="b") for i in range(10, 14)] + [site(14, "IN")]
    scored = found(tmp_path, sites)
    told = [overall(scored, name) for name in ("F00", "F12", "F14")]
    assert [(one.country, one.sector, one.factories) if one else None for one in told] == [
        ("BD", "a", 10), ("BD", "", 15), None,
    ]  # fmt: skip


def test_a_factory_that_settles_in_has_no_rank(tmp_path: Path) -> None:
    scored = found(tmp_path, [site(i) for i in range(12)], {"F00": cells_of("F00", 40, weeks=20)})
    young, old = overall(scored, "F00"), overall(scored, "F11")
    assert young is not None
    assert old is not None
    assert young.third is None
    assert (young.low, young.high) == (old.low, old.high), "what the others have is told"
    assert old.third == "upper"


def test_thin_evidence_has_no_rank(tmp_path: Path) -> None:
    """The newest answers of one factory are more than sixty days old: grade D."""
    scored = found(tmp_path, [site(i) for i in range(12)], {"F00": cells_of("F00", 40, weeks_ago=9)})
    thin = overall(scored, "F00")
    assert thin is not None
    assert thin.third is None


def test_a_score_that_is_not_shown_has_no_rank(tmp_path: Path) -> None:
    scored = found(tmp_path, [site(i) for i in range(12)], {"F05": []})
    for key in ("", "T1", "Q1"):
        told = overall(scored, "F05", key)
        assert told is not None
        assert told.third is None


@pytest.mark.parametrize(
    ("factory", "codebook", "key"), [("F99", "book", ""), ("F00", "no", ""), ("F00", "book", "no")]
)
def test_what_is_not_there_raises(tmp_path: Path, factory: str, codebook: str, key: str) -> None:
    scored = found(tmp_path, [site(i) for i in range(2)])
    with pytest.raises(KeyError):
        standing(scored, codebook, factory, key)
