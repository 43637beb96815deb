"""The embedded catalogue's tables; ``migrations`` makes the same ones. Asks no question of them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Table, Text

from bot.adapters.database.columns import DIGITS, NAMES, Words

metadata = MetaData(naming_convention=NAMES)

catalogue = Table(  # named as in the domain; HSA's attributes stand beside bot.domain.records.Entry
    "catalogue",
    metadata,
    Column("person_id", DIGITS, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("surname", Words, nullable=False),
    Column("given_name", Words),
    Column("middle_name", Words),
    Column("title", Words),
    Column("unit_id", Words),
    Column("unit", Words),
    Column("mail", Words),
    Column("phone", Words),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("hsa_id", Words, unique=True),
    Column("protected", Boolean, nullable=False),
)

writes = Table(  # each write under its key, with the answer that it got
    "catalogue_writes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person_id", DIGITS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("entry", Text, nullable=False),
)
