"""What people correct in readings."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "field IN ('language', 'sentiment', 'anger', 'topics', 'wants', 'risks')", name=op.f("ck_correction_field")
        ),
        sa.CheckConstraint("machine <> person", name=op.f("ck_correction_differs")),
        sa.ForeignKeyConstraint(
            ["post_version_id"], ["post_version.id"], name=op.f("fk_correction_post_version_id_post_version")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_correction_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("post_version_id", "field", "label", name=op.f("uq_correction_post_version_id_field_label")),
    )
