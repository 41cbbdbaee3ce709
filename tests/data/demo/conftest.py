"""A small demo world, made once for all tests of this folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.demo.world import Plan, Truth, make_world

SMALL = Plan(seed=11, factories=8, weeks=26, last_day=date(2026, 6, 30), uneven=0.0)


@dataclass(frozen=True)
class Made:
    """A world on disk with its truth."""

    folder: Path
    plan: Plan
    truth: Truth

    def table(self, name: str) -> pd.DataFrame:
        """One CSV file, everything as text."""
        return pd.read_csv(self.folder / f"{name}.csv", dtype=str, keep_default_na=False)

    def ask(self, query: str, *values: object) -> pd.DataFrame:
        """What a query answers about `answers`, `levels` and `book`."""
        with duckdb.connect() as connection:
            book = Path(__file__).resolve().parents[3] / "data" / "codebook" / "indicators.csv"
            connection.register("levels", self.truth.levels)
            connection.execute(f"CREATE VIEW answers AS FROM '{self.folder / 'answers.parquet'}'")
            connection.execute(f"CREATE VIEW book AS FROM read_csv('{book}')")
            return connection.execute(query, list(values) or None).df()


@pytest.fixture(scope="session")
def small_plan() -> Plan:
    return SMALL


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("world")
    return Made(folder, SMALL, make_world(folder, SMALL))
