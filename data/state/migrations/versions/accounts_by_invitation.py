"""Invitations by link, and the second factor of those who run the service."""

import sqlalchemy as sa
from alembic import op

from data.state.columns import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the three tables."""
    invitations()
    second_factors()


def invitations() -> None:
    """Who was invited, by whom, until when."""
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("organisation_id", sa.Integer, nullable=False),
        sa.Column("by_user_id", sa.Integer),
        sa.Column("nonce_hash", sa.String, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("revoked_at", Instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("nonce_hash", name=op.f("uq_invitations_nonce_hash")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_invitations_by_user_id")),
        sa.CheckConstraint("role IN ('owner', 'buyer', 'ngo', 'operator')", name=op.f("ck_invitations_role")),
    )
    op.create_index(op.f("ix_invitations_email"), "invitations", ["email"])


def second_factors() -> None:
    """The secrets shared with people's apps, and the codes for when the app is lost."""
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("secret", sa.String, nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("confirmed_at", Instant),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_second_factors_user_id")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("used_at", Instant),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id")),
    )
    op.create_index(op.f("ix_recovery_codes_user_id"), "recovery_codes", ["user_id"])
