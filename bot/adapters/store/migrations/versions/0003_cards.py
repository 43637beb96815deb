"""Cards, the drawer of blanks, the archive; a record is found by its address and its unit."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from bot.adapters.database.columns import DIGEST, DIGITS, IDENTITY, Instant, Words

revision = "0003"
down_revision = "0002"

_BORNE = "number <> '' AND status NOT IN ('returned', 'deregistered', 'cancelled')"
_LENT = (
    "person IS NOT NULL AND kind = 'reserve' AND status IN ('handed_out', 'due', 'overdue', 'lost')"
)


def upgrade() -> None:
    """Make the tables; fill in the new columns of the records that are there."""
    op.add_column("cases", sa.Column("card", IDENTITY))
    op.add_column("outbox", sa.Column("card", IDENTITY))
    op.add_column("records", sa.Column("mail", Words))
    op.add_column("records", sa.Column("unit_id", Words))
    op.add_column("records", sa.Column("protected", sa.Boolean))
    _fill()
    _index("ix_cases_card", "cases", ["card"], "card IS NOT NULL")
    _index("ix_outbox_card", "outbox", ["card"], "card IS NOT NULL")
    _index("ix_records_mail", "records", ["mail"], "mail IS NOT NULL")
    _index("ix_records_unit", "records", ["unit_id"], "unit_id IS NOT NULL")
    _index("ix_records_protected", "records", ["id"], "protected")
    _index("ix_records_ended", "records", ["id"], "status = 'ended'")
    _cards()
    _blanks()
    _archive()


def _fill() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, doc FROM records")).all()
    save = sa.text(
        "UPDATE records SET mail = :mail, unit_id = :unit, protected = :hidden WHERE id = :id"
    )
    for row in rows:
        entry = json.loads(row.doc)["entry"]
        mail = (entry.get("mail") or "").strip().lower() or None
        hidden = bool(entry.get("protected"))
        row_of = {"mail": mail, "unit": entry.get("unit_id"), "hidden": hidden, "id": row.id}
        connection.execute(save, row_of)


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("person", DIGITS),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("case", IDENTITY),
        sa.Column("mail", Words),
        sa.Column("next_on", sa.Date),
        sa.Column("doc", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_cards_case"),
    )
    _index("ix_cards_person", "cards", ["person"], "person IS NOT NULL")
    _index("ix_cards_number", "cards", ["number"], "number <> ''")
    _index("ix_cards_mark", "cards", ["mark"], "mark <> ''", unique=True)
    _index("ix_cards_case", "cards", ["case"], '"case" IS NOT NULL')
    _index("ix_cards_mail", "cards", ["mail"], "mail IS NOT NULL")
    _index("ix_cards_due", "cards", ["next_on", "id"], "next_on IS NOT NULL")
    _index("uq_cards_borne", "cards", ["number"], _BORNE, unique=True)
    _index("uq_cards_lent", "cards", ["person"], _LENT, unique=True)


def _blanks() -> None:
    op.create_table(
        "blanks",
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("received", sa.Date, nullable=False),
        sa.Column("expires", sa.Date),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("seen", sa.Date),
        sa.PrimaryKeyConstraint("number", name="pk_blanks"),
    )
    _index("ix_blanks_drawer", "blanks", ["received", "number"], "status = 'in_stock'")


def _archive() -> None:
    op.create_table(
        "archive",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("case", IDENTITY),
        sa.Column("card", IDENTITY),
        sa.Column("at", Instant, nullable=False),
        sa.Column("keep_until", sa.Date, nullable=False),
        sa.Column("reference", Words, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archive"),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name="fk_archive_sha256"),
    )
    op.create_index("ix_archive_sha256", "archive", ["sha256"])
    op.create_index("ix_archive_keep_until", "archive", ["keep_until"])
    _index("ix_archive_case", "archive", ["case"], '"case" IS NOT NULL')
    _index("ix_archive_card", "archive", ["card"], "card IS NOT NULL")


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=rows, postgresql_where=rows)
