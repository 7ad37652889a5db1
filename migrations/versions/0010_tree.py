"""The tree over the events: tiles and heads; each event gets its place in it.

Why: until now the log was a promise for each event alone. In a tree that only grows, leaving one out or changing one shows.
Data: events stay as they are, without a place; the server puts them into the tree, sorted by their leaf, in its first seconds.
Previous release: keeps working; what it writes is put into the tree by the next release.
Back: drops the tree with its checkpoints, and the places. Browsers that have followed it will say that the log is gone: only
for a site that nobody uses yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("log", sa.Integer()))
    op.add_column("events", sa.Column("position", sa.BigInteger()))
    op.create_index("ix_events_position", "events", ["log", "position"], unique=True)
    waiting, kept = sa.text("position IS NULL"), sa.text("case_id IS NULL AND salt IS NOT NULL")
    op.create_index("ix_events_waiting", "events", ["leaf"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_events_kept", "events", ["type", "log", "position"], sqlite_where=kept, postgresql_where=kept)
    op.create_table(
        "logs",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.Column("cosigned", sa.Text()),
        sa.Column("cosigned_s", sa.BigInteger()),
        sa.PrimaryKeyConstraint("number", name="pk_logs"),
    )
    op.create_table(
        "tree_tiles",
        sa.Column("log", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "level", "n", name="pk_tree_tiles"),
    )


def downgrade() -> None:
    op.drop_table("tree_tiles")
    op.drop_table("logs")
    for index in ("ix_events_kept", "ix_events_waiting", "ix_events_position"):
        op.drop_index(index, "events")
    op.drop_column("events", "position")
    op.drop_column("events", "log")
