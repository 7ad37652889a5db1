"""How many letters the desk had when it last said how far a card has come.

Why: whoever was refused, or is done, may write again, and nobody looks among the finished cards.
Data: letters that came before this step count as newer than what was said, so that they are looked at once.
Previous release: keeps working.
Back: drops the column; the letters stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_states", sa.Column("heard", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("case_states", "heard")
