"""Pictures of single fields with what stands there: nothing leads back to case or person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "examples",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("truth", Words, nullable=False),
        sa.Column("read", Words, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("form", Words, nullable=False),
        sa.Column("reader", Words, nullable=False),
        sa.Column("png", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_examples"),
    )
