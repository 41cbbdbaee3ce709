"""Footprints: c'β and c'Vc for any buyer, factory and period, and what a buyer may be told of them."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from access.roles import Role
from access.viewer import NotAvailable
from data.home import Home
from data.release.reader import OpenRelease, Releases
from data.settings import Settings
from data.state import State
from scoring.actions import seen_actions
from scoring.cascade_views import Sureness
from scoring.effects import BUYER_COLUMNS, effects
from scoring.footprint_pages import footprint
from scoring.footprints import charges, sums
from scoring.model import OVERALL, Factory, Stamp
from scoring.query import FootprintQuery
from scoring.service import Door, stamp_of
from tests.scoring.acted import (
    BUYERS,
    FACTORIES,
    LAST,
    OPERATOR,
    OWNER,
    QUESTIONS,
    acted_release,
    actions,
    buyer,
    cells,
)
from tests.scoring.releases import Made, opened


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """The release with actions, opened once."""
    return acted_release(tmp_path_factory.mktemp("acted"))


def stamp(release: OpenRelease) -> Stamp:
    """What a page says of its numbers."""
    return stamp_of(release)


def factory(release: OpenRelease, name: str) -> Factory:
    """A factory as the door knows it."""
    return Factory(*release.cells.engine.rows("factories_named", factories=[name])[0][:6])


def test_a_footprint_is_severity_times_heads_times_effect(release: OpenRelease) -> None:
    done = charges(release, None, LAST, "B0").actions
    known = done[done["headcount"].notna()]
    told = sums(release, "book", ["T0"])["T0"]
    assert told.kinds == ("price_cut", "rush_order")
    by_hand = sum(
        float(row.severity) * float(row.headcount) * float(told.points[told.kinds.index(row.kind)])
        for row in known.itertuples()
    )
    c = charges(release, None, LAST, "B0").by_kind(told.kinds)
    estimate = told.of(c)
    assert estimate.value == pytest.approx(by_hand)
    half = float(np.sqrt(c @ told.covariance @ c))
    assert estimate.high - estimate.value == pytest.approx(half * 2.0452, rel=1e-3)  # t with 29 degrees of freedom


def test_the_table_of_buyers(release: OpenRelease) -> None:
    table = effects(release, "buyer")
    assert tuple(table.columns) == BUYER_COLUMNS
    assert set(table["buyer_id"]) == set(BUYERS)
    assert table.groupby("buyer_id")["indicator_id"].apply(lambda c: c.isna().sum()).eq(1).all()
    own = table[(table["buyer_id"] == "B0") & table["indicator_id"].isna()].iloc[0]
    told = sums(release, "book", [OVERALL])[OVERALL]
    counted = charges(release, None, LAST, "B0").of_kinds(told.kinds)
    assert own["worker_week_points"] == pytest.approx(told.of(counted.by_kind(told.kinds)).value)
    assert (own["actions"], own["factories"]) == (len(counted.actions), counted.factories)
    assert own["low"] < own["worker_week_points"] < own["high"] < 0


def test_a_buyer_s_page_holds_own_actions_at_factories_it_sees(release: OpenRelease) -> None:
    viewer = buyer("B0", "F00", "F08", "F16")
    view = footprint(release, viewer, FootprintQuery(period="all", row="T0"), None, stamp(release))
    done = charges(release, None, LAST, "B0", ["F00", "F08", "F16"]).actions
    assert view.buyer == "Buyer B0"
    assert sum(row.actions for row in view.rows) == len(done)
    assert {row.kind: row.sureness for row in view.rows}["rush_order"] is Sureness.CLEAR
    hidden = next(row for row in view.rows if row.kind == "price_cut")
    assert (hidden.points, hidden.sureness) == (None, Sureness.NOT_SHARED)
    assert view.total is not None
    rush = next(row for row in view.rows if row.kind == "rush_order")
    assert rush.points is not None
    assert view.total.value == pytest.approx(rush.points.value)
    assert view.rows[-1] is hidden
    assert {one.action.kind for one in view.largest} == {"rush_order"}
    assert all(one.seen for one in view.largest)


def test_what_others_did_changes_nothing_a_buyer_counts(release: OpenRelease) -> None:
    seen = footprint(release, buyer("B0", *FACTORIES), FootprintQuery(period="all"), None, stamp(release))
    ids = {one.action.buyer_id for one in seen.largest} | {
        line.action.buyer_id for line in (seen.study.lines if seen.study else ())
    }
    assert ids == {"B0"}


def test_an_owner_reads_all_actions_of_the_factory(release: OpenRelease) -> None:
    view = footprint(release, OWNER, FootprintQuery("F00", "all", "T0"), factory(release, "F00"), stamp(release))
    assert {row.kind for row in view.rows} == {"rush_order", "price_cut", "rare"}
    assert {row.sureness for row in view.rows if row.kind == "rare"} == {Sureness.TOO_FEW_EVENTS}
    assert view.actions == 4
    assert view.buyer == ""
    assert view.study is not None
    assert [row.points.value for row in view.rows if row.points] == sorted(
        row.points.value for row in view.rows if row.points
    )


def test_actions_where_the_headcount_is_unknown_are_counted_and_left_out(release: OpenRelease) -> None:
    view = footprint(release, OPERATOR, FootprintQuery("F29", "all"), factory(release, "F29"), stamp(release))
    assert (view.actions, view.left_out, view.total) == (0, 4, None)
    assert {row.points for row in view.rows} == {None}


def test_a_period_without_actions_is_empty_and_a_kind_can_be_chosen(release: OpenRelease) -> None:
    everything = footprint(
        release, OWNER, FootprintQuery("F00", "all", kind="price_cut"), factory(release, "F00"), stamp(release)
    )
    assert everything.study is not None
    assert everything.study.usual.kind == "price_cut"
    assert {line.action.kind for line in everything.study.lines} == {"price_cut"}
    recent = footprint(release, OWNER, FootprintQuery("F00", "6m"), factory(release, "F00"), stamp(release))
    assert recent.first == LAST - timedelta(days=181)
    days = charges(release, recent.first, LAST, None, ["F00"]).actions["date"]
    assert sum(row.actions for row in recent.rows) == len(days)
    odd = FootprintQuery("F00", "all", row="nothing", kind="nothing")
    assert footprint(release, OWNER, odd, factory(release, "F00"), stamp(release)).row_name == "Overall score"


def test_the_door_asks_who(release: OpenRelease, tmp_path: Path) -> None:
    class Same(Releases):
        def __init__(self) -> None:
            """Always the same release."""

        def current(self) -> OpenRelease:
            return release

    door = Door(Same(), State.open(Home(tmp_path), Settings(home=tmp_path)))
    assert door.footprint(buyer("B0", "F00"), FootprintQuery()).rows
    for viewer, query in (
        (OWNER, FootprintQuery()),
        (OPERATOR, FootprintQuery()),
        (OWNER, FootprintQuery("F01")),
        (buyer("B0", "F00"), FootprintQuery("F01")),
        (buyer("B0", "F00"), FootprintQuery("nowhere")),
    ):
        with pytest.raises(NotAvailable):
            door.footprint(viewer, query)
    for viewer in (OWNER, buyer("B0", *FACTORIES)):
        with pytest.raises(NotAvailable):
            door.effects(viewer, "kind")
    assert len(door.effects(OPERATOR, "buyer"))


def test_sizes_that_depend_on_other_buyers_are_not_told(tmp_path: Path) -> None:
    rows = actions(12)
    found = [row | {"rule": "Cancelled on 2025-09-01."} if row["factory_id"] == "F00" else row for row in rows]
    release = opened(tmp_path, Made(cells(rows, 12), QUESTIONS, FACTORIES, actions=found), through=LAST)
    who = next(str(row["buyer_id"]) for row in rows if row["factory_id"] == "F00" and row["kind"] == "rush_order")
    sizes = {
        viewer.role: {action.what for action in seen_actions(release, viewer, "F00")}
        for viewer in (OWNER, buyer(who, "F00"))
    }
    assert sizes == {Role.OWNER: {"10 %"}, Role.BUYER: {""}}
    view = footprint(release, buyer(who, "F00", "F01"), FootprintQuery(period="all"), None, stamp(release))
    lines = view.study.lines if view.study else ()
    assert {line.action.what for line in lines if line.action.rule} <= {""}
