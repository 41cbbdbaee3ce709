"""Benchmarks: what is told of a cohort, month by month, and that a month once frozen stays."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from data.engine import Engine
from data.release import cohorts
from data.release.cohorts import freeze_cohorts
from data.release.run import Run
from data.vault.store import migrate
from scoring import method

COUNTRIES = ("BD", "VN", None)
MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


class Draft:
    """A vault and a release that is being written, both in memory: one factory after another, cells by hand."""

    def __init__(self) -> None:
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("ATTACH ':memory:' AS vault; USE vault")
        migrate(connection)
        connection.execute("ATTACH ':memory:' AS release")
        self.engine = Engine(connection)
        self.engine.script("release_tables")
        for place, (indicator, theme, role) in enumerate(
            [("Q1", "PAY", "scored"), ("Q2", "PAY", "scored"), ("Q3", "HRS", "scored"), ("Q4", "CTX", "context")]
        ):
            connection.execute(
                "INSERT INTO release.indicators BY NAME SELECT 'book' AS codebook, ? AS indicator_id, ? AS theme, "
                "? AS role, FALSE AS zero_tolerance, FALSE AS is_vignette, ? AS place",
                [indicator, theme, role, place],
            )

    def factory(
        self, number: int, country: str | None, sector: str, owner: int, means: dict[str, float], n: int
    ) -> None:
        """Adds a factory with a cell of n answers in each month, of each of these indicators."""
        name = f"F{number}"
        self.engine.connection.execute(
            "INSERT INTO release.factories BY NAME SELECT ? AS factory_id, ? AS country, ? AS sector, ? AS owner_id",
            [name, country, sector, f"O{owner}"],
        )
        for indicator, mean in means.items():
            for month in MONTHS:
                self.cell(name, indicator, month + timedelta(days=9), n, mean)
                self.engine.connection.execute(
                    "INSERT INTO vault.cells BY NAME SELECT ? AS factory, 1 AS question, ? AS opened, ? AS closed",
                    [number, month, month + timedelta(days=9)],
                )

    def cell(self, factory: str, indicator: str, closed: date, n: int, mean: float) -> None:
        """Adds one cell of ten days."""
        self.engine.connection.execute(
            "INSERT INTO release.cells BY NAME SELECT ? AS factory_id, ? AS indicator_id, 'book' AS codebook, "
            "? AS opened, ? AS closed, ? AS n, ? AS s1, ? AS s2",
            [factory, indicator, closed - timedelta(days=9), closed, n, n * mean, n * mean * mean],
        )

    def freeze(self, through: date, release: int = 1) -> list[dict[str, object]]:
        """The cohorts in the release after it was written for this day, oldest first."""
        self.engine.connection.execute("DELETE FROM release.cohorts")
        freeze_cohorts(self.engine, Run(release, through, 1, 0, 0))
        found = self.engine.connection.execute("SELECT * FROM release.cohorts ORDER BY ALL")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture
def draft() -> Iterator[Draft]:
    """An empty vault and release."""
    made = Draft()
    yield made
    made.engine.connection.close()


def seven(draft: Draft, scores: tuple[float, ...] = (40.0, 50.0, 52.4, 57.6, 61.0, 70.0, 88.0)) -> None:
    """Seven factories of one country and sector, each with one score everywhere."""
    for number, score in enumerate(scores):
        draft.factory(number, "BD", "knit", number % 4, {"Q1": score, "Q2": score, "Q3": score, "Q4": 0.0}, 20 + number)


def one(rows: list[dict[str, object]], **wanted: object) -> dict[str, object]:
    """The one row with these values."""
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1
    return found[0]


def test_percentiles_are_those_of_factory_scores_in_whole_points(draft: Draft) -> None:
    seven(draft)
    row = one(draft.freeze(date(2026, 3, 31)), cohort="all", theme="overall", month=MONTHS[2])
    expected = np.percentile([40.0, 50.0, 52.4, 57.6, 61.0, 70.0, 88.0], [25, 50, 75])
    assert [row["p25"], row["p50"], row["p75"]] == [float(round(value)) for value in expected] == [51.0, 58.0, 66.0]
    assert (row["p10"], row["p90"]) == (None, None)
    assert (row["factories"], row["reason"]) == (5, None)
    assert row["answers"] == 5 * round(3 * 3 * sum(range(20, 27)) / 5)


def test_context_answers_count_nowhere(draft: Draft) -> None:
    seven(draft)
    rows = draft.freeze(date(2026, 3, 31))
    assert {row["theme"] for row in rows} == {"overall", "PAY", "HRS"}


def test_ends_are_told_from_twenty_factories_on(draft: Draft) -> None:
    for number in range(20):
        draft.factory(number, "BD" if number else "VN", "knit", number % 5, {"Q1": 2.0 * number}, 30)
    rows = draft.freeze(date(2026, 1, 31))
    everybody = one(rows, cohort="all", theme="PAY")
    assert [everybody[f"p{p}"] for p in (10, 25, 50, 75, 90)] == [4.0, 10.0, 19.0, 29.0, 34.0]
    assert one(rows, cohort="country", country="BD", theme="PAY")["p50"] is None  # VN would follow


def test_few_and_none_look_alike(draft: Draft) -> None:
    seven(draft)
    draft.factory(10, "VN", "knit", 5, {"Q1": 30.0}, 40)
    draft.factory(11, "KE", "shoe", 6, {}, 0)
    rows = draft.freeze(date(2026, 1, 31))
    few = one(rows, cohort="country", country="VN", theme="PAY")
    none = one(rows, cohort="country", country="KE", theme="PAY")
    same = [name for name in few if name != "country"]
    assert [few[name] for name in same] == [none[name] for name in same]
    assert few["reason"] == "not_enough"
    told = ("factories", "answers", "p10", "p25", "p50", "p75", "p90")
    assert all(few[name] is None for name in told)
    assert len([row for row in rows if row["cohort"] == "country_sector" and row["theme"] == "PAY"]) == 3 * 2


def test_a_month_is_frozen_when_it_is_over(draft: Draft) -> None:
    seven(draft)
    assert draft.freeze(date(2026, 1, 30)) == []
    assert {row["month"] for row in draft.freeze(date(2026, 1, 31))} == {MONTHS[0]}
    assert {row["month"] for row in draft.freeze(date(2026, 4, 2))} == set(MONTHS)


def test_a_frozen_month_never_changes(draft: Draft) -> None:
    seven(draft)
    before = draft.freeze(date(2026, 2, 28))
    for number in range(20, 40):
        draft.factory(number, "VN", "knit", number, {"Q1": 5.0, "Q3": 5.0}, 90)
    after = draft.freeze(date(2026, 3, 31), release=2)
    assert [row for row in after if row["month"] != MONTHS[2]] == before
    assert one(after, cohort="country", country="VN", theme="overall", month=MONTHS[2])["p50"] == 5.0


def test_a_month_knows_nothing_of_later_cells(draft: Draft) -> None:
    seven(draft)
    for number in range(7):
        draft.cell(f"F{number}", "Q1", date(2026, 3, 20), 500, 0.0)
    rows = draft.freeze(date(2026, 3, 31))
    assert one(rows, cohort="all", theme="PAY", month=MONTHS[1])["p50"] == 58.0
    assert one(rows, cohort="all", theme="PAY", month=MONTHS[2])["p50"] != 58.0


def test_months_without_answers_are_frozen_too(draft: Draft) -> None:
    seven(draft)
    rows = draft.freeze(date(2027, 6, 30))
    late = one(rows, cohort="all", theme="overall", month=date(2027, 6, 1))
    assert late["reason"] == "not_enough"


def test_a_factory_without_owner_country_or_sector_counts_in_everybody(draft: Draft) -> None:
    seven(draft)
    draft.engine.connection.execute(
        "UPDATE release.factories SET owner_id = NULL, country = NULL WHERE factory_id = 'F6'"
    )
    rows = draft.freeze(date(2026, 1, 31))
    assert one(rows, cohort="all", theme="overall")["reason"] is None
    assert one(rows, cohort="country", country="BD", theme="overall")["reason"] == "not_enough"  # F6 would follow


def test_the_connection_is_back_in_the_vault(draft: Draft) -> None:
    seven(draft)
    draft.freeze(date(2026, 1, 31))
    assert draft.engine.connection.execute("SELECT current_database()").fetchone() == ("vault",)


def test_the_half_life_is_that_of_the_method() -> None:
    assert cohorts.HALF_LIFE == method.HALF_LIFE
