"""Differences between our register and the catalogue: what, since when, told of in which case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import IDENTITY, Instant, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drifts",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("person", sa.String(12), nullable=False),
        sa.Column("attribute", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("ours", Words, nullable=False),
        sa.Column("theirs", Words, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("case", IDENTITY),
        sa.Column("closed", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_drifts"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_drifts_case"),
    )
    where = sa.text("closed IS NULL")
    op.create_index(
        "ix_drifts_open", "drifts", ["person", "attribute"], unique=True,
        sqlite_where=where, postgresql_where=where,
    )  # fmt: skip
    op.create_index("ix_drifts_case", "drifts", ["case"])
    where = sa.text("closed IS NOT NULL")
    op.create_index(
        "ix_drifts_ended", "drifts", ["closed"], sqlite_where=where, postgresql_where=where
    )
