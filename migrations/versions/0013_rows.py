"""Sealed rows of research.

Why: people who said yes to research send coded answers that only the stewards open.
Data: none before it.
Previous release: keeps working; it takes no rows, and browsers keep theirs until it does.
Back: drops the rows; those that are not in a release are lost. Batches stay on the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_rows",
        sa.Column("one", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_waiting_rows"),
    )
    # Without a rowid, which would count rows as they come.
    op.create_table(
        "sealed_rows",
        sa.Column("letter", sa.LargeBinary(16), nullable=False),
        sa.Column("withdraw", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("instrument", sa.String(32), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("mail", sa.LargeBinary(131072), nullable=False),
        sa.PrimaryKeyConstraint("letter", name="pk_sealed_rows"),
        sa.UniqueConstraint("withdraw", name="uq_sealed_rows_withdraw"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "withdrawn_rows",
        sa.Column("withdraw", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("logged", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("withdraw", name="pk_withdrawn_rows"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("withdrawn_rows", "sealed_rows", "waiting_rows"):
        op.drop_table(table)
