"""What orders were before they changed, and what organisations say about actions."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes both tables."""
    order_versions()
    remarks()


def order_versions() -> None:
    """Orders as they stood until they were told differently."""
    op.create_table(
        "order_versions",
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
        sa.Column("replaced_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_versions")),
    )
    op.create_index(op.f("ix_order_versions_factory_id"), "order_versions", ["factory_id"])


def remarks() -> None:
    """Notes on actions, and disputes of them."""
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("action_id", sa.String, nullable=False),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("withdrawn_at", Instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_remarks_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_remarks_user_id")),
        sa.CheckConstraint("kind IN ('note', 'dispute')", name=op.f("ck_remarks_kind")),
    )
    op.create_index(op.f("ix_remarks_factory_id"), "remarks", ["factory_id"])
