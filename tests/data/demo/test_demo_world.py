"""The canonical folder of the demo world is what FORMATS §1 says, and tells one story throughout."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from data.codebook.scales import SCALES
from data.demo.names import BUYERS, COUNTRIES, SECTORS, factory_name, owner_name
from data.demo.questions import CODEBOOK
from data.demo.world import Plan, make_world

COLUMNS = {
    "factories": "factory_id,name,country,sector,headcount,latitude,longitude,joined_date,os_id,owner_id,timezone",
    "headcount": "factory_id,gender,department,tenure_band,headcount",
    "buyers": "buyer_id,name,home_country",
    "relations": "buyer_id,factory_id,share_of_capacity,since,until",
    "orders": "order_id,buyer_id,factory_id,placed_date,due_date,quantity,value_usd,status,"
    "unit_price,original_due_date,shipped_date,invoice_due_date,paid_date,cancelled_date",
    "buyer_actions": "action_id,buyer_id,factory_id,order_id,kind,date,magnitude,unit,announced_date,end_date,note",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_of_the_format(small_world, name):
    assert ",".join(small_world.table(name).columns) == COLUMNS[name]


def test_answers_have_the_columns_and_types_of_the_format(small_world):
    described = small_world.ask("DESCRIBE answers")
    assert described.column_name.tolist() == [
        "factory_id", "date", "indicator_id", "value", "channel", "gender", "department", "tenure_band",
        "submission_id", "respondent_key",
    ]  # fmt: skip
    types = dict(zip(described.column_name, described.column_type, strict=True))
    assert types.pop("date") == "DATE"
    assert types.pop("value") == "TINYINT"
    assert set(types.values()) == {"VARCHAR"}


def test_every_value_is_on_its_scale_and_every_question_is_asked(small_world):
    seen = small_world.ask(
        "SELECT indicator_id, scale, min(value) AS low, max(value) AS high, count(*) AS n "
        "FROM answers JOIN book USING (indicator_id) GROUP BY ALL"
    )
    assert seen.n.sum() == small_world.ask("SELECT count(*) AS n FROM answers").n[0]
    assert len(seen) == 48
    for row in seen.itertuples():
        low, high = SCALES[row.scale]
        assert low <= row.low < row.high <= high


def test_daily_questions_are_drawn_more_often_than_weekly_than_monthly_than_quarterly(small_world):
    often = small_world.ask(
        "SELECT cadence, count(*) / count(DISTINCT indicator_id) AS n "
        "FROM answers JOIN book USING (indicator_id) WHERE NOT not_applicable_allowed GROUP BY ALL"
    ).set_index("cadence")["n"]
    assert often["daily"] > 1.3 * often["weekly"]
    assert often["weekly"] > 2 * often["monthly"]
    assert often["monthly"] > 1.5 * often["quarterly"]


def test_a_sitting_is_one_person_one_day_about_ten_different_questions(small_world):
    sittings = small_world.ask(
        "SELECT count(*) AS n, count(DISTINCT indicator_id) AS different, "
        "count(DISTINCT (factory_id, date, channel, gender, department, tenure_band, respondent_key)) "
        "AS people FROM answers GROUP BY submission_id"
    )
    assert (sittings.n == sittings.different).all()
    assert (sittings.people == 1).all()
    assert sittings.n.between(8, 12).all()
    assert sittings.n.mean() == pytest.approx(10, abs=0.1)


def test_keys_rotate_each_quarter_and_about_a_tenth_of_sittings_have_none(small_world):
    keys = small_world.ask(
        "SELECT count(DISTINCT date_trunc('quarter', date)) AS quarters, "
        "count(DISTINCT factory_id) AS places, count(DISTINCT submission_id) AS sittings "
        "FROM answers WHERE respondent_key IS NOT NULL GROUP BY respondent_key"
    )
    assert (keys.quarters == 1).all()
    assert (keys.places == 1).all()
    assert keys.sittings.max() > 3
    every = small_world.ask("SELECT count(DISTINCT submission_id) AS n FROM answers").n[0]
    assert 1 - keys.sittings.sum() / every == pytest.approx(0.1, abs=0.01)


def test_groups_of_answers_are_those_of_the_headcount_or_not_said(small_world):
    heads = small_world.table("headcount")
    levels = {dim: set(heads[dim]) for dim in ("gender", "department", "tenure_band")}
    said = small_world.ask("SELECT gender, department, tenure_band FROM answers")
    for dim, known in levels.items():
        assert set(said[dim].dropna()) == known
        assert 0.01 < said[dim].isna().mean() < 0.08
    assert len(heads) == 8 * np.prod([len(known) for known in levels.values()])
    total = heads.astype({"headcount": int}).groupby("factory_id").headcount.sum()
    declared = small_world.table("factories").set_index("factory_id").headcount.astype(int)
    assert (total == declared).all()
    assert declared.between(150, 2500).all()


def test_every_identifier_refers_to_something_declared(small_world):
    factories = set(small_world.table("factories").factory_id)
    buyers = set(small_world.table("buyers").buyer_id)
    orders = small_world.table("orders").set_index("order_id")
    relations = small_world.table("relations")
    pairs = set(zip(relations.buyer_id, relations.factory_id, strict=True))
    actions = small_world.table("buyer_actions")
    assert {factory for _, factory in pairs} == factories
    assert {buyer for buyer, _ in pairs} <= buyers
    for table in (orders, actions):
        assert set(zip(table.buyer_id, table.factory_id, strict=True)) <= pairs
    behind = actions[actions.order_id != ""]
    assert (orders.loc[behind.order_id, "factory_id"].to_numpy() == behind.factory_id.to_numpy()).all()
    assert (orders.loc[behind.order_id, "buyer_id"].to_numpy() == behind.buyer_id.to_numpy()).all()
    assert set(small_world.ask("SELECT DISTINCT factory_id FROM answers").factory_id) == factories
    shares = relations.share_of_capacity.astype(float).groupby(relations.factory_id).sum()
    assert shares.max() <= 1


@pytest.mark.parametrize("name", ["factories", "buyers", "orders", "buyer_actions"])
def test_identifiers_are_unique(small_world, name):
    assert small_world.table(name).iloc[:, 0].is_unique


def test_actions_are_of_known_kinds_within_the_world_and_end_after_they_begin(small_world):
    actions = small_world.table("buyer_actions")
    slugs = pd.read_csv(CODEBOOK / "buyer_actions.csv").kind
    assert actions.kind.isin(slugs).all()
    assert actions.kind.nunique() >= 6
    assert actions.date.between(str(small_world.plan.first_day), str(small_world.plan.last_day)).all()
    lasting = actions[actions.end_date != ""]
    assert len(lasting) > 0
    assert (lasting.end_date > lasting.date).all()
    told = actions[actions.announced_date != ""]
    assert len(told) > 0
    assert (told.announced_date < told.date).all()
    assert (actions.magnitude.replace("", "1").astype(float) > 0).all()
    assert (actions.note != "").any()


def test_orders_tell_the_story_of_their_action(small_world):
    actions, orders = small_world.table("buyer_actions"), small_world.table("orders")
    both = actions.merge(orders, on="order_id", suffixes=("", "_of_order")).set_index("kind")
    assert both.loc["order_cancelled_before_production", "status"].eq("cancelled").all()
    assert (
        both.loc["order_cancelled_before_production", "cancelled_date"]
        .eq(both.loc["order_cancelled_before_production", "date"])
        .all()
    )
    late = both.loc["payment_late"]
    assert (late.invoice_due_date == late.date).all()
    assert (late.end_date == late.paid_date).all()
    moved = both.loc["shipment_postponed"]
    assert (moved.due_date > moved.original_due_date).all()
    assert (orders.placed_date < orders.due_date).all()
    assert (orders.status.eq("cancelled") == orders.cancelled_date.ne("")).all()
    assert orders.quantity.astype(int).min() > 0
    assert orders.value_usd.astype(float).min() > 0


def test_showcase_has_a_full_last_year_with_a_strong_cancellation_and_a_rush(tmp_path, small_plan):
    plan = replace(small_plan, factories=40, weeks=60, activity=0.02)
    truth = make_world(tmp_path, plan)
    year = truth.actions[truth.actions.factory_id == "F001"]
    year = year[year.date > pd.Timestamp(plan.last_day - timedelta(days=365))]
    assert 5 <= len(year) <= 9
    ago = (pd.Timestamp(plan.last_day) - year.date).dt.days
    cancelled = ago[year.kind == "order_cancelled_before_production"]
    assert cancelled.between(140, 165).all()
    assert len(cancelled) == 1
    assert year.severity[cancelled.index[0]] > 1.7
    assert ago[year.kind == "rush_order"].between(42, 56).any()


def test_factories_lie_in_four_countries_and_two_sectors_with_real_time_zones(tmp_path, small_plan):
    make_world(tmp_path, replace(small_plan, factories=24, weeks=1))
    factories = pd.read_csv(tmp_path / "factories.csv")
    assert set(factories.country) == {country.code for country in COUNTRIES}
    assert set(factories.sector) == set(SECTORS)
    assert all(ZoneInfo(zone) for zone in factories.timezone)
    assert factories.groupby("owner_id").country.nunique().max() == 1
    assert factories.owner_id.nunique() == 12


def test_names_are_unique_also_in_large_worlds():
    names = {factory_name(factory, factory % 2) for factory in range(500)}
    owners = {owner_name(f"O{owner:02d}") for owner in range(1, 251)}
    assert len(names | owners | {name for name, _ in BUYERS}) == 500 + 250 + len(BUYERS)


def test_same_plan_same_bytes_and_another_seed_another_world(small_world, tmp_path):
    for seed, same in ((small_world.plan.seed, True), (small_world.plan.seed + 1, False)):
        folder = tmp_path / str(seed)
        make_world(folder, replace(small_world.plan, seed=seed))
        for path in sorted(small_world.folder.glob("[!b]*.*")):
            assert ((folder / path.name).read_bytes() == path.read_bytes()) is same, path.name


def test_last_day_is_yesterday_unless_given():
    before = datetime.now(UTC).date()
    plan = Plan().dated()
    assert before - timedelta(days=1) <= plan.last_day <= datetime.now(UTC).date() - timedelta(days=1)
    assert (plan.last_day - plan.first_day).days == 104 * 7 - 1


@pytest.mark.parametrize("wrong", [{"factories": 0}, {"weeks": 0}, {"seed": -1}, {"activity": 0.0}])
def test_a_plan_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="demo world"):
        Plan(**wrong)


def test_the_smallest_world_can_be_made(tmp_path):
    truth = make_world(tmp_path, Plan(factories=1, weeks=1))
    assert len(truth.levels) == 48 * 7
    assert truth.anomalies.empty
