"""What is really so in a demo world, beside which estimates can be held."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd


@dataclass(frozen=True)
class Truth:
    """The generating process in figures: expectations, not estimates.

    - `levels`: `factory_id, indicator_id, date, level, level_without_effects`: the mean over ALL workers of
      the factory of what each is expected to answer that day, recoded to 0..100 (100 good). Both are held
      within 2..99.8, so where one lies at an end their difference may be less than the sum of effects. A
      coached week and a late start do not change the level, only the answers.
    - `profiles`: `kind, indicator_id, lag, effect`: points at severity 1 in the 7 days that begin `lag` weeks
      after the action, for lags 0..12; all zero in a plan without effects. Effects of several actions add up.
    - `actions`: `action_id, factory_id, buyer_id, kind, date, severity`: what multiplies the profile.
    - `anomalies`: `factory_id, kind, first_day, last_day`: kinds `coached` and `settling_in`; in a plan that asks
      for all, those of `anomalies.py` too.
    """

    levels: pd.DataFrame
    profiles: pd.DataFrame
    actions: pd.DataFrame
    anomalies: pd.DataFrame

    def write(self, folder: Path) -> None:
        """Writes each table as Parquet into the folder, which is made when it does not exist."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            write_parquet(getattr(self, field.name), folder / f"{field.name}.parquet")


def write_parquet(table: pd.DataFrame, path: Path, **special: str) -> None:
    """Writes a table as Parquet, in its order; dates become days and categories become text.

    `special` holds other SQL for single columns; an empty one leaves the column out.
    """
    chosen = [cast(str(name), table[name]) for name in table.columns if name not in special]
    chosen += [f'{expression} AS "{name}"' for name, expression in special.items() if expression]
    with duckdb.connect() as connection:
        connection.register("world", table)
        connection.execute(
            f"COPY (SELECT {', '.join(chosen)} FROM world) TO ? (FORMAT parquet, COMPRESSION zstd)",
            [str(path)],
        )


def cast(name: str, column: "pd.Series[Any]") -> str:
    """The SQL that reads a column with the type it shall have in the file."""
    if column.dtype.kind == "M":
        return f'CAST("{name}" AS DATE) AS "{name}"'
    if isinstance(column.dtype, pd.CategoricalDtype):
        return f'CAST("{name}" AS VARCHAR) AS "{name}"'
    return f'"{name}"'
