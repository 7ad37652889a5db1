"""The signed lists of pages and scripts.

Why: a page altered for one person can be noticed only if somebody said before what each page is.
Data: none before it.
Previous release: keeps working; it does not show the lists.
Back: drops the lists. Their events stay on the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "manifests",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_manifests"),
    )


def downgrade() -> None:
    op.drop_table("manifests")
