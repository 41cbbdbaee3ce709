"""Questions about rows of factory lists: asked once, decided by a person, and remembered for the next load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from data.registry.questions import NEW, OUT, SAME, Candidate, Decision, Question
from data.state.columns import storable
from data.state.registry_models import ReviewRow
from data.state.store import Change, Look


class NotDecided(Exception):
    """The question is not there, was decided before, or the factory is none of those that were asked about."""


@dataclass(frozen=True)
class Review:
    """One question as it was asked, and what was said to it: None while it is open."""

    id: int
    source: str
    question: Question
    at: datetime
    verdict: str | None
    factory_id: str | None
    decided_at: datetime | None


def queue_reviews(change: Change, source: str, rows: Iterable[Question]) -> int:
    """How many new questions there are now. A row that was asked about before, from the same source, stays one.

    An open question takes the newest candidates, as factories may have come since; a decided one stays as it is.
    """
    before = {
        row.row_key: row
        for row in change.connection.execute(
            select(ReviewRow.id, ReviewRow.row_key, ReviewRow.verdict).where(ReviewRow.source == storable(source))
        )
    }
    new, now = [], datetime.now(UTC)
    for question in rows:
        told = {
            "row": storable_texts(question.row),
            "candidates": [storable_texts(vars(one)) for one in question.candidates],
            "why": question.why,
        }
        known = before.get(question.key)
        if known is None:
            new.append({**told, "source": source, "row_key": question.key, "created_at": now})
        elif known.verdict is None:
            change.connection.execute(update(ReviewRow).where(ReviewRow.id == known.id).values(**told))
    if new:
        change.connection.execute(insert(ReviewRow), new)
    return len(new)


def open_reviews(look: Look, limit: int = 50, source: str | None = None) -> list[Review]:
    """The open questions of one list, or of all, oldest first."""
    query = select(ReviewRow.__table__).where(ReviewRow.verdict.is_(None)).order_by(ReviewRow.id).limit(limit)
    if source is not None:
        query = query.where(ReviewRow.source == storable(source))
    return [review(dict(row)) for row in look.connection.execute(query).mappings()]


def open_counts(look: Look) -> list[tuple[str, int]]:
    """Every list with open questions and how many it has, by name."""
    query = select(ReviewRow.source, func.count()).where(ReviewRow.verdict.is_(None)).group_by(ReviewRow.source)
    return sorted((str(source), int(number)) for source, number in look.connection.execute(query))


def decided_reviews(look: Look, limit: int = 10) -> list[Review]:
    """What was decided lately, newest first."""
    query = (
        select(ReviewRow.__table__)
        .where(ReviewRow.verdict.is_not(None))
        .order_by(ReviewRow.decided_at.desc(), ReviewRow.id.desc())
        .limit(limit)
    )
    return [review(dict(row)) for row in look.connection.execute(query).mappings()]


def decide(change: Change, review_id: int, verdict: str, factory_id: str | None, user: int | None) -> Review:
    """The question with what was said to it. Raises NotDecided; two who decide at once cannot both be right."""
    query = select(ReviewRow.__table__).where(ReviewRow.id == review_id).with_for_update()
    found = change.connection.execute(query).mappings().one_or_none()
    if found is None or found["verdict"] is not None or verdict not in (SAME, NEW, OUT):
        raise NotDecided
    asked = {one["factory_id"] for one in found["candidates"]}
    if (verdict == SAME) != (factory_id is not None) or (factory_id is not None and factory_id not in asked):
        raise NotDecided
    values = {"verdict": verdict, "factory_id": factory_id, "decided_by": user, "decided_at": datetime.now(UTC)}
    change.connection.execute(update(ReviewRow).where(ReviewRow.id == review_id).values(**values))
    return review({**found, **values})


def reopened(change: Change, review_id: int) -> Review:
    """The question, open again. Raises NotDecided where it is not there or is open."""
    query = select(ReviewRow.__table__).where(ReviewRow.id == review_id).with_for_update()
    found = change.connection.execute(query).mappings().one_or_none()
    if found is None or found["verdict"] is None:
        raise NotDecided
    values = {"verdict": None, "factory_id": None, "decided_by": None, "decided_at": None}
    change.connection.execute(update(ReviewRow).where(ReviewRow.id == review_id).values(**values))
    return review({**found, **values})


def decided(look: Look, source: str) -> dict[str, Decision]:
    """What was said to rows of this source, by the key of the row."""
    query = select(ReviewRow.row_key, ReviewRow.verdict, ReviewRow.factory_id, ReviewRow.candidates).where(
        ReviewRow.source == storable(source), ReviewRow.verdict.is_not(None)
    )
    return {
        row.row_key: Decision(
            str(row.verdict),
            row.factory_id,
            frozenset(str(one["factory_id"]) for one in row.candidates) - {row.factory_id},
        )
        for row in look.connection.execute(query)
    }


def review(row: Mapping[str, Any]) -> Review:
    """A question from its line in the table."""
    candidates = tuple(Candidate(**one) for one in row["candidates"])
    question = Question(row["row_key"], row["row"], candidates, row["why"])
    return Review(
        row["id"], row["source"], question, row["created_at"], row["verdict"], row["factory_id"], row["decided_at"]
    )


def storable_texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with every text as both databases can keep it; PostgreSQL refuses some signs in JSON too."""
    return {
        name: storable(value)
        if isinstance(value, str)
        else storable_texts(value)
        if isinstance(value, Mapping)
        else value
        for name, value in values.items()
    }
