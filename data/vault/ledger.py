"""Buyers, relations, orders, actions and measures: checked here, kept in the state store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from data.codebook.kinds import described
from data.engine import Engine
from data.readers.staging import Staged
from data.state.measures import record_measures
from data.state.organisations import record_organisations
from data.state.records import Outcome as StateOutcome
from data.state.store import Change, State
from data.state.trade import record_actions, record_orders, record_relations
from data.vault.checks import checked, told
from data.vault.dimensions import staged_rows
from data.vault.outcome import ACCEPTED, REJECTED, plain_rows

LEDGER = ("buyers", "relations", "orders", "buyer_actions", "measures")
DAYS = {
    "since", "until", "placed_date", "due_date", "original_due_date", "shipped_date", "invoice_due_date",
    "paid_date", "cancelled_date", "date", "announced_date", "end_date",
}  # fmt: skip


@dataclass(frozen=True)
class LedgerRows:
    """Checked rows by table, each with its `outcome` and `reason`, and the owners named by factories."""

    tables: dict[str, pd.DataFrame]
    owners: tuple[str, ...]


def checked_ledger(
    engine: Engine, stages: dict[str, Staged], owners: tuple[str, ...], buyer: str | None = None
) -> LedgerRows:
    """The staged ledger tables, checked against the factories that are declared, and the only buyer they may name."""
    factories = set(engine.frame("factory_ids")["factory_id"])
    tables = {}
    for name in LEDGER:
        if name not in stages:
            continue
        rows = checked(name, staged_rows(engine, name))
        if "factory_id" in rows:
            unknown = rows["reason"].isna() & ~rows["factory_id"].isin(factories)
            wrong = told("factory_id", rows["factory_id"], "is not declared in factories")
            rows["reason"] = rows["reason"].where(~unknown, wrong)
        if buyer is not None and "buyer_id" in rows:
            foreign = rows["reason"].isna() & (rows["buyer_id"].fillna("") != buyer)
            rows["reason"] = rows["reason"].mask(foreign, f"buyer_id is not {buyer!r}, the only buyer you speak for")
        if name == "buyer_actions":
            rows = with_unit(rows)
        rows["outcome"] = rows["reason"].map(lambda reason: REJECTED if isinstance(reason, str) else ACCEPTED)
        tables[name] = rows
    return LedgerRows(tables, owners)


def with_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Actions with the unit their kind is measured in; without an actor, or ending before they began, refused."""
    actor = rows["actor_type"].fillna("buyer")
    nobody = rows["reason"].isna() & (actor == "buyer") & rows["buyer_id"].isna()
    backwards = rows["reason"].isna() & (rows["end_date"] < rows["date"])
    rows["reason"] = rows["reason"].mask(nobody, "buyer_id is empty").mask(backwards, "end_date lies before date")
    units = {slug: kind.unit for slug, kind in described().items()}
    rows["unit"] = rows["unit"].fillna(rows["kind"].map(units))
    return rows


class DryRun(Exception):
    """Undoes what a dry run wrote."""


@contextmanager
def recorded(state: State, ledger: LedgerRows, source: str, *, keep: bool) -> Iterator[Change]:
    """Records the ledger's good rows in one transaction that ends with the block; outcomes are filled in.

    Rows that the state store refuses, or already has, get that `outcome` and `reason` in `ledger.tables`.
    """
    try:
        with state.change() as change:
            record_parties(change, ledger)
            for name, write in writers(change, source).items():
                if name in ledger.tables:
                    settle(ledger.tables[name], write)
            yield change
            if not keep:
                raise DryRun
    except DryRun:
        return


def record_parties(change: Change, ledger: LedgerRows) -> None:
    """Makes an organisation of every owner, and of every buyer that is only referred to."""
    record_organisations(change, [{"kind": "owner", "external_id": owner} for owner in ledger.owners])
    if "buyers" in ledger.tables:
        settle(ledger.tables["buyers"], lambda rows: record_organisations(change, [buyer(row) for row in rows]))
    named = [
        rows.loc[rows["outcome"] != REJECTED, "buyer_id"]
        for name, rows in ledger.tables.items()
        if name != "buyers" and "buyer_id" in rows
    ]
    for buyers in named:
        record_organisations(change, [{"kind": "buyer", "external_id": b} for b in buyers.dropna().unique()])


def buyer(row: dict[str, Any]) -> dict[str, Any]:
    """A buyer of the data as an organisation."""
    return {
        "kind": "buyer",
        "external_id": row["buyer_id"],
        "name": row["name"],
        "home_country": row["home_country"],
    }


Write = Callable[[list[dict[str, Any]]], list[StateOutcome]]


def writers(change: Change, source: str) -> dict[str, Write]:
    """How each table of the ledger is written."""
    return {
        "relations": lambda rows: record_relations(change, rows),
        "orders": lambda rows: record_orders(change, rows, source),
        "buyer_actions": lambda rows: record_actions(change, rows, source),
        "measures": lambda rows: record_measures(change, rows, source),
    }


def settle(rows: pd.DataFrame, write: Write) -> None:
    """Writes the good rows of one table and fills in what became of each."""
    good = rows.index[rows["outcome"] == ACCEPTED]
    columns = [c for c in rows.columns if c not in ("line", "reason", "outcome")]
    outcomes = write([plain_values(row) for row in plain_rows(rows.loc[good, columns])])
    # All at once: setting them one by one would take longer than all the rest of a long file.
    told = [outcome if isinstance(outcome, tuple) else (outcome, None) for outcome in outcomes]
    rows.loc[good, "outcome"] = [outcome for outcome, _ in told]
    rows.loc[good, "reason"] = [reason for _, reason in told]


def plain_values(row: dict[str, object]) -> dict[str, Any]:
    """The row with days as dates and numbers as floats."""
    return {
        name: value.date() if name in DAYS and isinstance(value, datetime) else value for name, value in row.items()
    }
