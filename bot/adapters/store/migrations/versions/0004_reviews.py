"""Campaigns and reviews; a letter knows the review that it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import IDENTITY, Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables and the letters' new column."""
    op.create_table(
        "campaigns",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("doc", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("name", name="uq_campaigns_name"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("campaign", IDENTITY, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("mail", Words, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("next_on", sa.Date),
        sa.Column("touched", sa.Date),
        sa.Column("doc", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name="fk_reviews_campaign"),
        sa.UniqueConstraint("campaign", "key", name="uq_reviews_campaign_key"),
    )
    _index("ix_reviews_due", "reviews", ["next_on", "id"], "next_on IS NOT NULL")
    op.add_column("outbox", sa.Column("review", IDENTITY))
    _index("ix_outbox_review", "outbox", ["review"], "review IS NOT NULL")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=rows, postgresql_where=rows)
