"""Factories, head counts and questions: checked, compared with what is known, and written."""

import secrets
from pathlib import Path

import numpy as np
import pandas as pd

from data.codebook.timezones import zone_of
from data.engine import Engine
from data.vault.checks import RULES, checked
from data.vault.outcome import ACCEPTED, PRESENT, REJECTED

DEFAULT_CODEBOOK = "seamline-1"
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
    """The staged factories with their outcome; a factory that changed is accepted and counts from now on."""
    rows = checked("factories", staged_rows(engine, "factories"))
    rows["name"] = rows["name"].fillna(rows["factory_id"])
    rows["timezone"] = rows["timezone"].fillna(rows["country"].map(zone_of, na_action="ignore"))
    known = engine.frame("factories_known")[list(RULES["factories"])]
    return settled(rows, known, ["factory_id"], may_change=True)


def write_factories(engine: Engine, rows: pd.DataFrame, load: int) -> None:
    """Appends the accepted factories; a new one gets its key and the id under which it may be published."""
    new = rows[rows["outcome"] == ACCEPTED]
    if new.empty:
        return
    public = [secrets.token_hex(8) for _ in new.index]
    engine.offer("new_factories", {c: new[c].to_numpy() for c in RULES["factories"]} | {"fresh_id": public})
    engine.do("factories_written", load=load)


def checked_headcount(engine: Engine) -> pd.DataFrame:
    """The staged head counts with their outcome. A factory counted anew replaces its earlier count."""
    rows = checked("headcount", staged_rows(engine, "headcount"))
    others = staged_rows(engine, "headcount")["others"]
    rows["others"] = others.map(lambda found: repr(sorted(found.items())) if isinstance(found, dict) else "")
    known = engine.frame("known_headcount")
    known["others"] = known["others"].map(lambda found: repr(sorted(found.items())) if isinstance(found, dict) else "")
    factories = set(engine.frame("factory_ids")["factory_id"])
    undeclared = rows["reason"].isna() & ~rows["factory_id"].isin(factories)
    rows.loc[undeclared, "reason"] = "factory_id is not declared in factories"
    return settled(rows, known, ["factory_id", "gender", "department", "tenure_band", "others"], may_change=True)


def write_headcount(engine: Engine, rows: pd.DataFrame, load: int) -> None:
    """Appends the head counts of every factory with an accepted row, all its rows, so that the latest load is whole."""
    changed = rows.loc[rows["outcome"] == ACCEPTED, "factory_id"].unique()
    kept = rows[rows["factory_id"].isin(changed) & (rows["outcome"] != REJECTED)]
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
