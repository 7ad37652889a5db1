"""Cases: entries, members, grants, visits.

Why: the chain of a case, and who may read it.
Data: none before it.
Previous release: keeps working; it does not know these tables.
Back: drops every case; the log still proves that they were there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("owner", sa.LargeBinary(32), nullable=False),
        sa.Column("parent", sa.LargeBinary(16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("roster", sa.LargeBinary(8192), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("owner", "parent", name="uq_cases_owner"),
    )
    op.create_table(
        "entries",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("record", sa.LargeBinary(16)),
        sa.Column("author", sa.LargeBinary(32), nullable=False),
        sa.Column("header", sa.LargeBinary(8192), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_entries"),
    )
    op.create_index("ix_entries_record", "entries", ["case_id", "record"], unique=True)
    op.create_table(
        "members",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "epoch", "fp", name="pk_members"),
    )
    op.create_index("ix_members_fp", "members", ["fp"])
    op.create_table(
        "grants",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(1200), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "epoch", "fp", name="pk_grants"),
    )
    op.create_table(
        "visits",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "fp", "day", "what", name="pk_visits"),
    )


def downgrade() -> None:
    for table in ("visits", "grants", "members", "entries", "cases"):
        op.drop_table(table)
