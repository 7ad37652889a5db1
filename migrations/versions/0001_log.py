"""The log: events, each with its leaf.

Why: the first table; every later change is written beside an event.
Data: none before it.
Previous release: none.
Back: drops the log, and with it every proof. Only for a site that has not started.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("tag", sa.LargeBinary(32), nullable=False),
        sa.Column("commit", sa.LargeBinary(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(32)),
        sa.Column("payload", sa.LargeBinary(512)),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("lane", sa.String(16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(16)),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("leaf", name="pk_events"),
        sa.UniqueConstraint("tag", name="uq_events_tag"),
    )
    op.create_index("ix_events_case", "events", ["case_id", "lane", "epoch", "n"])


def downgrade() -> None:
    op.drop_index("ix_events_case", "events")
    op.drop_table("events")
