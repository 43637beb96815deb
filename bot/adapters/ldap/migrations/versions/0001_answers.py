"""The first edition of what is remembered of a directory: a frozen copy of its tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import NAMES

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMES)

sa.Table(
    "directory_writes",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
)

sa.Table(
    "directory_secret",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("secret", sa.Text, nullable=False),
)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
