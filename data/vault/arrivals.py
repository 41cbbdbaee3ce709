"""A list of factories without identifiers of ours: each row is a factory that is here, a new one, or waits.

Nothing is merged silently. A row that is certainly a known factory only fills in what is not known of it; one that may
be several, or perhaps none, waits for a person, and stands in the quarantine until then (docs/registry.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.engine import Engine
from data.readers.kinds import KINDS
from data.readers.staging import create_table, insert
from data.registry.arrivals import row_keys, settled_arrivals
from data.registry.questions import OUT, SAME, Decision, Question
from data.vault.dimensions import staged_rows
from data.vault.findings import Finding
from data.vault.outcome import Outcome, plain_rows

FACTORIES = KINDS["factories"]
KEY_LENGTH = 16
"""So many hexadecimal digits of its row's key name a new factory."""


@dataclass(frozen=True)
class Linked:
    """What became of a list: questions to a person, the rows that were not taken, and how many were linked."""

    questions: tuple[Question, ...]
    waiting: pd.DataFrame
    """`line`, `reason` and the row's own columns."""
    same: int
    new: int

    def add_to(self, outcome: Outcome) -> None:
        """Nothing; the rows that were not taken are among the rejected ones."""
        outcome.rejected += len(self.waiting)
        outcome.reject(plain_rows(self.waiting))

    def finding(self) -> Finding:
        """How many rows were linked, new, or wait."""
        left_out = len(self.waiting) - len(self.questions)
        said = (
            f"{self.same:,} rows are factories that are here already, {self.new:,} are new, "
            f"{len(self.questions):,} wait for a person on the page Factory lists, {left_out:,} were left out."
        )
        details = {"same": self.same, "new": self.new, "waiting": len(self.questions), "left_out": left_out}
        return Finding("links", "factories", said, serious=bool(self.questions), details=details)


def link_staged(engine: Engine, decided: Mapping[str, Decision]) -> Linked:
    """What becomes of the staged list. Its staged rows now have the identifiers of factories, and none waits there."""
    rows = staged_rows(engine, "factories")
    known = engine.frame("factories_known").astype("object")
    known = known.where(known.notna(), None)
    keys = pd.Series(row_keys(rows), index=rows.index)
    # A row that made a factory before is that factory, whatever other ones have come to be near to it.
    made = keys[keys.str[:KEY_LENGTH].isin(set(known["factory_id"]))]
    own = {key: Decision(SAME, key[:KEY_LENGTH]) for key in made}
    found = settled_arrivals(known, rows, own | dict(decided))
    said = found.verdicts
    new = found.new.assign(factory_id=keys.loc[found.new.index].str[:KEY_LENGTH])
    taken = pd.concat([new, filled(found.same, known)]).sort_values("line")
    waiting = rows[~rows["line"].isin(taken["line"])].drop(columns=["factory_id"])
    reasons = [reason(*row) for row in said[["verdict", "why"]].itertuples(index=False, name=None)]
    waiting.insert(1, "reason", pd.Series(reasons, index=rows.index).loc[waiting.index])
    create_table(engine, FACTORIES)
    if len(taken):
        insert(engine, FACTORIES, taken, ())
    return Linked(found.unsure, waiting, len(found.same), len(found.new))


def filled(same: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of known factories with what is known of each; the list only fills in what was not known before."""
    there = known.drop_duplicates("factory_id").set_index("factory_id").reindex(same["factory_id"])
    rows = same.copy()
    for column in set(rows.columns) & set(there.columns):
        before = there[column].astype("object").where(there[column].notna(), None).to_numpy()
        rows[column] = pd.Series(before, index=rows.index).map(text, na_action="ignore").fillna(rows[column])
    return rows


def text(value: object) -> str:
    """A known value as a file would write it."""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def reason(verdict: str, why: str) -> str:
    """Why a row was not taken."""
    if verdict == OUT:
        return "a person said that it is to be left out"
    return f"it may be a factory that is here already, and waits on the page Factory lists: {why}"
