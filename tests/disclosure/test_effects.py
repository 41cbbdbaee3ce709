"""What a buyer is told of the cascade holds no name, action, number or day of another buyer."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from data.release.reader import OpenRelease
from scoring.actions import seen_actions
from scoring.comparisons import comparison
from scoring.footprint_pages import footprint
from scoring.model import Factory, TimelineQuery
from scoring.query import FOOTPRINT_PERIODS, FootprintQuery
from scoring.service import stamp_of
from scoring.supplier_views import CompareQuery
from scoring.suppliers import suppliers
from scoring.timelines import timeline
from tests.scoring.acted import BUYERS, FACTORIES, OPERATOR, acted_release, actions, buyer

WORDS = {row["action_id"]: row["buyer_id"] for row in actions(12)} | {f"Buyer {name}": name for name in BUYERS}
SEEN = FACTORIES[:4]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Thirty factories, eight buyers, effects told."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def everything(release: OpenRelease, name: str) -> list[dict[str, object]]:
    """All that this buyer is shown of the cascade and of its suppliers, with every own action selected."""
    viewer, told = buyer(name, *SEEN), []
    for factory_id in SEEN:
        named = Factory(*release.cells.engine.rows("factories_named", factories=[factory_id])[0][:6])
        chosen = [None, *(action.action_id for action in seen_actions(release, viewer, factory_id))]
        for query in (TimelineQuery(factory_id, period="all", action=one, view=view)
                      for one in chosen for view in ("time", "weeks")):  # fmt: skip
            told.append(asdict(timeline(release, viewer, query, named, stamp_of(release))))
        told.append(asdict(footprint(release, viewer, FootprintQuery(factory_id, "all"), named, stamp_of(release))))
    for period in FOOTPRINT_PERIODS:
        for row in (None, "T0", "T1"):
            query = FootprintQuery(period=period, row=row)
            told.append(asdict(footprint(release, viewer, query, None, stamp_of(release))))
    told.append(asdict(suppliers(release, viewer, stamp_of(release))))
    told.append(asdict(comparison(release, viewer, CompareQuery(SEEN), stamp_of(release))))
    return told


@pytest.mark.parametrize("name", BUYERS)
def test_no_word_of_another_buyer_is_in_anything_it_is_told(release: OpenRelease, name: str) -> None:
    text = repr(everything(release, name))
    found = {word for word in WORDS if re.search(rf"\b{word}\b", text)}
    assert {WORDS[word] for word in found} <= {name}
    assert not re.search(r"about \d+", text), "a count of what all buyers did"


def test_an_owner_s_pages_do_hold_such_words(release: OpenRelease) -> None:
    named = Factory(*release.cells.engine.rows("factories_named", factories=["F00"])[0][:6])
    query = TimelineQuery("F00", period="all", view="weeks")
    text = repr(asdict(timeline(release, OPERATOR, query, named, stamp_of(release))))
    assert {WORDS[word] for word in WORDS if word in text} >= {"B0"}
    assert re.search(r"about \d+", text)


def test_own_figures_stay_when_others_act_otherwise(release: OpenRelease, tmp_path: Path) -> None:
    """Nothing but what is pooled over all buyers may move."""
    fewer = acted_release(tmp_path, without=("B6", "B7"))
    for one, other in zip(everything(release, "B0"), everything(fewer, "B0"), strict=True):
        assert own_part(one) == own_part(other)


def own_part(view: dict[str, object]) -> dict[str, object]:
    """A view without what is pooled, and without how wide all cells behind it are."""
    kept = {key: value for key, value in view.items() if key not in ("usual", "coverage", "total", "study", "studies")}
    if "largest" in kept:
        rows = [dict(row, points=None, sureness=None) for row in kept["rows"]]  # type: ignore[attr-defined]  # a list
        kept |= {"largest": None, "rows": sorted(rows, key=lambda row: row["kind"])}
    return kept
