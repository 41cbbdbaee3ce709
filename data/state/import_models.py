"""The tables of imports: what somebody gave us to load, and which rows each load brought.

See `data/state/models.py` for what holds of all tables.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.state.columns import random_number
from data.state.models import Base


class ImportRow(Base):
    """One file on its way in. `public_id` names it in addresses; its bytes lie in the home, under that name.

    `wanted` holds what a person chose on the way (file format, name of the mapping to keep), `mapping` the TOML text
    that reads the file, or nothing for a canonical file. `begun_at` is set before a load begins, so that one that was
    cut off is known as such. `load` is the load's number in the vault. `said` is one sentence for people.
    """

    __tablename__ = "imports"
    __table_args__ = (
        UniqueConstraint("token_id", "idempotency"),
        CheckConstraint(
            "stage IN ('draft', 'checking', 'checked', 'waiting', 'loading', 'loaded', 'refused', 'cancelled',"
            " 'failed', 'undoing', 'undone')",
            name="stage",
        ),
        Index("ix_imports_organisation_id_created_at", "organisation_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=random_number)
    public_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    token_id: Mapped[int | None]
    name: Mapped[str]
    size: Mapped[int]
    kind: Mapped[str | None]
    source: Mapped[str]
    mapping: Mapped[str | None]
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    stage: Mapped[str] = mapped_column(index=True)
    done: Mapped[int | None]
    total: Mapped[int | None]
    said: Mapped[str]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    load: Mapped[int | None] = mapped_column(index=True)
    begun_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    idempotency: Mapped[str | None]
    body_hash: Mapped[str]


class LoadSpanRow(Base):
    """The rows that one load added to one table of the state store: numbers from `first_id` to `last_id`.

    Only loads write to those tables, one at a time, so what one adds is one stretch of numbers. The span in `loads`
    itself says which line of the book is that load's, and when it was undone.
    """

    __tablename__ = "load_spans"

    id: Mapped[int] = mapped_column(primary_key=True)
    load: Mapped[int] = mapped_column(index=True)
    place: Mapped[str]
    first_id: Mapped[int]
    last_id: Mapped[int]
    undone_at: Mapped[datetime | None]
