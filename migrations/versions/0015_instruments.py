"""Editions of instruments that the organisation uploads.

Why: an organisation edits its questionnaires in REDCap and asks the next edition from the next start on.
Data: none before it.
Previous release: keeps working; it asks the editions that ship with it, and takes rows under no other.
Back: drops them. What was sealed under them can still be opened, and reads on in its own words; keep a copy of each
edition as REDCap CSV first, since rows name them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instruments",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("dictionary", sa.LargeBinary(), nullable=False),
        sa.Column("by_fp", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "edition", name="pk_instruments"),
    )


def downgrade() -> None:
    op.drop_table("instruments")
