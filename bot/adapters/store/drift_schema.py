"""The table of differences from the catalogue. Asks no question of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from bot.adapters.database.columns import DIGEST, DIGITS, IDENTITY, Instant, Words, partial
from bot.adapters.store.schema import metadata

OPEN_DRIFT = "closed IS NULL"
ENDED_DRIFT = "closed IS NOT NULL"

drifts = Table(
    "drifts",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("person", DIGITS, nullable=False),
    Column("attribute", String(32), nullable=False),
    Column("mark", DIGEST, nullable=False),
    Column("ours", Words, nullable=False),  # "" of a protected person
    Column("theirs", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("case", IDENTITY, ForeignKey("cases.id")),
    Column("closed", Instant),
    partial("ix_drifts_open", "person", "attribute", where=OPEN_DRIFT, unique=True),
    Index("ix_drifts_case", "case"),  # a case looks whether a difference names it
    partial("ix_drifts_ended", "closed", where=ENDED_DRIFT),
)
