"""Accounts: enrolments, identities, methods, notebooks, sessions, nonces.

Why: people come back with words that the server never sees.
Data: none before it.
Previous release: keeps working; it does not know these tables.
Back: drops every account. What was sealed under one can't be opened again by its owner.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolments",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(328), nullable=False),
        sa.Column("frame_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fp", name="pk_enrolments"),
    )
    op.create_table(
        "identities",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("fp", name="pk_identities"),
    )
    op.create_table(
        "methods",
        sa.Column("locator", sa.LargeBinary(16), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("login_pk", sa.LargeBinary(32), nullable=False),
        sa.Column("wrap", sa.LargeBinary(328), nullable=False),
        sa.PrimaryKeyConstraint("locator", name="pk_methods"),
        sa.ForeignKeyConstraint(["fp"], ["enrolments.fp"], name="fk_methods_fp_enrolments"),
    )
    op.create_index("ix_methods_fp", "methods", ["fp"])
    op.create_table(
        "notebooks",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("box", sa.LargeBinary(65536), nullable=False),
        sa.PrimaryKeyConstraint("fp", name="pk_notebooks"),
        sa.ForeignKeyConstraint(["fp"], ["enrolments.fp"], name="fk_notebooks_fp_enrolments"),
    )
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("fp", sa.LargeBinary(32)),
        sa.Column("share", sa.LargeBinary(32), nullable=False),
        sa.Column("seen_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["fp"], ["enrolments.fp"], name="fk_sessions_fp_enrolments"),
    )
    op.create_index("ix_sessions_fp", "sessions", ["fp"])
    op.create_index("ix_sessions_seen_s", "sessions", ["seen_s"])
    op.create_table(
        "nonces",
        sa.Column("nonce", sa.LargeBinary(32), nullable=False),
        sa.Column("expires_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_nonces"),
    )
    op.create_index("ix_nonces_expires_s", "nonces", ["expires_s"])


def downgrade() -> None:
    for table in ("nonces", "sessions", "notebooks", "methods", "identities", "enrolments"):
        op.drop_table(table)
