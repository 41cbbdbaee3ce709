"""The first tables: organisations and accounts, then what buyers did, then loads."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KINDS = "('owner', 'buyer', 'ngo', 'operator')"


def upgrade() -> None:
    """Makes every table of the first schema."""
    organisations_and_users()
    sessions_and_attempts()
    grants_and_relations()
    orders()
    actions()
    loads()


def key(table: str) -> sa.PrimaryKeyConstraint:
    """The primary key of a table whose rows are numbered."""
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A column's foreign key to the numbers of another table."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """A promise that no two rows share these columns."""
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def index(table: str, column: str) -> None:
    """Makes the index of one column."""
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def organisations_and_users() -> None:
    """Who takes part, and who of them may sign in."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("external_id", sa.String, nullable=False),
        sa.Column("name", sa.String),
        sa.Column("home_country", sa.String),
        key("organisations"),
        unique("organisations", "kind", "external_id"),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_organisations_kind")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("password_hash", sa.String),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant),
        key("users"),
        unique("users", "email"),
        foreign("users", "organisation_id", "organisations"),
        sa.CheckConstraint(f"role IN {KINDS}", name=op.f("ck_users_role")),
    )
    index("users", "organisation_id")


def sessions_and_attempts() -> None:
    """Who is signed in, and how often it was tried in vain."""
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        key("sessions"),
        unique("sessions", "token_hash"),
        foreign("sessions", "user_id", "users"),
    )
    index("sessions", "user_id")
    op.create_table(
        "attempts",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("blocked_until", Instant),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempts")),
    )
    index("attempts", "seen_at")


def grants_and_relations() -> None:
    """Consent, which opens doors, and facts, which do not."""
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("level", sa.String, nullable=False, server_default="actions"),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        key("grants"),
        foreign("grants", "organisation_id", "organisations"),
    )
    index("grants", "factory_id")
    index("grants", "organisation_id")
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("buyer_id", sa.String, nullable=False),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("share_of_capacity", sa.Double),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        key("relations"),
        unique("relations", "buyer_id", "factory_id", "since"),
    )
    index("relations", "factory_id")


def orders() -> None:
    """What buyers ordered."""
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("order_id", sa.String, nullable=False),
        sa.Column("buyer_id", sa.String, nullable=False),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("placed_date", sa.Date),
        sa.Column("due_date", sa.Date),
        sa.Column("quantity", sa.Double),
        sa.Column("value_usd", sa.Double),
        sa.Column("status", sa.String),
        sa.Column("unit_price", sa.Double),
        sa.Column("original_due_date", sa.Date),
        sa.Column("shipped_date", sa.Date),
        sa.Column("invoice_due_date", sa.Date),
        sa.Column("paid_date", sa.Date),
        sa.Column("cancelled_date", sa.Date),
        key("orders"),
        unique("orders", "order_id", "source"),
    )
    index("orders", "factory_id")


def actions() -> None:
    """What was done at a factory."""
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("action_id", sa.String, nullable=False),
        sa.Column("buyer_id", sa.String),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("order_id", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("magnitude", sa.Double),
        sa.Column("unit", sa.String),
        sa.Column("announced_date", sa.Date),
        sa.Column("end_date", sa.Date),
        sa.Column("note", sa.String),
        sa.Column("actor_type", sa.String, nullable=False),
        sa.Column("actor_id", sa.String),
        key("actions"),
        unique("actions", "action_id", "source"),
    )
    index("actions", "factory_id")


def loads() -> None:
    """What came in, and what was left out."""
    op.create_table(
        "loads",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("already_present", sa.Integer, nullable=False),
        sa.Column("quarantine", sa.String),
        sa.Column("files", sa.JSON, nullable=False),
        key("loads"),
    )
