"""What goes wrong in a demo world on request: each kind, at a factory of its own, and only there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.demo.anomalies import COPIES, DAYS
from data.demo.truth import Truth
from data.demo.world import Plan, make_world

PLAN = Plan(seed=8, factories=14, weeks=40, last_day=date(2026, 6, 28), anomalies="all")


class Wrong:
    """A world in which something is wrong, and the same one without."""

    def __init__(self, folder: Path) -> None:
        self.truth: Truth = make_world(folder / "wrong", PLAN)
        self.plain: Truth = make_world(folder / "plain", replace(PLAN, anomalies=True))
        self.folder = folder

    def one(self, kind: str) -> pd.Series:
        """The first anomaly of a kind that is not the demo's own."""
        rows = self.truth.anomalies
        return rows[rows["kind"] == kind].iloc[-1]

    def sittings(self, kind: str, world: str = "wrong") -> pd.DataFrame:
        """The sittings of its days at its factory, with their answers as one text."""
        one = self.one(kind)
        with duckdb.connect() as connection:
            return connection.execute(
                "SELECT date, submission_id, count(*) AS n, count(DISTINCT value) AS levels, "
                "count(DISTINCT value) FILTER (scale = 'ordinal5') AS ordinal, "
                "bool_and(value = CASE WHEN polarity = 1 THEN CASE scale WHEN 'yesno' THEN 1 ELSE 5 END "
                "ELSE CASE scale WHEN 'yesno' THEN 0 ELSE 1 END END) AS best, "
                "string_agg(indicator_id || '=' || value, ' ' ORDER BY indicator_id) AS told "
                "FROM read_parquet($file) AS a JOIN read_csv('data/codebook/indicators.csv') AS q USING (indicator_id) "
                "WHERE factory_id = $factory AND date BETWEEN $first AND $last GROUP BY ALL ORDER BY ALL",
                {
                    "file": str(self.folder / world / "answers.parquet"), "factory": one.factory_id,
                    "first": one.first_day.date(), "last": one.last_day.date(),
                },
            ).df()  # fmt: skip


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Wrong:
    return Wrong(tmp_path_factory.mktemp("wrong"))


def test_every_kind_has_a_factory_of_its_own(wrong: Wrong) -> None:
    rows = wrong.truth.anomalies
    assert set(rows["kind"]) == {*DAYS, "settling_in"}
    assert rows["factory_id"].is_unique
    assert set(wrong.plain.anomalies["kind"]) == {"coached", "settling_in"}
    for row in rows[~rows["kind"].isin(["coached", "settling_in"])].itertuples():
        assert (row.last_day - row.first_day).days + 1 == DAYS[row.kind]


def test_the_true_levels_are_the_same(wrong: Wrong) -> None:
    assert wrong.truth.levels["level"].equals(wrong.plain.levels["level"])


def test_it_changes_how_many_sit_down(wrong: Wrong) -> None:
    assert wrong.sittings("silence").empty
    assert not wrong.sittings("silence", "plain").empty
    for kind, more in (("burst", 60), ("implausible", 400), ("duplicates", 4)):
        assert len(wrong.sittings(kind)) >= len(wrong.sittings(kind, "plain")) + more


def test_it_changes_what_is_said(wrong: Wrong) -> None:
    assert wrong.sittings("duplicates")["told"].value_counts().iloc[0] in range(4, COPIES + 1)
    for kind, column, least in (("straightline", "ordinal", 0.6), ("coached", "best", 0.65)):
        told, plain = wrong.sittings(kind)[column], wrong.sittings(kind, "plain")[column]
        share = (told == 1).mean()
        assert least < share < 0.95
        assert (plain == 1).mean() < share - 0.3


def test_a_world_that_is_too_short_leaves_them_out(tmp_path: Path) -> None:
    made = make_world(tmp_path, Plan(seed=1, factories=8, weeks=6, last_day=PLAN.last_day, anomalies="all"))
    assert set(made.anomalies["kind"]) == {"coached", "settling_in"}


def test_the_same_plan_makes_the_same_world(wrong: Wrong, tmp_path: Path) -> None:
    again = make_world(tmp_path, PLAN)
    assert again.anomalies.equals(wrong.truth.anomalies)
    assert (tmp_path / "answers.parquet").read_bytes() == (wrong.folder / "wrong" / "answers.parquet").read_bytes()
