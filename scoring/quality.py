"""What stands beside scores: warnings about answers, and bands of zero-tolerance answers. Never inside a score."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from data.release.reader import OpenRelease
from scoring.grades import FLAG_DAYS
from scoring.views import Flag

FLAG_COLUMNS = ("factory_id", "kind", "from", "to", "detail")
LEAD_COLUMNS = ("factory_id", "indicator_id", "quarter", "band")
"""The columns of FORMATS §3."""


def flags(release: OpenRelease, factories: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per factory, kind of warning and span of whole weeks (`from` a Monday, `to` a Sunday)."""
    rows = release.cells.engine.frame("flags", factories=None if factories is None else list(factories))
    for name in ("from", "to"):
        rows[name] = pd.to_datetime(rows[name]).dt.date
    return rows[list(FLAG_COLUMNS)]


def lowering(release: OpenRelease, factory_id: str, on: date) -> tuple[Flag, ...]:
    """The warnings that lower a factory's grade on a day, newest first: those that `factories_flagged` counts."""
    rows = flags(release, [factory_id])
    newest = rows[(rows["from"] <= on) & (rows["to"] >= on - timedelta(days=FLAG_DAYS))]
    newest = newest.sort_values(["to", "kind"], ascending=[False, True])
    return tuple(
        Flag(str(kind), first, last, str(detail))
        for kind, first, last, detail in newest[list(FLAG_COLUMNS[1:])].itertuples(index=False, name=None)
    )


def leads(release: OpenRelease, factories: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per factory, zero-tolerance question and quarter that enough people answered."""
    rows = release.cells.engine.frame("leads", factories=None if factories is None else list(factories))
    rows["quarter"] = pd.to_datetime(rows["quarter"]).dt.date
    return rows[list(LEAD_COLUMNS)]
