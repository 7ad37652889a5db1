"""A member's row says that they have left.

Why: one member alone could have a roster taken that leaves out somebody who never left; every other browser then refuses the
case. What `leave` says is sealed, so whoever leaves says so beside it.
Data: nobody is taken to have left; a case's owner takes out whoever did before this step.
Previous release: keeps working.
Back: drops the column; who has left is in the sealed records all the same.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("has_left", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("members", "has_left")
