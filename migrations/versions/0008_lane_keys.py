"""A lane key is one case's alone.

Why: a member who knows a case's key could open a case of her own under it, and take its next numbers.
Data: stays; keys are 32 random bytes to whoever made them, so no two cases share one.
Previous release: keeps working.
Back: drops the indexes.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_lanes_key", "lanes", ["key"], unique=True)
    op.create_index("ix_lane_keys_key", "lane_keys", ["key"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_lane_keys_key", "lane_keys")
    op.drop_index("ix_lanes_key", "lanes")
