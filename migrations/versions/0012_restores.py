"""The signed word that the site was put back from a backup, by the log that began then.

Why: browsers that have seen more than the backup holds must be able to tell an accident from a lie.
Data: none before it.
Previous release: keeps working; it does not show the restores, so its readers stop at the second log.
Back: drops them. Their events stay on the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restores",
        sa.Column("log", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", name="pk_restores"),
    )


def downgrade() -> None:
    op.drop_table("restores")
