"""Intake: sealed drafts, and the answers of first submissions.

Why: a closed tab loses nothing, and a dropped connection is asked again safely.
Data: none before it.
Previous release: keeps working; it does not know these tables.
Back: drops unsent drafts, and a repeated submission is then refused instead of answered.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("draft", sa.LargeBinary(16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fp", "draft", name="pk_drafts"),
    )
    op.create_index("ix_drafts_day", "drafts", ["day"])
    op.create_table(
        "submissions",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_submissions"),
    )


def downgrade() -> None:
    op.drop_table("submissions")
    op.drop_table("drafts")
