"""The tables of campaigns and reviews. Asks no question of them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.database.columns import IDENTITY, Words, partial
from bot.adapters.store.schema import metadata

DUE_REVIEW = "next_on IS NOT NULL"

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(32), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("doc", Text, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("campaign", IDENTITY, ForeignKey("campaigns.id"), nullable=False),
    Column("key", Words, nullable=False),
    Column("mail", Words, nullable=False),  # as it is compared; "" for nobody
    Column("status", String(16), nullable=False),
    Column("next_on", Date),
    Column("touched", Date),
    Column("doc", Text, nullable=False),
    UniqueConstraint("campaign", "key"),
    partial("ix_reviews_due", "next_on", "id", where=DUE_REVIEW),
)
