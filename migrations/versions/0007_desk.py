"""The desk: claims, and how far each case has come.

Why: two coordinators must not work on one card unseen.
Data: none before it; a case without a row is new.
Previous release: keeps working; it does not know these tables.
Back: every card is new and unclaimed again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_claims"),
    )
    op.create_table(
        "case_states",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_states"),
    )


def downgrade() -> None:
    op.drop_table("case_states")
    op.drop_table("claims")
