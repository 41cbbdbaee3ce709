"""The table of questions about rows of factory lists. See `data/state/models.py` for what holds of all tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.state.models import Base


class ReviewRow(Base):
    """One row of a list that may be a known factory; open until somebody decides.

    `row_key` is the same whenever the list brings the row again. `candidates` holds the factories it may be, each
    with score and reason. `factory_id` is the one it was said to be.
    """

    __tablename__ = "registry_reviews"
    __table_args__ = (
        UniqueConstraint("source", "row_key"),
        CheckConstraint("verdict IN ('same', 'new', 'out')", name="verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    row_key: Mapped[str]
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    why: Mapped[str]
    created_at: Mapped[datetime]
    verdict: Mapped[str | None]
    factory_id: Mapped[str | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
