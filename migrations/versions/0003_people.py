"""People: roots, directories, bindings, invitations, the founding link.

Why: authority is a signed directory; the server keeps it and hands it out. A proposal is one that
still lacks a coordinator's signature.
Data: none before it.
Previous release: keeps working; it does not know these tables.
Back: drops the organisation's keys. Its site can't be used again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roots",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_roots"),
    )
    op.create_table(
        "directories",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("rooted", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_directories"),
    )
    op.create_table(
        "bindings",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("person", sa.LargeBinary(16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("listed", sa.BigInteger()),
        sa.PrimaryKeyConstraint("hash", name="pk_bindings"),
    )
    op.create_index("ix_bindings_fp", "bindings", ["fp"])
    op.create_index("ix_bindings_person", "bindings", ["person"])
    op.create_table(
        "staff_invitations",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("roles", sa.String(64), nullable=False),
        sa.Column("expires_s", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.LargeBinary(32)),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_invitations"),
    )
    op.create_table(
        "founding",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_founding"),
    )
    op.create_table(
        "proposals",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_proposals"),
    )


def downgrade() -> None:
    for table in ("proposals", "founding", "staff_invitations", "bindings", "directories", "roots"):
        op.drop_table(table)
