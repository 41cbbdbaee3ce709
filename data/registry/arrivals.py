"""What becomes of each row of an arriving list: a known factory, a new one, left out, or a question to a person."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data.registry.linking import CERTAIN, UNSURE, Linking, Pair, linking, verdicts
from data.registry.lists import COLUMNS
from data.registry.questions import NEW, OUT, SAME, Candidate, Decision, Question
from data.registry.reasons import agreement

ASKED = 5
"""So many known factories are laid beside an unsure row."""
LEAST = 0.01
"""The chance from which a factory is laid beside a row, besides the likeliest one."""


@dataclass(frozen=True)
class Arrivals:
    """The rows of a list by what becomes of them; together they are all rows, each once."""

    new: pd.DataFrame
    same: pd.DataFrame
    """With the known factory's id in `factory_id`."""
    left_out: pd.DataFrame
    unsure: tuple[Question, ...]
    verdicts: pd.DataFrame
    """For each row, in order: `arriving` (its label), `known` (a factory_id), `verdict`, `score`, `why`."""


def settled_arrivals(known: pd.DataFrame, arriving: pd.DataFrame, decided: Mapping[str, Decision]) -> Arrivals:
    """The arriving rows by what becomes of them, those decided before as they were decided.

    `known` has `factory_id`; both have any of the columns of `lists.COLUMNS`. `decided` is by `row_key`. Nothing is
    merged that is not certain or decided, and every row has its reason in `verdicts`. What was decided for a factory
    that is gone, as its load was undone, is asked again.
    """
    found = linking(known.set_index(known["factory_id"].astype("str"), drop=False), arriving)
    said = verdicts(found)
    keys = row_keys(arriving)
    questions = []
    for at, key in enumerate(keys):
        decision = decided.get(key)
        if decision and (decision.verdict != SAME or decision.factory_id in found.known.index):
            said.loc[at, ["known", "verdict", "score", "why"]] = as_decided(found, at, decision)
        elif said.at[at, "verdict"] == UNSURE:
            questions.append(question(found, at, key, str(said.at[at, "why"])))
    verdict = said["verdict"].to_numpy()
    same = arriving[verdict == CERTAIN].copy()
    same["factory_id"] = said.loc[verdict == CERTAIN, "known"].to_numpy()
    return Arrivals(arriving[verdict == NEW], same, arriving[verdict == OUT], first_of_each(questions), said)


def as_decided(found: Linking, at: int, decision: Decision) -> tuple[str | None, str, float, str]:
    """The known factory, verdict, score and reason of a row that a person decided about.

    A row that was called a new factory has become one at the last load; its own entry is known again, while the
    factories it was told from are not asked about any more.
    """
    if decision.verdict == SAME:
        return decision.factory_id, CERTAIN, 1.0, "A person said that it is this factory."
    if decision.verdict == OUT:
        return None, OUT, 0.0, "A person said that it is to be left out."
    for pair in found.pairs.get(at, []):
        label = str(found.known.index[pair.known])
        if label not in decision.others and is_entry_of(pair):
            return label, CERTAIN, 1.0, "A person said that it is a factory of its own, and this is its entry."
    return None, NEW, 0.0, "A person said that it is a new factory."


def is_entry_of(pair: Pair) -> bool:
    """True where a known factory was made from this very row: its name and address are the same to the letter."""
    return pair.names.complete and not pair.names.written_otherwise and pair.address in (None, "same", "same town")


def question(found: Linking, at: int, key: str, why: str) -> Question:
    """The question about one row, with the factories that it may be, the likeliest first."""
    pairs = found.pairs[at]
    shown = [p for place, p in enumerate(pairs) if not place or found.chances[at, p.known] >= LEAST or p.at_one_address]
    candidates = tuple(
        Candidate(
            factory_id=str(found.known.index[pair.known]),
            row=fields(found.known.iloc[pair.known]),
            score=round(found.chances[at, pair.known], 3),
            why=agreement(pair),
        )
        for pair in shown[:ASKED]
    )
    return Question(key, fields(found.arriving.iloc[at]), candidates, why)


def first_of_each(questions: list[Question]) -> tuple[Question, ...]:
    """The questions without those about a row that stands in the list twice."""
    return tuple({one.key: one for one in reversed(questions)}.values())[::-1]


def fields(row: pd.Series) -> dict[str, str | None]:
    """The fields of a row that are compared, as text; None where there is nothing."""
    found = {name: row[name] for name in COLUMNS if name in row.index}
    return {
        name: None if value is None or value != value else str(value).strip() or None for name, value in found.items()
    }


def row_keys(frame: pd.DataFrame) -> list[str]:
    """A key for each row: the same for the same name, address, country, point and id, whatever else changed."""
    telling = [name for name in ("name", "address", "country", "latitude", "longitude", "os_id") if name in frame]
    return [row_key(fields(row)) for _, row in frame[telling].iterrows()]


def row_key(row: Mapping[str, str | None]) -> str:
    """The key under which a decision about a row is kept."""
    parts = [f"{name}={' '.join((row.get(name) or '').casefold().split())}" for name in COLUMNS[:6]]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
