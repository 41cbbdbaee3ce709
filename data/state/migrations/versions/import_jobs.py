"""Imports on their way in, and which rows each load brought."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STAGES = (
    "stage IN ('draft', 'checking', 'checked', 'waiting', 'loading', 'loaded', 'refused', 'cancelled',"
    " 'failed', 'undoing', 'undone')"
)
PLACES = ("relations", "orders", "order_versions", "actions", "loads")


def upgrade() -> None:
    """Makes both tables; what was there before belongs to no load that could be undone."""
    imports()
    load_spans()
    connection = op.get_bind()
    spans = sa.table(
        "load_spans", *(sa.column(name, sa.Integer) for name in ("load", "first_id", "last_id")), sa.column("place")
    )
    for place in PLACES:
        newest = connection.execute(sa.select(sa.func.max(sa.column("id"))).select_from(sa.table(place))).scalar()
        if newest is not None:
            op.bulk_insert(spans, [{"load": 0, "place": place, "first_id": 1, "last_id": newest}])


def imports() -> None:
    """Files on their way in."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("public_id", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.Column("token_id", sa.Integer),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("kind", sa.String),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("mapping", sa.String),
        sa.Column("wanted", sa.JSON, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("done", sa.Integer),
        sa.Column("total", sa.Integer),
        sa.Column("said", sa.String, nullable=False),
        sa.Column("report", sa.JSON),
        sa.Column("load", sa.Integer),
        sa.Column("begun_at", Instant),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("idempotency", sa.String),
        sa.Column("body_hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_imports_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_imports_user_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_imports_public_id")),
        sa.UniqueConstraint("token_id", "idempotency", name=op.f("uq_imports_token_id_idempotency")),
        sa.CheckConstraint(STAGES, name=op.f("ck_imports_stage")),
    )
    op.create_index("ix_imports_organisation_id_created_at", "imports", ["organisation_id", "created_at"])
    op.create_index(op.f("ix_imports_stage"), "imports", ["stage"])
    op.create_index(op.f("ix_imports_load"), "imports", ["load"])


def load_spans() -> None:
    """Which rows of which table each load brought."""
    op.create_table(
        "load_spans",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("load", sa.Integer, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("first_id", sa.Integer, nullable=False),
        sa.Column("last_id", sa.Integer, nullable=False),
        sa.Column("undone_at", Instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_spans")),
    )
    op.create_index(op.f("ix_load_spans_load"), "load_spans", ["load"])
