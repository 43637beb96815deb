"""The table of examples: pictures of fields with what stands there. Asks no question of it."""

from __future__ import annotations

from sqlalchemy import Column, Date, LargeBinary, String, Table

from bot.adapters.database.columns import Words
from bot.adapters.store.schema import metadata

examples = Table(
    "examples",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("month", Date, nullable=False),  # its first day; nothing finer is kept
    Column("key", Words, nullable=False),
    Column("truth", Words, nullable=False),
    Column("read", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("how", String(16), nullable=False),
    Column("form", Words, nullable=False),
    Column("reader", Words, nullable=False),
    Column("png", LargeBinary, nullable=False),
)
