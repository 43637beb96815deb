"""The tables of cards, of the drawer's blanks and of what is archived. Asks no question of them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from bot.adapters.database.columns import DIGEST, DIGITS, IDENTITY, Instant, Words, partial
from bot.adapters.store.schema import metadata

DUE_CARD = "next_on IS NOT NULL"
LIVE_CARD = "status NOT IN ('deregistered', 'cancelled')"
BORNE = "number <> '' AND status NOT IN ('returned', 'deregistered', 'cancelled')"
LENT_CARD = (
    "person IS NOT NULL AND kind = 'reserve' AND status IN ('handed_out', 'due', 'overdue', 'lost')"
)
IN_DRAWER = "status = 'in_stock'"

cards = Table(
    "cards",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("person", DIGITS),
    Column("number", String(24), nullable=False),
    Column("mark", String(40), nullable=False),
    Column("case", IDENTITY, ForeignKey("cases.id")),
    Column("mail", Words),  # the holder's address, as it is compared
    Column("next_on", Date),
    Column("doc", Text, nullable=False),
    partial("ix_cards_person", "person", where="person IS NOT NULL"),
    partial("ix_cards_number", "number", where="number <> ''"),
    partial("ix_cards_mark", "mark", where="mark <> ''", unique=True),
    partial("ix_cards_case", "case", where='"case" IS NOT NULL'),
    partial("ix_cards_mail", "mail", where="mail IS NOT NULL"),
    partial("ix_cards_due", "next_on", "id", where=DUE_CARD),
    partial("uq_cards_borne", "number", where=BORNE, unique=True),  # a number has one bearer
    partial("uq_cards_lent", "person", where=LENT_CARD, unique=True),  # one reserve card each
)

blanks = Table(
    "blanks",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("received", Date, nullable=False),
    Column("expires", Date),
    Column("status", String(16), nullable=False),  # in_stock, lent, missing, spoiled
    Column("seen", Date),  # at the last inventory
    partial("ix_blanks_drawer", "received", "number", where=IN_DRAWER),
)

archive = Table(
    "archive",
    metadata,
    Column("id", IDENTITY, primary_key=True),
    Column("sha256", DIGEST, ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("case", IDENTITY),
    Column("card", IDENTITY),
    Column("at", Instant, nullable=False),
    Column("keep_until", Date, nullable=False, index=True),
    Column("reference", Words, nullable=False),  # to the authority's own retention plan
    partial("ix_archive_case", "case", where='"case" IS NOT NULL'),
    partial("ix_archive_card", "card", where="card IS NOT NULL"),
)
