"""Requests for access, looking as another would, replies with photos, and the audit trail."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = [
    f"CREATE TRIGGER audit_no_{deed} BEFORE {deed} ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail stays'); END"
    for deed in ("UPDATE", "DELETE")
] + [
    # Replacing a line fires no trigger for taking out the old one.
    "CREATE TRIGGER audit_no_REPLACE BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail stays'); END"
]
POSTGRESQL = [
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail stays'; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
]


def upgrade() -> None:
    """Makes the tables, adds the columns, and closes the trail against changes."""
    requests()
    for name, kind in (("factory", sa.String), ("organisation_id", sa.Integer), ("level", sa.String)):
        op.add_column("sessions", sa.Column(f"preview_{name}", kind))
    op.add_column("remarks", sa.Column("topic", sa.String, nullable=False, server_default="action"))
    photos()
    audit()
    seal()


def requests() -> None:
    """Who asked whom for access; an answer never gives it by itself."""
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("factory_id", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("answer", sa.String),
        sa.Column("answered_at", Instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_requests_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_requests_user_id")),
        sa.CheckConstraint("asked_by IN ('buyer', 'owner')", name=op.f("ck_requests_asked_by")),
        sa.CheckConstraint("answer IN ('agreed', 'declined', 'withdrawn')", name=op.f("ck_requests_answer")),
    )
    op.create_index(op.f("ix_requests_factory_id"), "requests", ["factory_id"])
    op.create_index(op.f("ix_requests_organisation_id"), "requests", ["organisation_id"])


def photos() -> None:
    """At most one photo beside a remark."""
    op.create_table(
        "photos",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("remark_id", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("remark_id", name=op.f("uq_photos_remark_id")),
        sa.ForeignKeyConstraint(["remark_id"], ["remarks.id"], name=op.f("fk_photos_remark_id")),
    )


def audit() -> None:
    """The trail, and its end."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("user_id", sa.Integer),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("deed", sa.String, nullable=False),
        sa.Column("factory_id", sa.String),
        sa.Column("about_id", sa.Integer),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    op.create_index(op.f("ix_audit_factory_id"), "audit", ["factory_id"])
    op.create_index(op.f("ix_audit_organisation_id"), "audit", ["organisation_id"])
    heads = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.bulk_insert(heads, [{"id": 1, "number": 0, "hash": ""}])


def seal() -> None:
    """Lets the database itself refuse to change or take out a line of the trail."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
