"""The tables of what clerks have done. Asks no question of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from bot.adapters.database.columns import IDENTITY, Instant, Words, partial
from bot.adapters.store.schema import metadata

KEPT_ACT = "trail IS NOT NULL"

staff_acts = Table(
    "staff_acts",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    Column("via", String(16), nullable=False),
    Column("mail", IDENTITY, ForeignKey("mails.id")),
    Column("ref", Words, nullable=False),
    Column("act", String(32), nullable=False),
    Column("undone", Instant),
    Column("undone_by", Words, nullable=False),
    Column("trail", LargeBinary),  # compressed; gone once the time to undo is well over
    partial("ix_staff_acts_mail", "mail", where="mail IS NOT NULL"),
    partial("ix_staff_acts_kept", "at", where=KEPT_ACT),
)

staff_act_things = Table(
    "staff_act_things",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("act", IDENTITY, ForeignKey("staff_acts.id"), primary_key=True),
)
