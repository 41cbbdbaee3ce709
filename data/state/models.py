"""The tables of the state store. Other modules of this package use them; nobody else does.

Instants are kept as UTC: with a zone where the database knows one (PostgreSQL), without where it does not
(SQLite); in Python they are always aware. Days are the factory's local days. Identifiers that come from
loaded data (`factory_id`, `buyer_id`, `order_id`) are text, and not foreign keys: files may arrive in any
order.
"""

from datetime import date as Day
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Double,
    ForeignKey,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data.state.columns import Instant, Number, Words

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """What every table shares: constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy's own way of declaring it
        datetime: Instant,
        float: Double,
        int: Number,
        str: Words,
    }


class OrganisationRow(Base):
    """One organisation. `external_id` is the owner_id or buyer_id that the data uses."""

    __tablename__ = "organisations"
    __table_args__ = (
        UniqueConstraint("kind", "external_id"),
        CheckConstraint("kind IN ('owner', 'buyer', 'ngo', 'operator')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str | None]
    home_country: Mapped[str | None]


class UserRow(Base):
    """One person who may sign in. `email` is casefolded; without a hash no password opens the account."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("role IN ('owner', 'buyer', 'ngo', 'operator')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    role: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    active: Mapped[bool]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SessionRow(Base):
    """One signed-in browser. Only the SHA-256 of its cookie is kept.

    While an owner looks as a buyer would, `preview_…` say at which factory, as which buyer, at which level.
    """

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    preview_factory: Mapped[str | None]
    preview_organisation_id: Mapped[int | None]
    preview_level: Mapped[str | None]


class GrantRow(Base):
    """A factory's consent that an organisation sees it, from `since` to `until`, both days included."""

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    factory_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    level: Mapped[str] = mapped_column(default="actions", server_default="actions")
    since: Mapped[Day]
    until: Mapped[Day | None]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RelationRow(Base):
    """Who buys where. A fact from the data; it never gives access."""

    __tablename__ = "relations"
    __table_args__ = (UniqueConstraint("buyer_id", "factory_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[str]
    factory_id: Mapped[str] = mapped_column(index=True)
    share_of_capacity: Mapped[float | None]
    since: Mapped[Day | None]
    until: Mapped[Day | None]


class OrderColumns:
    """What is known of an order: the same for what stands now and for what stood before."""

    source: Mapped[str]
    order_id: Mapped[str]
    buyer_id: Mapped[str]
    factory_id: Mapped[str] = mapped_column(index=True)
    placed_date: Mapped[Day | None]
    due_date: Mapped[Day | None]
    quantity: Mapped[float | None]
    value_usd: Mapped[float | None]
    status: Mapped[str | None]
    unit_price: Mapped[float | None]
    original_due_date: Mapped[Day | None]
    shipped_date: Mapped[Day | None]
    invoice_due_date: Mapped[Day | None]
    paid_date: Mapped[Day | None]
    cancelled_date: Mapped[Day | None]


class OrderRow(OrderColumns, Base):
    """One order, as its source told it last."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("order_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)


class OrderVersionRow(OrderColumns, Base):
    """An order as it stood until its source told it differently. Versions of one order follow by `id`."""

    __tablename__ = "order_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    replaced_at: Mapped[datetime]


class ActionRow(Base):
    """Something done at a factory on a date, as its source told it."""

    __tablename__ = "actions"
    __table_args__ = (UniqueConstraint("action_id", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    action_id: Mapped[str]
    buyer_id: Mapped[str | None]
    factory_id: Mapped[str] = mapped_column(index=True)
    order_id: Mapped[str | None]
    kind: Mapped[str]
    date: Mapped[Day]
    magnitude: Mapped[float | None]
    unit: Mapped[str | None]
    announced_date: Mapped[Day | None]
    end_date: Mapped[Day | None]
    note: Mapped[str | None]
    actor_type: Mapped[str]
    actor_id: Mapped[str | None]


class LoadRow(Base):
    """One load: what came in and what was left out. `files` holds one object a file."""

    __tablename__ = "loads"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str]
    accepted: Mapped[int]
    rejected: Mapped[int]
    already_present: Mapped[int]
    quarantine: Mapped[str | None]
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class AttemptRow(Base):
    """Tries to sign in for one account or from one source. `key` is a keyed hash: no address is kept."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]


class InvitationRow(Base):
    """An invitation to have an account. Only the SHA-256 of the word in its link is kept; a link opens once."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint("role IN ('owner', 'buyer', 'ngo', 'operator')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    nonce_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SecondFactorRow(Base):
    """The secret that a person's app and the portal share. Until it is confirmed it is only being set up.

    `last_step` is the newest time step of which a code was taken; none up to it is taken again.
    """

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    secret: Mapped[str]
    last_step: Mapped[int]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """A code that stands in for the app once. Only its SHA-256 is kept, as it is too long to be guessed."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    used_at: Mapped[datetime | None]
