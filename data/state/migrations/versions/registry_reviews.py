"""Questions about rows of factory lists, and what was said to them."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "registry_reviews",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("row_key", sa.String, nullable=False),
        sa.Column("row", sa.JSON, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("verdict", sa.String),
        sa.Column("factory_id", sa.String),
        sa.Column("decided_by", sa.Integer),
        sa.Column("decided_at", Instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_reviews")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_registry_reviews_decided_by")),
        sa.UniqueConstraint("source", "row_key", name=op.f("uq_registry_reviews_source_row_key")),
        sa.CheckConstraint("verdict IN ('same', 'new', 'out')", name=op.f("ck_registry_reviews_verdict")),
    )
