"""The tables of consent and of what is said: requests, remarks with photos, and the audit trail.

See `data/state/models.py` for what holds of all tables.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.state.columns import random_number
from data.state.models import Base


class RequestRow(Base):
    """One side asks the other for access: a buyer to see a factory, or its owner to see what the buyer's acts did.

    Only a grant gives access; a request never does.
    """

    __tablename__ = "requests"
    __table_args__ = (
        CheckConstraint("asked_by IN ('buyer', 'owner')", name="asked_by"),
        CheckConstraint("answer IN ('agreed', 'declined', 'withdrawn')", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=random_number)
    factory_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    asked_by: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    level: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class AuditRow(Base):
    """One line of the trail: who did or opened what, of which factory, about whom. The database keeps it as it is.

    `hash` is the SHA-256 of the hash before it and of this line.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None]
    organisation_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str]
    deed: Mapped[str]
    factory_id: Mapped[str | None] = mapped_column(index=True)
    about_id: Mapped[int | None]
    detail: Mapped[str]
    hash: Mapped[str]


class AuditHeadRow(Base):
    """The end of the trail, in one row: whoever writes a line holds it, so that lines follow one another."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]


class RemarkRow(Base):
    """What an organisation said about an action, a row of scores or a warning.

    Nothing is taken out; a withdrawn one is marked. `topic` is "action", "row" or "flag", and `action_id` names it:
    an action as in the effects file, where an id is made unique by its source; a row by its key; a warning by its kind.
    """

    __tablename__ = "remarks"
    __table_args__ = (CheckConstraint("kind IN ('note', 'dispute')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=random_number)
    action_id: Mapped[str]
    factory_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    topic: Mapped[str] = mapped_column(default="action", server_default="action")


class PhotoRow(Base):
    """The one photo beside a remark, as a JPEG without anything that the camera wrote into it."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remarks.id"), unique=True)
    content: Mapped[bytes]
    width: Mapped[int]
    height: Mapped[int]
