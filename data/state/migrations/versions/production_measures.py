"""What factories tell of their own work, and what stood before it was corrected."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes both tables."""
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer, nullable=False),
        *told(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint(
            "factory_id", "measure", "date", "part", "source",
            name=op.f("uq_measures_factory_id_measure_date_part_source"),
        ),
    )  # fmt: skip
    op.create_table(
        "measure_versions",
        sa.Column("id", sa.Integer, nullable=False),
        *told(),
        sa.Column("replaced_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_versions")),
    )
    op.create_index(
        op.f("ix_measure_versions_factory_id_measure_date"), "measure_versions", ["factory_id", "measure", "date"]
    )


def told() -> list["sa.Column[object]"]:
    """The columns that both share."""
    return [
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("measure", sa.String, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("part", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("value", sa.Double, nullable=False),
        sa.Column("unit", sa.String),
        sa.Column("summed", sa.String),
    ]
