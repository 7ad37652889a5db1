"""Releases: what a steward signed, the files in pieces, researchers' agreements and tokens.

Why: a release is handed out by the site, to whoever agreed to the terms, as it was signed.
Data: none before it.
Previous release: keeps working; it shows no releases, so a check of its log stops at the first line of one.
Back: drops the releases with their files. Their events stay on the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("listed", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(16), nullable=False),
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("manifest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_releases"),
    )
    op.create_table(
        "release_files",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("version", "name", name="pk_release_files"),
    )
    op.create_index("ix_release_files_hash", "release_files", ["hash"])
    op.create_table(
        "release_pieces",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("staged_s", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hash", "place", name="pk_release_pieces"),
    )
    op.create_index("ix_release_pieces_staged_s", "release_pieces", ["staged_s"])
    op.create_table(
        "agreements",
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("module", sa.String(32), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("fp", "module", name="pk_agreements"),
    )
    op.create_table(
        "download_tokens",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("fp", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("expires_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_download_tokens"),
    )
    op.create_index("ix_download_tokens_fp", "download_tokens", ["fp"])
    op.create_index("ix_download_tokens_expires_s", "download_tokens", ["expires_s"])


def downgrade() -> None:
    for table in ("download_tokens", "agreements", "release_pieces", "release_files", "releases"):
        op.drop_table(table)
