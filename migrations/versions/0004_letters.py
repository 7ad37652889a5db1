"""Letters, their stanzas, and the lanes of cases.

Why: people outside a case write to each other; a letter about a case takes a number in its act lane.
Data: events gain the two ends of a letter, empty for those already there, which are no letters.
Previous release: keeps working; the new columns may be empty.
Back: drops every letter; the events that tell of them stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events") as events:
        events.add_column(sa.Column("sender", sa.LargeBinary(32)))
        events.add_column(sa.Column("recipient", sa.LargeBinary(32)))
    op.create_table(
        "lanes",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("owner", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_lanes"),
    )
    op.create_table(
        "lane_keys",
        sa.Column("case_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "epoch", name="pk_lane_keys"),
    )
    op.create_table(
        "letters",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("letter", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("recipient", sa.LargeBinary(32), nullable=False),
        sa.Column("sender", sa.LargeBinary(32), nullable=False),
        sa.Column("about", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("header", sa.LargeBinary(512), nullable=False),
        sa.Column("body", sa.LargeBinary(65536), nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_letters"),
        sa.UniqueConstraint("sender", "letter", name="uq_letters_sender"),
    )
    op.create_index("ix_letters_about", "letters", ["about", "kind", "recipient"])
    op.create_index("ix_letters_recipient", "letters", ["recipient", "kind"])
    op.create_index("ix_letters_day", "letters", ["kind", "day", "about"])
    op.create_table(
        "stanzas",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(1200), nullable=False),
        sa.PrimaryKeyConstraint("fp", "hash", name="pk_stanzas"),
    )
    op.create_index("ix_stanzas_day", "stanzas", ["fp", "day", "hash"])


def downgrade() -> None:
    for table in ("stanzas", "letters", "lane_keys", "lanes"):
        op.drop_table(table)
    with op.batch_alter_table("events") as events:
        events.drop_column("recipient")
        events.drop_column("sender")
