"""The first edition of the embedded catalogue: a frozen copy of its tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import DIGITS, NAMES, Words

revision = "0001"
down_revision = None

metadata = sa.MetaData(naming_convention=NAMES)

sa.Table(
    "catalogue",
    metadata,
    sa.Column("person_id", DIGITS, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("surname", Words, nullable=False),
    sa.Column("given_name", Words),
    sa.Column("middle_name", Words),
    sa.Column("title", Words),
    sa.Column("unit_id", Words),
    sa.Column("unit", Words),
    sa.Column("mail", Words),
    sa.Column("phone", Words),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("hsa_id", Words, unique=True),
    sa.Column("protected", sa.Boolean, nullable=False),
)

sa.Table(
    "catalogue_writes",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("person_id", DIGITS, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
