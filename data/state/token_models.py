"""The table of tokens: words by which a program of an organisation sends data.

See `data/state/models.py` for what holds of all tables.
"""

from datetime import date as Day
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.state.columns import random_number
from data.state.models import Base


class TokenRow(Base):
    """One token. Only its SHA-256 is kept. `kinds` are the words of what it may send, with commas between."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True, default=random_number)
    token_hash: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    kinds: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_on: Mapped[Day | None]
    revoked_at: Mapped[datetime | None]
