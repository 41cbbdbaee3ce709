"""Factories, head counts and questions: checked, compared with what is known, and written."""

import secrets
from pathlib import Path

import numpy as np
import pandas as pd

from data.codebook.questions import DEFAULT_CODEBOOK
from data.codebook.timezones import zone_of
from data.engine import Engine
from data.registry.coordinates import flagged_coordinates
from data.registry.lists import os_id_fault
from data.vault.checks import RULES, checked
from data.vault.outcome import ACCEPTED, PRESENT, REJECTED

CROSS = ["factory_id", "gender", "department", "tenure_band", "others"]
"""What says which head count is meant."""
QUESTION = ["theme", "text", "scale", "polarity", "zero_tolerance", "is_vignette", "role"]
"""What may not change under the same indicator: another wording, scale or polarity is a new question."""


def staged_rows(engine: Engine, name: str) -> pd.DataFrame:
    """The staged rows of one small table, as text, in the order of the file."""
    return engine.connection.execute(f"SELECT * FROM staged_{name} ORDER BY line").df()


def settled(rows: pd.DataFrame, known: pd.DataFrame, key: list[str], *, may_change: bool) -> pd.DataFrame:
    """The checked rows with their `outcome`: against the rows before them in the file, then against `known`.

    The same key with the same content is already present; with other content it is rejected within one
    file, and against what is known it is accepted only if `may_change`.
    """
    content = [c for c in known.columns if c not in key]
    rows = rows.copy()
    for column in [*key, *content]:
        rows[column] = rows[column].astype("object").where(rows[column].notna(), None)
        known = known.assign(**{column: known[column].astype("object").where(known[column].notna(), None)})
    good = rows["reason"].isna()
    first = rows[good].drop_duplicates(key)
    before = compared(rows, first, key, content)
    later = good & ~rows.index.isin(first.index)
    there = compared(rows, known, key, content)
    rows["outcome"] = np.where(good, ACCEPTED, REJECTED)
    rows.loc[later & (before == "same"), "outcome"] = PRESENT
    rows.loc[later & (before == "other"), ["outcome", "reason"]] = [
        REJECTED,
        f"{' and '.join(key)} stands earlier in this file with another content",
    ]
    here = good & ~later
    rows.loc[here & (there == "same"), "outcome"] = PRESENT
    if not may_change:
        rows.loc[here & (there == "other"), ["outcome", "reason"]] = [
            REJECTED,
            f"{' and '.join(key)} is already here with another content; give it a new id",
        ]
    return rows


def compared(rows: pd.DataFrame, known: pd.DataFrame, key: list[str], content: list[str]) -> "pd.Series[str]":
    """For each row "new", "same" or "other", against the known row with the same key."""
    joined = rows[[*key, *content]].merge(
        known[[*key, *content]], on=key, how="left", suffixes=("", "_k"), indicator=True
    )
    same = pd.Series(True, index=joined.index)
    for column in content:
        left, right = joined[column], joined[f"{column}_k"]
        same &= (left == right) | (left.isna() & right.isna())
    words = np.where(joined["_merge"] == "left_only", "new", np.where(same, "same", "other"))
    return pd.Series(words, index=rows.index, dtype="str")


def checked_factories(engine: Engine) -> pd.DataFrame:
    """The staged factories with their outcome; a factory that changed is accepted and counts from now on.

    Coordinates that cannot be where it stands are left out; `misplaced` then says why.
    """
    known = engine.frame("factories_known")[list(RULES["factories"])]
    rows = without_misplaced(checked("factories", staged_rows(engine, "factories")))
    rows = completed(rows, known)
    rows["name"] = rows["name"].fillna(rows["factory_id"])
    rows["timezone"] = rows["timezone"].fillna(rows["country"].map(zone_of, na_action="ignore").astype("str"))
    return settled(rows, known, ["factory_id"], may_change=True)


def without_misplaced(rows: pd.DataFrame) -> pd.DataFrame:
    """The factories, without coordinates that cannot be where they stand, and `misplaced`: why, missing elsewhere."""
    flagged = flagged_coordinates(rows[["country", "latitude", "longitude"]])
    rows = rows.assign(misplaced=flagged["reason"].reindex(rows.index))
    for column in ("latitude", "longitude"):
        rows[column] = rows[column].mask(rows["misplaced"].notna())
    return rows


def misplaced(rows: pd.DataFrame) -> list[str]:
    """A warning about coordinates that were left out, with the first of them."""
    found = rows[rows["misplaced"].notna()]
    if found.empty:
        return []
    told = found[["line", "misplaced"]].head(3).itertuples(index=False)
    first = "; ".join(f"line {line}: {why}" for line, why in told)
    whose = "one factory" if len(found) == 1 else f"{len(found):,} factories"
    return [f"The coordinates of {whose} were left out, as they cannot be right ({first})."]


def odd_ids(rows: pd.DataFrame) -> list[str]:
    """A warning about identifiers of the Open Supply Hub that have not its form; they are kept as they are."""
    faults = rows["os_id"].dropna().map(os_id_fault).dropna()
    if faults.empty:
        return []
    line = int(rows.loc[faults.index[0], "line"])
    first = f"line {line}: {faults.iloc[0]}"
    return [
        f"Identifiers of the Open Supply Hub are not right in {len(faults):,} of the rows; they were kept ({first})."
    ]


def completed(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The factories with empty attributes as they are known: a file that lacks an owner takes none away.

    A time zone stays only with its country, as most are that country's own.
    """
    rows = rows.copy()
    there = known.drop_duplicates("factory_id").set_index("factory_id").reindex(rows["factory_id"])
    there.index = rows.index
    there["timezone"] = there["timezone"].where(there["country"] == rows["country"])
    for column in known.columns.drop("factory_id"):
        rows[column] = rows[column].where(rows[column].notna(), there[column])
    return rows


def write_factories(engine: Engine, rows: pd.DataFrame, load: int) -> None:
    """Appends the accepted factories; a new one gets its key and the id under which it may be published."""
    new = rows[rows["outcome"] == ACCEPTED]
    if new.empty:
        return
    public = [secrets.token_hex(8) for _ in new.index]
    engine.offer("new_factories", {c: new[c].to_numpy() for c in RULES["factories"]} | {"fresh_id": public})
    engine.do("factories_written", load=load)


def checked_headcount(engine: Engine) -> pd.DataFrame:
    """The staged head counts with their outcome. A factory is counted as a whole.

    What a file says of a factory replaces its earlier count, so one wrong row holds back all of that factory:
    the rest alone would count too few people.
    """
    rows = checked("headcount", staged_rows(engine, "headcount"))
    rows["others"] = staged_rows(engine, "headcount")["others"].map(spelled)
    known = engine.frame("known_headcount")
    known["others"] = known["others"].map(spelled)
    factories = set(engine.frame("factory_ids")["factory_id"])
    undeclared = rows["reason"].isna() & ~rows["factory_id"].isin(factories)
    rows.loc[undeclared, "reason"] = "factory_id is not declared in factories"
    rows = settled(rows, known, CROSS, may_change=True)
    counted = rows[~rows.duplicated(CROSS)].groupby("factory_id").size()
    fewer = counted < known.groupby("factory_id").size().reindex(counted.index)
    changed = set(rows.loc[rows["outcome"] == ACCEPTED, "factory_id"]) | set(counted.index[fewer])
    refused = set(rows.loc[rows["outcome"] == REJECTED, "factory_id"].dropna())
    held = rows["factory_id"].isin(refused) & (rows["outcome"] != REJECTED)
    rows.loc[held, ["outcome", "reason"]] = [REJECTED, "another row of this factory's head count was rejected"]
    anew = rows["factory_id"].isin(changed - refused) & ~rows.duplicated(CROSS)
    rows.loc[anew, "outcome"] = ACCEPTED
    return rows


def spelled(others: object) -> str:
    """Further segments as one text that can be compared."""
    return repr(sorted(others.items())) if isinstance(others, dict) else ""


def write_headcount(engine: Engine, rows: pd.DataFrame, load: int) -> None:
    """Appends the accepted head counts; of each factory the latest load counts."""
    kept = rows[rows["outcome"] == ACCEPTED]
    if kept.empty:
        return
    engine.offer(
        "kept_headcount",
        {"line": kept["line"].to_numpy(), "headcount": kept["headcount"].astype("int64").to_numpy()},
    )
    engine.do("headcount_written", load=load)


def default_questions() -> pd.DataFrame:
    """The rows of the default codebook, as text."""
    path = Path(__file__).parent.parent / "codebook" / "indicators.csv"
    rows = pd.read_csv(path, dtype="str", keep_default_na=False).replace("", None)
    return rows.assign(line=range(2, len(rows) + 2), codebook=DEFAULT_CODEBOOK, is_vignette=None)


def checked_questions(engine: Engine, rows: pd.DataFrame, codebook: str) -> pd.DataFrame:
    """Questions with their outcome. A known id with another wording, scale or polarity is rejected."""
    found = checked("indicators", rows)
    found["codebook"] = found["codebook"].fillna(codebook)
    found["is_vignette"] |= found["theme"] == "vignette"
    found["theme_name"] = found["theme_name"].fillna(found["theme"])
    found["role"] = found["role"].fillna("scored")
    known = engine.frame("known_questions")
    return settled(
        found, known[["codebook", "indicator_id", *QUESTION]], ["codebook", "indicator_id"], may_change=False
    )


def write_questions(engine: Engine, rows: pd.DataFrame, load: int) -> None:
    """Appends the accepted questions, each with a key of its own."""
    new = rows[rows["outcome"] == ACCEPTED]
    if new.empty:
        return
    columns = [
        "codebook",
        "indicator_id",
        "theme",
        "theme_name",
        "short_name",
        "text",
        "scale",
        "polarity",
        "zero_tolerance",
        "is_vignette",
        "role",
        "event_sensitive",
    ]
    engine.offer("new_questions", {c: new[c].to_numpy() for c in columns})
    engine.do("questions_written", load=load)
