"""The real thing, in small: nothing of a small group comes out of the release file or of all surfaces together."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from access.roles import Role
from access.viewer import Viewer
from data.release.publish import release
from data.vault.load import LoadRequest, load
from scoring.model import OVERALL, TimelineQuery
from tests.disclosure.attacks import toys
from tests.disclosure.attacks.adapters import OPERATOR
from tests.disclosure.attacks.figures import Attacker
from tests.disclosure.attacks.suite import ALL, FILE, UNION, Outcome, Told, outcomes, told
from tests.disclosure.attacks.tables import cells
from tests.disclosure.attacks.worlds import Moment, Plan, home_in, lived, made_world

SMALL = (Plan(3, ticks=6, pace=7, factories=3), Plan(2, ticks=4, pace=30, factories=1, heads=(60, 60), sittings=0.35))
"""Six weeks, and four months: long enough for slices and adjustments."""
BRIEF = Plan(3, ticks=3, pace=7, factories=2)


@pytest.fixture(scope="module", params=SMALL, ids=["weeks", "months"])
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What all surfaces told of a small world."""
    return told(made_world(request.param), tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def made(heard: Told) -> dict[tuple[str, int], Outcome]:
    """What all attacks made of it."""
    world = heard.world
    attackers = {0: Attacker(world), 5: Attacker(world, world.planted, 5)}
    return {(name, count): found for count, one in attackers.items() for name, found in outcomes(one, heard).items()}


@pytest.mark.parametrize("attack", ALL)
@pytest.mark.parametrize("colluders", [0, 5])
@pytest.mark.parametrize("surface", [FILE, UNION])
def test_no_small_group_is_recovered(
    made: dict[tuple[str, int], Outcome], surface: str, colluders: int, attack: str
) -> None:
    assert made[surface, colluders].hits[attack] == []


def test_the_attacks_had_something_to_work_on(heard: Told, made: dict[tuple[str, int], Outcome]) -> None:
    families = {figure.family.split(" ")[0] for figure in heard.figures[FILE]}
    assert "cells" in families
    assert heard.read > 2 * len(heard.figures[FILE])
    if heard.world.plan.pace == 30:
        assert {"pay", "voice", "adjust", "leads"} <= families
        assert made[FILE, 0].groups > 1000


@pytest.fixture(scope="module")
def last_moment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moment]:
    """A small world after its last tick, its home still there."""
    for moment in lived(made_world(BRIEF), tmp_path_factory.mktemp("moment")):
        if moment.tick == BRIEF.ticks - 1:
            yield moment


def test_attackers_follow_closing_exactly(last_moment: Moment) -> None:
    """The cells that a reader of the rule expects are the cells that are there."""
    expected = {figure.ids.tobytes() for figure in toys.Cells(patient=True).figures(last_moment)}
    assert {figure.ids.tobytes() for figure in cells(last_moment)} == expected


def test_everything_seen_is_made_from_the_release_alone(last_moment: Moment) -> None:
    """Themes, the whole, words, findings: with the vault gone the views are the same, so they tell no more."""
    before = views(last_moment)
    last_moment.home.vault.rename(last_moment.home.vault.with_suffix(".gone"))
    try:
        assert views(last_moment) == before
    finally:
        last_moment.home.vault.with_suffix(".gone").rename(last_moment.home.vault)


def views(moment: Moment) -> list[str]:
    """All that the door gives to an owner, a buyer and an operator."""
    owned, every = frozenset({"F1"}), frozenset({"F1", "F2"})
    found: list[str] = []
    for viewer in (Viewer(1, Role.OWNER, "O1", owned), Viewer(2, Role.BUYER, "B1", every), OPERATOR):
        found.append(repr(moment.door.home(viewer)))
        for factory in sorted(viewer.factories or every):
            query = TimelineQuery(factory, rows=(OVERALL, "pay", "voice", "pay_fair"), period="all")
            found += [repr(moment.door.overview(viewer, factory)), repr(moment.door.timeline(viewer, query))]
        found.append(json.dumps(moment.door.scores(viewer, None).to_dict("records"), default=str))
    return found


@pytest.mark.parametrize("late", [1, 3])
def test_the_day_a_cell_closes_does_not_betray_who_came_last(tmp_path: Path, late: int) -> None:
    """Eleven say 5 and one says 4; days later a few more say 4. All who counted know who they were."""
    day = date(2025, 3, 3)
    said = [(day, worker, 5) for worker in range(11)] + [(day, 11, 4)]
    said += [(day + timedelta(days=3), 20 + worker, 4) for worker in range(late)]
    rows = pd.DataFrame(said, columns=["date", "worker", "value"])
    with home_in(tmp_path) as (home, settings, state):
        folder = tmp_path / "canonical"
        folder.mkdir()
        (folder / "factories.csv").write_text("factory_id,name,country,sector\nF1,F1,BD,apparel\n")
        book = "indicator_id,theme,text,scale,polarity,is_vignette,zero_tolerance\nheard,voice,Heard?,ordinal5,1,0,0\n"
        (folder / "indicators.csv").write_text(book)
        answers = rows.assign(factory_id="F1", indicator_id="heard", channel="app", submission_id=rows["worker"])
        answers["respondent_key"] = answers["worker"]
        answers.drop(columns="worker").to_csv(folder / "answers.csv", index=False)
        load(home, settings, state, LoadRequest(folder))
        assert release(home, settings, state).cells == 0
